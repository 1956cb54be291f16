"""The rows of "what to talk about next": pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.charts.bars import bar
from prioritizer.charts.segments import Row
from prioritizer.text.width import fit, wrap
from prioritizer.tui.screens.rank_why import hanging

if TYPE_CHECKING:  # it brings numpy
    from prioritizer.workshop.views.talk import TalkRow, TalkView

_BAR = 10
_TAIL = 2 + 6 + 1 + _BAR + 1
_SHORT = {
    "nobody knows yet": "unknown",
    "reported, no document": "only reported",
    "the room differs": "room differs",
}
WIDE = 100
"""Cells from which what stands there is said at length."""


def head(view: TalkView | None, fresh: bool, width: int, height: int) -> list[Row]:
    """What this is, how many cells, and how far the minutes reach."""
    rows: list[Row] = [[(" What to talk about next", "accent strong")]]
    if view is None:
        return [*rows, [(" ◌ working out what each cell can change …", "muted")]]
    words = wrap(view.talk.words(), max(10, width - 2))
    if not fresh:
        words = ["◌ working out what each cell can change …"]
    return [*rows, *([(f" {line}", "strong")] for line in words[: height - 1])]


def header(width: int) -> Row:
    """The line above the list."""
    title, asked, now = _columns(width)
    heads = f"{fit('so far' if now < 17 else 'what stands there', now)}  {'decides in':<17}"
    return [(f"     {fit('use case', title)} {fit('fact', asked)} {heads}", "muted")]


def row(line: TalkRow, skipped: bool, width: int) -> Row:
    """One cell: what it is, what it rests on, and in what share of draws it decides."""
    title, asked, now = _columns(width)
    rests_on = line.now if width >= WIDE else _SHORT.get(line.now, line.now)
    return [
        (f" {line.label}  ", "strong"),
        (fit(line.title, title), "muted" if skipped else "strong"),
        (" ", ""),
        (fit(f"{line.criterion} {line.asked}", asked), "muted" if skipped else ""),
        (" ", ""),
        (fit(rests_on, now), "warn" if line.now.startswith("nobody") else "second"),
        (f"  {line.often:>3} % ", "muted" if skipped else "strong"),
        *bar(min(line.often, 50), _BAR, maximum=50),
    ]


def why(line: TalkRow, width: int) -> list[Row]:
    """What it decides, what stands there, and what to ask."""
    return [*hanging(line.ask, width, role="strong"), *hanging(line.words, width)]


def _columns(width: int) -> tuple[int, int, int]:
    """Cells of the title, of the fact and of what it rests on."""
    now = 22 if width >= WIDE else 13
    room = max(20, width - 5 - 2 - now - _TAIL)
    asked = max(8, room * 2 // 5)
    return room - asked, asked, now
