"""The window changes its size while somebody types: nothing typed is lost, the cursor stays, the message goes again."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from textual import events
from textual.widget import Widget
from textual.widgets import Input, TextArea

from prioritizer.tui.screens.small import SmallScreen
from tests.pictures.sessions import SESSIONS
from tests.tui.conftest import SMALL, MakeSession, OpenRoom, Room

SIZES = ((200, 60), (60, 15), SMALL, (60, 20), (100, 30))
MORE_SIZES = ((200, 60), (60, 15), (100, 30), (40, 10), SMALL, (60, 20), (200, 60), (60, 15), SMALL)
"""To and fro; 60×15 and 40×10 are too small to show anything."""
TOO_SMALL = {(60, 15), (40, 10)}

LETTERS = "abcdefgh"
DIGITS = "12345678"

SCENES = [
    pytest.param("sample", "collect", (), "Half a ti", LETTERS, id="a title in Collect"),
    pytest.param("sample", "collect", ("escape", "enter"), "", LETTERS, id="a title in a dialog"),
    pytest.param("sample", "collect", ("escape", "enter", "tab"), "", LETTERS, id="a task of several lines"),
    pytest.param("sample", "collect", ("escape", "f", "tab"), "", DIGITS, id="a number in a dialog"),
    pytest.param("sample", "collect", ("escape", "slash"), "tri", LETTERS, id="the filter of Collect"),
    pytest.param("sample", "collect", ("escape", "i"), "", LETTERS, id="the name of a file"),
    pytest.param("sample", "frame", ("a",), "Ann, bus", LETTERS, id="a person in Frame"),
    pytest.param("sample", "frame", ("slash",), "ti", LETTERS, id="the filter of Frame"),
    pytest.param("sample", "frame", ("w", "s"), "10", DIGITS, id="a weight"),
    pytest.param("sample", "gate", ("slash",), "ti", LETTERS, id="the filter of Gate"),
    pytest.param("sample", "gate", ("N",), "becau", LETTERS, id="a note in Gate"),
    pytest.param("sample", "rate", ("slash",), "ti", LETTERS, id="the filter of Rate"),
    pytest.param("sample", "rate", ("n",), "50 ca", LETTERS, id="a note in Rate"),
    pytest.param("sample", "rank", ("slash",), "ti", LETTERS, id="the filter of Rank"),
    pytest.param("sample", "rank", ("H",), "ga", LETTERS, id="the filter of History"),
    pytest.param("sample", "rank", ("question_mark",), "wh", LETTERS, id="the filter of ?"),
    pytest.param("sample", "rank", ("ctrl+p",), "wh", LETTERS, id="the palette"),
    pytest.param("sample", "shortlist", ("slash",), "ti", LETTERS, id="the filter of Shortlist"),
    pytest.param("sample", "shortlist", ("enter",), "An", LETTERS, id="an owner"),
    pytest.param("sample", "shortlist", ("x",), "", LETTERS, id="a folder to export into"),
    pytest.param("room", "rate", ("b", "tab"), "33", "01234321", id="cards on the ballot"),
]


def written(field: Widget | None) -> str:
    """What stands in a field."""
    if isinstance(field, TextArea):
        return field.text
    assert isinstance(field, Input), f"{field} is nothing to type into"
    return field.value


def place(field: Widget | None) -> object:
    """Where its cursor stands."""
    if isinstance(field, TextArea):
        return field.cursor_location
    assert isinstance(field, Input)
    return field.cursor_position


def typed_into(text: str, at: object, letter: str) -> str:
    """The text with a letter put in where the cursor stands; a place in several lines is in its first one."""
    column = at[1] if isinstance(at, tuple) else at
    assert isinstance(column, int)
    return text[:column] + letter + text[column:]


@pytest.mark.parametrize(("of", "stage", "keys", "begun", "letters"), SCENES)
async def test_nothing_half_typed_is_lost(
    open_room: OpenRoom, tmp_path: Path, of: str, stage: str, keys: tuple[str, ...], begun: str, letters: str
) -> None:
    await _scene(open_room, tmp_path, of, stage, keys, begun, letters, SIZES)


@pytest.mark.long
@pytest.mark.parametrize(("of", "stage", "keys", "begun", "letters"), SCENES)
async def test_nothing_half_typed_is_lost_in_more_sizes(
    open_room: OpenRoom, tmp_path: Path, of: str, stage: str, keys: tuple[str, ...], begun: str, letters: str
) -> None:
    await _scene(open_room, tmp_path, of, stage, keys, begun, letters, MORE_SIZES)


async def _scene(
    open_room: OpenRoom,
    tmp_path: Path,
    of: str,
    stage: str,
    keys: tuple[str, ...],
    begun: str,
    letters: str,
    sizes: Sequence[tuple[int, int]],
) -> None:
    path = tmp_path / "session.sqlite"
    SESSIONS[of](path)
    async with open_room(path, stage=stage) as room:
        await room.press(*keys)
        await room.type(begun)
        if stage != "rate" or keys != ("b", "tab"):
            await room.press("home", "right")  # not at the end, where a cursor lands by itself
        await _to_and_fro(room, sizes, letters, lambda: room.app.screen.focused)


async def _to_and_fro(
    room: Room, sizes: Sequence[tuple[int, int]], letters: str, focused: Callable[[], Widget | None]
) -> None:
    field, screen = focused(), room.app.screen
    text, at = written(field), place(field)
    for size, letter in zip(sizes, letters + letters[-1], strict=False):
        await room.resize(*size)
        if size in TOO_SMALL:
            assert isinstance(room.app.screen, SmallScreen)
            assert "{}×{}".format(*size) in room.text()
            await room.type(letter)  # nobody sees it, so it goes nowhere
            continue
        assert room.app.screen is screen, "the message is gone, and what was open is there"
        assert focused() is field
        assert (written(field), place(field)) == (text, at)
        await room.type(letter)
        text = typed_into(text, at, letter)
        assert written(field) == text
        at = place(field)
        assert field is not None
        assert room.app.screen.find_widget(field).visible_region.height, "the field is on the screen"
    assert room.app.mishaps == []


async def test_levels_typed_while_the_window_changes_land_in_their_cells(
    open_room: OpenRoom, make_session: MakeSession
) -> None:
    levels = "3021430123"
    async with open_room(make_session([f"Case {n}" for n in range(12)]), stage="rate") as room:
        sizes = itertools.cycle([(200, 60), SMALL, (100, 30), (60, 20)])
        for level, size in zip(levels, sizes, strict=False):
            room.app.post_message(events.Key(level, level))
            await room.pilot.resize_terminal(*size)  # before the level is through
        await room.settle()
        said = [case.level(0) for case in room.workshop.snapshot.live()]
        assert said == [*map(int, levels), None, None]
        assert room.app.mishaps == []
