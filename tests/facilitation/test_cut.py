"""The cut of a long list, and the pace that a session teaches."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.facilitation.capacity import ASSUMED, capacity, minutes_shown
from prioritizer.facilitation.clock import Happening, pace
from prioritizer.facilitation.cut import Candidate, cut, votes_each
from prioritizer.facilitation.queue import Talk


def test_bounded_with_data_first_and_votes_for_the_rest() -> None:
    result = cut(
        [
            Candidate("show", 1, bounded=0, data=1, votes=9),
            Candidate("dull", 2, bounded=4, data=3),
            Candidate("duller", 3, bounded=3, data=2, votes=1),
            Candidate("liked", 4, bounded=1, data=0, votes=5),
            Candidate("unknown", 5, bounded=None, data=4, votes=5),
            Candidate("nothing", 6),
        ],
        seats=3,
    )
    assert result.first == ("dull", "duller")
    assert result.voted == ("show",)
    assert result.out == ("liked", "unknown", "nothing")
    assert result.vote_alone == ("show", "liked", "unknown")
    assert result.saved == ("dull", "duller")
    assert result.dropped == ("liked", "unknown")
    assert result.tied == ()


def test_a_tie_at_the_last_seat_is_told() -> None:
    result = cut([Candidate("a", 1, votes=2), Candidate("b", 2, votes=2), Candidate("c", 3, votes=1)], 1)
    assert (result.voted, result.tied) == (("a",), ("b",))


def test_more_qualify_than_there_are_seats() -> None:
    many = [Candidate(str(n), n, bounded=3 + n % 2, data=2 + n % 3) for n in range(1, 13)]
    result = cut(many, 4)
    assert len(result.first) == 4
    assert result.voted == ()
    weakest = [min(c.bounded or 0, c.data or 0) for c in many if c.id in result.first]
    assert min(weakest) >= max(min(c.bounded or 0, c.data or 0) for c in many if c.id in result.out)


@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 4), st.none() | st.integers(0, 4), st.integers(0, 5)),
        max_size=30,
    ),
    st.integers(1, 12),
)
def test_every_candidate_is_in_one_place(rows: list[tuple[int | None, int | None, int]], seats: int) -> None:
    candidates = [Candidate(str(n), n, b, d, v) for n, (b, d, v) in enumerate(rows)]
    result = cut(candidates, seats)
    assert sorted((*result.keep, *result.out)) == sorted(c.id for c in candidates)
    assert len(result.keep) <= seats
    by_id = {c.id: c for c in candidates}
    assert all(by_id[i].qualifies for i in result.first)
    assert all(by_id[i].votes for i in result.voted)
    assert set(result.saved) | set(result.dropped) == set(result.keep) ^ set(result.vote_alone)


@pytest.mark.parametrize(
    ("number", "votes"), [(0, (0, 0)), (2, (1, 1)), (9, (3, 3)), (30, (6, 10)), (60, (8, 20))]
)
def test_votes_each_lie_between_the_root_and_a_third(number: int, votes: tuple[int, int]) -> None:
    assert votes_each(number) == votes


def test_the_rubric_s_capacities() -> None:
    for cases, criteria, minutes in ((8, 5, 23), (12, 5, 34), (12, 8, 55), (20, 5, 58), (12, 16, 110)):
        assert abs(capacity(cases, criteria).talk - minutes) <= 0.5
    assert minutes_shown(capacity(12, 8, 9).total) == 64


def test_pace_is_learnt_from_the_session_s_own_timestamps() -> None:
    nine = dt.datetime(2026, 3, 9, 9, 0, tzinfo=dt.UTC)
    assert pace([]).rates == ASSUMED
    assert pace([]).observed == ()
    log: list[Happening] = []
    second = 0.0
    for n in range(24):
        cell = (str(n), "P1")
        log.append(Happening(nine + dt.timedelta(seconds=second), "ballot", (cell,), 8))
        second += 8 * 0.4
    log.append(
        Happening(nine + dt.timedelta(seconds=second), "reveal", tuple((str(n), "P1") for n in range(24)))
    )
    for n in range(6):
        second += 90
        log.append(Happening(nine + dt.timedelta(seconds=second), "revote", ((str(n), "P1"),)))
    second += 3600  # lunch is not talk
    log.append(Happening(nine + dt.timedelta(seconds=second), "claim", (("9", "P1"),)))
    found = pace(log)
    assert found.rates.seconds_an_answer == pytest.approx(0.4)
    assert found.rates.minutes_a_contested == pytest.approx(1.5)
    assert found.rates.contested_share == pytest.approx(7 / 24)
    assert found.rates.seconds_a_cell == ASSUMED.seconds_a_cell
    assert "seconds_a_cell" not in found.observed


def test_the_header_of_the_queue() -> None:
    assert Talk(12, 2.5, 18).words() == (
        "12 contested cells, about 30 minutes; 18 minutes left: 7 fit, 5 are skipped. "
        "If time ends now, all 12 keep the room value as it stands."
    )
    assert (
        Talk(2, 2.5, 18).words().startswith("2 contested cells, about 5 minutes; 18 minutes left: all fit.")
    )
    assert "Nothing is contested" in Talk(0).words()
    assert Talk(3, 2.5, -4).fits == 0
