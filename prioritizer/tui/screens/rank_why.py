"""Reasons in words: lines with a role become rows of a pane."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from prioritizer.charts.segments import Row, row_width
from prioritizer.charts.waterfall import waterfall
from prioritizer.text.width import cell_width, wrap
from prioritizer.tui.screens.rank_rows import fit_to, marks
from prioritizer.tui.widgets.keyline import KeyLine
from prioritizer.tui.widgets.pane import Pane

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.model.ranking import Condition
    from prioritizer.workshop.views.plain import Line
    from prioritizer.workshop.views.rank import RankRow
    from prioritizer.workshop.views.why import WhyView

LOOKS: dict[str, tuple[str, str]] = {
    "title": ("", "strong"),
    "heading": ("", "accent"),
    "text": ("", ""),
    "fact": ("", "muted"),
    "good": ("✓ ", "good"),
    "warn": ("! ", "warn"),
    "stop": ("✕ ", "bad"),
    "unknown": ("? ", "warn"),
    "muted": ("", "muted"),
}
"""Role of a line → the sign that says it without colour, and its style."""


def line_rows(lines: Iterable[Line], width: int) -> list[Row]:
    """Lines wrapped to a width, each under its own beginning; a blank line before every heading."""
    rows: list[Row] = []
    for line in lines:
        sign, role = LOOKS[line.role]
        if line.role == "heading" and rows:
            rows.append([])
        rows += hanging(line.text, width, sign=sign, role=role, indent=line.indent)
    return rows


def why_rows(why: WhyView, width: int) -> list[Row]:
    """All reasons, with the parts of readiness painted above them."""
    title, *rest = why.lines
    painted: list[Row] = [[(" ", ""), *row] for row in waterfall(why.parts, width - 2)]
    return [*line_rows([title], width), [], *painted, [], *line_rows(rest, width)]


def hanging(text: str, width: int, *, sign: str = "", role: str = "", indent: int = 0) -> list[Row]:
    """One paragraph with a sign before it; what wraps stands under the text, not under the sign."""
    lead = " " + "  " * indent
    after = " " * (cell_width(lead) + cell_width(sign))
    lines = wrap(text, max(8, width - len(after) - 1))
    return [[((lead + sign) if i == 0 else after, role), (each, role)] for i, each in enumerate(lines)]


def glance_rows(row: RankRow, conditions: Sequence[Condition], width: int) -> list[Row]:
    """The row under the cursor in a few lines: what it is, what holds it, who does what by when."""
    head: Row = [(f" {row.label} {row.title}", "strong")]
    rest: Row = [(" · ".join(f"{b.id} {'–' if b.score is None else b.score}" for b in row.bars[:8]), "muted")]
    for words, role in marks(row):
        rest += [(" · ", "muted"), (words, role)]
    if row_width(head) + 3 + row_width(rest) < width:
        rows = [[*head, ("   ", ""), *rest]]
    else:
        rows = [head, [(" ", ""), *rest]]
    barred = row.lane in ("not-yet", "incubate", "not-an-agent", "out")
    if row.worst and (barred or not conditions):
        sign, role = ("✕", "bad") if barred else ("!", "warn")
        rows.append([(f" {sign} ", role), (fit_to(row.worst, width - 4), role)])
    if row.slice and row.lane == "not-yet":
        rows += hanging(f"Start with the slice: {row.slice}", width, sign="→ ", role="good")
    rows += condition_rows(conditions, width)
    if not conditions and not row.worst:
        rows += hanging("Nothing is left to settle before a pilot.", width, sign="✓ ", role="good")
    return rows


def fact_rows(lines: Iterable[Line], width: int) -> list[Row]:
    """The weakest facts alone: what is left of the reasons where there are few lines."""
    return [
        row
        for line in lines
        if line.indent == 2
        for row in hanging(line.text, width, sign="· ", role="muted")
    ]


def condition_rows(conditions: Iterable[Condition], width: int) -> list[Row]:
    """Each condition as "who does what by when"."""
    rows: list[Row] = []
    for each in conditions:
        sign = "? " if each.kind == "find-out" else "! "
        rows += hanging(condition_words(each), width, sign=sign, role="warn")
    return rows


def condition_words(each: Condition) -> str:
    """``Data: get read access, by 2026-12-01``."""
    who = f"{each.who}: " if each.who else "nobody yet: "
    when = f", by {each.when}" if each.when else ", no date yet"
    return f"{who}{each.what}{when}"


class ReadScreen(ModalScreen[None]):
    """Something to read in full, large."""

    BINDINGS = [Binding("escape,enter,q", "close", "Close")]  # noqa: RUF012  # Textual's own convention

    def __init__(self, make: Callable[[int], Sequence[Row]]) -> None:
        """A dialog to read.

        Args:
            make: Width → rows.
        """
        super().__init__()
        self._rows_for = make

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="wide-dialog"):
            yield Pane(lambda width, _: self._rows_for(width), can_focus=True, id="read-all")
            yield KeyLine((("↑ ↓", "move", ""), ("esc", "close", "close")))

    def on_mount(self) -> None:
        self.query_one(Pane).focus()

    def action_close(self) -> None:
        self.dismiss(None)
