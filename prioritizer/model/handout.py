"""What is handed out before a session, as plain data: cards, level sheets, fact sheets, ballots.

No level, answer or rank stands in it: who reads a number first rates by it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """One use case to read."""

    number: int
    title: str
    task: str = ""
    tags: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LevelSheet:
    """One criterion with its five levels."""

    id: str
    title: str
    question: str
    levels: tuple[str, ...]
    dimension: str
    asked: str
    """``room`` or ``before``."""
    brings: str = ""
    """Title of the role that brings the fact."""
    proof: bool = False
    gate: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One yes/no gate with its answers."""

    title: str
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactSheet:
    """What one role is asked to bring."""

    role: str
    sheets: tuple[LevelSheet, ...]


@dataclass(frozen=True, slots=True)
class Handouts:
    """Everything for the people who are invited."""

    title: str
    date: str
    candidate: str
    purpose: str = ""
    decision_rule: str = ""
    language: str = "en"
    cards: tuple[Card, ...] = ()
    sheets: tuple[LevelSheet, ...] = ()
    questions: tuple[Question, ...] = ()
    fact_sheets: tuple[FactSheet, ...] = ()

    @property
    def room(self) -> tuple[LevelSheet, ...]:
        """The criteria that the room rates."""
        return tuple(sheet for sheet in self.sheets if sheet.asked == "room")
