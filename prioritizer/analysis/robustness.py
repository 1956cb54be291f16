"""Stochastic multicriteria acceptability analysis on arrays (SMAA-2).

Lahdelma & Salminen 2001, Operations Research 49(3); Tervonen & Lahdelma 2007, EJOR 178.
A share of draws is what it says, never a chance of being right.

Shapes: d draws, n use cases, m criteria. Equal utilities share the best rank.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.errors import PrioritizerError


def rank_acceptability(utilities: npt.ArrayLike) -> Floats:
    """Share of draws in which each use case has each rank.

    rank(i) = 1 + the number that are strictly better.

    Args:
        utilities: (d, n).

    Returns:
        (n, n): row a use case, column 0 is rank 1; rows sum to 1.
    """
    u = _matrix(utilities, "utilities")
    draws, n = u.shape
    order = np.argsort(-u, axis=1, kind="stable")
    placed = np.take_along_axis(u, order, axis=1)
    ranks = shared_ranks(placed[:, 1:] != placed[:, :-1])
    counts = np.bincount((order * n + ranks).ravel(), minlength=n * n).reshape(n, n)
    return np.asarray(counts / draws, dtype=np.float64)


def shared_ranks(fresh: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Ranks from 0 of sorted rows: whoever equals the one before shares its rank.

    Args:
        fresh: (d, n − 1) whether a place differs from the one before.

    Returns:
        (d, n).
    """
    draws, n = fresh.shape[0], fresh.shape[1] + 1
    ranks = np.empty((draws, n), dtype=np.intp)
    ranks[:] = np.arange(n)
    tied = np.flatnonzero(~fresh.all(axis=1))
    if len(tied):
        places = ranks[tied]
        places[:, 1:] *= fresh[tied]
        ranks[tied] = np.maximum.accumulate(places, axis=1)
    return ranks


def central_weights(utilities: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Mean weight vector of the draws in which a use case is first: what a room that favours it values.

    Args:
        utilities: (d, n).
        weights: (d, m), or (m,) for the same in every draw.

    Returns:
        (n, m); a row of nan for one that is never first.
    """
    u = _matrix(utilities, "utilities")
    w = np.asarray(weights, dtype=np.float64)
    if w.ndim == 1:
        w = np.broadcast_to(w, (len(u), len(w)))
    _matrix(w, "weights")
    if len(w) != len(u):
        raise PrioritizerError(f"There are {len(u)} draws of utilities and {len(w)} of weights.")
    draw, case = np.nonzero(u == u.max(axis=1, keepdims=True))
    hits = np.bincount(case, minlength=u.shape[1])
    central = np.full((u.shape[1], w.shape[1]), np.nan)
    for column in range(w.shape[1]):
        # bincount adds one after another in the order of the draws: the same bits everywhere.
        sums = np.bincount(case, weights=w[draw, column], minlength=u.shape[1])
        central[hits > 0, column] = sums[hits > 0] / hits[hits > 0]
    return central


def pairwise_winning(utilities: npt.ArrayLike) -> Floats:
    """Share of draws in which one use case is strictly better than another.

    Args:
        utilities: (d, n).

    Returns:
        (n, n): entry (i, k) is the share with u_i > u_k; diagonal 0.
    """
    u = np.ascontiguousarray(_matrix(utilities, "utilities").T)
    n, draws = u.shape
    result = np.zeros((n, n))
    for i in range(n):
        result[i] = np.count_nonzero(u[i] > u, axis=1) / draws
    return result


def confidence_factors(values: npt.ArrayLike, central_weights: npt.ArrayLike) -> Floats:
    """Share of value draws in which a use case is first under its own central weights.

    Args:
        values: (d, n, m).
        central_weights: (n, m); a row of nan where there are none.

    Returns:
        (n,); nan where there are no central weights.
    """
    v = np.asarray(values, dtype=np.float64)
    w = np.asarray(central_weights, dtype=np.float64)
    if v.ndim != 3 or not v.size or w.shape != v.shape[1:]:
        raise PrioritizerError(
            "Values are draws × use cases × criteria, and central weights use cases × criteria."
        )
    if not np.isfinite(v).all():
        raise PrioritizerError("The values hold something that is not a number.")
    result = np.full(v.shape[1], np.nan)
    for case in np.flatnonzero(np.isfinite(w).all(axis=1)):
        u = np.zeros(v.shape[:2])
        for column in range(v.shape[2]):
            u += w[case, column] * v[:, :, column]
        result[case] = np.count_nonzero(u[:, case] >= u.max(axis=1)) / len(v)
    return result


def _matrix(values: npt.ArrayLike, what: str) -> Floats:
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 2:
        raise PrioritizerError(f"The {what} must have one row for each draw.")
    if not len(found):
        raise PrioritizerError("There are no draws; ask for at least one.")
    if not found.shape[1]:
        raise PrioritizerError("There is no use case to compare.")
    if not np.isfinite(found).all():
        raise PrioritizerError(f"The {what} hold something that is not a number.")
    return found
