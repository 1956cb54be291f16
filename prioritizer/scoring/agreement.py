"""How far people agree: on an order, on how a scale is read, on one cell.

Undefined is nan: an empty room, one rater, or ratings that do not differ at all.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Scale = Literal["nominal", "ordinal", "interval", "ratio"]


def kendall_w(scores: npt.ArrayLike) -> float:
    """Kendall's coefficient of concordance W, 0–1, with the correction for ties.

    W = 12 S / (m² (n³ − n) − m Σ T), where S is the sum of squared deviations of the rank
    sums and T = Σ (t³ − t) over the tie groups of a rater (Kendall & Gibbons 1990, ch. 6).

    Args:
        scores: Items × raters (n, m); any numbers of which only the order counts.

    Returns:
        nan for less than two items or raters, a missing score, or if nobody tells any items apart.
    """
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("scores must be a table of items × raters")
    n, m = table.shape
    if n < 2 or m < 2 or np.isnan(table).any():
        return float("nan")
    ranks = np.empty_like(table)
    ties = 0.0
    for rater in range(m):
        _, group, sizes = np.unique(table[:, rater], return_inverse=True, return_counts=True)
        last = np.cumsum(sizes)
        # Items that are tied share the mean of their places.
        ranks[:, rater] = (last - (sizes - 1) / 2)[group]
        ties += float((sizes.astype(np.float64) ** 3 - sizes).sum())
    sums = ranks.sum(axis=1)
    spread = float(((sums - sums.mean()) ** 2).sum())
    most = m**2 * (n**3 - n) - m * ties
    return 12 * spread / most if most > 0 else float("nan")


def krippendorff_alpha(ratings: npt.ArrayLike, level: Scale = "ordinal") -> float:
    """Krippendorff's α: 1 full agreement, 0 what chance gives, below 0 systematic disagreement.

    α = 1 − D_o / D_e from the coincidences of values within units (Krippendorff 2011,
    "Computing Krippendorff's Alpha-Reliability"). Units with fewer than two ratings
    cannot be paired and are left out.

    Args:
        ratings: Raters × units (m, u); nan is a missing answer.
        level: How values are compared.

    Returns:
        nan if nothing can be paired, or if all values that can are the same.
    """
    table = np.asarray(ratings, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("ratings must be a table of raters × units")
    if level not in ("nominal", "ordinal", "interval", "ratio"):
        raise ValueError("level must be nominal, ordinal, interval or ratio")
    paired = table[:, (~np.isnan(table)).sum(axis=0) >= 2]
    values = np.unique(paired[~np.isnan(paired)])
    if len(values) < 2:
        return float("nan")
    # (u, v): how often each value was given in each unit.
    counts = np.stack([(paired == value).sum(axis=0) for value in values], axis=1).astype(np.float64)
    size = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(len(values))
    coincidences = (pairs / (size - 1)[:, None, None]).sum(axis=0)
    totals = coincidences.sum(axis=1)
    distance = _distance(values, totals, level)
    expected = float((np.outer(totals, totals) * distance).sum())
    if not expected > 0:
        return float("nan")
    observed = float((coincidences * distance).sum())
    return 1 - (float(totals.sum()) - 1) * observed / expected


def _distance(values: Floats, totals: Floats, level: Scale) -> Floats:
    """Squared differences between values, (v, v)."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "ordinal":
        # Between two values lie all answers from one to the other, half of those at both ends.
        middles = np.cumsum(totals) - totals / 2
        return np.asarray((middles[:, None] - middles[None, :]) ** 2)
    difference = values[:, None] - values[None, :]
    if level == "interval":
        return np.asarray(difference**2)
    total = values[:, None] + values[None, :]
    ratio = np.divide(difference, total, out=np.zeros_like(difference), where=total != 0)
    return np.asarray(ratio**2)


def van_der_eijk_a(counts: npt.ArrayLike) -> float:
    """Van der Eijk's agreement A on an ordered scale: 1 one level, 0 all levels alike, −1 both ends.

    The counts are taken apart into layers in each of which levels are either used or not; A is the
    mean of the layers' agreement, weighted by their cases (van der Eijk 2001, "Measuring
    agreement in ordered rating scales", Quality & Quantity 35).

    Args:
        counts: (k,) how often each level was given, lowest level first.

    Returns:
        nan if nothing was given, a count is missing, or the scale has one level only.

    Raises:
        ValueError: A count is negative, or this is not one row of counts.
    """
    left = np.array(counts, dtype=np.float64)
    if left.ndim != 1:
        raise ValueError("counts must be one row")
    if (left < 0).any():
        raise ValueError("a count cannot be negative")
    total = float(left.sum())
    if len(left) < 2 or not np.isfinite(total) or total == 0:
        return float("nan")
    agreement = 0.0
    while (used := left > 0).any():
        height = float(left[used].min())
        agreement += _layer(used) * height * int(used.sum()) / total
        left[used] -= height
    return agreement


def _layer(used: npt.NDArray[np.bool_]) -> float:
    k, s = len(used), int(used.sum())
    if s == 1:
        return 1.0
    if s == k:
        return 0.0
    at = used.astype(np.int64)
    before = np.cumsum(at) - at
    after = s - before - at
    # Triples of levels: 1 0 1 speaks against one peak; 1 1 0 and 0 1 1 speak for it.
    two_peaks = int((before * after)[~used].sum())
    gaps = 1 - at
    gaps_before = np.cumsum(gaps) - gaps
    gaps_after = (k - s) - gaps_before - gaps
    one_peak = int((before * gaps_after + after * gaps_before)[used].sum())
    unimodality = ((k - 2) * one_peak - (k - 1) * two_peaks) / ((k - 2) * (one_peak + two_peaks))
    return float(unimodality * (1 - (s - 1) / (k - 1)))


def average_deviation(levels: npt.ArrayLike, around: Literal["median", "mean"] = "median") -> float:
    """How far people stand from their middle, in levels (Burke, Finkelstein & Dusig 1999).

    Around the median by default (AD_Md), since levels are ordinal; any median between the
    two middle answers gives the same.

    Args:
        levels: Any shape; nan is a missing answer.
        around: The middle.

    Returns:
        nan if there is no answer.
    """
    found = np.asarray(levels, dtype=np.float64).ravel()
    found = found[~np.isnan(found)]
    if not len(found):
        return float("nan")
    middle = np.median(found) if around == "median" else found.mean()
    return float(np.abs(found - middle).mean())
