"""The app and the command line on one file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from prioritizer.model.tables import Write
from prioritizer.store import Moved, Store
from tests.store.support import create, new_id, same, title


@contextmanager
def other_process(path: Path) -> Iterator[Callable[..., str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.other", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        out, into = process.stdout, process.stdin
        assert out.readline() == "open\n"

        def tell(*words: str) -> str:
            into.write("\t".join(words) + "\n")
            into.flush()
            return out.readline().rstrip("\n")

        yield tell
        into.close()
        assert process.wait(30) == 0


def test_writing_in_turns(tmp_path: Path) -> None:
    path, ours, theirs = tmp_path / "a.sqlite", new_id(), new_id()
    with create(path) as store, other_process(path) as tell:
        snapshot = store.load()
        clocks: list[int] = []
        for i in range(10):
            assert store.refresh() is None
            done = store.commit("title", [title(ours, f"ours {i}")])
            assert done is not None
            snapshot = store.advance(snapshot, done)
            answer = tell("title", theirs, f"theirs {i}")
            clocks += [done.clock, int(answer.split()[2])]
            with pytest.raises(Moved):
                store.commit("title", [title(ours, "over what we have not seen")])
            fresh = store.refresh()
            assert fresh is not None
            assert fresh.use_cases[theirs].title == f"theirs {i}"
            assert fresh.use_cases[ours].title == f"ours {i}"
            snapshot = fresh
        assert clocks == sorted(set(clocks))
        assert same(store.load(), snapshot)
        assert store.check() == []
        assert tell("check") == "[]"
        assert len({entry.site for entry in store.history()}) == 2


def test_a_draft_of_theirs_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with create(path) as store, other_process(path) as tell:
        assert tell("draft", "place", "text") == "drafted"
        assert store.refresh() is None
        assert tell("draft", "place", "texts") == "drafted"
        assert store.commit("title", [title(new_id(), "x")])
        assert store.draft_all() == {"place": "texts"}


def test_undo_takes_back_what_they_did(tmp_path: Path) -> None:
    """Both work on one file, so its history is one history."""
    path, use_case = tmp_path / "a.sqlite", new_id()
    with create(path) as store, other_process(path) as tell:
        store.commit("mine", [title(use_case, "mine")])
        tell("title", use_case, "theirs")
        with pytest.raises(Moved):
            store.undo()
        assert store.refresh() is not None
        undone = store.undo()
        assert undone is not None
        assert (undone.kind, undone.writes) == ("title", (title(use_case, "mine"),))
        assert tell("undo") == "mine"
        fresh = store.refresh()
        assert fresh is not None
        assert fresh.use_cases[use_case].title == ""
        redone = store.redo()
        assert redone is not None
        assert redone.kind == "mine"
        assert store.check() == []


def test_two_stores_in_one_process(tmp_path: Path) -> None:
    path, use_case = tmp_path / "a.sqlite", new_id()
    with create(path) as one, Store.open(path) as two:
        assert one.commit("x", [title(use_case, "one")])
        with pytest.raises(Moved):
            two.commit("x", [title(use_case, "two")])
        assert two.refresh()
        done = two.commit("x", [title(use_case, "two"), Write("use_case", (use_case,), "note", "n")])
        assert done is not None
        fresh = one.refresh()
        assert fresh is not None
        assert fresh.use_cases[use_case].title == "two"
        # The second saw what the first had written before it wrote over it.
        first, second = one.history()[1:]
        assert [w.seen for w in second.writes] == [first.ref, None]
