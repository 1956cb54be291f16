"""Thin lines in text: a cell of Braille has two dots across and four down."""

from __future__ import annotations

from prioritizer.charts.segments import Segment

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_EMPTY = 0x2800


class Braille:
    """A drawing of ``width`` × ``height`` cells, addressed in dots."""

    def __init__(self, width: int, height: int) -> None:
        self.across = 2 * width
        self.down = 4 * height
        self._bits: dict[tuple[int, int], int] = {}
        self._roles: dict[tuple[int, int], str] = {}

    def dot(self, x: int, y: int, role: str) -> None:
        """Sets one dot; the last role of a cell is the one that shows."""
        if 0 <= x < self.across and 0 <= y < self.down:
            cell = (x // 2, y // 4)
            self._bits[cell] = self._bits.get(cell, 0) | _DOTS[y % 4][x % 2]
            self._roles[cell] = role

    def line(self, start: tuple[int, int], end: tuple[int, int], role: str, *, every: int = 1) -> None:
        """Draws a straight line; ``every`` = 3 leaves two of three dots out."""
        (x0, y0), (x1, y1) = start, end
        steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        for i in range(0, steps + 1, every):
            self.dot(round(x0 + (x1 - x0) * i / steps), round(y0 + (y1 - y0) * i / steps), role)

    def cells(self) -> dict[tuple[int, int], Segment]:
        """The cells that have a dot, by (column, row)."""
        return {at: (chr(_EMPTY + bits), self._roles[at]) for at, bits in self._bits.items()}
