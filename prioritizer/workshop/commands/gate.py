"""Gate: yes/no questions, one key each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot
from prioritizer.text.nearest import did_you_mean
from prioritizer.workshop.commands.base import Draftsman, Given, Plan, clean_name, clean_note, get_use_case

if TYPE_CHECKING:
    from prioritizer.model.preset import Gate


@dataclass(frozen=True)
class AnswerGate:
    """Answers one gate of one use case; none takes the answer back."""

    kind: ClassVar[str] = "gate"
    use_case: str
    gate: str
    answer: str | None
    note: str | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        _answer(d, self)
        return d.plan()


@dataclass(frozen=True)
class AnswerGates:
    """Answers many at once; one undo takes all of them back."""

    kind: ClassVar[str] = "gate"
    answers: Sequence[AnswerGate]

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        for each in self.answers:
            _answer(d, each)
        return d.plan()


@dataclass(frozen=True)
class ClearRemaining:
    """Gives the passing answer wherever nothing stands yet: "all remaining: no"."""

    kind: ClassVar[str] = "gate"
    gates: Sequence[str]
    use_cases: Sequence[str] | None = None
    """None: every live one."""

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        chosen = self.use_cases if self.use_cases is not None else [u.id for u in snapshot.live()]
        for gate_id in self.gates:
            gate = find_question(snapshot, gate_id)
            for each in chosen:
                case = get_use_case(snapshot, each)
                if gate_id not in case.gates:
                    d.put("gate_answer", (case.id, gate_id), answer=gate.clear.id)
        return d.plan()


def _answer(d: Draftsman, each: AnswerGate) -> None:
    case = get_use_case(d.snapshot, each.use_case)
    gate = find_question(d.snapshot, each.gate)
    key = (case.id, gate.id)
    if each.answer is None:
        d.put("gate_answer", key, answer=None, note=None)
        return
    known = [a.id for a in gate.answers]
    wanted = each.answer.strip().casefold()
    answer = next((a for a in gate.answers if wanted in (a.id.casefold(), a.key.casefold())), None)
    if answer is None:
        raise PrioritizerError(
            f"“{clean_name(each.answer)}” is no answer to {gate.id}; it takes {', '.join(known)}."
        )
    d.put("gate_answer", key, answer=answer.id)
    if each.note is not None:
        d.put("gate_answer", key, note=clean_note(each.note) or None)


def find_question(snapshot: Snapshot, gate_id: str) -> Gate:
    """A gate that a person answers.

    Raises:
        PrioritizerError: There is none, or it follows from levels; says which there are.
    """
    for gate in snapshot.preset.gate:
        if gate.id == gate_id:
            if gate.kind == "question":
                return gate
            raise PrioritizerError(f"Gate {gate_id} follows from the levels: rate the criterion instead.")
    known = [g.id for g in snapshot.preset.questions]
    meant = did_you_mean(gate_id, known) or f" Known: {', '.join(known)}."
    raise PrioritizerError(f"There is no gate “{clean_name(gate_id)}”.{meant}")
