"""Rank: the lanes, what holds each use case, and the ways into mirror, picture and what-if."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from prioritizer.charts.segments import Row, rows_text
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.screens import rank_rows as rr
from prioritizer.tui.screens.base import StageScreen
from prioritizer.tui.screens.rank_why import WhyScreen, glance_rows, line_rows
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.model.session import Snapshot
    from prioritizer.scoring.evaluate import Evaluation
    from prioritizer.tui.screens.mirror import BesideScreen
    from prioritizer.workshop.views.rank import RankRow, RankView

LANE = f"{HEADING}lane:"
GAP = f"{HEADING}gap:"
BESIDE = 116
"""From this width on the reasons stand beside the list, else below it."""


@dataclass(frozen=True)
class Seen:
    """One reading of the session: all that is on the screen belongs together."""

    snapshot: Snapshot
    evaluation: Evaluation
    view: RankView


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
        self._stale = self._reading = False

    # What stands where

    def compose_body(self) -> ComposeResult:
        yield Static(id="rank-headline")
        yield FilterLine(id="rank-filter")
        with Container(id="rank-body"):
            yield RowList(self._draw, header=self._header, id="rank-list", empty="  …")
            yield Pane(self._reasons, id="rank-why", classes="panel")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#rank-list", RowList).focus()

    @property
    def _list(self) -> RowList:
        return self.query_one("#rank-list", RowList)

    @property
    def _why(self) -> Pane:
        return self.query_one("#rank-why", Pane)

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
            while self._stale and self.is_attached:
                self._stale = False
                seen = await asyncio.to_thread(self._read, self._query)
                if seen is not None and self.is_attached:
                    self._show(seen)
        except Exception as error:
            self.prioritizer.mishap(error, "rank")
        finally:
            self._reading = False

    def _read(self, query: str) -> Seen | None:
        from prioritizer.workshop.views.rank import rank_view

        while self.prioritizer.has_session:  # a commit in between would mix two moments
            snapshot, evaluation = self.workshop.snapshot, self.workshop.evaluation
            if self.workshop.snapshot is snapshot:
                return Seen(snapshot, evaluation, rank_view(snapshot, evaluation, query=query))
        return None

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self._rows.clear()
        self._layout = None
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
        self._headline()

    def _arrange(self) -> None:
        """Puts rows and headings in order, with air between lanes where there is room for it."""
        seen = self._seen
        if seen is None or not self.is_mounted:
            return
        rows = self._list
        ids = seen.view.ids()
        airy = len(ids) + 2 * len(seen.view.lanes) <= self._room
        keys: list[str] = []
        for group in seen.view.lanes:
            if airy and keys:
                keys.append(f"{GAP}{group.id}")
            keys.append(f"{LANE}{group.id}")
            keys += ids[group.first : group.first + group.count]
        if list(rows.keys) != keys:
            rows.set_rows(keys)
        else:
            rows.redraw()
        wanted = len(keys) + 1
        if not self._beside:
            self._why.styles.height = max(4, min(14, self._body_height - wanted))
        self._why.remake()

    @property
    def _body_height(self) -> int:
        return self.query_one("#rank-body").size.height

    @property
    def _room(self) -> int:
        """Lines for rows and headings."""
        return self._body_height - 1 - (0 if self._beside else 7)

    # Drawing

    def _header(self, look: Look) -> Text:
        seen = self._seen
        if seen is None:
            return Text("")
        ids = [d.id for d in seen.snapshot.preset.with_role("readiness")]
        return segments(self.app, rr.header(self._columns(look.width), ids))

    def _draw(self, key: str, look: Look) -> Text:
        seen = self._seen
        if seen is None or key.startswith(GAP):
            return Text("")
        if key.startswith(LANE):
            group = next((g for g in seen.view.lanes if f"{LANE}{g.id}" == key), None)
            return segments(self.app, rr.heading_parts(group, look.width)) if group else Text("")
        row = self._row(key)
        if row is None:
            return Text("")
        title = seen.snapshot.preset.lane_title(row.lane_by_rules)
        return segments(self.app, rr.row_parts(row, self._columns(look.width), title))

    def _columns(self, width: int) -> rr.Layout:
        if self._layout is None or self._layout[0] != width:
            assert self._seen is not None
            self._layout = width, _columns(self._seen, width)
        return self._layout[1]

    def _row(self, key: str) -> RankRow | None:
        if key not in self._rows and self._seen is not None:
            made = self._seen.view.row(key)
            if made is None:
                return None
            self._rows[key] = made
        return self._rows.get(key)

    def _headline(self) -> None:
        seen = self._seen
        if seen is None:
            return
        view = seen.view
        parts: list[tuple[str, str]] = [(" ", "")]
        if not view.total:
            parts.append(("Nothing to rank yet.", "strong"))
        elif view.first_lane == "Pilot first":
            parts.append((f"{view.ready:,} of {view.total:,} can be piloted first", "strong"))
        else:
            parts.append((f"{view.ready:,} of {view.total:,} in “{view.first_lane}”", "strong"))
        if view.total:
            parts.append(("   / filter   g gate it   r rate it", "muted"))
        self.query_one("#rank-headline", Static).update(segments(self.app, parts))

    # The reasons beside or below

    def _reasons(self, width: int, height: int) -> Sequence[Row]:
        seen, key = self._seen, self._list.key
        row = self._row(key) if key is not None else None
        if seen is None or row is None:
            return []
        if self._beside:
            from prioritizer.workshop.views.why import why_view

            return line_rows(why_view(seen.snapshot, seen.evaluation, row.id).lines, width)
        found = self.workshop.ranked(row.id) if self.workshop.snapshot is seen.snapshot else None
        conditions = (*found.conditions, *found.find_outs) if found is not None else ()
        rows = glance_rows(row, conditions, width)
        if len(rows) <= height:
            return rows
        return [
            *rows[: height - 1],
            [(f"   {len(rows) - height + 1} more lines: ⏎ shows all reasons", "muted")],
        ]

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if event.key is not None:
            self.prioritizer.place["use_case"] = event.key
        self._why.remake()

    # Actions

    def why_not(self, action_id: str) -> str | None:
        if action_id in ("rank.why", "rank.gate", "rank.rate") and self._list.key is None:
            return "There is no use case under the cursor."
        if action_id in ("rank.mirror", "rank.picture", "rank.what-if") and not (
            self._seen and self._seen.view.total
        ):
            return "There is nothing to rank yet; alt+2 goes to Collect."
        return None

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.call_later(self.action_run, "rank.why")

    def do_rank_why(self) -> None:
        seen, key = self._seen, self._list.key
        if seen is None or key is None:
            return
        from prioritizer.workshop.views.why import why_view

        self.app.push_screen(WhyScreen(why_view(seen.snapshot, seen.evaluation, key)))

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

    def do_rank_filter(self) -> None:
        self.query_one(FilterLine).open()

    def do_rank_back(self) -> None:
        if self.query_one(FilterLine).clear():
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
        seen = self._seen
        if seen is None or not seen.view.count:
            self.prioritizer.problem("There is nothing on this screen to copy.")
            return
        self.app.copy_to_clipboard(await asyncio.to_thread(self._as_text, seen))
        self.prioritizer.say("Copied, if your terminal allows it; Shortlist can write a file.")

    def screen_text(self) -> str:
        """The ranking as the filter leaves it, also what is scrolled away."""
        return "" if self._seen is None else self._as_text(self._seen)

    def _as_text(self, seen: Seen) -> str:
        at = _columns(seen, 120)
        rows: list[Row] = [rr.header(at, [d.id for d in seen.snapshot.preset.with_role("readiness")])]
        for group in seen.view.lanes:
            rows += [[], rr.heading_parts(group, 120)]
            for row in seen.view.rows(group.first, group.first + group.count):
                rows.append(rr.row_parts(row, at, seen.snapshot.preset.lane_title(row.lane_by_rules)))
        return rows_text(rows)


def _columns(seen: Seen, width: int) -> rr.Layout:
    evaluation = seen.evaluation
    columns = evaluation.columns
    return rr.layout(
        width,
        total=max((u.number for u in seen.snapshot.use_cases.values()), default=0),
        dimensions=len(seen.snapshot.preset.with_role("readiness")),
        loose=bool((columns.readiness_low != columns.readiness_high).any()),
        moving=False,
        tied=bool(evaluation.tied.any()),
    )
