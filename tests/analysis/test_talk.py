"""What to talk about next: closed forms, from the ranking itself with one level exchanged."""

from __future__ import annotations

import dataclasses
import random
import warnings
from pathlib import Path

import pytest

from prioritizer import Workshop
from prioritizer.analysis.evidence import OPINION
from prioritizer.analysis.talk import DRAWS, cell_effects
from prioritizer.model.session import UNKNOWN, Snapshot, UseCase
from prioritizer.scoring.evaluate import evaluate
from prioritizer.workshop.views.talk import effect_words, talk_view
from tests.pictures.sessions import make_room
from tests.scoring.sessions import case, preset, session

PILOT = preset("pilot-first")
ALL = dict.fromkeys(PILOT.criterion_ids, 3)


def ready(title: str, levels: dict[str, int | None] | None = None, loose: tuple[str, ...] = ()) -> UseCase:
    """Ready for a pilot, all of it measured but for what is loose or unknown."""
    wanted = {**ALL, **(levels or {})}
    tags = {c: "measured" for c in wanted if c not in loose and wanted[c] is not None}
    return case("pilot-first", title, wanted, evidence=tags)


def alone(cases: list[UseCase], top: int) -> Snapshot:
    return dataclasses.replace(session("pilot-first", *cases), top=top)


def in_top(snapshot: Snapshot, use_case: str, cell: str, level: int) -> bool:
    """By the ranking itself, with this level stated."""
    own = snapshot.use_cases[use_case]
    levels = bytearray(own.levels)
    levels[PILOT.criterion_index()[cell]] = level
    changed = {**snapshot.use_cases, use_case: dataclasses.replace(own, levels=bytes(levels))}
    again = evaluate(dataclasses.replace(snapshot, use_cases=changed))
    return use_case in {again.inputs.ids[row] for row in again.order[: snapshot.top]}


@pytest.mark.parametrize("seed", range(8))
def test_where_one_opinion_is_all_that_is_open_it_decides_as_often_as_its_levels_do(seed: int) -> None:
    """Nothing else is drawn: then 2·p·(1 − p) of two draws differ, p = the share of its levels that put it in."""
    source = random.Random(seed)
    columns = PILOT.criterion_index()
    cell = source.choice(("P1", "G2", "B1", "B2"))
    # Different in a fact that counts, so that none ties with another.
    cases = [ready(t, {"P2": level, cell: 3}) for t, level in zip("ABCD", (1, 2, 3, 4), strict=True)]
    number = source.randrange(4)
    tags = bytearray(cases[number].evidence)
    tags[columns[cell]] = UNKNOWN
    cases[number] = dataclasses.replace(cases[number], evidence=bytes(tags))
    snapshot = alone(cases, 2)
    found = cell_effects(snapshot, evaluate(snapshot), 2, without=("weights", "scale"))
    assert found is not None
    shares = [0.0] * 5
    for step, share in zip(range(-2, 3), OPINION, strict=True):
        shares[min(max(3 + step, 0), 4)] += share
    p = sum(shares[level] for level in range(5) if in_top(snapshot, cases[number].id, cell, level))
    expected = 2 * p * (1 - p)
    # 4,096 draws: four standard errors of p, and the slope of 2p(1 − p) is at most 2.
    assert sum(e.share for e in found) == pytest.approx(
        expected, abs=2 * 4 * (p * (1 - p) / DRAWS) ** 0.5 + 1e-9
    )
    assert {(e.use_case, e.criterion, e.kind) for e in found} <= {(cases[number].id, cell, "opinion")}


def test_what_is_measured_is_not_listed_and_what_decides_nothing_is_not_either() -> None:
    # C can never reach the top 1: its unknown moves nothing; A and B are measured throughout.
    cases = [ready("A", {"P1": 4}), ready("B"), ready("C", {"P1": 0, "D1": 0, "P2": None})]
    snapshot = alone(cases, 1)
    assert cell_effects(snapshot, evaluate(snapshot), 1) == []


def test_nothing_decides_who_is_in_the_top_of_all() -> None:
    snapshot = alone([ready("A", {}, ("P1",)), ready("B")], 2)
    assert cell_effects(snapshot, evaluate(snapshot), 2) == []
    assert cell_effects(session("pilot-first"), evaluate(session("pilot-first")), 3) == []


def test_it_ends_where_nobody_waits_any_more() -> None:
    snapshot = alone([ready("A", {}, ("P1",)), ready("B")], 1)
    assert cell_effects(snapshot, evaluate(snapshot), 1, going_on=lambda: False) is None


def test_a_ballot_of_nothing_but_question_marks_is_counted_as_what_it_is(tmp_path: Path) -> None:
    """In the quick room one cell has no level on any ballot: unknown is a group of its own, not another row's 4."""
    make_room(tmp_path / "room.sqlite")
    with Workshop.open(tmp_path / "room.sqlite") as w, warnings.catch_warnings():
        warnings.simplefilter("error")
        found = cell_effects(w.snapshot, w.evaluation, 3)
        assert found is not None
        assert all(0 < e.share <= 0.5 for e in found)
        w.robustness(draws=1_024)


def test_in_words() -> None:
    assert effect_words(0.189, 3) == "in 18 % of draws it decides who is in the top 3"
    assert effect_words(0.5, 1) == "in 50 % of draws it decides who is first"
    cases = [ready("A"), ready("B", {"P1": None}), ready("C", {"P1": 2})]
    snapshot = alone(cases, 2)
    view = talk_view(snapshot, cell_effects(snapshot, evaluate(snapshot), 2) or [], minutes_left=1)
    assert [(row.title, row.criterion, row.now) for row in view.rows][:1] == [("B", "P1", "nobody knows yet")]
    assert "open cell" in view.talk.words()
    assert view.talk.fits == 0
