"""A quiet timer, and what the session's own timestamps say about its pace. The time is passed in."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from prioritizer.facilitation.capacity import (
    CONTESTED_SHARE,
    MINUTES_A_CONTESTED,
    SECONDS_A_CELL,
    SECONDS_AN_ANSWER,
    Rates,
)

Mood = Literal["calm", "soon", "over"]

SOON = 0.2
"""Share of its minutes from which a phase is nearly over."""

ENOUGH = 5
"""Observations from which the session's own pace replaces the assumption."""

SHORTEST = timedelta(milliseconds=200)
"""A gap below which a script was at work, not a hand."""

LONGEST_PAUSE = timedelta(minutes=10)
"""A gap beyond this was a break, not work on one cell."""


@dataclass(frozen=True, slots=True)
class Timer:
    """One phase against its timebox.

    Attributes:
        started: When it began.
        minutes: Its timebox.
    """

    started: datetime
    minutes: float

    def left(self, now: datetime) -> float:
        """Minutes left; negative when over."""
        return self.minutes - (now - self.started).total_seconds() / 60.0

    def mood(self, now: datetime) -> Mood:
        """How to dress it; it changes twice in a phase and never blinks."""
        left = self.left(now)
        if left <= 0:
            return "over"
        return "soon" if left <= SOON * self.minutes else "calm"

    def words(self, now: datetime) -> str:
        """``7 min left``, ``last minute``, ``2 min over``: whole minutes, so that it seldom changes."""
        left = self.left(now)
        if left <= 0:
            over = int(-left)
            return "time is up" if over < 1 else f"{over} min over"
        return "last minute" if left <= 1 else f"{-int(-left // 1)} min left"


@dataclass(frozen=True, slots=True)
class Happening:
    """One operation of the log as far as pace is concerned.

    Attributes:
        time: When it was logged.
        kind: Of the command.
        cells: Cells that it speaks of.
        answers: Answers of people among its writes.
        revealed: Cells of which it revealed a round.
    """

    time: datetime
    kind: str
    cells: tuple[tuple[str, str], ...] = ()
    answers: int = 0
    revealed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pace:
    """Rates to plan with, and which of them were observed here.

    Attributes:
        rates: Seconds and minutes, each the assumption until there is enough to learn from.
        observed: Names of the rates that come from this session.
    """

    rates: Rates
    observed: tuple[str, ...] = ()


def pace(happenings: Iterable[Happening]) -> Pace:
    """The pace of a session from its own timestamps.

    A cell is *contested* when it was voted on again, parked, claimed or settled by the rule; the talk about
    it took from the operation before to that one. Typing is the time between ballots that follow
    each other directly. Medians, because one long story must not move the plan.
    """
    log = sorted(happenings, key=lambda h: h.time)
    typing: list[float] = []
    silent: list[float] = []
    talks: list[float] = []
    contested: set[tuple[str, str]] = set()
    revealed: set[tuple[str, str]] = set()
    for before, now in itertools.pairwise(log):
        gap = now.time - before.time
        if not SHORTEST <= gap <= LONGEST_PAUSE:
            continue
        seconds = gap.total_seconds()
        if now.kind in _TYPED and now.answers and before.kind in _TYPED:
            typing.append(seconds / now.answers)
        elif now.kind in _TYPED and now.answers and before.kind in ("round", "revote"):
            silent.append(max(seconds - SECONDS_AN_ANSWER * now.answers, 0.0) / max(len(now.cells), 1))
        elif now.kind in _TALKED:
            talks.append(seconds / 60.0)
    for each in log:
        if each.kind == "reveal":
            revealed.update(each.cells)
        elif each.kind in _TALKED:
            contested.update(each.cells)
    share = len(contested & revealed) / len(revealed) if len(revealed) >= 4 * ENOUGH else None
    found = {
        "seconds_a_cell": _median(silent),
        "contested_share": share,
        "minutes_a_contested": _median(talks),
        "seconds_an_answer": _median(typing),
    }
    rates = Rates(
        seconds_a_cell=_or(found["seconds_a_cell"], SECONDS_A_CELL),
        contested_share=_or(found["contested_share"], CONTESTED_SHARE),
        minutes_a_contested=_or(found["minutes_a_contested"], MINUTES_A_CONTESTED),
        seconds_an_answer=_or(found["seconds_an_answer"], SECONDS_AN_ANSWER),
    )
    return Pace(rates, tuple(name for name, value in found.items() if value is not None))


_TYPED = frozenset({"ballot", "answer"})
_TALKED = frozenset({"revote", "find-out", "claim", "deadlock"})

TELLING = _TYPED | _TALKED | {"reveal"}
"""Kinds of which the pace asks more than when they were: of all others cells and answers may be left out."""


def _median(values: Sequence[float]) -> float | None:
    return statistics.median(values) if len(values) >= ENOUGH else None


def _or(value: float | None, usual: float) -> float:
    return usual if value is None else value
