"""What fits in the time (rubric §7): minutes that a number of cells needs in the room.

The rates are assumptions to start from; `prioritizer.facilitation.clock.pace` learns them from the
session's own timestamps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

SECONDS_A_CELL = 12.0
"""Silent rating of one use case on one criterion."""

CONTESTED_SHARE = 0.15
"""Share of the cells that the room has to talk about."""

MINUTES_A_CONTESTED = 2.5
"""Talk about one of them."""

SECONDS_AN_ANSWER = 0.6
"""Typing one answer of one person."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How fast a room is; the assumptions unless something was learnt."""

    seconds_a_cell: float = SECONDS_A_CELL
    contested_share: float = CONTESTED_SHARE
    minutes_a_contested: float = MINUTES_A_CONTESTED
    seconds_an_answer: float = SECONDS_AN_ANSWER


ASSUMED = Rates()


@dataclass(frozen=True, slots=True)
class Capacity:
    """Minutes for one pass over the cells, unrounded.

    Attributes:
        silent: Rating in silence.
        discussion: Talking about contested cells.
        entry: Typing the answers in; 0 where nobody types them.
    """

    silent: float
    discussion: float
    entry: float

    @property
    def talk(self) -> float:
        """Without typing."""
        return self.silent + self.discussion

    @property
    def total(self) -> float:
        """With typing."""
        return self.talk + self.entry


def capacity(use_cases: int, criteria: int, voters: int = 0, rates: Rates = ASSUMED) -> Capacity:
    """Minutes that the room needs.

    Args:
        use_cases: Rated in this session.
        criteria: Asked in the room.
        voters: People whose answers are typed in.
        rates: How fast this room is.
    """
    cells = use_cases * criteria
    return Capacity(
        silent=cells * rates.seconds_a_cell / 60.0,
        discussion=cells * rates.contested_share * rates.minutes_a_contested,
        entry=cells * voters * rates.seconds_an_answer / 60.0,
    )


def minutes_shown(minutes: float) -> int:
    """Whole minutes: a sum of rough rates has no more to say."""
    return round(minutes)


def most_use_cases(minutes: float, criteria: int, voters: int = 0, rates: Rates = ASSUMED) -> int:
    """The largest number of use cases that fits."""
    return _most(minutes, capacity(1, criteria, voters, rates).total)


def most_criteria(minutes: float, use_cases: int, voters: int = 0, rates: Rates = ASSUMED) -> int:
    """The largest number of criteria in the room that fits."""
    return _most(minutes, capacity(use_cases, 1, voters, rates).total)


def _most(minutes: float, each: float) -> int:
    # Compared as shown: what is said to need 45 minutes fits in 45.
    found = math.floor((minutes + 0.5) / each) if each > 0 else 0
    while found > 0 and minutes_shown(found * each) > minutes:
        found -= 1
    return found
