"""Actions of the stage Frame."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

FRAME: tuple[Action, ...] = ()
