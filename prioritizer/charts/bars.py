"""One value, or one value with its interval, on one line."""

from __future__ import annotations

import math
from typing import Literal

from prioritizer.charts.segments import Row, join

Style = Literal["eighth", "shade", "ascii"]

_EIGHTHS = " ▏▎▍▌▋▊▉"
_SIGNS: dict[Style, tuple[str, str]] = {"eighth": ("█", " "), "shade": ("▓", "░"), "ascii": ("#", ".")}


def bar(
    value: float | None,
    width: int,
    *,
    maximum: float = 100.0,
    role: str = "accent",
    style: Style = "eighth",
) -> Row:
    """A bar of exactly ``width`` cells.

    Args:
        value: 0 to ``maximum``; what lies outside is drawn at the edge. None, or not a number:
            a row of dots, because nothing known is not nothing there.
        width: Cells; none below 1.
        maximum: The value of a full bar.
        role: Theme role of the filled part.
        style: ``eighth`` fills in eighths of a cell, ``shade`` prints anywhere, ``ascii`` needs nothing.
    """
    if width <= 0:
        return []
    if value is None or math.isnan(value):
        return [(("." if style == "ascii" else "·") * width, "muted")]
    full, empty = _SIGNS[style]
    share = _share(value, maximum)
    if style != "eighth":
        filled = math.floor(share * width + 0.5)
        return join([(full * filled, role), (empty * (width - filled), "muted")])
    eighths = math.floor(share * width * 8 + 1e-9)
    whole, rest = divmod(eighths, 8)
    drawn = full * whole + (_EIGHTHS[rest] if rest else "")
    return join([(drawn, role), (empty * (width - len(drawn)), "muted")])


def interval_bar(
    low: float,
    value: float,
    high: float,
    width: int,
    *,
    maximum: float = 100.0,
    role: str = "accent",
    ascii_only: bool = False,
) -> Row:
    """A value within its interval, in exactly ``width`` cells: ``····├──●─┤···``.

    The value is always drawn; an end of the interval in the same cell is not.
    """
    if width <= 0:
        return []
    dot, line, left, right, outside = "o-[]." if ascii_only else "●─├┤·"
    if any(map(math.isnan, (low, value, high))):
        return [(outside * width, "muted")]
    at, start, end = (_cell(v, maximum, width) for v in (value, low, high))
    start, end = min(start, at), max(end, at)
    cells: Row = []
    for x in range(width):
        if x == at:
            cells.append((dot, role))
        elif start <= x <= end:
            cells.append((left if x == start else right if x == end else line, role))
        else:
            cells.append((outside, "muted"))
    return join(cells)


def _share(value: float, maximum: float) -> float:
    return min(max(value / maximum, 0.0), 1.0) if maximum > 0 else 0.0


def _cell(value: float, maximum: float, width: int) -> int:
    return min(width - 1, math.floor(_share(value, maximum) * width))
