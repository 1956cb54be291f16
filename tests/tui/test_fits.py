"""What fits: effort typed in, the exact choice, what is kept apart, and the warning about change."""

from __future__ import annotations

from pathlib import Path

import pytest

from prioritizer.tui.screens.fits import FitsScreen
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.workshop.commands.shortlist import SetCharter
from prioritizer.workshop.service import Workshop

from .conftest import LARGE, SMALL, OpenRoom, Room


def row_of(room: Room, title: str) -> str:
    return next(line for line in room.lines() if title in line)


def cost(path: Path, **weeks: str) -> None:
    with Workshop.open(path) as workshop:
        for number, text in weeks.items():
            workshop.do(SetCharter(workshop.find(f"#{number[1:]}").id, {"weeks": text}))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_effort_is_asked_and_the_choice_follows(
    open_room: OpenRoom, sample_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(sample_session, stage="shortlist", size=size) as room:
        await room.press("f")
        assert isinstance(room.app.screen, FitsScreen)
        assert "Nobody has said the weeks" in " ".join(room.text().split())
        await room.press("enter")
        for text in ("6", "40000", "10000", "Team A"):
            await room.type(text)
            await room.press("enter")
        case = room.workshop.find("#2")
        assert (case.charter["weeks"], case.charter["delivery_owner"]) == ("6", "Team A")
        words = " ".join(room.text().split())
        assert "02 fits: 6 of 12 weeks" in words
        assert "The budget for change is 25 % of that for engineering" in words
        assert "✓ 02" in row_of(room, "Bug report triage")
        assert "10,000!" in row_of(room, "Bug report triage")
        await room.press("u")
        assert "Nobody has said the weeks" in " ".join(room.text().split())
        await room.press("escape")
        assert room.app.screen.name_in_table == "shortlist"


async def test_capacity_and_money(open_room: OpenRoom, sample_session: Path) -> None:
    cost(sample_session, n1="5", n2="5", n3="5")
    async with open_room(sample_session, stage="shortlist") as room:
        await room.press("f")
        assert "02 and 01 fit: 10 of 12 weeks" in room.text()
        await room.press("n", "ctrl+u")
        await room.type("many")
        await room.press("enter")
        assert "is no amount" in " ".join(room.text().split())
        await room.press("ctrl+u")
        await room.type("5")
        await room.press("enter")
        assert "02 fits: 5 of 5 weeks" in room.text()
        await room.press("b")
        assert "Nobody has said the budget" in " ".join(room.text().split())


@pytest.mark.parametrize("size", [SMALL, pytest.param(LARGE, marks=pytest.mark.long)])
async def test_weeks_and_money_at_once(
    open_room: OpenRoom, sample_session: Path, size: tuple[int, int]
) -> None:
    cost(sample_session, n1="5", n2="5", n3="5")
    with Workshop.open(sample_session) as workshop:
        for number, text in (("#1", "60,000"), ("#2", "30,000"), ("#3", "40,000")):
            workshop.do(SetCharter(workshop.find(number).id, {"budget_engineering": text}))
    async with open_room(sample_session, stage="shortlist", size=size) as room:
        await room.press("f", "b", "b")
        assert "12 weeks of work and 100,000 of money" in room.text()
        # By weeks alone any two fit; of these 02 and 01 have the most readiness and take 90,000.
        assert "02 and 01 fit: 10 of 12 weeks and 90,000 of 100,000 budget" in " ".join(room.text().split())
        await room.press("n", "enter", "ctrl+u")
        await room.type("80000")
        await room.press("enter")
        assert "02 and 03 fit: 10 of 12 weeks and 70,000 of 80,000 budget" in " ".join(room.text().split())
        await room.press("b")
        assert "What fits into 12 weeks of work" in room.text()


async def test_two_are_kept_apart(open_room: OpenRoom, sample_session: Path) -> None:
    cost(sample_session, n1="5", n2="5", n3="5")
    async with open_room(sample_session, stage="shortlist") as room:
        await room.press("f", "x")
        assert "Space marks" in room.said[-1]
        rows = room.app.screen.query_one(RowList)
        for number in ("#2", "#1"):
            rows.select(room.workshop.find(number).id)
            await room.press("space")
        await room.press("x")
        assert "02 and 03 fit" in room.text()
        assert "at most one of 02 and 01" in " ".join(room.text().split())
        await room.press("x")
        assert "02 and 01 fit" in room.text()


async def test_one_for_each_delivery_owner(open_room: OpenRoom, sample_session: Path) -> None:
    cost(sample_session, n1="5", n2="5", n3="5")
    with Workshop.open(sample_session) as workshop:
        for number in ("#1", "#2"):
            workshop.do(SetCharter(workshop.find(number).id, {"delivery_owner": "Integration"}))
    async with open_room(sample_session, stage="shortlist") as room:
        await room.press("f", "o")
        assert "02 and 03 fit" in room.text()
        await room.press("c")
        assert "one for each delivery owner" in room.app.clipboard


async def test_nothing_to_start_is_a_sentence(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="shortlist") as room:
        await room.press("f")
        assert "there is nothing to start" in " ".join(room.text().split())
        await room.press("enter")
        assert "no use case that could be started" in room.said[-1]
