"""Weights: by the room in several ways, or by each participant unseen; then mean and spread."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container

from prioritizer.charts.segments import Row, rows_text
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.background import start
from prioritizer.tui.screens import weights_rows as wr
from prioritizer.tui.screens.above import AboveScreen
from prioritizer.tui.screens.weights_forms import person_form, reason_form, room_form
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.workshop.commands.weights import SetWeights
    from prioritizer.workshop.views.weights import PersonRow, WeightRow, WeightsView

_DIMENSIONS, _PEOPLE, _GAP = f"{HEADING}dimensions", f"{HEADING}people", f"{HEADING}gap"


class WeightsScreen(AboveScreen):
    """How much each dimension counts."""

    name_in_table = "weights"
    purpose = (
        "How much each dimension counts. Agree on it before anything is rated: swing is the usual way, and the "
        "sentence to say stands here. Each participant may weigh unseen instead ({weights.person} on a name); after the reveal the "
        "mean can be taken, and how far people differ goes into “how sure”. Later a change needs a reason."
    )
    BINDINGS = bindings_for("weights")
    CSS_PATH = "weights.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._view: WeightsView | None = None
        self._rows: dict[str, WeightRow | PersonRow] = {}
        self._method = "swing"

    def compose(self) -> ComposeResult:
        yield Pane(
            lambda width, height: [[(" How much each dimension counts", "strong")]],
            id="weights-head",
            classes="raised",
        )
        with Container(id="weights-body"):
            yield RowList(self._draw, id="weights-list", empty="  …")
            yield Pane(self._panel, id="weights-panel", classes="panel")
        yield KeyBar(self.name_in_table)

    def on_mount(self) -> None:
        self._list.focus()

    @property
    def _list(self) -> RowList:
        return self.query_one("#weights-list", RowList)

    # Showing

    def show_session(self) -> None:
        start(self, "weights", self._read)

    async def _read(self) -> None:
        from prioritizer.workshop.views.weights import weights_view

        view = await asyncio.to_thread(weights_view, self.workshop.snapshot)
        self._view = view
        self._rows = {f"w:{row.id}": row for row in view.rows} | {f"p:{p.id}": p for p in view.people}
        keys = [_DIMENSIONS, *(f"w:{row.id}" for row in view.rows), _GAP, _PEOPLE]
        keys += [f"p:{p.id}" for p in view.people]
        rows = self._list
        rows.show_rows(keys)
        self.query_one("#weights-panel", Pane).remake()

    def _draw(self, key: str, look: Look) -> Text:
        return segments(self.app, self._row(key, look.width))

    def _row(self, key: str, width: int) -> Row:
        if self._view is None or key == _GAP:
            return []
        if key == _DIMENSIONS:
            return [(" In force", "accent")]
        if key == _PEOPLE:
            return [(f" {wr.people_heading(self._view)}", "accent")]
        line = self._rows[key]
        return wr.dimension(line, width) if key.startswith("w:") else wr.person(line, width)  # type: ignore[arg-type]  # as the key says

    def _panel(self, width: int, height: int) -> Sequence[Row]:
        if self._view is None:
            return []
        from prioritizer.workshop.views.weights import method_title, sentence_to_say

        return wr.panel(self._view, method_title(self._method), sentence_to_say(self._method), width)

    def screen_text(self) -> str:
        rows = [self._row(key, 100) for key in self._list.keys]
        return rows_text([*rows, [], *self._panel(100, 20)])

    # What happens

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.call_later(self.action_run, "weights.person" if event.key.startswith("p:") else "weights.swing")

    def why_not(self, action_id: str) -> str | None:
        view = self._view
        if view is None:
            return "One moment, the weights are being read."
        if action_id == "weights.person":
            if not (self._list.key or "").startswith("p:"):
                return hint(
                    "Put the cursor on somebody first; {weights.person} then lets that person weigh, unseen."
                )
            if view.revealed:
                return hint(
                    "The weights are revealed; {weights.clear} clears them, so that everybody can weigh again."
                )
        if action_id == "weights.reveal" and (view.revealed or not any(p.given for p in view.people)):
            return (
                "They are revealed already."
                if view.revealed
                else hint("Nobody has weighed yet: {weights.person} on a name.")
            )
        if action_id == "weights.adopt":
            if view.group is None:
                return hint(
                    "There is no mean yet: everybody weighs with {weights.person}, then {weights.reveal} reveals."
                )
            if view.adopted:
                return "The mean is in force already."
        if action_id == "weights.clear" and not any(p.given or p.void for p in view.people):
            return "Nobody has weighed yet, so there is nothing to clear."
        if action_id == "weights.preset" and self.workshop.snapshot.weights is None:
            return "The weights are the preset's already."
        return None

    def do_weights_swing(self) -> None:
        self._room("swing")

    def do_weights_ranking(self) -> None:
        self._room("sum-reciprocal")

    def do_weights_points(self) -> None:
        self._room("points")

    def do_weights_pairwise(self) -> None:
        self._room("pairwise")

    def do_weights_direct(self) -> None:
        self._room("direct")

    def _room(self, method: str) -> None:
        self._method = method
        self.query_one("#weights-panel", Pane).remake()
        self.ask(room_form(self.workshop.snapshot, method))

    def do_weights_method(self) -> None:
        from prioritizer.workshop.weighing import METHODS

        ways = [m for m in METHODS if m != "direct"]
        self._method = ways[(ways.index(self._method) + 1) % len(ways) if self._method in ways else 0]
        self.query_one("#weights-panel", Pane).remake()

    def do_weights_person(self) -> None:
        method = "swing" if self._method == "direct" else self._method
        self.ask(person_form(self.workshop.snapshot, (self._list.key or "")[2:], method))

    async def do_weights_reveal(self) -> None:
        from prioritizer.workshop.commands.weights import RevealWeights

        await self.carry_out(RevealWeights())

    async def do_weights_clear(self) -> None:
        from prioritizer.workshop.commands.weights import ClearWeights

        await self.carry_out(ClearWeights(), say=True)

    async def do_weights_adopt(self) -> None:
        from prioritizer.workshop.commands.weights import SetWeights

        group = self._view.group if self._view is not None else None
        if group is not None:
            change = SetWeights(group.weights, group.how, concentration=group.concentration)
            await self._change("Take the mean", change)

    async def do_weights_preset(self) -> None:
        from prioritizer.workshop.commands.weights import SetWeights

        await self._change("Back to the preset's weights", SetWeights(None))

    async def _change(self, title: str, change: SetWeights) -> None:
        if self._view is not None and self._view.rated:
            self.ask(reason_form(self.workshop.snapshot, title, replace(change)))
        else:
            await self.carry_out(change, say=True)

    def do_weights_back(self) -> None:
        self.dismiss(None)
