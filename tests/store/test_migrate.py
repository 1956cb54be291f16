"""A made-up next format: older files are brought to it, after a backup; newer ones are refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from prioritizer.errors import NotSaved, SessionRefused
from prioritizer.store import Store, inspect, migrating, read_copy, schema
from prioritizer.store.schema import FORMAT
from tests.store.support import create, names_in, new_id, title

NEXT = FORMAT + 1

MADE_UP = schema.Migration(
    "a remark on every operation",
    (
        "CREATE TABLE remark (\n  op INTEGER PRIMARY KEY REFERENCES op(id),\n  text TEXT NOT NULL\n) STRICT",
        "INSERT INTO remark (op, text) SELECT id, 'from before' FROM op",
    ),
)


@contextmanager
def next_format(*more: schema.Migration) -> Iterator[None]:
    """A program that knows one more format."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, MADE_UP, *more))
        yield


def older(path: Path) -> Path:
    with create(path) as store:
        for i in range(3):
            store.commit("add", [title(new_id(), f"Use case {i}")])
    return path


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as conn:
        return int(conn.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_file_is_brought_up_after_a_backup(tmp_path: Path) -> None:
    path = older(tmp_path / "a.sqlite")
    with Store.open(path) as store:
        before = store.history()
    with next_format():
        with Store.open(path) as store:
            assert len(store.load().use_cases) == 3
            assert store.check() == []
            assert store.commit("add", [title(new_id(), "new")])
        assert version(path) == NEXT
        with closing(sqlite3.connect(path)) as conn:
            assert conn.execute("SELECT count(*) FROM remark").fetchone() == (4,)
        (backup,) = [name for name in names_in(tmp_path) if "migration" in name]
        assert version(tmp_path / backup) == FORMAT
        Store.open(path).close()
        assert len(names_in(tmp_path)) == 2
    # The program of before says what to do.
    with pytest.raises(
        SessionRefused, match=rf"newer version \(format {NEXT}; this program reads up to {FORMAT}\)"
    ):
        Store.open(path)
    with Store.open(tmp_path / backup) as store:
        assert store.history() == before


def test_a_new_file_is_of_the_newest_format(tmp_path: Path) -> None:
    with next_format():
        create(tmp_path / "a.sqlite").close()
        assert version(tmp_path / "a.sqlite") == NEXT
        assert inspect(tmp_path / "a.sqlite") == []
        assert names_in(tmp_path) == ["a.sqlite"]


def test_a_copy_of_an_older_format_can_be_merged_and_stays_as_it_is(tmp_path: Path) -> None:
    one, other = older(tmp_path / "one.sqlite"), tmp_path / "two.sqlite"
    other.write_bytes(one.read_bytes())
    with Store.open(other) as store:
        store.commit("add", [title(new_id(), "from the older")])
    before = other.read_bytes()
    with next_format(), Store.open(one) as store:
        assert store.merge([read_copy(other)]).operations == 1
        assert inspect(other) == []
    assert other.read_bytes() == before


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = older(tmp_path / "a.sqlite")
    before = path.read_bytes()
    wrong = schema.Migration(
        "wrong", ("CREATE TABLE other (x INTEGER) STRICT", "INSERT INTO nowhere VALUES (1)")
    )
    with pytest.MonkeyPatch.context() as patch:
        shape = schema.expected_shape(FORMAT)
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, wrong))
        patch.setattr(schema, "expected_shape", lambda version=None: shape)
        with pytest.raises(NotSaved):
            Store.open(path)
    assert path.read_bytes() == before
    with Store.open(path) as store:
        assert store.check() == []


def test_without_a_backup_nothing_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = older(tmp_path / "a.sqlite")
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise NotSaved("the disk is full")

    monkeypatch.setattr(migrating, "copy_of", full)
    with next_format(), pytest.raises(NotSaved, match=r"no backup could be made .*the disk is full"):
        Store.open(path)
    assert path.read_bytes() == before


def test_an_older_file_with_a_foreign_table_is_refused(tmp_path: Path) -> None:
    path = older(tmp_path / "a.sqlite")
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE extra (x)")
    before = path.read_bytes()
    with next_format(), pytest.raises(SessionRefused, match="tables that differ"):
        Store.open(path)
    assert path.read_bytes() == before
    assert names_in(tmp_path) == ["a.sqlite"]
