"""What the board of Gate looks like: question and answers, the matrix, what follows from levels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal

from prioritizer.charts.segments import Row
from prioritizer.text.width import cell_width, fit, wrap
from prioritizer.tui.screens.gate_board import GateBoard
from prioritizer.tui.screens.gate_question import draw_question, draw_strip, level_line, level_rows
from prioritizer.tui.screens.gate_rows import Columns, columns, header, row
from prioritizer.tui.styles import GATE_ROLES, GATE_SIGNS, segments
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.painted import Drawing, Painted
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import Look, RowList
from prioritizer.workshop.views.gates import GateView, gate_cell, leads_to, level_gates

if TYPE_CHECKING:
    from prioritizer.model.preset import Gate
    from prioritizer.model.session import UseCase


class GatePicture(GateBoard):
    """The board, drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[tuple[int, int, int], Columns] | None = None
        self._levels: dict[str, tuple[GateView, ...]] = {}

    def compose_body(self) -> ComposeResult:
        yield Painted(self._draw_strip, id="gate-strip")
        yield Painted(self._draw_question, id="gate-question", classes="raised")
        yield FilterLine(id="gate-filter")
        with Horizontal(id="gate-body"):
            yield RowList(
                self._draw_row, header=self._draw_header, columns=1, column_at=self._gate_at, id="gate-list"
            )
            yield Pane(self._draw_side, id="gate-side", classes="raised")
        yield Painted(self._draw_notes, id="gate-notes", classes="raised")

    def show_reckoned(self) -> None:
        self._levels.clear()
        super().show_reckoned()

    def levels(self, use_case: str) -> tuple[GateView, ...] | None:
        """The gates that follow from levels; none as long as the rules are being computed."""
        if self.reckoned is None:
            return None
        if use_case not in self._levels:
            found = self.reckoned
            known = use_case in found.snapshot.use_cases
            self._levels[use_case] = level_gates(found.snapshot, found.evaluation, use_case) if known else ()
        return self._levels[use_case]

    # Drawing

    def _draw_strip(self, width: int, height: int) -> Drawing:
        answered = sum(q.answered for q in self.questions)
        return draw_strip(self.by_gate, answered, len(self.cases) * len(self.gates), width)

    def _draw_question(self, width: int, height: int) -> Drawing:
        here = self.at
        if here is None:
            return Drawing()
        use_case, gate = here
        column = self.gates.index(gate)
        answer = gate_cell(use_case, gate).answer
        shown = answer.id if answer is not None else None
        waiting = self.pending((use_case.id, gate.id))
        if waiting is not None:
            shown = next((a.id for a in gate.answers if a.title == waiting), None)
        place = (column + 1, len(self.gates))
        return draw_question(self.questions[column], shown, width, height, place)

    def _at_width(self, width: int) -> Columns:
        here = max(0, self.rows.column)
        name = max(2, len(str(len(self.seen.use_cases) if self.seen is not None else 0)))
        if self._columns is None or self._columns[0] != (width, here, name):
            self._columns = (width, here, name), columns(width, name, len(self.gates), here)
        return self._columns[1]

    @property
    def scrolls(self) -> bool:
        """Whether there are more gates than columns."""
        return self._columns is not None and self._columns[1].last - self._columns[1].first < len(self.gates)

    def _gate_at(self, x: int, width: int) -> int:
        return self._at_width(width).at(x)

    def _draw_header(self, look: Look) -> Text:
        if not self.questions:
            return Text("")
        return segments(self.app, header(self.questions, look.column, self._at_width(look.width)))

    def _draw_row(self, key: str, look: Look) -> Text:
        use_case = self.seen.use_cases.get(key) if self.seen is not None else None
        if use_case is None:
            return Text("")
        given = -1
        if self._given is not None and self._given[0] == key:
            given = next((i for i, g in enumerate(self.gates) if g.id == self._given[1]), -1)
        questions = {g.id for g in self.gates}
        parts = row(
            f"{use_case.number:02d}",
            use_case.title,
            [gate_cell(use_case, g) for g in self.gates],
            [self.pending((key, g.id)) for g in self.gates],
            self._at_width(look.width),
            look.column,
            given=given,
            flagged=any(target not in questions for target in use_case.overrides),
        )
        return segments(self.app, parts)

    def _draw_notes(self, width: int, height: int) -> Drawing:
        about = self.subject
        if about is None or self.seen is None:
            return Drawing()
        use_case, gate = about
        found = gate_cell(use_case, gate)
        waiting = self.pending((use_case.id, gate.id))
        d = Drawing()
        d.line((f" {use_case.number:02d} ", "strong"))
        d.put(
            f"{fit(use_case.title, min(28, cell_width(use_case.title)))} · {gate.title}{'' if gate.title.endswith('?') else ':'} ",
            "muted",
        )
        if waiting is not None:
            d.put(f"{waiting or 'taken back'}…", "mark")
        elif found.answer is None:
            d.put("· unanswered", "warn").put(", which is never a pass", "muted")
        else:
            role = GATE_ROLES[found.status]
            d.put(f"{GATE_SIGNS[found.status]} {found.answer.title}", role)
            if found.status != "pass":
                d.put(f" → {leads_to(self.seen.preset, found.answer.status)}", "muted")
            if found.note:
                d.put(f"  ✎ {found.note}")
        if found.override is not None:
            d.put(f"  ⚑ set aside by {found.override.by} on {found.override.date}", "mark")
        if height > 1:
            at = self.at
            below = at[0] if at is not None else use_case
            lead = f" {below.number:02d} from its levels: "
            for each in level_line(lead, self.levels(below.id), width, height - 1):
                d.line(*each)
        return d

    def _draw_side(self, width: int, height: int) -> Sequence[Row]:
        here = self.at
        if here is None:
            return []
        return self.case_rows(here[0], width)

    def case_rows(self, use_case: UseCase, width: int, *, questions: bool = False) -> list[Row]:
        """Everything about the gates of one use case.

        Args:
            use_case: Which.
            width: Cells of a line.
            questions: Also the gates that are answered in the matrix.
        """
        room = max(12, width - 2)
        rows: list[Row] = [
            [(" ", ""), (line, "strong")]
            for line in wrap(f"{use_case.number:02d} {use_case.title}", room)[:3]
        ]
        if use_case.task:
            rows += [[(" ", ""), (line, "muted")] for line in wrap(use_case.task, room)[:4]]
        rows.append([])
        if questions:
            rows += [[(" Answered here", "accent strong")]]
            for gate in self.gates:
                rows += _answered_rows(use_case, gate, room)
            rows.append([])
        rows.append([(" From its levels", "accent strong"), ("  rate to change", "muted")])
        levels = self.levels(use_case.id)
        if levels is None:
            rows.append([(" …", "muted")])
        elif not levels:
            rows.append([(" Nothing else holds it.", "good")])
        else:
            rows += level_rows(levels, width)
        return rows


def _answered_rows(use_case: UseCase, gate: Gate, room: int) -> list[Row]:
    found = gate_cell(use_case, gate)
    answer = found.answer.title if found.answer is not None else "unanswered"
    flag = "⚑" if found.override is not None else ""
    head = f"{gate.title}{'' if gate.title.endswith('?') else ':'} {answer}"
    rows: list[Row] = [[(f" {flag}{GATE_SIGNS[found.status]} ", GATE_ROLES[found.status]), (head, "strong")]]
    if found.note:
        rows += [[("   ", ""), (line, "")] for line in wrap(f"✎ {found.note}", room - 2)]
    if found.override is not None:
        o = found.override
        text = f"set aside by {o.by} on {o.date}: {o.reason}"
        rows += [[("   ", ""), (line, "mark")] for line in wrap(text, room - 2)]
    return rows
