"""Counted levels, dimension scores and readiness (rubric §3)."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from prioritizer.scoring.rules import Rules
from prioritizer.scoring.truth import Levels, decide

Floats = npt.NDArray[np.float64]

PLACES = 9
"""All comparisons use values rounded to this many decimals (rubric §4)."""

_SCALE = 10.0**PLACES


def rounded(values: Floats) -> Floats:
    """Values as they are compared."""
    return np.asarray(np.round(values, PLACES), dtype=np.float64)


def compared(value: float) -> float:
    """One finite value as it is compared: what `rounded` gives, bit for bit, without an array."""
    return round(value * _SCALE) / _SCALE


def effective(rules: Rules, levels: Levels) -> tuple[Levels, Levels, Levels]:
    """Levels after the preset's raises.

    Args:
        rules: The compiled preset.
        levels: (n, m) int8, −1 unknown.

    Returns:
        (counted, low, high), each (n, m) int8: unknown cells counted as 1, at 0, and at 4.
    """
    unknown = levels < 0
    counted = np.where(unknown, np.int8(1), levels).astype(np.int8)
    low = np.where(unknown, np.int8(0), levels).astype(np.int8)
    high = np.where(unknown, np.int8(4), levels).astype(np.int8)
    for rule in rules.raises:
        holds, fails = decide(rule.when, low, high)
        to = np.int8(rule.to)
        counted[holds, rule.column] = np.maximum(counted[holds, rule.column], to)
        low[holds, rule.column] = np.maximum(low[holds, rule.column], to)
        high[~fails, rule.column] = np.maximum(high[~fails, rule.column], to)
    return counted, low, high


def dimension_scores(rules: Rules, levels: Levels) -> Floats:
    """Score 0–100 of each readiness dimension.

    25 × min(weighted mean, weakest + 1); a 0 that only means that work is still to do
    counts as 1 for the cap, not for the mean.

    Args:
        rules: The compiled preset.
        levels: (n, m) int8 without unknowns.

    Returns:
        (n, d) in the order of ``rules.readiness``.
    """
    scores = np.empty((len(levels), len(rules.readiness)))
    for position, dimension in enumerate(rules.readiness):
        cells = levels[:, dimension.columns]
        mean = np.zeros(len(levels))
        for column, weight in enumerate(dimension.weights):
            mean += weight * cells[:, column]
        mean /= math.fsum(dimension.weights)
        if rules.thresholds.cap:
            weakest = np.where(dimension.todo & (cells == 0), 1, cells).min(axis=1)
            mean = np.minimum(mean, weakest + 1)
        scores[:, position] = 25.0 * mean
    return scores


def readiness(rules: Rules, scores: Floats) -> Floats:
    """Σ weight × score over the dimensions that have one, weights renormalised: (n,).

    Summed element by element in a fixed order, so that every machine gives the same bits.
    """
    weights = [d.weight for d in rules.readiness]
    total = math.fsum(weights)  # the built-in sum rounds differently from Python 3.12 on
    result = np.zeros(len(scores))
    if not total > 0:
        return result
    for position, weight in enumerate(weights):
        result += weight * scores[:, position]
    return result / total
