"""What the screens of the talk share: which contested cell comes next, worked out off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from prioritizer.tui.background import start
from prioritizer.tui.screens import room_pages as pages
from prioritizer.tui.screens.asking import AskingScreen
from prioritizer.tui.screens.queue_rows import head_words
from prioritizer.tui.screens.rank_reading import one_moment

if TYPE_CHECKING:  # they bring numpy, which comes after the first paint
    from prioritizer.workshop.service import Workshop
    from prioritizer.workshop.views.queue import QueueView, Rates


class TalkingScreen(AskingScreen):
    """A stage that knows the contested queue."""

    def __init__(self) -> None:
        super().__init__()
        self.queue: QueueView | None = None
        """As it was worked out last."""
        self._askings = count(1)
        self._asking = 0
        self._rates: Rates | None = None

    def show_queue(self) -> None:
        """Shows the queue, now that it is known."""

    def show_reckoned(self) -> None:
        self.find_queue()

    def find_queue(self) -> None:
        """Has the queue worked out; the newest request wins."""
        self._asking = next(self._askings)
        start(self, "queue", self._find, self._asking)

    async def _find(self, turn: int) -> None:
        """Shows the order by what is known at once, then by what the draws say of this very moment."""
        await self.queue_now()
        if not self._is_shown:
            return
        self.show_queue()
        if await asyncio.to_thread(newer_effects, self.workshop, lambda: self._asking == turn):
            await self.queue_now()
            if self._is_shown:
                self.show_queue()

    @property
    def _is_shown(self) -> bool:
        """Not left while something was worked out: one that was is attached a moment longer than its parts."""
        return self.is_attached and self in self.app.screen_stack

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
            self.prioritizer.say(head_words(view))
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


def newer_effects(workshop: Workshop, going_on: Callable[[], bool] = lambda: True) -> bool:
    """Works out what settling each cell is expected to change; whether that is news."""
    snapshot, evaluation = one_moment(workshop)
    if workshop.effects.fresh(snapshot):
        return False
    workshop.effects.find(snapshot, evaluation, going_on)
    return workshop.effects.fresh(snapshot)


def _work_out(workshop: Workshop, rates: Rates | None) -> tuple[QueueView, Rates]:
    from prioritizer.workshop.views.queue import pace_of, queue_view, talk_minutes

    rates = rates if rates is not None else pace_of(workshop.happenings())
    snapshot, evaluation = one_moment(workshop)
    left = talk_minutes(snapshot, workshop.now())
    # Those of the moment before order it until the new ones are there: no key waits for them.
    known = workshop.effects.latest()
    return queue_view(snapshot, evaluation, minutes_left=left, rates=rates, effects=known), rates
