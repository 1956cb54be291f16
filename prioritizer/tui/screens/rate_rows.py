"""What a line of the rating list looks like: pure functions from a cell to styled words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prioritizer.charts.segments import Row
from prioritizer.text.width import cell_width, fit
from prioritizer.tui.screens.rank_rows import joined
from prioritizer.workshop.views.rating import Cell

EVIDENCE = ("opinion", "reported", "document", "measured")
"""Tags, each with an action of its name."""

UNKNOWN_WORDS = "unknown counts as 1 and is never a pass"


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells that each column takes; 0 leaves it out."""

    name: int
    title: int
    text: int
    evidence: int
    marks: int


def columns(width: int, name: int) -> Columns:
    """Columns of a list of this width.

    Args:
        width: Of the list.
        name: Cells of the longest number or criterion id.
    """
    name = min(name, 10)
    evidence = 8 if width >= 58 else 0
    marks = 11 if width >= 74 else 3
    room = width - (1 + name + 1) - 1 - 4 - (1 + evidence if evidence else 0) - (1 + marks)
    title = min(max(16, room * 11 // 20), max(16, room - 12), 46)
    return Columns(name, title, max(0, room - title), evidence, marks)


def row(
    name: str,
    title: str,
    cell: Cell,
    pending: str | None,
    levels: Sequence[str],
    facts: str,
    at: Columns,
    *,
    given: bool,
) -> Row:
    """One line: who or what, the level with its text, evidence, marks.

    Args:
        name: Number of the use case, or id of the criterion.
        title: Its title.
        cell: What stands there.
        pending: The level that is on its way to the disk, "x" for none; none if nothing is.
        levels: The texts of the levels.
        facts: Raw facts that the level rests on, or "".
        at: The columns.
        given: It is the level that was given last.
    """
    parts: Row = [("›" if given else " ", "mark"), (fit(name, at.name, align="right"), "strong")]
    parts += [(" ", ""), (fit(title, at.title), ""), (" ", "")]
    parts += [_level(cell, pending), (fit(_words(cell, pending, levels, facts), at.text), "muted")]
    if at.evidence:
        tag = "" if pending is not None else cell.evidence or ""
        parts += [(" ", ""), (fit(tag, at.evidence), "")]
    parts += [(" ", ""), *_marks(cell if pending is None else None, at.marks)]
    return parts


def _level(cell: Cell, pending: str | None) -> tuple[str, str]:
    if pending == "x":
        return " ·… ", "mark"
    if pending is not None:
        return f" {pending}… ", "mark strong"
    if cell.level is None:
        return " ·  ", "muted"
    if not cell.agreed:
        return f"({cell.level}) ", "second"
    return f" {cell.level}  ", "strong"


def _words(cell: Cell, pending: str | None, levels: Sequence[str], facts: str) -> str:
    level = cell.level if pending is None else int(pending) if pending.isdigit() else None
    words = "not rated" if level is None else levels[level]
    if pending is None and level is not None and not cell.agreed:
        words = f"the room said: {words}"
    return f"{facts}: {words}" if facts else words


def marks(cell: Cell) -> list[tuple[str, str, str]]:
    """(sign, word, role) of everything that a level is marked with, what matters most first."""
    found = []
    if cell.claimed:
        found.append(("▽", "claimed", "warn"))
    if cell.unproven:
        found.append(("△", "unproven", "warn"))
    if cell.todo:
        found.append(("◇", "to do", "warn"))
    if cell.agreed and cell.room is not None and cell.room != cell.level:
        found.append(("≠", f"room {cell.room}", "second"))
    if cell.note:
        found.append(("✎", "note", "muted"))
    return found


def _marks(cell: Cell | None, width: int) -> Row:
    found = marks(cell) if cell is not None else []
    words = joined([(f"{sign} {word}", role) for sign, word, role in found[:1]], width) if found else []
    if len(found) != 1 or sum(cell_width(t) for t, _ in words) > width or width < 8:
        words = [(sign, role) for sign, _, role in found[:width]]
    return [*words, (" " * max(0, width - sum(cell_width(t) for t, _ in words)), "")]


MARK_WORDS = {
    "claimed": "the role that knows it was absent; a find-out with owner and date",
    "unproven": "a 3 or 4 here wants a document ({rate.document}) or a measurement ({rate.measured})",
    "to do": "the work has not been done yet; that is a condition",
}
"""What a mark means, in a clause."""
