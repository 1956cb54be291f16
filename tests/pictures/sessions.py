"""The sessions that the pictures show: the sample, and the same with a room in it that does not agree."""

from __future__ import annotations

import shutil
from pathlib import Path

from prioritizer import Workshop
from prioritizer.workshop.ballots import cards
from prioritizer.workshop.commands.collect import EditUseCase
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants, EditParticipant, SetSession
from prioritizer.workshop.commands.rate import Rate, Reveal
from prioritizer.workshop.commands.weights import GiveWeights, RevealWeights
from prioritizer.workshop.sample import create_sample

PEOPLE = (
    ("Ada", "business"),
    ("Ben", "data"),
    ("Cem", "integration"),
    ("Dee", "operations"),
    ("Eva", "compliance"),
    ("Fay", "operations"),
    ("Gil", "business"),
    ("Hal", "data"),
)
CARDS = (
    (1, "P1", "33343333"),
    (2, "P1", "33343343"),
    (3, "P1", "3333?333"),
    (4, "P1", "22224444"),
    (9, "P1", "13333333"),
    (10, "P1", "01234123"),
    (1, "P3", "44440444"),
    (2, "P3", "33334433"),
    (3, "P3", "22444422"),
    (4, "P3", "34343333"),
    (1, "G2", "2333334-"),
    (2, "G2", "32333333"),
    (3, "G2", "44443444"),
    (4, "G2", "1133?132"),
    (10, "G2", "3323333-"),
    (1, "B1", "44422244"),
    (2, "B1", "33333143"),
    (9, "B1", "44444344"),
)
"""Number of the card, criterion, and what everybody held up."""
SWINGS = ((100, 90, 60, 70), (80, 100, 70, 60), (70, 100, 90, 30), (100, 60, 40, 80), (50, 60, 40, 100))


def make_sample(path: Path) -> None:
    """The sample session."""
    create_sample(path).close()


def make_divided(path: Path) -> None:
    """The sample with eight people, revealed rounds of every pattern, weights that were revealed, and one round that is still open."""
    with create_sample(path) as w:
        w.do(SetSession(facilitator="Lea", minutes=60))
        w.do(AddParticipants([AddParticipant(name, role) for name, role in PEOPLE]))
        by_number = {case.number: case for case in w.use_cases}
        w.do(EditUseCase(by_number[1].id, proposer="Dee"))
        ids = [d.id for d in w.snapshot.preset.with_role("readiness")]
        for person, said in zip(w.snapshot.participants, SWINGS, strict=False):
            w.do(GiveWeights(person.id, "swing", dict(zip(ids, map(float, said), strict=True))))
        w.do(RevealWeights())
        for number, criterion, line in CARDS:
            w.do(Rate(by_number[number].id, criterion, None))
            w.do(cards(w.snapshot, by_number[number].id, criterion, line))
        w.do(Reveal())
        w.do(Rate(by_number[11].id, "P1", None))
        w.do(cards(w.snapshot, by_number[11].id, "P1", "333?2343"))


def make_room(path: Path) -> None:
    """Eight people who have rated eight use cases on one criterion, and not on the next."""

    people = ("Ada", "Ben", "Cem", "Dee", "Eva", "Fay", "Gil", "Hal")
    with Workshop.create(path, preset="pilot-first-quick", title="Which one first?") as w:
        for title, _ in ROOM:
            w.add_use_case(title)
        w.do(SetSession(minutes=60, agenda="min60"))
        w.do(AddParticipants([AddParticipant(name) for name in people]))
        for case, (_, line) in zip(w.use_cases, ROOM, strict=True):
            w.do(cards(w.snapshot, case.id, "VIA", line))
        w.do(Reveal())


ROOM = (
    ("Support ticket routing", "33343332"),
    ("Bug report triage", "22224444"),
    ("Compliance document first draft", "01234123"),
    ("Invoice mismatch explanation", "33333330"),
    ("Autonomous procurement negotiator", "11-11011"),
    ("Board strategy copilot", "--??????"),
    ("Contract clause extraction", "33323344"),
    ("Sales call summaries", "22?32222"),
)
"""Titles, and the cards that eight people showed: each of the five patterns is there."""


def make_conflicted(path: Path) -> None:
    """The sample after a merge of two copies in which the same things were changed."""
    copy = path.with_name("copy.sqlite")
    with create_sample(path) as w:
        w.do(AddParticipants([AddParticipant(name, role) for name, role in PEOPLE]))
    shutil.copyfile(path, copy)
    for file, level, role in ((path, 2, "operations"), (copy, 4, "data")):
        with Workshop.open(file) as w:
            w.rate("#1", "D2", level, evidence="document")
            w.do(EditParticipant(w.snapshot.participants[0].id, role=role))
    Workshop.merge(path, copy)
    copy.unlink()


SESSIONS = {
    "sample": make_sample,
    "room": make_room,
    "divided": make_divided,
    "conflicted": make_conflicted,
}
"""What a picture can show; name → how it is made."""
