"""Random keys through the app: nothing breaks, and the file is what its log says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from prioritizer import PrioritizerError, Workshop
from prioritizer.store import Store
from tests.scoring.test_against_plain_rules import assert_agrees
from tests.tui.conftest import OpenRoom

KEYS = [
    "0",
    "1",
    "2",
    "3",
    "4",
    "a",
    "b",
    "d",
    "e",
    "f",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "r",
    "s",
    "t",
    "w",
    "x",
    "y",
    "z",
    "A",
    "G",
    "H",
    "N",
    "T",
    "enter",
    "escape",
    "tab",
    "shift+tab",
    "space",
    "backspace",
    "delete",
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pageup",
    "pagedown",
    "slash",
    "question_mark",
    "full_stop",
    "comma",
    "plus",
    "minus",
    "left_square_bracket",
    "right_square_bracket",
    "u",
    "ctrl+y",
    "alt+1",
    "alt+2",
    "alt+3",
    "alt+4",
    "alt+5",
    "alt+6",
    "ctrl+p",
    "f9",
]
"""Everything but what leaves the session or the program: those have their own tests."""


async def random_keys(open_room: OpenRoom, path: Path, number: int, seed: int, size: tuple[int, int]) -> None:
    """Presses them; a dialog that a key opened is met by the next keys like by a cat on the keyboard."""
    draw = random.Random(seed)
    async with open_room(path, size=size) as room:
        for count in range(number):
            key = draw.choice(KEYS)
            await room.pilot.press(key)
            await room.pilot.pause()
            assert room.app.mishaps == [], (key, count, room.app.mishaps)
            assert room.app.is_running, key
            if not room.app.has_session:
                await room.app.open_session(lambda: Workshop.open(path))
        await room.settle()
    with Store.open(path) as store:
        assert store.check() == []
        snapshot = store.load()
    assert_agrees(snapshot)
    with Workshop.open(path) as workshop:
        for _ in workshop.history():
            try:
                workshop.undo()
            except PrioritizerError:
                break
        assert workshop.use_cases == []


@pytest.fixture
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever random keys write stays in the folder of the test."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_in_a_folder")
async def test_random_keys(open_room: OpenRoom, sample_session: Path) -> None:
    await random_keys(open_room, sample_session, 150, 1, (80, 24))


@pytest.mark.long
@pytest.mark.usefixtures("_in_a_folder")
@pytest.mark.parametrize("seed", range(4))
async def test_two_thousand_random_keys(open_room: OpenRoom, sample_session: Path, seed: int) -> None:
    await random_keys(open_room, sample_session, 2_000, seed, ((80, 24), (120, 36))[seed % 2])
