"""What to talk about next, on the screen: outside a ballot from Rank, and inside the contested queue."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from prioritizer.tui.screens.queue import QueueScreen
from prioritizer.tui.screens.rank import RankScreen
from prioritizer.tui.screens.rate import RateScreen
from prioritizer.tui.screens.reveal import RevealScreen
from prioritizer.tui.screens.talk import TalkScreen
from prioritizer.tui.widgets.rowlist import HEADING, RowList
from prioritizer.workshop.commands.rate import Rate
from tests.pictures.sessions import make_divided

from .conftest import LARGE, SMALL, OpenRoom, Room


@pytest.fixture
def room_session(tmp_path: Path) -> Path:
    """The sample with a room that does not agree."""
    path = tmp_path / "room.sqlite"
    make_divided(path)
    return path


def on(room: Room, screen: type[object]) -> bool:
    return isinstance(room.app.screen, screen)


def keys_of(room: Room) -> list[str]:
    return [key for key in room.app.screen.query_one(RowList).keys if not key.startswith(HEADING)]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_rank_says_what_to_talk_about_next(
    open_room: OpenRoom, sample_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(sample_session, stage="rank", size=size) as room:
        await room.press("t")
        assert on(room, TalkScreen)
        effects = room.workshop.effects.latest()
        assert effects
        assert keys_of(room) == [f"{e.use_case}/{e.criterion}" for e in effects]
        first, text = effects[0], room.text()
        assert f"In {int(100 * first.share)} % of draws it decides who is in the top 3." in text
        assert "A document or a measurement" in text or "Is there a document" in text
        assert all(len(line) <= size[0] for line in room.lines())
        await room.press("enter")
        assert on(room, RateScreen)
        assert room.app.place["rate.criterion"] == first.criterion
        assert room.app.place["use_case"] == first.use_case


async def test_what_was_settled_leaves_the_list(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank") as room:
        await room.press("t")
        first = room.workshop.effects.latest()[0]
        level = room.workshop.snapshot.use_cases[first.use_case].level(
            room.workshop.snapshot.preset.criterion_index()[first.criterion]
        )
        await room.app.screen.carry_out(  # type: ignore[attr-defined]
            Rate(first.use_case, first.criterion, level, evidence="measured")
        )
        await room.settle()
        assert f"{first.use_case}/{first.criterion}" not in keys_of(room)
        await room.press("u")
        assert f"{first.use_case}/{first.criterion}" in keys_of(room)
        await room.press("escape")
        assert isinstance(room.app.screen, RankScreen)


async def test_a_cell_of_a_ballot_opens_its_reveal(open_room: OpenRoom, room_session: Path) -> None:
    async with open_room(room_session, stage="rank") as room:
        await room.press("t")
        assert "room differs" in room.text()
        await room.press("enter")
        assert on(room, RevealScreen)
        await room.press("alt+5", "t", "w")
        assert on(room, QueueScreen)


async def test_nothing_to_talk_about(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rank") as room:
        await room.press("t")
        assert "No single cell decides who is in the top 3" in room.text()
        await room.press("enter")
        assert "No cell is under the cursor." in room.said[-1]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_queue_says_how_often_a_cell_decides(
    open_room: OpenRoom, room_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(room_session, stage="rate", size=size) as room:
        await room.press("w")
        screen = room.app.screen
        assert isinstance(screen, QueueScreen)
        assert screen.queue is not None
        items = screen.queue.items
        shares = {(e.use_case, e.criterion): e.share for e in room.workshop.effects.latest()}
        assert [x.effect for x in items] == [shares.get((x.use_case, x.criterion), 0.0) for x in items]
        groups = [[x for x in items if x.decides], [x for x in items if not x.decides]]
        assert [*groups[0], *groups[1]] == list(items), "what one level changes comes first, exactly"
        for group in groups:
            assert len(group) > 1
            assert [x.often for x in group] == sorted((x.often for x in group), reverse=True)
        assert room.app.screen.query_one(RowList).key == keys_of(room)[0]
        assert f"in {items[0].often} % of draws it decides who is in the top 3" in " ".join(
            room.text().split()
        )


async def test_no_key_waits_for_the_draws(
    open_room: OpenRoom, room_session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While they are held back, the queue stands there in the order that is known, and every key works."""
    from prioritizer.analysis import talk

    free, entered = threading.Event(), threading.Event()
    real = talk.cell_effects

    def held(*args: Any, **kwargs: Any) -> Any:
        entered.set()
        assert free.wait(20)
        return real(*args, **kwargs)

    monkeypatch.setattr(talk, "cell_effects", held)
    async with open_room(room_session, stage="rate") as room:
        try:
            await room.pilot.press("w")
            while not entered.is_set() or not isinstance(room.app.screen, QueueScreen):
                await room.pilot.pause(0.01)
            before = room.app.screen.query_one(RowList)
            assert len(before.keys) == 8
            await room.pilot.press("down")
            await room.pilot.pause()
            assert before.key == before.keys[1]
            await room.pilot.press("n")
            while not isinstance(room.app.screen, RevealScreen):
                await room.pilot.pause(0.01)
            # An edit, too, is durable while they are held.
            assert room.workshop.do(Rate(room.workshop.use_cases[0].id, "D1", 3, evidence="measured")).words
        finally:
            free.set()
        await room.settle()
