"""A room: eight people, one of whom leads, and three use cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from prioritizer import Workshop
from prioritizer.workshop.ballots import cards
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants, SetSession
from prioritizer.workshop.commands.rate import Reveal

NAMES = ("Ada", "Ben", "Cem", "Dee", "Eva", "Fay", "Gil", "Hal")


@pytest.fixture(autouse=True)
def _nothing_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long is said on the screen: two runs that are compared must not differ by how busy the machine is."""
    monkeypatch.setattr("prioritizer.tui.background.PATIENCE", 3_600.0)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Workshop]:
    with Workshop.create(tmp_path / "s.sqlite", title="Trial", preset="pilot-first-quick") as made:
        for title in ("Route tickets", "Negotiate", "Draft filings"):
            made.add_use_case(title)
        made.do(SetSession(facilitator="Lea", minutes=60))
        made.do(AddParticipants([AddParticipant(n) for n in (*NAMES, "Lea")]))
        yield made


def vote(w: Workshop, place: int, criterion: str, line: str, *, reveal: bool = True) -> str:
    """One line of cards about one cell; returns the id of the use case."""
    case = w.use_cases[place].id
    w.do(cards(w.snapshot, case, criterion, line))
    if reveal:
        w.do(Reveal(case, criterion))
    return case
