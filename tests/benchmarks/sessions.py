"""Session files for measurements."""

from __future__ import annotations

import random
from pathlib import Path

from prioritizer import Workshop
from prioritizer.workshop.commands.ballot import BallotAnswer, CastBallots
from prioritizer.workshop.commands.collect import AddUseCases, NewUseCase
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants, AskCriterion
from prioritizer.workshop.commands.gate import ClearRemaining
from prioritizer.workshop.commands.rate import Rate, RateMany


def rated_session(path: Path, use_cases: int, seed: int = 1) -> None:
    """All gates clear, every level agreed at random."""
    chance = random.Random(seed)
    with Workshop.create(path, title=f"{use_cases} use cases") as workshop:
        workshop.do(AddUseCases([NewUseCase(f"Use case {n + 1}", task="A task.") for n in range(use_cases)]))
        workshop.do(ClearRemaining([g.id for g in workshop.snapshot.preset.questions]))
        criteria = workshop.snapshot.preset.criterion_ids
        levels = [Rate(u.id, c, chance.choice((1, 2, 3, 3, 4))) for u in workshop.use_cases for c in criteria]
        workshop.do(RateMany(levels))


def room_session(path: Path, *, use_cases: int, people: int, seed: int = 1) -> None:
    """All gates clear, and a revealed ballot of everybody about every cell."""
    chance = random.Random(seed)
    with Workshop.create(path, title=f"{people} people, {use_cases} use cases") as workshop:
        workshop.do(AddUseCases([NewUseCase(f"Use case {n + 1}", task="A task.") for n in range(use_cases)]))
        workshop.do(ClearRemaining([g.id for g in workshop.snapshot.preset.questions]))
        workshop.do(AddParticipants([AddParticipant(f"Person {n + 1}") for n in range(people)]))
        voters = [p.id for p in workshop.snapshot.participants]
        for criterion in workshop.snapshot.preset.criterion_ids:
            workshop.do(AskCriterion(criterion, "room"))
            ballots = [
                BallotAnswer(voter, case.id, criterion, str(chance.choice((1, 2, 3, 3, 4))))
                for case in workshop.use_cases
                for voter in voters
            ]
            workshop.do(CastBallots(ballots, reveal=True))
