"""Parts of R, sufficient reasons, and barriers: checked against the rules themselves."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings

from prioritizer.analysis.barriers import barriers
from prioritizer.analysis.why import compare, contributions, sufficient_reason
from prioritizer.model.session import Snapshot
from prioritizer.model.terms import LANES
from prioritizer.scoring.evaluate import evaluate
from tests.scoring.sessions import random_sessions, sample


def test_the_parts_of_the_sample() -> None:
    evaluation = evaluate(sample())
    parts = contributions(evaluation, evaluation.row_of["11"])
    assert [(p.dimension, p.score) for p in parts] == [("P", 62.5), ("D", 50), ("I", 68.75), ("G", 43.75)]
    # Weights .30, .30, .22, .18.
    assert [round(p.part, 9) for p in parts] == [18.75, 15, 15.125, 7.875]
    assert [p.capped for p in parts] == [False, True, False, False]
    assert parts[1].mean == 56.25
    assert parts[1].weakest == (5,)


@given(random_sessions())
@settings(max_examples=80)
def test_parts_sum_to_readiness(snapshot: Snapshot) -> None:
    evaluation = evaluate(snapshot)
    for id_, row in evaluation.row_of.items():
        parts = contributions(evaluation, row)
        assert sum(p.part for p in parts) == pytest.approx(
            float(evaluation.columns.readiness[row]), abs=1e-9
        ), id_
        assert sum(p.weight for p in parts) == pytest.approx(1)
        assert all(p.capped == (round(p.score, 9) < round(p.mean, 9)) for p in parts)


@given(random_sessions(most=4))
@settings(max_examples=80)
def test_the_reason_is_sufficient_and_the_shortest(snapshot: Snapshot) -> None:
    evaluation = evaluate(snapshot)
    order = evaluation.order.tolist()
    for high, low in combinations(order, 2):
        found = compare(evaluation, low, high)
        assert (found.above, found.below) == (high, low)
        if found.ground != "readiness":
            continue
        pros, cons = sufficient_reason(evaluation, high, low)
        against = sum(p.delta for p in cons)
        assert sum(p.delta for p in pros) > against
        # The largest are taken, so no smaller set does it.
        assert sum(p.delta for p in pros[:-1]) <= against + 1e-9
        assert [p.delta for p in pros] == sorted((p.delta for p in pros), reverse=True)
        for pro in pros:
            if pro.column >= 0:
                counted = evaluation.columns.counted
                assert counted[high, pro.column] > counted[low, pro.column]


@given(random_sessions())
@settings(max_examples=120)
def test_the_first_barrier_decides_the_lane(snapshot: Snapshot) -> None:
    evaluation = evaluate(snapshot)
    for u in snapshot.use_cases.values():
        if "lane" in u.overrides:
            continue
        row = evaluation.row_of[u.id]
        lane = LANES[int(evaluation.columns.lanes[row])]
        failed = barriers(snapshot, evaluation, u)
        assert lane == (failed[0].at_best if failed else "pilot-first")
        assert len({b.item for b in failed}) == len(failed)
        assert all(b.text for b in failed)
