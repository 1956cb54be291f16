"""The mirror and the picture: what a choice by show would take, beside what is ready."""

from __future__ import annotations

from pathlib import Path

import pytest

from prioritizer.tui.screens.mirror import MirrorScreen
from prioritizer.tui.screens.picture import PictureScreen
from prioritizer.tui.screens.rank import RankScreen
from prioritizer.workshop.commands.rate import Rate
from prioritizer.workshop.service import Workshop

from .conftest import HOSTILE, LARGE, SMALL, MakeSession, OpenRoom


@pytest.mark.parametrize("size", [SMALL, LARGE, (200, 60)])
async def test_the_mirror_shows_both_orders_and_its_sentence(
    open_room: OpenRoom, sample_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(sample_session, stage="rank", size=size) as room:
        await room.press("m")
        assert isinstance(room.app.screen, MirrorScreen)
        text = room.text()
        assert "Chosen by show, the first four would be 05, 06, 08 and 07" in " ".join(
            text.replace("┃", " ").split()
        )
        lines = [line for line in room.lines() if "Autonomous" in line]
        assert len(lines) == 2, "first by show, last by readiness, both on the screen"
        assert "100" in lines[0]
        assert "▼ 11" in lines[1]
        for use_case in room.workshop.use_cases:
            assert sum(use_case.title[:16] in line for line in room.lines()) >= 1
        await room.press("escape")
        assert isinstance(room.app.screen, RankScreen)


async def test_m_leaves_again_and_p_changes_over(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank") as room:
        await room.press("m", "m")
        assert isinstance(room.app.screen, RankScreen)
        await room.press("p")
        assert isinstance(room.app.screen, PictureScreen)
        await room.press("m")
        assert isinstance(room.app.screen, MirrorScreen)
        await room.press("p", "p")
        assert isinstance(room.app.screen, RankScreen)
        assert len(room.app.screen_stack) == 2


async def test_the_sentence_when_the_impressive_ones_are_ready(
    open_room: OpenRoom, sample_session: Path
) -> None:
    with Workshop.open(sample_session) as workshop:
        for number in (1, 2, 3, 4):
            for facet in ("V1", "V2", "V3"):
                workshop.do(Rate(workshop.find(f"#{number}").id, facet, 4))
        for number in (5, 6, 7, 8):
            for facet in ("V1", "V2", "V3"):
                workshop.do(Rate(workshop.find(f"#{number}").id, facet, 1))
    async with open_room(sample_session, stage="rank", size=LARGE) as room:
        await room.press("m")
        words = " ".join(room.text().replace("┃", " ").split())
        assert "all of them can be piloted first" in words


async def test_nothing_rated_yet(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rank") as room:
        await room.press("m")
        assert "Nothing has been rated for demonstration value yet" in " ".join(
            room.text().replace("┃", " ").split()
        )
        await room.press("p")
        assert "have no demonstration value yet" in room.text()


@pytest.mark.parametrize("size", [SMALL, LARGE, (200, 60)])
async def test_the_picture_has_numbers_guides_and_quarters_in_words(
    open_room: OpenRoom, sample_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(sample_session, stage="rank", size=size) as room:
        await room.press("p")
        text = room.text()
        for words in (
            "impressive, not ready",
            "impressive and ready",
            "neither yet",
            "ready, not impressive",
        ):
            assert words in text
        assert "┼" in text
        for use_case in room.workshop.use_cases:
            assert f"{use_case.number:02d} {use_case.title[:16]}" in text
        await room.press("c")
        assert "impressive, not ready" in room.app.clipboard


async def test_resizing_keeps_both_pictures_whole(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank") as room:
        await room.press("m")
        await room.resize(140, 44)
        assert "Autonomous procurement negotiator" in room.text()
        await room.resize(80, 24)
        assert "▼ 11" in room.text()
        await room.press("p")
        await room.resize(140, 44)
        await room.resize(80, 24)
        assert "impressive, not ready" in room.text()


async def test_more_use_cases_than_lines_scroll(open_room: OpenRoom, make_session: MakeSession) -> None:
    titles = [f"Task number {n}" for n in range(1, 41)]
    path = make_session(titles)
    with Workshop.open(path) as workshop:
        for n, use_case in enumerate(workshop.use_cases):
            workshop.do(Rate(use_case.id, "V1", n % 5))
    async with open_room(path, stage="rank") as room:
        await room.press("m")
        before = room.text()
        await room.press("end")
        assert room.text() != before
        await room.press("home")
        assert room.text() == before


async def test_hostile_titles_stand_literally(open_room: OpenRoom, make_session: MakeSession) -> None:
    path = make_session(HOSTILE)
    with Workshop.open(path) as workshop:
        for n, use_case in enumerate(workshop.use_cases):
            workshop.do(Rate(use_case.id, "V1", n % 5))
    async with open_room(path, stage="rank", size=LARGE) as room:
        await room.press("m")
        assert "[@click=app.quit()]x[/]" in room.text()
        assert "\x1b" not in room.text()
        await room.press("p")
        assert "[/nope]" in room.text()


async def test_help_knows_the_keys_of_the_mirror(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank") as room:
        await room.press("m", "question_mark")
        assert "Picture" in room.text()
        await room.press("escape", "escape")
        assert isinstance(room.app.screen, RankScreen)
