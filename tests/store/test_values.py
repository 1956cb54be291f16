from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from prioritizer.errors import PrioritizerError
from prioritizer.model.tables import Write
from prioritizer.store import Store
from prioritizer.store.plain import plain
from tests.store.nasty import NASTY, UNSTORABLE
from tests.store.support import create, new_id, same, title

CASE = new_id()


def test_nasty_texts_are_kept_byte_for_byte_and_shown_as_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    ids = [new_id() for _ in NASTY]
    name = new_id()
    with create(path) as store:
        for use_case, text in zip(ids, NASTY, strict=True):
            store.commit("add", [title(use_case, text)], label=text, actor=text)
            store.draft_set(text, text)
        store.commit("name", [Write("use_case", (ids[0],), "owner", name)], names={name: NASTY[7]})
        store.commit(
            "tag", [Write("tag", (ids[0], text), "present", 1) for text in NASTY if 0 < len(text) < 500]
        )
    with Store.open(path) as store:
        snapshot = store.load()
        assert [snapshot.use_cases[u].title for u in ids] == [plain(text) for text in NASTY]
        assert set(snapshot.use_cases[ids[0]].tags) == {plain(text) for text in NASTY if 0 < len(text) < 500}
        assert snapshot.use_cases[ids[0]].owner == plain(NASTY[7])
        shown = repr(snapshot.use_cases)
        assert not any(each in shown for each in ("\\x1b", "\\x07", "\\x9b", "\\u202e", "\\r"))
        kept = [w.new for entry in store.history() for w in entry.writes if w.field == "title"]
        assert kept == list(NASTY)
        assert store.draft_all() == {text: text for text in NASTY}
        assert {entry.label for entry in store.history()} >= set(NASTY)
        assert store.check() == []


@pytest.mark.parametrize("text", UNSTORABLE)
def test_what_sqlite_could_not_give_back_is_refused(tmp_path: Path, text: str) -> None:
    name = new_id()
    with create(tmp_path / "a.sqlite") as store:
        before = store.load()
        attempts: tuple[Callable[[], object], ...] = (
            lambda: store.commit("add", [title(new_id(), text)]),
            lambda: store.commit("add", [title(new_id(), "x")], label=text),
            lambda: store.commit("add", [title(new_id(), "x")], actor=text),
            lambda: store.commit(text, [title(new_id(), "x")]),
            lambda: store.commit("add", [Write("tag", (new_id(), text), "present", 1)]),
            lambda: store.commit("add", [Write("session", (), "decider", name)], names={name: text}),
            lambda: store.draft_set("place", text),
        )
        for attempt in attempts:
            with pytest.raises(PrioritizerError):
                attempt()
        assert same(store.load(), before)
        assert len(store.history()) == 1


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("logins", np.int64(7), 7),
        ("logins", np.uint8(7), 7),
        ("logins", True, 1),
        ("cases_month", np.float32(0.5), 0.5),
        ("cases_month", np.int32(3), 3.0),
        ("cases_month", 3, 3.0),
        ("cases_month", -0.0, 0.0),
        ("title", np.str_("text"), "text"),
    ],
)
def test_numbers_of_numpy_become_plain(tmp_path: Path, field: str, given: Any, kept: Any) -> None:
    use_case = new_id()
    with create(tmp_path / "a.sqlite") as store:
        assert store.commit("x", [title(use_case, "t"), Write("use_case", (use_case,), field, given)])
        assert store.check() == []
        assert getattr(store.load().use_cases[use_case], field) == kept
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as conn:
        assert conn.execute(f"SELECT typeof({field}) FROM use_case").fetchone()[0] != "blob"


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("use_case", "cases_month", math.nan),
        ("use_case", "cases_month", math.inf),
        ("use_case", "cases_month", np.float64("nan")),
        ("use_case", "cases_month", 10**400),
        ("use_case", "cases_month", "3"),
        ("use_case", "logins", 3.5),
        ("use_case", "logins", 2**63),
        ("use_case", "logins", "3"),
        ("use_case", "title", 3),
        ("use_case", "title", b"bytes"),
        ("use_case", "nothing", 1),
        ("use_case", "parked", 2),
        ("use_case", "systems", "not json"),
        ("use_case", "systems", '{"a":1}'),
        ("use_case", "source", '{"a":NaN}'),
        ("session", "weights", '{"weights":{"A":"heavy"}}'),
        ("session", "weights", "{}"),
        ("nothing", "title", "x"),
    ],
)
def test_a_value_of_another_kind_is_refused(tmp_path: Path, table: str, field: str, value: Any) -> None:
    with create(tmp_path / "a.sqlite") as store:
        key = () if table == "session" else (new_id(),)
        with pytest.raises(PrioritizerError):
            store.commit("x", [Write(table, key, field, value)])
        assert len(store.history()) == 1


@pytest.mark.parametrize(
    "write",
    [
        Write("agreed_level", (new_id(), "A1"), "level", 5),
        Write("agreed_level", (new_id(), "A1"), "evidence", "rumour"),
        Write("answer", (new_id(), "A1", new_id(), new_id()), "answer", "7"),
        Write("round", (new_id(), "A1", new_id()), "status", "ajar"),
        Write("use_case", ("u1",), "title", "x"),
        Write("use_case", (new_id().upper(),), "title", "x"),
        Write("use_case", (), "title", "x"),
        Write("tag", (new_id(), ""), "present", 1),
        Write("use_case", (new_id(),), "owner", new_id()),
    ],
)
def test_what_would_end_the_program_when_loading_is_refused(tmp_path: Path, write: Write) -> None:
    with create(tmp_path / "a.sqlite") as store:
        with pytest.raises(PrioritizerError):
            store.commit("x", [write])
        assert len(store.history()) == 1
        assert store.check() == []


@pytest.mark.parametrize(
    "writes",
    [
        [Write("use_case", ("",), "title", "x")],
        [Write("criterion_setting", ("P1",), "asked", "room"), Write("use_case", ("P1",), "title", "x")],
        [Write("use_case", (CASE,), "title", "x"), Write("agreed_level", (CASE, CASE), "level", 1)],
    ],
)
def test_an_id_is_looked_at_whatever_came_before_it(tmp_path: Path, writes: list[Write]) -> None:
    """What the preset calls a criterion is no id of a use case, though it is the very same text."""
    with create(tmp_path / "a.sqlite") as store:
        if writes[-1].table == "agreed_level":
            assert store.commit("x", writes)  # a criterion may be called as anybody likes
            return
        with pytest.raises(PrioritizerError, match="is not an id"):
            store.commit("x", writes)
        assert len(store.history()) == 1


def test_a_round_belongs_to_one_cell(tmp_path: Path) -> None:
    one, two, round_id, person = new_id(), new_id(), new_id(), new_id()
    with create(tmp_path / "a.sqlite") as store:
        for attempt in range(2):
            with pytest.raises(PrioritizerError, match="belongs to another"):
                store.commit(
                    "x",
                    [
                        Write("round", (one, "A1", round_id), "status", "open"),
                        Write("answer", (two, "A1", round_id, person), "answer", "1"),
                    ],
                )
            if attempt == 0:
                store.commit("x", [Write("round", (one, "A1", round_id), "status", "open")])
        assert store.check() == []


def test_a_name_is_never_changed(tmp_path: Path) -> None:
    name, use_case = new_id(), new_id()
    with create(tmp_path / "a.sqlite") as store:
        first = store.commit("x", [Write("use_case", (use_case,), "owner", name)], names={name: "Ada"})
        assert first is not None
        assert first.names == {name: "Ada"}
        with pytest.raises(PrioritizerError, match="name"):
            store.commit("x", [title(use_case, "t")], names={name: "Bob"})
        again = store.commit("x", [title(use_case, "t")], names={name: "Ada"})
        assert again is not None
        assert again.names == {}


def test_what_changes_nothing_is_not_written(tmp_path: Path) -> None:
    use_case, name = new_id(), new_id()
    with create(tmp_path / "a.sqlite") as store:
        assert store.commit("x", [], names={name: "Ada"}) is None
        assert store.commit("x", [title(use_case, None)]) is None
        done = store.commit("x", [title(use_case, "a"), title(new_id(), None), title(use_case, "b")])
        assert done is not None
        assert done.writes == (title(use_case, "b"),)
        assert store.commit("x", [title(use_case, "b")]) is None
        assert len(store.history()) == 2
        assert store.load().names == {}
        assert len(store.load().use_cases) == 1


def test_an_import_keeps_its_order(tmp_path: Path) -> None:
    ids = [new_id() for _ in range(50)]
    with create(tmp_path / "a.sqlite") as store:
        store.commit("import", [title(u, str(i)) for i, u in enumerate(ids)])
        assert [u.title for u in store.load().use_cases.values()] == [str(i) for i in range(50)]


@pytest.mark.parametrize("kind", ["create", "undo", "redo"])
def test_kinds_of_the_store_itself_are_taken(tmp_path: Path, kind: str) -> None:
    with create(tmp_path / "a.sqlite") as store, pytest.raises(PrioritizerError):
        store.commit(kind, [title(new_id(), "x")])
