"""What a row of the ranking looks like: pure functions from a row and a width to styled words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from prioritizer.charts.bars import interval_bar
from prioritizer.charts.segments import Segment
from prioritizer.text.width import cell_width, fit
from prioritizer.tui.styles import LANE_SIGNS

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.workshop.views.rank import LaneGroup, RankRow

_BLOCKS = "▁▂▃▄▅▆▇"
"""No full one: rows would run into each other."""
_VALUE = 4
_MOVE = 4
SHORTEST_TITLE = 12


class Marked(Protocol):
    """What has marks: a row of the ranking or of the shortlist."""

    @property
    def trap(self) -> bool: ...
    @property
    def overlooked(self) -> bool: ...
    @property
    def coverage(self) -> int: ...
    @property
    def claimed(self) -> int: ...
    @property
    def unproven(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Layout:
    """How many cells each column of a row takes; 0 leaves it out."""

    rank: int
    label: int
    title: int
    bar: int
    span: int
    """The interval of readiness in numbers."""
    dimension: int
    """Cells a dimension, a blank before it included: 2 for a small block, 4 for a number."""
    dimensions: int
    """How many dimensions are shown."""
    show: int
    """A bar for the demonstration value."""
    move: int
    marks: int


def layout(
    width: int, *, total: int, dimensions: int, loose: bool, moving: bool, tied: bool = False
) -> Layout:
    """Columns for a list of this width.

    Args:
        width: Of the list.
        total: How many use cases there are, for the widths of ranks and numbers.
        dimensions: How many readiness dimensions the preset has.
        loose: Whether some readiness is an interval.
        moving: Whether movement is shown (what-if).
        tied: Whether some ranks are shared, and have a sign that says so.
    """
    rank = max(2, len(str(total)) + tied)
    label = max(2, len(str(total)))
    few = dimensions if dimensions <= 8 else 0
    move = _MOVE if moving else 0
    # A blank before every column, two before the marks, and the sign of a choice at the front.
    fixed = 1 + rank + 1 + label + 1 + (1 + 3) + (1 + _VALUE) + (1 + _VALUE)
    fixed += 1 + move if move else 0
    bar_, dimension, show, span, marks = 5, 2 if few else 0, 0, 0, 13
    room = width - fixed - (1 + bar_) - few * dimension - (2 + marks)
    title = room
    if title < 22:  # a narrow list: the words of the marks go before the title does
        take = min(22 - title, marks - 9)
        marks, title = marks - take, title + take
    if title < SHORTEST_TITLE and few:
        title, few, dimension = title + few * dimension, 0, 0
    spare = max(0, title - 34)
    title -= spare
    # What is left goes to one wish after the other.
    if few and spare >= 2 * few:
        dimension, spare = 4, spare - 2 * few
    if loose and spare >= 8:
        span, spare = 7, spare - 8
    more = min(spare, 9)
    marks, spare = marks + more, spare - more
    if spare >= 12:
        show, bar_, spare = 8, bar_ + 3, spare - 12
    more = min(spare, 5)
    title, spare = title + more, spare - more
    more = min(spare, 18)
    marks, spare = marks + more, spare - more
    if show:
        more = min(spare // 2, 9)
        bar_, show, spare = bar_ + more, show + more, spare - 2 * more
    marks += spare
    return Layout(rank, label, max(1, title), bar_, span, dimension, few, show, move, max(0, marks))


def header(at: Layout, dimensions: Sequence[str]) -> list[Segment]:
    """Names of the columns."""
    names = [" ", fit("rank", at.rank, align="right"), " ", fit("no", at.label, align="right"), " "]
    if at.rank < 4:
        names[1:4] = [fit("rank", at.rank + 1 + at.label)]
    names += [fit("use case", at.title)]
    if at.move:
        names += [" ", fit("move", at.move)]
    names += [" ", fit("ready", at.bar + 4, align="left" if at.bar > 4 else "right")]
    if at.span:
        names += [" ", fit("between", at.span)]
    if at.dimensions:
        for id_ in dimensions[: at.dimensions]:
            names += [" ", fit(id_[: at.dimension - 1], at.dimension - 1, align="right")]
    if at.show:
        names += [" ", fit("demonstration", at.show + 1 + _VALUE)]
    else:
        names += [" ", fit("demo", _VALUE, align="right")]
    names += [" ", fit("gap", _VALUE, align="right"), "  ", fit("marks", at.marks)]
    return [("".join(names), "muted")]


def row_parts(row: RankRow, at: Layout, lane_title: str) -> list[Segment]:
    """One row.

    Args:
        row: What it says.
        at: The columns.
        lane_title: Title of the lane that the rules gave, for an override.
    """
    lane = f"lane-{row.lane}"
    parts: list[Segment] = [("✓" if row.chosen else " ", "good")]
    parts += [(fit(f"={row.rank}" if row.tied else str(row.rank), at.rank, align="right"), "muted")]
    parts += [(" ", ""), (fit(row.label, at.label, align="right"), "strong"), (" ", "")]
    parts += [(fit(row.title, at.title), "")]
    if at.move:
        parts += [(" ", ""), _move(row, at.move)]
    parts += [(" ", ""), *_readiness_bar(row, at.bar, lane), (f" {row.readiness:>3}", "strong")]
    if at.span:
        parts += [(" ", ""), (fit(_span(row), at.span), "muted")]
    if at.dimensions:
        for each in row.bars[: at.dimensions]:
            parts += [(" ", ""), _dimension(each.score, at.dimension - 1)]
    parts += [(" ", "")]
    if at.show:
        parts += [*thin_bar(row.demonstration, at.show, role="second"), (" ", "")]
    value = "–" if row.demonstration is None else str(row.demonstration)
    parts += [(fit(value, _VALUE, align="right"), "")]
    parts += [(" ", ""), (fit(gap_text(row.gap), _VALUE, align="right"), "bad" if row.trap else "muted")]
    parts += [("  ", ""), *_marks(row, at.marks, lane_title)]
    return parts


def heading_parts(group: LaneGroup, width: int) -> list[Segment]:
    """The heading of a lane: sign, title, how many, and what it means."""
    lane = f"lane-{group.id}"
    head = f" {LANE_SIGNS[group.id]} {fit_to(group.title, max(8, width // 2))} "
    count = f"{group.count:,}"
    used = cell_width(head) + len(count) + 3
    parts = [(head, lane), (count, "strong")]
    return [*parts, ("   ", ""), (clause(group.meaning, max(0, width - used)), "muted")]


def marks(row: Marked) -> list[tuple[str, str]]:
    """Every mark of a row in words, the one that matters most first, each with its role."""
    found: list[tuple[str, str]] = []
    change = getattr(row, "change", None)
    if change is not None and change.lane_before is not None:
        found.append((f"was {LANE_SIGNS[change.lane_before]}", "accent"))
    if row.trap:
        found.append(("demo trap", "bad"))
    if row.overlooked:
        found.append(("overlooked", "good"))
    if row.coverage < 100:
        found.append((f"{row.coverage} % known", "warn"))
    if row.claimed:
        found.append((f"{row.claimed} claimed", "warn"))
    if row.unproven:
        found.append((f"{row.unproven} unproven", "warn"))
    return found


def thin_bar(value: int | None, width: int, *, role: str) -> list[Segment]:
    """A bar of half the height of a row, in half cells: many in a column stay calm."""
    if value is None:
        return [("·" * width, "muted")]
    whole, half = divmod(max(0, min(value, 100)) * width * 2 // 100, 2)
    filled = "▄" * whole + ("▖" if half else "")
    return [(filled, role), ("▁" * (width - len(filled)), "faint")]


def gap_text(gap: int | None) -> str:
    """Demonstration value less readiness, with its sign."""
    return "" if gap is None else f"{gap:+d}".replace("-", "−")


def clause(text: str, width: int) -> str:
    """As much of a sentence as fits, cut where it may be cut, else with an ellipsis."""
    if cell_width(text) <= width:
        return text
    for stop in (": ", "; ", ", "):
        first = text.split(stop)[0]
        if cell_width(first) <= width:
            return first
    return fit(text, width)


def fit_to(text: str, width: int) -> str:
    """Cut to ``width`` where it is longer; never padded."""
    return text if cell_width(text) <= width else fit(text, width)


def _readiness_bar(row: RankRow, width: int, lane: str) -> list[Segment]:
    if row.readiness_low == row.readiness_high:
        return thin_bar(row.readiness, width, role=lane)
    return interval_bar(row.readiness_low, row.readiness, row.readiness_high, width, role=lane)


def _span(row: RankRow) -> str:
    return "" if row.readiness_low == row.readiness_high else f"{row.readiness_low}–{row.readiness_high}"


def _dimension(score: int | None, width: int) -> Segment:
    if score is None:
        return ("·" if width == 1 else fit("–", width, align="right"), "muted")
    if width == 1:
        return (_BLOCKS[min(6, score * 7 // 100)], "accent")
    return (fit(str(score), width, align="right"), "")


def _move(row: RankRow, width: int) -> Segment:
    if row.change is None:
        return (" " * width, "")
    places = row.change.places
    if places > 0:
        return (fit(f"▲{places}", width), "good")
    if places < 0:
        return (fit(f"▼{-places}", width), "bad")
    return (" " * width, "")


def _marks(row: RankRow, width: int, lane_title: str) -> Iterable[Segment]:
    """Marks in as many words as fit; what shows and what the room set aside is never left out."""
    found = marks(row)
    if not row.overridden:
        return joined(found, width)
    if row.lane == row.lane_by_rules:
        forms = ["⚑ gate set aside", "⚑"]
    else:
        # The heading of each lane explains its sign.
        forms = [f"⚑ by the rules: {lane_title}", f"⚑ {lane_title}", f"⚑{LANE_SIGNS[row.lane_by_rules]}"]
    at = sum(words in ("demo trap", "overlooked") or words.startswith("was ") for words, _ in found)
    tries = [[*found[:at], (form, "mark"), *found[at:]] for form in forms]
    for each in tries:
        if cell_width(" · ".join(words for words, _ in each)) <= width:
            return joined(each, width)
    return joined(tries[-1], width)


def joined(found: Sequence[tuple[str, str]], width: int) -> list[Segment]:
    """Marks side by side; those that find no room are counted, never lost."""
    parts: list[Segment] = []
    used = 0
    for place, (words, role) in enumerate(found):
        left = len(found) - place - 1
        sep = (" · " if width > 16 else " ") if parts else ""
        need = cell_width(sep) + cell_width(words) + (len(f" +{left}") if left else 0)
        if used + need > width:
            if not parts:
                more = f" +{left}" if left else ""
                return [(fit(words, max(1, width - len(more))) + more, role)]
            return [*parts, (f" +{left + 1}", "warn")]
        parts += [(sep, "muted"), (words, role)]
        used += cell_width(sep) + cell_width(words)
    return parts
