"""One slide of the projector's window: plain data, with no name of a person in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from prioritizer.facilitation.clock import Mood

Kind = Literal[
    "question", "reveal", "reveals", "ranking", "gates", "candidates", "practice", "break", "welcome"
]
MOST_ROWS = 60
"""Nobody reads more from the back of a room."""


@dataclass(frozen=True, slots=True)
class SlideRow:
    """One line of a slide.

    Attributes:
        lead: A level, a rank, or the number of a card.
        text: Words.
        beside: What stands at the right end, in a word or two.
        people: How many gave this level; none where the row is no level.
        counts: How many gave each level, for a row that is a whole cell.
        role: Of the lead.
    """

    lead: str
    text: str
    beside: str = ""
    people: int | None = None
    counts: tuple[int, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """What stands on the wall.

    Attributes:
        kind: What the room is at.
        kicker: A small line: the session, or the cell.
        heading: A few words, to be shown as large as they fit.
        under: One sentence below.
        rows: The body.
        count: "5 of 8", to be shown large.
        count_words: What it counts.
        phase: Of the agenda; "" while none runs.
        timer: "7 min left"; "" while none runs.
        mood: Of the timer.
        role: Of the heading.
    """

    kind: Kind
    kicker: str
    heading: str
    under: str = ""
    rows: tuple[SlideRow, ...] = ()
    count: str = ""
    count_words: str = ""
    phase: str = ""
    timer: str = ""
    mood: Mood = "calm"
    role: str = "accent"
