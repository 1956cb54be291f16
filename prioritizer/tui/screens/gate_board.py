"""The board of Gate: the question with its answers on top, the matrix below, what follows from levels beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal

from prioritizer.charts.segments import Row
from prioritizer.text.width import cell_width, fit, wrap
from prioritizer.tui.screens.asking import AskingScreen, Cell
from prioritizer.tui.screens.gate_question import (
    draw_question,
    draw_strip,
    level_line,
    level_rows,
    panel_height,
)
from prioritizer.tui.screens.gate_rows import Columns, columns, header, row
from prioritizer.tui.styles import GATE_ROLES, GATE_SIGNS, segments
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.painted import Drawing, Painted
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import Look, RowList
from prioritizer.workshop.views.gates import (
    GateView,
    QuestionView,
    gate_cell,
    leads_to,
    level_gates,
    question_views,
    unanswered,
)

if TYPE_CHECKING:
    from prioritizer.model.preset import Gate
    from prioritizer.model.session import UseCase

At = tuple["UseCase", "Gate"]

_FIXED = 3
"""Lines of stage bar, strip and key bar."""


class GateBoard(AskingScreen):
    """Rows are use cases, columns the question gates of the preset."""

    CSS_PATH = "gate.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.by_gate = True
        self.gates: tuple[Gate, ...] = ()
        self._questions: tuple[QuestionView, ...] = ()
        self._placed = False
        self._here: Cell | None = None
        self._columns: tuple[tuple[int, int], Columns] | None = None
        self._levels: dict[str, tuple[GateView, ...]] = {}

    # What stands where

    def compose_body(self) -> ComposeResult:
        yield Painted(self._draw_strip, id="gate-strip")
        yield Painted(self._draw_question, id="gate-question")
        yield FilterLine(id="gate-filter")
        with Horizontal(id="gate-body"):
            yield RowList(
                self._draw_row, header=self._draw_header, columns=1, column_at=self._gate_at, id="gate-list"
            )
            yield Pane(self._draw_side, id="gate-side")
        yield Painted(self._draw_notes, id="gate-notes")

    def on_mount(self) -> None:
        self.rows.focus()

    @property
    def rows(self) -> RowList:
        """The matrix."""
        return self.query_one("#gate-list", RowList)

    @property
    def at(self) -> At | None:
        """The cell under the cursor."""
        key, column = self.rows.key, self.rows.column
        use_case = self.seen.use_cases.get(key) if self.seen is not None and key is not None else None
        return (
            (use_case, self.gates[column]) if use_case is not None and 0 <= column < len(self.gates) else None
        )

    @property
    def spot(self) -> Cell | None:
        here = self.at
        return None if here is None else (here[0].id, here[1].id)

    def redraw_spot(self, spot: Cell) -> None:
        self.rows.redraw(spot[0])

    @property
    def subject(self) -> At | None:
        """What a note speaks of: the answer given last, else the cell under the cursor."""
        given = self.given
        if given is not None and self.seen is not None:
            use_case = self.seen.use_cases.get(given[0])
            gate = next((g for g in self.gates if g.id == given[1]), None)
            if use_case is not None and use_case.live and gate is not None:
                return use_case, gate
        return self.at

    def on_resize(self) -> None:
        self.call_after_refresh(self.lay_out)

    def lay_out(self) -> None:
        if not self.is_attached:
            return
        notes = 1 if self.has_class("-wide") else max(3, min(6, self.size.height // 8))
        body = self.size.height - _FIXED - notes - self.query_one(FilterLine).has_class("-shown")
        most = max(4, body - max(6, body * 2 // 5))
        height = panel_height(self._questions, self.size.width, most) if self._questions else 1
        for name, lines in (("#gate-question", height), ("#gate-notes", notes)):
            panel = self.query_one(name, Painted)
            if panel.styles.height is None or panel.styles.height.value != lines:
                panel.styles.height = lines

    # Showing the session

    def show_changes(self, changed: Sequence[str] | None) -> None:
        assert self.seen is not None
        self.gates = self.seen.preset.questions
        self._questions = question_views(self.seen, self.cases)
        if changed is None or len(changed) > 20:
            self._show_rows()
        else:
            for key in changed:
                self.rows.redraw(key)
        self._repaint()

    def _show_rows(self) -> None:
        rows, here = self.rows, self._here
        rows.empty_text = self.empty_words
        if not self.gates:
            rows.empty_text = "  This preset asks no gate questions; ] goes on to Rate."
        if not self._placed:
            here = self._first_place()
            self._placed = True
        keys = [u.id for u in self.cases] if self.gates else []
        rows.set_columns(len(self.gates))
        if list(rows.keys) != keys:
            rows.set_rows(keys)
        if here is not None:
            self.go(*here)
        self._columns = None
        rows.redraw()
        self.lay_out()

    def _first_place(self) -> Cell | None:
        """Where the cursor stood before, else the first cell that waits for an answer."""
        place = self.prioritizer.place
        self.by_gate = place.get("gate.way") != "use case"
        if not self.cases or not self.gates:
            return None
        ids = [g.id for g in self.gates]
        rows = [u for u in self.cases if u.id == place.get("use_case")] or self.cases
        if place.get("gate.gate") in ids:
            return rows[0].id, place["gate.gate"]
        for gate in ids:
            found = unanswered(rows, [gate])
            if found:
                return found[0]
        return rows[0].id, ids[0]

    def show_reckoned(self) -> None:
        self._levels.clear()
        self.query_one("#gate-notes", Painted).repaint()
        self._show_side(top=False)
        self.rows.redraw()

    def _repaint(self) -> None:
        for name in ("#gate-strip", "#gate-question", "#gate-notes"):
            self.query_one(name, Painted).repaint()
        self._show_side()

    def _show_side(self, *, top: bool = True) -> None:
        if self.has_class("-wide"):
            self.query_one("#gate-side", Pane).remake(top=top)

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
        answered = sum(q.answered for q in self._questions)
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
        return draw_question(self._questions[column], shown, width, height, place)

    def _at_width(self, width: int) -> Columns:
        here = max(0, self.rows.column)
        if self._columns is None or self._columns[0] != (width, here):
            name = max(2, len(str(len(self.seen.use_cases) if self.seen is not None else 0)))
            self._columns = (width, here), columns(width, name, len(self.gates), here)
        return self._columns[1]

    @property
    def _scrolls(self) -> bool:
        """Whether there are more gates than columns."""
        return self._columns is not None and self._columns[1].last - self._columns[1].first < len(self.gates)

    def _gate_at(self, x: int, width: int) -> int:
        return self._at_width(width).at(x)

    def _draw_header(self, look: Look) -> Text:
        if not self._questions:
            return Text("")
        return segments(self.app, header(self._questions, look.column, self._at_width(look.width)))

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

    # Moving

    def go(self, use_case: str, gate: str) -> bool:
        """Puts the cursor on a cell; whether it is in the matrix."""
        column = next((i for i, g in enumerate(self.gates) if g.id == gate), -1)
        if column < 0 or use_case not in self.rows.keys:
            return False
        self.rows.select(use_case, column)
        return True

    def move_on(self) -> bool:
        """Down the column, or right along the row; then to the next one; false on the very last cell."""
        rows = self.rows
        if self.by_gate:
            if rows.step(1):
                return True
            if not rows.step_column(1):
                return False
            rows.action_edge(-1)
            return True
        if rows.step_column(1):
            return True
        if not rows.step(1):
            return False
        rows.step_column(-len(self.gates))
        return True

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        spot, before = self.spot, self._here
        self._here = spot
        if spot is not None:
            self.prioritizer.place["use_case"], self.prioritizer.place["gate.gate"] = spot
        if spot is not None and before is not None and spot[1] != before[1] and self._scrolls:
            self.rows.redraw()  # other columns may have come into sight
        self.leave_if_moved()
        self._repaint()

    def go_to_change(self, before: UseCase, after: UseCase) -> None:
        for gate in self.gates:
            if gate_cell(before, gate) != gate_cell(after, gate):
                self.leave()
                self.go(after.id, gate.id)
                self._repaint()
                return


def _answered_rows(use_case: UseCase, gate: Gate, room: int) -> list[Row]:
    found = gate_cell(use_case, gate)
    answer = found.answer.title if found.answer is not None else "unanswered"
    flag = "⚑" if found.override is not None else ""
    head = f"{gate.title}: {answer}"
    rows: list[Row] = [[(f" {flag}{GATE_SIGNS[found.status]} ", GATE_ROLES[found.status]), (head, "strong")]]
    if found.note:
        rows += [[("   ", ""), (line, "")] for line in wrap(f"✎ {found.note}", room - 2)]
    if found.override is not None:
        o = found.override
        text = f"set aside by {o.by} on {o.date}: {o.reason}"
        rows += [[("   ", ""), (line, "mark")] for line in wrap(text, room - 2)]
    return rows
