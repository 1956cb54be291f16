"""Random lives of a session: whatever is done, what is shown equals what is in the file."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from prioritizer.model.session import Snapshot
from prioritizer.model.tables import VOID, Scalar, Write
from prioritizer.store import Store, Undone
from prioritizer.store.checking import state_cells
from prioritizer.store.connection import connect
from prioritizer.store.links import Circle
from prioritizer.store.state import Cell
from tests.store.edits import EDITS, NAMES
from tests.store.support import Frozen, create, same


def visible(path: Path) -> dict[Cell, Scalar]:
    """Every cell in which something stands."""
    with closing(connect(path, "ro")) as conn:
        return {cell: value for cell, (value, _) in state_cells(conn).items() if value is not None}


class Life(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "life.sqlite"
        self.clock = Frozen()
        self.store = create(self.path, Write("session", (), "title", "T"), clock=self.clock)
        self.snapshot: Snapshot = self.store.load()
        self.at_creation = visible(self.path)
        # What undo and redo have to lead back to, each with its label.
        self.before: list[tuple[str, dict[Cell, Scalar]]] = []
        self.after: list[tuple[str, dict[Cell, Scalar]]] = []
        self.count = 0

    @rule(writes=EDITS, join=st.booleans(), seconds=st.integers(-5, 5))
    def edit(self, writes: list[Write], join: bool, seconds: int) -> None:
        self.clock.forward(seconds)
        before = visible(self.path)
        self.count += 1
        try:
            done = self.store.commit("edit", writes, names=NAMES, label=str(self.count), join=join)
        except Circle:
            assert visible(self.path) == before
            return
        if done is None:
            assert visible(self.path) == before
            return
        joined = done.group != done.seq
        if joined:
            assert join
            self.before[-1] = (str(self.count), self.before[-1][1])
        else:
            self.before.append((str(self.count), before))
        self.after.clear()
        self.snapshot = self.store.advance(self.snapshot, done, NAMES)

    @rule()
    def undo(self) -> None:
        now = visible(self.path)
        done = self.store.undo()
        assert (done is None) == (not self.before)
        if done is not None:
            label, wanted = self.before.pop()
            self._follow(done, label, wanted)
            self.after.append((label, now))

    @rule()
    def redo(self) -> None:
        now = visible(self.path)
        done = self.store.redo()
        assert (done is None) == (not self.after)
        if done is not None:
            label, wanted = self.after.pop()
            self._follow(done, label, wanted)
            self.before.append((label, now))

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.path, clock=self.clock)

    @rule(text=st.text("ab", max_size=2))
    def draft(self, text: str) -> None:
        self.store.draft_set("here", text)
        assert self.store.draft_get("here") == text

    @precondition(lambda self: hasattr(self, "store"))
    @invariant()
    def shown_is_stored(self) -> None:
        assert same(self.store.load(), self.snapshot)
        assert self.store.check() == []
        top = self.store.next_undo()
        assert (top.label if top else None) == (self.before[-1][0] if self.before else None)
        top = self.store.next_redo()
        assert (top.label if top else None) == (self.after[-1][0] if self.after else None)

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        at_end, undone = visible(self.path), 0
        while done := self.store.undo():
            undone += 1
            assert done.skipped == ()
        assert visible(self.path) == self.at_creation
        for _ in range(undone):
            assert self.store.redo()
        assert visible(self.path) == at_end
        assert self.store.check() == []
        self.store.close()
        self.folder.cleanup()

    def _follow(self, done: Undone, label: str, wanted: dict[Cell, Scalar]) -> None:
        assert (done.kind, done.label, done.skipped) == ("edit", label, ())
        self.snapshot = self.store.advance(self.snapshot, done.committed)
        # What the room has seen stays seen: there, and only there, undo leaves another value.
        there = visible(self.path)
        for cell in wanted.keys() | there.keys():
            if cell[0] == "round" and cell[2] == "status":
                assert there.get(cell) in (wanted.get(cell), "void", None)
            elif cell[0] == "weighting" and cell[2] == "revealed":
                assert there.get(cell) in (wanted.get(cell), VOID, None)
            else:
                assert there.get(cell) == wanted.get(cell)


_PROFILE = settings.get_current_profile_name()
Life.TestCase.settings = settings(max_examples=400 if _PROFILE == "long" else 25, stateful_step_count=25)
TestLife = Life.TestCase
