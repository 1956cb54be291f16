"""A whole session of sixty minutes in the real app: eight people, eight use cases, the quick preset.

Every phase of the agenda is begun by the clock, which the test moves; nothing sleeps. What the room
says is made up so that the lanes follow from the rules by hand: see `CASES`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key

from prioritizer import Workshop
from prioritizer.tui.app import PrioritizerApp
from prioritizer.tui.screens.ballot import BallotScreen
from prioritizer.tui.screens.reveal import RevealScreen
from prioritizer.workshop.settings import Settings
from tests.tui.conftest import SMALL, Room

NINE = dt.datetime(2026, 3, 9, 9, 0, tzinfo=dt.UTC)
PEOPLE = ("Ada", "Ben", "Cem", "Dee", "Eva", "Fay", "Gil", "Hal")
CRITERIA = ("VIA", "DAT", "INT", "OWN", "BND", "DEM", "WOR")
CASES = (
    # title, what the room says on VIA DAT INT OWN BND DEM WOR, lane by rubric §2 to §4
    ("Route support tickets", "3333412", "pilot-first"),
    ("Negotiate with suppliers", "1110042", "not-yet"),  # OWN 0 stops it; open-ended
    ("Draft compliance filings", "3343423", "pilot-first"),
    ("Explain invoice mismatches", "3323322", "pilot-first"),  # R = 25 · (.6·3 + .22·2 + .18·3) = 69.5
    ("Summarise sales calls", "3233322", "fix-then-pilot"),  # DAT 2 is a condition
    ("Advise the board", "1201140", "not-yet"),  # open-ended
    ("Extract contract clauses", "2332322", "fix-then-pilot"),  # OWN 2 is a condition
    ("Onboard employees", "1200033", "not-yet"),  # OWN 0 stops it; open-ended
)
CONTESTED = {
    # (use case, criterion): the cards, the pattern, and what becomes of it
    (0, "VIA"): "33333330",  # OUTLIER: voted again, agreed at 3
    (4, "VIA"): "22224444",  # TWO CAMPS: voted again, camps merged at 3
    (6, "INT"): "01234123",  # WIDE: parked as find out
}


@pytest.fixture(autouse=True)
def _nobodys_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIORITIZER_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


class Hour:
    """The session, and the clock on its wall."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.now = NINE
        self.begun: list[str] = []
        room.workshop._clock = lambda: self.now

    def later(self, minutes: float) -> None:
        self.now += dt.timedelta(minutes=minutes)

    @asynccontextmanager
    async def phase(self, step: str, minutes: float) -> AsyncIterator[None]:
        """Begins the next phase with the clock; it takes the minutes that the agenda gives it."""
        await self.room.press("ctrl+t", "n", "escape")
        running = next(p for p in self.room.workshop.snapshot.phases if p.state == "running")
        assert running.step == step
        self.begun.append(step)
        yield
        self.later(minutes)

    async def burst(self, text: str) -> None:
        """Keys as fast as a terminal brings them; a line end is Enter."""
        for sign in text:
            key = "enter" if sign == "\n" else _character_to_key(sign)
            self.room.app.post_message(events.Key(key, "\r" if sign == "\n" else sign))
        await self.room.settle()

    def flat(self) -> str:
        return " ".join(self.room.text().split())


def line_of(place: int, criterion: str) -> str:
    """Eight cards whose lower median is what the room says."""
    contested = CONTESTED.get((place, criterion))
    if contested is not None:
        return contested
    level = CASES[place][1][CRITERIA.index(criterion)]
    near = str(min(4, int(level) + 1))
    return level * 6 + near * 2


async def test_sixty_minutes(tmp_path: Path) -> None:
    path = tmp_path / "hour.sqlite"
    workshop = Workshop.create(path, preset="pilot-first-quick", title="Hour", clock=lambda: NINE)
    for title, _, _ in CASES:  # six to eight prepared candidates
        workshop.add_use_case(title)
    app = PrioritizerApp(workshop=workshop, stage="frame", settings=Settings())
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        room = Room(app, pilot)
        await room.settle()
        hour = Hour(room)

        # Before it begins: the agenda, who leads, who is here
        await room.press("g", "ctrl+s", "a")
        for name in PEOPLE:
            await hour.burst(f"{name}\n")
        await room.press("escape")
        snapshot = room.workshop.snapshot
        assert (snapshot.agenda, snapshot.minutes) == ("min60", 60)
        assert [p.name for p in snapshot.participants] == list(PEOPLE)

        async with hour.phase("open", 3):
            assert "min left" in room.lines()[0]
        async with hour.phase("read", 5):
            await room.press("alt+2")
            assert "Onboard employees" in room.text()

        async with hour.phase("calibrate", 5):
            await room.press("alt+4", "w")
            assert "Practice: remind people" in room.text()
            await room.press("n")
            before = len(room.workshop.history())
            await hour.burst("44443333\n")
            assert "AGREED" in room.text()
            assert len(room.workshop.history()) == before, "thrown away"
            await room.press("enter", "escape")

        async with hour.phase("gates", 8):
            await room.press("alt+3")
            for gate in range(5):
                await room.press("A")
                if gate < 4:
                    await room.press("tab")
            assert "40 of 40" in room.text()

        async with hour.phase("rate", 10):
            await room.press("alt+4", "b")
            keys = 0
            for criterion in CRITERIA:
                if criterion != CRITERIA[0]:
                    await room.press("tab")
                    keys += 1
                lines = "".join(f"{line_of(place, criterion)}\n" for place in range(len(CASES)))
                await hour.burst(lines)
                keys += len(lines)
                assert "8 of 8 complete" in room.lines()[1]
            answers = sum(
                len([a for a in r.answers if a != 255])
                for u in room.workshop.use_cases
                for rounds in u.rounds.values()
                for r in rounds
            )
            assert answers == 8 * 8 * 7
            assert keys / answers <= 1.2
            assert "AGREED" not in room.text(), "nothing of it can be seen yet"

        async with hour.phase("reveal", 2):
            await room.press("ctrl+g")
            assert isinstance(room.app.screen, RevealScreen)
            for criterion in CRITERIA:
                assert f"[{criterion}" in room.lines()[1]
                await room.press("A")
                if criterion != CRITERIA[-1]:
                    await room.press("right")

        async with hour.phase("contested", 13):
            await room.press("s")
            assert "3 contested cells, about 8 minutes; 13 minutes left: all fit" in hour.flat()
            await room.press("n")
            for _ in range(3):
                spot = (room.app.place["use_case"], room.app.place["rate.criterion"])
                await talk(hour, spot)
                hour.later(1)
                await room.press("n")
            assert "Nothing is contested" in room.said[-1]
            hour.later(-3)

        async with hour.phase("revote", 4):
            await revotes(hour)

        async with hour.phase("mirror", 3):
            await room.press("alt+5", "m")
            assert "by demonstration value" in hour.flat()
            await room.press("escape")

        async with hour.phase("rank", 5):
            await room.press("alt+6", "a")

        async with hour.phase("close", 2):
            owners = list(room.workshop.snapshot.live())
            chosen = [u for u in owners if u.chosen]
            assert {u.title for u in chosen} == {CASES[0][0], CASES[2][0], CASES[3][0]}
            await room.press("home", "enter")
            await room.type("Queue lead")
            await room.press("enter")
            await room.type("+14")
            await room.press("ctrl+s")
            assert any(u.owner == "Queue lead" and u.due for u in room.workshop.use_cases)

        await room.press("ctrl+t", "e")
        assert hour.now == NINE + dt.timedelta(minutes=60)
        assert [p.state for p in room.workshop.snapshot.phases] == ["done"] * 11
        assert hour.begun == [p.step for p in room.workshop.snapshot.phases]
        assert app.mishaps == []

    with Workshop.open(path) as w:
        lanes = {u.title: u.lane for u in w.ranking().use_cases}
        assert lanes == {title: lane for title, _, lane in CASES}
        parked = w.use_cases[6].tasks["INT"]
        assert (parked.who, parked.when) == ("Ida", "2026-03-23")
        assert [len(w.use_cases[place].rounds["VIA"]) for place in (0, 4)] == [2, 2]


async def talk(hour: Hour, spot: tuple[str, str]) -> None:
    """What the facilitator does about a contested cell: the move that its pattern names."""
    room = hour.room
    place = [u.id for u in room.workshop.use_cases].index(spot[0])
    text = hour.flat()
    if CONTESTED[place, spot[1]] == "01234123":
        assert "WIDE Nobody knows. Park it as find out" in text
        await room.press("p")
        await room.type("Ida")
        await room.press("ctrl+s")
        return
    assert ("OUTLIER One person sees something" if place == 0 else "TWO CAMPS Are we rating the same") in text
    await room.press("v")
    assert isinstance(room.app.screen, BallotScreen)
    await room.press("escape", "v")
    assert "Waiting for Ada" in hour.flat(), "the re-vote is typed in when its phase comes"


async def revotes(hour: Hour) -> None:
    """Cards up once more for what was talked about; then what moved is shown, and agreed."""
    room = hour.room
    for place in (0, 4):
        room.app.place.update({"use_case": room.workshop.use_cases[place].id, "rate.criterion": "VIA"})
        await room.app.show_screen(BallotScreen())
        await room.settle()
        await hour.burst("33333332\n")
        if place:
            await room.press("ctrl+r")
    for place, moved in ((0, "stays 3, agreed now"), (4, "2 → 3, camps merged")):
        room.app.place.update({"use_case": room.workshop.use_cases[place].id, "rate.criterion": "VIA"})
        await room.app.show_screen(RevealScreen())
        await room.settle()
        assert moved in hour.flat()
        await room.press("enter")
        assert room.workshop.use_cases[place].level(0) == 3
