"""Rank acceptability and its kin: published counts, closed forms, and the same numbers everywhere."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prioritizer.analysis import robustness as r
from prioritizer.analysis.bits import stream, uniforms
from prioritizer.analysis.drawn import Drawn, find_drawn
from prioritizer.analysis.draws import CHUNK, Draws
from prioritizer.analysis.endurance import robustness, robustness_in_blocks
from prioritizer.analysis.evidence import OPINION, REPORTED
from prioritizer.analysis.inside import Inside
from prioritizer.analysis.movers import explained
from prioritizer.analysis.placing import SCALE, place
from prioritizer.analysis.weights import simplex
from prioritizer.errors import PrioritizerError
from prioritizer.model.robustness import SOURCES, Robustness, Source
from prioritizer.model.session import Round, Snapshot, UseCase
from prioritizer.scoring.evaluate import evaluate
from prioritizer.workshop.views.robustness import EVIDENCE_DRAWN, robustness_view
from prioritizer.workshop.views.robustness_detail import detail_lines
from tests.scoring.sessions import SHIPPED, answers, case, preset, random_sessions, sample, session

PILOT = preset("pilot-first")
ALL = dict.fromkeys(PILOT.criterion_ids, 3)
MEASURED = dict.fromkeys(PILOT.criterion_ids, "measured")
ONLY: dict[Source, tuple[Source, ...]] = {s: tuple(o for o in SOURCES if o != s) for s in SOURCES}


def ready(title: str, levels: dict[str, int | None] | None = None, **more: object) -> UseCase:
    """Ready for a pilot in every respect, measured; with some other levels."""
    wanted = {**ALL, **(levels or {})}
    tags = {c: t for c, t in MEASURED.items() if wanted[c] is not None}
    tags.update(more.pop("evidence", {}))  # type: ignore[call-overload]
    tags = {c: t for c, t in tags.items() if t}
    return case("pilot-first", title, wanted, evidence=tags, **more)  # type: ignore[arg-type]


def by_id(found: Robustness) -> dict[str, dict[str, float]]:
    return {each.id: dict(each.lane_share) for each in found.use_cases}  # type: ignore[arg-type]


# The pure functions


def test_counts_of_ranks_and_weights() -> None:
    """JSMAA 1.0.3, SMAA2ResultsTest: five draws of each order."""
    u = np.array([[2.0, 1.0]] * 5 + [[1.0, 2.0]] * 5)
    w = np.array([[0.0, 1.0, 0.0]] * 5 + [[1.0, 0.0, 0.0]] * 5)
    assert r.rank_acceptability(u).tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert r.central_weights(u, w).tolist() == [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]


def test_two_by_two_converges_to_its_closed_form() -> None:
    """a = (1, 0), b = (0.4, 0.9), uniform weights: a wins where w1 > 0.6."""
    scores = np.array([[1.0, 0.0], [0.4, 0.9]])
    errors = []
    for draws in (400, 40_000):
        w = simplex(2, draws, seed=1)
        u = w[:, :1] * scores[:, 0] + w[:, 1:] * scores[:, 1]
        acceptability = r.rank_acceptability(u)
        errors.append(abs(acceptability[0, 0] - 0.4))
        assert errors[-1] < 3 * math.sqrt(0.24 / draws)
        central = r.central_weights(u, w)
        assert central[0] == pytest.approx([0.8, 0.2], abs=4 / math.sqrt(draws))
        assert central[1] == pytest.approx([0.3, 0.7], abs=4 / math.sqrt(draws))
        assert r.pairwise_winning(u)[0, 1] == acceptability[0, 0]
        values = np.broadcast_to(scores, (draws, 2, 2))
        assert r.confidence_factors(values, central).tolist() == [1.0, 1.0]
    assert r.confidence_factors(values[:3], [[0.5, 0.5], [np.nan, np.nan]])[0] == 0.0
    assert math.isnan(r.confidence_factors(values[:3], [[0.5, 0.5], [np.nan, np.nan]])[1])


def test_equal_utilities_share_the_best_rank() -> None:
    found = r.rank_acceptability([[5, 5, 1], [5, 5, 1]])
    assert found.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    assert r.pairwise_winning([[5, 5, 1]]).tolist() == [[0, 0, 1], [0, 0, 1], [0, 0, 0]]
    assert np.isnan(r.central_weights([[5, 5, 1]], [0.5, 0.5])[2]).all()


tables = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 4), min_size=n, max_size=n), min_size=1, max_size=8)
)


@given(tables)
def test_the_definitions(table: list[list[int]]) -> None:
    u = np.array(table, dtype=float)
    draws, n = u.shape
    ranks = 1 + (u[:, None, :] > u[:, :, None]).sum(axis=2)
    expected = [[(ranks[:, i] == k + 1).mean() for k in range(n)] for i in range(n)]
    acceptability = r.rank_acceptability(u)
    assert acceptability == pytest.approx(np.array(expected))
    assert acceptability.sum(axis=1) == pytest.approx(np.ones(n))
    assert r.pairwise_winning(u) == pytest.approx((u[:, :, None] > u[:, None, :]).mean(axis=0))
    w = np.arange(draws * 2, dtype=float).reshape(draws, 2)
    central = r.central_weights(u, w)
    for i in range(n):
        first = ranks[:, i] == 1
        if first.any():
            assert central[i] == pytest.approx(w[first].mean(axis=0))
        else:
            assert np.isnan(central[i]).all()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: r.rank_acceptability([[1.0, math.nan]]), "not a number"),
        (lambda: r.rank_acceptability(np.empty((0, 3))), "no draws"),
        (lambda: r.rank_acceptability(np.empty((3, 0))), "no use case"),
        (lambda: r.rank_acceptability([1.0, 2.0]), "one row for each draw"),
        (lambda: r.pairwise_winning([[math.inf]]), "not a number"),
        (lambda: r.central_weights([[1.0]], [[1.0], [1.0]]), "1 draws of utilities and 2 of weights"),
        (lambda: r.confidence_factors([[1.0]], [[1.0]]), "draws × use cases"),
        (lambda: r.confidence_factors([[[math.nan]]], [[1.0]]), "not a number"),
    ],
)
def test_bad_arrays_get_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(PrioritizerError, match=sentence):
        call()


def test_uniforms_are_the_doubles_of_the_bit_generator() -> None:
    expected = np.random.Generator(stream(7, 1)).random(1_000)
    assert (uniforms(stream(7, 1).random_raw(1_000)) == expected).all()


# One source at a time, against closed forms


@pytest.mark.parametrize("draws", [1_000, 10_000, 60_000])
def test_an_unknown_level_is_any_level_equally_often(draws: int) -> None:
    """D1: 0 stops, 1 and 2 are conditions, 3 and 4 pass (rubric §4)."""
    found = robustness(
        session("pilot-first", ready("a", {"D1": None})), draws, top=1, without=ONLY["evidence"]
    )
    shares = by_id(found)["a"]
    near = 4 * math.sqrt(0.24 / draws)
    assert shares["not-yet"] == pytest.approx(0.2, abs=near)
    assert shares["fix-then-pilot"] == pytest.approx(0.4, abs=near)
    assert shares["pilot-first"] == pytest.approx(0.4, abs=near)


@pytest.mark.parametrize(
    ("tag", "share"),
    [("reported", 0.05), ("opinion", 0.125), ("", 0.125), ("document", 0.0), ("measured", 0.0)],
)
def test_a_level_moves_by_what_it_rests_on(tag: str, share: float) -> None:
    """P1 at 2 is a condition at 1 and at 0."""
    one = ready("a", {"P1": 2}, evidence={"P1": tag})
    found = robustness(session("pilot-first", one), 20_000, top=1, without=ONLY["evidence"])
    assert by_id(found)["a"]["fix-then-pilot"] == pytest.approx(share, abs=0.01 if share else 0)


def test_a_claim_counts_like_an_opinion_and_stays_a_claim() -> None:
    one = ready("a", {"P1": 2}, evidence={"P1": "reported"}, claimed=("P1",))
    drawn = find_drawn(session("pilot-first", one))
    assert (
        drawn.limits[:, 0, 0].tolist()
        == find_drawn(session("pilot-first", ready("a", {"P1": 2}, evidence={"P1": "opinion"})))
        .limits[:, 0, 0]
        .tolist()
    )
    assert by_id(robustness(session("pilot-first", one), 500, top=1))["a"]["pilot-first"] == 0.0


def test_coverage_is_not_found_out_by_drawing() -> None:
    half = dict.fromkeys(PILOT.criterion_ids[:10])
    found = robustness(session("pilot-first", ready("a", half)), 500, top=1)
    assert by_id(found)["a"]["find-out"] == 1.0


def _voted(title: str, text: str, number: int = 0) -> UseCase:
    rounds = {"D1": (Round("r", 1, "revealed", answers(text)),)}
    return ready(title, {"D1": None}, rounds=rounds, number=number)


def test_one_participant_a_draw_with_the_whole_ballot() -> None:
    """Ada says 0 and Ben 4, of both: in half of the draws both stop, in half both pass; never one of them."""
    found = robustness(
        session("pilot-first", _voted("a", "04"), _voted("b", "04")), 10_000, top=1, without=ONLY["people"]
    )
    assert by_id(found)["a"]["not-yet"] == pytest.approx(0.5, abs=0.02)
    assert by_id(found)["a"] == by_id(found)["b"]
    assert [each.rank_acceptability for each in found.use_cases] == [[(1, 1.0)]] * 2
    assert found.ballots == 2


def test_whoever_gave_no_level_leaves_the_room_value() -> None:
    """Three ballots: 3, 4 and "don't know"; the room value is 3."""
    found = robustness(session("pilot-first", _voted("a", "34?")), 1_000, top=1, without=ONLY["people"])
    assert found.ballots == 2
    assert by_id(found)["a"]["pilot-first"] == 1.0


def test_without_people_the_room_value_stands() -> None:
    found = robustness(session("pilot-first", _voted("a", "04")), 500, top=1, without=("people",))
    assert by_id(found)["a"]["not-yet"] == 1.0


def test_weights_around_equal_ones_decide_evenly() -> None:
    """P and D weigh the same; a is ahead by one level everywhere in P, b in D."""
    a = ready("a", dict.fromkeys(("P1", "P2", "P3", "P4"), 4))
    b = ready("b", dict.fromkeys(("D1", "D2", "D3", "D4"), 4))
    found = robustness(session("pilot-first", a, b), 10_000, top=1, without=ONLY["weights"])
    assert found.use_cases[0].top_share == pytest.approx(0.5, abs=0.02)
    central = {each.id: each.central_weights for each in found.use_cases}
    assert central["a"] is not None
    assert central["a"]["P"] > 0.3 > central["a"]["D"]
    assert found.weights == {"P": 0.3, "D": 0.3, "I": 0.22, "G": 0.18}


def test_the_spacing_of_the_levels_decides_evenly_where_steps_are_exchanged() -> None:
    levels = dict.fromkeys(preset("pilot-first-quick").criterion_ids, 3)
    a = case("pilot-first-quick", "a", {**levels, "VIA": 4})
    b = case("pilot-first-quick", "b", {**levels, "DAT": 4})
    found = robustness(session("pilot-first-quick", a, b), 10_000, top=1, without=ONLY["scale"])
    assert found.use_cases[0].top_share == pytest.approx(0.5, abs=0.02)
    assert by_id(found)["a"]["pilot-first"] == 1.0


# All sources together


def _utilities(
    drawn: Drawn, seed: int, draws: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """u (d, n) and weights (d, k), the plain way."""
    source = Draws(drawn, seed)
    inside = Inside(drawn, source.rows)
    n = len(source.rows)
    us, ws = [], []
    for _ in range(0, draws, CHUNK):
        shared = source.shared()
        tile = inside.tile(0, n, source.levels(0, n, shared.person), shared)
        us.append(place(inside.thresholds.readiness, tile, shared.weights, shared)[0].T / SCALE)
        ws.append(shared.weights.T)
    return np.concatenate(us)[:draws], np.concatenate(ws)[:draws]


def test_the_session_is_counted_as_the_pure_functions_count() -> None:
    draws, seed = 2_500, 3
    found = robustness(sample(), draws, seed)
    drawn = find_drawn(sample())
    u, w = _utilities(drawn, seed, draws)
    acceptability, pairs = r.rank_acceptability(u), r.pairwise_winning(u)
    central = r.central_weights(u, w)
    row_of = {id_: row for row, id_ in enumerate(drawn.inputs.ids)}
    ids = [d.id for d in drawn.rules.readiness]
    for each in found.use_cases:
        row = row_of[each.id]
        expected = [(k + 1, share) for k, share in enumerate(acceptability[row].tolist()) if share > 0]
        assert each.rank_acceptability == pytest.approx(expected)
        assert each.top_share == pytest.approx(acceptability[row, :3].sum())
        assert (each.central_weights is None) == (acceptability[row, 0] < 0.01)
        if each.central_weights is not None:
            assert [each.central_weights[d] for d in ids] == pytest.approx(central[row].tolist())
    rows = [row_of[id_] for id_ in found.pairwise.use_cases]
    assert np.array(found.pairwise.share) == pytest.approx(pairs[np.ix_(rows, rows)])


def test_confidence_is_counted_over_the_same_levels() -> None:
    draws, seed = 2_000, 5
    found = robustness(sample(), draws, seed)
    drawn = find_drawn(sample())
    ids = [d.id for d in drawn.rules.readiness]
    defined = [each for each in found.use_cases if each.confidence is not None]
    assert len(defined) >= 3
    for each in defined:
        assert each.central_weights is not None
        fixed = np.array([[each.central_weights[d]] for d in ids])
        row = drawn.inputs.ids.index(each.id)
        source, hits = Draws(drawn, seed), 0
        inside = Inside(drawn, source.rows)
        for start in range(0, draws, CHUNK):
            shared = source.shared()
            tile = inside.tile(0, 12, source.levels(0, 12, shared.person), shared)
            u, _ = place(inside.thresholds.readiness, tile, np.repeat(fixed, CHUNK, axis=1), shared)
            hits += int((u[row] >= u.max(axis=0))[: draws - start].sum())
        assert each.confidence == hits / draws


def test_the_blocks_do_not_matter() -> None:
    final = robustness(sample(), 5_000, 1)
    for block in (None, 1, 1_500, 99_999):
        steps = list(robustness_in_blocks(sample(), 5_000, 1, block=block))
        assert steps[-1] == final
        assert [s.complete for s in steps] == [False] * (len(steps) - 1) + [True]
    first = next(robustness_in_blocks(sample(), 5_000, 1))
    assert first.draws == CHUNK
    fewer = robustness(sample(), CHUNK, 1)
    assert [e.rank_acceptability for e in first.use_cases] == [e.rank_acceptability for e in fewer.use_cases]


def test_one_more_use_case_leaves_the_draws_of_the_others_alone() -> None:
    before = by_id(robustness(sample(), 1_000))
    more = case("pilot-first", "New", ALL, number=99)
    after = by_id(robustness(replace(sample(), use_cases={**sample().use_cases, "New": more}), 1_000))
    assert {id_: after[id_] for id_ in before} == before


def test_another_seed_gives_other_numbers() -> None:
    assert robustness(sample(), 500, 1) == robustness(sample(), 500, 1)
    assert robustness(sample(), 500, 1).use_cases != robustness(sample(), 500, 2).use_cases


def test_unrevealed_answers_change_nothing() -> None:
    def with_open(text: str) -> Snapshot:
        rounds = {"D1": (Round("r", 1, "revealed", answers("33")), Round("s", 2, "open", answers(text)))}
        return session("pilot-first", ready("a", {"D1": None}, rounds=rounds))

    assert robustness(with_open("00"), 500, top=1) == robustness(with_open("44"), 500, top=1)


GOLDEN = "6fe29cbcb164e02fe59cc7596607bf38e98cf82d9a936a17af4c27d9cb4b43f9"
"""SHA-256 of the JSON of the sample session; the same on every Python, numpy and processor."""


def test_the_numbers_are_the_same_everywhere() -> None:
    text = json.dumps(robustness(sample(), 3_000, 11).model_dump(mode="json"), allow_nan=False)
    assert hashlib.sha256(text.encode()).hexdigest() == GOLDEN


@given(random_sessions(most=5), st.integers(0, 3), st.sets(st.sampled_from(SOURCES)))
@settings(max_examples=40)
def test_random_sessions_give_shares(snapshot: Snapshot, seed: int, without: set[str]) -> None:
    n = len(snapshot.use_cases)
    if not (evaluate(snapshot).columns.levels[:, evaluate(snapshot).rules.scored] >= 0).any():
        return
    found = robustness(snapshot, 1_500, seed, min(2, n), without=without)
    json.dumps(found.model_dump(mode="json"), allow_nan=False)
    assert {each.id for each in found.use_cases} == {u.id for u in snapshot.live()}
    for each in found.use_cases:
        assert sum(share for _, share in each.rank_acceptability) == pytest.approx(1)
        assert sum(each.lane_share.values()) == pytest.approx(1)
        assert each.top_share == pytest.approx(sum(s for k, s in each.rank_acceptability if k <= found.top))
        assert all(0 < m.share <= 1 for m in each.movers)
        assert each.confidence is None or 0 <= each.confidence <= 1
    for line in _words(snapshot, found):
        assert not re.search(r"probab|chance|likel|odds|nan\b", line, re.IGNORECASE)


# What moves it, and how it is said


def test_the_one_unknown_that_decides_is_named() -> None:
    snapshot = session("pilot-first", ready("a", {"D2": None}), ready("b", {"P1": 2}))
    found = robustness(snapshot, 3_000, top=1, without=ONLY["evidence"])
    mover = next(each for each in found.use_cases if each.id == "a").movers[0]
    assert (mover.kind, mover.item) == ("unknown", "D2")
    assert mover.share == pytest.approx(1.0)
    rows = {row.id: row for row in robustness_view(snapshot, found).rows}
    assert re.fullmatch(
        r"In first place in \d\d % of draws; what could move it: D2 unknown\.", rows["a"].sentence
    )


def test_explained_variance() -> None:
    assert explained(np.array([50, 50]), np.array([50, 0])) == pytest.approx(1.0)
    assert explained(np.array([50, 50]), np.array([25, 25])) == 0.0
    assert explained(np.array([50, 50]), np.array([50, 50])) == 0.0
    # η² = 0.36 for 40 of 50 against 10 of 50, less what two groups explain by chance.
    assert explained(np.array([50, 50]), np.array([40, 10])) == pytest.approx(1 - 0.64 * 99 / 98)


def test_the_words() -> None:
    same = session("pilot-first", ready("a"), ready("b"), ready("c", {"B1": 2}))
    found = robustness(same, 500, top=2, without=("weights", "scale"))
    view = robustness_view(same, found)
    assert [row.sentence for row in view.rows] == [
        "In the top 2 in every draw.",
        "In the top 2 in every draw.",
        "In no draw in the top 2.",
    ]
    assert view.unclear[0].line.text == (
        "No clear order between 1 and 2: 01 and 02. 01 stands above in 0 % of draws, 02 in 0 %."
    )
    assert view.rows[0].strip == (1.0, 0.0, 0.0)
    assert view.rows[2].lanes == (("Fix, then pilot", 100),)
    assert not view.refining
    assert any("the five levels stand equally far apart" in line.text for line in view.head)
    assert robustness_view(same, next(robustness_in_blocks(same, 3_000, top=2))).refining


def test_what_is_said_about_evidence_is_what_is_drawn() -> None:
    one, two = 100 * (OPINION[1] + OPINION[3]), 100 * (OPINION[0] + OPINION[4])
    assert f"reported one level off in {100 * (REPORTED[1] + REPORTED[3]):g} % of draws" in EVIDENCE_DRAWN
    assert f"one level off in {one:g} % and two in {two:g} %" in EVIDENCE_DRAWN


def _words(snapshot: Snapshot, found: Robustness) -> list[str]:
    view = robustness_view(snapshot, found)
    lines = (*view.head, *(each.line for each in view.unclear))
    return [line.text for line in lines] + [row.sentence for row in view.rows]


def test_the_details_of_one_use_case() -> None:
    """Two that are the same share rank 1 in every draw; the third is behind them in every one."""
    same = session("pilot-first", ready("a"), ready("b"), ready("c", {"B1": 2}))
    found = robustness(same, 500, top=2, without=("weights", "scale"))
    first, _, last = found.use_cases
    words = [line.text for line in detail_lines(same, found, first.id)]
    assert "1: 100 %" in words
    assert "02 in 0 % and 03 in 100 % of draws" in words
    assert "Confidence: with these it is first in 100 % of draws of the levels" in words
    words = [line.text for line in detail_lines(same, found, last.id)]
    assert "3: 100 %" in words
    assert "Fix, then pilot 100 %" in words
    assert "– (it is first in less than 1 % of draws)" in words
    assert detail_lines(same, found, "nobody") == []


def test_what_is_overtaken_ends_before_its_next_chunk() -> None:
    snapshot, asked = sample(), []

    def going_on() -> bool:
        asked.append(1)
        return len(asked) < 3

    blocks = list(robustness_in_blocks(snapshot, 10_000, block=1, going_on=going_on))
    assert [each.draws for each in blocks] == [CHUNK, 2 * CHUNK]


# Bad input


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"draws": 0}, "at least one draw"),
        ({"draws": -5}, "at least one draw"),
        ({"seed": -1}, "seed"),
        ({"top": 0}, "at least 1"),
        ({"top": 13}, "only 12 use cases, so there is no top 13; ask for at most 12"),
        ({"without": ("wights",)}, "no source “wights”; there are weights, people, evidence and scale"),
        ({"concentration": 0}, "concentration"),
    ],
)
def test_what_bad_input_gets(arguments: dict[str, object], sentence: str) -> None:
    with pytest.raises(PrioritizerError, match=sentence):
        robustness(sample(), **arguments)  # type: ignore[arg-type]


def test_a_session_without_ratings_gets_a_sentence() -> None:
    with pytest.raises(PrioritizerError, match="no use case yet"):
        robustness(session("pilot-first"))
    with pytest.raises(PrioritizerError, match="Nothing has been rated"):
        robustness(session("pilot-first", case("pilot-first", "a", {})), top=1)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_preset_can_be_drawn(name: str) -> None:
    found = preset(name)
    cases = [case(found, str(level), dict.fromkeys(found.criterion_ids, level)) for level in range(5)]
    result = robustness(session(found, *cases), 1_000, top=1)
    assert result.use_cases[0].id == "4"
    assert sum(each.top_share for each in result.use_cases) >= 1
