"""The questions of Rate as data: who brings what, what a cell says, what is still empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from prioritizer.model.session import Round, Snapshot, UseCase
from prioritizer.workshop.commands.frame import AddParticipant, AskCriterion
from prioritizer.workshop.sample import create_sample
from prioritizer.workshop.service import Workshop
from prioritizer.workshop.views import rating
from prioritizer.workshop.views.card import matches
from prioritizer.workshop.views.standing import standing


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with create_sample(tmp_path / "s.sqlite") as w:
        yield w


def ladder(snapshot: Snapshot, criterion: str) -> rating.Ladder:
    return next(x for x in rating.ladders(snapshot) if x.criterion.id == criterion)


def test_only_what_is_asked_is_a_ladder(workshop: Workshop) -> None:
    assert len(rating.ladders(workshop.snapshot)) == 24
    workshop.do(AskCriterion("V2", "off"))
    found = rating.ladders(workshop.snapshot)
    assert [x.place for x in found] == list(range(1, 24))
    assert "V2" not in [x.criterion.id for x in found]
    assert found[-1].column == 23, "the column stays that of the preset"


def test_who_brings_it(workshop: Workshop) -> None:
    assert ladder(workshop.snapshot, "P1").brought_by == "asked in the room"
    assert ladder(workshop.snapshot, "D2").brought_by == "Data brings this"
    workshop.do(AddParticipant("Ann", role="business"))
    found = ladder(workshop.snapshot, "D2")
    assert found.absent
    assert found.brought_by == "Data brings this; nobody with that role is here"
    workshop.do(AddParticipant("Dee", role="data"))
    found = ladder(workshop.snapshot, "D2")
    assert not found.absent
    assert found.brought_by == "Data brings this, and is here"
    workshop.do(AskCriterion("D2", "room"))
    assert ladder(workshop.snapshot, "D2").brought_by == "asked in the room"


def test_marks_of_a_cell(workshop: Workshop) -> None:
    case = workshop.use_cases[0]
    workshop.rate(case, "D1", 3, evidence="reported")
    workshop.rate(case, "P2", 0)
    snapshot = workshop.snapshot
    case = snapshot.use_cases[case.id]
    found = rating.cell(case, ladder(snapshot, "D1"))
    assert found.unproven
    assert not found.todo
    assert rating.cell(case, ladder(snapshot, "P2")).todo
    assert not rating.cell(case, ladder(snapshot, "P2")).unproven
    workshop.rate(case, "D1", 3, evidence="measured")
    snapshot = workshop.snapshot
    found = rating.cell(snapshot.use_cases[case.id], ladder(snapshot, "D1"))
    assert not found.unproven
    assert found.measured_on


def test_the_room_value_stands_where_nothing_is_agreed(workshop: Workshop) -> None:
    workshop.rate(workshop.use_cases[0], "P1", None)
    snapshot = workshop.snapshot
    case = replace(
        snapshot.use_cases[workshop.use_cases[0].id],
        rounds={"P1": (Round("r", 1, "revealed", b"\x02\x03\x01\x03"),)},
    )
    found = rating.cell(case, ladder(snapshot, "P1"))
    assert (found.level, found.agreed, found.room) == (2, False, 2)
    assert rating.is_rated(case, ladder(snapshot, "P1"))
    hidden = replace(case, rounds={"P1": (Round("r", 1, "open", b"\xfd\xfd"),)})
    assert rating.cell(hidden, ladder(snapshot, "P1")).level is None
    asked = rating.ladders(snapshot)
    assert rating.rated_by_criterion([case, hidden], asked)[0] == 1


def test_progress_counts_what_has_a_level(workshop: Workshop) -> None:
    asked = rating.ladders(workshop.snapshot)
    cases = workshop.use_cases
    assert set(rating.rated_by_criterion(cases, asked)) == {12}
    assert rating.rated_by_criterion([], asked) == (0,) * 24
    workshop.rate(cases[3], "G2", None)
    counts = rating.rated_by_criterion(workshop.use_cases, asked)
    assert counts[13] == 11
    assert rating.rated_of(workshop.use_cases[3], asked) == 23


@pytest.mark.parametrize(
    ("start", "by_criterion", "found"),
    [
        ((0, 0), True, (1, 0)),
        ((1, 0), True, (2, 2)),
        ((2, 2), True, (0, 3)),
        ((0, 3), True, (1, 0)),
        ((-1, 0), True, (1, 0)),
        ((0, 0), False, (0, 3)),
        ((0, 3), False, (1, 0)),
        ((1, 0), False, (2, 2)),
        ((2, 2), False, (0, 3)),
    ],
)
def test_the_next_gap_goes_round(
    workshop: Workshop, start: tuple[int, int], by_criterion: bool, found: tuple[int, int]
) -> None:
    asked = rating.ladders(workshop.snapshot)
    for row, column in ((1, 0), (2, 2), (0, 3)):
        workshop.rate(workshop.use_cases[row], asked[column].criterion.id, None)
    cases = workshop.use_cases
    assert rating.next_unrated(cases, asked, *start, by_criterion=by_criterion) == found


def test_no_gap_left(workshop: Workshop) -> None:
    asked = rating.ladders(workshop.snapshot)
    assert rating.next_unrated(workshop.use_cases, asked, 0, 0, by_criterion=True) is None
    assert rating.next_unrated([], asked, -1, 0, by_criterion=True) is None
    workshop.rate(workshop.use_cases[0], "P1", None)
    cases = workshop.use_cases
    assert rating.next_unrated(cases, asked, 5, 5, by_criterion=True) == (0, 0)
    waiting = {(cases[0].id, "P1")}
    assert rating.next_unrated(cases, asked, 5, 5, by_criterion=True, given=waiting) is None


def test_facts_in_words() -> None:
    case = UseCase("u", "T", systems=("ERP", "Mail"), logins=1, cases_month=1250.0, minutes_each=2.5)
    assert rating.facts_words(case, ("systems",)) == "2 systems: ERP, Mail"
    assert rating.facts_words(case, ("systems", "logins"), names=False) == "2 systems · 1 login"
    assert (
        rating.facts_words(case, ("cases_month", "minutes_each"))
        == "1,250 cases a month · 2.5 min each · 52 h a month"
    )
    assert rating.facts_words(UseCase("u", "T"), rating.ALL_FACTS) == ""
    assert rating.facts_words(UseCase("u", "T", systems=()), ("systems",)) == "0 systems"


def test_a_filter_finds_words_in_any_order_and_numbers() -> None:
    case = UseCase("u", "Support ticket routing", 7, task="set the queue", tags=("Agency X",))
    for words in ("ticket", "routing support", "queue", "agency", "#7"):
        assert matches(case, words.casefold().split())
    for words in ("invoice", "ticket invoice", "#8"):
        assert not matches(case, words.casefold().split())


def test_where_a_use_case_stands(workshop: Workshop) -> None:
    case = workshop.use_cases[9]
    before = standing(workshop.snapshot, workshop.evaluation, case.id)
    workshop.rate(case, "D4", 3)
    after = standing(workshop.snapshot, workshop.evaluation, case.id)
    assert before is not None
    assert after is not None
    assert (before.readiness, before.lane_title, before.held_by[0][0]) == (66, "Fix, then pilot", "D4")
    assert (after.readiness, after.lane_title, after.held_by) == (68, "Pilot first", ())
    assert [i for i, _, _ in after.dimensions] == ["P", "D", "I", "G"]
    assert standing(workshop.snapshot, workshop.evaluation, "nobody") is None
