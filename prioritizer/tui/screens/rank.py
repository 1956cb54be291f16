"""Rank: the lanes, what holds each use case, and the ways into mirror, picture and what-if."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container

from prioritizer.charts.segments import Row, rows_text
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.screens import rank_rows as rr
from prioritizer.tui.screens.base import StageScreen
from prioritizer.tui.screens.rank_near import near_banner, near_rows, unknown_banner
from prioritizer.tui.screens.rank_reading import Seen, as_rows, draw_row, read
from prioritizer.tui.screens.rank_whatif import Trial, banner_rows, knob_row, knobs
from prioritizer.tui.screens.rank_why import ReadScreen, glance_rows, line_rows
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.tui.screens.mirror import BesideScreen
    from prioritizer.workshop.views.near import NearView
    from prioritizer.workshop.views.rank import RankRow

LANE = f"{HEADING}lane:"
GAP = f"{HEADING}gap:"
BLEND = f"{HEADING}blend"
BESIDE = 116
"""From this width on the reasons stand beside the list, else below it."""


class RankScreen(StageScreen):
    """The ranking."""

    name_in_table = "rank"
    purpose = (
        "The ranking: what can be piloted first, what holds the others, and how impressive each is, "
        "beside the ranking and not in it."
    )
    BINDINGS = bindings_for("rank")
    CSS_PATH = "rank.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (BESIDE, "-wide")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self._rows: dict[str, RankRow] = {}
        self._layout: tuple[int, rr.Layout] | None = None
        self._query = ""
        self._trial: Trial | None = None
        self._near: NearView | None = None
        self._lifted: tuple[str, list[Row]] | None = None
        self._stale = self._reading = self._lifting = False
        self._body_height = 0

    # What stands where

    def compose_body(self) -> ComposeResult:
        yield Pane(self._headline, id="rank-headline")
        yield Pane(self._nearest, id="rank-near")
        yield FilterLine(id="rank-filter")
        with Container(id="rank-body"):
            yield RowList(self._draw, header=self._header, id="rank-list", empty="  …")
            yield Pane(self._reasons, id="rank-why", classes="panel")
            yield RowList(self._draw_knob, id="rank-knobs")

    def on_mount(self) -> None:
        super().on_mount()
        self._list.focus()

    @property
    def _list(self) -> RowList:
        return self.query_one("#rank-list", RowList)

    @property
    def _knobs(self) -> RowList:
        return self.query_one("#rank-knobs", RowList)

    @property
    def _beside(self) -> bool:
        return self.size.width >= BESIDE

    def on_resize(self) -> None:
        self._layout = None
        self.call_after_refresh(self._arrange)

    # Reading the session: off the event loop, as a long session takes its time

    def show_session(self) -> None:
        self._stale = True  # a burst is read once, as it is at its end
        if not self._reading:
            self._reading = True
            self.run_worker(self._read_session(), group="read", exit_on_error=False)

    async def _read_session(self) -> None:
        try:
            while self._stale and self.is_attached and self.prioritizer.has_session:
                self._stale = False
                seen = await asyncio.to_thread(read, self.workshop, self._query, self._trial)
                if self.is_attached:
                    self._show(seen)
                    await self._find_nearest(seen)
        except Exception as error:  # the rest of the session can go on without its ranking
            self.prioritizer.mishap(error, "rank")
        finally:
            self._reading = False

    def _show(self, seen: Seen) -> None:
        if self._seen is None or self._seen.stored is not seen.stored:
            self._near = None
        self._seen = seen
        self._rows.clear()
        self._layout = self._lifted = None
        if self._query:
            self.query_one(FilterLine).count(seen.view.count, seen.view.total)
        rows, place = self._list, self.prioritizer.place.get("use_case", "")
        if not seen.view.total:
            rows.empty_text = "  No use cases yet.  alt+2 goes to Collect, where they are typed in."
        else:
            rows.empty_text = "  Nothing has these words.  esc shows all again."
        first = not rows.keys
        self._arrange()
        if first:
            rows.select(place)

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
        if list(self._list.keys) != keys:
            self._list.set_rows(keys)
        else:
            self._list.redraw()
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

    def _row(self, key: str | None) -> RankRow | None:
        if key is not None and key not in self._rows and self._seen is not None:
            made = self._seen.row(key)
            if made is not None:
                self._rows[key] = made
        return self._rows.get(key or "")

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
        return [[(head, "strong"), ("   / filter   g gate it   r rate it", "muted")]]

    def _nearest(self, width: int, height: int) -> Sequence[Row]:
        if self._shows_near:
            return near_banner(self._near, self._first_lane, width, max(7, self.size.height // 3))
        return unknown_banner(width) if self._knows_nothing and self._trial is None else []

    @property
    def _knows_nothing(self) -> bool:
        """Everything still waits for facts: then nothing is near to anything."""
        lanes = self._seen.view.lanes if self._seen is not None else ()
        return not self._query and [group.id for group in lanes] == ["find-out"]

    # The reasons beside or below

    def _reasons(self, width: int, height: int) -> Sequence[Row]:
        seen, row = self._seen, self._row(self._list.key)
        if seen is None or row is None:
            return []
        if self._beside:
            return self._all_reasons(seen, row.id, width)
        found = self.workshop.ranked(row.id) if self.workshop.snapshot is seen.snapshot else None
        conditions = (*found.conditions, *found.find_outs) if found is not None else ()
        rows = glance_rows(row, conditions, width)
        if len(rows) <= height:
            return rows
        hidden = len(rows) - height + 1
        return [*rows[: height - 1], [(f"   {hidden} more lines: ⏎ shows all reasons", "muted")]]

    def _all_reasons(self, seen: Seen, key: str, width: int) -> list[Row]:
        """What the rules say at once; what would lift it follows when it is worked out."""
        from prioritizer.workshop.views.why import why_view

        if self._lifted is None or self._lifted[0] != key:
            if not self._lifting:
                self._lifting = True
                self.run_worker(self._lift(width), group="lift", exit_on_error=False)
            return line_rows(why_view(seen.snapshot, seen.evaluation, key, lift=False).lines, width)
        return self._lifted[1]

    async def _lift(self, width: int) -> None:
        from prioritizer.workshop.views.why import why_view

        try:
            while (seen := self._seen) is not None and (key := self._list.key) is not None:
                made = await asyncio.to_thread(why_view, seen.snapshot, seen.evaluation, key)
                if not self.is_attached or (self._list.key == key and self._seen is seen):
                    self._lifted = key, line_rows(made.lines, width)
                    break
        except Exception as error:
            self.prioritizer.mishap(error, "why")
        finally:
            self._lifting = False
        if self.is_attached:
            self.query_one("#rank-why", Pane).remake(top=False)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if event.row_list is not self._list:
            return
        if event.key is not None:
            self.prioritizer.place["use_case"] = event.key
        if self._trial is not None:
            self._knobs.redraw()
        else:
            self.query_one("#rank-why", Pane).remake()

    # Actions

    def why_not(self, action_id: str) -> str | None:
        if action_id in ("rank.why", "rank.gate", "rank.rate") and self._list.key is None:
            return "There is no use case under the cursor."
        nothing = self._seen is None or not self._seen.view.total
        if action_id in ("rank.mirror", "rank.picture", "rank.what-if", "rank.near") and nothing:
            return "There is nothing to rank yet; alt+2 goes to Collect."
        if self._trial is None and action_id in ("rank.more", "rank.less", "rank.reset"):
            return "That is for the what-if; w begins one."
        if self._trial is not None and action_id in ("app.undo", "app.redo"):
            return "Nothing of a what-if is stored, so there is nothing of it to undo; 0 takes it back, esc leaves it."
        return None

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.call_later(self.action_run, "rank.why" if event.row_list is self._list else "rank.more")

    async def do_rank_why(self) -> None:
        seen, key = self._seen, self._list.key
        if seen is None or key is None:
            return
        from prioritizer.workshop.views.why import why_view

        why = await asyncio.to_thread(why_view, seen.snapshot, seen.evaluation, key)
        self.app.push_screen(ReadScreen(lambda width: line_rows(why.lines, width)))

    async def do_rank_near(self) -> None:
        seen = self._seen
        if seen is None:
            return
        from prioritizer.workshop.views.near import near_view

        near = await asyncio.to_thread(near_view, seen.snapshot, seen.evaluation)
        self.app.push_screen(ReadScreen(lambda width: near_rows(near, width)))

    async def do_rank_mirror(self) -> None:
        from prioritizer.tui.screens.mirror import MirrorScreen

        await self._push_picture(MirrorScreen)

    async def do_rank_picture(self) -> None:
        from prioritizer.tui.screens.picture import PictureScreen

        await self._push_picture(PictureScreen)

    async def _push_picture(self, kind: type[BesideScreen]) -> None:
        from prioritizer.workshop.views.mirror import mirror_view
        from prioritizer.workshop.views.points import points_view

        seen = self._seen
        if seen is not None:
            mirror = await asyncio.to_thread(mirror_view, seen.snapshot, seen.evaluation)
            points = await asyncio.to_thread(points_view, seen.snapshot, seen.evaluation)
            self.app.push_screen(kind(mirror, points))

    # Both begin where this cursor stands.

    async def do_rank_gate(self) -> None:
        await self.prioritizer.go_to("gate")

    async def do_rank_rate(self) -> None:
        self.prioritizer.place["rate.way"] = "use case"
        await self.prioritizer.go_to("rate")

    # What if

    def do_rank_what_if(self) -> None:
        if self._trial is not None:
            self._leave_trial()
            return
        self._trial = Trial()
        self._knobs.set_rows(knobs(self.workshop.snapshot))
        self.query_one("#rank-why").display, self._knobs.display = False, True
        self._knobs.focus()
        self.show_session()

    def do_rank_more(self) -> None:
        self._turn(1)

    def do_rank_less(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        knob = self._knobs.key
        if self._trial is None or self._seen is None or knob is None:
            return
        turned = self._trial.turned(knob, by, self._seen.stored, self._list.key)
        if turned != self._trial:
            self._trial = turned
            self._knobs.redraw()
            self.show_session()

    def do_rank_reset(self) -> None:
        self._trial = Trial()
        self._knobs.redraw()
        self.show_session()

    def do_rank_swap(self) -> None:
        if self._trial is None:
            self.focus_next()
            return
        (self._list if self._knobs.has_focus else self._knobs).focus()

    def _leave_trial(self) -> None:
        self._trial = None
        self._list.focus()
        self.show_session()

    # Filter and copy

    def do_rank_filter(self) -> None:
        self.query_one(FilterLine).open()

    def do_rank_back(self) -> None:
        if self._trial is not None:
            self._leave_trial()
        elif self.query_one(FilterLine).clear():
            self._list.focus()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        event.stop()
        self._query = event.text
        self.show_session()

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        event.stop()
        self._list.focus()

    def do_app_copy(self) -> None:
        self.run_worker(self._copy(), group="copy", exit_on_error=False)

    async def _copy(self) -> None:
        if self._seen is None or not self._seen.view.count:
            self.prioritizer.problem("There is nothing on this screen to copy.")
            return
        self.app.copy_to_clipboard(await asyncio.to_thread(self.screen_text))
        self.prioritizer.say("Copied, if your terminal allows it; Shortlist can write a file.")

    def screen_text(self) -> str:
        """The ranking as the filter leaves it, also what is scrolled away."""
        return "" if self._seen is None else rows_text(as_rows(self._seen, 120))
