"""Actions of the stage Collect."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

COLLECT: tuple[Action, ...] = ()
