"""The matrix of use cases and question gates: pure functions from cells to styled words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prioritizer.charts.segments import Row
from prioritizer.text.width import cell_width, fit
from prioritizer.tui.styles import GATE_ROLES, GATE_SIGNS
from prioritizer.workshop.views.gates import GateCell, QuestionView

_WIDEST = 20
_NARROWEST = 9
_ENOUGH = 12
"""Cells of a gate that take its short name and the sign of an answered one; only what is left over is shared."""
_TITLE = 46


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells that each column takes, and which gates are on the screen."""

    name: int
    title: int
    gate: int
    first: int
    last: int

    def at(self, x: int) -> int:
        """The gate under the mouse, or −1."""
        left = 1 + self.name + 1 + self.title + 1
        column = self.first + (x - left) // (self.gate + 1)
        return column if x >= left and self.first <= column < self.last else -1


def columns(width: int, name: int, gates: int, here: int) -> Columns:
    """Columns of a matrix of this width.

    Args:
        width: Of the list.
        name: Cells of the longest number.
        gates: How many gates there are.
        here: The gate under the cursor, which is always on the screen.
    """
    fixed = 1 + name + 1 + 1
    least = 18 if width < 76 else 22
    room = width - fixed - least
    shown = max(1, min(gates, room // (_NARROWEST + 1))) if gates else 0
    if not shown:
        return Columns(name, max(1, width - fixed), 0, 0, 0)
    gate = min(_ENOUGH, room // shown - 1)
    spare = room - shown * (gate + 1)
    gate = max(3, min(_WIDEST, gate + spare // 2 // shown))
    title = min(_TITLE, width - fixed - shown * (gate + 1))
    gate = max(gate, min(_WIDEST, (width - fixed - title) // shown - 1))
    first = min(max(0, here - shown // 2), gates - shown)
    return Columns(name, title, gate, first, first + shown)


def header(questions: Sequence[QuestionView], here: int, at: Columns) -> Row:
    """Names of the gates; the one that is asked is lit by its brackets."""
    parts: Row = [(" " * (1 + at.name + 1), ""), (fit("use case", at.title), "muted")]
    if at.first > 0:
        parts[-1] = (fit("use case", at.title - 1) + "‹", "muted")
    for index in range(at.first, at.last):
        question = questions[index]
        name = question.title
        if cell_width(name) > at.gate > len(question.id) - 1:
            name = question.id.replace("-", " ").capitalize()
        done = "●" if question.total and question.answered >= question.total else ""
        role = "accent strong" if index == here else "muted"
        parts.append((" ", ""))
        if done:
            parts += [(fit(name, at.gate - 1), role), (done, "good")]
        else:
            parts.append((fit(name, at.gate), role))
    if at.last < len(questions):
        parts.append(("›", "muted"))
    return parts


def row(
    name: str,
    title: str,
    cells: Sequence[GateCell],
    pending: Sequence[str | None],
    at: Columns,
    here: int,
    *,
    given: int = -1,
    flagged: bool = False,
) -> Row:
    """One use case.

    Args:
        name: Its number.
        title: Its title.
        cells: Of all gates.
        pending: The answer on its way to the disk in each, "" for none; none if nothing is.
        at: The columns.
        here: The gate under the cursor, or −1.
        given: The gate whose answer was given last, or −1.
        flagged: Something that follows from levels was set aside.
    """
    flag = "⚑" if flagged else " "
    parts: Row = [(flag, "mark"), (fit(name, at.name, align="right"), "strong"), (" ", "")]
    parts.append((fit(title, at.title), ""))
    for index in range(at.first, at.last):
        words, role = _cell(cells[index], pending[index], at.gate)
        sign = "›" if index == given else " "
        parts.append((sign, "mark"))
        parts.append((words, f"here {role}" if index == here else role))
    return parts


def _cell(cell: GateCell, pending: str | None, width: int) -> tuple[str, str]:
    if pending is not None:
        return fit(f"{pending or '·'}…", width), "mark"
    sign = GATE_SIGNS[cell.status]
    words = cell.answer.title if cell.answer is not None else ""
    if cell.override is not None:
        sign = f"⚑{sign}"
    marks = " ✎" if cell.note and width > 8 else ""
    return fit(f"{sign} {words}", width - len(marks)) + marks, GATE_ROLES[cell.status]
