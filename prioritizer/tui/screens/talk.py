"""What to talk about next: the cells that are not settled, by what settling them is expected to change."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult

from prioritizer.charts.segments import Row, rows_text
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.background import start
from prioritizer.tui.screens import room_pages as pages
from prioritizer.tui.screens import talk_rows as tr
from prioritizer.tui.screens.above import AboveScreen
from prioritizer.tui.screens.talking import newer_effects
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.painted import Drawing, Painted
from prioritizer.tui.widgets.rowlist import HEADING, TOGETHER, Look, RowList

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.workshop.service import Workshop
    from prioritizer.workshop.views.queue import Rates
    from prioritizer.workshop.views.talk import TalkRow, TalkView

_SKIPPED = f"{HEADING}skipped"


class TalkScreen(AboveScreen):
    """Every cell that decides something, whether a ballot was held on it or not."""

    name_in_table = "talk"
    stage = "rank"
    purpose = (
        "What to talk about next: the facts that are unknown, disputed or only said, by how often another level of "
        "just that fact changes who is on the shortlist, over draws of everything that is not certain. A share of "
        "draws is never a chance of success. What is measured or documented moves nothing and is not listed."
    )
    BINDINGS = bindings_for("talk")
    CSS_PATH = "talk.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._view: TalkView | None = None
        self._fresh = False
        self._rates: Rates | None = None
        self._turns = count(1)
        self._turn = 0

    def compose(self) -> ComposeResult:
        yield Painted(self._draw_head, id="talk-head", classes="raised")
        yield RowList(
            self._draw_row, header=self._draw_header, id="talk-list", empty="  …", widest=TOGETHER + 20
        )
        yield Painted(self._draw_why, id="talk-why", classes="raised")
        yield KeyBar(self.name_in_table)

    def on_mount(self) -> None:
        self._list.focus()

    @property
    def _list(self) -> RowList:
        return self.query_one("#talk-list", RowList)

    @property
    def _here(self) -> TalkRow | None:
        """The cell under the cursor."""
        return self._find(self._list.key)

    def _find(self, key: str | None) -> TalkRow | None:
        rows = self._view.rows if self._view is not None else ()
        return next((row for row in rows if _key(row) == key), None)

    # Showing: what is known at once, then what the draws say

    def show_session(self) -> None:
        self._turn = next(self._turns)
        start(self, "talk", self._read, self._turn)

    async def _read(self, turn: int) -> None:
        workshop = self.workshop
        self._fresh = workshop.effects.fresh(workshop.snapshot)
        await self._look()
        if not self._fresh:
            await asyncio.to_thread(newer_effects, workshop, lambda: self._turn == turn)
            self._fresh = True
            await self._look()

    async def _look(self) -> None:
        view, self._rates = await asyncio.to_thread(_work_out, self.workshop, self._rates)
        self._view = view
        if self not in self.app.screen_stack:
            return  # left while it was worked out
        keys = [_key(row) for row in view.rows]
        fits = view.talk.fits
        if fits < len(keys):
            keys.insert(fits, _SKIPPED)
        rows = self._list
        rows.empty_text = (
            f"  {view.talk.none} {hint('{rank.sure} on Rank says how sure the order is.')}"
            if self._fresh
            else "  Working it out …"
        )
        rows.show_rows(keys, first_stays=True)
        self._repaint()

    def _repaint(self) -> None:
        self.query_one("#talk-head", Painted).repaint()
        self.query_one("#talk-why", Painted).repaint()

    def _draw_head(self, width: int, height: int) -> Drawing:
        return _drawn(tr.head(self._view, self._fresh, width, height))

    def _draw_header(self, look: Look) -> Text:
        return segments(self.app, tr.header(look.width))

    def _draw_row(self, key: str, look: Look) -> Text:
        return segments(self.app, self._row(key, look.width))

    def _row(self, key: str, width: int) -> Row:
        if key == _SKIPPED:
            return [("  no time for these: they keep the level as it stands", "warn")]
        line = self._find(key)
        if line is None or self._view is None:
            return []
        place = self._view.rows.index(line)
        return tr.row(line, place >= self._view.talk.fits, width)

    def _draw_why(self, width: int, height: int) -> Drawing:
        line = self._here
        return _drawn(tr.why(line, width)[:height] if line is not None else [])

    def screen_text(self) -> str:
        rows = [self._row(key, 100) for key in self._list.keys]
        return rows_text([*tr.head(self._view, self._fresh, 100, 3), [], tr.header(100), *rows])

    # What happens

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._repaint()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.call_later(self.action_run, "talk.open")

    def why_not(self, action_id: str) -> str | None:
        if action_id == "talk.open" and self._here is None:
            return "No cell is under the cursor."
        return None

    async def do_talk_open(self) -> None:
        line = self._here
        assert line is not None
        pages.remember(self.prioritizer, line.use_case, line.criterion)
        if line.revealed:
            from prioritizer.tui.screens.reveal import RevealScreen

            await self.prioritizer.show_screen(RevealScreen())
            return
        self.prioritizer.place["rate.way"] = "criterion"
        await self.prioritizer.go_to("rate")

    async def do_talk_queue(self) -> None:
        from prioritizer.tui.screens.queue import QueueScreen

        await self.prioritizer.show_screen(QueueScreen())

    def do_talk_back(self) -> None:
        self.dismiss(None)


def _work_out(workshop: Workshop, rates: Rates | None) -> tuple[TalkView, Rates]:
    from prioritizer.workshop.views.queue import pace_of, talk_minutes
    from prioritizer.workshop.views.talk import talk_view

    rates = rates if rates is not None else pace_of(workshop.happenings())
    snapshot = workshop.snapshot
    left = talk_minutes(snapshot, workshop.now())
    return talk_view(snapshot, workshop.effects.latest(), minutes_left=left, rates=rates), rates


def _drawn(rows: list[Row]) -> Drawing:
    drawing = Drawing()
    for row in rows:
        drawing.line(*row)
    return drawing


def _key(row: TalkRow) -> str:
    return f"{row.use_case}/{row.criterion}"
