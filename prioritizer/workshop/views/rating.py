"""The stage Rate as data: which questions are asked, what stands in a cell, what is still empty.

Nothing here needs the evaluation; what a level does to the place of its use case is in
`prioritizer.workshop.views.standing`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.model.session import UNKNOWN, Agreed, Snapshot, UseCase
from prioritizer.model.terms import PROOF, Fact
from prioritizer.workshop.commands.rate import room_value
from prioritizer.workshop.views.card import hours_month

if TYPE_CHECKING:
    from prioritizer.model.preset import Criterion

_NOTHING = Agreed()


@dataclass(frozen=True, slots=True)
class Ladder:
    """One criterion as the room is asked it."""

    criterion: Criterion
    column: int
    """Its place in the level bytes."""
    place: int
    """Its place among the criteria that are asked, from 1."""
    total: int
    dimension: str
    """Title of its dimension."""
    meaning: str
    """What the dimension asks; for a deep integration, that it scores low."""
    brought_by: str
    """Who brings it, and whether anybody with that role is here; for ``room``, that the room says it."""
    absent: bool
    """Nobody on the roster has the role that brings it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell."""

    level: int | None
    """Agreed, else the room value, else unknown."""
    agreed: bool
    room: int | None
    evidence: str | None
    measured_on: str | None
    note: str
    reason: str
    claimed: bool
    unproven: bool
    todo: bool
    """A 0 that only says that work has not been done yet."""


def ladders(snapshot: Snapshot) -> tuple[Ladder, ...]:
    """The criteria that are asked in this session, in the preset's order."""
    preset = snapshot.preset
    asked = [(i, c) for i, c in enumerate(preset.criterion) if snapshot.how_asked(c.id) != "off"]
    dimensions = {d.id: d for d in preset.dimension}
    found = []
    for place, (column, criterion) in enumerate(asked, 1):
        dimension = dimensions[criterion.dimension]
        brought_by, absent = _brought_by(snapshot, criterion)
        found.append(
            Ladder(
                criterion,
                column,
                place,
                len(asked),
                dimension.title,
                dimension.meaning,
                brought_by,
                absent,
            )
        )
    return tuple(found)


def _brought_by(snapshot: Snapshot, criterion: Criterion) -> tuple[str, bool]:
    if snapshot.how_asked(criterion.id) != "before" or criterion.role is None:
        return "asked in the room", False
    title = next((r.title for r in snapshot.preset.role if r.id == criterion.role), criterion.role)
    roster = [p for p in snapshot.participants if p.name]
    if not roster:
        return f"{title} brings this", False
    if any(p.present and p.role == criterion.role for p in roster):
        return f"{title} brings this, and is here", False
    return f"{title} brings this; nobody with that role is here", True


def cell(use_case: UseCase, ladder: Ladder) -> Cell:
    """What stands in the cell of a use case and a criterion."""
    criterion, column = ladder.criterion, ladder.column
    agreed = use_case.level(column)
    room = room_value(use_case, criterion.id) if use_case.rounds else None
    level = agreed if agreed is not None else room
    more = use_case.agreed.get(criterion.id, _NOTHING)
    tag = use_case.evidence_tag(column)
    return Cell(
        level=level,
        agreed=agreed is not None,
        room=room,
        evidence=tag,
        measured_on=more.measured_on,
        note=more.note,
        reason=more.reason,
        claimed=level is not None and use_case.is_claimed(column),
        unproven=criterion.proof and level is not None and level >= 3 and tag not in PROOF,
        todo=criterion.todo and level == 0,
    )


def is_rated(use_case: UseCase, ladder: Ladder) -> bool:
    """Whether a level stands there, agreed or said by the room."""
    if use_case.level(ladder.column) is not None:
        return True
    return bool(use_case.rounds) and room_value(use_case, ladder.criterion.id) is not None


def rated_by_criterion(use_cases: Sequence[UseCase], asked: Sequence[Ladder]) -> tuple[int, ...]:
    """How many of these use cases have a level, for each criterion."""
    if not use_cases:
        return (0,) * len(asked)
    width = len(use_cases[0].levels)
    joined = b"".join(u.levels for u in use_cases)
    empty = UNKNOWN.to_bytes()
    counts = [len(use_cases) - joined[ladder.column :: width].count(empty) for ladder in asked]
    for use_case in use_cases:
        if use_case.rounds:
            for place, ladder in enumerate(asked):
                if use_case.level(ladder.column) is None and is_rated(use_case, ladder):
                    counts[place] += 1
    return tuple(counts)


def rated_of(use_case: UseCase, asked: Iterable[Ladder]) -> int:
    """How many of the criteria asked have a level for one use case."""
    return sum(1 for ladder in asked if is_rated(use_case, ladder))


def next_unrated(
    use_cases: Sequence[UseCase],
    asked: Sequence[Ladder],
    row: int,
    column: int,
    *,
    by_criterion: bool,
    given: Container[tuple[str, str]] = (),
) -> tuple[int, int] | None:
    """The next cell without a level after (row, column), going round; none when all have one.

    Args:
        use_cases: The rows.
        asked: The columns.
        row: Where to start, itself looked at last; −1 for the beginning.
        column: Where to start.
        by_criterion: Down the columns, else along the rows.
        given: (use case, criterion) of cells whose level is on its way.
    """
    rows, columns = len(use_cases), len(asked)
    total = rows * columns
    if not total:
        return None
    start = (column * rows + row) if by_criterion else (row * columns + column)
    for step in range(1, total + 1):
        place = (start + step) % total
        c, r = divmod(place, rows) if by_criterion else reversed(divmod(place, columns))
        if not is_rated(use_cases[r], asked[c]) and (use_cases[r].id, asked[c].criterion.id) not in given:
            return r, c
    return None


def facts_words(use_case: UseCase, facts: Sequence[Fact], *, names: bool = True) -> str:
    """The raw facts that a level rests on: "7 systems · 3 logins"; "" when none is known.

    Args:
        use_case: Whose.
        facts: Which, in order.
        names: Also the names of the systems.
    """
    parts = []
    if "systems" in facts and use_case.systems is not None:
        count = len(use_case.systems)
        words = f"{count} system{'' if count == 1 else 's'}"
        parts.append(f"{words}: {', '.join(use_case.systems)}" if names and count else words)
    if "logins" in facts and use_case.logins is not None:
        parts.append(f"{use_case.logins} login{'' if use_case.logins == 1 else 's'}")
    if "cases_month" in facts and use_case.cases_month is not None:
        parts.append(f"{use_case.cases_month:,.10g} cases a month")
    if "minutes_each" in facts and use_case.minutes_each is not None:
        parts.append(f"{use_case.minutes_each:,.10g} min each")
    hours = hours_month(use_case.cases_month, use_case.minutes_each)
    if hours is not None and {"cases_month", "minutes_each"} <= set(facts):
        parts.append(f"{hours:,} h a month")
    return " · ".join(parts)


ALL_FACTS: tuple[Fact, ...] = ("systems", "logins", "cases_month", "minutes_each")
