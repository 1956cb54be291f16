"""Random sessions of every preset: the fast rules say what the plain rules say."""

from __future__ import annotations

from hypothesis import given, settings

from prioritizer.model.session import Snapshot
from prioritizer.model.terms import CLASSES, GATE_STATUSES, LANES
from prioritizer.scoring.evaluate import evaluate
from prioritizer.scoring.result import ranking
from tests.scoring.plain_rules import PlainRules, nine
from tests.scoring.sessions import random_sessions


def assert_agrees(snapshot: Snapshot) -> None:
    evaluation = evaluate(snapshot)
    expected = PlainRules(snapshot).ranking()
    columns = evaluation.columns
    assert [evaluation.inputs.ids[row] for row in evaluation.order] == [r.id for r in expected]
    for r in expected:
        row = evaluation.row_of[r.id]
        assert CLASSES[columns.classes[row]] == r.class_
        assert LANES[columns.lanes_by_rules[row]] == r.lane_by_rules
        assert LANES[columns.lanes[row]] == r.lane
        assert int(evaluation.ranks[row]) == r.rank
        assert bool(evaluation.tied[row]) == r.tied
        gates = [g.gate.id for g in evaluation.rules.gates]
        assert {g: GATE_STATUSES[s] for g, s in zip(gates, columns.gates[row], strict=True)} == r.gates
        by_rules = dict(zip(gates, columns.gates_by_rules[row], strict=True))
        assert {g: GATE_STATUSES[s] for g, s in by_rules.items()} == r.gates_by_rules
        for mine, theirs in (
            (columns.readiness[row], r.readiness),
            (columns.readiness_low[row], r.low),
            (columns.readiness_high[row], r.high),
            (columns.coverage[row], r.coverage),
        ):
            assert round(float(mine), 9) == float(nine(theirs))
    for u in ranking(snapshot, evaluation).use_cases:
        r = next(each for each in expected if each.id == u.id)
        assert (u.worth, u.lane, u.class_) == (r.worth, r.lane, r.class_)
        assert set(u.dimensions) == set(r.dimensions)
        for dimension, score in r.dimensions.items():
            mine = u.dimensions[dimension]
            assert (mine is None) == (score is None)
            assert score is None or mine is None or abs(mine - float(score)) < 1e-9
        assert (u.demonstration is None) == (r.demonstration is None)
        if r.demonstration is not None and r.gap is not None:
            assert u.demonstration is not None
            assert u.gap is not None
            assert abs(u.demonstration - float(r.demonstration)) < 1e-9
            assert abs(u.gap - float(r.gap)) < 1e-9
        if r.lane_by_rules not in ("out", "not-an-agent"):
            assert r.conditions <= {c.gate for c in u.conditions}
        if r.lane_by_rules == "fix-then-pilot" and not u.overrides:
            assert u.conditions


@given(random_sessions())
@settings(max_examples=250)
def test_random_sessions(snapshot: Snapshot) -> None:
    assert_agrees(snapshot)


@given(random_sessions(("orchard",)))
@settings(max_examples=150)
def test_a_preset_of_ones_own(snapshot: Snapshot) -> None:
    assert_agrees(snapshot)
