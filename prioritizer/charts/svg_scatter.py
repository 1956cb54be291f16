"""Readiness against demonstration value for paper: every point carries the number of its use case.

The small dot is where the use case stands. Its number sits on it where there is room, else beside
it with a line, so that no number is hidden by another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from prioritizer.charts import svg
from prioritizer.charts.scatter import Point

NUMBERED = 80
"""Most points that get a number; further ones are dots, and the caption says so."""

_LEFT, _TOP, _RIGHT, _BOTTOM = 52.0, 34.0, 18.0, 44.0
_RADIUS = 10.0
_RINGS = (0.0, 23.0, 34.0, 46.0, 60.0, 76.0)
_ANGLES = 12
_TICKS = (0, 20, 40, 60, 80, 100)
_DASHED = frozenset({"lane-incubate", "lane-find-out"})
_SQUARE = frozenset({"lane-not-yet", "lane-out", "lane-not-an-agent"})


def scatter_svg(
    points: Sequence[Point],
    width: float = 660,
    height: float = 420,
    x_title: str = "readiness",
    y_title: str = "demonstration value",
    guides: tuple[float | None, float | None] = (60.0, 60.0),
    *,
    title: str = "Readiness against demonstration value",
    legend: Mapping[str, str] | None = None,
) -> str:
    """Draws numbered points on a field from 0 to 100 both ways.

    Args:
        points: Those without an x or a y are named below the field.
        width: Of the picture.
        height: Of the picture; a legend adds its rows.
        x_title: Below the axis.
        y_title: Above the field.
        guides: Thresholds as dotted lines.
        title: For whoever does not see it.
        legend: Role → words, for the lanes that occur.
    """
    field = _Field(width, height)
    known = [p for p in points if _known(p)]
    missing = [p.number for p in points if not _known(p)]
    parts = [svg.tag("rect", x=0, y=0, width=width, height=height, fill=svg.PAPER)]
    parts += _axes(field, x_title, y_title, guides)
    numbered, dots = known[:NUMBERED], known[NUMBERED:]
    parts += [svg.tag("circle", cx=field.x(p.x), cy=field.y(p.y), r=2, fill=svg.LINE) for p in dots]
    placed: list[tuple[float, float]] = []
    marks: list[str] = []
    for point in numbered:
        at = (field.x(point.x), field.y(point.y))
        spot = _free_spot(at, placed, field)
        placed.append(spot)
        if spot != at:
            parts.append(svg.line(*at, *spot, stroke=svg.colour(point.role), stroke_width=0.8))
            parts.append(svg.tag("circle", cx=at[0], cy=at[1], r=2.4, fill=svg.colour(point.role)))
        marks.append(_mark(*spot, str(point.number), point.role))
    parts += marks
    rows, height = _legend(legend or {}, known, missing, len(dots), width, height)
    described = "; ".join(f"{p.number}: {svg.floor(p.x or 0)}, {svg.floor(p.y or 0)}" for p in numbered)
    words = f"{x_title} across, {y_title} up, both 0 to 100. {described}"
    return svg.picture(width, height, title, words, parts + rows)


class _Field:
    """From values to coordinates."""

    def __init__(self, width: float, height: float) -> None:
        self.left, self.top = _LEFT, _TOP
        self.right, self.bottom = width - _RIGHT, height - _BOTTOM

    def x(self, value: float | None) -> float:
        return self.left + _share(value) * (self.right - self.left)

    def y(self, value: float | None) -> float:
        return self.bottom - _share(value) * (self.bottom - self.top)


def _share(value: float | None) -> float:
    return min(max(value or 0.0, 0.0), 100.0) / 100


def _known(point: Point) -> bool:
    return all(v is not None and math.isfinite(v) for v in (point.x, point.y))


def _axes(field: _Field, x_title: str, y_title: str, guides: tuple[float | None, float | None]) -> list[str]:
    parts: list[str] = []
    for tick in _TICKS:
        x, y = field.x(tick), field.y(tick)
        parts.append(svg.line(x, field.top, x, field.bottom, stroke=svg.SOFT))
        parts.append(svg.line(field.left, y, field.right, y, stroke=svg.SOFT))
        parts.append(svg.label(x, field.bottom + 16, str(tick), size=11, fill=svg.QUIET, anchor="middle"))
        parts.append(svg.label(field.left - 8, y + 4, str(tick), size=11, fill=svg.QUIET, anchor="end"))
    parts.append(svg.line(field.left, field.bottom, field.right, field.bottom, stroke=svg.QUIET))
    parts.append(svg.line(field.left, field.top, field.left, field.bottom, stroke=svg.QUIET))
    at_x, at_y = guides
    if at_x is not None:
        x = field.x(at_x)
        parts.append(svg.line(x, field.top, x, field.bottom, stroke=svg.QUIET, stroke_dasharray="3 3"))
    if at_y is not None:
        y = field.y(at_y)
        parts.append(svg.line(field.left, y, field.right, y, stroke=svg.QUIET, stroke_dasharray="3 3"))
    middle = (field.left + field.right) / 2
    parts.append(svg.label(middle, field.bottom + 34, f"{x_title} →", size=12, anchor="middle"))
    parts.append(svg.label(8, 18, f"↑ {y_title}", size=12))
    return parts


def _free_spot(
    at: tuple[float, float], placed: Sequence[tuple[float, float]], field: _Field
) -> tuple[float, float]:
    """The nearest place around ``at`` where a number covers no other; ``at`` itself where none is free."""
    for ring in _RINGS:
        for step in range(_ANGLES if ring else 1):
            turn = 2 * math.pi * step / _ANGLES
            x, y = at[0] + ring * math.cos(turn), at[1] + ring * math.sin(turn)
            # A number may stand on an edge of the field, but not over the words beside it.
            inside = (
                field.left - 4 <= x <= field.right + 4 and field.top - 6 <= y <= field.bottom + 4
            ) or not ring
            if inside and all(math.dist((x, y), other) >= 2 * _RADIUS + 1.5 for other in placed):
                return x, y
    return at


def _mark(x: float, y: float, text: str, role: str) -> str:
    ink = svg.colour(role)
    filled = role == "lane-pilot-first"
    look: dict[str, str | float] = {
        "fill": ink if filled else svg.PAPER,
        "stroke": ink,
        "stroke_width": 1.6,
    }
    if role in _DASHED:
        look["stroke_dasharray"] = "3 2"
    if role in _SQUARE:
        side = 2 * _RADIUS - 1
        look |= {"x": x - side / 2, "y": y - side / 2, "width": side, "height": side}
        shape = svg.tag("rect", "", **look)
    else:
        look |= {"cx": x, "cy": y, "r": _RADIUS}
        shape = svg.tag("circle", "", **look)
    size = 11 if len(text) < 3 else 8
    inside = svg.label(
        x, y + size * 0.36, text, size=size, fill=svg.PAPER if filled else ink, anchor="middle", weight="600"
    )
    return shape + inside


def _legend(
    legend: Mapping[str, str],
    known: Sequence[Point],
    missing: Sequence[int],
    dots: int,
    width: float,
    height: float,
) -> tuple[list[str], float]:
    parts: list[str] = []
    there = {p.role for p in known}
    x, y = _LEFT, height + 6
    shown = [(role, words) for role, words in legend.items() if role in there]
    for role, words in shown:
        wide = 34 + svg.CELL * 12 * len(words)
        if x > _LEFT and x + wide > width - _RIGHT:
            x, y = _LEFT, y + 26
        parts.append(_mark(x + _RADIUS, y, "n", role))
        parts.append(svg.label(x + 26, y + 4, words, size=12, room=width - x - 40))
        x += wide
    if shown:
        height = y + 20
    notes = []
    if dots:
        notes.append(f"{dots:,} further use cases are grey dots")
    if missing:
        some = ", ".join(str(n) for n in missing[:20])
        more = f" and {len(missing) - 20} more" if len(missing) > 20 else ""
        notes.append(f"without a demonstration value: {some}{more}")
    if notes:
        parts.append(
            svg.label(_LEFT, height + 12, "; ".join(notes), size=11, fill=svg.QUIET, room=width - 80)
        )
        height += 24
    return parts, height
