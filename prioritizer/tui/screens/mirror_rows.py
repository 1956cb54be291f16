"""The mirror as rows: the sentence, both orders with a line from each use case to itself, and what the signs mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.charts.mirror import Entry, lines
from prioritizer.charts.segments import Row, Segment
from prioritizer.text.width import fit, wrap
from prioritizer.tui.screens.rank_rows import thin_bar
from prioritizer.tui.styles import LANE_SIGNS

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.workshop.views.mirror import MirrorRow, MirrorView

LONGEST = 120
"""More lines than this are not looked at, and would take long to draw."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Cells of a line: two sides with a band of lines between them."""

    label: int
    left: int
    """Title in the order by show."""
    band: int
    right: int
    """Title in the order by readiness."""
    bar: int
    """Bars beside the values, where there is room."""
    step: int
    """Lines an entry takes."""


def sentence_rows(sentence: str, width: int, *, airy: bool) -> list[Row]:
    """The one statement about this session, large: alone on its ground, with a mark at its side."""
    lines_ = wrap(sentence, min(width - 6, 110))
    # Lines of about one length are read as one thought: as narrow as so many lines allow.
    narrow = min(width - 6, 110)
    while narrow > 40 and len(wrap(sentence, narrow - 1)) == len(lines_):
        narrow -= 1
    found: list[Row] = [[]] if airy else []
    found += [[("  ┃ ", "accent"), (line, "strong")] for line in wrap(sentence, narrow)]
    return [*found, []] if airy else found


def mirror_rows(view: MirrorView, width: int, height: int) -> list[Row]:
    """Both orders side by side.

    Args:
        view: The two orders.
        width: Cells of a line.
        height: Lines that are free; the picture takes more where there are more use cases, and scrolls.
    """
    show, ready = view.by_show[:LONGEST], view.by_readiness[:LONGEST]
    count = max(len(show), len(ready))
    at = _plan(view, width, count, height - 2)
    told = {int(r.label) for r in (*show, *ready) if r.trap or r.lane == "pilot-first"}
    told = told or {int(r.label) for r in (*show, *ready) if r.in_top_show or r.in_top_ready}
    band = lines(
        [_entry(r) for r in show], [_entry(r) for r in ready], (at.band, count * at.step), at.step, told
    )
    rows: list[Row] = [_headings(at), []] if height > count + 2 else [_headings(at)]
    for y in range(count * at.step - (at.step - 1)):
        i, between = divmod(y, at.step)
        row: Row = _left(show[i], at) if not between and i < len(show) else _blank(_left_width(at))
        row += [band.get((x, y), (" ", "")) for x in range(at.band)]
        if not between and i < len(ready):
            row += _right(ready[i], at)
        rows.append(row)
    if len(view.by_show) > LONGEST:
        rows += [[], [(f" The first {LONGEST} of {len(view.by_show):,} in each order.", "muted")]]
    return rows


def legend(view: MirrorView) -> Row:
    """What the signs and numbers mean."""
    del view
    return [
        (" ▲ ", "good"),
        ("higher than by show   ", "muted"),
        ("▼ ", "bad"),
        ("lower   ", "muted"),
        ("numbers: demonstration value, readiness", "muted"),
    ]


def _plan(view: MirrorView, width: int, count: int, height: int) -> _Plan:
    label = max(2, max((len(r.label) for r in view.by_show), default=2))
    step = max(1, min(4, height // max(count, 1)))
    bar = 0 if width < 110 else 6 if width < 140 else 12
    extra = 1 + bar if bar else 0
    # Signs, numbers and moves that every line has, without the two titles.
    fixed = (1 + 1 + 1 + label + 1 + 1 + 3 + extra) + 2 + (3 + extra + 1 + 1 + 1 + label + 1 + 1 + 5)
    room = width - fixed
    longest = min(44, max((len(r.title) for r in view.by_show), default=10))
    band = max(10, min(room - 2 * longest, 60)) if room - 2 * longest > 12 else max(10, width // 6)
    titles = max(2, room - band)
    left = min(titles - titles // 2, longest + 2) if band > 12 else titles - titles // 2
    right = min(titles - left, longest + 2)
    band = room - left - right
    return _Plan(label, left, band, right, bar, step)


def _entry(row: MirrorRow) -> Entry:
    return Entry(int(row.label), row.title, f"lane-{row.lane}")


def _left_width(at: _Plan) -> int:
    return 1 + 1 + 1 + at.label + 1 + at.left + 1 + 3 + (1 + at.bar if at.bar else 0) + 1


def _headings(at: _Plan) -> Row:
    left = fit("by demonstration value", _left_width(at) - 1, align="right")
    return [(left, "second strong"), (" " * (at.band + 2), ""), ("by readiness: the ranking", "good strong")]


def _left(row: MirrorRow, at: _Plan) -> Row:
    lane = f"lane-{row.lane}"
    loud = "strong" if row.in_top_show else ""
    value = "–" if row.demonstration is None else str(row.demonstration)
    parts: Row = [(f" {LANE_SIGNS[row.lane]} ", lane), (fit(row.label, at.label), f"strong {lane}")]
    parts += [(" ", ""), (fit(row.title, at.left), f"{loud} {lane}".strip()), (" ", "")]
    if at.bar:
        parts += [*_mirrored(row.demonstration, at.bar), (" ", "")]
    return [*parts, (fit(value, 3, align="right"), "strong"), (" ", "")]


def _right(row: MirrorRow, at: _Plan) -> Row:
    lane = f"lane-{row.lane}"
    loud = "strong" if row.in_top_ready else ""
    parts: Row = [(" ", ""), (fit(str(row.readiness), 3, align="right"), "strong"), (" ", "")]
    if at.bar:
        parts += [*thin_bar(row.readiness, at.bar, role=lane), (" ", "")]
    parts += [(f"{LANE_SIGNS[row.lane]} ", lane), (fit(row.label, at.label), f"strong {lane}"), (" ", "")]
    parts += [(fit(row.title, at.right), f"{loud} {lane}".strip()), (" ", "")]
    return [*parts, _move(row.moved)]


def _move(moved: int) -> Segment:
    if not moved:
        return ("=   ", "muted")
    return (fit(f"▲ {moved}", 4), "good") if moved > 0 else (fit(f"▼ {-moved}", 4), "bad")


def _mirrored(value: int | None, width: int) -> Row:
    """A bar that grows from the middle of the picture outwards."""
    turned = {"▖": "▗"}
    parts = thin_bar(value, width, role="second")
    return [("".join(turned.get(c, c) for c in reversed(text)), role) for text, role in reversed(parts)]


def _blank(width: int) -> Row:
    return [(" " * width, "")]
