"""Keys of the projector's window."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("present",)

PRESENT: tuple[Action, ...] = (
    Action("present.close", "q,escape", "Close", "Close this window; the session goes on", _HERE, True),
    Action(
        "present.theme",
        "t",
        "Theme",
        "Switch between the dark, the light projector and the high-contrast theme",
        _HERE,
        True,
    ),
)
