"""The same numbers as libraries of others, on random input; skipped where a library is not installed."""

from __future__ import annotations

import numpy as np
import pytest

from prioritizer.analysis.pairwise import pairwise
from prioritizer.analysis.portfolio import choose
from prioritizer.analysis.robustness import rank_acceptability
from prioritizer.analysis.weights import simplex
from prioritizer.scoring.agreement import kendall_w, krippendorff_alpha

SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_portfolio_is_that_of_a_solver(seed: int) -> None:
    optimize = pytest.importorskip(
        "scipy.optimize", reason="scipy is not installed; it solves the same problem"
    )
    random = np.random.default_rng(seed)
    n = int(random.integers(5, 30))
    values, costs = random.integers(1, 100, n), random.integers(1, 30, n)
    capacity = int(costs.sum() // 2)
    solved = optimize.milp(
        -values,
        integrality=np.ones(n),
        bounds=optimize.Bounds(0, 1),
        constraints=optimize.LinearConstraint(costs[None, :], ub=capacity),
    )
    found = choose(values.tolist(), costs.tolist(), capacity)
    assert sum(values[i] for i in found) == round(-solved.fun)


@pytest.mark.parametrize("seed", SEEDS)
def test_ranks_are_those_of_rankdata(seed: int) -> None:
    stats = pytest.importorskip("scipy.stats", reason="scipy is not installed; it ranks the same draws")
    u = np.random.default_rng(seed).integers(0, 5, (50, 6)).astype(float)
    ranks = stats.rankdata(-u, method="min", axis=1).astype(int)
    expected = np.stack([(ranks == k).mean(axis=0) for k in range(1, 7)], axis=1)
    assert rank_acceptability(u) == pytest.approx(expected)


def test_the_simplex_is_that_of_a_dirichlet() -> None:
    stats = pytest.importorskip(
        "scipy.stats", reason="scipy is not installed; it knows the same distribution"
    )
    drawn = simplex(5, 20_000, seed=9)
    # Each weight of a uniform simplex is Beta(1, n − 1).
    assert stats.kstest(drawn[:, 2], stats.beta(1, 4).cdf).pvalue > 0.001


@pytest.mark.parametrize("seed", SEEDS)
def test_comparisons_in_pairs_have_that_eigenvector(seed: int) -> None:
    linalg = pytest.importorskip(
        "scipy.linalg", reason="scipy is not installed; it finds the same eigenvector"
    )
    random = np.random.default_rng(seed)
    n = int(random.integers(2, 9))
    matrix = np.ones((n, n))
    for i in range(n):
        for j in range(i + 1, n):
            matrix[i, j] = random.choice([1 / 5, 1 / 3, 1, 2, 3, 5, 9])
            matrix[j, i] = 1 / matrix[i, j]
    values, vectors = linalg.eig(matrix)
    place = int(np.argmax(values.real))
    principal = np.abs(vectors[:, place].real)
    found = pairwise(matrix)
    assert found.weights == pytest.approx(principal / principal.sum(), abs=1e-9)
    assert found.lambda_max == pytest.approx(float(values[place].real), abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_weights_from_pairs_are_those_of_pymcdm(seed: int) -> None:
    """Its consistency ratio uses another random-index table, so that only the weights are compared."""
    subjective = pytest.importorskip(
        "pymcdm.weights.subjective", reason="pymcdm is not installed; it weighs the same comparisons"
    )
    random = np.random.default_rng(seed)
    # It knows Saaty's scale only, and the reciprocals of it to two digits.
    sizes = random.choice([1.0, 2.0, 4.0], int(random.integers(3, 9)))
    matrix = sizes[:, None] / sizes[None, :]
    assert pairwise(matrix).weights == pytest.approx(subjective.AHP(matrix=matrix)(), abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_kendalls_w_is_friedmans_statistic(seed: int) -> None:
    """Ties included: chi² = m (n − 1) W."""
    stats = pytest.importorskip("scipy.stats", reason="scipy is not installed; it has Friedman's test")
    random = np.random.default_rng(seed)
    items, raters = int(random.integers(3, 12)), int(random.integers(3, 9))
    ratings = random.integers(0, 5, (items, raters)).astype(float)
    statistic = stats.friedmanchisquare(*ratings).statistic
    assert kendall_w(ratings) == pytest.approx(statistic / (raters * (items - 1)), abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_krippendorffs_alpha_with_missing_answers(seed: int) -> None:
    library = pytest.importorskip("krippendorff", reason="krippendorff is not installed; it has the same α")
    random = np.random.default_rng(seed)
    ratings = random.integers(0, 5, (int(random.integers(2, 9)), int(random.integers(4, 20)))).astype(float)
    ratings[random.random(ratings.shape) < 0.25] = np.nan
    if np.unique(ratings[~np.isnan(ratings)]).size < 2:
        pytest.skip("everybody said the same: α is not defined there")
    expected = library.alpha(reliability_data=ratings, level_of_measurement="ordinal")
    assert krippendorff_alpha(ratings, level="ordinal") == pytest.approx(expected, abs=1e-9)
