"""What would lift a use case: applied to every case it lifts, and nothing smaller does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from prioritizer.analysis.lift import Lift, Lifter, Target, apply_lift, find_lift
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.terms import LANES
from prioritizer.scoring.evaluate import Evaluation, evaluate
from prioritizer.scoring.lanes import LANE
from tests.analysis.brute_force import TooMany, cheapest
from tests.scoring.sessions import case, random_sessions, sample, session

TARGETS: tuple[Target, ...] = ("one-lane", "pilot-first")


def lane_of(snapshot: Snapshot, use_case: UseCase) -> str:
    """The lane without a lane override."""
    overrides = {t: o for t, o in use_case.overrides.items() if t != "lane"}
    plain = replace(use_case, overrides=overrides)
    found = evaluate(replace(snapshot, use_cases={plain.id: plain}))
    return str(LANES[int(found.columns.lanes[0])])


def assert_lifts(
    snapshot: Snapshot, evaluation: Evaluation, use_case: UseCase, lift: Lift, target: str
) -> None:
    before = lane_of(snapshot, use_case)
    assert lift.lane == before
    lowest = apply_lift(use_case, lift, evaluation)
    assert lane_of(snapshot, lowest) == lift.to
    for found in (0, 2, 4):
        after = lane_of(snapshot, apply_lift(use_case, lift, evaluation, found=found))
        if target == "pilot-first":
            assert after == "pilot-first"
        assert LANE[after] < LANE[before]  # type: ignore[index]
    assert len({c.item for c in lift.changes}) == len(lift.changes)


def summary(lift: Lift | None) -> list[str] | None:
    if lift is None:
        return None
    return [f"{c.item} {c.before}→{c.after}" for c in lift.changes]


# By hand, from the table of rubric §6.
SAMPLE: dict[tuple[str, str], list[str]] = {
    # Permission alone stands between 10 and the first lane.
    ("10", "pilot-first"): ["D4 2→3"],
    # Its three conditions. They lift D to 56.25 (D3 = 1 caps at 2, so 50; D1, D4 = 3: mean 2.25) and R to
    # .3·68.75 + .3·50 + .22·56.25 + .18·62.5 = 59.25; one step more in G1 gives .18·68.75 and 60.375.
    ("09", "pilot-first"): ["D1 2→3", "D4 2→3", "G1 2→4"],
    # The gates G1 and D2, and both narrow questions. D2 = 2: D rises to 62.5; G1 = 3: G to 56.25, R to 62.75 …
    ("11", "pilot-first"): ["D2 1→2", "G1 1→3", "B2 2→3", "B4 1→2"],
    # P and I are below 50; P4 = 2 gives P the mean 2 = 50, and one weak dimension is no longer two.
    ("12", "one-lane"): ["P4 1→2"],
    # Stops: nobody owns it (G1); open-ended by B1 and B2. G2 counts as 3 since B3 = 4.
    ("06", "one-lane"): ["G1 0→1", "B1 0→2", "B2 0→2"],
    # Draft only (B3 = 4) settles both stops, reach, and review; then B1 and B2.
    ("05", "one-lane"): ["B1 0→2", "B2 1→2", "B3 0→4"],
    ("08", "one-lane"): ["B1 1→2", "B2 1→2", "B3 0→4"],
    # Reviewed before effect, B3 = 1 is partly; drafting only (B3 = 4) does it too, for a step more.
    ("07", "one-lane"): ["G2 1→3", "B1 0→2", "B2 1→2", "B4 0→1"],
}


@pytest.mark.parametrize("key", sorted(SAMPLE))
def test_the_sample_by_hand(key: tuple[str, Target]) -> None:
    snapshot = sample()
    lift = find_lift(evaluate(snapshot), snapshot.use_cases[key[0]], key[1])
    assert summary(lift) == SAMPLE[key]


@pytest.mark.parametrize("target", TARGETS)
def test_every_lift_of_the_sample_lifts(target: Target) -> None:
    snapshot = sample()
    evaluation = evaluate(snapshot)
    lifter = Lifter(evaluation)
    for u in snapshot.use_cases.values():
        lift = lifter.find(u, target)
        if u.id in ("01", "02", "03", "04"):
            assert lift is None
            continue
        assert lift is not None
        assert_lifts(snapshot, evaluation, u, lift, target)
        bound = lifter.bound(u)
        assert bound is not None
        if target == "pilot-first":
            assert bound <= lift.cost[0]
        try:
            assert cheapest(evaluation, u, target, lift.cost[0]) == lift.cost
        except TooMany:
            assert lift.cost[0] > 2


@given(random_sessions(most=1), st.sampled_from(TARGETS))
@settings(max_examples=250)
def test_every_lift_of_a_random_session_lifts(snapshot: Snapshot, target: Target) -> None:
    evaluation = evaluate(snapshot)
    (u,) = snapshot.use_cases.values()
    lift = find_lift(evaluation, u, target)
    lane = lane_of(snapshot, u)
    event(lane)
    if lane in ("out", "not-an-agent", "pilot-first"):
        assert lift is None
    elif lift is not None:
        assert_lifts(snapshot, evaluation, u, lift, target)
    else:
        # The shipped presets can always be lifted; one's own may ask for a lower level.
        assert snapshot.preset.id == "orchard"


@given(random_sessions(("pilot-first-quick", "stalled-pilots", "orchard"), most=1), st.sampled_from(TARGETS))
@settings(max_examples=120)
def test_nothing_smaller_lifts(snapshot: Snapshot, target: Target) -> None:
    evaluation = evaluate(snapshot)
    (u,) = snapshot.use_cases.values()
    lift = find_lift(evaluation, u, target)
    if lane_of(snapshot, u) in ("out", "not-an-agent", "pilot-first"):
        return
    try:
        best = cheapest(evaluation, u, target, lift.cost[0] if lift is not None else 3, limit=30_000)
    except TooMany:
        event("too many")
        return
    event(f"{lift.cost[0] if lift else None} changes")
    assert best == (None if lift is None else lift.cost)


@pytest.mark.parametrize("gate", ["stability", "high-risk", "prohibited"])
def test_an_unanswered_gate_is_found_out(gate: str) -> None:
    base = sample().use_cases["01"]
    u = replace(base, gates={g: a for g, a in base.gates.items() if g != gate})
    snapshot = session("pilot-first", u)
    lift = find_lift(evaluate(snapshot), u)
    assert lift is not None
    (change,) = lift.changes
    assert (change.item, change.kind, change.answer_after) == (gate, "find-out", "no")


def test_a_high_risk_use_is_assessed_not_denied() -> None:
    levels = dict(zip(sample().preset.criterion_ids, sample().use_cases["01"].levels, strict=True))
    gates = {"prohibited": "no", "needs-agent": "agent", "high-risk": "not-assessed", "stability": "no"}
    u = case("pilot-first", "One", levels, gates=gates)
    lift = find_lift(evaluate(session("pilot-first", u)), u)
    assert lift is not None
    assert [(c.item, c.answer_before, c.answer_after) for c in lift.changes] == [
        ("high-risk", "not-assessed", "assessed")
    ]
    assert lift.to == "pilot-first"


def test_a_claimed_level_is_confirmed_and_a_level_without_proof_is_proven() -> None:
    levels = dict(zip(sample().preset.criterion_ids, sample().use_cases["01"].levels, strict=True))
    proof = {"D4": "document", "G2": "reported", "G3": "measured"}
    u = case("regulated", "One", levels, evidence=proof, claimed=("I1",))
    snapshot = session("regulated", u)
    lift = find_lift(evaluate(snapshot), u)
    assert lift is not None
    assert [(c.item, c.kind, c.before, c.after, c.proof) for c in lift.changes] == [
        ("I1", "confirm", 3, 3, False),
        ("G2", "prove", 3, 3, True),
    ]
    assert lift.cost == (2, 0, 2)


def test_what_is_to_be_found_out_says_whether_any_level_does() -> None:
    # Only coverage holds it: seven of twenty are known, twelve are needed, and any level will do.
    ids = sample().preset.criterion_ids
    u = case("pilot-first", "One", dict.fromkeys(ids[:7], 3))
    snapshot = session("pilot-first", u)
    evaluation = evaluate(snapshot)
    lift = find_lift(evaluation, u)
    assert lift is not None
    assert lift.lane == "find-out"
    assert len(lift.changes) == 5
    assert {(c.kind, c.after) for c in lift.changes} == {("find-out", None)}
    # As few roles as can be: integration and operations know four of them each, no role knows five.
    assert lift.cost == (5, 0, 2)
    assert_lifts(snapshot, evaluation, u, lift, "one-lane")
