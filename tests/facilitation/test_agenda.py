"""Phases that can be skipped, repeated and moved, minutes that are refitted, and a quiet timer."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.facilitation import agenda as a
from prioritizer.facilitation.clock import Timer
from prioritizer.model.presets import load_preset
from prioritizer.model.running import Phase, Running, read_running

NINE = dt.datetime(2026, 3, 9, 9, 0, tzinfo=dt.UTC)
AGENDA = load_preset("pilot-first").preset.agenda[0]


def at(minutes: float) -> dt.datetime:
    return NINE + dt.timedelta(minutes=minutes)


def test_an_agenda_runs_from_phase_to_phase() -> None:
    plan = a.phases_of(AGENDA)
    assert (a.current(plan), a.following(plan)) == (None, 0)
    plan = a.begin(plan, 0, at(0))
    plan = a.begin(plan, 1, at(3))
    assert [p.state for p in plan[:3]] == ["done", "running", "open"]
    assert a.minutes_of(plan[0], at(99)) == 3
    assert a.minutes_of(plan[1], at(5)) == 2
    assert a.following(plan) == 2
    assert a.begun(plan) == NINE
    plan = a.finish(plan, at(8))
    assert a.current(plan) is None


def test_nothing_is_lost_by_skipping_repeating_and_moving() -> None:
    plan = a.begin(a.phases_of(AGENDA), 0, at(0))
    plan = a.skip(plan, 1, at(1))
    assert plan[1].state == "skipped"
    assert a.following(plan) == 2, "a skipped phase is passed over"
    assert a.begin(plan, 1, at(2))[1].state == "running", "and can be begun all the same"
    plan = a.begin(plan, 2, at(2))
    again = a.begin(plan, 0, at(4))
    assert len(again) == len(plan) + 1
    assert again[0] == plan[0], "what was done keeps its times"
    assert (again[3].step, again[3].state) == (plan[0].step, "running")
    moved = a.move(plan, 5, 3)
    assert [p.step for p in moved][3] == plan[5].step
    assert sorted(p.step for p in moved) == sorted(p.step for p in plan)
    with pytest.raises(IndexError):
        a.move(plan, 0, 99)


def test_the_plan_is_refitted_to_the_minutes_left() -> None:
    plan = a.begin(a.phases_of(AGENDA), 0, at(0))
    planned = a.slots(AGENDA, plan, 60)
    assert [s.minutes for s in planned] == [s.minutes for s in AGENDA.step]
    late = a.begin(plan, 1, at(20))
    slots = a.slots(AGENDA, late, 40, 0)
    assert slots[0].minutes == 20, "what is over shows what it took"
    assert sum(s.minutes for s in slots[1:]) == 40
    assert all(s.minutes >= 1 for s in slots)
    without = a.slots(AGENDA, a.skip(late, 7, at(20)), 40, 0)
    assert sum(s.minutes for s in without if s.phase.state in ("open", "running")) == 40


@pytest.mark.parametrize("spent", [0.0, 0.4, 1.0, 2.9])
def test_a_session_on_time_is_not_refitted(spent: float) -> None:
    plan = a.begin(a.phases_of(AGENDA), 0, at(0))
    later = [s.minutes for s in a.slots(AGENDA, plan, 60 - spent, spent)][1:]
    assert later == [s.minutes for s in AGENDA.step][1:]


@given(st.lists(st.integers(1, 60), max_size=20), st.integers(-5, 300))
def test_refit_gives_out_exactly_what_is_left(wanted: list[int], left: int) -> None:
    given_out = a.refit(wanted, left)
    assert len(given_out) == len(wanted)
    if wanted:
        assert sum(given_out) == max(left, 0)
        assert all(g >= (1 if left >= len(wanted) else 0) for g in given_out)
        bigger = [g for _, g in sorted(zip(wanted, given_out, strict=True))]
        assert all(y >= x - 1 for x, y in itertools.pairwise(bigger)), "who was planned longer gets no less"
    if sum(wanted) == left:
        assert given_out == wanted


def test_the_timer_changes_seldom() -> None:
    timer = Timer(NINE, 10)
    assert [timer.words(at(m)) for m in (0, 0.5, 2, 9.5, 10.2, 12.5)] == [
        "10 min left",
        "10 min left",
        "8 min left",
        "last minute",
        "time is up",
        "2 min over",
    ]
    assert [timer.mood(at(m)) for m in (0, 8.5, 11)] == ["calm", "soon", "over"]


def test_how_a_session_is_run_survives_its_json() -> None:
    running = Running("min60", (Phase("open", "done", "2026-03-09T09:00:00+00:00", None),), "park")
    assert read_running(running.document()) == running
    assert Running("min60").document() == "min60"
    assert read_running("min60") == Running("min60")
    strangers: tuple[object, ...] = (
        None,
        7,
        [],
        {"id": 3, "phases": "x", "deadlock": "?"},
        {"phases": [[1], ["a", "b", 1, 2]]},
    )
    for strange in strangers:
        assert read_running(strange).phases == ()
        assert read_running(strange).deadlock == "lower"
