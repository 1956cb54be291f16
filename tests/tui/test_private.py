"""The private screen: declared by hand, shown in the bar, and gone with the session."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import LARGE, SMALL, OpenRoom, Room


def private(room: Room) -> bool:
    return room.app.private_screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_it_is_declared_and_taken_back(
    small_session: Path, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(small_session, stage="rate", size=size) as room:
        assert not private(room)
        await room.press("f9")
        assert "seen by nobody but you" in " ".join(room.text().split())
        assert not private(room)
        await room.press("escape")
        assert not private(room)
        await room.press("f9", "y")
        assert private(room)
        assert "◆ private" in room.lines()[0]
        await room.press("alt+5")
        assert "◆ private" in room.lines()[0], "it stays from stage to stage"
        await room.press("f9")
        assert not private(room), "back without a question"
        assert "private" not in room.lines()[0]


async def test_another_session_begins_projected(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="rate") as room:
        await room.press("f9", "y", "q")
        await room.press("enter")
        assert room.app.has_session
        assert not private(room)
