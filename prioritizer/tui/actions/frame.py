"""Actions of the stage Frame."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("frame",)

FRAME: tuple[Action, ...] = (
    Action("frame.list", "escape", "To the list", "From typing to the list; in it, show all again", _HERE),
    Action("frame.edit", "enter,e", "Edit", "Change what is under the cursor", _HERE, True),
    Action(
        "frame.add",
        "a",
        "Add people",
        "Add somebody to the roster: type “Name, role”, Enter; paste a list of lines to add many",
        _HERE,
        True,
    ),
    Action(
        "frame.switch",
        "space",
        "Switch",
        "A person: here or away. A criterion: in the room, before, off",
        _HERE,
        True,
    ),
    Action("frame.voter", "v", "Votes", "Whether this person votes, or only listens", _HERE),
    Action("frame.table", "t", "Table", "Seat people at a table that votes as one", _HERE),
    Action("frame.room", "r", "Room", "Ask this criterion in the room, as a blind ballot", _HERE),
    Action("frame.before", "b", "Before", "Let the role that knows bring this criterion before", _HERE),
    Action("frame.off", "o", "Off", "Switch this criterion off: it leaves its dimension", _HERE),
    Action("frame.agenda", "g", "Agenda", "Choose an agenda, and with it the minutes", _HERE, True),
    Action(
        "frame.weights", "w", "Weights", "How much each dimension counts, and where that comes from", _HERE
    ),
    Action("frame.filter", "slash", "Filter", "Show only lines with these words", _HERE),
    Action(
        "frame.group", "tab", "Next part", "Go to the next part of the list: session, room, questions", _HERE
    ),
)
