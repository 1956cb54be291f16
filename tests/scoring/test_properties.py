"""What must hold in every session, whatever is in it (issue 2, item 3)."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from prioritizer.model.session import UNKNOWN, Snapshot, UseCase
from prioritizer.model.terms import LANES
from prioritizer.scoring.evaluate import Evaluation, evaluate, evaluate_cases, reevaluate
from prioritizer.scoring.lanes import LANE
from prioritizer.scoring.result import ranking
from prioritizer.scoring.rules import compile_rules
from tests.scoring.sessions import random_sessions


def with_level(snapshot: Snapshot, use_case: UseCase, column: int, level: int) -> Snapshot:
    levels = bytearray(use_case.levels)
    levels[column] = level
    changed = replace(use_case, levels=bytes(levels))
    return replace(snapshot, use_cases={**snapshot.use_cases, use_case.id: changed})


def picked(snapshot: Snapshot, pick: int) -> tuple[UseCase, int]:
    cases = list(snapshot.use_cases.values())
    return cases[pick % len(cases)], pick // len(cases) % len(snapshot.preset.criterion)


def same(one: Evaluation, other: Evaluation) -> None:
    assert one.inputs.ids == other.inputs.ids
    for name in ("order", "ranks", "tied"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    for name in one.columns.__dataclass_fields__:
        # Bit for bit, also nan.
        assert getattr(one.columns, name).tobytes() == getattr(other.columns, name).tobytes(), name


@given(random_sessions(most=6), st.randoms(use_true_random=False))
@settings(max_examples=80)
def test_the_others_keep_their_order(snapshot: Snapshot, rng: random.Random) -> None:
    rules = compile_rules(snapshot)
    cases = list(snapshot.use_cases.values())
    whole = [cases[row].id for row in evaluate_cases(rules, cases).order]
    some = [u for u in cases if rng.random() < 0.6]
    rng.shuffle(some)
    kept = {u.id for u in some}
    assert [some[row].id for row in evaluate_cases(rules, some).order] == [i for i in whole if i in kept]


@given(random_sessions(most=1, plain=True), st.integers(0, 10_000))
@settings(max_examples=150)
def test_raising_a_level_never_lowers_readiness(snapshot: Snapshot, pick: int) -> None:
    use_case, column = picked(snapshot, pick)
    before = evaluate(snapshot).columns
    level = use_case.levels[column]
    for higher in range(0 if level == UNKNOWN else level + 1, 5):
        after = evaluate(with_level(snapshot, use_case, column, higher)).columns
        if level != UNKNOWN or higher >= 1:
            assert after.readiness[0] >= before.readiness[0] - 1e-12
        assert after.readiness_low[0] >= before.readiness_low[0] - 1e-12
        if level != UNKNOWN:
            assert after.readiness_high[0] >= before.readiness_high[0] - 1e-12


@given(random_sessions(most=1), st.integers(0, 10_000))
@settings(max_examples=150)
def test_not_knowing_never_helps(snapshot: Snapshot, pick: int) -> None:
    use_case, column = picked(snapshot, pick)
    before = evaluate(snapshot)
    forgotten = replace(
        use_case,
        rounds={c: r for c, r in use_case.rounds.items() if c != snapshot.preset.criterion[column].id},
    )
    after = evaluate(with_level(snapshot, forgotten, column, UNKNOWN))
    worth = before.rules.worth
    if column != worth and before.columns.lanes_by_rules[0] != LANE["pilot-first"]:
        # (An unknown worth bars nothing, by rule: it may lift the floor.)
        assert after.columns.lanes_by_rules[0] != LANE["pilot-first"]
    if before.columns.levels[0, column] == 1:
        assert after.columns.readiness[0] <= before.columns.readiness[0]
        assert after.columns.readiness_low[0] <= before.columns.readiness_low[0]


@given(random_sessions())
@settings(max_examples=100)
def test_what_is_unknown_never_passes_a_gate(snapshot: Snapshot) -> None:
    evaluation = evaluate(snapshot)
    raised = {r.column for r in evaluation.rules.raises}
    for u in snapshot.use_cases.values():
        row = evaluation.row_of[u.id]
        for position, gate in enumerate(evaluation.rules.gates):
            if u.overrides.get(gate.gate.id):
                continue
            code = int(evaluation.columns.gates[row, position])
            if gate.question >= 0 and gate.gate.id not in u.gates:
                assert code != 0
            unknown = gate.column >= 0 and evaluation.columns.levels[row, gate.column] < 0
            if unknown and gate.column not in raised:
                assert code != 0
            if code != 0:
                assert LANES[evaluation.columns.lanes_by_rules[row]] != "pilot-first"


@given(random_sessions(), st.randoms(use_true_random=False))
@settings(max_examples=80)
def test_the_order_of_criteria_changes_nothing(snapshot: Snapshot, rng: random.Random) -> None:
    before = evaluate(snapshot)
    criteria = list(snapshot.preset.criterion)
    places = list(range(len(criteria)))
    rng.shuffle(places)
    dimensions = list(snapshot.preset.dimension)
    rng.shuffle(dimensions)
    preset = snapshot.preset.model_copy(
        update={"criterion": tuple(criteria[i] for i in places), "dimension": tuple(dimensions)}
    )

    def shuffled(u: UseCase) -> UseCase:
        return replace(
            u,
            levels=bytes(u.levels[i] for i in places),
            evidence=bytes(u.evidence[i] for i in places),
            claimed=bytes(u.claimed[i] for i in places),
        )

    cases = {u.id: shuffled(u) for u in snapshot.use_cases.values()}
    after = evaluate(replace(snapshot, preset=preset, use_cases=cases))
    for name in ("order", "ranks", "tied"):
        np.testing.assert_array_equal(getattr(before, name), getattr(after, name))
    for name in (
        "scores",
        "readiness",
        "readiness_low",
        "readiness_high",
        "coverage",
        "demonstration",
        "lanes",
        "classes",
        "gates",
    ):
        assert getattr(before.columns, name).tobytes() == getattr(after.columns, name).tobytes(), name


@given(
    random_sessions(most=6),
    st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from([0, 1, 2, 3, 4, UNKNOWN])), max_size=6),
    st.booleans(),
)
@settings(max_examples=80)
def test_one_edit_after_another_is_the_whole_evaluation(
    snapshot: Snapshot, edits: list[tuple[int, int]], park: bool
) -> None:
    evaluation = evaluate(snapshot)
    for pick, level in edits:
        use_case, column = picked(snapshot, pick)
        after = with_level(snapshot, use_case, column, level)
        if pick % 5 == 0:
            titled = replace(after.use_cases[use_case.id], title=f"Z{pick}", parked=park)
            after = replace(after, use_cases={**after.use_cases, use_case.id: titled})
        evaluation = reevaluate(evaluation, snapshot, after)
        same(evaluation, evaluate(after))
        snapshot = after


@given(random_sessions())
@settings(max_examples=60)
def test_the_document_has_no_nan_and_explains_every_fix(snapshot: Snapshot) -> None:
    evaluation = evaluate(snapshot)
    document = ranking(snapshot, evaluation).model_dump(mode="json")
    json.dumps(document, allow_nan=False)
    for u in document["use_cases"]:
        gates = {g["status"] for g in u["gates"]}
        if u["lane"] == "pilot-first" and not u["overridden"]:
            assert gates == {"pass"} or not gates
            assert not u["conditions"]
        if u["lane_by_rules"] == "fix-then-pilot" and not u["overridden"]:
            assert u["conditions"]
        assert 0 <= u["readiness"] <= 100
        assert u["readiness_low"] <= u["readiness"] + 1e-9
        assert u["readiness"] <= u["readiness_high"] + 1e-9
