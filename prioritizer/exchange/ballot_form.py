"""What a ballot asks, whatever it is printed on: a page, paper, or a blank table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormCriterion:
    """One question with its five level texts."""

    id: str
    title: str
    question: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormUseCase:
    """One candidate."""

    id: str
    number: int
    title: str
    task: str


@dataclass(frozen=True, slots=True)
class BallotForm:
    """One ballot.

    Attributes:
        session: Id of the session.
        title: Of the session.
        language: Of the questions.
        criteria: In the order in which they are asked.
        use_cases: In the order of their numbers.
        people: Names to choose from; empty: everybody writes their own.
        cells: (criterion, use case) ids that are asked; none: all.
    """

    session: str
    title: str
    language: str
    criteria: tuple[FormCriterion, ...]
    use_cases: tuple[FormUseCase, ...]
    people: tuple[str, ...] = ()
    cells: frozenset[tuple[str, str]] | None = None

    def asked(self) -> Iterator[tuple[FormCriterion, list[FormUseCase]]]:
        """A criterion at a time, each with the use cases that it is asked of: by column, not by row."""
        for criterion in self.criteria:
            asked = [u for u in self.use_cases if self.cells is None or (criterion.id, u.id) in self.cells]
            if asked:
                yield criterion, asked
