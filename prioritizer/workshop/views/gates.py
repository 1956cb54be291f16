"""The stage Gate as data: questions, what each answer leads to, cells, progress, and what the levels decide.

Only `level_gates` needs the evaluation; the rest reads the snapshot, so that the screen
stands before the rules are computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from prioritizer.model.session import Override, Snapshot, UseCase
from prioritizer.model.terms import GateStatus

if TYPE_CHECKING:  # it brings numpy
    from prioritizer.model.preset import Answer, Gate, Preset
    from prioritizer.scoring.evaluate import Evaluation

CellStatus = GateStatus | Literal["unanswered"]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer that a question takes."""

    id: str
    key: str
    title: str
    status: GateStatus
    leads_to: str
    """A few words: what follows from it."""
    reason: str
    clear: bool
    """It is what "all remaining: no" gives."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question gate."""

    id: str
    title: str
    question: str
    answers: tuple[AnswerView, ...]
    clear: AnswerView
    answered: int
    total: int


@dataclass(frozen=True, slots=True)
class GateCell:
    """What stands in one cell of the matrix."""

    status: CellStatus
    answer: Answer | None
    note: str
    override: Override | None


@dataclass(frozen=True, slots=True)
class GateView:
    """One gate that nobody answers here: it follows from the levels."""

    id: str
    name: str
    """"D1 Access", or its title where its id is no criterion's."""
    short: str
    """"D1", or its title."""
    status: GateStatus
    reason: str
    override: Override | None


def leads_to(preset: Preset, status: GateStatus) -> str:
    """What a status of a gate means for the lane, in the preset's lane titles."""
    fix = preset.lane_title("fix-then-pilot")
    return {
        "pass": "clear",
        "condition": f"a condition, at best “{fix}”",
        "unknown": f"find out first, at best “{fix}”",
        "stop": f"a stop: “{preset.lane_title('not-yet')}”",
        "not-an-agent": f"“{preset.lane_title('not-an-agent')}”: take the simpler route",
        "out": f"“{preset.lane_title('out')}”, and no override",
    }[status]


def answer_views(preset: Preset, gate: Gate) -> tuple[AnswerView, ...]:
    """The answers of a question, in the preset's order."""
    return tuple(
        AnswerView(a.id, a.key, a.title, a.status, leads_to(preset, a.status), a.reason, a is gate.clear)
        for a in gate.answers
    )


def question_views(snapshot: Snapshot, use_cases: Sequence[UseCase]) -> tuple[QuestionView, ...]:
    """The question gates with how many of these use cases have an answer."""
    found = []
    for gate in snapshot.preset.questions:
        answers = answer_views(snapshot.preset, gate)
        found.append(
            QuestionView(
                id=gate.id,
                title=gate.title,
                question=gate.question,
                answers=answers,
                clear=next(a for a in answers if a.clear),
                answered=answered(use_cases, gate.id),
                total=len(use_cases),
            )
        )
    return tuple(found)


def answered(use_cases: Iterable[UseCase], gate_id: str) -> int:
    """How many have an answer to a gate."""
    return sum(1 for u in use_cases if (given := u.gates.get(gate_id)) is not None and given.answer)


def gate_cell(use_case: UseCase, gate: Gate) -> GateCell:
    """What stands in the cell of a question gate."""
    given = use_case.gates.get(gate.id)
    answer = next((a for a in gate.answers if given is not None and a.id == given.answer), None)
    return GateCell(
        status=answer.status if answer is not None else "unanswered",
        answer=answer,
        note=given.note if given is not None else "",
        override=use_case.overrides.get(gate.id),
    )


def unanswered(use_cases: Iterable[UseCase], gate_ids: Sequence[str]) -> list[tuple[str, str]]:
    """(use case, gate) of every cell that has no answer, row by row."""
    return [
        (u.id, g)
        for u in use_cases
        for g in gate_ids
        if (given := u.gates.get(g)) is None or not given.answer
    ]


def level_gates(snapshot: Snapshot, evaluation: Evaluation, use_case_id: str) -> tuple[GateView, ...]:
    """The gates of one use case that follow from its levels, worth and coverage included.

    What holds it most stands first. Derived ones stand here only when they are not passed, or were set aside.
    """
    from prioritizer.scoring.findings import gate_findings

    use_case = snapshot.use_cases[use_case_id]
    row = evaluation.row_of.get(use_case_id)
    if row is None:
        return ()
    preset = snapshot.preset
    gates = {g.id: g for g in preset.gate}
    questions = {g.id for g in preset.questions}
    found = []
    for finding in gate_findings(evaluation, row, use_case):
        if finding.id in questions:
            continue
        gate = gates.get(finding.id)
        title = gate.title if gate is not None else _ENGINE_TITLES.get(finding.id, finding.id)
        by_criterion = gate is not None and gate.criterion == gate.id
        found.append(
            GateView(
                id=finding.id,
                name=f"{finding.id} {title}" if by_criterion else title,
                short=finding.id if by_criterion else title,
                status=finding.status,
                reason=_without_name(preset, gate, finding.reason),
                override=use_case.overrides.get(finding.id),
            )
        )
    found.sort(key=lambda g: _WORST_FIRST.index(g.status))
    return tuple(found)


_WORST_FIRST = ("out", "not-an-agent", "stop", "condition", "unknown", "pass")
_ENGINE_TITLES = {"worth": "Worth floor", "coverage": "Coverage"}


def _without_name(preset: Preset, gate: Gate | None, reason: str) -> str:
    """A reason repeats the criterion's name, which here stands beside it."""
    if gate is None or gate.criterion is None:
        return reason
    criterion = preset.find_criterion(gate.criterion)
    return reason.removeprefix(f"{criterion.id} {criterion.title}: ")


def open_gates(
    snapshot: Snapshot, evaluation: Evaluation | None, use_case_id: str
) -> tuple[tuple[str, str], ...]:
    """(id, title) of the gates of a use case that can be set aside: those that hold it now."""
    use_case = snapshot.use_cases[use_case_id]
    found = [
        (gate.id, gate.title)
        for gate in snapshot.preset.questions
        if gate_cell(use_case, gate).status not in ("pass", "out")
    ]
    if evaluation is not None:
        known = {g.id for g in snapshot.preset.gate}
        found += [
            (g.id, g.name)
            for g in level_gates(snapshot, evaluation, use_case_id)
            if g.status != "pass" and g.id in known
        ]
    return tuple(found)
