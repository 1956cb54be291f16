"""Saving what can be saved: from damaged files, and from what lies beside them."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from prioritizer.errors import PrioritizerError, SessionRefused
from prioritizer.store import Store, inspect, read_copy
from prioritizer.store.guard import guarded
from prioritizer.store.salvage import LOST, repair
from tests.store.support import create, names_in, new_id, same, title
from tests.store.test_journals import crash, session
from tests.store.test_refused import patch, sound, sql


def test_a_sound_file_is_kept_whole(tmp_path: Path) -> None:
    path, out = tmp_path / "a.sqlite", tmp_path / "out.sqlite"
    sound(path)
    before = path.read_bytes()
    kept = repair(path, out)
    assert (kept.operations, kept.lost, kept.use_cases, kept.read) == (7, 0, 6, ("a.sqlite",))
    assert path.read_bytes() == before
    with Store.open(path) as one, Store.open(out) as other:
        assert same(one.load(), other.load())
        assert one.history() == other.history()
        assert other.check() == []
        assert other.undo()
    with pytest.raises(PrioritizerError, match="exists already"):
        repair(path, out)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (sql("UPDATE use_case SET note = 'x' WHERE id = 1"), "State: use_case"),
        (sql("DELETE FROM agreed_level"), "State: agreed_level"),
        (sql("UPDATE agreed_level SET level = 77"), "State: "),
        (sql("PRAGMA foreign_keys = OFF", "DELETE FROM participant"), "Reference: "),
    ],
)
def test_tables_that_differ_from_the_log_follow_it_again(tmp_path: Path, change: object, words: str) -> None:
    path, whole = tmp_path / "a.sqlite", tmp_path / "whole.sqlite"
    sound(path)
    shutil.copyfile(path, whole)
    assert callable(change)
    change(path)
    before = path.read_bytes()
    assert inspect(path)[0].startswith(words)
    assert path.read_bytes() == before
    assert repair(path, tmp_path / "out.sqlite").lost == 0
    with Store.open(whole) as one, Store.open(tmp_path / "out.sqlite") as other:
        assert same(one.load(), other.load())


def test_what_no_checksum_vouches_for_is_left_out(tmp_path: Path) -> None:
    path, out = tmp_path / "a.sqlite", tmp_path / "out.sqlite"
    sound(path)
    sql("UPDATE op SET payload = replace(payload, 'Use case 3', 'Use case 9') WHERE id = 5")(path)
    (finding,) = inspect(path)
    assert finding.startswith("Log: ")
    assert "checksum" in finding
    kept = repair(path, out)
    assert (kept.operations, kept.lost, kept.use_cases) == (4, 3, 3)
    assert inspect(out) == []


def test_a_lost_name_is_said(tmp_path: Path) -> None:
    from prioritizer.model.tables import Write

    path, out, name = tmp_path / "a.sqlite", tmp_path / "out.sqlite", new_id()
    with create(path) as store:
        store.commit("frame", [Write("session", (), "decider", name)], names={name: "Ada"})
    sql("PRAGMA foreign_keys = OFF", "DELETE FROM name")(path)
    assert repair(path, out).operations == 2
    with Store.open(out) as store:
        assert store.load().decider == LOST


def test_a_file_whose_log_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    sound(path)
    sql("PRAGMA foreign_keys = OFF", "DELETE FROM op")(path)
    with pytest.raises(SessionRefused, match="Nothing could be saved"):
        repair(path, tmp_path / "out.sqlite")
    for data in (b"no database at all" * 100, path.read_bytes()[:3000]):
        path.write_bytes(data)
        with pytest.raises(SessionRefused, match="Nothing could be saved"):
            repair(path, tmp_path / "out.sqlite")
    assert names_in(tmp_path) == ["a.sqlite"]


def test_a_view_in_the_place_of_the_log_is_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    sound(path)
    sql("PRAGMA foreign_keys = OFF", "DROP TABLE op", "CREATE VIEW op AS SELECT 1 AS id")(path)
    with pytest.raises(SessionRefused, match="Nothing could be saved"):
        repair(path, tmp_path / "out.sqlite")


def test_a_journal_of_an_older_state_beside_a_newer_file(tmp_path: Path) -> None:
    """SQLite alone would take the file back; the union of both has everything."""
    path, out = tmp_path / "a.sqlite", tmp_path / "out.sqlite"
    session(path, 5)
    crash(path, tmp_path / "old.sqlite")
    with Store.open(path) as store:
        for i in range(20):
            store.commit("add", [title(new_id(), f"later {i}")])
    shutil.copyfile(tmp_path / "old.sqlite-journal", tmp_path / "a.sqlite-journal")
    with pytest.raises(SessionRefused, match="--repair"):
        Store.open(path)
    kept = repair(path, out)
    assert (kept.operations, kept.use_cases) == (26, 25)
    assert inspect(out) == []


def test_edits_in_a_write_ahead_log_are_read(tmp_path: Path) -> None:
    """Another program has switched the file over and was killed: its main file alone is the older."""
    path, out = tmp_path / "a.sqlite", tmp_path / "out.sqlite"
    session(path, 3)
    newer = tmp_path / "newer.sqlite"
    shutil.copyfile(path, newer)
    with Store.open(newer) as store:
        store.commit("add", [title(new_id(), "in the log ahead")])
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode = WAL").fetchall()
        conn.execute("PRAGMA wal_autocheckpoint = 0").fetchall()
        conn.execute("ATTACH ? AS newer", (str(newer),))
        conn.execute("BEGIN")
        conn.execute("INSERT INTO site SELECT * FROM newer.site WHERE id > 1")
        conn.execute("INSERT INTO op SELECT * FROM newer.op WHERE id > 4")
        conn.execute("COMMIT")
        kept_as = tmp_path / "killed.sqlite"
        shutil.copyfile(path, kept_as)
        shutil.copyfile(f"{path}-wal", f"{kept_as}-wal")
    with pytest.raises(SessionRefused):
        Store.open(kept_as)
    kept = repair(kept_as, out)
    assert (kept.operations, kept.use_cases) == (5, 4)
    assert len(kept.read) == 2
    assert inspect(out) == []


def test_damage_anywhere_leaves_what_it_did_not_reach(tmp_path: Path) -> None:
    whole, path, out = tmp_path / "whole.sqlite", tmp_path / "a.sqlite", tmp_path / "out.sqlite"
    session(whole, 40)
    log = {entry.ref: entry for entry in read_copy(whole).log}
    draw, saved = random.Random(7), 0
    for _ in range(25):
        shutil.copyfile(whole, path)
        patch(draw.randrange(4096, whole.stat().st_size), draw.randbytes(64))(path)
        try:
            kept = repair(path, out)
        except SessionRefused:
            continue
        saved += kept.operations
        assert all(log[entry.ref] == entry for entry in read_copy(out).log)
        out.unlink()
    assert saved > 25 * 20


def test_the_guard_lets_nothing_be_written_and_nothing_run_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    sound(path)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        with guarded(conn):
            for statement in (
                "DELETE FROM draft",
                "ATTACH 'x' AS x",
                "PRAGMA journal_mode = WAL",
                "SELECT load_extension('x')",
                "CREATE TABLE x (y)",
            ):
                with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|not authorized"):
                    conn.execute(statement)
        with pytest.raises(SessionRefused, match="too long"), guarded(conn, seconds=0):
            conn.execute(endless).fetchall()
        conn.execute("DELETE FROM draft")


@pytest.mark.skipif(os.name == "nt", reason="folders have no such permissions there")
def test_a_copy_in_a_folder_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "read-only"
    folder.mkdir()
    sound(folder / "a.sqlite")
    (folder / "a.sqlite").chmod(0o444)
    folder.chmod(0o555)
    try:
        assert len(read_copy(folder / "a.sqlite").log) == 7
        assert inspect(folder / "a.sqlite") == []
    finally:
        folder.chmod(0o755)
