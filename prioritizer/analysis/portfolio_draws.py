"""What each use case is worth to a portfolio, as the session stands and in every draw."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats, check_draws
from prioritizer.analysis.drawn import find_drawn
from prioritizer.analysis.draws import CHUNK, Draws, Planes, tiles_of
from prioritizer.analysis.inside import Inside
from prioritizer.analysis.placing import SCALE, STEPS, place
from prioritizer.model.session import Snapshot
from prioritizer.model.terms import CLASSES
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.scoring.lanes import LANE

STARTED = (LANE["pilot-first"], LANE["fix-then-pilot"])
"""Lanes of which something is started; whatever is in another is worth nothing to a portfolio now."""


def stated_values(evaluation: Evaluation) -> Floats:
    """(n,) readiness of those that can be started, 0 for the others."""
    able = np.isin(evaluation.columns.lanes, STARTED)
    return np.where(able, evaluation.columns.readiness, 0.0)


def drawn_values(snapshot: Snapshot, evaluation: Evaluation, draws: int, seed: int = 0) -> Floats:
    """The same in every draw, all four sources drawn and the rules inside.

    Args:
        snapshot: The session as anybody may see it.
        evaluation: Its ranking.
        draws: How many.
        seed: Same file and seed, same numbers.

    Returns:
        (draws, n).
    """
    check_draws(draws, seed)
    drawn = find_drawn(snapshot, rules=evaluation.rules)
    source = Draws(drawn, seed)
    inside = Inside(drawn, source.rows)
    threshold = inside.thresholds.readiness
    found = np.empty((draws, len(source.rows)))
    for start in range(0, draws, CHUNK):
        used = min(CHUNK, draws - start)
        shared = source.shared()
        for a, b in tiles_of(len(source.rows)):
            tile = inside.tile(a, b, source.levels(a, b, shared.person), shared)
            u, lanes = place(threshold, tile, shared.weights, shared)
            readiness = (u - STEPS[lanes * np.int8(len(CLASSES)) + tile.classes]) / SCALE
            found[start : start + used, a:b] = np.where(_able(lanes), readiness, 0.0)[:, :used].T
    return found


def _able(lanes: Planes) -> npt.NDArray[np.bool_]:
    return np.isin(lanes, STARTED)
