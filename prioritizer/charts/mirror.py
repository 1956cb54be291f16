"""The mirror: one order beside another, with a line from each use case to itself.

On the left the ranking, on the right what a room would have picked that chooses by show. Every
entry has a row of its own, so that a long picture scrolls; how far it moved is also written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from prioritizer.charts.braille import Braille
from prioritizer.charts.segments import Row, Segment, exactly, join
from prioritizer.text.width import fit

MIN_WIDTH = 40
"""Below this the entries of the left order are listed with their moves, without lines."""


class Entry(NamedTuple):
    """One use case in one order; ``rank`` where ties make it differ from its position."""

    number: int
    title: str
    role: str = ""
    rank: int | None = None


def mirror(
    left: Sequence[Entry],
    right: Sequence[Entry],
    width: int,
    height: int = 0,
    *,
    headings: tuple[str, str] | None = None,
    highlight: Collection[int] = (),
    ascii_only: bool = False,
) -> list[Row]:
    """Draws two orders of the same use cases with lines of movement.

    Args:
        left: The ranking, first entry on top.
        right: The other order; an entry that is missing on one side has no line.
        width: Every row takes exactly this many cells.
        height: Rows that are free; with twice as many as entries the lines get more room.
        headings: Titles of the two orders, as a first row.
        highlight: Numbers whose lines are drawn whole; the others are dotted. Empty: all whole.
        ascii_only: No lines; only the moves, as ``^3`` and ``v3``.

    Returns:
        A row an entry (two in a high window), plus the headings. The right side says ``▲ 3``
        for an entry that stands three places higher there than on the left.
    """
    if width <= 0:
        return []
    count = max(len(left), len(right))
    places_left, places_right = _places(left), _places(right)
    if width < MIN_WIDTH:
        return [_narrow(e, places_left, places_right, width, ascii_only) for e in left]
    top: list[Row] = []
    # As much for the lines as the titles can spare: a flat line is easier to follow than a steep one.
    band = max(10, width // 4)
    side = (width - band) // 2
    band = width - 2 * side
    if headings is not None:
        heads = fit(headings[0], side) + " " * band + fit(headings[1], side)
        top = [[(heads, "muted")]]
    step = 2 if height - len(top) >= 2 * count else 1
    drawn = {} if ascii_only else lines(left, right, (band - 2, count * step), step, highlight)
    digits = max((len(str(e.number)) for e in (*left, *right)), default=1)
    rows: list[Row] = []
    for y in range(count * step):
        i, between = divmod(y, step)
        cells: list[Segment] = []
        cells += [(" " * side, "")] if between or i >= len(left) else _left(left[i], i, side, digits)
        cells += [drawn.get((x - 1, y), (" ", "")) for x in range(band)]
        if between or i >= len(right):
            cells.append((" " * side, ""))
        else:
            cells += _right(right[i], i, places_left, side, digits, ascii_only)
        rows.append(join(cells))
    return top + rows


def _left(entry: Entry, place: int, width: int, digits: int) -> list[Segment]:
    head = f"{_rank(entry, place):>3} "
    tail = f" {f'#{entry.number}':>{digits + 1}}"
    title = fit(entry.title, width - len(head) - len(tail))
    return exactly([(head, "muted"), (title, entry.role), (tail, "muted")], width)


def _right(
    entry: Entry, place: int, others: dict[int, int], width: int, digits: int, ascii_only: bool
) -> list[Segment]:
    head = f"{f'#{entry.number}':<{digits + 1}} "
    text, role = _move(others.get(entry.number), _rank(entry, place), ascii_only)
    move = f" {text:<5}"
    rank = f"{_rank(entry, place):>3} "
    title = fit(entry.title, width - len(rank) - len(head) - len(move))
    return exactly([(head, "muted"), (rank, "muted"), (title, entry.role), (move, role)], width)


def _narrow(entry: Entry, left: dict[int, int], right: dict[int, int], width: int, ascii_only: bool) -> Row:
    place = right.get(entry.number)
    text, role = ("-", "muted") if place is None else _move(left[entry.number], place, ascii_only)
    tail = fit(f" {text}", min(6, width))
    return join([(fit(f"{left[entry.number]} {entry.title}", width - len(tail)), entry.role), (tail, role)])


def _move(before: int | None, now: int, ascii_only: bool) -> Segment:
    if before is None:
        return "new", "muted"
    if before == now:
        return "=", "muted"
    up, down = ("^", "v") if ascii_only else ("▲ ", "▼ ")
    return (f"{up}{before - now}", "warn") if now < before else (f"{down}{now - before}", "accent")


def _rank(entry: Entry, place: int) -> int:
    return entry.rank if entry.rank is not None else place + 1


def _places(entries: Sequence[Entry]) -> dict[int, int]:
    return {e.number: _rank(e, i) for i, e in enumerate(entries)}


def lines(
    left: Sequence[Entry],
    right: Sequence[Entry],
    size: tuple[int, int],
    step: int,
    highlight: Collection[int],
) -> dict[tuple[int, int], Segment]:
    """The cells between two orders, by (column, row): a line from each entry to itself.

    Args:
        left: One order.
        right: The other.
        size: Columns and rows of the band between them.
        step: Rows an entry takes.
        highlight: As in `mirror`.
    """
    drawing = Braille(*size)
    ends = {e.number: i for i, e in enumerate(right)}
    # What moved furthest is drawn last, so that its colour is on top where lines share a cell.
    moved = sorted((abs(i - ends[e.number]), i, e) for i, e in enumerate(left) if e.number in ends)
    for _, i, entry in moved:
        whole = not highlight or entry.number in highlight
        start, end = (4 * step * at + 1 for at in (i, ends[entry.number]))
        drawing.line(
            (0, start), (drawing.across - 1, end), entry.role if whole else "muted", every=1 if whole else 3
        )
    return drawing.cells()
