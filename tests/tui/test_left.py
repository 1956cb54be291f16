"""A screen that was left is gone: a session goes on for hours, and memory stays flat."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

from textual.screen import Screen

from prioritizer.tui.actions import STAGE_IDS

from .conftest import OpenRoom


def alive() -> Counter[str]:
    """Screens that something still holds, by their class."""
    gc.collect()
    return Counter(type(each).__name__ for each in gc.get_objects() if isinstance(each, Screen))


async def test_no_stage_that_was_left_is_held(sample_session: Path, open_room: OpenRoom) -> None:
    async with open_room(sample_session, stage="frame") as room:
        for _ in range(3):
            for stage in (*STAGE_IDS[1:], "frame"):
                await room.app.go_to(stage)
                await room.settle()
        held = alive()
        # Textual itself keeps the one before for a moment.
        assert {name: n for name, n in held.items() if n > 2} == {}
        assert sum(held.values()) <= 4, held


async def test_no_screen_above_that_was_closed_is_held(sample_session: Path, open_room: OpenRoom) -> None:
    async with open_room(sample_session, stage="rank") as room:
        for key in "smpt" * 3:
            await room.press(key, "escape")
        held = alive()
        assert sum(held.values()) <= 4, held
