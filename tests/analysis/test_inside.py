"""The rules inside every draw are the rules of the ranking."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prioritizer.analysis.drawn import Drawn, find_drawn
from prioritizer.analysis.draws import CHUNK, Draws
from prioritizer.analysis.endurance import robustness
from prioritizer.analysis.inside import Inside
from prioritizer.analysis.placing import SCALE, place
from prioritizer.model.session import Snapshot
from prioritizer.model.terms import LANES
from prioritizer.scoring.evaluate import evaluate, evaluate_rows
from prioritizer.scoring.rules import Rules
from tests.scoring.sessions import random_sessions, sample


def _with_weights(rules: Rules, weights: list[float]) -> Rules:
    ready = tuple(replace(d, weight=w) for d, w in zip(rules.readiness, weights, strict=True))
    return replace(rules, readiness=ready)


def _assert_every_draw_agrees(drawn: Drawn, some: list[int]) -> None:
    """Levels and weights of a draw, put through `scoring.evaluate`, give the lane, class and R of the draw.

    Coverage is of the session, not of the draw; so no unknown cell may be drawn here.
    """
    draws = Draws(drawn, 3)
    shared = draws.shared()
    n = len(draws.rows)
    levels = draws.levels(0, n, shared.person).copy()
    inside = Inside(drawn, draws.rows)
    tile = inside.tile(0, n, levels.copy(), shared)
    u, lanes = place(inside.thresholds.readiness, tile, shared.weights, shared)
    for draw in some:
        now = np.where(drawn.needed[None, :], levels[:, :, draw].T, drawn.inputs.levels).astype(np.int8)
        rules = _with_weights(drawn.rules, shared.weights[:, draw].tolist())
        columns = evaluate_rows(rules, replace(drawn.inputs, levels=now))
        assert lanes[:, draw].tolist() == columns.lanes.tolist()
        assert tile.classes[:, draw].tolist() == columns.classes.tolist()
        assert pytest.approx(columns.scores, abs=1e-9) == tile.scores[:, :, draw].T
        steps = 1000 * (6 - columns.lanes.astype(int)) + 200 * (3 - columns.classes.astype(int))
        assert u[:, draw] / SCALE == pytest.approx(steps + columns.readiness, abs=1e-8)


@given(random_sessions(), st.lists(st.integers(0, CHUNK - 1), min_size=1, max_size=4))
@settings(max_examples=30)
def test_weights_and_people_with_unknowns_left_unknown(snapshot: Snapshot, some: list[int]) -> None:
    _assert_every_draw_agrees(find_drawn(snapshot, frozenset({"weights", "people"})), some)


def _known(snapshot: Snapshot) -> Snapshot:
    """Every level is known and the room's ballots are gone, so that coverage is 1 whatever is drawn."""
    cases = {
        u.id: replace(u, levels=bytes(3 if b == 255 else b for b in u.levels), rounds={})
        for u in snapshot.use_cases.values()
    }
    return replace(snapshot, use_cases=cases)


@given(random_sessions(tweak=_known), st.lists(st.integers(0, CHUNK - 1), min_size=1, max_size=4))
@settings(max_examples=30)
def test_drawn_levels(snapshot: Snapshot, some: list[int]) -> None:
    drawn = find_drawn(snapshot, frozenset({"weights", "evidence"}))
    # A claim counts as doubt; the proofs of a gate stay what they are.
    _assert_every_draw_agrees(drawn, some)


@given(random_sessions(most=6))
@settings(max_examples=30)
def test_without_any_source_every_draw_is_the_ranking(snapshot: Snapshot) -> None:
    evaluation = evaluate(snapshot)
    if not (evaluation.columns.levels[:, evaluation.rules.scored] >= 0).any():
        return
    found = robustness(snapshot, 2, 0, 1, without=("weights", "people", "evidence", "scale"))
    rank = {id_: int(r) for id_, r in zip(evaluation.inputs.ids, _ranks_by_u(evaluation), strict=True)}
    for each in found.use_cases:
        assert each.rank_acceptability == [(rank[each.id], 1.0)]
        lane = LANES[int(evaluation.columns.lanes[evaluation.row_of[each.id]])]
        assert each.lane_share[lane] == 1.0
        assert each.top_share == float(rank[each.id] == 1)


def _ranks_by_u(evaluation: object) -> list[int]:
    """Ranks by lane, class and readiness: worth breaks ties in the ranking, not in a draw."""
    columns = evaluation.columns  # type: ignore[attr-defined]
    keys = [
        (int(lane), int(class_), -round(float(r), 9))
        for lane, class_, r in zip(columns.lanes, columns.classes, columns.readiness, strict=True)
    ]
    return [1 + sum(other < key for other in keys) for key in keys]


def test_a_respaced_scale_moves_no_one_across_a_threshold_who_meets_it_in_every_criterion() -> None:
    """All at level 3 is above “50” and “60” however far apart the levels are."""
    found = robustness(sample(), 1_000, without=("weights", "evidence", "people"))
    by_number = {each.number: each for each in found.use_cases}
    for number in (1, 2, 3, 4):
        assert by_number[number].lane_share["pilot-first"] == 1.0
    for number in (5, 6, 7, 8):
        assert by_number[number].lane_share["not-yet"] == 1.0
