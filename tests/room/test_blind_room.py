"""Blind means blind on screen too: two files that differ only in what is not revealed look the same, key by key."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from prioritizer.tui.actions import actions_for
from prioritizer.tui.app import PrioritizerApp
from prioritizer.tui.screens.ballot import BallotScreen
from prioritizer.tui.screens.base import StageScreen
from prioritizer.tui.screens.keyboard import KeyboardScreen
from prioritizer.tui.screens.queue import QueueScreen
from prioritizer.tui.screens.reveal import RevealScreen
from prioritizer.workshop.settings import Settings
from tests.room.blind import Ids, freeze, open_pair, opened
from tests.tui.conftest import LARGE, SMALL, Room

SCREENS: dict[str, Callable[[], StageScreen]] = {
    "ballot": BallotScreen,
    "keyboard": KeyboardScreen,
    "reveal": RevealScreen,
    "queue": QueueScreen,
}
LEAVING = frozenset({"app.quit", "app.close", "app.file", "app.merge"})
"""Actions that end the walk, or that speak of the file and its folder."""

ROWS = "down " * 11
KEYS = {
    # What is typed: too little, a wrong sign, whole lines, one put right; the question before a reveal
    "ballot": ROWS
    + "tab " * 7
    + "2 enter 9 2 2 2 enter escape "
    + "shift+tab " * 7
    + "2 2 2 2 enter " * 3
    + "a 3 enter f6 2 x enter escape tab ctrl+r escape ctrl+g escape ctrl+z ctrl+z ctrl+y",
    "keyboard": "down enter 3 question_mark minus right 0 left escape down enter 4 4 escape up up",
    "reveal": ROWS
    + "right down down " * 7
    + "f9 y "
    + "left down up " * 7
    + f"a {ROWS} right down delete u enter 3 v escape",
    "queue": f"{ROWS} n n",
}
"""Keys of each walk; Escape closes whatever an action opened."""


@pytest.fixture(scope="module")
def _patched() -> object:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def ids(_patched: pytest.MonkeyPatch) -> Ids:
    return freeze(_patched)


@pytest.fixture(scope="module")
def pair(ids: Ids, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return open_pair(tmp_path_factory.mktemp("blind"), ids)


def seen(room: Room) -> tuple[str, ...]:
    """Everything that a person could see now: the screen, the window's title, what was said."""
    return (room.text(), f"{room.app.title} {room.app.sub_title} {room.app.screen.title}", *room.said[-2:])


async def walked(
    path: Path, size: tuple[int, int], stage: str, steps: Callable[[Room], Sequence[str]], name: str
) -> list[tuple[str, ...]]:
    app = PrioritizerApp(workshop=opened(path), stage=stage, settings=Settings())
    found = []
    async with app.run_test(size=size, notifications=True) as pilot:
        room = Room(app, pilot)
        await room.settle()
        # What is said is compared as such: on the screen it would go away by the clock on the wall.
        app.notify = lambda message, **_: room.said.append(message)  # type: ignore[method-assign]
        if name:
            case = room.workshop.use_cases[6]
            app.place.update({"use_case": case.id, "rate.criterion": "P1"})
            await app.show_screen(SCREENS[name]())
            await room.settle()
        found.append(seen(room))
        for step in steps(room):
            if step.startswith("do:"):
                if getattr(app.screen, "name_in_table", "") != name:
                    await app.show_screen(SCREENS[name]())
                    await room.settle()
                screen = app.screen
                assert isinstance(screen, StageScreen)
                await screen.action_run(step.removeprefix("do:"))
                await room.settle()
                found.append(seen(room))
                while len(app.screen_stack) > 2:
                    await room.press("escape")
            else:
                await room.press(step)
            found.append((step, *seen(room)))
        assert app.mishaps == []
        found.append(tuple(room.said))
    return found


async def both(
    pair: tuple[Path, Path],
    folder: Path,
    ids: Ids,
    monkeypatch: pytest.MonkeyPatch,
    steps: Callable[[Room], Sequence[str]],
    *,
    name: str = "",
    stage: str = "rate",
    size: tuple[int, int] = SMALL,
) -> list[list[tuple[str, ...]]]:
    found = []
    for original in pair:
        # The same name for both, one after the other: a path may be on the screen.
        home = folder / "home"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        for variable in ("PRIORITIZER_CONFIG", "XDG_DATA_HOME", "HOME"):
            monkeypatch.setenv(variable, str(home))
        monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
        path = Path(shutil.copyfile(original, home / "s.sqlite"))
        ids.start("walk")
        found.append(await walked(path, size, stage, steps, name))
    return found


def first_difference(found: list[list[tuple[str, ...]]]) -> list[tuple[str, str]]:
    """The lines of the first step on which the two differ, side by side."""
    for a, b in zip(*found, strict=True):
        lines = zip("\n".join(a).split("\n"), "\n".join(b).split("\n"), strict=False)
        if a != b:
            return [pair for pair in lines if pair[0] != pair[1]]
    return []


@pytest.mark.parametrize("size", [SMALL, pytest.param(LARGE, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", sorted(SCREENS))
async def test_every_key_of_the_walk(
    pair: tuple[Path, Path],
    tmp_path: Path,
    ids: Ids,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    size: tuple[int, int],
) -> None:
    found = await both(pair, tmp_path, ids, monkeypatch, lambda _: KEYS[name].split(), name=name, size=size)
    assert len(found[0]) > len(KEYS[name].split())
    assert first_difference(found) == []


@pytest.mark.parametrize("name", sorted(SCREENS))
async def test_every_action_of_the_screen(
    pair: tuple[Path, Path], tmp_path: Path, ids: Ids, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Those that ask first are left with Escape: nothing is revealed on the way."""
    actions = [f"do:{a.id}" for a in actions_for(name) if a.id not in LEAVING]
    found = await both(pair, tmp_path, ids, monkeypatch, lambda _: actions, name=name)
    assert first_difference(found) == []


@pytest.mark.parametrize("stage", ["frame", "collect", "gate", "rate", "rank", "shortlist"])
async def test_every_stage(
    pair: tuple[Path, Path], tmp_path: Path, ids: Ids, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    # Down the list, what some letters open in each stage, the history, and back.
    opened = [key for letter in "downH" for key in (letter, "escape")]
    rows = [*ROWS.split(), *opened, "u"]
    keys = rows if stage == "frame" else ["escape", *rows, "u", "ctrl+y"]
    found = await both(pair, tmp_path, ids, monkeypatch, lambda _: keys, stage=stage)
    assert first_difference(found) == []


async def test_the_walk_would_notice(
    pair: tuple[Path, Path], tmp_path: Path, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen that shows what is hidden: the walk tells the two files apart."""
    monkeypatch.setattr("prioritizer.workshop.service.visible", lambda snapshot: snapshot)
    monkeypatch.setattr("prioritizer.workshop.views.balloting.BallotCell.words", lambda cell: str(cell.given))
    from prioritizer.tui.screens import ballot_board
    from prioritizer.workshop.views import balloting

    plain = balloting.ballot_cells

    def telling(snapshot: object, criterion: str) -> object:
        from dataclasses import replace

        cells = plain(snapshot, criterion)  # type: ignore[arg-type]  # it is the snapshot
        cases = snapshot.use_cases  # type: ignore[attr-defined]  # likewise
        return tuple(
            replace(c, title=str([list(r.answers) for r in cases[c.use_case].rounds.get(criterion, ())]))
            for c in cells
        )

    monkeypatch.setattr(ballot_board, "ballot_cells", telling)
    found = await both(pair, tmp_path, ids, monkeypatch, lambda _: ROWS.split(), name="ballot")
    assert first_difference(found) != []
