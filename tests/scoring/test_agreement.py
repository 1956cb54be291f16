"""Agreement: published numbers, each with its source, and what must hold."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prioritizer.scoring.agreement import (
    Scale,
    average_deviation,
    kendall_w,
    krippendorff_alpha,
    van_der_eijk_a,
)

NAN = float("nan")

# 20 subjects × 3 raters with heavy ties: the data "anxiety" of the R packages irr and DescTools,
# whose documentation prints W = 0.540, χ² = 30.8, df = 19 for KendallW(anxiety, TRUE).
ANXIETY = [
    [3, 3, 2], [3, 6, 1], [3, 4, 4], [4, 6, 4], [5, 2, 3], [5, 4, 2], [2, 2, 1], [3, 4, 6], [5, 3, 1], [2, 3, 1],
    [2, 2, 1], [6, 3, 2], [1, 3, 3], [5, 3, 3], [2, 2, 1], [2, 2, 1], [1, 1, 3], [2, 3, 3], [4, 3, 2], [3, 4, 2],
]  # fmt: skip

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability": 4 observers × 12 units.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]


def test_kendall_with_ties() -> None:
    assert kendall_w(ANXIETY) == pytest.approx(0.5396569, abs=1e-6)
    # m (n − 1) W is Friedman's χ².
    assert 3 * 19 * kendall_w(ANXIETY) == pytest.approx(30.76, abs=0.005)


def test_kendall_without_ties() -> None:
    # Washington University, ma322, "Kendall's Rank Concordance": 6 raters × 4 papers, W = 0.6.
    papers = [[4, 3, 4, 3, 4, 4], [3, 4, 3, 4, 2, 2], [2, 2, 1, 1, 1, 3], [1, 1, 2, 2, 3, 1]]
    assert kendall_w(papers) == pytest.approx(0.6, abs=1e-12)


def test_kendall_at_its_ends_and_undefined() -> None:
    assert kendall_w([[1, 10], [2, 20], [3, 30]]) == pytest.approx(1)
    assert kendall_w([[1, 3], [2, 2], [3, 1]]) == pytest.approx(0)
    empty: list[list[list[float]]] = [[[1], [2]], [[1, 2]], [[1, 1], [1, 1]], [[1, NAN], [2, 3]]]
    for undefined in empty:
        assert math.isnan(kendall_w(undefined))
    assert math.isnan(kendall_w(np.empty((0, 3))))
    with pytest.raises(ValueError):
        kendall_w([1, 2, 3])


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorff_as_published(level: Scale, alpha: float) -> None:
    assert krippendorff_alpha(OBSERVERS, level) == pytest.approx(alpha, abs=6e-4)


def test_krippendorff_is_ordinal_unless_told() -> None:
    assert krippendorff_alpha(OBSERVERS) == pytest.approx(0.8153875, abs=1e-6)


def test_krippendorff_undefined() -> None:
    for undefined in ([[1, 1], [1, 1]], [[1, 2, 3]], [[NAN, 1], [2, NAN]]):
        assert math.isnan(krippendorff_alpha(undefined))
    assert math.isnan(krippendorff_alpha(np.empty((0, 0))))
    assert krippendorff_alpha([[1, 2], [1, 2]]) == 1
    with pytest.raises(ValueError):
        krippendorff_alpha([[1, 2], [1, 2]], "cardinal")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("counts", "a"),
    [
        # The check that rubric §5 cites as published.
        ([30, 40, 210, 130, 530, 50, 10], 0.611),
        ([0, 0, 5, 3, 0], 0.8125),  # 2,2,2,3,3,2,2,3: .75 × .75 + .25
        ([1, 0, 0, 7, 0], 0.65),
        ([1, 2, 2, 2, 1], 0.19),
        ([0, 4, 0, 4, 0], 0.17),
        ([4, 0, 0, 0, 4], -1.0),
        ([0, 0, 3, 0, 0], 1.0),
        ([2, 2, 2, 2, 2], 0.0),
        ([3, 3], 0.0),
        ([0, 3], 1.0),
    ],
)
def test_van_der_eijk(counts: list[int], a: float) -> None:
    assert van_der_eijk_a(counts) == pytest.approx(a, abs=6e-3 if a in (0.19, 0.17, 0.65) else 6e-4)
    assert van_der_eijk_a(counts[::-1]) == pytest.approx(van_der_eijk_a(counts))


def test_van_der_eijk_undefined() -> None:
    for undefined in ([0, 0, 0], [], [5], [1, NAN]):
        assert math.isnan(van_der_eijk_a(undefined))
    for wrong in ([1, -1], [[1, 2]]):
        with pytest.raises(ValueError):
            van_der_eijk_a(wrong)


def eijk_by_triples(counts: list[int]) -> float:
    """The definition, triple by triple."""
    k, left, total = len(counts), list(counts), 0.0
    while any(left):
        used = [c > 0 for c in left]
        height, s = min(c for c in left if c), sum(used)
        for_, against = 0, 0
        for a, b, c in combinations(used, 3):
            for_ += (a, b, c) in {(True, True, False), (False, True, True)}
            against += (a, b, c) == (True, False, True)
        if s == 1:
            layer = 1.0
        elif s == k:
            layer = 0.0
        else:
            unimodality = ((k - 2) * for_ - (k - 1) * against) / ((k - 2) * (for_ + against))
            layer = unimodality * (1 - (s - 1) / (k - 1))
        total += layer * height * s
        left = [c - height if c else 0 for c in left]
    return total / sum(counts)


@given(st.lists(st.integers(0, 6), min_size=3, max_size=7).filter(any))
@settings(max_examples=200)
def test_van_der_eijk_is_its_definition(counts: list[int]) -> None:
    a = van_der_eijk_a(counts)
    assert a == pytest.approx(eijk_by_triples(counts))
    assert -1 - 1e-9 <= a <= 1 + 1e-9


@pytest.mark.parametrize(
    ("levels", "deviation"),
    [
        ([2, 2, 2], 0),
        ([1, 3], 1),
        ([0, 0, 4, 4], 2),
        ([0, 1, 2, 3, 4], 1.2),
        ([3, 3, 3, NAN, 0], 0.75),
    ],
)
def test_average_deviation(levels: list[float], deviation: float) -> None:
    assert average_deviation(levels) == pytest.approx(deviation)


def test_average_deviation_around_the_mean_and_undefined() -> None:
    # Mean 2.25: (.75 × 3 + 2.25) ÷ 4.
    assert average_deviation([3, 3, 3, 0], "mean") == pytest.approx(1.125)
    assert math.isnan(average_deviation([]))
    assert math.isnan(average_deviation([NAN]))


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=6))
@settings(max_examples=100)
def test_neither_depends_on_who_sits_where(table: list[list[int]]) -> None:
    turned = [row[::-1] for row in table[::-1]]
    for one, other in (
        (kendall_w(table), kendall_w(turned)),
        (krippendorff_alpha(table), krippendorff_alpha(turned)),
    ):
        assert one == pytest.approx(other, abs=1e-12, nan_ok=True)
    w = kendall_w(table)
    assert math.isnan(w) or -1e-12 <= w <= 1 + 1e-12
