"""The rows of "one by one": the room of every weight, a tornado, swaps and people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.charts.bars import interval_bar
from prioritizer.charts.segments import Row
from prioritizer.charts.tornado import Swing, tornado
from prioritizer.text.width import fit
from prioritizer.tui.screens.rank_why import hanging, line_rows

if TYPE_CHECKING:
    from prioritizer.workshop.views.swings import Interval, StabilityView, SwingBar

_BAR, _LEAST = 40, 12


def weight_rows(view: StabilityView, width: int) -> list[Row]:
    """The room that each weight has."""
    rows = [_heading(f"Weights: how far each can move while {view.leader} stays first")]
    rows += _intervals(view.first, width)
    if view.shortlist:
        rows += [[], _heading(f"And while the first {view.top} stay the same, in the same lanes")]
        rows += _intervals(view.shortlist, width)
    return rows


def tornado_rows(title: str, now: float, bars: tuple[SwingBar, ...], width: int) -> list[Row]:
    """What moves one use case."""
    rows = hanging(f"Tornado of {title}: what one thing alone does to its readiness", width, role="accent")
    if not bars:
        return [*rows, *hanging("Nothing taken alone moves it.", width, sign="✓ ", role="good", indent=1)]
    swings = [Swing(bar.title, bar.low, bar.high, bar.note) for bar in bars]
    rows += [[("  ", ""), *row] for row in tornado(swings, now, width - 3)]
    text = (
        "weights ± 5 points; levels one lower and higher, 0 and 4 where unknown, the lowest and highest answer "
        "where the room differs; ▒ towards less, █ towards more, ┃ as it is"
    )
    return [*rows, *hanging(text, width, role="muted", indent=1)]


def rest_rows(view: StabilityView, width: int) -> list[Row]:
    """Swaps and people."""
    return line_rows(view.lines, width)


def _intervals(intervals: tuple[Interval, ...], width: int) -> list[Row]:
    if all(each.free for each in intervals):
        return hanging("It stays so, whatever a single weight is.", width, sign="✓ ", role="good", indent=1)
    title = min(max(len(i.title) for i in intervals), max(10, width // 4))
    words = max(len(i.words) for i in intervals)
    beside = width - title - words - 13 >= _LEAST
    bar = max(_LEAST, min(_BAR, width - title - 13 - (words if beside else 0)))
    rows: list[Row] = []
    for each in intervals:
        weight = f" {int(each.weight * 100 + 1e-9):>3} % "
        head: Row = [("  ", ""), (fit(each.title, title), ""), (weight, "strong")]
        head += interval_bar(each.low, each.weight, each.high, bar, maximum=1.0)
        role = "good" if each.free else "muted"
        if beside:
            rows.append([*head, ("  ", ""), (each.words, role)])
        else:
            rows += [head, *hanging(each.words, width, role=role, indent=2)]
    return rows


def _heading(text: str) -> Row:
    return [(f" {text}", "accent")]
