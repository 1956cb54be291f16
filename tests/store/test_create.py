from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from prioritizer.errors import NotSaved, PrioritizerError
from prioritizer.model.tables import Write
from prioritizer.store import Store
from prioritizer.store.schema import FORMAT
from tests.store.support import Frozen, create, names_in, new_id, preset, same, title


def test_settings_are_the_measured_ones(tmp_path: Path) -> None:
    with create(tmp_path / "a.sqlite") as store:
        found = store.settings()
    wanted = {
        "isolation_level": None,
        "journal_mode": "delete",
        "synchronous": "EXTRA",
        "locking_mode": "normal",
        "foreign_keys": "ON",
        "trusted_schema": "OFF",
        "cell_size_check": "ON",
        "mmap_size": 0,
        "secure_delete": "ON",
        "fullfsync": "ON",
        "busy_timeout": 2000,
        "recursive_triggers": 0,
    }
    assert found.items() >= wanted.items()
    if sys.version_info >= (3, 12):
        off = (
            "enable_trigger",
            "enable_view",
            "trusted_schema",
            "dqs_dml",
            "dqs_ddl",
            "enable_load_extension",
        )
        hardened: dict[str, object] = {
            "dbconfig_defensive": True,
            **{f"dbconfig_{name}": False for name in off},
        }
        assert found.items() >= hardened.items()


def test_a_new_session_has_an_id_and_its_preset(tmp_path: Path) -> None:
    name = new_id()
    with create(
        tmp_path / "a.sqlite",
        Write("session", (), "title", "Which pilot?"),
        Write("session", (), "facilitator", name),
        names={name: "Ada"},
    ) as store:
        snapshot = store.load()
        assert snapshot.id == store.session_id
        assert (snapshot.title, snapshot.facilitator) == ("Which pilot?", "Ada")
        assert snapshot.preset == preset().preset
        assert (snapshot.preset_text, snapshot.preset_hash) == (preset().text, preset().hash)
        assert [entry.kind for entry in store.history()] == ["create"]
        assert store.check() == []
        assert store.undo() is None
        assert store.redo() is None
    with Store.open(tmp_path / "a.sqlite") as again:
        assert same(again.load(), snapshot)


def test_the_header_says_whose_it_is(tmp_path: Path) -> None:
    create(tmp_path / "a.sqlite").close()
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as conn:
        assert conn.execute("PRAGMA application_id").fetchone()[0].to_bytes(4, "big") == b"PRio"
        assert conn.execute("PRAGMA user_version").fetchone()[0] == FORMAT
        kinds = {row[0] for row in conn.execute("SELECT type FROM sqlite_schema")}
        assert kinds == {"table", "index"}
        strict = conn.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
        assert {name for name, is_strict in strict if not is_strict} == {"sqlite_schema"}
        embedded = json.loads(conn.execute("SELECT preset FROM session").fetchone()[0])
        assert embedded.keys() == {"id", "version", "hash", "toml"}


@pytest.mark.parametrize("name", ["a?b#c%20d.sqlite", "-rf", " blank .x", "漢字 %s.sqlite", "file:x"])
def test_any_name_is_that_name(tmp_path: Path, name: str) -> None:
    create(tmp_path / name).close()
    assert names_in(tmp_path) == [name]
    with Store.open(tmp_path / name) as store:
        assert store.commit("add", [title(new_id(), "one")])
    assert names_in(tmp_path) == [name]


def test_an_existing_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_text("mine")
    with pytest.raises(PrioritizerError, match=r"a\.sqlite.*exists already"):
        create(path)
    assert path.read_text() == "mine"
    link = tmp_path / "link.sqlite"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(PrioritizerError, match="exists already"):
        create(link)
    assert names_in(tmp_path) == ["a.sqlite", "link.sqlite"]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="folder") as caught:
        create(tmp_path / "no" / "a.sqlite")
    assert caught.value.exit_code == 3
    assert names_in(tmp_path) == []


def test_what_cannot_be_created_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(PrioritizerError):
        create(tmp_path / "a.sqlite", Write("session", (), "facilitator", new_id()))
    assert names_in(tmp_path) == []


def test_every_opening_that_writes_is_a_site(tmp_path: Path) -> None:
    path, use_case = tmp_path / "a.sqlite", new_id()
    with create(path) as store:
        store.commit("add", [title(use_case, "one")])
    for text in ("two", "three"):
        with Store.open(path) as store:
            store.load()
            store.commit("retitle", [title(use_case, text)])
    with Store.open(path) as store:
        refs = [entry.ref for entry in store.history()]
    assert [seq for _, seq in refs] == [1, 2, 1, 1]
    assert len({site for site, _ in refs}) == 3


def test_the_clock_never_goes_back(tmp_path: Path) -> None:
    clock, use_case = Frozen(), new_id()
    with create(tmp_path / "a.sqlite", clock=clock) as store:
        for i in range(3):
            assert store.commit("retitle", [title(use_case, str(i))])
        clock.forward(-86_400)
        assert store.commit("retitle", [title(use_case, "yesterday")])
        entries = store.history()
    clocks = [entry.clock for entry in entries]
    assert clocks == sorted(set(clocks))
    assert entries[-1].time == "2026-03-03T09:30:00.000Z"
    with Store.open(tmp_path / "a.sqlite", clock=clock) as store:
        last = store.commit("retitle", [title(use_case, "again")])
        assert last is not None
        assert last.clock > clocks[-1]


def test_a_copied_file_goes_its_own_way(tmp_path: Path) -> None:
    one, two = tmp_path / "one.sqlite", tmp_path / "two.sqlite"
    create(one).close()
    two.write_bytes(one.read_bytes())
    with Store.open(one) as a, Store.open(two) as b:
        first, second = a.commit("x", [title(new_id(), "a")]), b.commit("x", [title(new_id(), "b")])
    assert first is not None
    assert second is not None
    assert first.ref != second.ref
