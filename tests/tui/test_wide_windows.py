"""In a window as wide as a projector's, what belongs to a title stays near it."""

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
