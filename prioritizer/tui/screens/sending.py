"""Sending changes without waiting for the disk.

A key paints its cell as pending and hands its command to the writer thread, which keeps the
order in which keys were pressed. What has landed is shown once a burst.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.tui.screens.base import StageScreen
from prioritizer.tui.screens.stage_core import way_back

if TYPE_CHECKING:
    from textual.worker import WorkType

    from prioritizer.workshop.commands.base import Command
    from prioritizer.workshop.service import Done

Cell = tuple[str, str]
"""(use case, criterion or gate)."""

NOTHING = "x"
"""Stands in a cell whose level is on its way out."""

PATIENCE = 2.0
"""Seconds that a dialog waits for what was answered just before it; a disk may be slower than that."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A change on its way to the disk."""

    future: Future[Done]
    cells: Collection[Cell]
    verb: str
    """"undid" or "did again"; "" for a command."""


class SendingScreen(StageScreen):
    """A stage whose changes are on the screen before they are on the disk."""

    def __init__(self) -> None:
        super().__init__()
        self._sent: deque[_Sent] = deque()
        self._landing = False
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._pending: dict[Cell, tuple[str, int]] = {}
        """What was put into a cell, and how many changes of it are on the way."""
        self.settled: set[str] = set()
        """Use cases whose pending cells have landed: they are drawn again although nothing may have changed."""

    def send(self, command: Command, shown: Mapping[Cell, str] | None = None) -> None:
        """Hands a command to the writer and goes on.

        Args:
            command: What to do.
            shown: Words that stand in the cells that it fills, until it is durable.
        """
        self.show_saving()
        shown = shown or {}
        for cell, words in shown.items():
            self._pending[cell] = (words, self._pending.get(cell, ("", 0))[1] + 1)
        self._follow(_Sent(self.workshop.submit(command), tuple(shown), ""))

    def pending(self, cell: Cell) -> str | None:
        """What was put into a cell and is not yet durable; none if all of it is."""
        found = self._pending.get(cell)
        return None if found is None else found[0]

    @property
    def on_the_way(self) -> set[Cell]:
        """Cells into which something was put that is not yet durable."""
        return {cell for cell, (words, _) in self._pending.items() if words not in ("", NOTHING)}

    @property
    def is_sending(self) -> bool:
        """Whether something is on its way to the disk."""
        return bool(self._sent)

    async def landed(self) -> None:
        """Waits for what was sent just now: a dialog speaks of what stands in a cell, and undo moves the cursor.

        Keys that come meanwhile wait too: they are for what comes then.
        """
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._quiet.wait(), PATIENCE)

    async def do_app_undo(self) -> None:
        await self._walk(self.workshop.submit_undo, "undid")

    async def do_app_redo(self) -> None:
        await self._walk(self.workshop.submit_redo, "did again")

    async def _walk(self, submit: Callable[[], Future[Done]], verb: str) -> None:
        # The cursor goes to what came back: that is seen only against what was there before,
        # and the next key means that cell.
        await self.landed()
        self._follow(_Sent(submit(), (), verb))
        await self.landed()

    def _follow(self, sent: _Sent) -> None:
        self._sent.append(sent)
        if not self._landing:
            self._landing = True
            self._quiet.clear()
            # The app's worker, not the screen's: a refusal is told although the stage was left.
            landing: WorkType[None] = self._land
            self.app.run_worker(landing, group="landing", exit_on_error=False)

    async def _land(self) -> None:
        try:
            while self._sent:
                first = asyncio.wrap_future(self._sent[0].future)
                await asyncio.wait([first])
                first.exception()  # looked at, so that nobody complains that nobody did
                told: list[tuple[str, Done]] = []
                failed: list[Exception] = []
                # A burst lands together and is shown once.
                while self._sent and self._sent[0].future.done():
                    self._landed(self._sent.popleft(), told, failed)
                try:
                    self.show_landed(told)
                except Exception as error:  # what comes after it has to land all the same
                    failed.append(error)
                for each in failed:
                    if isinstance(each, PrioritizerError):
                        self.prioritizer.problem(each)
                    else:
                        self.prioritizer.mishap(each, "command")
        finally:
            self._landing = False
            self._quiet.set()

    def _landed(self, sent: _Sent, told: list[tuple[str, Done]], failed: list[Exception]) -> None:
        for cell in sent.cells:
            self.settled.add(cell[0])
            words, on_the_way = self._pending.get(cell, ("", 1))
            if on_the_way > 1:
                self._pending[cell] = (words, on_the_way - 1)
            else:
                self._pending.pop(cell, None)
        error = sent.future.exception()
        if isinstance(error, Exception):
            failed.append(error)
        elif sent.verb:
            told.append((sent.verb, sent.future.result()))

    def show_landed(self, told: list[tuple[str, Done]]) -> None:
        """Shows the session with what has landed, and says what was undone or done again.

        Args:
            told: (verb, what was done) of each undo and redo among it.
        """
        self.session_changed()
        if told:
            verb, done = told[-1]
            extra = f" ({done.skipped} later changes kept)" if done.skipped else ""
            many = f" {len(told)} changes, last" if len(told) > 1 else ""
            if done.words:
                self.prioritizer.say(f"{verb}{many}: {done.words}{extra}{way_back(verb)}")

    def show_bar(self, saved: str = "saved") -> None:
        super().show_bar("saving" if self._sent else saved)
