"""Actions of "what fits", above Shortlist."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("fits",)

FITS: tuple[Action, ...] = (
    Action("fits.back", "escape,q", "Back", "Back to the shortlist", _HERE, True),
    Action(
        "fits.effort",
        "enter,e",
        "Effort",
        "Weeks and money that this use case takes, and who builds it",
        _HERE,
        True,
    ),
    Action("fits.capacity", "n", "Capacity", "How many weeks, or how much money, there is", _HERE, True),
    Action(
        "fits.unit", "b", "Weeks/money", "Choose by weeks of work, by budget, or by both at once", _HERE, True
    ),
    Action(
        "fits.apart",
        "x",
        "Not both",
        "Keep marked use cases apart: at most one of them is chosen; space marks",
        _HERE,
        True,
    ),
    Action("fits.mark", "space", "Mark", "Mark this use case for “not both”", _HERE),
    Action("fits.each", "o", "One per owner", "At most one for the same delivery owner, or not", _HERE),
)
