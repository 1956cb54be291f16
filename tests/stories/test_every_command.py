"""Every command there is, by chance and by the thousand: only what it is about changes, and all of it can be taken back."""

from __future__ import annotations

import contextlib
import gc
import os
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from prioritizer import PrioritizerError, Workshop
from prioritizer.model.session import Snapshot
from prioritizer.store import Store
from tests.scoring.test_against_plain_rules import assert_agrees
from tests.stories.anything import KINDS, Facts, any_command, apart, changed, facts_of, revealed_in
from tests.workshop.test_commands import all_commands

STATM = Path("/proc/self/statm")


def test_every_command_is_among_them() -> None:
    assert set(KINDS) == all_commands()


class AnyLife:
    """A session, and beside it plain dictionaries of what it said after each action."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.workshop = Workshop.create(path, title="Anything")
        self.seen: set[str] = set()
        self.stack: list[Snapshot] = [self.workshop.snapshot]
        """What undo has to lead back to; the last is what stands now."""
        self.undone: list[Snapshot] = []
        self.count = 0
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def facts(self, snapshot: Snapshot) -> Facts:
        return facts_of(snapshot, self.seen)

    def command(self, draw: Random) -> None:
        found = any_command(self.workshop.snapshot, draw)
        if found is None:
            return
        name, command = found
        self.count += 1
        before = self.workshop.snapshot
        try:
            done = self.workshop.do(command)
        except PrioritizerError:
            assert self.workshop.snapshot is before or self.workshop.snapshot == before, name
            self.refused[name] += 1
            return
        after = self.workshop.snapshot
        self.seen.update(revealed_in(after))
        # Snapshots share what did not change: only what is another object can say something else.
        touched = changed(*(self.facts(each) for each in apart(before, after)))
        if not done.words:
            assert touched == set(), name
            return
        may = KINDS[name].may
        beyond = {each for each in touched if each not in may and f"{each.partition('.')[0]}.*" not in may}
        assert beyond == set(), (name, command)
        self.done[name] += 1
        self.stack.append(after)
        self.undone.clear()

    def undo(self) -> None:
        self.count += 1
        if len(self.stack) == 1:
            with pytest.raises(PrioritizerError, match="nothing to undo"):
                self.workshop.undo()
            return
        self.workshop.undo()
        self.undone.append(self.stack.pop())
        self.same()

    def redo(self) -> None:
        self.count += 1
        if not self.undone:
            with pytest.raises(PrioritizerError, match="nothing to redo"):
                self.workshop.redo()
            return
        self.workshop.redo()
        self.stack.append(self.undone.pop())
        self.same()

    def same(self) -> None:
        """What stands there is what stood there."""
        now, wanted = (self.facts(each) for each in apart(self.workshop.snapshot, self.stack[-1]))
        assert {
            k: (wanted.get(k), now.get(k)) for k in now.keys() | wanted.keys() if now.get(k) != wanted.get(k)
        } == {}

    def sound(self) -> None:
        """State = replay of the log, the ranking is that of the plain rules, and the file opens as what it was."""
        self.same()
        assert_agrees(self.workshop.snapshot)
        before = self.workshop.snapshot
        self.workshop.close()
        with Store.open(self.path) as store:
            assert store.check() == []
        self.workshop = Workshop.open(self.path)
        assert self.workshop.snapshot == before
        assert len(self.workshop.history()) > 0

    def to_the_beginning(self) -> None:
        while len(self.stack) > 1:
            self.undo()
        self.undo()
        assert self.workshop.use_cases == []


class RandomCommands(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.life = AnyLife(Path(self.folder.name) / "life.sqlite")

    def teardown(self) -> None:
        self.life.sound()
        self.life.to_the_beginning()
        self.life.workshop.close()
        self.folder.cleanup()

    @rule(draw=st.randoms(use_true_random=False), number=st.integers(1, 8))
    def commands(self, draw: Random, number: int) -> None:
        for _ in range(number):
            self.life.command(draw)

    @rule(number=st.integers(1, 4))
    def undo(self, number: int) -> None:
        for _ in range(number):
            self.life.undo()

    @rule(number=st.integers(1, 4))
    def redo(self, number: int) -> None:
        for _ in range(number):
            self.life.redo()

    @invariant()
    def same(self) -> None:
        self.life.same()


TestRandomCommands = RandomCommands.TestCase
TestRandomCommands.settings = settings(max_examples=6, stateful_step_count=25)


@pytest.mark.long
def test_ten_thousand_of_every_command_and_back_to_the_beginning(tmp_path: Path) -> None:
    draw, life = Random(11), AnyLife(tmp_path / "life.sqlite")
    following = 1_000
    while life.count < 10_000:
        step = draw.random()
        if step < 0.86:
            life.command(draw)
        elif step < 0.95:
            life.undo()
        else:
            life.redo()
        if life.count >= following:
            following += 1_000
            life.sound()
    print("done:", dict(life.done), "refused:", dict(life.refused))
    assert set(life.done) == set(KINDS), "each was done at least once"
    life.sound()
    life.to_the_beginning()
    life.workshop.close()


@pytest.mark.long
@pytest.mark.skipif(not STATM.exists(), reason="the resident memory is read from /proc")
def test_memory_stays_flat_whatever_is_done(tmp_path: Path) -> None:
    draw, held = Random(12), []
    with Workshop.create(tmp_path / "s.sqlite", title="Anything") as workshop:
        for count in range(10_001):
            found = any_command(workshop.snapshot, draw)
            if found is not None:
                with contextlib.suppress(PrioritizerError):
                    workshop.do(found[1])
            if count % 5 == 0:
                with contextlib.suppress(PrioritizerError):
                    workshop.undo()
            workshop.evaluation  # noqa: B018  # what a screen asks for after each edit
            if count % 2_000 == 0:
                gc.collect()
                held.append(int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20)
        made, names = len(workshop.snapshot.use_cases), len(workshop.snapshot.names)
    print("resident, MiB:", [round(each, 1) for each in held], "use cases made:", made, "names:", names)
    # What was made and taken away again keeps its row, so that undo can bring it back.
    assert held[-1] - held[1] < 16
