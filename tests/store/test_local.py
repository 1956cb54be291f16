"""Drafts and backups: in the file, outside the log."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from prioritizer.errors import NotSaved, PrioritizerError
from prioritizer.store import Store, backup
from tests.store.support import create, names_in, new_id, same, title


def test_drafts(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with create(path) as store:
        before = store.load()
        assert store.draft_all() == {}
        assert store.draft_get("title") is None
        store.draft_clear()
        store.draft_clear("title")
        store.draft_set("title", "half a wo")
        store.draft_set("title", "half a word")
        store.draft_set("note", "")
    with Store.open(path) as store:
        assert store.draft_get("title") == "half a word"
        assert store.draft_all() == {"title": "half a word", "note": ""}
        store.draft_clear("title")
        assert store.draft_all() == {"note": ""}
        store.draft_set("other", "x")
        store.draft_clear()
        assert store.draft_all() == {}
        assert same(store.load(), before)
        assert len(store.history()) == 1
        assert store.check() == []


def test_a_draft_on_a_full_disk(tmp_path: Path) -> None:
    with create(tmp_path / "a.sqlite") as store:
        store.draft_set("here", "short")
        pages = store._writer.conn.execute("PRAGMA page_count").fetchone()[0]
        store._writer.conn.execute(f"PRAGMA max_page_count = {pages}").fetchall()
        with pytest.raises(NotSaved, match="full"):
            store.draft_set("here", "x" * 100_000)
        assert store.draft_get("here") == "short"
        assert store.check() == []


def test_a_backup_is_whole_and_noted(tmp_path: Path) -> None:
    with create(tmp_path / "a.sqlite") as store:
        store.commit("add", [title(new_id(), "x")])
        made = store.backup_to(tmp_path / "b.sqlite", "before the import")
        assert names_in(tmp_path) == ["a.sqlite", "b.sqlite"]
        with Store.open(made) as copy:
            assert same(copy.load(), store.load())
            assert copy.check() == []
        with pytest.raises(PrioritizerError, match="exists already"):
            store.backup_to(made)
        with pytest.raises(PrioritizerError):
            store.backup_to(tmp_path / "no" / "b.sqlite")
        rows = store._writer.conn.execute("SELECT path, reason FROM backup").fetchall()
        assert rows == [(str(made), "before the import")]
        assert store.commit("add", [title(new_id(), "y")])


def test_a_backup_that_is_not_whole_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with create(tmp_path / "a.sqlite") as store:
        monkeypatch.setattr(backup, "findings", lambda conn: ["Integrity: bad."])
        with pytest.raises(PrioritizerError, match="not whole"):
            store.backup_to(tmp_path / "b.sqlite")


def test_a_store_may_be_handed_to_another_thread(tmp_path: Path) -> None:
    use_case = new_id()
    store = create(tmp_path / "a.sqlite")

    def work() -> None:
        store.load()
        store.commit("add", [title(use_case, "x")])

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert store.load().use_cases[use_case].title == "x"
    store.close()


def test_a_copy_beside_is_another_file(tmp_path: Path) -> None:
    with create(tmp_path / "a.sqlite") as store:
        shutil.copyfile(tmp_path / "a.sqlite", tmp_path / "b.sqlite")
        assert store.commit("add", [title(new_id(), "x")])
