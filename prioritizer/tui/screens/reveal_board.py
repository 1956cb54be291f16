"""The board of the reveal: one cell on top, the cells of its criterion below, the queue beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal

from prioritizer.charts.segments import Row
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.screens import room_pages as pages
from prioritizer.tui.screens.ballot_rows import page_sign
from prioritizer.tui.screens.queue_rows import short_words, side_rows
from prioritizer.tui.screens.rate_notes import draw_notes
from prioritizer.tui.screens.reveal_rows import cell_line, draw_cell, header_line, lines_needed
from prioritizer.tui.screens.sending import Cell
from prioritizer.tui.screens.talking import TalkingScreen
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.painted import Drawing, Painted
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import TOGETHER, Look, RowList
from prioritizer.workshop.views.balloting import balloted, progress_of
from prioritizer.workshop.views.rating import Ladder, cell, facts_words
from prioritizer.workshop.views.reveal import RevealCell, reveal_cell

if TYPE_CHECKING:
    from prioritizer.model.session import UseCase

At = tuple["UseCase", Ladder]

_FIXED = 5
"""Lines of stage bar, strip, two notes and key bar."""


class RevealBoard(TalkingScreen):
    """Rows are use cases and pages are criteria."""

    CSS_PATH = "reveal.tcss"
    stage = "rate"

    def __init__(self) -> None:
        super().__init__()
        self.asked: tuple[Ladder, ...] = ()
        self.cells: dict[str, RevealCell] = {}
        """Those of this criterion about which a round was held, by use case."""
        self.agreement = False
        """Van der Eijk's A is shown."""
        self._signs: list[tuple[str, str]] = []
        self._page = ""
        """Id of the criterion whose cells are in the list."""
        self._placed = False

    def compose_body(self) -> ComposeResult:
        yield Painted(self._draw_strip, id="reveal-strip")
        yield Painted(self._draw_cell, id="reveal-cell", classes="raised")
        yield FilterLine(id="reveal-filter")
        with Horizontal(id="reveal-body"):
            yield RowList(
                self._draw_row, header=self._draw_header, columns=1, widest=TOGETHER, id="reveal-list"
            )
            yield Pane(self._draw_side, id="reveal-side", classes="raised")
        yield Painted(self._draw_notes, id="reveal-notes", classes="raised")

    def on_mount(self) -> None:
        self.rows.focus()

    # What is where

    @property
    def rows(self) -> RowList:
        return self.query_one("#reveal-list", RowList)

    @property
    def ladder(self) -> Ladder | None:
        """The criterion of this page."""
        column = self.rows.column
        return self.asked[column] if 0 <= column < len(self.asked) else None

    @property
    def at(self) -> At | None:
        """The cell under the cursor."""
        ladder, key = self.ladder, self.rows.key
        use_case = self.seen.use_cases.get(key) if self.seen is not None and key is not None else None
        return (use_case, ladder) if use_case is not None and ladder is not None else None

    @property
    def shown(self) -> RevealCell | None:
        """What the room answered to the cell under the cursor."""
        return self.cells.get(self.rows.key or "")

    @property
    def given_at(self) -> At | None:
        """The level agreed last, as long as the cursor has only moved on from it."""
        given = self.given
        if given is None or self.seen is None:
            return None
        use_case = self.seen.use_cases.get(given[0])
        ladder = next((x for x in self.asked if x.criterion.id == given[1]), None)
        return (use_case, ladder) if use_case is not None and ladder is not None else None

    @property
    def subject(self) -> At | None:
        """What evidence and notes speak of."""
        return self.given_at or self.at

    # Showing

    def show_changes(self, changed: Sequence[str] | None) -> None:
        if self.seen is None:
            return
        self.asked = balloted(self.seen)
        self.rows.set_columns(max(1, len(self.asked)))
        if not self._placed:
            self._placed = True
            place = self.prioritizer.place
            self.rows.select_column(pages.page_of(self.asked, place.get("rate.criterion", "")))
            self._show_page(place.get("use_case", ""))
            return
        self._show_page()

    def _show_page(self, use_case: str = "") -> None:
        assert self.seen is not None
        ladder, rows = self.ladder, self.rows
        self.cells = {}
        self._page = "" if ladder is None else ladder.criterion.id
        if ladder is not None:
            found = progress_of(self.seen, [x.criterion.id for x in self.asked])
            self._signs = [page_sign(each) for each in found]
            private = self.prioritizer.private_screen
            for case in self.cases:
                answered = reveal_cell(self.seen, case.id, ladder.criterion.id, facilitator=private)
                if answered is not None:
                    self.cells[case.id] = answered
            rows.empty_text = f"  The room was not asked about {ladder.criterion.id} yet.  {key_of('reveal.ballot')} opens the ballot."
        else:
            rows.empty_text = f"  {hint(pages.NOTHING_ASKED)}"
        keys = list(self.cells)
        if list(rows.keys) != keys:
            rows.set_rows(keys)
        if use_case:
            rows.select(use_case)
        rows.redraw()
        self.lay_out()
        self.repaint()

    def repaint(self) -> None:
        """Everything but the list."""
        for name in ("#reveal-strip", "#reveal-cell", "#reveal-notes"):
            self.query_one(name, Painted).repaint()
        self.show_queue()

    def show_queue(self) -> None:
        self.query_one("#reveal-notes", Painted).repaint()
        if self.has_class("-wide"):
            self.query_one("#reveal-side", Pane).remake(top=False)

    def redraw_spot(self, spot: Cell) -> None:
        self.rows.redraw(spot[0])

    def go(self, use_case: str, criterion: str) -> bool:
        """Puts the cursor on a cell; whether it is there."""
        page = next((i for i, x in enumerate(self.asked) if x.criterion.id == criterion), None)
        if page is None:
            return False
        if page != self.rows.column:
            self.rows.select_column(page)
        self._show_page(use_case)
        return self.rows.key == use_case

    def go_to_change(self, before: UseCase, after: UseCase) -> None:
        for ladder in self.asked:
            criterion = ladder.criterion.id
            if cell(before, ladder) != cell(after, ladder) or before.rounds.get(
                criterion
            ) != after.rounds.get(criterion):
                self.leave()
                self.go(after.id, criterion)
                return

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        here, ladder = self.at, self.ladder
        if ladder is not None and ladder.criterion.id != self._page:
            self._show_page()
        if here is not None:
            pages.remember(self.prioritizer, here[0].id, here[1].criterion.id)
        self.leave_if_moved()
        self.repaint()

    def on_resize(self) -> None:
        self.call_after_refresh(self.lay_out)

    def lay_out(self) -> None:
        ladder = self.ladder
        if ladder is None or not self.query("#reveal-cell"):
            return  # left while this waited for the next picture
        body = self.size.height - _FIXED
        most = max(9, body - max(5, body * 3 // 8))
        wanted = max(lines_needed(x, self.size.width) for x in self.asked) + (self.size.height >= 30)
        styles = self.query_one("#reveal-cell", Painted).styles
        height = max(9, min(most, wanted))
        if styles.height is None or styles.height.value != height:
            styles.height = height

    # Drawing

    def _draw_strip(self, width: int, height: int) -> Drawing:
        if not self.asked:
            return Drawing().line((" Reveal", "strong"))
        agreed = sum(c.agreed is not None for c in self.cells.values())
        end = f"{agreed:,} of {len(self.cells):,} agreed"
        return pages.draw_pages("Reveal", self.asked, self.rows.column, self._signs, end, width)

    def _draw_cell(self, width: int, height: int) -> Drawing:
        here, shown = self.at, self.shown
        if here is None or shown is None:
            ladder = self.ladder
            words = "" if ladder is None else f"{ladder.criterion.id} · {ladder.criterion.title}"
            return Drawing().line((f" {words}", "accent strong"))
        return draw_cell(f"{shown.number:02d}", shown, here[1], width, height, agreement=self.agreement)

    def _draw_header(self, look: Look) -> Text:
        return segments(self.app, header_line(2, look.width, agreement=self.agreement))

    def _draw_row(self, key: str, look: Look) -> Text:
        found, ladder = self.cells.get(key), self.ladder
        if found is None or ladder is None:
            return Text("")
        pending = self.pending((key, ladder.criterion.id))
        label = f"{found.number:02d}"
        return segments(self.app, cell_line(label, found, pending, look.width, agreement=self.agreement))

    def _draw_side(self, width: int, height: int) -> Sequence[Row]:
        return side_rows(self.queue, width, height)

    def _draw_notes(self, width: int, height: int) -> Drawing:
        about = self.subject
        if about is None:
            return Drawing()
        use_case, ladder = about
        stands = cell(use_case, ladder)
        pending = self.pending((use_case.id, ladder.criterion.id))
        found = self.shown
        if self.given_at is None and not stands.agreed and pending is None and found is not None:
            d = Drawing()
            d.line(*self._offer(found))
            d.line(*self._queue_words(width))
            return d
        return draw_notes(
            f"{use_case.number:02d} {use_case.title}",
            ladder,
            stands,
            pending,
            facts_words(use_case, ladder.criterion.facts),
            self._queue_words(width),
            width,
            given=self.given_at is not None,
        )

    def _offer(self, found: RevealCell) -> Row:
        """What can be done about a cell that is not agreed."""
        if found.status == "open":
            return [
                (f" {key_of('reveal.ballot')} ", "accent strong"),
                (hint("types the answers in, {ballot.reveal} there reveals them"), "muted"),
            ]
        if found.room_value is None:
            return [
                (" Nobody gave a level: ", "warn"),
                (hint("{reveal.park} "), "accent strong"),
                ("parks it as find out with owner and date", "muted"),
            ]
        thin = found.pattern is not None and found.pattern.id == "thin"
        action, words = ("{reveal.claim} ", "claim") if thin else ("{reveal.rule} ", "rule")
        last: Row = [(hint(action), "accent strong"), (words, "muted")]
        return [
            (hint(" {reveal.take} "), "accent strong"),
            (f"agrees {found.room_value}  ", "strong"),
            (hint("{reveal.level} "), "accent strong"),
            ("another one, with the reason  ", "muted"),
            (hint("{reveal.revote} "), "accent strong"),
            ("re-vote  ", "muted"),
            (hint("{reveal.park} "), "accent strong"),
            ("park  ", "muted"),
            *last,
        ]

    def _queue_words(self, width: int) -> Row:
        if self.queue is None:
            return [(" …", "muted")]
        return [(hint(" {reveal.next} "), "accent strong"), (short_words(self.queue), "muted")]
