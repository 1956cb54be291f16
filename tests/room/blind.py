"""Two sessions whose logs are equal except for what was answered in rounds that nobody has revealed."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
import random
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

import prioritizer
from prioritizer import Workshop
from prioritizer.workshop.commands.ballot import BallotAnswer, CastBallots
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants, SetSession
from prioritizer.workshop.commands.rate import Reveal, Vote
from prioritizer.workshop.commands.room import OpenRound, Reword, VoidRounds
from prioritizer.workshop.commands.weights import GiveWeights
from prioritizer.workshop.sample import create_sample

PEOPLE = ("Ada", "Ben", "Cem", "Dee", "Eva")
NOON = dt.datetime(2026, 3, 9, 12, 0, tzinfo=dt.UTC)


def load_all() -> None:
    """Imports every module of ours but the app's: whoever keeps `uuid4` must do so before it is patched."""
    for found in pkgutil.walk_packages(prioritizer.__path__, "prioritizer."):
        if not found.name.startswith("prioritizer.tui") and not found.name.endswith("__main__"):
            importlib.import_module(found.name)


class Ids:
    """The same ids for both sessions."""

    def __init__(self) -> None:
        self.start("")

    def start(self, word: str) -> None:
        self._random = random.Random(word)

    def __call__(self) -> uuid.UUID:
        return uuid.UUID(int=self._random.getrandbits(128), version=4)


def freeze(monkeypatch: pytest.MonkeyPatch) -> Ids:
    """Makes ids repeatable, and stops the clock of the service."""
    load_all()
    ids = Ids()
    monkeypatch.setattr(uuid, "uuid4", ids)
    for name, module in list(sys.modules.items()):
        if name.startswith("prioritizer.") and "uuid4" in vars(module):
            monkeypatch.setattr(module, "uuid4", ids)
    monkeypatch.setattr("prioritizer.workshop.service._utc_now", lambda: NOON)
    return ids


def make(path: Path, hidden: Iterator[str]) -> None:
    """The sample session with a room in it: revealed, open, corrected and void rounds.

    Args:
        path: The new file.
        hidden: Gives each answer that is not revealed.
    """
    with create_sample(path, clock=lambda: NOON) as w:
        w.do(AddParticipants([AddParticipant(n, role="data") for n in PEOPLE]))
        w.do(SetSession(facilitator="Eva", minutes=60))
        people = [p.id for p in w.snapshot.participants]
        cases = w.use_cases

        def ballot(
            case: int, criterion: str, answers: Iterator[str], who: int = 4, fix: bool = False
        ) -> None:
            given = [BallotAnswer(p, cases[case].id, criterion, next(answers)) for p in people[:who]]
            w.do(CastBallots(given, correct=fix))

        # Revealed, the same in both: two camps, and a re-vote's worth of people.
        ballot(9, "P1", iter("0044"))
        w.do(Reveal())
        w.do(OpenRound([u.id for u in cases[6:9]], ["P1", "P3"]))
        ballot(6, "P1", hidden)
        ballot(6, "P1", hidden, fix=True)  # the same again, or something else
        ballot(6, "P3", hidden, who=3)
        ballot(7, "P3", hidden, who=2)
        w.do(Vote(cases[8].id, "P3", people[0], next(hidden)))
        w.do(Vote(cases[8].id, "P3", people[0], next(hidden)))
        ballot(5, "G2", hidden)
        w.do(VoidRounds(cases[5].id))  # never revealed
        ballot(4, "V1", hidden)
        w.do(Reword(cases[4].id, task="Something else entirely.", same_meaning=False))
        ballot(3, "V1", hidden)
        w.undo()
        w.redo()
        ballot(3, "V2", hidden)
        w.undo()  # nobody has seen it, and now it was never given
        for person in people[:3]:
            said = {
                d.id: float(10 + 7 * "0134?-2".index(next(hidden)))
                for d in w.snapshot.preset.with_role("readiness")
            }
            w.do(GiveWeights(person, "swing", said))


def answers(seed: int) -> Iterator[str]:
    """Hidden answers; repeated ones are likely, so that a log that drops what does not change would tell."""
    source = random.Random(seed)
    while True:
        yield source.choice("0134?-")


def same_answers() -> Iterator[str]:
    """Everybody answers 2, and corrects it to 2."""
    while True:
        yield "2"


def open_pair(folder: Path, ids: Ids) -> tuple[Path, Path]:
    """Both files, under the same name in two folders."""
    paths = []
    for name, hidden in (("a", same_answers()), ("b", answers(7))):
        (folder / name).mkdir()
        ids.start("make")
        make(folder / name / "s.sqlite", hidden)
        paths.append(folder / name / "s.sqlite")
    return paths[0], paths[1]


def opened(path: Path) -> Workshop:
    return Workshop.open(path, clock=lambda: NOON)
