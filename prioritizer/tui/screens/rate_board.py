"""The board of Rate: the question on top, the list below, and one cell of it under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal

from prioritizer.charts.segments import Row
from prioritizer.tui.screens.asking import AskingScreen, Cell, Reckoned
from prioritizer.tui.screens.rate_notes import draw_notes, effect_row, side_rows
from prioritizer.tui.screens.rate_question import draw_case_strip, draw_question, draw_strip, panel_height
from prioritizer.tui.screens.rate_rows import columns, row
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.painted import Drawing, Painted
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList
from prioritizer.workshop.views.rating import (
    Ladder,
    cell,
    facts_words,
    ladders,
    next_unrated,
    rated_by_criterion,
    rated_of,
)

if TYPE_CHECKING:
    from prioritizer.model.session import UseCase
    from prioritizer.workshop.views.standing import Standing

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
        self._counts: tuple[int, ...] = ()
        self._placed = False
        self._here: Cell | None = None
        """The cell that was under the cursor when it moved last."""
        self._before: tuple[str, Reckoned | None] | None = None
        """The use case that was changed last, and the rules before that."""
        self._standings: dict[str, Standing | None] = {}

    # What stands where

    def compose_body(self) -> ComposeResult:
        yield Painted(self._draw_strip, id="rate-strip")
        yield Painted(self._draw_question, id="rate-question")
        yield FilterLine(id="rate-filter")
        with Horizontal(id="rate-body"):
            yield RowList(self._draw_row, columns=1, id="rate-list")
            yield Pane(self._draw_side, id="rate-side")
        yield Painted(self._draw_notes, id="rate-notes")

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
        return None if key is None else self._cell_of(key)

    def _cell_of(self, key: str) -> At | None:
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
        self._counts = rated_by_criterion(self.cases, self.asked)
        if changed is None:
            self._show_rows()
        elif self.by_criterion and len(changed) <= 20:
            for key in changed:
                self.rows.redraw(key)
        else:
            self.rows.redraw()
        self._repaint()

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
        self._standings.clear()
        self.query_one("#rate-notes", Painted).repaint()
        self._show_side(top=False)
        if not self.by_criterion:
            self.rows.redraw()

    def _repaint(self) -> None:
        for name in ("#rate-strip", "#rate-question", "#rate-notes"):
            self.query_one(name, Painted).repaint()
        self._show_side()

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

    def expect_change(self, use_case: str) -> None:
        """Before a change: remembers what the rules say now, to show what it does."""
        self._before = use_case, self.reckoned

    def _standing(self, use_case: str) -> Standing | None:
        """Where a use case stands by the rules as they were computed last."""
        if use_case not in self._standings:
            self._standings[use_case] = _stand(self.reckoned, use_case)
        return self._standings[use_case]

    def _effect(self, use_case: UseCase) -> Row:
        label = f"{use_case.number:02d}"
        after = self._standing(use_case.id)
        if self._before is None or self._before[0] != use_case.id:
            return effect_row(label, None, after)
        rules = self._before[1]
        before = _stand(rules, use_case.id)
        if rules is self.reckoned and (self.is_sending or rules is None or rules.snapshot is not self.seen):
            after = None  # not computed yet
        return effect_row(label, before, after)

    # Drawing

    def _draw_strip(self, width: int, height: int) -> Drawing:
        here = self.at
        if here is None:
            return Drawing().line((" Rate", "strong"))
        use_case, ladder = here
        if self.by_criterion:
            return draw_strip(self.asked, self._counts, len(self.cases), ladder.place - 1, width)
        rated = (rated_of(use_case, self.asked), len(self.asked))
        place = (self.rows.column + 1, len(self.cases))
        return draw_case_strip(f"{use_case.number:02d}", use_case.title, place, rated, width)

    def _draw_question(self, width: int, height: int) -> Drawing:
        here = self.at
        if here is None:
            return Drawing()
        use_case, ladder = here
        waiting = self.pending((use_case.id, ladder.criterion.id))
        level = cell(use_case, ladder).level if waiting is None else _level_of(waiting)
        return draw_question(ladder, level, (self._counts[ladder.place - 1], len(self.cases)), width, height)

    def _draw_notes(self, width: int, height: int) -> Drawing:
        about = self.subject
        if about is None:
            return Drawing()
        use_case, ladder = about
        return draw_notes(
            f"{use_case.number:02d} {use_case.title}",
            ladder,
            cell(use_case, ladder),
            self.pending((use_case.id, ladder.criterion.id)),
            facts_words(use_case, ladder.criterion.facts),
            self._effect(use_case),
            width,
            given=self.given_at is not None,
        )

    def _draw_side(self, width: int, height: int) -> Sequence[Row]:
        here = self.at
        if here is None:
            return []
        standing = self._standing(here[0].id)
        return side_rows(here[0], f"{here[0].number:02d}", here[1], cell(*here), standing, width, height)

    def _draw_row(self, key: str, look: Look) -> Text:
        if key.startswith(HEADING):
            return self._draw_heading(key.removeprefix(HEADING))
        found = self._cell_of(key)
        if found is None or self.seen is None:
            return Text("")
        use_case, ladder = found
        spot = (use_case.id, ladder.criterion.id)
        if self.by_criterion:
            name, title = f"{use_case.number:02d}", use_case.title
            longest = max(2, len(str(len(self.seen.use_cases))))
        else:
            name, title = ladder.criterion.id, ladder.criterion.title
            longest = max(len(x.criterion.id) for x in self.asked)
        parts = row(
            name,
            title,
            cell(use_case, ladder),
            self.pending(spot),
            ladder.criterion.levels,
            facts_words(use_case, ladder.criterion.facts, names=False),
            columns(look.width, longest),
            given=spot == self._given,
        )
        return segments(self.app, parts)

    def _draw_heading(self, dimension: str) -> Text:
        assert self.seen is not None
        parts: Row = [(f" {self.seen.preset.find_dimension(dimension).title}", "accent strong")]
        here = self.at
        standing = self._standing(here[0].id) if here is not None else None
        score = next((s for i, _, s in standing.dimensions if i == dimension), None) if standing else None
        if score is not None:
            parts.append((f"  {score}", "strong"))
        return segments(self.app, parts)

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
            self._before = None
        self._repaint()

    def go_to_change(self, before: UseCase, after: UseCase) -> None:
        for ladder in self.asked:
            if cell(before, ladder) != cell(after, ladder):
                self.leave()
                self.go(after.id, ladder.criterion.id)
                self._repaint()
                return


def _stand(rules: Reckoned | None, use_case: str) -> Standing | None:
    if rules is None:
        return None
    from prioritizer.workshop.views.standing import standing

    return standing(rules.snapshot, rules.evaluation, use_case)


def _level_of(waiting: str) -> int | None:
    return int(waiting) if waiting.isdigit() else None
