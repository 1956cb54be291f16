"""Readiness against demonstration value, every point with the number of its use case.

A room asks "which dot is 12?", so the dots are the numbers. Where two fall on one place they
are listed, "3·7"; where that has no room they move a little; what still does not fit is named below.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from prioritizer.charts.segments import Row, Segment, Sheet, notes
from prioritizer.text.width import cell_width, cut, fit

MIN_WIDTH = 30
MIN_HEIGHT = 9
"""Below these the points are listed instead of drawn."""

_TICKS = (20.0, 40.0, 60.0, 80.0)
_LEFT = 5
_SIDEWAYS = ((0, 0), (1, 0), (-1, 0), (2, 0), (-2, 0), (3, 0), (-3, 0))
_UP_OR_DOWN = ((0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
_FINE_LINES = 17
"""A row up or down is honest only where a row is no more than about six points."""


class Point(NamedTuple):
    """One use case; ``x`` or ``y`` None: not known, named below the plot."""

    x: float | None
    y: float | None
    number: int
    role: str = ""


class _Signs(NamedTuple):
    vertical: str
    horizontal: str
    cross: str
    tick_y: str
    axis_y: str
    tick_x: str
    axis_x: str
    corner: str
    dot: str


_BOX = _Signs("┊", "┄", "┼", "┤", "│", "┬", "─", "└", "·")
_ASCII = _Signs(":", "-", "+", "+", "|", "+", "-", "+", "/")


def scatter(
    points: Sequence[Point | tuple[float | None, float | None, int, str]],
    width: int,
    height: int,
    x_title: str = "",
    y_title: str = "",
    guides: tuple[float | None, float | None] = (60.0, 60.0),
    *,
    ascii_only: bool = False,
) -> list[Row]:
    """Draws points on a field from 0 to 100 both ways.

    Args:
        points: (x, y, number, role).
        width: Every row takes exactly this many cells.
        height: Number of rows, all counted: titles, axis, and a legend where one is needed.
        x_title: Stands below the axis.
        y_title: Stands above the field.
        guides: Thresholds as dotted lines at this x and this y; None for none.
        ascii_only: Only signs that every font has.

    Returns:
        ``height`` rows. Below `MIN_WIDTH` × `MIN_HEIGHT` they list the points.
    """
    all_points = sorted((Point(*p) for p in points), key=lambda p: p.number)
    if width < MIN_WIDTH or height < MIN_HEIGHT:
        return notes([(f"{p.number}: {_place(p)}", p.role) for p in all_points], width, height)
    signs = _ASCII if ascii_only else _BOX
    known = [p for p in all_points if _is_known(p)]
    unknown = [p for p in all_points if not _is_known(p)]
    legend: list[Segment] = []
    sheet, hidden = _draw(known, width, height, guides, signs)
    if hidden or unknown:
        # The legend needs rows, and a lower field may hide a point more: its size is settled first.
        sheet, hidden = _draw(known, width, height - 1, guides, signs)
        legend = [(_legend(hidden, unknown, width), "muted")]
    rows = [[(fit(y_title, width), "muted")], *sheet.rows()]
    rows.append([(" " * _LEFT + fit(x_title, width - _LEFT, align="center"), "muted")])
    rows += [[(fit(text, width), role)] for text, role in legend]
    return rows


def _draw(
    points: Sequence[Point], width: int, height: int, guides: tuple[float | None, float | None], signs: _Signs
) -> tuple[Sheet, list[Point]]:
    """The field with axes and points; two rows are left for the titles."""
    sheet = Sheet(width, height - 2)
    columns, lines = width - _LEFT - 2, sheet.height - 2
    _axes(sheet, columns, lines, guides, signs)
    groups: dict[tuple[int, int], list[Point]] = {}
    for point in points:
        groups.setdefault(_cell(point, columns, lines), []).append(point)
    at_guides = (
        None if guides[0] is None else _column(guides[0], columns),
        None if guides[1] is None else _line(guides[1], lines),
    )
    taken: set[tuple[int, int]] = set()
    hidden: list[Point] = []
    for (x, y), members in groups.items():
        if not _write(sheet, x, y, members, taken, (columns, lines), at_guides, signs):
            for point in members:
                if not _write(sheet, x, y, [point], taken, (columns, lines), at_guides, signs):
                    hidden.append(point)
    return sheet, hidden


def _write(
    sheet: Sheet,
    x: int,
    y: int,
    members: Sequence[Point],
    taken: set[tuple[int, int]],
    size: tuple[int, int],
    at_guides: tuple[int | None, int | None],
    signs: _Signs,
) -> bool:
    label = signs.dot.join(str(p.number) for p in members)
    columns, lines = size
    if len(label) > columns // 2:
        return False
    for dx, dy in _SIDEWAYS + (_UP_OR_DOWN if lines >= _FINE_LINES else ()):
        left = min(max(x + dx, 0), columns - len(label) + 1)
        top = y + dy
        if not 0 <= top < lines or _crosses((x, y), (left, top), at_guides):
            continue
        # One free cell either side, or "1" beside "2" would read "12".
        if any((cell, top) in taken for cell in range(left - 1, left + len(label) + 1)):
            continue
        taken.update((cell, top) for cell in range(left, left + len(label)))
        at = _LEFT + left
        for i, point in enumerate(members):
            if i:
                sheet.put(at, top, signs.dot, "muted")
                at += 1
            sheet.put(at, top, str(point.number), point.role)
            at += len(str(point.number))
        return True
    return False


def _crosses(
    wanted: tuple[int, int], moved: tuple[int, int], at_guides: tuple[int | None, int | None]
) -> bool:
    """Whether a point would be shown on the wrong side of a threshold."""
    return any(
        guide is not None and (a > guide) - (a < guide) != (b > guide) - (b < guide)
        for a, b, guide in zip(wanted, moved, at_guides, strict=True)
    )


def _axes(
    sheet: Sheet, columns: int, lines: int, guides: tuple[float | None, float | None], signs: _Signs
) -> None:
    for y in range(lines):
        sheet.put(_LEFT - 1, y, signs.axis_y, "muted")
    sheet.put(_LEFT - 1, lines, signs.corner + signs.axis_x * (columns + 1), "muted")
    guide_x, guide_y = guides
    if guide_y is not None:
        sheet.put(_LEFT, _line(guide_y, lines), signs.horizontal * (columns + 1), "muted")
    if guide_x is not None:
        x = _LEFT + _column(guide_x, columns)
        for y in range(lines):
            crossed = guide_y is not None and y == _line(guide_y, lines)
            sheet.put(x, y, signs.cross if crossed else signs.vertical, "muted")
    for tick in _ticks(guide_y, 1, lambda value: _line(value, lines)):
        y = _line(tick, lines)
        sheet.put(_LEFT - 1, y, signs.tick_y, "muted")
        sheet.put(0, y, f"{tick:>3.0f} ", "muted")
    for tick in _ticks(guide_x, 5, lambda value: _column(value, columns)):
        x = _LEFT + _column(tick, columns)
        sheet.put(x, lines, signs.tick_x, "muted")
        text = f"{tick:.0f}"
        sheet.put(min(x - len(text) // 2, sheet.width - len(text)), lines + 1, text, "muted")


def _ticks(guide: float | None, gap: int, place: Callable[[float], int]) -> list[float]:
    """Ticks with room between them: first the ends and the threshold, then what fits."""
    found: list[float] = []
    for tick in (0.0, 100.0, *([guide] if guide is not None else []), *_TICKS):
        if all(abs(place(tick) - place(other)) >= gap for other in found):
            found.append(tick)
    return found


def _legend(hidden: Sequence[Point], unknown: Sequence[Point], width: int) -> str:
    parts = [f"{p.number} at {_place(p)}" for p in hidden] + [f"{p.number} not known" for p in unknown]
    text = f"Not drawn: {', '.join(parts)}"
    if cell_width(text) <= width:
        return text
    numbers = ", ".join(str(p.number) for p in (*hidden, *unknown))
    text = f"Not drawn: {numbers}"
    return text if cell_width(text) <= width else cut(text, width - 2).rstrip(", ") + " …"


def _place(point: Point) -> str:
    return "not known" if not _is_known(point) else f"{_floor(point.x)}/{_floor(point.y)}"


def _floor(value: float | None) -> int:
    return math.floor(value or 0.0)


def _is_known(point: Point) -> bool:
    return all(v is not None and math.isfinite(v) for v in (point.x, point.y))


def _cell(point: Point, columns: int, lines: int) -> tuple[int, int]:
    return _column(point.x or 0.0, columns), _line(point.y or 0.0, lines)


def _column(value: float, columns: int) -> int:
    return math.floor(min(max(value, 0.0), 100.0) / 100 * columns + 0.5)


def _line(value: float, lines: int) -> int:
    return lines - 1 - math.floor(min(max(value, 0.0), 100.0) / 100 * (lines - 1) + 0.5)
