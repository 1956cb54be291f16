"""Actions of the stage Collect."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("collect",)

COLLECT: tuple[Action, ...] = (
    Action("collect.list", "escape", "To the list", "From typing to the list; in it, show all again", _HERE),
    Action("collect.add", "a", "Add", "Go on typing new use cases", _HERE, True),
    Action("collect.edit", "enter,e", "Edit", "Title, task, note, tags and proposer", _HERE, True),
    Action(
        "collect.facts",
        "f",
        "Facts",
        "Systems by name, logins, cases a month, minutes each: what levels rest on",
        _HERE,
        True,
    ),
    Action(
        "collect.mark", "space", "Mark", "Mark this use case, to park, keep or merge several at once", _HERE
    ),
    Action(
        "collect.mark-all", "asterisk", "Mark all", "Mark all that are shown; again: none", _HERE, shown="*"
    ),
    Action("collect.filter", "slash", "Filter", "Show only what has these words, tags included", _HERE, True),
    Action("collect.tags", "t", "Tags", "Choose a tag and show only what has it", _HERE),
    Action(
        "collect.park",
        "p",
        "Park",
        "Park what is marked, or this one: out of the ranking, not forgotten",
        _HERE,
    ),
    Action("collect.keep", "P", "Keep only", "Park all but what is marked", _HERE),
    Action(
        "collect.cut",
        "C",
        "Cut",
        "Cut a long list: bounded with data first, votes for the seats that remain",
        _HERE,
    ),
    Action("collect.lot", "v", "Parking lot", "Show what is parked, and back to the candidates", _HERE),
    Action("collect.back", "b", "Bring back", "Bring back from the parking lot", _HERE),
    Action("collect.merge", "m", "Merge", "What is marked is the same as this one: merge it in here", _HERE),
    Action(
        "collect.delete",
        "x,delete",
        "Delete",
        "Delete what is marked, or this one; undo brings it back",
        _HERE,
    ),
    Action(
        "collect.import",
        "i,ctrl+o",
        "Import",
        "Use cases from a CSV, XLSX, JSON or Markdown file",
        _HERE,
        True,
    ),
)
