"""How sure the order is: a strip of ranks and a sentence for each, better with every block of draws."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container

from prioritizer.charts.segments import Row, rows_text
from prioritizer.errors import PrioritizerError
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.background import start
from prioritizer.tui.screens import sure_rows as sr
from prioritizer.tui.screens.above import AboveScreen
from prioritizer.tui.screens.rank_why import ReadScreen, line_rows
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.painted import Drawing, Painted
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import HEADING, MORE, Look, RowList

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.model.robustness import Robustness
    from prioritizer.model.session import Snapshot
    from prioritizer.workshop.views.plain import Line
    from prioritizer.workshop.views.robustness import RobustnessRow, RobustnessView

UNCLEAR = f"{HEADING}≈"
BESIDE = 110
"""From this width on the details of the use case under the cursor stand beside the list."""


class SureScreen(AboveScreen):
    """Everything drawn at once; each source can be left out."""

    name_in_table = "sure"
    purpose = (
        "How sure the order is. Weights, ballots, levels and the spacing of the levels are drawn anew 10,000 "
        "times within what is known, and the rules decide in every draw. Shares are shares of draws: they say "
        "how firm the order is, never whether a pilot will succeed."
    )
    BINDINGS = bindings_for("sure")
    CSS_PATH = "sure.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (BESIDE, "-wide")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._without: set[str] = set()
        self._drawn: tuple[Snapshot, Robustness, RobustnessView] | None = None
        self._lines: dict[str, RobustnessRow] = {}
        self._unclear: dict[str, str] = {}
        self._trouble = ""
        self._turns = count(1)
        self._turn = 0

    def compose(self) -> ComposeResult:
        yield Painted(self._head, id="sure-head", classes="raised")
        with Container(id="sure-body"):
            yield RowList(self._draw_row, header=self._header, id="sure-list", empty="  Drawing …")
            yield Pane(self._detail, id="sure-detail", classes="panel")
        yield KeyBar(self.name_in_table)

    def on_mount(self) -> None:
        self._list.focus()

    @property
    def _list(self) -> RowList:
        return self.query_one(RowList)

    # Drawing: off the event loop, block by block; an edit ends what runs and begins anew

    def show_session(self) -> None:
        self._turn = next(self._turns)
        start(self, "draws", self._draw_all, self._turn)

    async def _draw_all(self, turn: int) -> None:
        """Shows each block as it comes; what was overtaken ends before its next chunk."""
        without = frozenset(self._without)
        try:
            snapshot, blocks = await asyncio.to_thread(self._begin, turn, without)
            while (found := await asyncio.to_thread(next, blocks, None)) is not None:
                await self._show(snapshot, found)
        except PrioritizerError as error:
            self._drawn, self._trouble = None, str(error)
            self._arrange()

    def _begin(self, turn: int, without: frozenset[str]) -> tuple[Snapshot, Iterator[Robustness]]:
        workshop = self.workshop
        while True:  # a commit in between would mix two sessions
            snapshot = workshop.snapshot
            top = max(1, min(snapshot.top, sum(1 for _ in snapshot.live())))
            blocks = workshop.robustness_in_blocks(
                top=top, without=without, going_on=lambda: self._turn == turn
            )
            if workshop.snapshot is snapshot:
                return snapshot, blocks

    async def _show(self, snapshot: Snapshot, found: Robustness) -> None:
        from prioritizer.workshop.views.robustness import robustness_view

        view = await asyncio.to_thread(robustness_view, snapshot, found)
        first = self._drawn is None
        self._drawn, self._trouble = (snapshot, found, view), ""
        self._lines = {row.id: row for row in view.rows}
        self._unclear = {each.after: each.line.text for each in view.unclear}
        self._arrange()
        if first:
            self._list.select(self.prioritizer.place.get("use_case", ""))

    def _arrange(self) -> None:
        rows = self._list
        if self._drawn is None:
            rows.empty_text = f"  {self._trouble or 'Drawing …'}"
            keys: list[str] = []
        else:
            keys = []
            for id_ in self._lines:
                keys += [id_, f"{MORE}{id_}"]
                if id_ in self._unclear:
                    keys.append(f"{UNCLEAR}{id_}")
        rows.show_rows(keys)
        self.query_one("#sure-head", Painted).repaint()
        self.query_one("#sure-detail", Pane).remake(top=False)

    # What stands where

    def _head(self, width: int, height: int) -> Drawing:
        view = self._drawn[2] if self._drawn is not None else None
        return sr.head(view, self._without, width, refused=bool(self._trouble))

    def _header(self, look: Look) -> Text:
        if self._drawn is None:
            return Text("")
        return segments(self.app, sr.header(self._drawn[1].top, len(self._lines), look.width))

    def _draw_row(self, key: str, look: Look) -> Text:
        return segments(self.app, self._row(key, look.width))

    def _row(self, key: str, width: int) -> Row:
        if self._drawn is None:
            return []
        if key.startswith(UNCLEAR):
            return sr.unclear(self._unclear[key.removeprefix(UNCLEAR)], width)
        if key.startswith(MORE):
            return sr.sentence(self._lines[key.removeprefix(MORE)], width)
        return sr.row(self._lines[key], self._drawn[1].top, width)

    def _detail(self, width: int, height: int) -> Sequence[Row]:
        key = self._list.key
        return line_rows(self._detail_lines(key), width) if key is not None else []

    def _detail_lines(self, key: str) -> list[Line]:
        from prioritizer.workshop.views.robustness_detail import detail_lines

        if self._drawn is None:
            return []
        snapshot, found, _ = self._drawn
        return detail_lines(snapshot, found, key)

    def screen_text(self) -> str:
        if self._drawn is None:
            return ""
        rows = [*self._head(100, 3).rows, []]
        rows.append(sr.header(self._drawn[1].top, len(self._lines), 100))
        return rows_text([*rows, *(self._row(key, 100) for key in self._list.keys)])

    # What happens

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if event.key is not None:
            self.prioritizer.place["use_case"] = event.key
        self.query_one("#sure-detail", Pane).remake()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.call_later(self.action_run, "sure.read")

    def on_painted_picked(self, event: Painted.Picked) -> None:
        self.call_later(self.action_run, f"sure.{event.value}")

    def why_not(self, action_id: str) -> str | None:
        if action_id == "sure.read" and self._list.key is None:
            return "There is no use case under the cursor."
        return None

    def do_sure_read(self) -> None:
        lines = self._detail_lines(self._list.key or "")
        self.app.push_screen(ReadScreen(lambda width: line_rows(lines, width)))

    def do_sure_stability(self) -> None:
        from prioritizer.tui.screens.stability import StabilityScreen

        self.replace_with(StabilityScreen())

    def do_sure_weights(self) -> None:
        self._switch("weights")

    def do_sure_people(self) -> None:
        self._switch("people")

    def do_sure_evidence(self) -> None:
        self._switch("evidence")

    def do_sure_scale(self) -> None:
        self._switch("scale")

    def _switch(self, source: str) -> None:
        self._without ^= {source}
        self.query_one("#sure-head", Painted).repaint()
        self.show_session()

    def do_sure_back(self) -> None:
        self.dismiss(None)
