"""Agreement as a story: in words, undefined as undefined, and people only on a private screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from prioritizer.tui.screens.agreement import AgreementScreen
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.tui.widgets.stagebar import StageBar
from prioritizer.tui.widgets.textpane import TextPane
from prioritizer.workshop.ballots import cards
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants
from prioritizer.workshop.commands.rate import Reveal
from prioritizer.workshop.service import Workshop
from tests.tui.conftest import LARGE, SMALL, OpenRoom

PEOPLE = ("Ada", "Ben", "Cem", "Dee")


@pytest.fixture
def rated(small_session: Path) -> Path:
    """P1 is read alike, G2 is not, and everybody said the same to V1."""
    with Workshop.open(small_session) as w:
        w.do(AddParticipants([AddParticipant(n) for n in PEOPLE]))
        lines = {"P1": ("0000", "2222", "4444"), "G2": ("0440", "4004", "0404"), "V1": ("2222",) * 3}
        for criterion, ballots in lines.items():
            for case, line in zip(w.use_cases, ballots, strict=True):
                w.do(cards(w.snapshot, case.id, criterion, line))
        w.do(Reveal())
    return small_session


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_is_not_read_alike_stands_first_with_its_level_texts(
    rated: Path, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(rated, stage="rank", size=size) as room:
        await room.press("W")
        screen = room.app.screen
        assert isinstance(screen, AgreementScreen)
        keys = [k for k in screen.query_one(RowList).keys if k.startswith("c:")]
        assert keys == ["c:G2", "c:P1", "c:V1"]
        lines = [
            line for line in room.lines() if "not alike" in line or "undefined" in line or "  alike" in line
        ]
        assert "G2" in lines[0]
        assert "1.00" in next(line for line in lines if "P1" in line)
        assert next(line for line in lines if "V1" in line).count("undefined") == 3
        said = screen.query_one("#agreement-detail", TextPane).plain
        criterion = room.workshop.snapshot.preset.find_criterion("G2")
        assert f"We do not read G2 {criterion.title} alike: show the level texts again." in said
        assert all(level in said for level in criterion.levels)
        await room.press("enter")
        assert room.app.screen.query_one(StageBar)._here == "rate"
        assert criterion.question in " ".join(room.text().split())


async def test_people_are_named_on_a_private_screen_only(rated: Path, open_room: OpenRoom) -> None:
    async with open_room(rated, stage="rank", size=LARGE) as room:
        await room.press("W")
        assert "F9 declares one" in room.text()
        assert not any(name in room.text() for name in PEOPLE)
        await room.press("f9", "y")
        assert all(name in room.text() for name in PEOPLE)
        room.app.screen.query_one(RowList).select("p:0")
        await room.settle()
        assert "For you alone" in room.text()
        await room.press("f9")
        assert not any(name in room.text() for name in PEOPLE)


async def test_before_a_reveal_it_says_what_it_waits_for(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="gate") as room:
        await room.press("W")
        assert "Nothing was revealed yet" in room.text()
        await room.press("enter")
        await room.press("escape")
        assert room.app.screen.query_one(StageBar)._here == "gate"
