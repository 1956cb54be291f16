"""What the shortlist survives one thing at a time: weights, levels, people."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from prioritizer.charts.segments import Row
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.background import start
from prioritizer.tui.screens import stability_rows as sr
from prioritizer.tui.screens.above import AboveScreen
from prioritizer.tui.screens.rank_reading import one_moment
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.pane import Pane

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.model.session import Snapshot
    from prioritizer.workshop.views.plain import Evaluation
    from prioritizer.workshop.views.swings import StabilityView, SwingBar


class StabilityScreen(AboveScreen):
    """How far weights can move, what moves one use case, what swaps neighbours, who decides."""

    name_in_table = "stability"
    purpose = (
        "What the shortlist survives, one thing at a time: how far each weight can move, what a single fact does "
        "(the tornado of the use case under the cursor), the smallest change that swaps two neighbours, and "
        "whether one person less would change it. A full stop and a comma choose the use case of the tornado."
    )
    BINDINGS = bindings_for("stability")
    CSS_PATH = "sure.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._read: tuple[Snapshot, Evaluation, StabilityView | None] | None = None
        self._bars: tuple[str, tuple[SwingBar, ...]] | None = None

    def compose(self) -> ComposeResult:
        yield Pane(self._rows, can_focus=True, id="stability-rows")
        yield KeyBar(self.name_in_table)

    def on_mount(self) -> None:
        self._pane.focus()

    @property
    def _pane(self) -> Pane:
        return self.query_one("#stability-rows", Pane)

    def show_session(self) -> None:
        start(self, "stability", self._work_out)

    async def _work_out(self) -> None:
        from prioritizer.workshop.views.swings import stability_view

        snapshot, evaluation = await asyncio.to_thread(one_moment, self.workshop)
        view = await asyncio.to_thread(
            stability_view, snapshot, evaluation, snapshot.top, private=self.prioritizer.private_screen
        )
        self._read, self._bars = (snapshot, evaluation, view), None
        await self._work_out_bars()

    async def _work_out_bars(self) -> None:
        from prioritizer.workshop.views.swings import swing_bars

        if self._read is None:
            return
        snapshot, evaluation, _ = self._read
        chosen = self._chosen(evaluation)
        if chosen is not None:
            self._bars = chosen, await asyncio.to_thread(swing_bars, snapshot, evaluation, chosen)
        self._pane.remake(top=False)

    def _chosen(self, evaluation: Evaluation) -> str | None:
        """The use case of the tornado: the one under the cursor, else the first."""
        ids = self._order(evaluation)
        wanted = self.prioritizer.place.get("use_case", "")
        return wanted if wanted in ids else next(iter(ids), None)

    @staticmethod
    def _order(evaluation: Evaluation) -> list[str]:
        return [evaluation.inputs.ids[row] for row in evaluation.order.tolist()]

    def _rows(self, width: int, height: int) -> Sequence[Row]:
        if self._read is None:
            return [[(" Working it out …", "muted")]]
        snapshot, evaluation, view = self._read
        if view is None:
            return [[(" There is nothing to rank yet.", "strong")]]
        head: Row = [(" One thing at a time ", "strong")]
        if self.prioritizer.private_screen:
            head += [("  ", ""), (" private screen ", "loud")]
        rows = [head, *sr.weight_rows(view, width), []]
        if self._bars is not None:
            use_case, bars = snapshot.use_cases[self._bars[0]], self._bars[1]
            now = float(evaluation.columns.readiness[evaluation.row_of[use_case.id]])
            rows += [*sr.tornado_rows(f"{use_case.number:02d} {use_case.title}", now, bars, width), []]
        return [*rows, *sr.rest_rows(view, width)]

    def screen_text(self) -> str:
        return self._pane.text()

    def do_stability_back(self) -> None:
        self.dismiss(None)

    def do_stability_sure(self) -> None:
        from prioritizer.tui.screens.sure import SureScreen

        self.replace_with(SureScreen())

    def do_stability_next(self) -> None:
        self._turn(1)

    def do_stability_previous(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        if self._read is None:
            return
        ids, here = self._order(self._read[1]), self._chosen(self._read[1])
        if here is None:
            return
        self.prioritizer.place["use_case"] = ids[(ids.index(here) + by) % len(ids)]
        start(self, "tornado", self._work_out_bars)
