"""The rows of "what fits"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.charts.bars import bar
from prioritizer.charts.segments import Row
from prioritizer.text.width import fit
from prioritizer.tui.screens.rank_why import hanging

if TYPE_CHECKING:
    from prioritizer.workshop.views.portfolio import Candidate, PortfolioView

_TAIL = 45


def header(width: int) -> Row:
    """The line above the list."""
    heads = f"{'ready':>6}{'weeks':>7}{'engineer':>10}{'change':>9}   in draws"
    return [(f"      {fit('use case', _title(width))}{heads}", "muted")]


def row(line: Candidate, width: int, *, marked: bool) -> Row:
    """A use case: whether it is chosen, what it takes, and how often it is chosen over the draws."""
    effort = line.effort
    share = "?" if line.share is None else f"{int(100 * line.share + 1e-9)} %"
    return [
        (" ✓ " if line.chosen else " · ", "good" if line.chosen else "muted"),
        (f"{line.label}{'*' if marked else ' '}", "strong"),
        (fit(line.title, _title(width)), "strong" if line.chosen else ""),
        (f"{line.readiness:>6}", ""),
        (f"{_or(effort.weeks):>7}", "" if effort.weeks is not None else "warn"),
        (f"{_or(effort.engineering):>10}", ""),
        (f"{_or(effort.change):>8}{'!' if line.thin else ' '}", "warn" if line.thin else ""),
        (f"{share:>7} ", "strong"),
        *(bar(line.share, 5, maximum=1.0) if line.share is not None else []),
    ]


def bare(label: str, title: str, width: int, *, marked: bool) -> Row:
    """While nothing can be chosen yet."""
    return [(f" · {label}{'*' if marked else ' '}", "muted"), (fit(title, _title(width)), "")]


def words(view: PortfolioView | None, trouble: str, one_each: bool, width: int) -> list[Row]:
    """The choice in a sentence, what keeps some apart, and what to be warned about."""
    if view is None:
        return hanging(trouble, width, sign="? ", role="warn")
    rows = hanging(view.sentence, width, role="strong")
    kept = [*view.excluded, *(["one for each delivery owner"] if one_each else [])]
    for each in kept:
        rows += hanging(f"Kept apart: {each}.", width, role="muted")
    for each in view.warnings:
        rows += hanging(each, width, sign="! ", role="warn")
    text = f"Chosen in: share of {view.draws:,} draws, each chosen from exactly; never a chance of success."
    return [*rows, *hanging(text, width, role="muted")]


def amount(value: float) -> str:
    """A number with thousands set apart."""
    return f"{value:,g}" if value < 1e6 else f"{value:,.0f}"


def _or(value: float | None) -> str:
    return "?" if value is None else amount(value)


def _title(width: int) -> int:
    return max(10, width - 6 - _TAIL)
