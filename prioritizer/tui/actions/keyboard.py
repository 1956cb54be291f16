"""Actions while the keyboard is passed on: one masked ballot a person.

Nothing else can be reached from there, so that nobody sees or changes what others said.
"""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("keyboard",)

KEYBOARD: tuple[Action, ...] = (
    Action(
        "keyboard.answer",
        "0,1,2,3,4",
        "Answer",
        "Answer without it being shown, and go on: 0 to 4, ? nobody can say, - not my field; again replaces it",
        _HERE,
        True,
        "0–4 ? -",
        fixed=True,
    ),
    Action("keyboard.go", "enter", "Go on", "Begin, the next question, or hand over", _HERE, True),
    Action("keyboard.next", "right,tab", "Next question", "The next criterion", _HERE, shown="→"),
    Action(
        "keyboard.previous", "left,shift+tab", "Question before", "The criterion before", _HERE, shown="←"
    ),
    Action(
        "keyboard.back",
        "escape",
        "Hand over",
        "Stop here: what was answered is kept; on the hand-over screen back to the ballot",
        _HERE,
        True,
    ),
)
