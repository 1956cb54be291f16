"""The board of the stage Shortlist: cards of what is chosen, what is not now and why, the demo traps."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult

from prioritizer.charts.segments import Row, rows_text
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.screens import shortlist_rows as sr
from prioritizer.tui.screens.burst import BurstScreen
from prioritizer.tui.screens.shortlist_reading import Listed, read
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import HEADING, MORE, Look, RowList

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.workshop.views.rank import RankRow


class ShortlistBoard(BurstScreen):
    """Reads the session, and shows what is chosen and what is not; the actions stand in `shortlist`."""

    CSS_PATH = "shortlist.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._listed: Listed | None = None
        self._rows: dict[str, RankRow] = {}
        self._more: dict[str, list[Row]] = {}
        self._on_the_way: dict[str, bool] = {}
        self._exported = ""
        self._wanted = ""

    def compose_body(self) -> ComposeResult:
        yield Pane(self._head, id="shortlist-head", classes="panel")
        yield FilterLine(id="shortlist-filter")
        yield RowList(self._draw, header=self._header, id="shortlist-list", empty="  …")

    def on_mount(self) -> None:
        self._list.focus()

    @property
    def _list(self) -> RowList:
        return self.query_one("#shortlist-list", RowList)

    def on_resize(self) -> None:
        self.call_after_refresh(self._arrange)

    # Reading the session: off the event loop, and what takes longer after what does not

    async def read_once(self) -> None:
        for reasons in (False, True):
            listed = await asyncio.to_thread(read, self.workshop, self._query, reasons=reasons)
            if not self.is_attached or self._stale:
                break
            self._show(listed)

    def _show(self, listed: Listed) -> None:
        first = self._listed is None
        self._listed = listed
        self._rows.clear()
        self._on_the_way.clear()
        rows = self._list
        if not listed.rank.total:
            rows.empty_text = hint(
                "  No use cases yet.  {app.collect} goes to Collect, where they are typed in."
            )
        if self._query:
            self.query_one(FilterLine).count(listed.rank.count, listed.rank.total)
        self._arrange()
        if first:
            rows.select(self.prioritizer.place.get("use_case", ""))
        if self._wanted and self._wanted in rows.keys:
            rows.select(self._wanted)
            self._wanted = ""

    def _arrange(self) -> None:
        listed = self._listed
        if listed is None or not self.is_mounted:
            return
        head = self.query_one("#shortlist-head", Pane)
        head.styles.height = len(self._head(self.size.width, 0))
        head.remake()
        keys: list[str] = []
        if listed.rank.total:
            keys, self._more = listed.keys(self.size.width - 1)
        self._list.show_rows(keys)

    # Drawing

    def _head(self, width: int, height: int) -> Sequence[Row]:
        if self._listed is None:
            return []
        return sr.head_rows(self._listed.snapshot, self._listed.view, self._exported, width)

    def _columns(self, width: int) -> sr.Layout:
        assert self._listed is not None
        total = max((u.number for u in self._listed.snapshot.use_cases.values()), default=0)
        return sr.layout(width, total, tied=bool(self._listed.evaluation.tied.any()))

    def _header(self, look: Look) -> Text:
        if self._listed is None:
            return Text("")
        return segments(self.app, sr.header_row(self._columns(look.width)))

    def _draw(self, key: str, look: Look) -> Text:
        listed = self._listed
        if listed is None:
            return Text("")
        if key.startswith(MORE):
            return segments(self.app, self._more[key][0])
        if key.startswith(HEADING):
            name = key.removeprefix(HEADING)
            return segments(
                self.app, sr.heading_row(name, listed.view, listed.counts, listed.parked, look.width)
            )
        row = self._row(key)
        if row is None:
            return Text("")
        title = listed.snapshot.preset.lane_title(row.lane)
        return segments(self.app, sr.row_parts(row, self._columns(look.width), title, self._sign(key, row)))

    def _sign(self, key: str, row: RankRow) -> tuple[str, str]:
        if key in self._on_the_way:
            return ("✓" if self._on_the_way[key] else "–", "warn")
        if row.chosen is False:
            return "–", "bad"
        if self._listed is not None and key in self._listed.on:
            return ("✓", "good") if row.chosen else ("·", "accent")
        return " ", ""

    def _row(self, key: str) -> RankRow | None:
        if key not in self._rows and self._listed is not None:
            from prioritizer.workshop.views.rank import rank_view

            made = self._listed.rank.row(key)
            if made is None:  # on the shortlist, and not among what the filter leaves
                made = rank_view(self._listed.snapshot, self._listed.evaluation).row(key)
            if made is not None:
                self._rows[key] = made
        return self._rows.get(key)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if event.key is not None:
            self.prioritizer.place["use_case"] = event.key

    # Copy

    def screen_text(self) -> str:
        """The shortlist, the traps, and the next ones that are not now."""
        listed = self._listed
        if listed is None or not listed.rank.total:
            return ""
        width = 120
        at = self._columns(width)
        keys, more = listed.keys(width)
        rows: list[Row] = [*sr.head_rows(listed.snapshot, listed.view, "", width), [], sr.header_row(at)]
        for key in keys[:400]:
            if key.startswith(MORE):
                rows += more[key]
            elif key.startswith(HEADING):
                name = key.removeprefix(HEADING)
                rows += [[], sr.heading_row(name, listed.view, listed.counts, listed.parked, width)]
            elif (row := self._row(key)) is not None:
                title = listed.snapshot.preset.lane_title(row.lane)
                rows.append(sr.row_parts(row, at, title, self._sign(key, row)))
        return rows_text(rows)
