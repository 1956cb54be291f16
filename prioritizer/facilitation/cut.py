"""The cut of a long list: bounded use cases with data first, votes for the seats that remain (rubric §7).

A vote alone keeps what shows well. So two quick ladders, *bounded* and *data*, seat the candidates
that could be piloted, the votes fill what is left, and what the vote alone would have kept is
kept beside it for the mirror.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

BOUNDED = 3
"""Level of the quick ladder *bounded* from which a candidate counts as bounded."""

DATA = 2
"""Level of the quick ladder *data* from which somebody can at least export it."""

Seat = Literal["bounded-and-data", "vote", "none"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a candidate when the list is cut.

    Attributes:
        id: Of the use case.
        number: Of its card; earlier cards win a tie that nothing else breaks.
        bounded: Level of the quick ladder, 0–4; none where nobody could say.
        data: Likewise.
        votes: Of everybody together.
    """

    id: str
    number: int
    bounded: int | None = None
    data: int | None = None
    votes: int = 0

    @property
    def qualifies(self) -> bool:
        """Bounded, and its data within reach; unknown is never a pass."""
        return (self.bounded or 0) >= BOUNDED and (self.data or 0) >= DATA


@dataclass(frozen=True, slots=True)
class Cut:
    """Who stays.

    Attributes:
        seats: How many places there were.
        first: Ids seated by the two ladders, best first.
        voted: Ids that the votes seated, most votes first.
        out: Everybody else, in order of their cards.
        vote_alone: What the vote alone would have kept, most votes first.
        tied: Ids that had as many votes as the last one seated by vote, and got no seat.
    """

    seats: int
    first: tuple[str, ...]
    voted: tuple[str, ...]
    out: tuple[str, ...]
    vote_alone: tuple[str, ...]
    tied: tuple[str, ...] = ()

    @property
    def keep(self) -> tuple[str, ...]:
        """Everybody who stays."""
        return (*self.first, *self.voted)

    @property
    def saved(self) -> tuple[str, ...]:
        """Kept, although the vote alone would have dropped them."""
        return tuple(i for i in self.keep if i not in self.vote_alone)

    @property
    def dropped(self) -> tuple[str, ...]:
        """The vote alone would have kept them, and they are out."""
        return tuple(i for i in self.vote_alone if i not in self.keep)


def cut(candidates: Iterable[Candidate], seats: int) -> Cut:
    """Fills the seats.

    Raises:
        ValueError: There is no seat.
    """
    if seats < 1:
        raise ValueError("a cut needs at least one seat")
    everybody = sorted(candidates, key=lambda c: (c.number, c.id))
    ready = sorted((c for c in everybody if c.qualifies), key=_by_ladders)[:seats]
    taken = {c.id for c in ready}
    by_vote = sorted((c for c in everybody if c.votes > 0), key=lambda c: (-c.votes, c.number, c.id))
    others = [c for c in by_vote if c.id not in taken]
    voted = others[: seats - len(ready)]
    rest = others[len(voted) :]
    tied = tuple(c.id for c in rest if voted and c.votes == voted[-1].votes)
    kept = taken | {c.id for c in voted}
    return Cut(
        seats=seats,
        first=tuple(c.id for c in ready),
        voted=tuple(c.id for c in voted),
        out=tuple(c.id for c in everybody if c.id not in kept),
        vote_alone=tuple(c.id for c in by_vote[:seats]),
        tied=tied,
    )


def votes_each(number: int) -> tuple[int, int]:
    """Fewest and most votes that each person gets for so many candidates: between √n and n/3."""
    if number < 1:
        return (0, 0)
    most = max(number // 3, 1)
    return (min(math.ceil(math.sqrt(number)), most), most)


def _by_ladders(c: Candidate) -> tuple[int, int, int, int, str]:
    bounded, data = c.bounded or 0, c.data or 0
    # The weaker of the two decides: one strength does not make up for the other.
    return (-min(bounded, data), -(bounded + data), -c.votes, c.number, c.id)
