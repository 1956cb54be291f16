"""From columns to the `Ranking` that people and scripts read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.terms import CLASSES, LANES
from prioritizer.scoring.dimensions import compared
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.scoring.findings import conditions, gate_findings
from prioritizer.scoring.lanes import LANE

if TYPE_CHECKING:
    from prioritizer.model.ranking import Overridden, Ranked, Ranking


def _weights(snapshot: Snapshot) -> dict[str, float]:
    stated = {d.id: snapshot.weight_of(d.id) for d in snapshot.preset.with_role("readiness")}
    total = math.fsum(stated.values())
    return {d: w / total if total > 0 else 0.0 for d, w in stated.items()}


def ranking(snapshot: Snapshot, evaluation: Evaluation) -> Ranking:
    """The whole ranking as a document."""
    from prioritizer.model.ranking import PresetRef, Ranking, SessionRef

    preset = snapshot.preset
    return Ranking(
        session=SessionRef(
            id=snapshot.id,
            title=snapshot.title,
            preset=PresetRef(id=preset.id, version=preset.version, hash=snapshot.preset_hash),
            weights=_weights(snapshot),
            weights_method=snapshot.weights_method,
        ),
        use_cases=list(ranked_rows(snapshot, evaluation)),
    )


def ranked_rows(snapshot: Snapshot, evaluation: Evaluation) -> Iterator[Ranked]:
    """One by one, first place first."""
    for row in evaluation.order:
        yield ranked(snapshot, evaluation, snapshot.use_cases[evaluation.inputs.ids[row]])


def ranked(snapshot: Snapshot, evaluation: Evaluation, use_case: UseCase) -> Ranked:
    """One use case with its place and everything that the rules say about it."""
    from prioritizer.model.ranking import Ranked

    row = evaluation.row_of[use_case.id]
    rules, columns = evaluation.rules, evaluation.columns
    criteria = rules.preset.criterion
    score_of = {d.id: float(columns.scores[row, i]) for i, d in enumerate(rules.readiness)}
    value, gap = shown(evaluation, row)
    barring, open_questions = conditions(evaluation, row, use_case, snapshot)
    overrides = _overrides(use_case)
    worth = int(columns.worth[row])
    levels = columns.levels[row]
    lowest = [c for c in rules.scored if levels[c] >= 0]
    weakest = min((int(columns.counted[row, c]) for c in lowest), default=None)
    return Ranked.model_validate(
        {
            "rank": int(evaluation.ranks[row]),
            "tied": bool(evaluation.tied[row]),
            "id": use_case.id,
            "number": use_case.number,
            "title": use_case.title,
            "lane": LANES[int(columns.lanes[row])],
            "class": CLASSES[int(columns.classes[row])],
            "readiness": float(columns.readiness[row]),
            "readiness_low": float(columns.readiness_low[row]),
            "readiness_high": float(columns.readiness_high[row]),
            "dimensions": {d: score_of.get(d) for d in rules.dimension_ids},
            "demonstration": value,
            "gap": gap,
            "demo_trap": is_trap(evaluation, row),
            "overlooked": is_overlooked(evaluation, row),
            "worth": worth if worth >= 0 else None,
            "coverage": float(columns.coverage[row]),
            "claimed": [criteria[c].id for c in range(rules.criteria) if columns.claimed[row, c]],
            "lane_by_rules": LANES[int(columns.lanes_by_rules[row])],
            "gates": [each._asdict() for each in gate_findings(evaluation, row, use_case)],
            "conditions": [each._asdict() for each in barring],
            "overridden": overrides[0] if overrides else None,
            "overrides": overrides,
            "find_outs": [each._asdict() for each in open_questions],
            "unproven": [
                criterion.id
                for c, criterion in enumerate(criteria)
                if criterion.proof and levels[c] >= 3 and not columns.proven[row, c]
            ],
            "unknown": [criteria[c].id for c in sorted(rules.scored) if levels[c] < 0],
            "weakest": [criteria[c].id for c in sorted(lowest) if int(columns.counted[row, c]) == weakest],
            "task": use_case.task,
            "slice": use_case.slice,
        }
    )


def shown(evaluation: Evaluation, row: int) -> tuple[float | None, float | None]:
    """Demonstration value and its gap to readiness; none while no facet is known."""
    value = float(evaluation.columns.demonstration[row])
    if math.isnan(value):
        return None, None
    return value, value - float(evaluation.columns.readiness[row])


def is_trap(evaluation: Evaluation, row: int) -> bool:
    """Impressive, far ahead of its readiness, and not ready by the rules.

    The mark looks at the lane that the rules give: a room that overrides a
    demo trap into *Pilot first* still sees what it is.
    """
    value, gap = shown(evaluation, row)
    if value is None or gap is None:
        return False
    t = evaluation.rules.thresholds
    far = bool(compared(value) >= t.trap_demonstration and compared(gap) >= t.trap_gap)
    return far and int(evaluation.columns.lanes_by_rules[row]) != LANE["pilot-first"]


def is_overlooked(evaluation: Evaluation, row: int) -> bool:
    """Ready by the rules, and a room that chooses by show would have missed it."""
    value, _ = shown(evaluation, row)
    if value is None:
        return False
    dull = bool(compared(value) < evaluation.rules.thresholds.overlooked_demonstration)
    return dull and int(evaluation.columns.lanes_by_rules[row]) == LANE["pilot-first"]


def _overrides(use_case: UseCase) -> list[Overridden]:
    from prioritizer.model.ranking import Overridden

    ordered = sorted(use_case.overrides.values(), key=lambda o: (o.target != "lane", o.target))
    return [Overridden(of=o.target, by=o.by, reason=o.reason, date=o.date) for o in ordered]
