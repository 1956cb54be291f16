"""Session files for measurements."""

from __future__ import annotations

import random
from pathlib import Path

from prioritizer import Workshop
from prioritizer.workshop.commands.collect import AddUseCases, NewUseCase
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
