"""Weights drawn at random: every vector of shares that sums to one equally often, or around stated ones.

Gaps between sorted uniforms (Rubinstein 1982; Tervonen & Lahdelma 2007, EJOR 178),
never uniforms divided by their sum, which crowd in the middle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats, check_draws, stream, uniforms
from prioritizer.errors import PrioritizerError

CONCENTRATION = 50
"""Of the Dirichlet around stated weights: a weight of 0.30 then has a standard deviation of 0.064."""

_SLACK = 0.2
"""How far the total may move from the one asked for, so that whole numbers meet the stated weights."""


def simplex(n: int, draws: int, seed: int, ordered: Sequence[int] | None = None) -> Floats:
    """Weights spread evenly over the simplex.

    Args:
        n: How many weights.
        draws: How many vectors.
        seed: Same seed, same numbers.
        ordered: Indices from most to least important; each vector then keeps that order.

    Returns:
        (draws, n); rows sum to 1.

    Raises:
        PrioritizerError: There is nothing to draw, or ``ordered`` is not an order of all n.
    """
    check_draws(draws, seed)
    if n < 1:
        raise PrioritizerError("There must be at least one weight to draw.")
    if ordered is not None and sorted(ordered) != list(range(n)):
        raise PrioritizerError(f"The order must name each of the {n} weights once, from 0 to {n - 1}.")
    words = stream(seed).random_raw(draws * (n - 1)).reshape(draws, n - 1)
    gaps = gaps_of_sorted(words, [1] * n)
    if ordered is None:
        return gaps
    falling = np.sort(gaps, axis=1)[:, ::-1]
    weights = np.empty_like(gaps)
    weights[:, list(ordered)] = falling
    return weights


def dirichlet(concentrations: Sequence[int], draws: int, seed: int) -> Floats:
    """Weights around ``concentrations / sum(concentrations)``: a Dirichlet with whole-number parameters.

    Joining neighbouring gaps of a uniform simplex adds their parameters (the aggregation
    property of the Dirichlet), so no logarithm is needed.

    Args:
        concentrations: At least 0 each; a weight with 0 stays 0.
        draws: How many vectors.
        seed: Same seed, same numbers.

    Returns:
        (draws, n); rows sum to 1.

    Raises:
        PrioritizerError: A parameter is negative or no whole number, or all are zero.
    """
    check_draws(draws, seed)
    whole = [int(c) for c in concentrations]
    if any(w != c or w < 0 for w, c in zip(whole, concentrations, strict=True)) or not sum(whole):
        raise PrioritizerError("Concentrations are whole numbers from 0 on, and one at least is above 0.")
    words = stream(seed).random_raw(draws * (sum(whole) - 1)).reshape(draws, sum(whole) - 1)
    return gaps_of_sorted(words, whole)


def gaps_of_sorted(words: npt.NDArray[np.uint64], widths: Sequence[int]) -> Floats:
    """Sorts the uniforms of each row and takes the distances between every so many of them.

    The words are sorted, and only what is looked at is made a double: the order is the same.

    Args:
        words: (d, sum(widths) − 1) raw words.
        widths: How many neighbouring gaps each result joins.

    Returns:
        (d, len(widths)).
    """
    placed = np.sort(words, axis=1)
    result = np.zeros((len(words), len(widths)))
    last, end = sum(widths), 0
    below: Floats | float = 0.0
    for column, width in enumerate(widths):
        end += width
        if not width:
            continue
        above: Floats | float = uniforms(placed[:, end - 1]) if end < last else 1.0
        result[:, column] = above - below
        below = above
    return result


def whole_concentrations(weights: Sequence[float], concentration: int = CONCENTRATION) -> list[int]:
    """Whole numbers in the ratios of some weights, with a sum near ``concentration``.

    Of the sums up to a fifth away the one that meets the weights best is taken, so that
    equal weights stay equal. A positive weight gets at least 1, a weight of zero 0.
    """
    total = math.fsum(weights)
    shares = [w / total for w in weights]
    positive = sum(w > 0 for w in weights)
    reach = int(concentration * _SLACK)
    best: tuple[float, int, int] | None = None
    found: list[int] = []
    for size in range(max(concentration - reach, positive), max(concentration + reach, positive) + 1):
        parts = _parts(shares, size)
        error = max(abs(p / sum(parts) - s) for p, s in zip(parts, shares, strict=True))
        rank = (round(error, 9), abs(size - concentration), size)
        if best is None or rank < best:
            best, found = rank, parts
    return found


def _parts(shares: list[float], size: int) -> list[int]:
    """Largest remainders; a share above zero keeps at least 1."""
    exact = [round(size * s, 9) for s in shares]
    parts = [max(int(e), 1 if s > 0 else 0) for e, s in zip(exact, shares, strict=True)]
    order = sorted(range(len(shares)), key=lambda i: (int(exact[i]) - exact[i], i))
    for i in order[: max(size - sum(parts), 0)]:
        parts[i] += 1
    return parts
