"""The board of Rate: the question on top, the list below, and one cell of it under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prioritizer.tui.screens.asking import AskingScreen
from prioritizer.tui.screens.rate_question import panel_height
from prioritizer.tui.screens.sending import Cell
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.painted import Painted
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import HEADING, RowList
from prioritizer.workshop.views.rating import (
    Ladder,
    cell,
    ladders,
    next_unrated,
    rated_by_criterion,
)

if TYPE_CHECKING:
    from prioritizer.model.session import UseCase

At = tuple["UseCase", Ladder]

_FIXED = 5
"""Lines of stage bar, strip, two notes and key bar."""


class RateBoard(AskingScreen):
    """Rows are use cases and pages are criteria, or the other way round."""

    CSS_PATH = "rate.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.asked: tuple[Ladder, ...] = ()
        self.by_criterion = True
        self.counts: tuple[int, ...] = ()
        self._placed = False
        self._here: Cell | None = None
        """The cell that was under the cursor when it moved last."""

    # What stands where

    def on_mount(self) -> None:
        self.rows.focus()

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one("#rate-list", RowList)

    @property
    def at(self) -> At | None:
        """The cell under the cursor."""
        key = self.rows.key
        return None if key is None else self.cell_of(key)

    def cell_of(self, key: str) -> At | None:
        """The cell that a row shows on this page."""
        column = self.rows.column
        ladder: Ladder | None
        if self.by_criterion:
            use_case = self.seen.use_cases.get(key) if self.seen is not None else None
            ladder = self.asked[column] if 0 <= column < len(self.asked) else None
        else:
            use_case = self.cases[column] if 0 <= column < len(self.cases) else None
            ladder = self.ladder(key)
        return (use_case, ladder) if use_case is not None and ladder is not None else None

    def ladder(self, criterion: str) -> Ladder | None:
        """A criterion that is asked, by its id."""
        return next((each for each in self.asked if each.criterion.id == criterion), None)

    def on_resize(self) -> None:
        self.call_after_refresh(self.lay_out)

    def lay_out(self) -> None:
        if not self.is_attached or not self.asked:
            return
        body = self.size.height - _FIXED - self.query_one(FilterLine).has_class("-shown")
        most = max(7, body - max(5, body * 3 // 8))
        here = self.at
        ladder = here[1] if here is not None else self.asked[0]
        panel = self.query_one("#rate-question", Painted)
        height = panel_height(self.asked, ladder, self.size.width, most) + (self.size.height >= 30)
        if panel.styles.height is None or panel.styles.height.value != height:
            panel.styles.height = height

    # Showing the session

    def show_changes(self, changed: Sequence[str] | None) -> None:
        assert self.seen is not None
        if changed is None:
            self.asked = ladders(self.seen)
        self.counts = rated_by_criterion(self.cases, self.asked)
        if changed is None:
            self._show_rows()
        elif self.by_criterion and len(changed) <= 20:
            for key in changed:
                self.rows.redraw(key)
        else:
            self.rows.redraw()
        if changed is None or self.is_sending:
            self._repaint()
        else:  # what follows from the change comes with the rules, which are computed next
            self._repaint_question()

    def _show_rows(self) -> None:
        rows, here = self.rows, self._here
        rows.empty_text = self.empty_words if self.asked else "  Every criterion is switched off: see Frame."
        if not self._placed:
            here = self._first_place()
            self._placed = True
        if not self.cases or not self.asked:
            rows.set_rows([])
            return
        keys = [u.id for u in self.cases] if self.by_criterion else self._criterion_keys()
        rows.set_columns(len(self.asked) if self.by_criterion else len(self.cases))
        if list(rows.keys) != keys:
            rows.set_rows(keys)
        if here is not None:
            self.go(*here)
        rows.redraw()
        self.lay_out()

    def _criterion_keys(self) -> list[str]:
        keys: list[str] = []
        last = ""
        for each in self.asked:
            if each.criterion.dimension != last:
                last = each.criterion.dimension
                keys.append(f"{HEADING}{last}")
            keys.append(each.criterion.id)
        return keys

    def _first_place(self) -> Cell | None:
        """Where the cursor stood before, else the first cell that waits for a level."""
        place = self.prioritizer.place
        self.by_criterion = place.get("rate.way") != "use case"
        if not self.cases or not self.asked:
            return None
        known = self.ladder(place.get("rate.criterion", ""))
        rows = [u for u in self.cases if u.id == place.get("use_case")] or self.cases
        if known is not None:
            return rows[0].id, known.criterion.id
        found = next_unrated(rows, self.asked, -1, 0, by_criterion=True) or (0, 0)
        return rows[found[0]].id, self.asked[found[1]].criterion.id

    def show_reckoned(self) -> None:
        self.query_one("#rate-notes", Painted).repaint()
        self._show_side(top=False)
        if not self.by_criterion:
            self.rows.redraw()

    def _repaint(self) -> None:
        self._repaint_question()
        self.query_one("#rate-notes", Painted).repaint()
        self._show_side()

    def _repaint_question(self) -> None:
        for name in ("#rate-strip", "#rate-question"):
            self.query_one(name, Painted).repaint()

    def _show_side(self, *, top: bool = True) -> None:
        if self.has_class("-wide"):
            self.query_one("#rate-side", Pane).remake(top=top)

    # The level given last

    @property
    def spot(self) -> Cell | None:
        here = self.at
        return None if here is None else (here[0].id, here[1].criterion.id)

    def redraw_spot(self, spot: Cell) -> None:
        self.rows.redraw(spot[0] if self.by_criterion else spot[1])

    @property
    def given_at(self) -> At | None:
        """The level given last, if it still is there."""
        given = self.given
        if given is None or self.seen is None:
            return None
        use_case, ladder = self.seen.use_cases.get(given[0]), self.ladder(given[1])
        return (use_case, ladder) if use_case is not None and use_case.live and ladder is not None else None

    @property
    def subject(self) -> At | None:
        """What evidence and notes speak of: the level given last, else the cell under the cursor."""
        return self.given_at or self.at

    def forget_change(self) -> None:
        """Somewhere else now: what the last change did is no longer the matter."""

    # Moving

    def go(self, use_case: str, criterion: str) -> bool:
        """Puts the cursor on a cell; whether it is in the list."""
        if self.by_criterion:
            key = use_case
            column = next((i for i, x in enumerate(self.asked) if x.criterion.id == criterion), -1)
        else:
            key = criterion
            column = next((i for i, u in enumerate(self.cases) if u.id == use_case), -1)
        if column < 0 or key not in self.rows.keys:
            return False
        before = self.rows.column
        self.rows.select(key, column)
        if self.rows.column != before:
            self._turned_page()
        return True

    def move_on(self) -> bool:
        """Down the list, then to the top of the next page; false on the very last cell."""
        if self.rows.step(1):
            return True
        if not self.rows.step_column(1):
            return False
        self.rows.action_edge(-1)
        self._turned_page()
        return True

    def turn(self) -> None:
        """The other way round, with the same cell under the cursor."""
        self.leave()
        self._here = self.spot or self._here
        self.by_criterion = not self.by_criterion
        self.prioritizer.place["rate.way"] = "criterion" if self.by_criterion else "use case"
        self._show_rows()
        self._repaint()

    def _turned_page(self) -> None:
        """Another question, or another use case, stands at the top: every row is another cell."""
        self.rows.redraw()
        self.lay_out()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        spot, before = self.spot, self._here
        self._here = spot
        if spot is not None:
            self.prioritizer.place["use_case"], self.prioritizer.place["rate.criterion"] = spot
        page = 1 if self.by_criterion else 0
        if before is None or spot is None or before[page] != spot[page]:
            self._turned_page()
        if self.leave_if_moved():
            self.forget_change()
        self._repaint()

    def go_to_change(self, before: UseCase, after: UseCase) -> None:
        for ladder in self.asked:
            if cell(before, ladder) != cell(after, ladder):
                self.leave()
                self.go(after.id, ladder.criterion.id)
                self._repaint()
                return
