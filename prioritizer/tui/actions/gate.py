"""Actions of the stage Gate."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

GATE: tuple[Action, ...] = ()
