"""Keys that come faster than the screens they change: as from a paste of keys, a slow ssh line or a hurried hand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual import events
from textual.command import CommandList
from textual.keys import _character_to_key

from prioritizer import Workshop
from prioritizer.tui.screens.base import StageScreen
from prioritizer.tui.screens.rank import RankScreen
from tests.tui.conftest import OpenRoom, Room
from tests.tui.test_soak import KEYS

CHANGES = ["alt+1", "alt+2", "alt+3", "alt+4", "alt+5", "alt+6", "]", "[", "W", "K", "F", "C", "P"]
"""Keys after which another screen is there."""
MORE = ["D", "L", "O", "E", "J", "v", "c", "f5", "f6", "f7", "f8", "ctrl+r", "ctrl+g", "ctrl+o", "ctrl+s"]


async def at_once(room: Room, keys: Sequence[str]) -> None:
    """All of them, without waiting for what they do."""
    for key in keys:
        single = len(key) == 1
        room.app.post_message(events.Key(_character_to_key(key) if single else key, key if single else None))
    await room.pilot.pause()


def bubbled(key: str) -> events.Key:
    """A key as it comes back to the app from a screen that does not take it itself."""
    single = len(key) == 1
    event = events.Key(_character_to_key(key) if single else key, key if single else None)
    event._set_forwarded()
    return event


# Enter on a row, a click and what ran beside the app change the screen from outside the app's own queue: the
# next key may then be there before the new screen has any widget.


@pytest.mark.parametrize("stage", ["collect", "gate", "rate", "rank", "shortlist"])
async def test_a_key_before_the_stage_is_composed(
    stage: str, open_room: OpenRoom, small_session: Path
) -> None:
    async with open_room(small_session, stage="frame") as room:
        for key in ("a", "t", "T", "slash", "enter", "full_stop"):
            await room.app.go_to(stage)
            room.app.post_message(bubbled(key))
            await room.settle()
            assert room.app.mishaps == [], key
            await room.press("escape", "escape")
            await room.app.go_to("frame")
            await room.settle()


async def test_it_is_done_once_the_stage_is_there(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.app.go_to("gate")
        room.app.post_message(bubbled("T"))
        await room.settle()
        assert "By use case" in room.text()


@pytest.mark.parametrize(
    ("action", "keys"),
    [("agreement", "⏎"), ("clock", "nsm"), ("file", "⏎m"), ("history", "⏎"), ("settle", "⏎"), ("help", "⏎")],
)
async def test_a_key_before_a_screen_above_is_composed(
    action: str, keys: str, open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="rank") as room:
        for key in keys:
            screen = room.app.screen
            assert isinstance(screen, StageScreen)
            await screen.action_run(f"app.{action}")
            room.app.post_message(bubbled("enter" if key == "⏎" else key))
            await room.settle()
            assert room.app.mishaps == [], key
            while not isinstance(room.app.screen, RankScreen):
                await room.press("escape")


async def test_what_breaks_inside_an_action_does_not_end_the_app(
    open_room: OpenRoom, small_session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: CommandList) -> None:
        raise KeyError(0)

    monkeypatch.setattr(CommandList, "action_page_up", broken)
    async with open_room(small_session, stage="collect") as room:
        await room.press("ctrl+p", "pageup")
        assert room.app.is_running
        assert [type(e) for e in room.app.mishaps] == [KeyError]
        room.app.mishaps.clear()


async def bursts(open_room: OpenRoom, path: Path, number: int, seed: int) -> None:
    draw = random.Random(seed)
    async with open_room(path) as room:
        for _ in range(number):
            keys = [draw.choice((*KEYS, *MORE)) for _ in range(draw.randint(3, 5))]
            keys.insert(draw.randint(0, 1), draw.choice(CHANGES))
            await at_once(room, keys)
            assert room.app.mishaps == [], keys
            assert room.app.is_running, keys
            if not room.app.has_session:
                await room.app.open_session(lambda: Workshop.open(path))
        await room.settle()


@pytest.fixture
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever random keys write stays in the folder of the test."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_in_a_folder")
async def test_bursts_of_keys(open_room: OpenRoom, sample_session: Path) -> None:
    await bursts(open_room, sample_session, 40, 1)


@pytest.mark.long
@pytest.mark.usefixtures("_in_a_folder")
@pytest.mark.parametrize("seed", range(2, 6))
async def test_many_bursts_of_keys(open_room: OpenRoom, sample_session: Path, seed: int) -> None:
    await bursts(open_room, sample_session, 300, seed)
