"""A tornado: what each thing does to a value when it moves to both sides."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from prioritizer.charts.segments import Row, join
from prioritizer.text.width import fit


@dataclass(frozen=True, slots=True)
class Swing:
    """One bar.

    Attributes:
        label: What is moved.
        low: The value at its lower end.
        high: The value at its upper end.
        note: What else happens, beside the bar.
    """

    label: str
    low: float
    high: float
    note: str = ""


def tornado(swings: Sequence[Swing], now: float, width: int, *, label: int = 28, note: int = 22) -> list[Row]:
    """A row for each: its label, the bar around the value as it is, both ends as numbers, its note.

    Towards less the bar is drawn ``▒``, towards more ``█``, so that it reads without colour.

    Args:
        swings: Widest first.
        now: The value as it is.
        width: Cells of a row.
        label: Cells of the label at most.
        note: Cells of the note at most; it gives way first.
    """
    if not swings:
        return []
    longest = max(len(s.note) for s in swings)
    note = min(note, longest) if width >= label + note + 32 else 0
    label = min(label, max(len(s.label) for s in swings), max(8, width // 3))
    room = max(5, width - label - note - 12)
    low = min(now, *(min(s.low, s.high) for s in swings))
    high = max(now, *(max(s.low, s.high) for s in swings))
    span = max(high - low, 1e-9)

    def cell(value: float) -> int:
        return min(room - 1, math.floor((value - low) / span * (room - 1) + 0.5))

    rows: list[Row] = []
    middle = cell(now)
    for each in swings:
        left, right = sorted((cell(each.low), cell(each.high)))
        cells: Row = []
        for x in range(room):
            if x == middle:
                cells.append(("┃", "strong"))
            elif left <= x < middle:
                cells.append(("▒", "warn"))
            elif middle < x <= right:
                cells.append(("█", "good"))
            else:
                cells.append(("·", "faint"))
        ends = sorted((each.low, each.high))
        rows.append(
            join(
                [
                    (fit(each.label, label) + " ", ""),
                    (f"{math.floor(ends[0] + 1e-9):>4} ", "muted"),
                    *cells,
                    (f" {math.floor(ends[1] + 1e-9):<4}", "muted"),
                    (" " + fit(each.note, note) if note else "", "warn"),
                ]
            )
        )
    return rows
