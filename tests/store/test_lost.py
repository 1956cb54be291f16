"""The file goes away, changes or will not take any more while a session is open: nothing typed is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from prioritizer.errors import NotSaved, SessionRefused
from prioritizer.model.tables import Write
from prioritizer.store import Store, recording, writer
from tests.store.support import Frozen, create, new_id, same, title


def _deleted(path: Path) -> None:
    path.unlink()


def _renamed(path: Path) -> None:
    path.rename(path.with_name("elsewhere.sqlite"))


def _replaced_by_another(path: Path) -> None:
    other = path.with_name("other.sqlite")
    create(other).close()
    other.replace(path)


def _replaced_by_a_copy(path: Path) -> None:
    copy = path.with_name("copy.sqlite")
    shutil.copyfile(path, copy)
    copy.replace(path)


def _overwritten(path: Path) -> None:
    """By a session with more in its log than ours."""
    other = path.with_name("other.sqlite")
    with create(other) as store:
        for i in range(30):
            store.commit("add", [title(new_id(), str(i))])
    path.write_bytes(other.read_bytes())
    other.unlink()


def _shrunk(path: Path) -> None:
    """By a session with less in its log than ours."""
    other = path.with_name("other.sqlite")
    create(other).close()
    path.write_bytes(other.read_bytes())
    other.unlink()


def _restored(path: Path) -> None:
    """By an older copy of itself."""
    path.write_bytes(path.with_name("older.sqlite").read_bytes())


def _garbage(path: Path) -> None:
    path.write_bytes(b"garbage" * 1000)


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


WHOLE = [_deleted, _renamed, _replaced_by_another, _replaced_by_a_copy]
"""Our connection still has everything, so the rescue file has too."""

OVERWRITTEN = [_overwritten, _shrunk, _restored, _garbage, _emptied]
"""What we had is gone from the disk; the rescue file holds at least the edit."""


@pytest.mark.parametrize("happen", WHOLE + OVERWRITTEN)
def test_an_edit_is_kept_in_a_rescue_file(tmp_path: Path, happen: Callable[[Path], None]) -> None:
    path, clock = tmp_path / "a.sqlite", Frozen()
    first, second, third, fourth = (new_id() for _ in range(4))
    with create(path, clock=clock) as store:
        shutil.copyfile(path, tmp_path / "older.sqlite")
        for i in range(5):
            store.commit("add", [title(new_id(), str(i))])
        store.commit("add", [title(first, "before")])
        snapshot = store.load()
        happen(path)
        after = path.read_bytes() if path.exists() else None
        with pytest.raises(NotSaved, match="kept in") as caught:
            store.commit("add", [title(second, "pending"), Write("use_case", (second,), "note", "all of it")])
        rescue = caught.value.rescue
        assert rescue == str(tmp_path / "a.rescue-20260304-093000.sqlite")
        with Store.open(rescue) as other:
            kept = other.load()
            assert kept.id == snapshot.id
            assert kept.use_cases[second].title == "pending"
            assert kept.use_cases[second].note == "all of it"
            if happen in WHOLE:
                assert kept.use_cases[first].title == "before"
            assert other.check() == []
        # What follows goes to the same file; nothing piles up.
        for use_case in (third, fourth):
            with pytest.raises(NotSaved) as caught:
                store.commit("add", [title(use_case, "later")])
            assert caught.value.rescue == rescue
        with pytest.raises(NotSaved):
            store.draft_set("place", "text")
        if happen in WHOLE:
            with pytest.raises(SessionRefused):
                store.refresh()
    with Store.open(rescue) as other:
        assert {third, fourth} <= other.load().use_cases.keys()
    assert (path.read_bytes() if path.exists() else None) == after


def test_an_undo_is_kept_too(tmp_path: Path) -> None:
    path, use_case = tmp_path / "a.sqlite", new_id()
    with create(path) as store:
        store.commit("add", [title(use_case, "x")])
        path.unlink()
        with pytest.raises(NotSaved) as caught:
            store.undo()
        assert caught.value.rescue
    with Store.open(caught.value.rescue) as other:
        assert other.load().use_cases[use_case].title == ""
        assert other.redo()


def test_the_folder_is_gone_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    folder, use_case = tmp_path / "gone", new_id()
    folder.mkdir()
    with create(folder / "a.sqlite") as store:
        shutil.rmtree(folder)
        with pytest.raises(NotSaved, match="kept in") as caught:
            store.commit("add", [title(use_case, "x")])
        assert caught.value.rescue is not None
        assert Path(caught.value.rescue).parent == elsewhere
        with Store.open(caught.value.rescue) as other:
            assert other.load().use_cases[use_case].title == "x"
        shutil.rmtree(elsewhere)
        with pytest.raises(NotSaved, match="no other place") as caught:
            store.commit("add", [title(new_id(), "x")])
        assert caught.value.rescue is None


def test_replaced_while_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between our look and COMMIT: an edit in a file that nobody will find is not acknowledged."""
    path, use_case = tmp_path / "a.sqlite", new_id()
    record = recording.record

    with create(path) as store:

        def slow(*given: object) -> object:
            done = record(*given)  # type: ignore[arg-type]
            # The journal is there already, so SQLite itself does not notice any more.
            _replaced_by_another(path)
            return done

        monkeypatch.setattr(writer, "record", slow)
        with pytest.raises(NotSaved, match="replaced") as caught:
            store.commit("add", [title(use_case, "x")])
        monkeypatch.undo()
        assert caught.value.rescue
    with Store.open(caught.value.rescue) as other:
        assert other.load().use_cases[use_case].title == "x"


def test_sqlite_notices_a_deletion_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, use_case = tmp_path / "a.sqlite", new_id()
    with create(path) as store:
        monkeypatch.setattr(writer.Writer, "check_place", lambda self: None)
        path.unlink()
        with pytest.raises(NotSaved) as caught:
            store.commit("add", [title(use_case, "x")])
        assert caught.value.rescue
        monkeypatch.undo()
    with Store.open(caught.value.rescue) as other:
        assert other.load().use_cases[use_case].title == "x"


def test_full_disk(tmp_path: Path) -> None:
    path, use_case = tmp_path / "a.sqlite", new_id()
    with create(path) as store:
        store.commit("add", [title(use_case, "x")])
        conn = store._writer.conn
        pages = conn.execute("PRAGMA page_count").fetchone()[0]
        conn.execute(f"PRAGMA max_page_count = {pages}").fetchall()
        before = store.load()
        with pytest.raises(NotSaved, match="full") as caught:
            store.commit("note", [Write("use_case", (use_case,), "note", "x" * 100_000)])
        assert caught.value.rescue is None
        assert same(store.load(), before)
        assert store.check() == []
        conn.execute("PRAGMA max_page_count = 1000000").fetchall()
        assert store.commit("note", [Write("use_case", (use_case,), "note", "x" * 100_000)])
        assert store.check() == []


FULL = """
import resource, signal, sys
from pathlib import Path
from prioritizer.errors import NotSaved
from prioritizer.store import Store
from tests.store.support import new_id, title
path = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Store.open(path) as store:
    size = path.stat().st_size + 20_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    done = 0
    try:
        while True:
            store.commit("add", [title(new_id(), "x" * 500)])
            done += 1
    except NotSaved as error:
        assert "not saved" in str(error), error
    assert len(store.load().use_cases) == done
    assert store.check() == []
    print(done)
"""


@pytest.mark.skipif(os.name == "nt", reason="there are no such limits")
def test_the_system_refuses_to_grow_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    create(path).close()
    ran = subprocess.run([sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    with Store.open(path) as store:
        assert len(store.load().use_cases) == int(ran.stdout) > 0
        assert store.check() == []


def test_read_only(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with create(path) as store:
        store._writer.conn.execute("PRAGMA query_only = ON")
        before = store.load()
        with pytest.raises(NotSaved, match="may not be written"):
            store.commit("add", [title(new_id(), "x")])
        store._writer.conn.execute("PRAGMA query_only = OFF")
        assert same(store.load(), before)
        assert store.commit("add", [title(new_id(), "x")])


def test_a_commit_that_raises_though_it_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last sync of the folder may fail after the journal has gone: the edit is in the file."""

    class Raising:
        def __init__(self, conn: sqlite3.Connection) -> None:
            self._conn = conn

        def __getattr__(self, name: str) -> object:
            return getattr(self._conn, name)

        def execute(self, statement: str, *given: object) -> sqlite3.Cursor:
            done = self._conn.execute(statement, *given)  # type: ignore[arg-type]
            if statement == "COMMIT":
                raise sqlite3.OperationalError("disk I/O error")
            return done

    path, use_case = tmp_path / "a.sqlite", new_id()
    with create(path) as store:
        conn = store._writer.conn
        monkeypatch.setattr(store._writer, "conn", Raising(conn))
        done = store.commit("add", [title(use_case, "x")])
        assert done is not None
        monkeypatch.setattr(store._writer, "conn", conn)
        assert store.commit("add", [title(use_case, "y")])
        assert store.check() == []
        assert [entry.seq for entry in store.history()] == [1, 2, 3]


def test_an_interrupted_edit_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with create(tmp_path / "a.sqlite") as store:
        before = store.load()
        record = recording.record

        def interrupted(*given: object) -> object:
            record(*given)  # type: ignore[arg-type]
            raise KeyboardInterrupt

        monkeypatch.setattr(writer, "record", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.commit("add", [title(new_id(), "x")])
        monkeypatch.undo()
        assert same(store.load(), before)
        assert store.commit("add", [title(new_id(), "x")])
        assert store.check() == []


def test_closed_twice(tmp_path: Path) -> None:
    store = create(tmp_path / "a.sqlite")
    store.close()
    store.close()
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
