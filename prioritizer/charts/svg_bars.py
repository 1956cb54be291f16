"""Bars and strips for paper: a score with its interval, the scores of the dimensions, shares of ranks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from prioritizer.charts import svg


class Strip(NamedTuple):
    """How often a use case has each rank; ``shares[0]`` is rank 1."""

    number: int
    title: str
    shares: Sequence[float]
    role: str = ""


def bar_svg(
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    width: float = 110,
    height: float = 12,
    *,
    title: str = "readiness",
    role: str = "lane-pilot-first",
) -> str:
    """A score from 0 to 100 as a bar, with a thin line for the interval in which it can lie."""
    frame = svg.tag("rect", x=0.5, y=1.5, width=width - 1, height=height - 3, fill=svg.SOFT)
    if value is None or not math.isfinite(value):
        words = f"{title} not known"
        return svg.picture(width, height, words, words, [frame])
    parts = [frame]
    parts.append(
        svg.tag("rect", x=0.5, y=1.5, width=_x(value, width) - 0.5, height=height - 3, fill=svg.colour(role))
    )
    words = f"{title} {svg.floor(value)} of 100"
    if low is not None and high is not None and svg.floor(low) != svg.floor(high):
        words += f", between {svg.floor(low)} and {svg.floor(high)}"
        middle = height / 2
        parts.append(svg.line(_x(low, width), middle, _x(high, width), middle, stroke=svg.INK))
        parts += [
            svg.line(_x(end, width), middle - 3, _x(end, width), middle + 3, stroke=svg.INK)
            for end in (low, high)
        ]
    return svg.picture(width, height, words, words, parts)


def dimensions_svg(
    scores: Sequence[tuple[str, int | None]], width: float = 300, *, threshold: float | None = 50.0
) -> str:
    """One row a dimension: its title, its bar, its score; a dotted line at the threshold."""
    row, text = 20.0, width * 0.48
    room = width - text - 34
    height = row * len(scores) + 4
    parts: list[str] = []
    for i, (title, score) in enumerate(scores):
        y = i * row + 2
        parts.append(svg.label(0, y + 13, title, size=11, room=text - 8))
        parts.append(svg.tag("rect", x=text, y=y + 4, width=room, height=11, fill=svg.SOFT))
        if score is None:
            parts.append(svg.label(text + room + 6, y + 13, "–", size=11, fill=svg.QUIET))
            continue
        filled = room * min(max(score, 0), 100) / 100
        parts.append(svg.tag("rect", x=text, y=y + 4, width=filled, height=11, fill=svg.ACCENT))
        parts.append(svg.label(text + room + 6, y + 13, str(score), size=11))
    if threshold is not None and scores:
        x = text + room * threshold / 100
        parts.append(svg.line(x, 0, x, height, stroke=svg.QUIET, stroke_dasharray="2 2"))
    words = "; ".join(f"{t} {'not asked' if s is None else s}" for t, s in scores)
    return svg.picture(width, max(height, 1), "Scores of the dimensions", words, parts)


def strips_svg(strips: Sequence[Strip], width: float = 660, *, title: str = "How sure the ranks are") -> str:
    """Rank shares as rows of fields: the darker, the more often it has that rank; the share stands in it."""
    ranks = max((len(s.shares) for s in strips), default=0)
    text, row = width * 0.36, 22.0
    field = (width - text) / max(ranks, 1)
    height = 24 + row * len(strips)
    parts: list[str] = []
    for rank in range(ranks):
        if field >= 16 or rank % 5 == 4 or rank == 0:
            x = text + field * (rank + 0.5)
            parts.append(svg.label(x, 14, str(rank + 1), size=11, fill=svg.QUIET, anchor="middle"))
    for i, strip in enumerate(strips):
        y = 20 + i * row
        parts.append(svg.label(0, y + 14, f"#{strip.number} {strip.title}", size=12, room=text - 10))
        for rank, share in enumerate(strip.shares):
            if not math.isfinite(share) or share <= 0:
                continue
            x = text + field * rank
            ink = svg.colour(strip.role)
            parts.append(
                svg.tag(
                    "rect", x=x, y=y, width=field - 1, height=row - 3, fill=ink, fill_opacity=min(share, 1)
                )
            )
            if field >= 26 and share >= 0.005:
                fill = svg.PAPER if share > 0.8 else svg.INK
                percent = f"{svg.floor(100 * share)}"
                parts.append(svg.label(x + field / 2, y + 14, percent, size=10, fill=fill, anchor="middle"))
    words = "; ".join(
        f"{s.number}: "
        + ", ".join(f"rank {r + 1} {svg.floor(100 * x)} %" for r, x in enumerate(s.shares) if x > 0)
        for s in strips
    )
    return svg.picture(width, height, title, words, parts)


def _x(value: float, width: float) -> float:
    return 0.5 + (width - 1) * min(max(value, 0.0), 100.0) / 100
