"""The reasons beside the ranking, or below it: what the rules say at once, what would lift a row when the cursor rests."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from prioritizer.charts.segments import Row
from prioritizer.tui.actions.hints import key_of
from prioritizer.tui.screens.burst import BurstScreen
from prioritizer.tui.screens.rank_reading import Seen
from prioritizer.tui.screens.rank_why import fact_rows, glance_rows, line_rows
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import RowList

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.workshop.views.plain import Line
    from prioritizer.workshop.views.rank import RankRow

_REST = 0.15
"""Seconds after which the cursor is taken to rest: then what would lift the row is worked out."""
BESIDE = 116
"""From this width on the reasons stand beside the list, else below it."""


class RankReasons(BurstScreen):
    """Knows what was read, and says why the row under the cursor stands where it does."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self._rows: dict[str, RankRow] = {}
        self._lifted: tuple[str, Sequence[Line]] | None = None
        self._rest: Timer | None = None
        self._ranking_painted = False
        """The reasons come after it: what they need takes as long to load as the ranking itself."""

    @property
    def _list(self) -> RowList:
        return self.query_one("#rank-list", RowList)

    @property
    def _beside(self) -> bool:
        return self.size.width >= BESIDE

    def _row(self, key: str | None) -> RankRow | None:
        if key is not None and key not in self._rows and self._seen is not None:
            made = self._seen.row(key)
            if made is not None:
                self._rows[key] = made
        return self._rows.get(key or "")

    def forget_reasons(self) -> None:
        """Another reading is shown: what was made of the one before is made again."""
        self._rows.clear()
        self._lifted = None

    def _show_reasons(self) -> None:
        self._ranking_painted = True
        self.query_one("#rank-why", Pane).remake()

    def _reasons(self, width: int, height: int) -> Sequence[Row]:
        seen, row = self._seen, self._row(self._list.key)
        if seen is None or row is None or not self._ranking_painted:
            return []
        if self._beside:
            return self._all_reasons(seen, row.id, width)
        from prioritizer.workshop.views.why import why_view

        found = self.workshop.ranked(row.id) if self.workshop.snapshot is seen.snapshot else None
        conditions = (*found.conditions, *found.find_outs) if found is not None else ()
        rows = glance_rows(row, conditions, width)
        if len(rows) > height:
            hidden = len(rows) - height + 1
            return [
                *rows[: height - 1],
                [(f"   {hidden} more lines: {key_of('rank.why')} shows all reasons", "muted")],
            ]
        facts = fact_rows(why_view(seen.snapshot, seen.evaluation, row.id, lift=False).lines, width)
        return [*rows, *facts][:height] if height else rows

    def _all_reasons(self, seen: Seen, key: str, width: int) -> list[Row]:
        """What the rules say at once; what would lift it when the cursor has come to rest."""
        from prioritizer.workshop.views.why import why_view

        if self._lifted is not None and self._lifted[0] == key:
            return line_rows(self._lifted[1], width)
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST, self._begin_lift)
        return line_rows(why_view(seen.snapshot, seen.evaluation, key, lift=False).lines, width)

    def _begin_lift(self) -> None:
        self.run_worker(self._lift(), group="lift", exit_on_error=False)

    async def _lift(self) -> None:
        from prioritizer.workshop.views.why import why_view

        seen, key = self._seen, self._list.key
        if seen is None or key is None or not self._beside:
            return
        try:
            made = await asyncio.to_thread(why_view, seen.snapshot, seen.evaluation, key)
        except Exception as error:
            self.prioritizer.mishap(error, "why")
            return
        if self.is_attached and self._list.key == key and self._seen is seen:
            self._lifted = key, made.lines
            self.query_one("#rank-why", Pane).remake(top=False)
