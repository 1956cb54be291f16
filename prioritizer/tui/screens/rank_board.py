"""The board of the stage Rank: lanes, what is nearest, what is tried."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container

from prioritizer.charts.segments import Row
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.screens import rank_rows as rr
from prioritizer.tui.screens.rank_near import near_banner, unknown_banner
from prioritizer.tui.screens.rank_reading import Seen, draw_row, read
from prioritizer.tui.screens.rank_reasons import BESIDE, RankReasons
from prioritizer.tui.screens.rank_whatif import Trial, banner_rows, knob_row
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.workshop.views.near import NearView

LANE = f"{HEADING}lane:"
GAP = f"{HEADING}gap:"
BLEND = f"{HEADING}blend"
_PATIENCE = 0.25
"""Seconds for which a screen that comes up waits for its first reading, to be painted once, whole."""


class RankBoard(RankReasons):
    """Reads the session, and shows the ranking as lanes; the actions stand in `rank`."""

    CSS_PATH = "rank.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (BESIDE, "-wide")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._layout: tuple[int, rr.Layout] | None = None
        self._trial: Trial | None = None
        self._near: NearView | None = None
        self._body_height = 0
        self._held: AbstractContextManager[None] | None = None
        """While nothing is painted: a first reading is on its way."""

    # What stands where

    def compose_body(self) -> ComposeResult:
        yield Pane(self._headline, id="rank-headline")
        yield Pane(self._nearest, id="rank-near", classes="raised")
        yield FilterLine(id="rank-filter")
        with Container(id="rank-body"):
            yield RowList(self._draw, header=self._header, id="rank-list", empty="  …")
            yield Pane(self._reasons, id="rank-why", classes="panel")
            yield RowList(self._draw_knob, id="rank-knobs")

    def on_mount(self) -> None:
        self._hold_paint()
        self._list.focus()

    def _hold_paint(self) -> None:
        held = self.app.batch_update()
        held.__enter__()
        self._held = held
        self.app.set_timer(_PATIENCE, self._let_paint)

    def _let_paint(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.__exit__(None, None, None)

    @property
    def _knobs(self) -> RowList:
        return self.query_one("#rank-knobs", RowList)

    def on_resize(self) -> None:
        self._layout = None
        self.call_after_refresh(self._arrange)

    # Reading the session: off the event loop, as a long session takes its time

    async def read_once(self) -> None:
        seen = await asyncio.to_thread(read, self.workshop, self._query, self._trial)
        if self.is_attached:
            self._show(seen)
            self._let_paint()
            await self._find_nearest(seen)

    def read_over(self) -> None:
        self._let_paint()

    def _show(self, seen: Seen) -> None:
        if self._seen is None or self._seen.stored is not seen.stored:
            self._near = None
        self._seen = seen
        self._layout = None
        self.forget_reasons()
        if self._query:
            self.query_one(FilterLine).count(seen.view.count, seen.view.total)
        rows, place = self._list, self.prioritizer.place.get("use_case", "")
        if not seen.view.total:
            rows.empty_text = hint(
                "  No use cases yet.  {app.collect} goes to Collect, where they are typed in."
            )
        else:
            rows.empty_text = "  Nothing has these words.  esc shows all again."
        first = not rows.keys
        self._arrange()
        if first:
            rows.select(place)
        if not self._ranking_painted:
            self.call_after_refresh(self._show_reasons)

    async def _find_nearest(self, seen: Seen) -> None:
        """When the first lane is empty: what would fill it. That takes longer than the ranking."""
        if not self._shows_near or self._near is not None:
            return
        from prioritizer.workshop.views.near import near_view

        self._near = await asyncio.to_thread(near_view, seen.snapshot, seen.evaluation)
        if self.is_attached:
            self._arrange()

    @property
    def _shows_near(self) -> bool:
        view = self._seen.view if self._seen is not None else None
        if view is None or not view.total or view.ready or self._trial is not None:
            return False
        return not self._knows_nothing

    # Putting things in order

    def _arrange(self) -> None:
        """Rows and headings in order, with air between lanes where there is room for it."""
        seen = self._seen
        if seen is None or not self.is_mounted:
            return
        self._size_banners()
        keys = self._keys(seen)
        self._list.show_rows(keys)
        self._size_panels(len(keys) + 1)
        for pane in self.query(Pane):
            pane.remake()
        if self._trial is not None:
            self._knobs.redraw()

    def _size_banners(self) -> None:
        lines = len(self._nearest(self.size.width, 0))
        near, headline = self.query_one("#rank-near", Pane), 1 if self._trial is None else 2
        near.display = lines > 0
        near.styles.height = lines
        self.query_one("#rank-headline").styles.height = headline
        filtered = self.query_one(FilterLine).has_class("-shown")
        self._body_height = self.size.height - 2 - lines - headline - filtered

    def _keys(self, seen: Seen) -> list[str]:
        ids = seen.ids()
        if seen.blended:
            return [BLEND, *ids]
        airy = len(ids) + 2 * len(seen.view.lanes) <= self._room
        keys: list[str] = []
        for group in seen.view.lanes:
            if airy and keys:
                keys.append(f"{GAP}{group.id}")
            keys.append(f"{LANE}{group.id}")
            keys += ids[group.first : group.first + group.count]
        return keys

    def _size_panels(self, wanted: int) -> None:
        why, tried = self.query_one("#rank-why", Pane), self._trial is not None
        why.display, self._knobs.display = not tried, tried
        if self._beside:
            why.styles.height = self._knobs.styles.height = "1fr"
            return
        spare = self._body_height - wanted
        why.styles.height = max(4, min(14, spare))
        self._knobs.styles.height = max(8, min(24, spare))

    @property
    def _room(self) -> int:
        """Lines for rows and headings."""
        return self._body_height - 1 - (0 if self._beside else 7)

    # Drawing

    def _header(self, look: Look) -> Text:
        if self._seen is None:
            return Text("")
        return segments(self.app, rr.header(self._columns(look.width), self._seen.dimensions))

    def _draw(self, key: str, look: Look) -> Text:
        seen = self._seen
        if seen is None or key.startswith(GAP):
            return Text("")
        if key == BLEND:
            return segments(
                self.app, [(" ◆ Chosen with show mixed in", "warn"), ("   lanes set aside", "muted")]
            )
        if key.startswith(LANE):
            group = next((g for g in seen.view.lanes if f"{LANE}{g.id}" == key), None)
            return segments(self.app, rr.heading_parts(group, look.width)) if group else Text("")
        row = self._row(key)
        return Text("") if row is None else segments(self.app, draw_row(seen, row, self._columns(look.width)))

    def _columns(self, width: int) -> rr.Layout:
        if self._layout is None or self._layout[0] != width:
            assert self._seen is not None
            self._layout = width, self._seen.columns(width)
        return self._layout[1]

    def _draw_knob(self, key: str, look: Look) -> Text:
        if self._seen is None or self._trial is None:
            return Text("")
        row = knob_row(key, self._trial, self._seen.stored, self._list.key, look.width)
        return segments(self.app, row)

    @property
    def _first_lane(self) -> str:
        return self._seen.view.first_lane if self._seen is not None else ""

    def _headline(self, width: int, height: int) -> Sequence[Row]:
        seen = self._seen
        if seen is None:
            return []
        if self._trial is not None:
            return banner_rows(seen.sentence, self._trial, width)
        view = seen.view
        if not view.total:
            return [[(" Nothing to rank yet.", "strong")]]
        where = "can be piloted first" if view.first_lane == "Pilot first" else f"in “{view.first_lane}”"
        head = f" {view.ready:,} of {view.total:,} {where}"
        return [
            [
                (head, "strong"),
                (hint("   {rank.filter} filter   {rank.gate} gate it   {rank.rate} rate it"), "muted"),
            ]
        ]

    def _nearest(self, width: int, height: int) -> Sequence[Row]:
        if self._shows_near:
            return near_banner(self._near, self._first_lane, width, max(7, self.size.height // 3))
        return unknown_banner(width) if self._knows_nothing and self._trial is None else []

    @property
    def _knows_nothing(self) -> bool:
        """Everything still waits for facts: then nothing is near to anything."""
        return self._seen is not None and self._seen.knows_nothing

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if event.row_list is not self._list:
            return
        if event.key is not None:
            self.prioritizer.place["use_case"] = event.key
        if self._trial is not None:
            self._knobs.redraw()
        else:
            self.query_one("#rank-why", Pane).remake()
