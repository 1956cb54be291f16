"""Weights from what people say: an order, swings, points, or comparisons in pairs.

All give shares that sum to one. Sums are exactly rounded or run in a fixed order, so that
every machine gives the same bits; the built-in ``sum`` adds floats otherwise from Python 3.12 on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.analysis.pairwise import Pairwise, pairwise
from prioritizer.analysis.simplex import CONCENTRATION, dirichlet, simplex, whole_concentrations
from prioritizer.errors import PrioritizerError

__all__ = [
    "CONCENTRATION",
    "GroupWeights",
    "Pairwise",
    "RankMethod",
    "dirichlet",
    "from_ranks",
    "group",
    "hundred_points",
    "pairwise",
    "rank_order_centroid",
    "rank_reciprocal",
    "rank_sum",
    "simplex",
    "sum_reciprocal",
    "swing",
    "whole_concentrations",
]

RankMethod = Literal["sum-reciprocal", "rank-order-centroid", "rank-sum", "rank-reciprocal"]

_LOOSEST, _FIRMEST = 5, 200
"""Bounds of a concentration that comes from how far people differ."""


def rank_order_centroid(n: int) -> Floats:
    """Centroid of all weights in that order: w_i = (1/n) Σ_{k≥i} 1/k (Barron & Barrett 1996). (n,)."""
    return _normal([math.fsum(1 / k for k in range(i, n + 1)) for i in _places(n)])


def rank_sum(n: int) -> Floats:
    """w_i = 2 (n + 1 − i) / (n (n + 1)) (Stillwell, Seaver & Edwards 1981). (n,)."""
    return _normal([n + 1 - i for i in _places(n)])


def rank_reciprocal(n: int) -> Floats:
    """w_i = (1/i) / Σ 1/k (Stillwell, Seaver & Edwards 1981). (n,)."""
    return _normal([1 / i for i in _places(n)])


def sum_reciprocal(n: int) -> Floats:
    """w_i ∝ 1/i + (n + 1 − i)/n (Danielson & Ekenberg 2016), the surrogate that errs least. (n,)."""
    return _normal([1 / i + (n + 1 - i) / n for i in _places(n)])


_BY_RANK: dict[str, Callable[[int], Floats]] = {
    "sum-reciprocal": sum_reciprocal,
    "rank-order-centroid": rank_order_centroid,
    "rank-sum": rank_sum,
    "rank-reciprocal": rank_reciprocal,
}


def from_ranks(ranks: Sequence[float], method: RankMethod = "sum-reciprocal") -> Floats:
    """Weights of things that somebody ranked, perhaps with ties.

    Tied ranks share the mean of what their positions would get: 1, 2, 2, 4 and 1, 2, 2, 3
    are the same order.

    Args:
        ranks: Rank of each; the smallest number is the most important.
        method: Which surrogate.

    Returns:
        (n,) in the order of ``ranks``.

    Raises:
        PrioritizerError: There is nothing to rank, or a rank is no number.
    """
    if any(not math.isfinite(r) for r in ranks):
        raise PrioritizerError("A rank is not a number; give each dimension its place, 1 for the first.")
    positions = _BY_RANK[method](len(ranks))
    order = sorted(range(len(ranks)), key=lambda i: ranks[i])
    weights = np.empty(len(ranks))
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and ranks[order[end]] == ranks[order[start]]:
            end += 1
        shared = math.fsum(float(p) for p in positions[start:end]) / (end - start)
        weights[order[start:end]] = shared
        start = end
    return weights


def swing(ratings: Sequence[float]) -> Floats:
    """Swing weights: w = s / Σs.

    The most worthwhile swing from worst to best gets 100, the others 0–100 against it
    (von Winterfeldt & Edwards 1986).

    Args:
        ratings: (n,) at least 0.

    Raises:
        PrioritizerError: One is negative or not a number, or all are zero.
    """
    return _normal(_checked(ratings, "swing"))


def hundred_points(points: Sequence[float]) -> Floats:
    """Weights from points that somebody spread over the dimensions.

    Raises:
        PrioritizerError: They do not add up to 100, or one is negative or not a number.
    """
    checked = _checked(points, "number of points")
    total = math.fsum(checked)
    if abs(total - 100) > 1e-6:
        raise PrioritizerError(f"The points add up to {total:g}, not to 100.")
    return _normal(checked)


class GroupWeights(NamedTuple):
    """Weights of several people.

    Attributes:
        mean: (m,) the weights of the group.
        spread: (m,) standard deviation over people (n − 1); nan for one person.
        concentration: Of a Dirichlet with that mean and spread: how firmly the group stands.
    """

    mean: Floats
    spread: Floats
    concentration: int


def group(weights: npt.ArrayLike) -> GroupWeights:
    """Mean and spread of several people's weights.

    Args:
        weights: (people, m), each row at least 0 and not all zero; rows are normalised first.

    Raises:
        PrioritizerError: A row is no set of weights, or there is none.
    """
    rows = [_normal(_checked(row, "weight")) for row in np.atleast_2d(np.asarray(weights, dtype=np.float64))]
    people, m = len(rows), len(rows[0])
    mean, squares = np.zeros(m), np.zeros(m)
    for row in rows:
        mean += row
    mean = _normal(mean.tolist())
    if people < 2:
        return GroupWeights(mean, np.full(m, np.nan), CONCENTRATION)
    for row in rows:
        squares += (row - mean) ** 2
    variance = squares / (people - 1)
    # Moments of a Dirichlet: Var w = w (1 − w) / (a + 1), pooled over the weights.
    pooled = math.fsum(float(w * (1 - w)) for w in mean)
    observed = math.fsum(float(v) for v in variance)
    firm = pooled / observed - 1 if observed > 0 else math.inf
    concentration = int(min(max(firm, _LOOSEST), _FIRMEST))
    return GroupWeights(mean, np.asarray(np.sqrt(variance)), concentration)


def _places(n: int) -> range:
    if n < 1:
        raise PrioritizerError("There is nothing to weigh; name at least one dimension.")
    return range(1, n + 1)


def _checked(ratings: Sequence[float] | Floats, what: str) -> list[float]:
    try:
        values = [float(r) for r in ratings]
    except (TypeError, ValueError):
        raise PrioritizerError(f"Every {what} must be a number.") from None
    if not values:
        raise PrioritizerError("There is nothing to weigh; name at least one dimension.")
    for place, value in enumerate(values, 1):
        if not math.isfinite(value):
            raise PrioritizerError(f"The {what} at place {place} is not a number.")
        if value < 0:
            raise PrioritizerError(f"The {what} at place {place} is negative ({value:g}); 0 is the least.")
    if not math.fsum(values) > 0:
        raise PrioritizerError("The weights are all zero; at least one dimension must count.")
    return values


def _normal(values: Sequence[float]) -> Floats:
    total = math.fsum(values)
    return np.array([v / total for v in values], dtype=np.float64)
