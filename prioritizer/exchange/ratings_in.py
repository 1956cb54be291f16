"""Levels and gate answers from tidy tables: one answer a row, no look-up of ids.

Which use case or criterion a word means is the workshop's matter; here a row is read and its
form is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.csv_in import Refused, Row, Sheet, quoted, read_table
from prioritizer.exchange.decode import read_bytes
from prioritizer.exchange.formulas import unguard
from prioritizer.exchange.workbook_in import is_workbook, read_workbook
from prioritizer.model.terms import EVIDENCE
from prioritizer.text.clean import TITLE_LIMIT, clean_error, clean_text
from prioritizer.text.nearest import did_you_mean

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One agreed level."""

    row: int
    use_case: str
    criterion: str
    level: int
    evidence: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class GateRow:
    """One answer to a question gate."""

    row: int
    use_case: str
    gate: str
    answer: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tidy(Generic[T]):
    """The rows of a tidy table, and those that were refused."""

    rows: list[T]
    refused: list[Refused]


def read_levels(source: Path | bytes, name: str | None = None) -> Tidy[LevelRow]:
    """Reads ``use_case,criterion,level[,evidence,note]``.

    Raises:
        PrioritizerError: The table cannot be read or a column is missing.
    """

    def level(row: Row, use_case: str, criterion: str, text: str, evidence: str, note: str) -> LevelRow:
        if text not in ("0", "1", "2", "3", "4"):
            raise _Wrong(f"“{clean_error(text)}” is not a level: 0, 1, 2, 3 or 4")
        tag = evidence.lower() or None
        if tag is not None and tag not in EVIDENCE:
            hint = did_you_mean(tag, EVIDENCE).strip() or f"There are {', '.join(EVIDENCE)}."
            raise _Wrong(f"“{clean_error(evidence)}” is not an evidence tag. {hint}".rstrip("."))
        return LevelRow(row.number, use_case, criterion, int(text), tag, note)

    return _read(source, name, ("use_case", "criterion", "level"), ("evidence", "note"), level)


def read_gates(source: Path | bytes, name: str | None = None) -> Tidy[GateRow]:
    """Reads ``use_case,gate,answer[,note]``.

    Raises:
        PrioritizerError: The table cannot be read or a column is missing.
    """

    def answer(row: Row, use_case: str, gate: str, text: str, note: str) -> GateRow:
        return GateRow(row.number, use_case, gate, text.lower(), note)

    return _read(source, name, ("use_case", "gate", "answer"), ("note",), answer)


class _Wrong(Exception):
    """Why one row is refused; it never leaves this module."""


def _read(
    source: Path | bytes,
    name: str | None,
    needed: Sequence[str],
    optional: Sequence[str],
    build: Callable[..., T],
) -> Tidy[T]:
    data, shown = read_bytes(source, name)
    sheet = read_workbook(data, shown) if is_workbook(data) else read_table(data, shown)
    places = _places(sheet, needed, optional)
    rows: list[T] = []
    refused = list(sheet.refused)
    for row in sheet.rows:
        cells = [_cell(row, place, column, sheet.guarded) for column, place in places.items()]
        empty = next((c for c, text in zip(needed, cells, strict=False) if not text), None)
        try:
            if empty is not None:
                raise _Wrong(f"it has no {empty}")
            rows.append(build(row, *cells))
        except _Wrong as wrong:
            refused.append(Refused(row.number, str(wrong)))
    refused.sort()
    return Tidy(rows, refused)


def _cell(row: Row, place: int | None, column: str, guarded: bool) -> str:
    if place is None:
        return ""
    text = unguard(row.cells[place]) if guarded else row.cells[place]
    if column == "note":
        return clean_text(text).strip()
    return clean_text(text, limit=TITLE_LIMIT, lines=False)


def _places(sheet: Sheet, needed: Sequence[str], optional: Sequence[str]) -> dict[str, int | None]:
    """Column of each name; "Use case" and "use_case" are the same."""
    plain = [h.casefold().replace(" ", "_").replace("-", "_") for h in sheet.headers]
    missing = [column for column in needed if column not in plain]
    if missing:
        hint = did_you_mean(
            missing[0], [h for h, p in zip(sheet.headers, plain, strict=True) if p not in needed]
        )
        raise PrioritizerError(
            f"“{sheet.name}” has no column {' and none called '.join(missing)}. It needs "
            f"{', '.join(needed)}{f' (and may have {chr(44).join(optional)})' if optional else ''}; "
            f"it has {quoted(sheet.headers)}.{hint}"
        )
    return {c: plain.index(c) if c in plain else None for c in (*needed, *optional)}
