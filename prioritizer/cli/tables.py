"""Tables that fit the width they are given: narrow columns as they are, wide ones wrapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from prioritizer.text.width import ELLIPSIS, cell_width, cut, fit, wrap

GAP = "  "
NARROWEST = 8
TALLEST = 4
"""Lines that one cell may take; what is longer ends in "…", and ``--json`` has it whole."""


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        title: Its head.
        align: Of the head and the cells.
        share: How much of the room that is left it gets; 0 keeps its natural width.
    """

    title: str
    align: Literal["left", "right"] = "left"
    share: int = 0


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """The lines of a table, its head first."""
    widths = column_widths(columns, rows, width)
    yield from table_row(columns, [c.title for c in columns], widths)
    for row in rows:
        yield from table_row(columns, row, widths)


def column_widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Cells for each column; a column without any text gets none."""
    natural = [
        max([cell_width(column.title), *(cell_width(row[i]) for row in rows)])
        for i, column in enumerate(columns)
    ]
    used = [n if not c.share else 0 for c, n in zip(columns, natural, strict=True)]
    wide = [i for i, c in enumerate(columns) if c.share and natural[i]]
    gaps = len(GAP) * max(sum(1 for n in natural if n) - 1, 0)
    left = width - sum(used) - gaps
    while wide:
        total = sum(columns[i].share for i in wide)
        # Whoever needs less than its share gives the rest to the others.
        small = next((i for i in wide if natural[i] <= left * columns[i].share // total), None)
        if small is None:
            for i in wide:
                used[i] = max(left * columns[i].share // total, NARROWEST)
            break
        used[small] = natural[small]
        left -= natural[small]
        wide.remove(small)
    return used


def table_row(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """One row, on as many lines as its longest wrapped cell needs."""
    cells = [_cell(text, size) for text, size in zip(row, widths, strict=True)]
    for line in range(max(map(len, cells), default=0)):
        parts = [
            fit(cell[line] if line < len(cell) else "", size, align=column.align)
            for column, cell, size in zip(columns, cells, widths, strict=True)
            if size
        ]
        yield GAP.join(parts).rstrip()


def _cell(text: str, width: int) -> list[str]:
    if not width:
        return [""]
    lines = wrap(text, width)
    if len(lines) <= TALLEST:
        return lines
    return [*lines[: TALLEST - 1], cut(lines[TALLEST - 1], width - 1) + ELLIPSIS]
