"""What a level does to the place of its use case: readiness, lane, and what holds it."""

from __future__ import annotations

from dataclasses import dataclass

from prioritizer.analysis.barriers import barriers
from prioritizer.model.session import Snapshot
from prioritizer.model.terms import LANES, LaneId
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.workshop.views.plain import label, whole

__all__ = ["Evaluation", "Standing", "standing"]
"""`Evaluation` stands here for faces, which hold one and may not import the scoring."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one use case stands now. Scores are integers, rounded down."""

    id: str
    label: str
    title: str
    readiness: int
    low: int
    high: int
    dimensions: tuple[tuple[str, str, int | None], ...]
    """(id, title, score) of the readiness dimensions."""
    lane: LaneId
    lane_title: str
    overridden: bool
    held_by: tuple[tuple[str, str], ...]
    """(gate, criterion or rule; in words): what keeps it out of the first lane, the deciding one first."""


def standing(snapshot: Snapshot, evaluation: Evaluation, use_case_id: str) -> Standing | None:
    """Where a use case stands; none if it is not in the ranking."""
    row = evaluation.row_of.get(use_case_id)
    use_case = snapshot.use_cases.get(use_case_id)
    if row is None or use_case is None:
        return None
    columns, preset = evaluation.columns, snapshot.preset
    scores = {d.id: whole(float(columns.scores[row, i])) for i, d in enumerate(evaluation.rules.readiness)}
    lane = LANES[int(columns.lanes[row])]
    return Standing(
        id=use_case_id,
        label=label(use_case),
        title=use_case.title,
        readiness=whole(float(columns.readiness[row])),
        low=whole(float(columns.readiness_low[row])),
        high=whole(float(columns.readiness_high[row])),
        dimensions=tuple((d.id, d.title, scores.get(d.id)) for d in preset.with_role("readiness")),
        lane=lane,
        lane_title=preset.lane_title(lane),
        overridden=bool(use_case.overrides),
        held_by=tuple((b.item, b.text) for b in barriers(snapshot, evaluation, use_case)),
    )
