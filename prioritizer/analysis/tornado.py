"""What one thing at a time does to the readiness of a use case: the bars of a tornado diagram."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from prioritizer.analysis.ballots import Ballots
from prioritizer.analysis.drawn import Drawn
from prioritizer.analysis.evidence import STATED
from prioritizer.analysis.fixed import fix, varied
from prioritizer.analysis.stability import ratios_without
from prioritizer.model.terms import LANES, LEVELS, LaneId
from prioritizer.scoring.dimensions import compared
from prioritizer.scoring.evaluate import Evaluation

STEP = 0.05
"""How far a weight is moved: what one key does."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing, moved to both sides.

    Attributes:
        kind: ``weight``: ∓ 5 points, the others keeping their ratios; ``level``: one level lower
            and higher, 0 and 4 where unknown, the lowest and highest answer where the room differs.
        item: The dimension or criterion.
        low: Readiness at the lower end.
        high: Readiness at the upper end.
        low_lane: Lane at the lower end.
        high_lane: Lane at the upper end.
    """

    kind: Literal["weight", "level"]
    item: str
    low: float
    high: float
    low_lane: LaneId
    high_lane: LaneId

    @property
    def width(self) -> float:
        """How much readiness moves."""
        return abs(self.high - self.low)


def tornado(evaluation: Evaluation, drawn: Drawn, row: int) -> list[Bar]:
    """Bars of one use case, widest first; those that move neither readiness nor lane are left out.

    Args:
        evaluation: The ranking.
        drawn: What is uncertain about the same session.
        row: Which use case.
    """
    bars = _weight_bars(evaluation, row) + _level_bars(evaluation, drawn, row)
    telling = [b for b in bars if compared(b.width) > 0 or b.low_lane != b.high_lane]
    return sorted(telling, key=lambda b: -compared(b.width))


def _weight_bars(evaluation: Evaluation, row: int) -> list[Bar]:
    rules = evaluation.rules
    stated = [d.weight for d in rules.readiness]
    shares = [w / math.fsum(stated) for w in stated]
    fixed = fix(evaluation)
    bars = []
    for k, dimension in enumerate(rules.readiness):
        ratios = ratios_without(shares, k)
        if ratios is None:
            continue
        ends = (max(shares[k] - STEP, 0.0), min(shares[k] + STEP, 1.0))
        weights = np.array([[t if j == k else (1 - t) * r for t in ends] for j, r in enumerate(ratios)])
        _, lanes = fixed.order(weights)
        low, high = (
            float(math.fsum(w * s for w, s in zip(weights[:, i], fixed.scores[:, row], strict=True)))
            for i in (0, 1)
        )
        lane = [LANES[int(code)] for code in lanes[row]]
        bars.append(Bar("weight", dimension.id, low, high, lane[0], lane[1]))
    return bars


def _level_bars(evaluation: Evaluation, drawn: Drawn, row: int) -> list[Bar]:
    preset = evaluation.rules.preset
    levels = evaluation.inputs.levels[row]
    columns, ends = [], []
    for column in np.flatnonzero(drawn.needed).tolist():
        if drawn.ground[row, column] != STATED:
            columns.append(column)
            ends.append(_ends(drawn.ballots, row, column, int(levels[column])))
    variants = np.repeat(levels[None, :], 2 * len(columns), axis=0)
    for place, (column, (low, high)) in enumerate(zip(columns, ends, strict=True)):
        variants[2 * place, column], variants[2 * place + 1, column] = low, high
    found = varied(evaluation, row, variants)
    return [
        Bar(
            "level",
            preset.criterion[column].id,
            float(found.readiness[2 * place]),
            float(found.readiness[2 * place + 1]),
            LANES[int(found.lanes[2 * place])],
            LANES[int(found.lanes[2 * place + 1])],
        )
        for place, column in enumerate(columns)
    ]


def _ends(ballots: Ballots, row: int, column: int, level: int) -> tuple[int, int]:
    here = np.flatnonzero((ballots.rows == row) & (ballots.columns == column))
    if len(here):
        said = [a for a in ballots.answers[here[0]].tolist() if a <= LEVELS[-1]]
        if said:
            return min(said), max(said)
    if level < 0:
        return LEVELS[0], LEVELS[-1]
    return max(level - 1, LEVELS[0]), min(level + 1, LEVELS[-1])
