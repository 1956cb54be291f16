"""How far one weight can move, the others keeping their ratios, before the leader changes.

Mareschal 1988, EJOR 33, 54–64, for one weight at a time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.errors import PrioritizerError

ROUNDED = 0.005
"""How far shares may miss one because they were rounded."""


def weight_stability_intervals(values: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Interval of each weight in which the leader stays first.

    With r_j = w_j / (1 − w_k) and d_j = v_aj − v_bj, leader a and another b tie where
    t = −d_r / (d_k − d_r), d_r = Σ_{j≠k} r_j d_j. A tie is still first.

    Args:
        values: (n, m).
        weights: (m,) at least 0; normalised first, unless they sum to one but for rounding.

    Returns:
        (m, 2) lowest and highest weight; nan where the other weights are all zero, because then
        they have no ratios.

    Raises:
        PrioritizerError: A number is missing, negative where it must not be, or the shapes differ.
    """
    v = np.asarray(values, dtype=np.float64)
    w = np.asarray(weights, dtype=np.float64)
    if v.ndim != 2 or not v.size or w.shape != v.shape[1:]:
        raise PrioritizerError("Values need one row a use case and one column for each weight.")
    if not (np.isfinite(v).all() and np.isfinite(w).all()):
        raise PrioritizerError("The values or the weights hold something that is not a number.")
    if (w < 0).any() or not w.sum() > 0:
        raise PrioritizerError("Weights must not be negative, and one at least must be above 0.")
    total = math.fsum(w.tolist())
    # Shares that were rounded when they were written down are taken as they stand.
    shares = (w if abs(total - 1) <= ROUNDED else w / total).tolist()
    lead = int(np.argmax(_weighed(v, shares)))
    found = np.full((len(shares), 2), np.nan)
    for k, own in enumerate(shares):
        others = [0.0 if j == k else w for j, w in enumerate(shares)]
        if not any(others) or not own < 1:
            continue
        rest = _weighed(v, [w / (1 - own) for w in others])
        found[k] = _interval(own, v[lead, k] - v[:, k], rest[lead] - rest)
    return found


def ratios_without(shares: Sequence[float], k: int) -> list[float] | None:
    """The other weights scaled to one, 0 at k; none where they are all zero."""
    rest = math.fsum(w for j, w in enumerate(shares) if j != k)
    if not rest > 0:
        return None
    return [0.0 if j == k else w / rest for j, w in enumerate(shares)]


def _interval(now: float, own: Floats, rest: Floats) -> tuple[float, float]:
    low, high = 0.0, 1.0
    for d_k, d_r in zip(own.tolist(), rest.tolist(), strict=True):
        slope = d_k - d_r
        if slope == 0:
            continue
        tie = -d_r / slope
        # The leader is ahead now, so a tie on the far side of `now` is a rounding error.
        if slope > 0:
            low = max(low, min(tie, now))
        else:
            high = min(high, max(tie, now))
    return low, high


def _weighed(values: Floats, weights: Sequence[float]) -> Floats:
    total = np.zeros(len(values))
    for column, weight in enumerate(weights):
        total += weight * values[:, column]
    return total
