"""Actions of the stage Rate."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

RATE: tuple[Action, ...] = ()
