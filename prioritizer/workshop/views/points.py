"""The picture of readiness against demonstration value: numbered points and guides."""

from __future__ import annotations

import math
from dataclasses import dataclass

from prioritizer.model.session import Snapshot
from prioritizer.model.terms import LANES, LaneId
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.scoring.result import is_overlooked, is_trap
from prioritizer.workshop.views.plain import label


@dataclass(frozen=True, slots=True)
class Point:
    """One use case: x is readiness, y demonstration value, both 0–100 and unrounded."""

    id: str
    label: str
    title: str
    x: float
    y: float
    low: float
    """Lowest readiness: every unknown cell at 0."""
    high: float
    lane: LaneId
    trap: bool
    overlooked: bool


@dataclass(frozen=True, slots=True)
class Guide:
    """A line across the picture at ``at``; ``axis`` says which coordinate it fixes."""

    axis: str
    at: float
    text: str


@dataclass(frozen=True, slots=True)
class PointsView:
    """What a chart needs. ``missing`` are the labels of cards without a demonstration value."""

    points: tuple[Point, ...]
    guides: tuple[Guide, ...]
    missing: tuple[str, ...]
    x_title: str = "readiness"
    y_title: str = "demonstration value"


def points_view(snapshot: Snapshot, evaluation: Evaluation, limit: int | None = None) -> PointsView:
    """Points in the order of the ranking.

    Args:
        snapshot: The session.
        evaluation: Its evaluation.
        limit: Take only the first so many places.
    """
    columns, t = evaluation.columns, evaluation.rules.thresholds
    points: list[Point] = []
    missing: list[str] = []
    for row in evaluation.order[:limit].tolist():
        use_case = snapshot.use_cases[evaluation.inputs.ids[row]]
        y = float(columns.demonstration[row])
        if math.isnan(y):
            missing.append(label(use_case))
            continue
        points.append(
            Point(
                id=use_case.id,
                label=label(use_case),
                title=use_case.title,
                x=float(columns.readiness[row]),
                y=y,
                low=float(columns.readiness_low[row]),
                high=float(columns.readiness_high[row]),
                lane=LANES[int(columns.lanes[row])],
                trap=is_trap(evaluation, row),
                overlooked=is_overlooked(evaluation, row),
            )
        )
    first = snapshot.preset.lane_title("pilot-first")
    guides = (
        Guide("x", t.readiness, f"{first} needs {t.readiness:g}"),
        Guide("y", t.trap_demonstration, f"impressive from {t.trap_demonstration:g}"),
        Guide("y", t.overlooked_demonstration, f"easily overlooked below {t.overlooked_demonstration:g}"),
    )
    return PointsView(tuple(points), guides, tuple(missing))
