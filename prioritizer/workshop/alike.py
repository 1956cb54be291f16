"""Rows of an import that resemble another: which ones, and what becomes of each.

Nobody but the room can say whether two titles mean the same. So every such row has a choice: *keep*
it as a use case of its own, *skip* it, or *merge* it into the other, which keeps what it said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_error
from prioritizer.workshop.near import Near

if TYPE_CHECKING:
    from prioritizer.exchange.use_cases_in import Candidate

Choice = Literal["keep", "skip", "merge"]
CHOICES: tuple[Choice, ...] = get_args(Choice)


@dataclass(frozen=True)
class Met:
    """A row that another use case resembles.

    Attributes:
        row: Of the source.
        title: What both are called.
        of: Id of the other; none where it is a row of the same source that was not written.
        of_row: Where the other is a row of the same source: which.
        of_number: Where the other has a number in the session.
    """

    row: int
    title: str
    of: str | None
    of_row: int | None = None
    of_number: int | None = None


@dataclass(frozen=True)
class Decided:
    """What becomes of the fresh rows of an import.

    Attributes:
        rows: Those that are written, in their order.
        into: Position in ``rows`` → what it is merged into: an id, or another position.
        merged: The rows that are merged, with what they are merged into.
        skipped: The rows that are left out, with what they resemble.
    """

    rows: tuple[Candidate, ...]
    into: Mapping[int, str | int]
    merged: tuple[Near, ...]
    skipped: tuple[Near, ...]

    @property
    def kept(self) -> int:
        """How many enter as use cases of their own."""
        return len(self.rows) - len(self.into)


def checked_choice(text: str) -> Choice:
    """A choice by its name.

    Raises:
        PrioritizerError: There is none of this name.
    """
    for each in CHOICES:
        if each == text:
            return each
    raise PrioritizerError(f"“{clean_error(text)}” is no choice for similar titles: {', '.join(CHOICES)}.")


def doubts(similar: Sequence[Met], near: Sequence[Near]) -> dict[int, Near]:
    """The other of each row that has one, by row; the same title counts before an almost equal one."""
    found = {each.row: each for each in near}
    for met in similar:
        found[met.row] = Near(met.row, met.title, met.of, met.title, 100, met.of_row, met.of_number)
    return dict(sorted(found.items()))


def decide(
    fresh: Sequence[Candidate], found: Mapping[int, Near], usual: Choice, choices: Mapping[int, Choice]
) -> Decided:
    """What becomes of each fresh row.

    Args:
        fresh: Rows that are no duplicates.
        found: From `doubts`.
        usual: For every row in doubt that has no choice of its own.
        choices: By row; a row that resembles nothing any more, and was to be merged, is kept.
    """
    choice = {row: choices.get(row, usual if row in found else "keep") for row in (c.row for c in fresh)}
    choice |= {row: "keep" for row, each in choice.items() if each == "merge" and row not in found}
    rows = tuple(c for c in fresh if choice[c.row] != "skip")
    places = {c.row: place for place, c in enumerate(rows)}

    def stays(near: Near) -> str | int | None:
        """The other, or what the other is the double of: chains go up the source and so have an end."""
        while near.of is None and near.of_row is not None:
            if choice.get(near.of_row, "keep") == "keep" or near.of_row not in found:
                return places.get(near.of_row)
            near = found[near.of_row]
        return near.of

    into: dict[int, str | int] = {}
    merged: list[Near] = []
    for place, candidate in enumerate(rows):
        if choice[candidate.row] == "merge":
            target = stays(found[candidate.row])
            if target is not None:  # else the other was left out, and this one stands for both
                into[place] = target
                merged.append(found[candidate.row])
    skipped = [found[c.row] for c in fresh if choice[c.row] == "skip" and c.row in found]
    return Decided(rows, into, tuple(merged), tuple(skipped))
