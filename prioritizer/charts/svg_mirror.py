"""The mirror for paper: the ranking on the left, the order by show on the right, a line for each use case."""

from __future__ import annotations

from collections.abc import Sequence

from prioritizer.charts import svg
from prioritizer.charts.mirror import Entry

MOST = 40
"""Entries of each side that are drawn; a longer list is cut, and says so."""

_ROW = 22.0
_BAND = 0.22


def mirror_svg(
    left: Sequence[Entry],
    right: Sequence[Entry],
    width: float = 660,
    *,
    headings: tuple[str, str] = ("by readiness", "by demonstration value"),
    title: str = "The mirror",
) -> str:
    """Draws two orders of the same use cases with lines between them.

    Args:
        left: The ranking, first entry on top.
        right: The order by demonstration value.
        width: Of the picture; its height follows the number of entries.
        headings: Titles of the two orders.
        title: For whoever does not see it.
    """
    first, second = list(left[:MOST]), list(right[:MOST])
    rows = max(len(first), len(second))
    band = width * _BAND
    side = (width - band) / 2
    height = 30 + rows * _ROW + (22 if len(left) > MOST else 6)
    places = {e.number: i for i, e in enumerate(second)}
    ranks = {e.number: _rank(e, i) for i, e in enumerate(left)}
    parts = [svg.tag("rect", x=0, y=0, width=width, height=height, fill=svg.PAPER)]
    parts.append(svg.label(0, 16, headings[0], size=12, weight="600", room=side))
    parts.append(svg.label(width - side, 16, headings[1], size=12, weight="600", room=side))
    for i, entry in enumerate(first):
        y = _y(i)
        parts += _entry(0, y, side, entry, f"{_rank(entry, i)}", tail=f"#{entry.number}")
        if entry.number in places:
            moved = abs(places[entry.number] - i)
            parts.append(
                svg.line(
                    side + 6,
                    y - 4,
                    width - side - 6,
                    _y(places[entry.number]) - 4,
                    stroke=svg.colour(entry.role),
                    stroke_width=1.8 if moved > 2 else 1,
                    **({} if moved else {"stroke_dasharray": "2 3"}),
                )
            )
    for i, entry in enumerate(second):
        rank = _rank(entry, i)
        parts += _entry(
            width - side, _y(i), side, entry, f"{rank}", tail=_moved(ranks.get(entry.number), rank)
        )
    if len(left) > MOST:
        note = f"The first {MOST} of {len(left):,} are drawn."
        parts.append(svg.label(0, height - 6, note, size=11, fill=svg.QUIET))
    words = "; ".join(
        f"{e.number} stands {ranks[e.number]} by readiness and {_rank(e, i)} by demonstration value"
        for i, e in enumerate(second)
        if e.number in ranks
    )
    return svg.picture(width, height, title, words, parts)


def _y(place: int) -> float:
    return 30 + place * _ROW + 12


def _entry(x: float, y: float, side: float, entry: Entry, rank: str, tail: str) -> list[str]:
    return [
        svg.label(x + 22, y, rank, size=12, fill=svg.QUIET, anchor="end"),
        svg.label(x + 30, y, entry.title, size=12, fill=svg.colour(entry.role), room=side - 78),
        svg.label(x + side - 4, y, tail, size=11, fill=svg.QUIET, anchor="end"),
    ]


def _moved(before: int | None, now: int) -> str:
    if before is None:
        return "new"
    if before == now:
        return "="
    return f"▲ {before - now}" if now < before else f"▼ {now - before}"


def _rank(entry: Entry, place: int) -> int:
    return entry.rank if entry.rank is not None else place + 1
