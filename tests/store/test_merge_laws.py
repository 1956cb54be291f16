"""The laws of merging, over random histories: copies of copies, wrong clocks, undo inside, every order."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from prioritizer.model.tables import Write
from prioritizer.store import Conflict, Ref, Store, read_copy
from prioritizer.store.checking import Cells, state_cells
from prioritizer.store.connection import connect
from prioritizer.store.links import Circle
from tests.store.edits import EDITS, NAMES
from tests.store.support import Frozen, create

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Every step of a history writes durably: shrinking one would take minutes."""

COPIES = st.integers(0, 3)
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), COPIES, EDITS, st.integers(-90, 90)),
        st.tuples(st.just("edit"), COPIES, EDITS, st.integers(-90, 90)),
        st.tuples(st.just("undo"), COPIES),
        st.tuples(st.just("redo"), COPIES),
        st.tuples(st.just("merge"), COPIES, COPIES),
        st.tuples(st.just("copy"), COPIES, COPIES),
        st.tuples(st.just("settle"), COPIES, st.integers(0, 9)),
    ),
    min_size=3,
    max_size=18,
)


def merge(path: Path, *others: Path) -> int:
    with Store.open(path, clock=Frozen()) as store:
        return store.merge([read_copy(other) for other in others], sure=True).operations


def content(path: Path) -> tuple[dict[Ref, str], Cells, list[Conflict], list[tuple[str, int]]]:
    """All that must not depend on what was merged when: operations, state, conflicts, numbers."""
    with Store.open(path) as store:
        assert store.check() == []
        log = {entry.ref: entry.checksum for entry in store.history()}
        found = store.conflicts()
        numbers = [(u.id, u.number) for u in store.load().use_cases.values()]
    with closing(connect(path, "ro")) as conn:
        return log, state_cells(conn), found, numbers


def live(path: Path, action: tuple[Any, ...], folder: Path) -> None:
    """One thing that happens to one of the copies."""
    kind, which, *rest = action
    path = folder / f"{which}.sqlite"
    if kind == "copy":
        shutil.copyfile(path, folder / f"{rest[0]}.sqlite.new")
        (folder / f"{rest[0]}.sqlite.new").replace(folder / f"{rest[0]}.sqlite")
        return
    if kind == "merge":
        merge(path, folder / f"{rest[0]}.sqlite")
        return
    clock = Frozen()
    clock.forward(rest[1] if kind == "edit" else 0)
    with Store.open(path, clock=clock) as store:
        if kind == "edit":
            with contextlib.suppress(Circle):
                store.commit("edit", rest[0], names=NAMES)
        elif kind == "undo":
            store.undo()
        elif kind == "redo":
            store.redo()
        else:
            found = store.conflicts()
            if found:
                chosen = found[rest[0] % len(found)]
                with contextlib.suppress(Circle):
                    store.settle(chosen, chosen.options[rest[0] % len(chosen.options)].values)
                    assert chosen.id not in [c.id for c in store.conflicts()]
        assert store.check() == []


def laws(actions: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        create(folder / "0.sqlite", Write("session", (), "title", "T"), clock=Frozen()).close()
        for i in (1, 2, 3):
            shutil.copyfile(folder / "0.sqlite", folder / f"{i}.sqlite")
        for action in actions:
            live(folder, action, folder)
        wanted = None
        for turn, order in enumerate(itertools.permutations((0, 1, 2))):
            path = folder / f"order-{turn}.sqlite"
            shutil.copyfile(folder / f"{order[0]}.sqlite", path)
            others = [folder / f"{i}.sqlite" for i in order[1:]]
            if turn % 2:
                merge(path, *others)
            else:  # associative: the others first, then both at once
                between = folder / f"between-{turn}.sqlite"
                shutil.copyfile(others[0], between)
                merge(between, others[1])
                merge(path, between)
            found = content(path)
            wanted = wanted or found
            assert found == wanted
            assert merge(path, *others, path) == 0  # idempotent, with itself too
            assert content(path) == wanted
        assert wanted is not None
        event(f"conflicts: {min(len(wanted[2]), 3)}")
        undo_all(folder)


def undo_all(folder: Path) -> None:
    """A merge is undone as one, and redone; and what came before it can still be undone."""
    path = folder / "0.sqlite"
    before = content(path)
    if not merge(path, folder / "1.sqlite", folder / "2.sqlite"):
        return
    after = content(path)
    with Store.open(path, clock=Frozen()) as store:
        top = store.next_undo()
        assert top is not None
        assert top.kind == "merge"
        undone = store.undo()
        assert undone is not None
        assert undone.skipped == ()
        assert store.check() == []
    assert visible(content(path)[1]) == visible(before[1])
    with Store.open(path, clock=Frozen()) as store:
        redone = store.redo()
        assert redone is not None
        assert redone.kind == "merge"
        assert store.check() == []
    assert visible(content(path)[1]) == visible(after[1])
    with Store.open(path, clock=Frozen()) as store:
        while store.undo():
            pass
        assert store.check() == []


def visible(cells: Cells) -> dict[Any, Any]:
    """What stands; a round that was revealed in between stays closed."""
    shown = {cell: value for cell, (value, _) in cells.items() if value is not None}
    return {c: v for c, v in shown.items() if (c[0], c[2]) != ("round", "status")}


@settings(max_examples=8, phases=NO_SHRINKING)
@given(ACTIONS)
def test_merging_obeys_its_laws(actions: list[tuple[Any, ...]]) -> None:
    laws(actions)


MANY = 800


@pytest.mark.long
def test_merging_obeys_its_laws_over_very_many_histories() -> None:
    tried: list[int] = []

    @settings(max_examples=MANY, derandomize=False, phases=NO_SHRINKING)
    @given(ACTIONS)
    def histories(actions: list[tuple[Any, ...]]) -> None:
        tried.append(len(actions))
        laws(actions)

    histories()
    print("histories:", len(tried), "things done in them:", sum(tried))
