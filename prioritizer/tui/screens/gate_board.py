"""The board of Gate: the question with its answers on top, the matrix below, what follows from levels beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prioritizer.tui.actions.hints import hint
from prioritizer.tui.screens.asking import AskingScreen
from prioritizer.tui.screens.gate_question import (
    panel_height,
)
from prioritizer.tui.screens.sending import Cell
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.painted import Painted
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.workshop.views.gates import (
    QuestionView,
    gate_cell,
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
    # Beside a narrower matrix there is no room: it would hide columns.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (116, "-wide")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.by_gate = True
        self.gates: tuple[Gate, ...] = ()
        self.questions: tuple[QuestionView, ...] = ()
        self._placed = False
        self._here: Cell | None = None

    # What stands where

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
        height = panel_height(self.questions, self.size.width, most) if self.questions else 1
        for name, lines in (("#gate-question", height), ("#gate-notes", notes)):
            panel = self.query_one(name, Painted)
            if panel.styles.height is None or panel.styles.height.value != lines:
                panel.styles.height = lines

    # Showing the session

    def show_changes(self, changed: Sequence[str] | None) -> None:
        assert self.seen is not None
        self.gates = self.seen.preset.questions
        self.questions = question_views(self.seen, self.cases)
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
            rows.empty_text = hint("  This preset asks no gate questions; {app.next-stage} goes on to Rate.")
        if not self._placed:
            here = self._first_place()
            self._placed = True
        keys = [u.id for u in self.cases] if self.gates else []
        rows.set_columns(len(self.gates))
        if list(rows.keys) != keys:
            rows.set_rows(keys)
        if here is not None:
            self.go(*here)
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

    @property
    def scrolls(self) -> bool:
        """Whether there are more gates than columns."""
        return False

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
        if spot is not None and before is not None and spot[1] != before[1] and self.scrolls:
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
