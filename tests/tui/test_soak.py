"""Random keys through the app: nothing breaks, and the file is what its log says."""

from __future__ import annotations

import gc
import os
import random
from collections import Counter
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache

from prioritizer import PrioritizerError, Workshop
from prioritizer.store import Store
from prioritizer.tui.actions import ACTIONS
from prioritizer.tui.screens.action_screen import ActionScreen
from tests.pictures.sessions import make_divided
from tests.scoring.test_against_plain_rules import assert_agrees
from tests.tui.conftest import OpenRoom, Room

LEAVING = frozenset(
    name
    for action in ACTIONS
    if action.id in ("app.quit", "app.close", "home.quit")
    for name in action.key_names()
)
"""What leaves the session or the program has its own tests; in a line or a dialog the same letters are typed all the same."""

COMMON = (
    "enter",
    "escape",
    "tab",
    "shift+tab",
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pageup",
    "pagedown",
)

STATM = Path("/proc/self/statm")
"""Where Linux tells the resident memory."""

MORE = 24
"""MiB that the second thousand of keys may leave behind: modules of screens that were not met before."""

KEYS = tuple(
    sorted(
        {name for action in ACTIONS for name in action.key_names()}.difference(LEAVING)
        | {*COMMON, *"jkz", "space", "backspace", "delete", "ctrl+p", "ctrl+s"}
    )
)
"""Every key of the table of actions."""


WAYS = (
    ("rank", ""),
    ("rank", "rank.sure"),
    ("frame", "frame.weights"),
    ("rate", "rate.ballot"),
    ("rate", "rate.reveal"),
    ("rate", "rate.queue"),
    ("collect", ""),
    ("collect", "collect.cut"),
    ("shortlist", "shortlist.fits"),
    ("shortlist", ""),
    ("rank", "rank.talk"),
    ("rank", "rank.what-if"),
    ("rank", "rank.mirror"),
    ("rank", "rank.picture"),
    ("gate", ""),
    ("rate", ""),
    ("frame", "app.clock"),
    ("frame", "app.agreement"),
    ("frame", "app.file"),
    ("frame", "app.settle"),
)
"""Every screen of a session: keys find few of them by chance, and leave a form that wants words as seldom."""

EACH = 50
"""Keys for each, and whatever comes up from there."""


async def _go(room: Room, stage: str, action: str) -> None:
    while len(room.app.screen_stack) > 2:
        room.app.pop_screen()
        await room.pilot.pause()
    await room.app.go_to(stage)
    await room.settle()
    if action:
        screen = room.app.screen
        assert isinstance(screen, ActionScreen)
        await screen.action_run(action)
    await room.settle()


async def random_keys(
    open_room: OpenRoom, path: Path, number: int, seed: int, size: tuple[int, int]
) -> tuple[Counter[str], list[float]]:
    """Presses them; a dialog that a key opened is met by the next keys like by a cat on the keyboard.

    Returns:
        How many keys met each screen, and the resident memory in MiB after each 500 of them.
    """
    draw = random.Random(seed)
    met: Counter[str] = Counter()
    held: list[float] = []
    async with open_room(path, size=size) as room:
        for count in range(number):
            if count % EACH == 0:
                await _go(room, *WAYS[(count // EACH + seed * 5) % len(WAYS)])
            key = draw.choice(KEYS if draw.random() < 0.8 else COMMON)
            met[type(room.app.screen).__name__] += 1
            await room.pilot.press(key)
            await room.pilot.pause()
            if count % 500 == 499 and STATM.exists():
                # Textual keeps the parts of the last 1,024 widgets in a cache of its own, and no more.
                StylesCache.get_inner_outer.cache_clear()
                gc.collect()
                held.append(int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20)
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
    return met, held


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
async def test_two_thousand_random_keys(
    open_room: OpenRoom, sample_session: Path, tmp_path: Path, seed: int
) -> None:
    path = sample_session
    if seed % 2:  # a room with ballots, revealed and open, and weights
        path = tmp_path / "room.sqlite"
        make_divided(path)
    met, held = await random_keys(open_room, path, 2_000, seed, ((80, 24), (120, 36))[seed % 2])
    print("keys by screen:", dict(met.most_common()), "resident, MiB:", [round(each, 1) for each in held])
    if held:
        assert held[-1] - held[1] < MORE, "what the second thousand keys did stays in memory"
