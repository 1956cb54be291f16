"""The clock as a story: phases are begun, skipped, repeated and moved, and the time is told quietly."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.model.changes import Builder, empty
from prioritizer.model.presets import load_preset
from prioritizer.model.running import Phase, Running
from prioritizer.tui.screens.base import StageScreen
from prioritizer.tui.screens.clock import ClockScreen
from prioritizer.tui.screens.stage_clock import StageClock
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.tui.widgets.stagebar import StageBar
from prioritizer.tui.widgets.textpane import TextPane
from prioritizer.workshop.service import Workshop
from prioritizer.workshop.views.agenda import agenda_view
from tests.tui.conftest import LARGE, SMALL, OpenRoom, Room

NINE = dt.datetime(2026, 3, 9, 9, 0, tzinfo=dt.UTC)


class Wall:
    """A clock on the wall of the test."""

    def __init__(self, room: Room) -> None:
        self.now = NINE
        room.workshop._clock = lambda: self.now

    def later(self, minutes: float) -> None:
        self.now += dt.timedelta(minutes=minutes)


def states(room: Room) -> list[tuple[str, str]]:
    return [(p.step, p.state) for p in room.workshop.snapshot.phases]


def at(room: Room, place: int) -> None:
    room.app.screen.query_one(RowList).select(str(place))


def stage_clock(room: Room) -> StageClock:
    screen = room.app.screen
    assert isinstance(screen, StageScreen)
    return screen.stage_clock


@pytest.fixture
def hour(small_session: Path) -> Path:
    """A session that has an agenda of 60 minutes."""
    from prioritizer.workshop.commands.frame import SetSession

    with Workshop.open(small_session) as w:
        w.do(SetSession(agenda="min60", minutes=60))
    return small_session


async def test_without_an_agenda_it_says_what_to_press_and_brings_one(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="gate") as room:
        await room.press("K")
        assert isinstance(room.app.screen, ClockScreen)
        assert "a chooses one" in room.text()
        await room.press("n")
        assert "Choose an agenda with a first" in room.said[-1]
        await room.press("a", "ctrl+s")
        assert room.workshop.snapshot.agenda == "min60"
        assert "Purpose, decision rule" in room.text()
        await room.press("escape")
        assert room.app.screen.query_one(StageBar) is not None


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_session_from_phase_to_phase(hour: Path, open_room: OpenRoom, size: tuple[int, int]) -> None:
    async with open_room(hour, stage="collect", size=size) as room:
        wall = Wall(room)
        await room.press("ctrl+t")  # also while somebody types
        await room.press("n")
        assert states(room)[0] == ("open", "running")
        assert "3 min left" in room.text()
        said = room.app.screen.query_one("#clock-say", TextPane).plain
        assert "this is our rule" in said
        assert "alt+1" in said
        wall.later(2.5)
        await room.press("n")
        assert states(room)[:2] == [("open", "done"), ("read", "running")]
        wall.later(4)
        await room.press("escape")
        stage_clock(room).minute_over()  # what its timer does
        await room.settle()
        first = room.lines()[0]
        assert "2 min left" in first or "last minute" in first
        wall.later(7)
        stage_clock(room).minute_over()
        await room.settle()
        assert "min over" in room.lines()[0]
        await room.press("u")  # the input has the focus: it types
        await room.press("escape", "u")
        assert states(room)[:2] == [("open", "running"), ("read", "open")]


async def test_nothing_is_lost_by_skipping_repeating_moving_and_undo(hour: Path, open_room: OpenRoom) -> None:
    async with open_room(hour, stage="frame") as room:
        wall = Wall(room)
        await room.press("K", "n")
        wall.later(3)
        at(room, 4)
        await room.press("s")
        assert states(room)[4] == ("rate", "skipped")
        at(room, 2)
        await room.press("r")
        at(room, 6)
        await room.press("J")
        assert Counter(step for step, _ in states(room))["calibrate"] == 2
        assert set(Counter(s for s, _ in states(room))) == {
            s.id for s in room.workshop.snapshot.preset.agenda[0].step
        }
        order = [step for step, _ in states(room)]
        await room.press("E")
        assert sorted(s for s, _ in states(room)) == sorted(order)
        at(room, 5)
        await room.press("enter")
        assert sum(state == "running" for _, state in states(room)) == 1
        assert states(room)[0] == ("open", "done")
        phases = room.workshop.snapshot.phases
        assert (phases[0].started, phases[0].ended) == (NINE.isoformat(), wall.now.isoformat())
        before = states(room)
        for _ in range(5):
            await room.press("u")
        steps = [s.id for s in room.workshop.snapshot.preset.agenda[0].step]
        assert states(room) == [(s, "open" if i else "running") for i, s in enumerate(steps)]
        for _ in range(5):
            await room.press("ctrl+y")
        assert states(room) == before


async def test_the_plan_refits_to_the_minutes_that_are_left(hour: Path, open_room: OpenRoom) -> None:
    async with open_room(hour, stage="frame", size=LARGE) as room:
        wall = Wall(room)
        await room.press("K", "n")
        wall.later(20)
        await room.press("m")
        for _ in range(2):
            await room.press("backspace")
        await room.type("15")
        await room.press("ctrl+s")
        assert room.workshop.snapshot.minutes == 35
        view = agenda_view(room.workshop.snapshot, wall.now)
        assert view is not None
        assert sum(s.minutes for s in view.slots if s.phase.state in ("open", "running")) == 15
        assert "15 minutes of 35 left" in room.text()
        await room.press("m")
        await room.type("x")
        await room.press("ctrl+s")
        assert "is not a whole number of minutes" in room.text()


async def test_it_leads_to_the_stage_of_a_phase(hour: Path, open_room: OpenRoom) -> None:
    async with open_room(hour, stage="frame") as room:
        await room.press("K")
        at(room, 3)
        await room.press("g")
        assert room.app.screen.query_one(StageBar)._here == "gate"


async def test_a_click_on_the_timer_opens_it(hour: Path, open_room: OpenRoom) -> None:
    async with open_room(hour, stage="rank", size=LARGE) as room:
        Wall(room)
        await room.press("K", "n", "escape")
        column = room.lines()[0].index("min left")
        await room.click(offset=(column, 0))
        assert isinstance(room.app.screen, ClockScreen)


async def test_it_is_repainted_when_the_words_change_and_not_before(hour: Path, open_room: OpenRoom) -> None:
    async with open_room(hour, stage="rank") as room:
        wall = Wall(room)
        await room.press("K", "n", "escape")
        wall.later(0.5)
        view = stage_clock(room).view()
        assert view is not None
        assert view.timer == "3 min left"
        assert view.changes_in == pytest.approx(30)


AGENDA = load_preset("pilot-first")


@given(st.floats(0.01, 200), st.integers(0, 10))
def test_the_timer_says_the_same_until_then_and_something_else_after(minutes: float, place: int) -> None:
    steps = [s.id for s in AGENDA.preset.agenda[0].step]
    phases = tuple(
        Phase(s, "running", NINE.isoformat()) if i == place else Phase(s) for i, s in enumerate(steps)
    )
    builder = Builder(empty("x", AGENDA.preset, AGENDA.hash, AGENDA.text))
    builder.write("session", (), "agenda", json.dumps(Running("min60", phases).document()))
    snapshot = builder.done()
    now = NINE + dt.timedelta(minutes=minutes)
    view = agenda_view(snapshot, now)
    assert view is not None
    assert view.changes_in is not None
    assert 0 < view.changes_in <= 60
    before = agenda_view(snapshot, now + dt.timedelta(seconds=view.changes_in - 0.01))
    after = agenda_view(snapshot, now + dt.timedelta(seconds=view.changes_in + 0.01))
    assert before is not None
    assert after is not None
    if view.changes_in > 0.02:
        assert before.timer == view.timer
    assert after.timer != view.timer or view.timer in ("last minute",)
