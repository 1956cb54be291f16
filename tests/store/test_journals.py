"""A journal beside the file: one that belongs is rolled back, one that does not is left alone."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from prioritizer.errors import SessionRefused
from prioritizer.model.session import Snapshot
from prioritizer.store import Store
from tests.store.support import create, new_id, same, title


def crash(path: Path, into: Path, *, spill: bool = True) -> None:
    """The file and its hot journal as a power cut in the midst of a large commit leaves them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        if spill:
            conn.execute("PRAGMA cache_size = 5")
        conn.execute("BEGIN IMMEDIATE")
        for _ in range(3):
            conn.execute("UPDATE op SET label = label || 'half an edit'")
            conn.execute("UPDATE use_case SET title = title || printf('%.*c', 3000, 'x')")
        shutil.copyfile(path, into)
        shutil.copyfile(f"{path}-journal", f"{into}-journal")
        conn.execute("ROLLBACK")


def session(path: Path, edits: int = 40) -> Snapshot:
    with create(path) as store:
        for i in range(edits):
            store.commit("add", [title(new_id(), f"Use case {i}")])
        return store.load()


@pytest.mark.parametrize("spill", [True, False])
def test_a_hot_journal_that_belongs_is_rolled_back(tmp_path: Path, spill: bool) -> None:
    before = session(tmp_path / "a.sqlite")
    path = tmp_path / "crashed.sqlite"
    crash(tmp_path / "a.sqlite", path, spill=spill)
    if spill:
        assert path.read_bytes() != (tmp_path / "a.sqlite").read_bytes()
    with Store.open(path) as store:
        assert same(store.load(), before)
        assert store.check() == []
        assert store.commit("add", [title(new_id(), "x")])
    assert path.read_bytes()[:16] == b"SQLite format 3\0"
    assert not Path(f"{path}-journal").exists()


def test_a_journal_of_an_older_state_is_refused(tmp_path: Path) -> None:
    """SQLite alone would silently take the file back to the older state."""
    path = tmp_path / "a.sqlite"
    session(path, 5)
    crash(path, tmp_path / "old.sqlite")
    with Store.open(path) as store:
        for i in range(50):
            store.commit("add", [title(new_id(), f"later {i}")])
    shutil.copyfile(tmp_path / "old.sqlite-journal", tmp_path / "a.sqlite-journal")
    refused(path)
    Path(tmp_path / "a.sqlite-journal").unlink()
    with Store.open(path) as store:
        assert len(store.load().use_cases) == 55


def test_a_journal_of_another_session_is_refused(tmp_path: Path) -> None:
    """Both have done equally many edits, so that even their change counters agree."""
    session(tmp_path / "one.sqlite")
    session(tmp_path / "two.sqlite")
    crash(tmp_path / "one.sqlite", tmp_path / "crashed.sqlite")
    path = tmp_path / "two.sqlite"
    shutil.copyfile(tmp_path / "crashed.sqlite-journal", tmp_path / "two.sqlite-journal")
    refused(path)


def test_a_stale_write_ahead_log_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    session(path, 3)
    Path(tmp_path / "a.sqlite-wal").write_bytes(b"\x37\x7f\x06\x82" + b"\0" * 4096)
    refused(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 512, b"\xd9\xd5\x05", random.Random(1).randbytes(2000)],
    ids=["empty", "zeros", "cut", "noise"],
)
def test_a_journal_that_holds_nothing_is_no_hindrance(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.sqlite"
    before = session(path, 3)
    Path(tmp_path / "a.sqlite-journal").write_bytes(content)
    with Store.open(path) as store:
        assert same(store.load(), before)
        assert store.commit("add", [title(new_id(), "x")])
        assert store.check() == []


def test_the_journal_of_a_living_writer_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    before = session(path, 3)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE op SET label = 'x'")
        with Store.open(path) as store:
            assert same(store.load(), before)
        other.execute("ROLLBACK")


def refused(path: Path) -> None:
    files = {each: each.read_bytes() for each in path.parent.iterdir()}
    with pytest.raises(SessionRefused, match="does not belong to it") as caught:
        Store.open(path)
    assert "-journal" in str(caught.value) or "-wal" in str(caught.value)
    assert {each: each.read_bytes() for each in path.parent.iterdir()} == files
