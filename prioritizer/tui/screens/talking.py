"""What the screens of the talk share: which contested cell comes next, worked out off the event loop."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from prioritizer.tui.background import start
from prioritizer.tui.screens import room_pages as pages
from prioritizer.tui.screens.asking import AskingScreen

if TYPE_CHECKING:  # they bring numpy, which comes after the first paint
    from prioritizer.workshop.service import Workshop
    from prioritizer.workshop.views.queue import QueueView, Rates


class TalkingScreen(AskingScreen):
    """A stage that knows the contested queue."""

    def __init__(self) -> None:
        super().__init__()
        self.queue: QueueView | None = None
        """As it was worked out last."""
        self._rates: Rates | None = None

    def show_queue(self) -> None:
        """Shows the queue, now that it is known."""

    def show_reckoned(self) -> None:
        self.find_queue()

    def find_queue(self) -> None:
        """Has the queue worked out; the newest request wins."""
        start(self, "queue", self._find)

    async def _find(self) -> None:
        await self.queue_now()
        if self in self.app.screen_stack:  # one that was left is attached a moment longer than its parts
            self.show_queue()

    async def queue_now(self) -> QueueView:
        """The queue of this moment."""
        practised = pages.PRACTISED in self.prioritizer.place
        view, self._rates = await asyncio.to_thread(_work_out, self.workshop, self._rates)
        self.queue = replace(view, practice=None) if practised else view
        return self.queue

    async def go_to_next(self, use_case: str = "", criterion: str = "") -> None:
        """Opens what comes after a cell: the practice item, or the next contested cell."""
        await self.landed()
        view = await self.queue_now()
        if view.practice is not None:
            await self._to_practice()
            return
        item = view.after(use_case, criterion)
        if item is None:
            self.prioritizer.say(view.talk.words())
            self.show_queue()
            return
        await self.open_cell(item.use_case, item.criterion)

    async def open_cell(self, use_case: str, criterion: str) -> None:
        """Shows the reveal of a cell."""
        from prioritizer.tui.screens.reveal import RevealScreen

        pages.remember(self.prioritizer, use_case, criterion)
        await self.prioritizer.show_screen(RevealScreen())

    async def _to_practice(self) -> None:
        from prioritizer.tui.screens.ballot import BallotScreen

        await self.prioritizer.show_screen(BallotScreen())


def _work_out(workshop: Workshop, rates: Rates | None) -> tuple[QueueView, Rates]:
    from prioritizer.workshop.views.queue import pace_of, queue_view, talk_minutes

    rates = rates if rates is not None else pace_of(workshop.happenings())
    snapshot, evaluation = workshop.snapshot, workshop.evaluation
    while workshop.snapshot is not snapshot:  # a commit in between would mix two moments
        snapshot, evaluation = workshop.snapshot, workshop.evaluation
    left = talk_minutes(snapshot, workshop.now())
    return queue_view(snapshot, evaluation, minutes_left=left, rates=rates), rates
