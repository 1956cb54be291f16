"""Actions of the screen that says how alike a room reads its scales."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("agreement",)

AGREEMENT: tuple[Action, ...] = (
    Action("agreement.back", "escape,q,W", "Back", "Back to where you were", _HERE, True),
    Action(
        "agreement.rate",
        "enter,r",
        "Rate it",
        "Go to Rate, to this question with its five level texts",
        _HERE,
        True,
    ),
)
