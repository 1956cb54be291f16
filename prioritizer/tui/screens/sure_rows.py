"""The rows of "how sure": what is drawn, a strip of ranks, a sentence."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from prioritizer.charts.segments import Row
from prioritizer.charts.shares import strip
from prioritizer.model.robustness import SOURCES, Source
from prioritizer.text.width import cell_width, fit
from prioritizer.tui.screens.rank_rows import fit_to
from prioritizer.tui.widgets.painted import Drawing

if TYPE_CHECKING:
    from prioritizer.workshop.views.robustness import RobustnessRow, RobustnessView

_TITLES: dict[Source, str] = {
    "weights": "Weights",
    "people": "People",
    "evidence": "Evidence",
    "scale": "Scale",
}
_TIPS: dict[Source, str] = {
    "weights": "Weights are drawn around the stated ones",
    "people": "One person's ballot is drawn each time, where no level was agreed",
    "evidence": "Levels are drawn by their evidence, unknown ones freely",
    "scale": "How far apart the five levels are is drawn",
}
_NUMBERS = 17
"""Cells of the two columns at the end."""


def head(
    view: RobustnessView | None, without: Collection[str], width: int, *, refused: bool = False
) -> Drawing:
    """What this is, how far it has come, and the four sources with their keys."""
    drawing = Drawing()
    if view is None:
        sign, progress = ("! ", "nothing drawn") if refused else ("◌ ", "drawing …")
    else:
        sign, progress = "◌ " if view.refining else "✓ ", view.progress
    drawing.line((" How sure? ", "strong"), (sign, "accent"))
    drawing.put(progress)
    drawing.right([("shares of draws, never a chance of success ", "muted")], width)
    drawing.line((" Drawn: ", "muted"))
    for place, source in enumerate(SOURCES, 1):
        left_out = source in without
        sign, role = ("–", "muted") if left_out else ("✓", "good")
        drawing.put(f"{place} ", "accent", spot=source, tip=_TIPS[source])
        words = f"{sign} {_TITLES[source]}{' off' if left_out else ''}"
        drawing.put(words, role, spot=source, tip=_TIPS[source])
        drawing.put("  ")
    drawing.right([("░≤5 ▒≤25 ▓≤50 █>50 % ", "muted")], width)
    if view is not None:
        drawing.line((" Weights ", "muted"), (fit_to(view.weights, width - 10), ""))
    return drawing


def header(top: int, ranks: int, width: int) -> Row:
    """The line above the list."""
    title, strip_ = _columns(min(ranks, 12), width)
    last = "12+" if ranks > 12 else str(ranks)
    where = "first" if top == 1 else f"top {top}"
    middle = strip_ - 1 - len(last)
    between = f"1{('rank' if middle > 5 else '').center(middle)}{last}" if middle > 0 else fit("", strip_)
    parts = (
        f"    {fit('', title)} {between} {fit(where, 8, align='right')} {fit('if first', 8, align='right')}"
    )
    return [(parts, "muted")]


def row(line: RobustnessRow, top: int, width: int) -> Row:
    """A use case with its strip; the border of the shortlist stands in the strip."""
    title, strip_ = _columns(len(line.strip), width)
    cells = (strip_ - 1) // len(line.strip)
    inside, outside = line.strip[:top], line.strip[top:]
    drawn = [*strip(inside, cells * len(inside), role="good"), ("│", "muted")]
    drawn += strip(outside, cells * len(outside), role="accent") if outside else []
    drawn.append((" " * (strip_ - 1 - cells * len(line.strip)), ""))
    sure = "–" if line.confidence is None else f"{line.confidence} %"
    return [
        (f" {line.label} ", "strong"),
        (fit(line.title, title), "strong"),
        (" ", ""),
        *drawn,
        (" ", ""),
        (fit(f"{line.top} %", 8, align="right"), "strong"),
        (" ", ""),
        (fit(sure, 8, align="right"), "muted"),
    ]


def sentence(line: RobustnessRow, width: int) -> Row:
    """Under it: how often, and what could move it."""
    room = width - 5
    words = line.sentence if cell_width(line.sentence) <= room else line.short
    return [("    ", ""), (fit_to(words, room), "muted")]


def unclear(words: str, width: int) -> Row:
    """Between neighbours: that their order is not clear."""
    return [("  ≈ ", "warn"), (fit_to(words, width - 5), "warn")]


def _columns(ranks: int, width: int) -> tuple[int, int]:
    """Cells of the title and of the strip, its border included."""
    room = width - 5 - _NUMBERS - 2
    each = max(1, min(3, (room - 24) // max(ranks, 1)))
    strip_ = each * ranks + 1
    return max(8, room - strip_), strip_
