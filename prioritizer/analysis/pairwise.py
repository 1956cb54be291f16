"""Weights from comparisons in pairs (the analytic hierarchy process), for those who ask for it."""

from __future__ import annotations

import math
from typing import ClassVar, NamedTuple

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.errors import PrioritizerError

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
"""Mean consistency index of random matrices of 1 … 15 things (Saaty 1980, table 1-4)."""

RECIPROCAL = 0.005
"""How far a_ij · a_ji may be from 1: three digits of a third are enough, two are not."""

_ROUNDS = 10_000
_STILL = 1e-15


class _Found(NamedTuple):
    weights: Floats
    lambda_max: float
    consistency_ratio: float


class Pairwise(_Found):
    """What comparisons in pairs say: a tuple of three.

    Attributes:
        weights: (n,) the principal eigenvector, summing to 1.
        lambda_max: Its eigenvalue; n for a matrix without contradiction.
        consistency_ratio: CI / RI; above 0.10 the comparisons contradict each other and
            should be looked at again. Undefined (nan) above 15 things.
        random_index_table: Where RI is from; tables differ, so the name is printed with the ratio.
    """

    __slots__ = ()

    random_index_table: ClassVar[str] = "Saaty 1980"


def pairwise(matrix: npt.ArrayLike) -> Pairwise:
    """Weights from a matrix of comparisons: entry (i, j) says how many times i outweighs j.

    The eigenvector comes from a power iteration of our own (Saaty 1980): fixed order of sums,
    no linear algebra library, the same bits everywhere.

    Args:
        matrix: (n, n), positive and reciprocal: a_ji = 1 / a_ij.

    Raises:
        PrioritizerError: It is not square, not positive or not reciprocal.
    """
    a = _checked(matrix)
    n = len(a)
    weights = np.full(n, 1.0 / n)
    for _ in range(_ROUNDS):
        product = _times(a, weights)
        following = product / _total(product)
        still = bool((np.abs(following - weights) <= _STILL).all())
        weights = following
        if still:
            break
    lambda_max = _total(_times(a, weights))
    if n <= 2:
        return Pairwise(weights, lambda_max, 0.0)
    if n > len(RANDOM_INDEX):
        return Pairwise(weights, lambda_max, math.nan)
    # A matrix without contradiction may miss n by a rounding error, on either side.
    index = max(lambda_max - n, 0.0) / (n - 1)
    return Pairwise(weights, lambda_max, index / RANDOM_INDEX[n - 1])


def most_inconsistent(matrix: npt.ArrayLike, weights: npt.ArrayLike) -> tuple[int, int, float]:
    """The comparison that is furthest from what the weights imply (Saaty 2003: a_ij · w_j / w_i).

    Args:
        matrix: (n, n) as for `pairwise`, n at least 2.
        weights: (n,) its weights.

    Returns:
        Row, column (row < column; the first of several), and the ratio that the weights imply there.
    """
    a, w = _checked(matrix), np.asarray(weights, dtype=np.float64)
    worst, found = 0.0, (0, 1)
    for i in range(len(a)):
        for j in range(i + 1, len(a)):
            error = float(a[i, j] * w[j] / w[i])
            off = max(error, 1 / error)
            if off > worst:
                worst, found = off, (i, j)
    return *found, float(w[found[0]] / w[found[1]])


def _times(a: Floats, vector: Floats) -> Floats:
    """A · vector, column by column in order."""
    result = np.zeros(len(a))
    for column in range(len(vector)):
        result += a[:, column] * vector[column]
    return result


def _total(values: Floats) -> float:
    return math.fsum(values.tolist())


def _checked(matrix: npt.ArrayLike) -> Floats:
    try:
        a = np.asarray(matrix, dtype=np.float64)
    except (TypeError, ValueError):
        raise PrioritizerError(
            "The comparisons must be numbers, in as many rows as there are columns."
        ) from None
    if a.ndim != 2 or a.shape[0] != a.shape[1] or not a.size:
        shape = " by ".join(str(size) for size in a.shape) or "a single number"
        raise PrioritizerError(
            f"The comparisons must be a square table, one row and one column each; this is {shape}."
        )
    for i in range(len(a)):
        for j in range(len(a)):
            where = f"row {i + 1}, column {j + 1}"
            if not math.isfinite(a[i, j]):
                raise PrioritizerError(f"The comparison in {where} is not a number.")
            if a[i, j] <= 0:
                raise PrioritizerError(f"The comparison in {where} is {a[i, j]:g}; it must be above 0.")
    for i in range(len(a)):
        for j in range(i, len(a)):
            if abs(a[i, j] * a[j, i] - 1) > RECIPROCAL:
                raise PrioritizerError(
                    f"Row {i + 1}, column {j + 1} says {a[i, j]:g}, so row {j + 1}, column {i + 1} must be "
                    f"{1 / a[i, j]:.4g}, not {a[j, i]:g}."
                )
    return a
