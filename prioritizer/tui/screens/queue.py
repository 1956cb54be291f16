"""What next: the contested cells in the order in which talking about them may change the result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult

from prioritizer.text.width import wrap
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.screens import reveal_forms as forms
from prioritizer.tui.screens import room_pages as pages
from prioritizer.tui.screens.ballot_board import PRACTICE
from prioritizer.tui.screens.form import Ask
from prioritizer.tui.screens.queue_rows import head_words, item_row, why_rows
from prioritizer.tui.screens.sending import Cell
from prioritizer.tui.screens.talking import TalkingScreen
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.painted import Drawing, Painted
from prioritizer.tui.widgets.rowlist import HEADING, TOGETHER, Look, RowList
from prioritizer.workshop.commands.settle import DEADLOCK_TITLES, ApplyDeadlock
from prioritizer.workshop.views.rating import Ladder, ladders

if TYPE_CHECKING:
    from prioritizer.model.session import UseCase
    from prioritizer.workshop.views.queue import QueueItem

_SKIPPED = f"{HEADING}skipped"
_NOTHING_THERE = "No contested cell is under the cursor."


class QueueScreen(TalkingScreen):
    """The queue, with the time that is left for it."""

    CSS_PATH = "queue.tcss"
    name_in_table = "queue"
    stage = "rate"
    purpose = (
        "What to talk about next: a practice item first, then the cells of which one level more or less would change a "
        "lane or the first few, then the others. In each of the two those come first that decide most often who is on the "
        "shortlist, over draws of everything that is not certain, then those on which people are furthest apart. What there is no time for keeps its room value."
    )
    BINDINGS = bindings_for("queue")

    def compose_body(self) -> ComposeResult:
        yield Painted(self._draw_head, id="queue-head", classes="raised")
        yield FilterLine(id="queue-filter")
        yield RowList(self._draw_row, id="queue-list", empty="  …", widest=TOGETHER)
        yield Painted(self._draw_why, id="queue-why", classes="raised")

    def on_mount(self) -> None:
        self.rows.focus()

    def minute_over(self) -> None:
        super().minute_over()
        self.find_queue()

    @property
    def rows(self) -> RowList:
        return self.query_one("#queue-list", RowList)

    @property
    def item(self) -> QueueItem | None:
        """The cell under the cursor."""
        key = self.rows.key
        items = self.queue.items if self.queue is not None else ()
        return next((x for x in items if _key(x) == key), None)

    def why_not(self, action_id: str) -> str | None:
        if action_id in ("queue.park", "queue.rule") and self.item is None:
            return _NOTHING_THERE
        if action_id == "queue.open" and self.rows.key is None:
            return _NOTHING_THERE
        if action_id == "queue.practised" and PRACTICE not in self.rows.keys:
            return "There is no practice item in the queue any more."
        return None

    # Showing

    def show_changes(self, changed: Sequence[str] | None) -> None:
        self.show_queue()

    def redraw_spot(self, spot: Cell) -> None:
        self.rows.redraw()

    def show_queue(self) -> None:
        view, rows = self.queue, self.rows
        if view is None:
            return
        fits = view.talk.fits
        keys = [PRACTICE] if view.practice is not None else []
        keys += [_key(x) for x in view.items[:fits]]
        if view.skipped:
            keys += [_SKIPPED, *(_key(x) for x in view.skipped)]
        why = (
            "Nothing is contested: every revealed cell is agreed, settled or parked."
            if view.begun
            else "There is nothing to talk about yet."
        )
        rows.empty_text = hint(
            f"  {why}\n  {{queue.back}} goes back to Rate, {{app.next-stage}} goes on to Rank."
        )
        rows.show_rows(keys, first_stays=True)
        self._repaint()

    def _repaint(self) -> None:
        self.query_one("#queue-head", Painted).repaint()
        self.query_one("#queue-why", Painted).repaint()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._repaint()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.call_later(self.action_run, "queue.open")

    # Actions

    async def do_queue_open(self) -> None:
        if self.rows.key == PRACTICE:
            await self._to_practice()
            return
        item = self.item
        assert item is not None
        await self.open_cell(item.use_case, item.criterion)

    async def do_queue_next(self) -> None:
        await self.go_to_next()

    def do_queue_park(self) -> None:
        found = self._cell()
        if found is not None:
            self._ask(forms.park_form(*found, self._today()))

    def do_queue_rule(self) -> None:
        found = self._cell()
        if found is None or self.seen is None:
            return
        rule = self.seen.deadlock
        if rule == "park":
            self._ask(forms.park_form(*found, self._today(), rule=True))
        elif rule == "decider" and self.seen.decider:
            self._ask(forms.decider_form(self.seen, *found))
        else:
            self.send(ApplyDeadlock(found[0].id, found[1].criterion.id))
            self.prioritizer.say(f"By the rule agreed at the start: {DEADLOCK_TITLES[rule]}.")

    def _today(self) -> dt.date:
        return self.workshop.now().astimezone().date()

    def _cell(self) -> tuple[UseCase, Ladder] | None:
        item = self.item
        if item is None or self.seen is None:
            return None
        ladder = next((x for x in ladders(self.seen) if x.criterion.id == item.criterion), None)
        return None if ladder is None else (self.seen.use_cases[item.use_case], ladder)

    def _ask(self, ask: Ask) -> None:
        def answered(values: dict[str, str] | None) -> None:
            if values is not None:
                self.send(ask.command(values))

        self.app.push_screen(ask.form(), answered)

    def do_queue_practised(self) -> None:
        self.prioritizer.place[pages.PRACTISED] = "yes"
        self.find_queue()

    async def do_queue_back(self) -> None:
        await self.prioritizer.go_to("rate")

    # Drawing

    def _draw_head(self, width: int, height: int) -> Drawing:
        d = Drawing()
        d.line((" What next", "accent strong"))
        if self.queue is None:
            return d
        for line in wrap(head_words(self.queue), max(10, width - 2))[: height - 1]:
            d.line((f" {line}", "strong"))
        return d

    def _draw_row(self, key: str, look: Look) -> Text:
        view = self.queue
        if view is None:
            return Text("")
        if key == _SKIPPED:
            return segments(self.app, [("  no time for these: they keep the room value", "warn")])
        if key == PRACTICE and view.practice is not None:
            return segments(self.app, [("  ✎ ", "mark"), (view.practice.title, "mark")])
        place = next((i for i, x in enumerate(view.items) if _key(x) == key), None)
        if place is None:
            return Text("")
        skipped = place >= view.talk.fits
        return segments(self.app, item_row(view.items[place], place + 1, skipped, look.width))

    def _draw_why(self, width: int, height: int) -> Drawing:
        d = Drawing()
        view, item = self.queue, self.item
        if item is not None:
            for row in why_rows(item, width)[:height]:
                d.line(*row)
        elif view is not None and view.practice is not None and self.rows.key == PRACTICE:
            words = f"{view.practice.task} {view.practice.say} {key_of('queue.practised')}: the room does without."
            for line in wrap(words, max(10, width - 2))[:height]:
                d.line((f" {line}", ""))
        return d


def _key(item: QueueItem) -> str:
    return f"{item.use_case}/{item.criterion}"
