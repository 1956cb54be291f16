"""Counts and shares: how the room answered, and how often a use case has each rank."""

from __future__ import annotations

import math
from collections.abc import Sequence

from prioritizer.charts.bars import Style, bar
from prioritizer.charts.segments import Row, join
from prioritizer.text.width import cell_width, fit

_SHADES = "·░▒▓█"
_ASCII_SHADES = ".-+x#"
_BOUNDS = (0.0, 0.05, 0.25, 0.5)


def distribution(
    counts: Sequence[tuple[str, int]], width: int, *, role: str = "accent", style: Style = "eighth"
) -> list[Row]:
    """One row a label: the label, a bar against the largest count, and the count itself.

    Args:
        counts: (label, count) in the order to be shown.
        width: Every row takes exactly this; from 12 cells on label, bar and count all have room.
        role: Theme role of the bars.
        style: As in `bars.bar`.
    """
    if width <= 0:
        return []
    most = max((count for _, count in counts), default=0)
    number = max((len(str(count)) for _, count in counts), default=1)
    label = min(max((cell_width(text) for text, _ in counts), default=0), max(1, (width - number - 2) // 2))
    room = width - label - number - 2
    rows: list[Row] = []
    for text, count in counts:
        if room < 1:  # no bar: the number is the fact
            rows.append([(fit(f"{text} {count}", width), "")])
            continue
        filled = bar(count, room, maximum=most, role=role, style=style) if most else [(" " * room, "")]
        rows.append(
            join([(fit(text, label) + " ", ""), *filled, (" " + fit(str(count), number, align="right"), "")])
        )
    return rows


def strip(shares: Sequence[float], width: int, *, role: str = "accent", ascii_only: bool = False) -> Row:
    """A heat strip of exactly ``width`` cells: one field a share, the darker the larger.

    ``·`` is none, then ``░`` up to 5 %, ``▒`` up to 25 %, ``▓`` up to 50 %, ``█`` above.
    Where there are more shares than cells, a cell shows the largest of its shares.
    """
    if width <= 0:
        return []
    if not shares:
        return [(" " * width, "")]
    signs = _ASCII_SHADES if ascii_only else _SHADES
    count = len(shares)
    cells: Row = []
    for x in range(width):
        first = x * count // width
        last = max(first + 1, (x + 1) * count // width)
        share = max((s for s in shares[first:last] if not math.isnan(s)), default=0.0)
        step = sum(share > bound for bound in _BOUNDS)
        cells.append((signs[step], role if step else "muted"))
    return join(cells)
