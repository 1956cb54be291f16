"""Actions of the cut of a long list."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("cut",)

CUT: tuple[Action, ...] = (
    Action("cut.back", "escape,q", "Back", "Back to Collect; what you have marked is kept", _HERE, True),
    Action(
        "cut.value",
        "0,1,2,3,4,5,6,7,8,9",
        "Level, votes",
        "The level of the ladder under the cursor, or the number of votes",
        _HERE,
        True,
        "0–9",
        fixed=True,
    ),
    Action(
        "cut.clear",
        "d,backspace,delete",
        "Nobody knows",
        "Take the level or the votes away again",
        _HERE,
        shown="d",
    ),
    Action("cut.turn", "tab", "Next ladder", "From bounded to data to the votes", _HERE, True),
    Action("cut.more", "plus,equals_sign", "A vote", "One vote more for this use case", _HERE, shown="+"),
    Action("cut.less", "minus", "A vote less", "One vote less for this use case", _HERE, shown="−"),
    Action("cut.seats", "s", "Seats", "How many use cases stay", _HERE, True),
    Action(
        "cut.make",
        "ctrl+s,X",
        "Make the cut",
        "Keep what has a seat, park the others; undo takes it back",
        _HERE,
        True,
    ),
)
