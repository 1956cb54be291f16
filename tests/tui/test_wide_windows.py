"""In windows wider than 80 columns: what belongs to a title stays near it, and no list says less than at 80."""

from __future__ import annotations

from pathlib import Path

import pytest

from prioritizer.tui.widgets.rowlist import RowList
from tests.pictures.sessions import SESSIONS
from tests.tui.conftest import OpenRoom

HUGE = (200, 60)


@pytest.mark.parametrize(
    ("of", "stage", "keys", "rows", "said"),
    [
        pytest.param("room", "rate", ("b", "tab"), "#ballot-list", "not asked yet", id="ballot"),
        pytest.param("room", "rate", ("b", "tab", "f5"), "#keyboard-list", "0 of 8", id="pass-the-keyboard"),
        pytest.param("room", "rate", ("v",), "#reveal-list", "TWO CAMPS", id="reveal"),
        pytest.param("room", "rate", ("w",), "#queue-list", "TWO CAMPS", id="what-next"),
        pytest.param("divided", "rank", ("t",), "#talk-list", "the room differs", id="talk"),
    ],
)
async def test_what_belongs_to_a_title_stays_near_it(
    open_room: OpenRoom, tmp_path: Path, of: str, stage: str, keys: tuple[str, ...], rows: str, said: str
) -> None:
    path = tmp_path / "session.sqlite"
    SESSIONS[of](path)
    async with open_room(path, stage=stage, size=HUGE) as room:
        await room.press(*keys)
        shown = room.app.screen.query_one(rows, RowList)
        lines = [shown.render_line(y).text.rstrip() for y in range(8)]
        line = next(line for line in lines if said in line)
        assert line.index(said) < 110


@pytest.mark.parametrize(
    ("of", "stage", "keys", "rows", "words"),
    [
        pytest.param(
            "sample", "rate", (), "#rate-list", ("Compliance document first draft", "document"), id="rate"
        ),
        pytest.param(
            "room", "rate", ("v",), "#reveal-list", ("Autonomous procurement negotiator",), id="reveal"
        ),
        pytest.param("sample", "frame", (), "#frame-list", ("Telling right from wrong",), id="frame"),
        pytest.param(
            "sample", "collect", ("escape",), "#collect-list", ("engineering, triage",), id="collect"
        ),
    ],
)
async def test_a_list_is_not_squeezed_by_what_stands_beside_it(
    open_room: OpenRoom,
    tmp_path: Path,
    of: str,
    stage: str,
    keys: tuple[str, ...],
    rows: str,
    words: tuple[str, ...],
) -> None:
    """At 100 columns a list says at least what it says at 80."""
    path = tmp_path / "session.sqlite"
    SESSIONS[of](path)
    async with open_room(path, stage=stage, size=(100, 30)) as room:
        await room.press(*keys)
        shown = room.app.screen.query_one(rows, RowList)
        lines = [shown.render_line(y).text for y in range(20)]
        assert any(all(each in line for each in words) for line in lines)
