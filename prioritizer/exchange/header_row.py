"""Which row of a table is its header, where a spreadsheet has a heading of its own above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from prioritizer.exchange.csv_in import Row, Sheet, name_columns
from prioritizer.exchange.headers import field_of

LOOKED_AT = 10
"""Filled rows below the first one that may be the header."""


def below_headings(sheet: Sheet, columns: Sequence[str] = ()) -> Sheet:
    """The table from its header on; as it is where its first filled row is the header.

    A later row is the header if it names a column of titles, more of our fields and more columns than
    the first one does: a heading has one cell, a group of columns leaves blank cells beside its name.

    Args:
        sheet: The table, with its first filled row for a header.
        columns: Columns that somebody named: the header is the first row that has them all.
    """
    first = sheet.header_row
    if first is None or len(sheet.headers) < 2:
        return sheet
    if columns:
        wanted = {_folded(column) for column in columns}
        if wanted <= {_folded(header) for header in sheet.headers}:
            return sheet
        place = next((i for i, row in _first(sheet) if wanted <= set(map(_folded, row.cells))), None)
    else:
        known, filled = len(_fields(first)), _filled(first)
        place = next(
            (
                i
                for i, row in _first(sheet)
                if _filled(row) > filled and "title" in (found := _fields(row)) and len(found) > known
            ),
            None,
        )
    if place is None:
        return sheet
    row = sheet.rows[place]
    return replace(
        sheet,
        headers=name_columns(row.cells),
        rows=sheet.rows[place + 1 :],
        refused=[each for each in sheet.refused if each.row > row.number],
        header_row=row,
        above=place + 1 + sum(each.row < row.number for each in sheet.refused),
    )


def _first(sheet: Sheet) -> list[tuple[int, Row]]:
    return list(enumerate(sheet.rows[:LOOKED_AT]))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _fields(row: Row) -> set[str]:
    return {field for cell in row.cells if len(cell) < 100 and (field := field_of(cell)) is not None}


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)
