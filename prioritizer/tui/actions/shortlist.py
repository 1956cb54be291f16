"""Actions of the stage Shortlist."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

SHORTLIST: tuple[Action, ...] = ()
