"""``?``: every action of a screen, to filter and to run."""

from __future__ import annotations

from pathlib import Path

import pytest

from prioritizer.tui.actions import STAGE_IDS, actions_for
from prioritizer.tui.screens.help import HelpScreen
from prioritizer.tui.widgets.rowlist import HEADING, RowList
from tests.tui.conftest import LARGE, SMALL, MakeSession, OpenRoom


@pytest.mark.parametrize("stage", STAGE_IDS)
async def test_it_lists_every_action_of_the_screen(
    stage: str, small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage=stage) as room:
        room.app.screen.query_one(RowList).focus()
        await room.press("question_mark")
        keys = [k for k in room.app.screen.query_one("#help-list", RowList).keys if not k.startswith(HEADING)]
        assert sorted(keys) == sorted(a.id for a in actions_for(stage))


async def test_it_works_while_words_are_typed(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.press("f12")
        assert isinstance(room.app.screen, HelpScreen)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_filtered_and_run(size: tuple[int, int], small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame", size=size) as room:
        await room.press("question_mark")
        text = room.text()
        assert "Say what this session is for" in text
        assert "Everywhere" in text or size == SMALL
        await room.type("later no such thing")
        assert "No action matches." in room.text()
        await room.press("ctrl+u")
        await room.type("go to collect")
        await room.press("enter")
        assert room.app.screen.name_in_table == "collect"  # type: ignore[attr-defined]


async def test_page_keys_move_the_list_from_the_line_for_words(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("question_mark")
        rows = room.app.screen.query_one("#help-list", RowList)
        first = rows.key
        await room.press("pagedown")
        assert rows.key != first
        await room.press("pageup")
        assert rows.key == first


async def test_the_ranking_explains_its_words(sample_session: Path, open_room: OpenRoom) -> None:
    async with open_room(sample_session, stage="rank") as room:
        await room.press("question_mark")
        text = " ".join(room.text().replace("│", " ").split())
        for word in ("“gap”", "demo trap", "overlooked"):
            assert word in text
        assert "What if" in text, "the keys still have their room"


async def test_it_says_why_something_cannot_be_done_now(
    make_session: MakeSession, open_room: OpenRoom
) -> None:
    async with open_room(make_session([]), stage="collect", size=LARGE) as room:
        await room.press("escape", "question_mark")
        await room.type("bring back")
        assert "not now: Only what is parked" in room.text()
        await room.press("down", "enter")
        assert room.said[-1].startswith("Only what is parked can be brought back")


async def test_escape_closes_it_and_nothing_happens(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("question_mark", "escape")
        assert room.app.screen.name_in_table == "frame"  # type: ignore[attr-defined]
        assert room.said == []
