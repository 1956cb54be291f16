"""Which keys lead to a phase of the agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.tui.actions.base import STAGE_IDS
from prioritizer.tui.actions.hints import key_of
from prioritizer.workshop.views.agenda import stage_title

if TYPE_CHECKING:
    from prioritizer.model.parts import AgendaStep

STEP_ACTIONS = {
    "calibrate": "rate.ballot",
    "rate": "rate.ballot",
    "reveal": "rate.reveal",
    "contested": "rate.queue",
    "revote": "rate.queue",
}
"""Steps with an action of their own on their stage."""


def step_keys(step: AgendaStep) -> tuple[str, str]:
    """(the key that goes to the stage of a phase, the key of the phase there); "" where there is none."""
    if step.stage not in STAGE_IDS:
        return "", ""
    own = STEP_ACTIONS.get(step.id)
    return key_of(f"app.{step.stage}"), key_of(own) if own else ""


def press_words(step: AgendaStep) -> str:
    """What to press for a phase, in a few words; "" for a break."""
    stage, own = step_keys(step)
    if not stage:
        return ""
    there = f"{stage} on any screen: {stage_title(step)}"
    return f"{there}, and {own} there." if own else f"{there}."
