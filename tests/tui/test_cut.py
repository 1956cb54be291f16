"""The cut of a long list as a story, and what a new wording does to answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from prioritizer.tui.screens.cut import CutScreen
from prioritizer.tui.screens.mirror import MirrorScreen
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.workshop.ballots import cards
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants
from prioritizer.workshop.commands.rate import Reveal
from prioritizer.workshop.service import Workshop
from tests.tui.conftest import LARGE, SMALL, MakeSession, OpenRoom, Room

LONG = ("Show piece", "Route tickets", "Draft filings", "Voice agent", "Triage bugs", "Board copilot")


def seats(room: Room) -> dict[str, str]:
    """Title → what would become of it, as it stands on the screen."""
    screen = room.app.screen
    assert isinstance(screen, CutScreen)
    cases = room.workshop.snapshot.use_cases
    return {cases[i].title: seat for i, seat in screen.tried.seating.items()}


async def opened(room: Room) -> None:
    await room.press("escape", "C")
    assert isinstance(room.app.screen, CutScreen)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_ladders_first_then_votes_for_the_seats_that_remain(
    make_session: MakeSession, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(make_session(LONG), stage="collect", size=size) as room:
        await opened(room)
        assert "4–7 steps with approvals" in room.text() or "steps" in room.text(), (
            "the level texts are at hand"
        )
        await room.press("s", "backspace")
        await room.type("3")
        await room.press("ctrl+s")
        for key in "043040":  # bounded, a digit a card
            await room.press(key)
        await room.press("tab")
        for key in "033110":
            await room.press(key)
        await room.press("tab")
        assert "votes each, at most one for the same" in room.text()
        await room.press("9", "down", "down", "down", "1", "2", "down", "down", "plus", "plus", "minus")
        assert seats(room) == {
            "Show piece": "out",
            "Route tickets": "first",
            "Draft filings": "first",
            "Voice agent": "voted",
            "Triage bugs": "out",
            "Board copilot": "out",
        }
        said = " ".join(room.text().split())
        assert "2 bounded with data, 1 by vote" in said
        assert "The vote alone would have kept #1 Show piece" in said
        await room.press("ctrl+s")
        snapshot = room.workshop.snapshot
        assert [u.title for u in snapshot.live()] == ["Route tickets", "Draft filings", "Voice agent"]
        assert [u.title for u in snapshot.parked()] == ["Show piece", "Triage bugs", "Board copilot"]
        assert "The vote alone would have kept #1" in snapshot.decisions[-1].text
        # And the mirror tells it later.
        await room.press("alt+5", "m")
        assert isinstance(room.app.screen, MirrorScreen)
        mirror = " ".join(room.app.screen.query_one("#mirror-sentence", Pane).text().split())
        assert "When the long list was cut: the vote alone would have kept #1 Show piece" in mirror
        await room.press("escape", "u")
        assert len(list(room.workshop.snapshot.live())) == 6


async def test_what_was_marked_outlives_the_screen_and_the_program(
    make_session: MakeSession, open_room: OpenRoom
) -> None:
    path = make_session(LONG)
    async with open_room(path, stage="collect") as room:
        await opened(room)
        await room.press("4", "3", "tab", "2")
        await room.until(
            lambda: "[4, 2, 0]" in room.workshop.drafts().get("collect.cut", "")
        )  # no Esc: as a kill would leave it
    async with open_room(path, stage="collect") as room:
        await opened(room)
        screen = room.app.screen
        assert isinstance(screen, CutScreen)
        first, second = list(room.workshop.snapshot.use_cases)[:2]
        assert (screen._marks[first].bounded, screen._marks[first].data) == (4, 2)
        assert screen._marks[second].bounded == 3


async def test_what_is_no_level_and_no_cut_is_said(make_session: MakeSession, open_room: OpenRoom) -> None:
    async with open_room(make_session(LONG), stage="collect") as room:
        await opened(room)
        await room.press("7")
        assert "from 0 to 4" in room.said[-1]
        await room.press("ctrl+s")
        assert "the cut would park everything" in room.said[-1]
        assert len(list(room.workshop.snapshot.live())) == 6
        await room.press("s")
        await room.type("x")
        await room.press("ctrl+s")
        assert "is no number of seats" in room.text()


async def test_a_cut_of_one_is_none(make_session: MakeSession, open_room: OpenRoom) -> None:
    async with open_room(make_session(["Alone"]), stage="collect") as room:
        await room.press("escape", "C")
        assert "two candidates at least" in room.said[-1]


# A new wording


@pytest.fixture
def answered(small_session: Path) -> Path:
    """Three people have answered about the first use case."""
    with Workshop.open(small_session) as w:
        w.do(AddParticipants([AddParticipant(n) for n in ("Ada", "Ben", "Cem")]))
        case = w.use_cases[0].id
        w.do(cards(w.snapshot, case, "P1", "333"))
        w.do(Reveal(case, "P1"))
    return small_session


def statuses(room: Room) -> list[str]:
    case = room.workshop.use_cases[0]
    return [r.status for r in case.rounds["P1"]]


async def reword(room: Room, text: str) -> None:
    await room.press("escape")
    room.app.screen.query_one(RowList).select(room.workshop.use_cases[0].id)
    await room.press("e")
    await room.type(text)
    await room.press("ctrl+s")


async def test_the_same_meaning_keeps_the_answers(answered: Path, open_room: OpenRoom) -> None:
    async with open_room(answered, stage="collect") as room:
        await reword(room, " now")
        assert "Same meaning?" in room.text()
        assert room.workshop.use_cases[0].title == "Support ticket routing", "not before that is answered"
        await room.press("y")
        assert room.workshop.use_cases[0].title == "Support ticket routing now"
        assert statuses(room) == ["revealed"]


async def test_another_meaning_voids_them_and_undo_brings_them_back(
    answered: Path, open_room: OpenRoom
) -> None:
    async with open_room(answered, stage="collect") as room:
        await reword(room, " for all")
        await room.press("n")
        assert room.workshop.use_cases[0].title == "Support ticket routing for all"
        assert statuses(room) == ["void"]
        await room.press("u")
        assert statuses(room) == ["revealed"]


async def test_leaving_the_question_keeps_the_old_wording(answered: Path, open_room: OpenRoom) -> None:
    async with open_room(answered, stage="collect") as room:
        await reword(room, " X")
        await room.press("escape")
        assert room.workshop.use_cases[0].title == "Support ticket routing"


async def test_nothing_is_asked_where_nobody_has_answered_or_only_a_tag_changes(
    answered: Path, open_room: OpenRoom
) -> None:
    async with open_room(answered, stage="collect") as room:
        await room.press("escape")
        room.app.screen.query_one(RowList).select(room.workshop.use_cases[0].id)
        await room.press("e", "tab", "tab", "tab")
        await room.type("finance")
        await room.press("ctrl+s")
        assert room.workshop.use_cases[0].tags == ("finance",)
        room.app.screen.query_one(RowList).select(room.workshop.use_cases[1].id)
        await room.press("e")
        await room.type(" 2")
        await room.press("ctrl+s")
        assert room.workshop.use_cases[1].title == "Board strategy copilot 2"
