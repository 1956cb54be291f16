"""What Gate and Rate share: use cases against questions, one cell under the cursor.

The rules are computed in a thread of their own, after what was answered is on the screen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.tui.actions.hints import hint
from prioritizer.tui.background import start
from prioritizer.tui.screens.sending import Cell, SendingScreen
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.workshop.views.card import matches

if TYPE_CHECKING:
    from prioritizer.model.session import Snapshot, UseCase
    from prioritizer.workshop.service import Done
    from prioritizer.workshop.views.standing import Evaluation


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The rules applied to one moment of the session."""

    snapshot: Snapshot
    evaluation: Evaluation


class AskingScreen(SendingScreen):
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
        self._reckoning = False
        self._stale = False
        self._given: Cell | None = None
        self._moves = -1
        """Moves of the cursor up to the answer given last, and on from it."""

    # What a stage says about itself

    def show_changes(self, changed: Sequence[str] | None) -> None:
        """Shows the session after these use cases changed; none means: anything may have."""
        raise NotImplementedError

    def show_reckoned(self) -> None:
        """Shows what follows from the rules, now that it is known."""

    def go_to_change(self, before: UseCase, after: UseCase) -> None:
        """Puts the cursor on what an undo or a redo changed."""

    @property
    def rows(self) -> RowList:
        """The list."""
        raise NotImplementedError

    def redraw_spot(self, spot: Cell) -> None:
        """Draws the row of a cell again."""
        raise NotImplementedError

    # The answer given last: what is said right after it is about it, not about the next cell

    @property
    def given(self) -> Cell | None:
        """The answer given last, as long as the cursor has only moved on from it by itself."""
        return self._given if self.rows.moves == self._moves else None

    def give(self, spot: Cell) -> None:
        """Remembers an answer as the one given last; the cursor has moved on from it."""
        self.leave()
        self._given, self._moves = spot, self.rows.moves
        self.redraw_spot(spot)

    def leave(self) -> bool:
        """Forgets which answer was given last; whether there was one."""
        left, self._given = self._given, None
        if left is not None:
            self.redraw_spot(left)
        return left is not None

    def leave_if_moved(self) -> bool:
        """After the cursor has moved: was it more than moving on?"""
        return self.given is None and self.leave()

    # Showing

    def show_landed(self, told: list[tuple[str, Done]]) -> None:
        before = self.seen
        super().show_landed(told)
        if not told or before is None or self.seen is None or not self.is_attached:
            return
        changed = _changed(before, self.seen)
        if changed is not None and len(changed) == 1:
            old, new = before.use_cases.get(changed[0]), self.seen.use_cases[changed[0]]
            if old is not None:
                self.go_to_change(old, new)

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
            changed = [*changed, *self.settled.difference(changed)]
        self.settled.clear()
        self.show_changes(changed)
        if not self.is_sending:
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
        return hint("  No use cases yet.  {app.collect} goes to Collect, where they are typed in.")

    # The rules, off the event loop

    def reckon(self) -> None:
        """Has the rules applied in a thread; bursts collapse."""
        self._stale = True
        if not self._reckoning:
            self._reckoning = True
            start(self, "reckon", self._reckon)

    async def _reckon(self) -> None:
        try:
            while self._stale:
                self._stale = False
                found = await asyncio.to_thread(self._evaluate)
                if found is not None and self.is_attached:
                    self.reckoned = found
                    self.show_reckoned()
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
        self.rows.focus()
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
