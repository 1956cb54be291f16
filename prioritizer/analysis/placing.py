"""What orders the use cases in a draw: lane, class and readiness as one whole number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.analysis.draws import Planes, Shared
from prioritizer.model.terms import CLASSES, LANES
from prioritizer.scoring.dimensions import PLACES
from prioritizer.scoring.lanes import LANE
from prioritizer.scoring.truth import Bools

HALF = 0.5 * 10.0**-PLACES
"""Values are compared at nine decimals: what is this near to a threshold meets it."""

SCALE = 10**PLACES

Keys = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Tile:
    """Some use cases in a chunk of draws; everything but what the weights decide. t use cases, c draws.

    Attributes:
        scores: (k, t, c) dimension scores.
        least: The same with every unknown cell at 0; none where nothing is unknown.
        lanes: (t, c) int8, *Fix, then pilot* where only the readiness threshold is open.
        pilotable: (t, c) bool: *Pilot first* if readiness meets the threshold.
        classes: (t, c) int8.
    """

    scores: Floats
    least: Floats | None
    lanes: Planes
    pilotable: Bools
    classes: Planes


def at_score(whole: Floats, score: float) -> Floats:
    """What a use case scores that stands at ``score`` (0–100) throughout, between levels on a straight line.

    Args:
        whole: (c, 5) what one scores that stands at each level.
        score: On the even scale.

    Returns:
        (c,).
    """
    level = min(int(score / 25.0), 3)
    part = score / 25.0 - level
    return np.asarray(whole[:, level] + part * (whole[:, level + 1] - whole[:, level]), dtype=np.float64)


def readiness_threshold(threshold: float, shared: Shared) -> Floats:
    """For each dimension (k, c): what stands at the readiness threshold throughout scores there."""
    return np.stack([at_score(whole, threshold) for whole in shared.whole])


def weighed(scores: Floats, weights: Floats) -> Floats:
    """Σ weight × score, dimension by dimension in order: (k, t, c) and (k, c) → (t, c)."""
    total: Floats = scores[0] * weights[0]
    part = np.empty_like(total)
    for score, weight in zip(scores[1:], weights[1:], strict=True):
        np.multiply(score, weight, out=part)
        total += part
    return total


def place(threshold: float, tile: Tile, weights: Floats, shared: Shared) -> tuple[Keys, Planes]:
    """What orders the use cases in each draw.

    u = 1000 · (6 − lane index) + 200 · (3 − class index) + R, in whole billionths: exact, so
    that equal is equal and nothing depends on a last bit.

    Args:
        threshold: Of readiness, 0–100.
        tile: Some use cases.
        weights: (k, c).
        shared: What was drawn.

    Returns:
        u (t, c) int64, and the lanes (t, c) int8.
    """
    readiness = weighed(tile.scores, weights)
    limit = weighed(readiness_threshold(threshold, shared), weights) - HALF
    first = tile.pilotable & (readiness >= limit)
    if tile.least is not None:
        first &= weighed(tile.least, weights) >= limit
    lanes = tile.lanes.copy()
    np.copyto(lanes, LANE["pilot-first"], where=first)
    u = in_billionths(readiness)
    u += STEPS[lanes * np.int8(len(CLASSES)) + tile.classes]
    return u, lanes


STEPS = np.array(
    [
        (1000 * (len(LANES) - 1 - lane) + 200 * (len(CLASSES) - 1 - class_)) * SCALE
        for lane in range(len(LANES))
        for class_ in range(len(CLASSES))
    ],
    dtype=np.int64,
)
"""What lane and class add to u, by lane · 4 + class."""


def in_billionths(readiness: Floats) -> Keys:
    """Readiness as a whole number; what is given is overwritten."""
    readiness *= SCALE
    return np.asarray(np.rint(readiness, out=readiness).astype(np.int64))
