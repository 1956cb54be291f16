"""Levels and gate answers from tidy tables: every row tried first, then all of them in one transaction."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.tables import Key
from prioritizer.workshop.commands.base import Given
from prioritizer.workshop.commands.gate import AnswerGate, AnswerGates
from prioritizer.workshop.commands.rate import Rate, RateMany, room_value
from prioritizer.workshop.find import find_use_case

if TYPE_CHECKING:
    from prioritizer.exchange.ratings_in import GateRow, LevelRow, Tidy
    from prioritizer.workshop.service import Workshop

Source = Path | bytes
MOST_ERRORS = 200
"""Rows named in one message; more would only scroll the first ones away."""

_Row = TypeVar("_Row", "LevelRow", "GateRow")
_Made = TypeVar("_Made", Rate, AnswerGate)


def rate_from(workshop: Workshop, source: Source, name: str | None = None) -> int:
    """Agrees the levels of a tidy table ``use_case,criterion,level[,evidence,note]``; returns how many.

    A note also serves as the written reason where the room said something else.

    Raises:
        PrioritizerError: A row is wrong; every wrong row is named, and nothing was written.
    """
    from prioritizer.exchange.ratings_in import read_levels

    def rate(case: UseCase, row: LevelRow) -> Rate:
        note = row.note or None
        reason = reason_from_note(case, row.criterion, row.level, note)
        return Rate(case.id, row.criterion, row.level, evidence=row.evidence, note=note, reason=reason)

    found = _commands(workshop, read_levels(source, name), rate)
    workshop.do(RateMany(found))
    return len(found)


def answer_from(workshop: Workshop, source: Source, name: str | None = None) -> int:
    """Gives the gate answers of a tidy table ``use_case,gate,answer[,note]``; returns how many.

    Raises:
        PrioritizerError: A row is wrong; every wrong row is named, and nothing was written.
    """
    from prioritizer.exchange.ratings_in import read_gates

    def answer(case: UseCase, row: GateRow) -> AnswerGate:
        return AnswerGate(case.id, row.gate, row.answer, row.note or None)

    found = _commands(workshop, read_gates(source, name), answer)
    workshop.do(AnswerGates(found))
    return len(found)


def reason_from_note(case: UseCase, criterion: str, level: int, note: str | None) -> str | None:
    """The note as the written reason, where the room said something else; none where no reason is asked."""
    said = room_value(case, criterion)
    return note if said is not None and said != level else None


def _commands(workshop: Workshop, tidy: Tidy[_Row], make: Callable[[UseCase, _Row], _Made]) -> list[_Made]:
    """One command a row, each tried against the snapshot, so that every error is found before a write."""
    workshop.refresh()
    snapshot = workshop.snapshot
    given = Given(dt.datetime.now(dt.UTC), lambda: str(uuid.uuid4()))
    errors: list[tuple[int, str]] = [(each.row, each.reason) for each in tidy.refused]
    known: dict[str, UseCase | PrioritizerError] = {}
    made: dict[Key, tuple[int, _Made]] = {}
    for row in tidy.rows:
        if row.use_case not in known:
            known[row.use_case] = _case_or_error(snapshot, row.use_case)
        found = known[row.use_case]
        try:
            if isinstance(found, PrioritizerError):
                raise found
            command = make(found, row)
            cell = command.plan(snapshot, given).writes[0].key
        except PrioritizerError as error:
            errors.append((row.row, str(error)))
            continue
        before, other = made.setdefault(cell, (row.row, command))
        if other != command:
            errors.append((row.row, f"it says something else than row {before} about the same; keep one"))
    if errors:
        raise PrioritizerError(all_errors("wrong", sorted(errors)))
    if not made:
        raise PrioritizerError("There is no row below the header, so there is nothing to write.")
    return [command for _, command in made.values()]


def _case_or_error(snapshot: Snapshot, name: str) -> UseCase | PrioritizerError:
    try:
        return find_use_case(snapshot, name)
    except PrioritizerError as error:
        return error


def all_errors(what: str, errors: Sequence[tuple[int, str]]) -> str:
    """One message that names every wrong row."""
    lines = [f"Nothing was written: {len(errors):,} {'row is' if len(errors) == 1 else 'rows are'} {what}."]
    for row, reason in errors[:MOST_ERRORS]:
        lines.append(f"  row {row}: {reason if reason.endswith(('.', '?')) else reason + '.'}")
    if len(errors) > MOST_ERRORS:
        lines.append(f"  … and {len(errors) - MOST_ERRORS:,} more.")
    return "\n".join(lines)
