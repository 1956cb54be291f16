"""A preset compiled to columns, for one session's settings.

Everything here is looked up once a session; the per-row work is in the modules beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from prioritizer.model.session import Snapshot
from prioritizer.model.terms import GATE_STATUSES

if TYPE_CHECKING:
    import numpy.typing as npt

    from prioritizer.model.preset import Gate, Preset, Thresholds
    from prioritizer.model.preset import Rule as RuleText

STATUS = {status: code for code, status in enumerate(GATE_STATUSES)}
"""Gate status → code; ``pass`` is 0."""

Clause = tuple[int, str, int]


@dataclass(frozen=True)
class Rule:
    """Clauses as (column, comparison, level), joined by *all* or by *any*."""

    clauses: tuple[Clause, ...]
    every: bool


@dataclass(frozen=True)
class DimensionRule:
    """A readiness dimension: its columns, their weights, and its own weight."""

    id: str
    weight: float
    columns: npt.NDArray[np.intp]
    weights: tuple[float, ...]
    todo: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class GateRule:
    """A gate with what it looks at."""

    gate: Gate
    question: int = -1
    """Column in the answers, for a question."""
    column: int = -1
    """Criterion column, for a level gate."""
    rule: Rule | None = None
    statuses: tuple[int, ...] = ()
    """Status code of each answer of a question."""


@dataclass(frozen=True)
class RaiseRule:
    """While ``when`` holds, ``column`` counts as at least ``to``."""

    column: int
    to: int
    when: Rule


@dataclass(frozen=True)
class Rules:
    """What `evaluate` needs of a preset and a session's settings."""

    preset: Preset
    thresholds: Thresholds
    criteria: int
    readiness: tuple[DimensionRule, ...]
    """Only those with a criterion switched on, in the order of their ids (see `compile_rules`)."""
    dimension_ids: tuple[str, ...]
    """All readiness dimensions in preset order."""
    scored: npt.NDArray[np.intp]
    """Columns of readiness and boundedness that are switched on: coverage, and the test with unknowns at 0."""
    todo: npt.NDArray[np.intp]
    demonstration: npt.NDArray[np.intp]
    worth: int
    """Column of the worth criterion, or −1."""
    raises: tuple[RaiseRule, ...]
    gates: tuple[GateRule, ...]
    classes: tuple[tuple[str, Rule], ...]
    answer_index: tuple[dict[str, int], ...]
    """For each question: answer id → its position."""


def compile_rules(snapshot: Snapshot) -> Rules:
    """Compiles the session's preset, weights and switched-off criteria.

    Columns inside a dimension, and dimensions, are taken in the order of their ids:
    floating-point sums then do not depend on the order in which a preset lists them.
    """
    preset = snapshot.preset
    index = preset.criterion_index()
    off = {c for c, how in snapshot.asked.items() if how == "off"}
    on = [c for c in preset.criterion if c.id not in off]
    role_of = {d.id: d.role for d in preset.dimension}

    readiness = []
    for dimension in sorted(preset.with_role("readiness"), key=lambda d: d.id):
        criteria = sorted((c for c in on if c.dimension == dimension.id), key=lambda c: c.id)
        if criteria:
            readiness.append(
                DimensionRule(
                    id=dimension.id,
                    weight=snapshot.weight_of(dimension.id),
                    columns=_columns([index[c.id] for c in criteria]),
                    weights=tuple(c.weight for c in criteria),
                    todo=np.array([c.todo for c in criteria], dtype=np.bool_),
                )
            )
    scored = [index[c.id] for c in on if role_of[c.dimension] in ("readiness", "boundedness")]
    todo = [index[c.id] for c in on if c.todo and role_of[c.dimension] == "readiness"]
    shown = [index[c.id] for c in on if role_of[c.dimension] == "demonstration"]
    worth = [index[c.id] for c in on if role_of[c.dimension] == "worth"]

    def rule(text: RuleText) -> Rule:
        clauses = tuple((index[c.criterion], c.cmp, c.level) for c in text.clauses)
        return Rule(clauses, every=bool(text.all))

    gates = []
    questions: list[dict[str, int]] = []
    for gate in preset.gate:
        if gate.kind == "question":
            statuses = tuple(STATUS[a.status] for a in gate.answers)
            gates.append(GateRule(gate, question=len(questions), statuses=statuses))
            questions.append({a.id: i for i, a in enumerate(gate.answers)})
        elif gate.kind == "level":
            assert gate.criterion is not None  # the preset checks it
            gates.append(GateRule(gate, column=index[gate.criterion]))
        else:
            assert gate.rule is not None  # the preset checks it
            gates.append(GateRule(gate, rule=rule(gate.rule)))
    return Rules(
        preset=preset,
        thresholds=preset.thresholds,
        criteria=len(preset.criterion),
        readiness=tuple(readiness),
        dimension_ids=tuple(d.id for d in preset.with_role("readiness")),
        scored=_columns(scored),
        todo=_columns(todo),
        demonstration=_columns(shown),
        worth=worth[0] if worth else -1,
        raises=tuple(RaiseRule(index[r.criterion], r.to, rule(r.when)) for r in preset.raises),
        gates=tuple(gates),
        classes=tuple((c.id, rule(c.rule)) for c in preset.class_rule),
        answer_index=tuple(questions),
    )


def _columns(indices: list[int]) -> npt.NDArray[np.intp]:
    return np.array(indices, dtype=np.intp)
