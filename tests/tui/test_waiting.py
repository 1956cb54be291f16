"""What takes its time says so, and stops saying so; what is too long a list says that."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.screen import Screen

from prioritizer.tui import run_app
from prioritizer.tui.app import PrioritizerApp
from prioritizer.tui.screens.history import HistoryScreen
from prioritizer.tui.screens.rank import RankScreen
from prioritizer.tui.screens.rank_why import ReadScreen
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.workshop.service import Workshop

from .conftest import DEADLINE, OpenRoom, Room


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for before it is spoken of."""
    monkeypatch.setattr("prioritizer.tui.background.PATIENCE", 0.0)


class Held:
    """A function that goes on only when it is let."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self._real = real
        self._free = threading.Event()
        self.begun = threading.Event()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.begun.set()
        assert self._free.wait(20)
        return self._real(*args, **kwargs)

    def let_go(self) -> None:
        self._free.set()


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Held]]:
    held: list[Held] = []

    def holding(where: str) -> Held:
        owner, _, name = where.rpartition(".")
        module, _, kind = owner.rpartition(".")
        place = getattr(__import__(module, fromlist=[kind]), kind)
        held.append(Held(getattr(place, name)))
        # A plain function, so that it is a method where it stands in a class.
        one = held[-1]
        monkeypatch.setattr(where, lambda *args, **kwargs: one(*args, **kwargs))
        return one

    yield holding
    for each in held:
        each.let_go()


def notes(room: Room) -> list[str]:
    """Messages that stand on the screen now."""
    return [n.message for n in room.app._notifications]


async def until(room: Room, there: Callable[[], bool]) -> None:
    """Waits for something while what is held back runs on: `Room.until`, and the pilot, would wait for that, too."""
    end = time.monotonic() + DEADLINE
    while not there():
        assert time.monotonic() < end, (notes(room), room.text())
        await asyncio.sleep(0.01)


async def test_a_session_that_takes_long_to_open_says_so(
    open_room: OpenRoom, sample_session: Path, hold: Callable[[str], Held]
) -> None:
    async with open_room() as room:
        slow = hold("prioritizer.workshop.service.Workshop.open")
        opening = room.app.open_session(lambda: Workshop.open(sample_session), stage="rank")
        task = room.app.run_worker(opening)
        await until(room, lambda: notes(room) == ["Opening the session …"])
        slow.let_go()
        await task.wait()
        await room.settle()
        assert "Opening the session …" not in notes(room)
        assert "Support ticket routing" in room.text()


def test_before_there_is_a_screen_the_shell_can_say_so(
    sample_session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened = []

    @contextmanager
    def meanwhile() -> Iterator[None]:
        happened.append("begun")
        yield
        happened.append("over")

    def opened(path: str) -> Workshop:
        happened.append("opened")
        return Workshop.open(path)

    def run(app: PrioritizerApp) -> int:
        happened.append("run")
        app.workshop.close()
        return 0

    monkeypatch.setattr("prioritizer.tui.run.check_terminal", lambda: None)
    monkeypatch.setattr("prioritizer.tui.app.open_workshop", opened)
    monkeypatch.setattr(PrioritizerApp, "run", run)
    assert run_app(str(sample_session), meanwhile=meanwhile()) == 0
    assert happened == ["begun", "opened", "over", "run"]


async def test_what_is_waited_for_stays_when_something_else_is_said(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="rank") as room:
        first = room.app.say_waiting("Nearest …")
        room.app.say("saved")
        second = room.app.say_waiting("Reading …")
        await room.settle()
        assert sorted(notes(room)) == ["Nearest …", "Reading …", "saved"]
        first()
        second()
        assert notes(room) == ["saved"]


async def test_an_action_that_takes_long_says_which(
    open_room: OpenRoom, sample_session: Path, hold: Callable[[str], Held]
) -> None:
    async with open_room(sample_session, stage="rank") as room:
        slow = hold("prioritizer.workshop.views.near.near_view")
        room.app.post_message(events.Key("n", "n"))
        await until(room, lambda: "Nearest …" in room.text())
        slow.let_go()
        await until(room, lambda: isinstance(room.app.screen, ReadScreen))
        await room.settle()
        assert notes(room) == []


async def test_a_long_log_is_read_while_keys_go_on_working(
    open_room: OpenRoom, sample_session: Path, hold: Callable[[str], Held]
) -> None:
    async with open_room(sample_session, stage="rank") as room:
        slow = hold("prioritizer.workshop.service.Workshop.history")
        await room.pilot.press("H")
        await until(room, lambda: isinstance(room.app.screen, HistoryScreen) and slow.begun.is_set())
        await room.pilot.pause()
        assert "Reading the log" in room.text()
        await room.pilot.press("x")
        await room.pilot.pause()
        assert "Reading the log" in room.text(), "a filter does not make an empty log of it"
        await room.pilot.press("escape")
        await until(room, lambda: not isinstance(room.app.screen, HistoryScreen))
        slow.let_go()
        await room.settle()
        await room.press("H")
        assert "Reading the log" not in room.text()
        assert "the session itself" in room.text()


async def test_too_many_to_draw_is_not_drawing(
    open_room: OpenRoom, sample_session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prioritizer.analysis.endurance.MOST", 11)
    async with open_room(sample_session, stage="rank") as room:
        await room.press("s")
        text = room.text()
        assert "12 use cases are too many to try the order of" in text
        assert "drawing" not in text.casefold()
        assert "nothing drawn" in text


async def test_too_many_to_talk_about_is_no_verdict(
    open_room: OpenRoom, sample_session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prioritizer.analysis.talk.MOST", 11)
    monkeypatch.setattr("prioritizer.workshop.views.talk.MOST", 11)
    async with open_room(sample_session, stage="rank") as room:
        await room.press("t")
        text = room.text()
        assert "12 use cases are too many to compare cell by cell; park all but 11." in text
        assert "No single cell decides" not in text


# The first picture of Rank waits for the ranking, and not for ever


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each picture of Rank that reached the terminal, whether the ranking stood in it."""
    found: list[bool] = []
    display = PrioritizerApp._display

    def recorded(app: PrioritizerApp, screen: Screen[Any], picture: Any) -> None:
        if isinstance(screen, RankScreen) and picture is not None and not app._batch_count:
            found.append(bool(screen.query_one("#rank-list", RowList).keys))
        display(app, screen, picture)

    monkeypatch.setattr(PrioritizerApp, "_display", recorded)
    return found


async def turns() -> None:
    """Lets everything run that could run now."""
    for _ in range(200):
        await asyncio.sleep(0)


async def test_the_first_picture_of_rank_is_the_whole_ranking(
    open_room: OpenRoom,
    sample_session: Path,
    hold: Callable[[str], Held],
    painted: list[bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("prioritizer.tui.screens.rank_board._PATIENCE", 3_600.0)
    async with open_room(sample_session, stage="frame") as room:
        slow = hold("prioritizer.tui.screens.rank_board.read")
        going = asyncio.create_task(room.app.go_to("rank"))
        await until(room, slow.begun.is_set)
        await turns()
        assert painted == []
        slow.let_go()
        await going
        await room.settle()
        assert painted
        assert all(painted)


async def test_a_ranking_that_takes_long_leaves_the_screen_without_it(
    open_room: OpenRoom,
    sample_session: Path,
    hold: Callable[[str], Held],
    painted: list[bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("prioritizer.tui.screens.rank_board._PATIENCE", 0.01)
    async with open_room(sample_session, stage="frame") as room:
        slow = hold("prioritizer.tui.screens.rank_board.read")
        going = asyncio.create_task(room.app.go_to("rank"))
        await until(room, lambda: bool(painted))
        assert not any(painted)
        assert slow.begun.is_set()
        slow.let_go()
        await going
        await room.settle()
        assert painted[-1]


@pytest.mark.parametrize(
    ("stage", "reads", "key"),
    [
        ("rank", "prioritizer.tui.screens.rank_board.read", "m"),
        ("shortlist", "prioritizer.tui.screens.shortlist_board.read", "p"),
    ],
)
async def test_what_needs_the_ranking_says_that_it_is_being_worked_out(
    open_room: OpenRoom,
    sample_session: Path,
    hold: Callable[[str], Held],
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    reads: str,
    key: str,
) -> None:
    monkeypatch.setattr("prioritizer.tui.screens.rank_board._PATIENCE", 0.01)
    async with open_room(sample_session, stage="frame") as room:
        slow = hold(reads)
        going = asyncio.create_task(room.app.go_to(stage))
        await until(room, slow.begun.is_set)
        await until(room, lambda: room.app.screen.name_in_table == stage)  # type: ignore[attr-defined]  # a stage
        room.app.post_message(events.Key(key, key))
        await until(room, lambda: bool(room.said))
        assert room.said == ["The ranking is being worked out; press it again in a moment."]
        slow.let_go()
        await going
        await room.settle()


async def test_a_ranking_that_fails_leaves_the_screen_without_it(
    open_room: OpenRoom, sample_session: Path, painted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("prioritizer.tui.screens.rank_board._PATIENCE", 3_600.0)
    async with open_room(sample_session, stage="frame") as room:
        monkeypatch.setattr("prioritizer.tui.screens.rank_board.read", broken)
        await room.app.go_to("rank")
        await room.settle()
        assert [type(each) for each in room.app.mishaps] == [ZeroDivisionError]
        assert painted
        assert not any(painted)
        room.app.mishaps.clear()


async def test_whoever_leaves_rank_at_once_is_not_kept(
    open_room: OpenRoom,
    sample_session: Path,
    hold: Callable[[str], Held],
    painted: list[bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("prioritizer.tui.screens.rank_board._PATIENCE", 3_600.0)
    async with open_room(sample_session, stage="frame") as room:
        slow = hold("prioritizer.tui.screens.rank_board.read")
        going = asyncio.create_task(room.app.go_to("rank"))
        await until(room, slow.begun.is_set)
        await turns()
        away = asyncio.create_task(room.app.go_to("collect"))
        await until(room, lambda: not room.app._batch_count)
        assert not isinstance(room.app.screen, RankScreen)
        slow.let_go()
        await going
        await away
        await room.settle()
        assert "Collect" in room.text()
