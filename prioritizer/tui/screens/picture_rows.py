"""The picture as rows: the plot with the names of its quarters, and the list of what the numbers are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prioritizer.charts.scatter import scatter
from prioritizer.charts.segments import Row, join
from prioritizer.text.width import fit
from prioritizer.tui.styles import LANE_SIGNS

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.workshop.views.points import Point, PointsView

MOST = 60
"""More points than this cannot be told apart."""

QUARTERS = (
    ("impressive, not ready", "impressive and ready"),
    ("neither yet", "ready, not impressive"),
)
"""Names of the four quarters: above and below the guide, left and right of it."""

_LEGEND = 48
"""Cells of the list beside the plot."""
_BESIDE = 116


def picture_rows(view: PointsView, width: int, height: int) -> list[Row]:
    """The plot with its list, beside or below it.

    Args:
        view: Points, guides, and what is not rated.
        width: Cells of a line.
        height: Lines that are free.
    """
    points = view.points[:MOST]
    if width >= _BESIDE:
        plot = _plot(view, points, width - _LEGEND - 2, height)
        listed = _listed(view, points, _LEGEND, height, columns=1)
        blank: Row = [(" " * (width - _LEGEND - 2), "")]
        return [
            [
                *(plot[i] if i < len(plot) else blank),
                ("  ", ""),
                *(listed[i] if i < len(listed) else []),
            ]
            for i in range(max(len(plot), len(listed)))
        ]
    columns = 3 if width >= 96 or len(points) > 12 else 2
    lines = -(-len(points) // columns) + bool(_missing(view))
    lines = min(lines, max(2, height - 14))
    plot = _plot(view, points, width, max(9, height - lines))
    return plot + _listed(view, points, width, lines, columns=columns)


def _plot(view: PointsView, points: Sequence[Point], width: int, height: int) -> list[Row]:
    across = next((g.at for g in view.guides if g.axis == "x"), None)
    up = next((g.at for g in view.guides if g.axis == "y"), None)
    rows = scatter(
        [(p.x, p.y, int(p.label), f"lane-{p.lane}") for p in points],
        width,
        height,
        f"{view.x_title} →",
        f"↑ {view.y_title}",
        (across, up),
    )
    return named_quarters(rows)


def named_quarters(rows: Sequence[Row]) -> list[Row]:
    """Writes the name of each quarter next to where the guides cross, on cells that are free."""
    cells = [[(sign, role) for text, role in row for sign in text] for row in rows]
    cross = next(
        ((x, y) for y, row in enumerate(cells) for x, (sign, _) in enumerate(row) if sign == "┼"), None
    )
    if cross is None:
        return [list(row) for row in rows]
    at_x, at_y = cross
    last = max((y for y, row in enumerate(cells) if any(sign == "│" for sign, _ in row)), default=at_y)
    above, below = range(at_y - 1, 0, -1), range(at_y + 1, last + 1)
    for lines, (left, right) in zip((above, below), QUARTERS, strict=True):
        for words, start in ((left, at_x - len(left) - 2), (right, at_x + 3)):
            for y in lines:
                place = cells[y][start - 1 : start + len(words) + 1] if start > 5 else []
                if len(place) == len(words) + 2 and all(sign == " " for sign, _ in place):
                    cells[y][start : start + len(words)] = [(sign, "muted") for sign in words]
                    break
    return [join(row) for row in cells]


def _listed(view: PointsView, points: Sequence[Point], width: int, height: int, *, columns: int) -> list[Row]:
    """Which number is which, in the order of the ranking, down and then across."""
    missing = _missing(view)
    room = height - (1 if missing else 0)
    rows_ = min(max(1, room), -(-len(points) // columns))
    shown = points if len(points) <= rows_ * columns else points[: rows_ * columns - 1]
    each = (width - 1) // columns
    found: list[Row] = []
    if columns == 1:
        found.append([(fit("   no use case", each - 11), "muted"), (" ready demo", "muted")])
        rows_ = min(rows_, max(1, height - 1 - bool(missing)))
        shown = points if len(points) <= rows_ else points[: rows_ - 1]
    for line in range(rows_):
        row: Row = [(" ", "")]
        for column in range(columns):
            place = column * rows_ + line
            if place < len(shown):
                row += _item(shown[place], each - 1)
            elif place == len(shown) and len(shown) < len(points):
                row.append((fit(f"… {len(points) - len(shown)} more", each - 1), "muted"))
            row.append((" ", ""))
        found.append(row)
    if missing:
        found.append([(" ", ""), (fit(missing, width - 2), "warn")])
    return found


def _item(point: Point, width: int) -> Row:
    lane = f"lane-{point.lane}"
    wide = width > 42
    numbers = f" {int(point.x):>{5 if wide else 3}} {int(point.y):>{4 if wide else 3}}" if width > 30 else ""
    title = fit(point.title, width - len(point.label) - 3 - len(numbers))
    head: Row = [(f"{LANE_SIGNS[point.lane]} ", lane), (f"{point.label} ", f"strong {lane}"), (title, "")]
    return [*head, (numbers, "muted")]


def _missing(view: PointsView) -> str:
    if not view.missing:
        return ""
    if len(view.missing) > 8:
        return f"{len(view.missing):,} have no demonstration value yet, so they are not drawn"
    verb = "has" if len(view.missing) == 1 else "have"
    return f"{', '.join(view.missing)} {verb} no demonstration value yet"
