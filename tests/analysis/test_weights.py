"""Weights: published values, closed forms, properties, and what bad input gets."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prioritizer.analysis import weights as w
from prioritizer.errors import PrioritizerError

Floats = npt.NDArray[np.float64]

RANKED: list[tuple[Callable[[int], Floats], list[float], list[float]]] = [
    # Edwards & Barron 1994 (SMARTER) to four places; Barron & Barrett 1996 for the formula.
    (
        w.rank_order_centroid,
        [0.6111111111, 0.2777777778, 0.1111111111],
        [0.4566666667, 0.2566666667, 0.1566666667, 0.09, 0.04],
    ),
    # Stillwell, Seaver & Edwards 1981.
    (
        w.rank_sum,
        [0.5, 0.3333333333, 0.1666666667],
        [0.3333333333, 0.2666666667, 0.2, 0.1333333333, 0.0666666667],
    ),
    (
        w.rank_reciprocal,
        [0.5454545455, 0.2727272727, 0.1818181818],
        [0.4379562044, 0.2189781022, 0.1459854015, 0.1094890511, 0.0875912409],
    ),
    # Danielson & Ekenberg 2016.
    (
        w.sum_reciprocal,
        [0.5217391304, 0.3043478261, 0.1739130435],
        [0.3785488959, 0.2460567823, 0.1766561514, 0.1230283912, 0.0757097792],
    ),
]

# Saaty 2008, Int. J. Services Sciences 1(1): drink consumption in the US.
DRINKS = [
    [1.0, 9.0, 5.0, 2.0, 1.0, 1.0, 0.5],
    [1 / 9, 1.0, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [0.2, 3.0, 1.0, 1 / 3, 0.25, 1 / 3, 1 / 9],
    [0.5, 9.0, 3.0, 1.0, 0.5, 1.0, 1 / 3],
    [1.0, 9.0, 4.0, 2.0, 1.0, 2.0, 0.5],
    [1.0, 9.0, 3.0, 1.0, 0.5, 1.0, 1 / 3],
    [2.0, 9.0, 9.0, 3.0, 2.0, 3.0, 1.0],
]


@pytest.mark.parametrize(("by_rank", "three", "five"), RANKED)
def test_rank_weights(by_rank: Callable[[int], Floats], three: list[float], five: list[float]) -> None:
    assert by_rank(3) == pytest.approx(three, abs=1e-9)
    assert by_rank(5) == pytest.approx(five, abs=1e-9)
    assert by_rank(1) == pytest.approx([1.0])
    with pytest.raises(PrioritizerError, match="nothing to weigh"):
        by_rank(0)


def test_tied_ranks_share_the_mean_of_their_positions() -> None:
    a, b, c, d = w.sum_reciprocal(4)
    assert w.from_ranks([1, 2, 2, 4]) == pytest.approx([a, (b + c) / 2, (b + c) / 2, d])
    assert w.from_ranks([1, 2, 2, 3]) == pytest.approx(w.from_ranks([1, 2, 2, 4]))
    for method in ("sum-reciprocal", "rank-order-centroid", "rank-sum", "rank-reciprocal"):
        assert w.from_ranks([7, 7, 7], method) == pytest.approx([1 / 3] * 3)
        assert w.from_ranks([3, 1, 2], method).argsort().tolist() == [0, 2, 1]
    with pytest.raises(PrioritizerError, match="not a number"):
        w.from_ranks([1, math.nan])


def test_swings_and_points() -> None:
    assert w.swing([100, 50, 50]) == pytest.approx([0.5, 0.25, 0.25])
    assert w.hundred_points([40, 30, 30, 0]) == pytest.approx([0.4, 0.3, 0.3, 0.0])
    with pytest.raises(PrioritizerError, match="add up to 95, not to 100"):
        w.hundred_points([50, 45])


@pytest.mark.parametrize(
    ("ratings", "sentence"),
    [
        ([], "nothing to weigh"),
        ([0, 0], "all zero"),
        ([1, -2], "place 2 is negative"),
        ([math.nan, 1], "place 1 is not a number"),
        ([math.inf, 1], "place 1 is not a number"),
        (["x", 1], "must be a number"),
    ],
)
def test_bad_ratings_get_a_sentence(ratings: list[float], sentence: str) -> None:
    with pytest.raises(PrioritizerError, match=sentence):
        w.swing(ratings)


def test_a_group_has_a_mean_a_spread_and_a_firmness() -> None:
    found = w.group([[40, 60], [60, 40]])
    assert found.mean == pytest.approx([0.5, 0.5])
    assert found.spread == pytest.approx([math.sqrt(0.02)] * 2)
    # w (1 − w) / var − 1 = 0.25 / 0.02 − 1
    assert found.concentration == 11
    assert w.group([[1, 1], [1, 1]]).concentration == 200
    one = w.group([3, 1])
    assert one.mean == pytest.approx([0.75, 0.25])
    assert np.isnan(one.spread).all()
    assert one.concentration == w.CONCENTRATION
    with pytest.raises(PrioritizerError, match="all zero"):
        w.group([[1, 2], [0, 0]])


def test_pairwise_on_published_comparisons() -> None:
    found = w.pairwise(DRINKS)
    expected = [0.17745675, 0.01914948, 0.04183118, 0.11641703, 0.18957238, 0.12878055, 0.32679264]
    assert found.weights == pytest.approx(expected, abs=1e-8)
    assert found.lambda_max == pytest.approx(7.17662904, abs=1e-8)
    assert found.consistency_ratio == pytest.approx((7.17662904 - 7) / 6 / 1.32, abs=1e-8)
    weights, lambda_max, ratio = found
    assert (lambda_max, ratio) == (found.lambda_max, found.consistency_ratio)
    assert weights is found.weights
    assert w.Pairwise.random_index_table == "Saaty 1980"


@given(st.lists(st.floats(0.05, 20), min_size=1, max_size=9))
def test_pairwise_gives_back_the_weights_of_comparisons_without_contradiction(sizes: list[float]) -> None:
    found = w.pairwise([[a / b for b in sizes] for a in sizes])
    assert found.weights == pytest.approx([s / sum(sizes) for s in sizes], rel=1e-9)
    assert found.lambda_max == pytest.approx(len(sizes))
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)


def test_pairwise_has_no_ratio_where_no_random_index_was_published() -> None:
    assert math.isnan(w.pairwise(np.ones((16, 16))).consistency_ratio)


BAD_COMPARISONS: list[tuple[Any, str]] = [
    ([[1, 2], [2, 1]], "row 2, column 1 must be 0.5, not 2"),
    ([[2, 1], [1, 1]], "Row 1, column 1 says 2"),
    ([[1, -2], [-0.5, 1]], "must be above 0"),
    ([[1, 0], [0, 1]], "must be above 0"),
    ([[1, math.nan], [1, 1]], "not a number"),
    ([[1, 2, 3], [0.5, 1, 2]], "square table"),
    ([], "square table"),
    (3, "square table"),
    ([[1, "x"], [1, 1]], "must be numbers"),
    ([[1], [1, 2]], "must be numbers"),
]


@pytest.mark.parametrize(("matrix", "sentence"), BAD_COMPARISONS)
def test_bad_comparisons_get_a_sentence(matrix: Any, sentence: str) -> None:
    with pytest.raises(PrioritizerError, match=sentence):
        w.pairwise(matrix)


def test_thirds_may_be_written_with_three_digits() -> None:
    assert w.pairwise([[1.0, 3.0], [0.333, 1.0]]).weights == pytest.approx([0.75, 0.25], abs=1e-3)
    with pytest.raises(PrioritizerError, match="must be"):
        w.pairwise([[1.0, 3.0], [0.33, 1.0]])


def test_the_simplex_has_the_moments_of_the_uniform_distribution() -> None:
    """Dirichlet(1, …, 1): mean 1/n, variance (n−1)/(n²(n+1)), P(w > t) = (1−t)^(n−1) (Rubinstein 1982)."""
    drawn = w.simplex(8, 40_000, seed=1)
    assert drawn.shape == (40_000, 8)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(40_000))
    assert (drawn >= 0).all()
    assert drawn.mean(axis=0) == pytest.approx([0.125] * 8, abs=0.003)
    assert drawn.var(axis=0) == pytest.approx([0.0121527778] * 8, abs=0.0006)
    assert np.cov(drawn[:, 0], drawn[:, 1])[0, 1] == pytest.approx(-0.0017361111, abs=0.0004)
    assert (drawn > 0.3).mean() == pytest.approx(0.0823542999, abs=0.003)


def test_at_four_weights_the_variance_is_not_that_of_normalised_uniforms() -> None:
    drawn = w.simplex(4, 40_000, seed=2)
    assert drawn.var(axis=0) == pytest.approx([0.0375] * 4, abs=0.001)
    assert (drawn.max(axis=1) > 0.7).mean() == pytest.approx(0.108, abs=0.006)


def test_an_ordered_simplex_converges_to_the_rank_order_centroid() -> None:
    drawn = w.simplex(5, 40_000, seed=3, ordered=[2, 0, 1, 4, 3])
    assert (np.diff(drawn[:, [2, 0, 1, 4, 3]], axis=1) <= 0).all()
    assert drawn.mean(axis=0)[[2, 0, 1, 4, 3]] == pytest.approx(w.rank_order_centroid(5), abs=0.003)


def test_a_dirichlet_of_whole_numbers_has_its_moments() -> None:
    """Mean a/A, variance m(1−m)/(A+1)."""
    drawn = w.dirichlet([15, 15, 11, 9, 0], 40_000, seed=4)
    mean = np.array([0.30, 0.30, 0.22, 0.18, 0.0])
    assert drawn.mean(axis=0) == pytest.approx(mean, abs=0.002)
    assert drawn.var(axis=0) == pytest.approx(mean * (1 - mean) / 51, abs=0.0002)
    assert (drawn[:, 4] == 0).all()


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8).filter(any), st.integers(5, 200))
@settings(max_examples=60)
def test_whole_concentrations_meet_the_weights(stated: list[int], about: int) -> None:
    found = w.whole_concentrations(stated, about)
    assert [f == 0 for f in found] == [s == 0 for s in stated]
    equal = {s: {f for t, f in zip(stated, found, strict=True) if t == s} for s in stated}
    if len(set(stated) - {0}) == 1 and len([s for s in stated if s]) <= about // 5:
        assert all(len(each) == 1 for each in equal.values())


def test_the_concentrations_of_the_shipped_weights_are_exact() -> None:
    assert w.whole_concentrations([0.30, 0.30, 0.22, 0.18]) == [15, 15, 11, 9]
    assert w.whole_concentrations([1, 1, 1]) == [17, 17, 17]


def test_the_same_seed_gives_the_same_weights_and_another_one_others() -> None:
    assert (w.simplex(4, 10, 5) == w.simplex(4, 10, 5)).all()
    assert (w.simplex(4, 10, 5) != w.simplex(4, 10, 6)).any()
    assert w.simplex(1, 3, 0).tolist() == [[1.0]] * 3


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: w.simplex(3, 0, 0), "at least one draw"),
        (lambda: w.simplex(3, 10, -1), "seed"),
        (lambda: w.simplex(0, 10, 0), "at least one weight"),
        (lambda: w.simplex(3, 10, 0, [0, 1]), "each of the 3 weights once"),
        (lambda: w.simplex(3, 10, 0, [0, 1, 1]), "each of the 3 weights once"),
        (lambda: w.dirichlet([0, 0], 10, 0), "above 0"),
        (lambda: w.dirichlet([1, -1], 10, 0), "whole numbers"),
        (lambda: w.dirichlet([1.5, 1], 10, 0), "whole numbers"),  # type: ignore[list-item]
    ],
)
def test_bad_draws_get_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(PrioritizerError, match=sentence):
        call()
