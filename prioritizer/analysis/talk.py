"""What to talk about next: what settling a cell is expected to change in the shortlist.

From the same draws: how much of "is it in the top N" the cell alone explains (first-order
index), times how open that is, so that cells of different use cases can be compared:
2·Var(E[y | x]) for y in {0, 1}. In at least this share of draws another level drawn for the
cell, all else equal, changes whether its use case is in the top N: given two levels with shares
p and p′ of draws in the top N, that is so in |p − p′| ≥ (p − p′)² of them, and the mean of
(p − p′)² over two independent levels is 2·Var(E[y | x]).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from prioritizer.analysis.drawn import find_drawn
from prioritizer.analysis.draws import CHUNK, Draws, tiles_of
from prioritizer.analysis.inside import Inside
from prioritizer.analysis.movers import KINDS, LEAST, by_cell
from prioritizer.analysis.placing import place
from prioritizer.analysis.tally import MOST
from prioritizer.model.robustness import SOURCES, MoverKind, Source
from prioritizer.model.session import Snapshot
from prioritizer.scoring.evaluate import Evaluation

DRAWS = 4 * CHUNK
"""Enough to put cells in an order: a share is good to about one point."""


@dataclass(frozen=True, slots=True)
class CellEffect:
    """One cell that is not settled.

    Attributes:
        use_case: Id.
        criterion: Id.
        kind: What it rests on.
        share: Of draws in which it decides whether its use case is in the top N, 0–1.
    """

    use_case: str
    criterion: str
    kind: MoverKind
    share: float


def cell_effects(
    snapshot: Snapshot,
    evaluation: Evaluation,
    top: int,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    without: Collection[Source] = (),
    going_on: Callable[[], bool] = lambda: True,
) -> list[CellEffect] | None:
    """Every cell that decides something, the greatest effect first.

    Args:
        snapshot: The session as anybody may see it.
        evaluation: Its ranking.
        top: N of "the top N", from 1 to the number of use cases.
        draws: How many, up to the next whole chunk.
        seed: Same file and seed, same numbers.
        without: Sources that are left as the ranking has them.
        going_on: Asked before every chunk; the answer is none where it says no.
    """
    drawn = find_drawn(snapshot, frozenset(SOURCES) - frozenset(without), rules=evaluation.rules)
    ids = drawn.inputs.ids
    if not 0 < top < len(ids) or len(ids) > MOST:
        return []  # all or nothing is in the top N, or there are too many to compare
    source = Draws(drawn, seed)
    inside = Inside(drawn, source.rows)
    u = np.empty((len(ids), CHUNK), dtype=np.int64)
    within = np.empty((len(ids), -(-draws // CHUNK) * CHUNK), dtype=np.bool_)
    for start in range(0, within.shape[1], CHUNK):
        if not going_on():
            return None
        shared = source.shared()
        for a, b in tiles_of(len(ids)):
            tile = inside.tile(a, b, source.levels(a, b, shared.person), shared)
            u[a:b] = place(inside.thresholds.readiness, tile, shared.weights, shared)[0]
        last = np.partition(u, len(ids) - top, axis=0)[len(ids) - top]
        within[:, start : start + CHUNK] = u >= last
    often = np.count_nonzero(within, axis=1) / within.shape[1]
    rows = np.flatnonzero((often >= LEAST) & (often <= 1 - LEAST))
    if not len(rows) or not going_on():
        return [] if not len(rows) else None
    found = []
    open_ = 2 * often[rows] * (1 - often[rows])
    for column, shares in by_cell(drawn, seed, rows, within[rows]):
        criterion = drawn.rules.preset.criterion[column].id
        for row, share in zip(rows.tolist(), (shares * open_).tolist(), strict=True):
            if share >= LEAST:
                found.append(CellEffect(ids[row], criterion, KINDS[int(drawn.ground[row, column])], share))
    place_of = {ids[row]: rank for rank, row in enumerate(evaluation.order.tolist())}
    columns = drawn.rules.preset.criterion_index()
    found.sort(key=lambda e: (-e.share, place_of[e.use_case], columns[e.criterion]))
    return found
