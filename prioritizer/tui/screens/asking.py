"""What Gate and Rate share: use cases against questions, and answers that never wait for the disk.

A key paints its cell as pending and sends its command; the writer thread keeps the order
in which keys were pressed. What has landed is shown once a burst, and the rules are
computed in a thread of their own afterwards.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.tui.screens.base import StageScreen
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.tui.widgets.stagebar import StageBar
from prioritizer.workshop.views.rating import matches

if TYPE_CHECKING:
    from prioritizer.model.session import Snapshot, UseCase
    from prioritizer.scoring.evaluate import Evaluation
    from prioritizer.workshop.commands.base import Command
    from prioritizer.workshop.service import Done

Cell = tuple[str, str]
"""(use case, criterion or gate)."""

NOTHING = "x"
"""Stands in a cell whose level is on its way out."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A change on its way to the disk."""

    future: Future[Done]
    cell: Cell | None
    verb: str
    """"undid" or "did again"; "" for a command."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The rules applied to one moment of the session."""

    snapshot: Snapshot
    evaluation: Evaluation


class AskingScreen(StageScreen):
    """Use cases against questions, one cell under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Snapshot | None = None
        """The session as it is on the screen."""
        self.cases: list[UseCase] = []
        """The use cases that the filter leaves, as they are now."""
        self.reckoned: Reckoned | None = None
        self._words: list[str] = []
        self._live = 0
        self._sent: deque[_Sent] = deque()
        self._landing = False
        self._pending: dict[Cell, tuple[str, int]] = {}
        self._settled: set[str] = set()
        """Use cases whose pending cells have landed: they are drawn again although nothing may have changed."""
        self._reckoning = False
        self._stale = False
        self._given: Cell | None = None
        self._moved_to: Cell | None = None
        """Where the cursor went by itself from the answer given last."""

    # What a stage says about itself

    def show_changes(self, changed: Sequence[str] | None) -> None:
        """Shows the session after these use cases changed; none means: anything may have."""
        raise NotImplementedError

    def show_reckoned(self) -> None:
        """Shows what follows from the rules, now that it is known."""

    def go_to_change(self, before: UseCase, after: UseCase) -> None:
        """Puts the cursor on what an undo or a redo changed."""

    @property
    def spot(self) -> Cell | None:
        """The cell under the cursor."""
        raise NotImplementedError

    def redraw_spot(self, spot: Cell) -> None:
        """Draws the row of a cell again."""
        raise NotImplementedError

    # The answer given last: what is said right after it is about it, not about the next cell

    @property
    def given(self) -> Cell | None:
        """The answer given last, as long as the cursor has only moved on from it by itself."""
        return self._given if self._given is not None and self.spot == self._moved_to else None

    def give(self, spot: Cell) -> None:
        """Remembers an answer as the one given last; the cursor has moved on from it."""
        self.leave()
        self._given, self._moved_to = spot, self.spot
        self.redraw_spot(spot)

    def leave(self) -> bool:
        """Forgets which answer was given last; whether there was one."""
        left, self._given = self._given, None
        if left is not None:
            self.redraw_spot(left)
        return left is not None

    def leave_if_moved(self) -> bool:
        """After the cursor has moved: was it more than moving on?"""
        return self._given is not None and self.spot != self._moved_to and self.leave()

    # Sending

    def send(self, command: Command, cell: Cell | None = None, words: str = "") -> None:
        """Hands a command to the writer and goes on; ``words`` stand in its cell until it is durable."""
        self.query_one("#stage-bar", StageBar).saving()
        if cell is not None:
            on_the_way = self._pending.get(cell, ("", 0))[1]
            self._pending[cell] = (words, on_the_way + 1)
        self._follow(_Sent(self.workshop.submit(command), cell, ""))

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

    async def do_app_undo(self) -> None:
        self._follow(_Sent(self.workshop.submit_undo(), None, "undid"))

    async def do_app_redo(self) -> None:
        self._follow(_Sent(self.workshop.submit_redo(), None, "did again"))

    def _follow(self, sent: _Sent) -> None:
        self._sent.append(sent)
        if not self._landing:
            self._landing = True
            # The app's worker, not the screen's: a refusal is told although the stage was left.
            self.app.run_worker(self._land(), group="landing", exit_on_error=False)

    async def _land(self) -> None:
        try:
            while self._sent:
                told: list[tuple[str, Done]] = []
                failed: list[Exception] = []
                first = asyncio.wrap_future(self._sent[0].future)
                await asyncio.wait([first])
                first.exception()  # looked at, so that nobody complains that nobody did
                # A burst lands together and is shown once.
                while self._sent and self._sent[0].future.done():
                    self._landed(self._sent.popleft(), told, failed)
                self._show_landed(told)
                for error in failed:
                    if isinstance(error, PrioritizerError):
                        self.prioritizer.problem(error)
                    else:
                        self.prioritizer.mishap(error, "command")
        finally:
            self._landing = False

    def _landed(self, sent: _Sent, told: list[tuple[str, Done]], failed: list[Exception]) -> None:
        if sent.cell is not None:
            self._settled.add(sent.cell[0])
            words, on_the_way = self._pending.get(sent.cell, ("", 1))
            if on_the_way > 1:
                self._pending[sent.cell] = (words, on_the_way - 1)
            else:
                self._pending.pop(sent.cell, None)
        error = sent.future.exception()
        if isinstance(error, Exception):
            failed.append(error)
        elif sent.verb:
            told.append((sent.verb, sent.future.result()))

    def _show_landed(self, told: list[tuple[str, Done]]) -> None:
        before = self.seen
        self.session_changed()
        if not told:
            return
        verb, done = told[-1]
        extra = f" ({done.skipped} later changes kept)" if done.skipped else ""
        many = f" {len(told)} changes, last" if len(told) > 1 else ""
        if done.words:
            self.prioritizer.say(f"{verb}{many}: {done.words}{extra}")
        if before is not None and self.seen is not None and self.is_attached:
            changed = _changed(before, self.seen)
            if changed is not None and len(changed) == 1:
                old, new = before.use_cases.get(changed[0]), self.seen.use_cases[changed[0]]
                if old is not None:
                    self.go_to_change(old, new)

    # Showing

    def show_bar(self, saved: str = "saved") -> None:
        super().show_bar("saving" if self._sent else saved)

    def show_session(self) -> None:
        before, after = self.seen, self.workshop.snapshot
        self.seen = after
        changed = None if before is None else _changed(before, after)
        if before is not None and changed is not None and not _relisted(before, after, changed):
            self.cases = [after.use_cases[u.id] for u in self.cases]
        else:
            changed = None
            self._list_cases()
        if changed is not None:
            changed = [*changed, *(id_ for id_ in self._settled if id_ not in changed)]
        self._settled.clear()
        self.show_changes(changed)
        if not self._sent:
            self.reckon()

    def _list_cases(self) -> None:
        assert self.seen is not None
        live = list(self.seen.live())
        self._live = len(live)
        self.cases = [u for u in live if matches(u, self._words)] if self._words else live
        if self._words:
            self.query_one(FilterLine).count(len(self.cases), self._live)

    @property
    def empty_words(self) -> str:
        """What an empty list says: which key to press."""
        if self._words and self._live:
            return "  Nothing has these words.  esc shows all again."
        return "  No use cases yet.  alt+2 goes to Collect, where they are typed in."

    # The rules, off the event loop

    def reckon(self) -> None:
        """Has the rules applied in a thread; bursts collapse."""
        self._stale = True
        if not self._reckoning:
            self._reckoning = True
            self.run_worker(self._reckon(), group="reckon", exit_on_error=False)

    async def _reckon(self) -> None:
        try:
            while self._stale:
                self._stale = False
                found = await asyncio.to_thread(self._evaluate)
                if found is not None and self.is_attached:
                    self.reckoned = found
                    self.show_reckoned()
        except Exception as error:  # the questions can be answered without the rules
            self.prioritizer.mishap(error, "evaluate")
        finally:
            self._reckoning = False

    def _evaluate(self) -> Reckoned | None:
        workshop = self.prioritizer._workshop
        while workshop is not None:  # a commit in between would mix two moments
            snapshot, evaluation = workshop.snapshot, workshop.evaluation
            if workshop.snapshot is snapshot:
                return Reckoned(snapshot, evaluation)
        return None

    # The filter

    def open_filter(self) -> None:
        """Shows the filter and types into it."""
        self.query_one(FilterLine).open()
        self.lay_out()

    def close_filter(self) -> None:
        """Shows all again."""
        if self.query_one(FilterLine).clear():
            self.lay_out()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        event.stop()
        self._words = event.line.words
        self._list_cases()
        self.show_changes(None)

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        event.stop()
        self.query_one(RowList).focus()
        self.lay_out()

    def lay_out(self) -> None:
        """Gives each part its height."""


def _changed(before: Snapshot, after: Snapshot) -> list[str] | None:
    """Use cases that differ; none if anything else does."""
    same_frame = (
        before.preset is after.preset
        and before.asked == after.asked
        and before.participants == after.participants
        and len(before.use_cases) == len(after.use_cases)
    )
    if not same_frame:
        return None
    old = before.use_cases
    return [id_ for id_, u in after.use_cases.items() if old.get(id_) is not u]


def _relisted(before: Snapshot, after: Snapshot, changed: Sequence[str]) -> bool:
    """Whether a change may bring rows, take some, or name them otherwise."""

    def named(u: UseCase | None) -> object:
        return u and (u.live, u.number, u.title, u.task, u.tags)

    return any(named(before.use_cases.get(id_)) != named(after.use_cases[id_]) for id_ in changed)
