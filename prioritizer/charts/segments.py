"""The rows that every chart returns, and the sheet of cells that some are drawn on.

A row is a list of (text, role) segments. A role names a colour of the theme ("good", "warn",
"bad", "muted", "accent", "lane-pilot-first" …), or is "" for plain text. No role carries
meaning that the text does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from prioritizer.text.width import cell_width, fit

Segment = tuple[str, str]
Row = list[Segment]


def row_text(row: Iterable[Segment]) -> str:
    """The text of a row without its roles."""
    return "".join(text for text, _ in row)


def rows_text(rows: Iterable[Iterable[Segment]]) -> str:
    """A whole chart as plain text, for files and for terminals without colour."""
    return "\n".join(row_text(row).rstrip() for row in rows)


def row_width(row: Iterable[Segment]) -> int:
    """Cells that a row takes."""
    return sum(cell_width(text) for text, _ in row)


def join(cells: Iterable[Segment]) -> Row:
    """Neighbours of one role become one segment; empty ones go."""
    row: Row = []
    for text, role in cells:
        if not text:
            continue
        if row and row[-1][1] == role:
            row[-1] = (row[-1][0] + text, role)
        else:
            row.append((text, role))
    return row


def exactly(cells: Iterable[Segment], width: int) -> list[Segment]:
    """Segments cut or padded to ``width`` cells together."""
    kept: list[Segment] = []
    left = width
    for text, role in cells:
        cells_wide = cell_width(text)
        if cells_wide > left:
            kept.append((fit(text, left), role))
            return kept
        kept.append((text, role))
        left -= cells_wide
    return [*kept, (" " * left, "")]


def blank(width: int) -> Row:
    """An empty row of this width."""
    return [(" " * width, "")] if width > 0 else []


class Sheet:
    """A grid of single cells; what is written over its edge is not drawn."""

    def __init__(self, width: int, height: int) -> None:
        self.width = max(width, 0)
        self.height = max(height, 0)
        self._cells: list[list[Segment]] = [[(" ", "")] * self.width for _ in range(self.height)]

    def put(self, x: int, y: int, text: str, role: str = "") -> None:
        """Writes signs of one cell each, from (x, y) to the right."""
        if not 0 <= y < self.height:
            return
        for offset, sign in enumerate(text):
            if 0 <= x + offset < self.width:
                self._cells[y][x + offset] = (sign, role)

    def at(self, x: int, y: int) -> str:
        """The sign that stands there."""
        return self._cells[y][x][0]

    def rows(self) -> list[Row]:
        """The sheet as rows."""
        return [join(cells) for cells in self._cells]


def notes(texts: Sequence[Segment], width: int, height: int) -> list[Row]:
    """Plain lines instead of a chart that has no room; the last one says how many more there are."""
    if width <= 0 or height <= 0:
        return []
    if len(texts) > height:
        more = len(texts) - height + 1
        texts = [*texts[: height - 1], (f"… {more} more", "muted")]
    rows: list[Row] = [[(fit(text, width), role)] for text, role in texts]
    return rows + [blank(width) for _ in range(height - len(rows))]
