"""What a revealed cell looks like: pure functions from what the room answered to styled words."""

from __future__ import annotations

import math

from prioritizer.charts.bars import bar
from prioritizer.charts.segments import Row
from prioritizer.text.phrases import listed
from prioritizer.text.width import cell_width, fit, wrap
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.widgets.painted import Drawing, Spot
from prioritizer.workshop.views.rating import Ladder
from prioritizer.workshop.views.reveal import RevealCell

PATTERN_SIGNS = {"agreed": "●", "outlier": "◔", "two-camps": "◫", "wide": "≋", "thin": "·"}
"""A sign beside every colour."""

PATTERN_ROLES = {"agreed": "good", "outlier": "accent", "two-camps": "warn", "wide": "bad", "thin": "muted"}

_FEWEST = 9
"""Lines with one for each level."""


def lines_needed(ladder: Ladder, width: int) -> int:
    """Lines that a cell takes with every level text whole."""
    room = _text_room(width)
    return _FEWEST - 5 + sum(len(wrap(text, room)) for text in ladder.criterion.levels)


def _bar_room(width: int) -> int:
    return 10 if width < 100 else 18


def _lead(width: int) -> int:
    """Cells before a level's text: sign, digit, bar, number."""
    return 4 + _bar_room(width) + 5


def _text_room(width: int) -> int:
    return max(12, width - _lead(width) - 1)


def draw_cell(
    label: str, cell: RevealCell, ladder: Ladder, width: int, height: int, *, agreement: bool, names: int = 6
) -> Drawing:
    """One cell: who has answered, how many chose each level with its text, the pattern and its move.

    Args:
        label: Number of the use case.
        cell: As anybody may see it; lowest and highest are named only where it has them.
        ladder: The criterion.
        width: Cells of a line.
        height: Lines.
        agreement: Whether van der Eijk's A is shown.
        names: How many people are named in a line.
    """
    d = Drawing()
    d.line((f" {label} ", "strong"))
    end = f"round {cell.round} · {cell.states.words()} "
    d.put(fit(cell.title, max(8, min(cell_width(cell.title), width - 7 - cell_width(end)))), "accent strong")
    d.right([(end, "muted")], width)
    criterion = ladder.criterion
    d.line(
        (f" {criterion.id} · {fit(criterion.title, min(cell_width(criterion.title), width - 8))}", "strong")
    )
    if cell.status == "revealed":
        d.right([(f"{_counts(cell)} ", "muted")], width)
    room = _text_room(width)
    spare = max(0, height - _FEWEST)
    shown = cell.status == "revealed"
    most = max(cell.states.known, 1)
    for level, text in enumerate(criterion.levels):
        lines = wrap(text, room)
        if len(lines) - 1 > spare:
            lines = [fit(text, room)]
        spare -= len(lines) - 1
        agreed, said = cell.agreed == level, cell.room_value == level
        sign = "✓" if agreed else "▸" if said else " "
        role = "good strong" if agreed else "accent strong" if said else "strong"
        for place, line in enumerate(lines):
            if place:
                d.line((" " * _lead(width), ""), (line, ""))
                continue
            d.line((f" {sign}{level} ", role))
            if shown:
                number = cell.states.levels[level]
                d.rows[-1] += bar(number, _bar_room(width), maximum=most, role="good" if agreed else "accent")
                d.put(f"{number or '·':>3}  ", "strong" if number else "muted")
            else:
                d.put(" " * (_bar_room(width) + 5))
            d.put(line, "strong" if said or agreed else "")
        for place in range(len(d.rows) - len(lines), len(d.rows)) if shown else ():
            d.spots.append(Spot(place, 0, width, f"level:{level}", "Agree this level and go on"))
    if height > len(d.rows) + 3:
        d.line()
    for row in _verdict(cell, width, agreement, names)[: max(1, height - len(d.rows))]:
        d.line(*row)
    return d


def _counts(cell: RevealCell) -> str:
    """Every one of the five states with its number."""
    s = cell.states
    return (
        f"level {s.known} · ? {s.dont_know} · – {s.abstain} · pending {s.pending} · not asked {s.not_asked}"
    )


def _verdict(cell: RevealCell, width: int, agreement: bool, names: int) -> list[Row]:
    if cell.pattern is None:
        waiting = _some(cell.waiting, names)
        words = (
            f"Waiting for {waiting}."
            if waiting
            else hint("All who are here have answered: {reveal.ballot}, then {ballot.reveal} reveals it.")
        )
        before = f"  The round before said {cell.room_value}." if cell.room_value is not None else ""
        return [[(f" {words}", "accent"), (before, "muted")]]
    pattern = cell.pattern
    role = PATTERN_ROLES[pattern.id]
    first: Row = [
        (f" {PATTERN_SIGNS[pattern.id]} {pattern.title} ", f"{role} strong"),
        (f" {pattern.move}", ""),
    ]
    rows = [first]
    extra: list[str] = []
    if cell.moved:
        extra.append(f"Since the round before: {cell.moved}")
    if agreement:
        undefined = math.isnan(cell.agreement)
        extra.append(
            "A is undefined: no level" if undefined else f"A {cell.agreement:+.2f}".replace("-", "−")
        )
    if cell.lowest and cell.highest:
        extra.append(f"Lowest: {_some(cell.lowest, names)} · Highest: {_some(cell.highest, names)}")
    if cell.claimed:
        extra.append("▽ stands as claimed: it carries no pilot until somebody has found out")
    if extra:
        rows.append([(" " + fit(" · ".join(extra), max(1, width - 2)), "mark")])
    return rows


def _some(names: tuple[str, ...], most: int) -> str:
    if not names:
        return ""
    shown = list(names) if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} more"]
    return listed(shown)


def cell_line(label: str, cell: RevealCell, pending: str | None, width: int, *, agreement: bool) -> Row:
    """One cell in a line: how many chose each level, the value, the pattern.

    Args:
        label: Number of the use case.
        cell: The cell.
        pending: A level that is on its way to the disk.
        width: Of the list.
        agreement: Whether van der Eijk's A stands in it.
    """
    parts: Row = [(f" {label} ", "strong")]
    counts = " ".join(f"{n or '·':>2}" for n in cell.states.levels) if cell.pattern else ""
    pattern = f"{PATTERN_SIGNS[cell.pattern.id]} {cell.pattern.title}" if cell.pattern else "○ open"
    role = PATTERN_ROLES[cell.pattern.id] if cell.pattern else "accent"
    if cell.pattern and agreement:
        value = "A ?" if math.isnan(cell.agreement) else f"{cell.agreement:+.2f}".replace("-", "−")
        pattern = f"{pattern} {value}"
    wide = 12 + (6 if agreement else 0)
    tail = 16 + 1 + 9 + 1 + wide
    again = f" r{cell.round}" if cell.round > 1 else ""
    parts.append((fit(cell.title, max(8, width - len(label) - 4 - tail - len(again))), ""))
    parts.append((again, "muted"))
    parts.append((" ", ""))
    parts.append((fit(counts, 15), "") if cell.pattern else (fit(cell.states.words(), 15), "muted"))
    parts += [("  ", ""), _value(cell, pending), (" ", ""), (fit(pattern, wide), role)]
    return parts


def _value(cell: RevealCell, pending: str | None) -> tuple[str, str]:
    if pending is not None:
        return (fit(f"{pending if pending.isdigit() else '·'}…", 9), "mark strong")
    if cell.agreed is not None:
        claimed = " ▽" if cell.claimed else ""
        differs = f" ≠{cell.room_value}" if cell.differs else ""
        return (fit(f"✓ {cell.agreed}{differs}{claimed}", 9), "good strong")
    if cell.room_value is None:
        return (fit("?", 9), "warn")
    return (fit(f"({cell.room_value})", 9), "second")


def header_line(label: int, width: int, *, agreement: bool) -> Row:
    """What the columns of the list are."""
    wide = 12 + (6 if agreement else 0)
    tail = 16 + 1 + 9 + 1 + wide
    return [
        (" " * (label + 2), ""),
        (fit("use case", max(8, width - label - 4 - tail)), "muted"),
        (" ", ""),
        (fit(" 0  1  2  3  4", 15), "muted strong"),
        ("  ", ""),
        (fit("agreed", 9), "muted"),
        (" ", ""),
        (fit("pattern", wide), "muted"),
    ]
