"""What was tried in a what-if and is decided: weights, levels and answers as one step, with one reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot
from prioritizer.workshop.commands.base import Command, Draftsman, Given, Plan, clean_note, joined
from prioritizer.workshop.commands.gate import AnswerGate
from prioritizer.workshop.commands.rate import Rate
from prioritizer.workshop.commands.weights import SetWeights

Cell = tuple[str, str]
"""Use case id, and criterion or gate id."""


@dataclass(frozen=True)
class DecideTrial:
    """Stores what a what-if tried: one undo takes all of it back."""

    kind: ClassVar[str] = "what-if"
    reason: str
    weights: Mapping[str, float] | None = None
    levels: Mapping[Cell, int | None] = field(default_factory=dict)
    answers: Mapping[Cell, str | None] = field(default_factory=dict)

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        reason = clean_note(self.reason)
        if not reason:
            raise PrioritizerError("Say why: what was tried becomes a decision, and its reason is printed.")
        steps: list[Command] = [Rate(u, c, level, reason=reason) for (u, c), level in self.levels.items()]
        steps += [AnswerGate(u, gate, answer, reason) for (u, gate), answer in self.answers.items()]
        if self.weights is not None:
            steps.append(SetWeights(self.weights, "decided after a what-if", reason))
        if not steps:
            raise PrioritizerError("Nothing was tried that could be decided.")
        cells = [*self.levels, *self.answers]
        plans = [step.plan(snapshot, given) for step in steps]
        if cells:
            d = Draftsman(snapshot, given)
            what = ", ".join(f"#{snapshot.use_cases[u].number} {item}" for u, item in cells)
            d.put(
                "decision", (d.make(),), text=f"Decided after a what-if: {what}. {reason}", date=given.today
            )
            plans.append(d.plan())
        return joined(plans)
