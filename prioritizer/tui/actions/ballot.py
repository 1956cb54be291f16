"""Actions of the ballot: a line of cards for each use case of one criterion.

The line has the focus, so each action has a key that works while one types.
"""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("ballot",)

BALLOT: tuple[Action, ...] = (
    Action(
        "ballot.enter",
        "enter",
        "Enter",
        "Enter the line and go on; an empty line goes on; e3 puts the answer of the fifth person right",
        _HERE,
        True,
        fixed=True,
    ),
    Action(
        "ballot.reveal",
        "ctrl+r",
        "Reveal",
        "Close the open rounds of this criterion and show what was answered",
        _HERE,
        True,
    ),
    Action(
        "ballot.reveal-all",
        "ctrl+g",
        "Reveal all",
        "Close every open round of all criteria and show what was answered",
        _HERE,
    ),
    Action(
        "ballot.next",
        "tab",
        "Criterion",
        "The next criterion that is asked in the room",
        _HERE,
        True,
        "⇥",
    ),
    Action("ballot.previous", "shift+tab", "Criterion before", "The criterion before", _HERE, shown="⇧⇥"),
    Action(
        "ballot.pass",
        "f5",
        "Pass keyboard",
        "Pass the keyboard: one masked ballot a person, with a screen between two people that shows nothing",
        _HERE,
        True,
    ),
    Action(
        "ballot.mask",
        "f6",
        "Mask",
        "Hide what is typed, or show it again: cards that are up can be seen by all anyway",
        _HERE,
    ),
    Action(
        "ballot.open",
        "ctrl+o",
        "Open for all",
        "Open a round of this criterion for every use case: for ballot pages, and to pass the keyboard",
        _HERE,
    ),
    Action("ballot.open-one", "", "Open one", "Open a round for this use case only", _HERE),
    Action(
        "ballot.open-everything",
        "",
        "Open everything",
        "Open a round for every criterion that is asked in the room, and every use case",
        _HERE,
    ),
    Action(
        "ballot.import",
        "f7",
        "Read file",
        "Read answers from a file: CSV, XLSX, or what a ballot page saved",
        _HERE,
    ),
    Action(
        "ballot.page",
        "f8",
        "Write ballot",
        "Write a ballot to hand out: an offline page (.html), paper (.md) or a blank table (.csv)",
        _HERE,
    ),
    Action("ballot.down", "down", "Next cell", "The use case below", _HERE, shown="↓"),
    Action("ballot.up", "up", "Cell before", "The use case above", _HERE, shown="↑"),
    Action("ballot.back", "escape", "Back", "Empty the line, else back to Rate", _HERE, True),
)
