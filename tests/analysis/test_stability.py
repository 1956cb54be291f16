"""What one thing at a time does: weights, levels, people."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from prioritizer.analysis.ballots import ballots_in_force
from prioritizer.analysis.drawn import find_drawn
from prioritizer.analysis.fixed import first_rows, fix, rank_keys
from prioritizer.analysis.intervals import leader_intervals, shortlist_intervals
from prioritizer.analysis.people_out import leave_one_out, without_proposers
from prioritizer.analysis.placing import SCALE
from prioritizer.analysis.stability import weight_stability_intervals
from prioritizer.analysis.swaps import is_monotone, person_steps, smallest_swap
from prioritizer.analysis.tornado import tornado
from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Participant, Round, Snapshot, UseCase
from prioritizer.scoring.evaluate import Columns, Evaluation, evaluate, evaluate_rows
from prioritizer.scoring.inputs import lower_median
from prioritizer.workshop.views.stability import stability_lines
from tests.scoring.sessions import answers, case, preset, random_sessions, sample, session

QUICK = preset("pilot-first-quick")
LEVELS = dict.fromkeys(QUICK.criterion_ids, 3)


def quick(title: str, levels: dict[str, int | None] | None = None, **more: object) -> UseCase:
    return case(QUICK, title, {**LEVELS, **(levels or {})}, **more)  # type: ignore[arg-type]


# The pure function


def test_intervals_on_published_data() -> None:
    """Triantaphyllou's data, intervals by the rule of Mareschal 1988; a grid of 200,001 points agrees."""
    matrix = [
        [0.3088, 0.2897, 0.3867, 0.1922],
        [0.2163, 0.3458, 0.1755, 0.6288],
        [0.4509, 0.2473, 0.1194, 0.0575],
        [0.0240, 0.1172, 0.3184, 0.1215],
    ]
    found = weight_stability_intervals(matrix, [0.3277, 0.3058, 0.2876, 0.079])
    expected = [[0.0, 0.5126236], [0.0, 0.59223107], [0.12418713, 1.0], [0.0, 0.15524573]]
    assert found == pytest.approx(np.array(expected), abs=1e-7)


@given(
    st.integers(2, 4).flatmap(
        lambda m: st.tuples(
            st.lists(st.lists(st.integers(0, 9), min_size=m, max_size=m), min_size=1, max_size=5),
            st.lists(st.integers(1, 9), min_size=m, max_size=m),
        )
    )
)
@settings(max_examples=150)
def test_a_grid_agrees(data: tuple[list[list[int]], list[int]]) -> None:
    values, weights = np.array(data[0], dtype=float), np.array(data[1], dtype=float)
    shares = weights / weights.sum()
    found = weight_stability_intervals(values, weights)
    lead = int(np.argmax(values @ shares))
    for k in range(len(shares)):
        others = np.where(np.arange(len(shares)) == k, 0.0, shares)
        for t in np.linspace(0, 1, 41):
            if min(abs(found[k] - t)) < 1e-6:
                continue
            now = others / others.sum() * (1 - t)
            now[k] = t
            u = values @ now
            assert bool(u[lead] >= u.max() - 1e-9) == bool(found[k, 0] <= t <= found[k, 1])


def test_a_weight_without_others_has_no_interval() -> None:
    found = weight_stability_intervals([[1, 2], [2, 1]], [1, 0])
    assert np.isnan(found[0]).all()
    assert not np.isnan(found[1]).any()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: weight_stability_intervals([[1, 2]], [1]), "one column for each weight"),
        (lambda: weight_stability_intervals([], []), "one column for each weight"),
        (lambda: weight_stability_intervals([[1, math.nan]], [1, 1]), "not a number"),
        (lambda: weight_stability_intervals([[1, 2]], [1, -1]), "must not be negative"),
        (lambda: weight_stability_intervals([[1, 2]], [0, 0]), "above 0"),
    ],
)
def test_bad_input_gets_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(PrioritizerError, match=sentence):
        call()


# Weights of a session


def _order_at(evaluation: Evaluation, dimension: str, t: float) -> tuple[list[int], list[int]]:
    """u and lanes of all rows when one weight is t and the others keep their ratios."""
    rules = evaluation.rules
    others = sum(d.weight for d in rules.readiness if d.id != dimension)
    weights = [t if d.id == dimension else d.weight / others * (1 - t) for d in rules.readiness]
    u, lanes = fix(evaluation).order(np.array(weights)[:, None])
    return u[:, 0].tolist(), lanes[:, 0].tolist()


@given(random_sessions(most=5))
@settings(max_examples=20)
def test_the_order_of_a_fixed_session_is_that_of_the_ranking(snapshot: Snapshot) -> None:
    evaluation = evaluate(snapshot)
    weights = [d.weight for d in evaluation.rules.readiness]
    u, lanes = fix(evaluation).order((np.array(weights) / sum(weights))[:, None])
    columns = evaluation.columns
    assert lanes[:, 0].tolist() == columns.lanes.tolist()
    steps = 1000 * (6 - columns.lanes.astype(int)) + 200 * (3 - columns.classes.astype(int))
    assert u[:, 0] / SCALE == pytest.approx(steps + columns.readiness, abs=1e-8)
    assert first_rows(evaluation.rules, evaluation.inputs, columns, 99) == evaluation.order.tolist()


@given(random_sessions(most=5), st.integers(1, 3))
@settings(max_examples=20)
def test_nothing_changes_inside_an_interval_and_something_does_just_outside(
    snapshot: Snapshot, top: int
) -> None:
    evaluation = evaluate(snapshot)
    found = shortlist_intervals(evaluation, top) + leader_intervals(evaluation)
    half = len(found) // 2
    for place, each in enumerate(found):
        members = set(evaluation.order[: top if place < half else 1].tolist())
        _, now = _order_at(evaluation, each.dimension, each.weight)

        def holds(t: float, each: object = each, members: set[int] = members, now: list[int] = now) -> bool:
            u, lanes = _order_at(evaluation, each.dimension, t)  # type: ignore[attr-defined]
            rest = [u[row] for row in range(len(u)) if row not in members]
            kept = not rest or min(u[row] for row in members) >= max(rest)
            return kept and all(lanes[row] == now[row] for row in members)

        assert 0 <= each.low.at <= each.weight + 1e-12
        assert each.weight - 1e-12 <= each.high.at <= 1
        for share in (0.01, 0.3, 0.7, 0.99):
            t = each.low.at + share * (each.high.at - each.low.at)
            if each.high.at - each.low.at > 1e-6:
                assert holds(t)
        # Another break may be near, so that only the very next stretch is looked at.
        if each.low.why != "edge":
            assert each.low.row >= 0
            assert not holds(each.low.at - 1e-9) or not holds(each.low.at - 1e-7)
        if each.high.why != "edge":
            assert each.high.row >= 0
            assert not holds(each.high.at + 1e-9) or not holds(each.high.at + 1e-7)


def test_an_interval_ends_where_the_leader_leaves_its_lane() -> None:
    """a scores 100 in VIA and 50 elsewhere; R = 60 where VIA weighs 0.2."""
    lone = session(QUICK, quick("a", {"VIA": 4, "DAT": 3, "INT": 2, "OWN": 3}))
    evaluation = evaluate(lone)
    by_id = {each.dimension: each for each in leader_intervals(evaluation)}
    high = by_id["INT"].high
    assert (high.why, high.row) == ("lane", 0)
    # R = 50 t + (1 − t) · (0.30 · 100 + 0.30 · 75 + 0.18 · 75) / 0.78 = 60
    rest = (0.30 * 100 + 0.30 * 75 + 0.18 * 75) / 0.78
    assert high.at == pytest.approx((rest - 60) / (rest - 50))


# The tornado


def test_tornado_bars_are_what_the_ranking_gives() -> None:
    snapshot = session(QUICK, quick("a", {"DAT": None}, evidence={"VIA": "measured"}))
    evaluation = evaluate(snapshot)
    bars = {b.item: b for b in tornado(evaluation, find_drawn(snapshot), 0) if b.kind == "level"}
    assert "VIA" not in bars
    for level, end, lane in (
        (0, bars["DAT"].low, bars["DAT"].low_lane),
        (4, bars["DAT"].high, "pilot-first"),
    ):
        changed = evaluate(session(QUICK, quick("a", {"DAT": level})))
        assert end == pytest.approx(float(changed.columns.readiness[0]))
        assert lane == ("not-yet" if level == 0 else "pilot-first")
    widths = [bar.width for bar in tornado(evaluation, find_drawn(snapshot), 0)]
    assert widths == sorted(widths, reverse=True)


# Levels


def test_one_level_swaps_two_neighbours_of_the_sample() -> None:
    evaluation = evaluate(sample())
    ballots = ballots_in_force(evaluation.rules, list(sample().live()))
    order = evaluation.order.tolist()
    found = smallest_swap(evaluation, order[0], order[1], ballots)
    assert found is not None
    assert found.steps == 1
    assert not found.one_person
    assert smallest_swap(evaluation, order[0], order[-1], ballots) is None


@given(random_sessions(("pilot-first-quick", "orchard"), most=3, plain=True))
@settings(max_examples=25)
def test_a_swap_swaps_and_no_smaller_one_does(snapshot: Snapshot) -> None:
    evaluation = evaluate(snapshot)
    assume(len(evaluation.order) > 1)
    above, below = evaluation.order[:2].tolist()
    ballots = ballots_in_force(evaluation.rules, list(snapshot.live()))
    found = smallest_swap(evaluation, above, below, ballots, most=2)
    if found is not None:
        keys = rank_keys(_changed(evaluation, [(s.row, s.column, s.to - s.level) for s in found.changes]))
        assert keys[below] > keys[above] or (not found.steps and keys[below] == keys[above])
        assert sum(abs(s.to - s.level) for s in found.changes) == found.steps
    if found is None or found.steps > 1:
        cells = [
            (row, column, by)
            for row in (above, below)
            for column in (*evaluation.rules.scored.tolist(), evaluation.rules.worth)
            for by in (-1, 1)
            if evaluation.inputs.levels[row, column] >= 0
            and 0 <= evaluation.inputs.levels[row, column] + by <= 4
        ]
        for cell in cells:
            keys = rank_keys(_changed(evaluation, [cell]))
            assert keys[below] <= keys[above]


def _changed(evaluation: Evaluation, cells: list[tuple[int, int, int]]) -> Columns:
    levels = evaluation.inputs.levels.copy()
    for row, column, by in cells:
        levels[row, column] += by
    return evaluate_rows(evaluation.rules, replace(evaluation.inputs, levels=levels))


def test_the_shipped_rules_only_reward_higher_levels() -> None:
    assert is_monotone(evaluate(sample()).rules)
    assert not is_monotone(evaluate(session("orchard", case("orchard", "a", {"wet": 3}))).rules)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6), st.integers(0, 4))
def test_steps_of_people_reach_the_lower_median(given_: list[int], target: int) -> None:
    """Brute force over everybody's new answer."""
    best = math.inf
    levels = np.array(np.meshgrid(*[range(5)] * len(given_))).reshape(len(given_), -1).T.astype(np.uint8)
    reached = lower_median(levels) == target
    best = int(np.abs(levels[reached].astype(int) - np.array(given_)).sum(axis=1).min())
    assert person_steps(given_, target) == best


# People


def _room(**texts: str) -> dict[str, tuple[Round, ...]]:
    return {c: (Round("r", 1, "revealed", answers(text)),) for c, text in texts.items()}


def _with_people(*cases: UseCase) -> Snapshot:
    people = tuple(Participant(f"p{i}", name, index=i) for i, name in enumerate(("Ada", "Ben", "Cem")))
    return session(QUICK, *cases, participants=people)


def test_whose_absence_changes_the_shortlist() -> None:
    """Two of three say that the data of a are not there; without Ben the lower median is still low."""
    a = quick("a", {"DAT": None, "INT": 4}, rounds=_room(DAT="330"))
    b = quick("b")
    snapshot = _with_people(a, b)
    evaluation = evaluate(snapshot)
    assert evaluation.inputs.ids[evaluation.order[0]] == "a"
    found = {each.person: each for each in leave_one_out(snapshot, evaluation, 1)}
    # Left 3 and 0: the lower median is 0. Without Cem both say 3.
    assert (found[0].gone, found[0].new) == (("a",), ("b",))
    assert found[1].changes
    assert not found[2].changes
    words = [line.text for line in stability_lines(snapshot, evaluation, 1)]
    assert "Leaving one person out changes the shortlist for two of the three who answered." in words
    assert not any(name in " ".join(words) for name in ("Ada", "Ben", "Cem"))


def test_proposers_in_and_out() -> None:
    a = quick("a", {"DAT": None, "INT": 4}, rounds=_room(DAT="303"), proposer="ada ")
    snapshot = _with_people(a, quick("b"))
    evaluation = evaluate(snapshot)
    found = without_proposers(snapshot, evaluation, 1)
    assert (found.answers, found.gone, found.new) == (1, ("a",), ("b",))
    words = [line.text for line in stability_lines(snapshot, evaluation, 1)]
    assert (
        "Without the proposers' answers on their own use cases, 01 would leave the shortlist and 02 enter it."
        in words
    )


def test_one_person_moving_one_step() -> None:
    a = quick("a", {"INT": None}, rounds=_room(INT="433"))
    b = quick("b", {"WOR": 2})
    snapshot = _with_people(a, b)
    evaluation = evaluate(snapshot)
    above, below = evaluation.order.tolist()
    found = smallest_swap(evaluation, above, below, ballots_in_force(evaluation.rules, list(snapshot.live())))
    assert found is not None
    assert found.steps == 1


def test_a_session_without_use_cases_has_a_sentence() -> None:
    empty = session(QUICK)
    assert [line.text for line in stability_lines(empty, evaluate(empty), 3)] == [
        "There is nothing to rank yet."
    ]


@given(random_sessions(most=4))
@settings(max_examples=25)
def test_random_sessions_have_words(snapshot: Snapshot) -> None:
    for line in stability_lines(snapshot, evaluate(snapshot), 2):
        assert line.text
        assert "nan" not in line.text.split()
