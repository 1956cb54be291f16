"""Disagreement on one cell: five patterns, each with its own next move (rubric §5).

A standard deviation cannot tell two camps from one person who has seen something; a pattern can.
With eight voters a shared truth is mislabelled in a few draws of a hundred, so a label opens a
question and is never printed as a finding.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

PatternId = Literal["thin", "two-camps", "wide", "outlier", "agreed"]

TITLES: dict[PatternId, str] = {
    "thin": "THIN",
    "two-camps": "TWO CAMPS",
    "wide": "WIDE",
    "outlier": "OUTLIER",
    "agreed": "AGREED",
}

MOVES: dict[PatternId, str] = {
    "thin": "Wait for more answers, or mark the level as claimed.",
    "two-camps": "Are we rating the same use case? Rewrite it or split it.",
    "wide": "Nobody knows. Park it as find out, with an owner and a date.",
    "outlier": "One person sees something. What fact? 60 seconds, then re-vote.",
    "agreed": "Take it, move on.",
}

SEVERITY: dict[PatternId, int] = {"two-camps": 0, "wide": 1, "outlier": 2, "thin": 3, "agreed": 4}
"""Order in which a room looks at them where nothing else decides."""

FEWEST = 3
"""Levels below which there is no pattern."""

FAR = 2
"""Levels from the median from which a person stands apart."""

CAMP = 2
"""Fewest people at a peak."""

SIDE = 0.3
"""Smallest share of the people on each side of two camps."""

WIDE_RANGE = 2.0
"""Interquartile range from which answers are wide."""

MANY_VOTERS = 8
"""From so many levels on, two people may stand apart and still be outliers."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the levels of one round look like.

    Attributes:
        id: Which pattern.
        number: How many levels there are.
        median: Lower median; none without a level.
        peaks: The levels of the two camps, lower first; empty for every other pattern.
        apart: How many people stand two or more levels from the median.
    """

    id: PatternId
    number: int
    median: int | None
    peaks: tuple[int, ...] = ()
    apart: int = 0

    @property
    def title(self) -> str:
        """As it is shown."""
        return TITLES[self.id]

    @property
    def move(self) -> str:
        """What the facilitator is told."""
        if self.id == "outlier" and self.apart > 1:
            return "Two people see something. What fact? 60 seconds, then re-vote."
        return MOVES[self.id]

    @property
    def contested(self) -> bool:
        """Whether the room has something to talk about."""
        return self.id != "agreed"


def find_pattern(levels: Iterable[int]) -> Pattern:
    """The pattern of the levels of one round, 0–4 in any order."""
    found = sorted(levels)
    n = len(found)
    median = found[(n - 1) // 2] if n else None
    if n < FEWEST or median is None:
        return Pattern("thin", n, median)
    apart = sum(abs(level - median) >= FAR for level in found)
    peaks = _camps(found)
    if peaks is not None:
        return Pattern("two-camps", n, median, peaks, apart)
    if interquartile_range(found) >= WIDE_RANGE or apart >= 3:
        return Pattern("wide", n, median, (), apart)
    if 1 <= apart <= (2 if n >= MANY_VOTERS else 1):
        return Pattern("outlier", n, median, (), apart)
    return Pattern("agreed" if not apart else "wide", n, median, (), apart)


def interquartile_range(levels: Sequence[int]) -> float:
    """Distance of the quartiles by linear interpolation; ``levels`` are sorted, and not empty."""
    return _quantile(levels, 0.75) - _quantile(levels, 0.25)


def counts_of(levels: Iterable[int]) -> tuple[int, int, int, int, int]:
    """How many people chose each level."""
    counts = [0] * 5
    for level in levels:
        counts[level] += 1
    return (counts[0], counts[1], counts[2], counts[3], counts[4])


def _quantile(levels: Sequence[int], share: float) -> float:
    place = (len(levels) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(levels) - 1)
    return levels[below] + (place - below) * (levels[above] - levels[below])


def _camps(levels: Sequence[int]) -> tuple[int, int] | None:
    """The two peaks that part the room most evenly; none where there are no camps."""
    counts = counts_of(levels)
    best: tuple[tuple[int, int], tuple[int, int]] | None = None
    for low in range(5):
        for high in range(low + 2, 5):
            smaller = min(counts[low], counts[high])
            if smaller < CAMP or any(2 * counts[between] > smaller for between in range(low + 1, high)):
                continue
            # Whoever stands exactly between the peaks is on neither side.
            below = sum(abs(x - low) < abs(x - high) for x in levels)
            above = sum(abs(x - high) < abs(x - low) for x in levels)
            if min(below, above) * 10 < SIDE * 10 * len(levels):
                continue
            size = (smaller, counts[low] + counts[high])
            if best is None or size > best[0]:
                best = (size, (low, high))
    return None if best is None else best[1]


_MOVEMENTS: dict[tuple[bool, bool, bool], str] = {
    # (two camps before, contested before, contested now), where two camps are not there any more
    (True, True, False): "camps merged",
    (False, True, False): "agreed now",
    (False, False, True): "apart now",
}


def movement(before: Pattern, now: Pattern) -> str:
    """What a re-vote changed: ``2 → 3, camps merged``; ``stays 2, still two camps``."""
    return f"{_value_moved(before.median, now.median)}, {_pattern_moved(before, now)}"


def _value_moved(before: int | None, now: int | None) -> str:
    if before == now:
        return "stays unknown" if now is None else f"stays {now}"
    return f"{'?' if before is None else before} → {'?' if now is None else now}"


def _pattern_moved(before: Pattern, now: Pattern) -> str:
    if before.id == now.id:
        return "agreed as before" if now.id == "agreed" else f"still {now.title.lower()}"
    if now.id == "two-camps":
        return "two camps now"
    if now.id == "thin":
        return "fewer answers now"
    return _MOVEMENTS.get(
        (before.id == "two-camps", before.contested, now.contested), f"{now.title.lower()} now"
    )
