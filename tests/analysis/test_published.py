"""Published and derived cases, each with its source: what the literature says, not what we once printed.

The cases lie beside the project, in ``reference/cases.json`` of its shared folder. Where they are not
there, the ones below are tried: copied facts, so that no test is lost.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from prioritizer.analysis.pairwise import Pairwise, pairwise
from prioritizer.analysis.portfolio import choose
from prioritizer.analysis.robustness import central_weights, pairwise_winning, rank_acceptability
from prioritizer.analysis.stability import weight_stability_intervals
from prioritizer.analysis.weights import (
    rank_order_centroid,
    rank_reciprocal,
    rank_sum,
    simplex,
    sum_reciprocal,
)
from prioritizer.scoring.agreement import kendall_w, krippendorff_alpha

SHARED = Path(__file__).parents[3] / "shared" / "reference" / "cases.json"

COPIES: list[dict[str, Any]] = [
    {
        # Barron & Barrett 1996; Stillwell, Seaver & Edwards 1981; Danielson & Ekenberg 2016.
        "id": "rank-weights-n3",
        "method": "rank_weights",
        "inputs": {"n": 3},
        "expected": {
            "ROC": [0.6111111111, 0.2777777778, 0.1111111111],
            "RS": [0.5, 0.3333333333, 0.1666666667],
            "RR": [0.5454545455, 0.2727272727, 0.1818181818],
            "SR": [0.5217391304, 0.3043478261, 0.1739130435],
        },
        "tolerance": 1e-9,
    },
    {
        # Derived: a = (1, 0) beats b = (0.4, 0.9) where w1 > 0.6.
        "id": "smaa-analytic-2x2",
        "method": "smaa2_exact",
        "inputs": {"scores": [[1, 0], [0.4, 0.9]]},
        "expected": {
            "rank_acceptability": [[0.4, 0.6], [0.6, 0.4]],
            "central_weights": [[0.8, 0.2], [0.3, 0.7]],
            "pairwise_winning": [[0, 0.4], [0.6, 0]],
        },
        "tolerance": 1e-12,
    },
    {
        # JSMAA 1.0.3, SMAA2ResultsTest.
        "id": "smaa-jsmaa-counts",
        "method": "smaa2_counting",
        "inputs": {
            "iterations": [
                {"n": 5, "ranks": [0, 1], "weights": [0, 1, 0]},
                {"n": 5, "ranks": [1, 0], "weights": [1, 0, 0]},
            ]
        },
        "expected": {
            "rank_acceptability": [[0.5, 0.5], [0.5, 0.5]],
            "central_weights": [[0, 1, 0], [1, 0, 0]],
        },
        "tolerance": 1e-9,
    },
    {
        # Uniform Dirichlet: Rubinstein 1982; Tervonen & Lahdelma 2007.
        "id": "simplex-sampler-moments",
        "method": "weight_sampler",
        "inputs": {"n": 8},
        "expected": {"mean": 0.125, "variance": 7 / 576, "covariance": -1 / 576, "p_gt_0_3": 0.7**7},
        "tolerance": {"mean": 0.003, "variance": 0.0006},
    },
    {
        # Washington University ma322, Kendall's Rank Concordance.
        "id": "kendall-w-wustl",
        "method": "kendall_w_ties",
        "inputs": {
            "items_by_raters": [
                [4, 3, 4, 3, 4, 4],
                [3, 4, 3, 4, 2, 2],
                [2, 2, 1, 1, 1, 3],
                [1, 1, 2, 2, 3, 1],
            ]
        },
        "expected": {"W_tie_corrected": 0.6},
        "tolerance": 1e-12,
    },
    {
        # Mareschal 1988 (one weight, the others keep their ratios) on the Triantaphyllou data.
        "id": "wsi-proportional",
        "method": "weight_stability_interval",
        "inputs": {
            "matrix": [
                [0.3088, 0.2897, 0.3867, 0.1922],
                [0.2163, 0.3458, 0.1755, 0.6288],
                [0.4509, 0.2473, 0.1194, 0.0575],
                [0.024, 0.1172, 0.3184, 0.1215],
            ],
            "weights": [0.3277, 0.3058, 0.2876, 0.079],
        },
        "expected": {
            "intervals": [[0.0, 0.5126236], [0.0, 0.59223107], [0.12418713, 1.0], [0.0, 0.15524573]]
        },
        "tolerance": 1e-7,
    },
    {
        # Burkardt, KNAPSACK_01, P01.
        "id": "knapsack-P01",
        "method": "knapsack_01",
        "inputs": {
            "capacity": 165,
            "weights": [23, 31, 29, 44, 53, 38, 63, 85, 89, 82],
            "profits": [92, 57, 49, 68, 60, 43, 67, 84, 87, 72],
        },
        "expected": {"optimum": 309, "selection": [1, 1, 1, 1, 0, 1, 0, 0, 0, 0]},
        "tolerance": 0,
    },
]


def _cases() -> list[dict[str, Any]]:
    if not SHARED.exists():
        return COPIES
    there: list[dict[str, Any]] = json.loads(SHARED.read_text(encoding="utf-8"))
    known = {case["id"] for case in there}
    return there + [case for case in COPIES if case["id"] not in known]


def ahp(case: dict[str, Any]) -> None:
    found = pairwise(case["inputs"]["matrix"])
    expected, within = case["expected"], case["tolerance"]
    by_name = dict(zip(case["inputs"]["names"], found.weights.tolist(), strict=True))
    assert by_name == pytest.approx(expected["weights"], abs=within)
    assert by_name == pytest.approx(expected["weights_more_digits"], abs=1e-7)
    assert found.lambda_max == pytest.approx(expected["lambda_max"], abs=1e-7)
    # Of the random-index tables ours is named with every ratio.
    assert Pairwise.random_index_table == "Saaty 1980"
    index = (found.lambda_max - 7) / 6
    assert found.consistency_ratio == pytest.approx(
        index / case["inputs"]["random_index"]["saaty_1980"], abs=1e-9
    )
    assert found.consistency_ratio == pytest.approx(expected["consistency_ratio_saaty"], abs=within)


def rank_weights(case: dict[str, Any]) -> None:
    n, within = case["inputs"]["n"], case["tolerance"]
    ways = {"ROC": rank_order_centroid, "RS": rank_sum, "RR": rank_reciprocal, "SR": sum_reciprocal}
    for name, way in ways.items():
        assert way(n) == pytest.approx(case["expected"][name], abs=within), name


def smaa2_counting(case: dict[str, Any]) -> None:
    u, w = [], []
    for each in case["inputs"]["iterations"]:
        u += [[-rank for rank in each["ranks"]]] * each["n"]
        w += [each["weights"]] * each["n"]
    assert rank_acceptability(u) == pytest.approx(np.array(case["expected"]["rank_acceptability"]))
    assert central_weights(u, w) == pytest.approx(np.array(case["expected"]["central_weights"]))


def smaa2_exact(case: dict[str, Any]) -> None:
    """Two weights on a grid of middles: the shares are those of the segments, to the width of a cell."""
    cells = 100_000
    first = (np.arange(cells) + 0.5) / cells
    w = np.stack([first, 1 - first], axis=1)
    u = w @ np.array(case["inputs"]["scores"], dtype=float).T
    expected = case["expected"]
    assert rank_acceptability(u) == pytest.approx(np.array(expected["rank_acceptability"]), abs=1 / cells)
    assert central_weights(u, w) == pytest.approx(np.array(expected["central_weights"]), abs=1 / cells)
    assert pairwise_winning(u) == pytest.approx(np.array(expected["pairwise_winning"]), abs=1 / cells)


def weight_sampler(case: dict[str, Any]) -> None:
    n, expected, within = case["inputs"]["n"], case["expected"], case["tolerance"]
    w = simplex(n, 100_000, seed=4)
    covariance = np.cov(w.T)
    assert w.mean(axis=0) == pytest.approx(np.full(n, expected["mean"]), abs=within["mean"])
    assert np.diag(covariance) == pytest.approx(np.full(n, expected["variance"]), abs=within["variance"])
    assert covariance[~np.eye(n, dtype=bool)] == pytest.approx(expected["covariance"], abs=within["variance"])
    # Three standard errors of a share over 100,000 draws.
    assert (w > 0.3).mean(axis=0) == pytest.approx(expected["p_gt_0_3"], abs=0.003)


def kendall_w_ties(case: dict[str, Any]) -> None:
    ratings = np.array(case["inputs"]["items_by_raters"], dtype=float)
    expected = case["expected"]
    assert kendall_w(ratings) == pytest.approx(
        expected.get("W_more_digits", expected["W_tie_corrected"]), abs=1e-8
    )
    assert kendall_w(ratings) == pytest.approx(expected["W_tie_corrected"], abs=case["tolerance"])


def alpha(case: dict[str, Any]) -> None:
    ratings = np.array(
        [[np.nan if v is None else v for v in row] for row in case["inputs"]["raters_by_units"]], dtype=float
    )
    expected = case["expected"]
    assert krippendorff_alpha(ratings, level="ordinal") == pytest.approx(
        expected["ordinal"], abs=case["tolerance"]
    )
    assert krippendorff_alpha(ratings, level="ordinal") == pytest.approx(
        expected["more_digits"]["ordinal"], abs=1e-6
    )


def weight_stability_interval(case: dict[str, Any]) -> None:
    found = weight_stability_intervals(case["inputs"]["matrix"], case["inputs"]["weights"])
    assert found == pytest.approx(np.array(case["expected"]["intervals"]), abs=case["tolerance"])


def knapsack(case: dict[str, Any]) -> None:
    given, expected = case["inputs"], case["expected"]
    found = choose(given["profits"], given["weights"], given["capacity"])
    assert found == tuple(i for i, taken in enumerate(expected["selection"]) if taken)
    assert sum(given["profits"][i] for i in found) == expected["optimum"]


CHECKS = {
    "ahp": ahp,
    "rank_weights": rank_weights,
    "smaa2_counting": smaa2_counting,
    "smaa2_exact": smaa2_exact,
    "weight_sampler": weight_sampler,
    "kendall_w_ties": kendall_w_ties,
    "krippendorff_alpha": alpha,
    "weight_stability_interval": weight_stability_interval,
    "knapsack_01": knapsack,
}
NOT_OURS = {"kendall_tau_b"}
"""The product has no such number."""


@pytest.mark.parametrize("case", _cases(), ids=lambda case: str(case["id"]))
def test_the_published_case(case: dict[str, Any]) -> None:
    if case["method"] in NOT_OURS:
        pytest.skip(f"{case['method']} is no number of this product")
    CHECKS[case["method"]](case)


def test_more_draws_come_nearer_to_the_closed_form() -> None:
    """The exact shares are 0.4 and 0.6 (derived above); the error falls with the root of the draws."""
    scores = np.array([[1.0, 0.0], [0.4, 0.9]])
    errors = []
    for draws in (100, 10_000, 1_000_000):
        found = [
            abs(float(rank_acceptability(simplex(2, draws, seed) @ scores.T)[0, 0]) - 0.4)
            for seed in range(1 if draws > 10_000 else 20)
        ]
        errors.append(float(np.mean(found)))
        # Four standard errors of a share of 0.4, of one run.
        assert max(found) <= 4 * (0.24 / draws) ** 0.5
    assert errors[0] > 3 * errors[1], "a hundred times the draws, about a tenth of the error"
    assert errors[1] > errors[2]
