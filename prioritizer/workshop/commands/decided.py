"""What was tried in a what-if and is decided: weights, levels and answers as one step, with one reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot
from prioritizer.text.phrases import listed
from prioritizer.workshop.commands.base import Command, Draftsman, Given, Plan, clean_note, joined
from prioritizer.workshop.commands.gate import AnswerGate
from prioritizer.workshop.commands.rate import Rate, room_value
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
        plans = [step.plan(snapshot, given) for step in steps]
        if self.levels or self.answers:
            d = Draftsman(snapshot, given)
            what = listed([*self._level_words(snapshot), *self._answer_words(snapshot)])
            d.put(
                "decision", (d.make(),), text=f"Decided after a what-if: {what}. {reason}", date=given.today
            )
            plans.append(d.plan())
        return joined(plans)

    def _level_words(self, snapshot: Snapshot) -> list[str]:
        """``#3 D2 from 1 to 3``: what stood there before is the room value where none was agreed."""
        found = []
        columns = snapshot.preset.criterion_index()
        for (use_case, criterion), level in self.levels.items():
            case = snapshot.use_cases[use_case]
            now = case.level(columns[criterion])
            old = now if now is not None else room_value(case, criterion)
            found.append(f"#{case.number} {criterion} from {_or_unknown(old)} to {_or_unknown(level)}")
        return found

    def _answer_words(self, snapshot: Snapshot) -> list[str]:
        """``#3 high-risk from “not assessed” to “no”``, as the preset calls them."""
        found = []
        gates = {gate.id: {a.id: a.title for a in gate.answers} for gate in snapshot.preset.questions}
        for (use_case, gate), answer in self.answers.items():
            case, titles = snapshot.use_cases[use_case], gates.get(gate, {})
            there = case.gates.get(gate)
            old, new = (there.answer if there is not None else None), answer
            said = [f"“{titles.get(a, a)}”" if a else "unanswered" for a in (old, new)]
            found.append(f"#{case.number} {gate} from {said[0]} to {said[1]}")
        return found


def _or_unknown(level: int | None) -> str:
    return "unknown" if level is None else str(level)
