"""A waterfall: what each part adds to a sum, one below the other, from 0 to 100."""

from __future__ import annotations

import math
from collections.abc import Sequence

from prioritizer.charts.segments import Row, join
from prioritizer.text.width import fit


def waterfall(parts: Sequence[tuple[str, float, float]], width: int, *, label: int = 26) -> list[Row]:
    """A row for each part, where the one before ends; ``░`` is what it could add at most.

    Args:
        parts: (title, what it adds, what it could add at most); at most 100 together.
        width: Cells of a row.
        label: Cells of the title at most.
    """
    label = min(label, max((len(title) for title, _, _ in parts), default=0), max(8, width // 3))
    room = max(10, width - label - 7)
    rows: list[Row] = []
    start = 0.0
    for title, adds, most in parts:
        first, end, full = (_cell(v, room) for v in (start, start + adds, start + most))
        end = max(end, first + 1) if adds > 0 else first
        cells: Row = [
            ("·" * first, "faint"),
            ("█" * (end - first), "accent"),
            ("░" * max(0, full - end), "muted"),
        ]
        rows.append(
            join([(fit(title, label) + " ", ""), (f"+{math.floor(adds + 1e-9):<3} ", "strong"), *cells])
        )
        start += adds
    return rows


def _cell(value: float, room: int) -> int:
    return min(room, math.floor(value / 100 * room + 0.5))
