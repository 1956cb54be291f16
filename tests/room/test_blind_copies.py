"""Blind means blind where copies meet: what two copies say in a hidden round changes no word of a merge."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from prioritizer import Workshop
from prioritizer.workshop.commands.ballot import BallotAnswer, CastBallots
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants
from prioritizer.workshop.commands.rate import Reveal
from prioritizer.workshop.commands.room import OpenRound, VoidRounds
from prioritizer.workshop.sample import create_sample
from tests.room.blind import NOON, Ids, freeze, opened


@pytest.fixture
def ids(monkeypatch: pytest.MonkeyPatch) -> Ids:
    return freeze(monkeypatch)


def copies(folder: Path, ids: Ids, here: Iterator[str], there: Iterator[str]) -> tuple[Path, Path]:
    """A session and a copy of it in which the same people have answered the same hidden rounds."""
    folder.mkdir()
    ids.start("copies")
    one, other = folder / "s.sqlite", folder / "copy.sqlite"
    with create_sample(one, clock=lambda: NOON) as w:
        w.do(AddParticipants([AddParticipant(n, role="data") for n in ("Ada", "Ben", "Cem")]))
        w.do(OpenRound([u.id for u in w.use_cases[6:9]], ["P1"]))
        answer(w, 8, "P1", here)  # known to both copies: only corrected in them
    shutil.copyfile(one, other)
    for path, hidden in ((one, here), (other, there)):
        with opened(path) as w:
            answer(w, 6, "P1", hidden)
            answer(w, 7, "P1", hidden, who=2)
            answer(w, 8, "P1", hidden)
    return one, other


def answer(w: Workshop, case: int, criterion: str, given: Iterator[str], who: int = 3) -> None:
    people = [p.id for p in w.snapshot.participants][:who]
    w.do(
        CastBallots(
            [BallotAnswer(p, w.use_cases[case].id, criterion, next(given)) for p in people], correct=True
        )
    )


def told(one: Path, other: Path) -> list[object]:
    """Everything that is said while the two are brought together, settled and taken back."""
    said: list[object] = []
    with opened(one) as w:
        said.append(w.compare(other).words)
        merged = w.bring_in(other)
        said += [merged.words, merged.document(), repr(w.conflicts()), w.snapshot]
        while found := w.conflicts():
            said.append(w.settle(found[0].id, len(found) % len(found[0].choices)))
        said += [w.snapshot, [(h.kind, h.words, h.verb) for h in w.history()]]
        said += [w.undo(), repr(w.conflicts()), w.redo(), w.undo(), w.undo()]
        w.do(VoidRounds(w.use_cases[6].id))
        said += [repr(w.conflicts()), w.snapshot]
    return said


def test_a_real_conflict_over_hidden_answers_tells_nothing(tmp_path: Path, ids: Ids) -> None:
    pairs = {
        "all the same": ("2", "2"),
        "all at odds": ("1", "4"),
        "some at odds": ("0?3", "03-"),
        "unsure": ("?", "-"),
    }
    found = [
        told(*copies(tmp_path / str(i), ids, cycle(a), cycle(b))) for i, (a, b) in enumerate(pairs.values())
    ]
    for name, each in zip(pairs, found, strict=True):
        assert each == found[0], name
    assert "to settle" in str(found[0][1])


def test_once_revealed_only_what_differs_is_to_be_settled(tmp_path: Path, ids: Ids) -> None:
    one, other = copies(tmp_path / "x", ids, cycle("123"), cycle("124"))
    with opened(one) as w:
        w.bring_in(other)
        assert len(w.conflicts()) == 8
        w.do(Reveal())
        assert len(w.conflicts()) == 2  # Cem answered two of the three cells, and otherwise in each copy
