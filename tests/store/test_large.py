"""A large file: a long operation is read in pieces, and what stands in many rows is held once."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from prioritizer.errors import SessionRefused
from prioritizer.model.tables import Write
from prioritizer.store import Store, ledger
from prioritizer.store.connection import connect
from prioritizer.store.ledger import Ledger
from prioritizer.store.log import beginning
from tests.store.support import create, new_id, same, title
from tests.store.test_merge import CASE, OTHER, edit, level, merged, two


def read(path: Path) -> dict[str, object]:
    found = Ledger(site="")
    with closing(connect(path, "ro")) as conn:
        assert found.catch_up(conn)
    return asdict(found)


@pytest.fixture
def forked(tmp_path: Path) -> Path:
    """A log in which operations name what they came after, and one is long."""
    one, other = two(tmp_path)
    edit(one, *(title(new_id(), f"From one, {n}") for n in range(40)))
    edit(other, title(new_id(), "From two"), level(3))
    merged(one, other)
    edit(one, level(2))
    return one


@pytest.mark.parametrize("piece", [12, 64, 1000])
def test_read_in_pieces_it_is_the_same_log(forked: Path, monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    whole = read(forked)
    assert whole["forked"]
    monkeypatch.setattr(ledger, "_LARGE", 0)
    monkeypatch.setattr(ledger, "_PIECE", piece)
    assert read(forked) == whole


def pieces(payload: bytes) -> tuple[bytes, int]:
    """The beginning of a payload that is read twelve bytes at a time, and how many were read."""
    file = io.BytesIO(payload)
    return beginning(file.read, 12), file.tell()


def test_no_more_is_read_than_says_what_came_before() -> None:
    assert pieces(b'{"ids":["a"],"w":[]}' * 9) == (b'{"ids":["a"]', 12)
    after = b'{"after":[["a",1]],"ids":'
    found, read = pieces(after + b'[],"w":[]}' * 90)
    assert found.startswith(after)
    assert read == len(found) < len(after) + 12
    endless = b'{"after":' + b"x" * 1000
    assert pieces(endless) == (endless, len(endless))


def test_what_was_changed_anywhere_in_a_long_operation_is_seen(
    forked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "_LARGE", 0)
    monkeypatch.setattr(ledger, "_PIECE", 64)
    Store.open(forked).close()
    content = forked.read_bytes()
    for old, new in (("From one, 0", "From one, x"), ("From one, 39", "From one, xx")):
        with closing(sqlite3.connect(forked)) as conn, conn:
            changed = conn.execute(
                "UPDATE op SET payload = replace(payload, ?, ?) WHERE instr(payload, ?)", (old, new, old)
            )
            assert changed.rowcount == 1
        with pytest.raises(SessionRefused):
            Store.open(forked)
        forked.write_bytes(content)


def test_use_cases_that_were_answered_alike_share_the_answers_and_go_their_own_ways(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    gates = [
        Write("gate_answer", (case, gate), "answer", "no")
        for case in (CASE, OTHER)
        for gate in ("prohibited", "stability")
    ]
    tasks = [Write("use_case", (case,), "task", "The same task.") for case in (CASE, OTHER)]
    own = Write("gate_answer", (OTHER, "high-risk"), "answer", "no")
    with create(path) as store:
        store.commit("add", [title(CASE, "A case"), title(OTHER, "Another"), *gates, *tasks])
        store.commit("gate", [own])
    with Store.open(path) as store:
        loaded = store.load()
        one, other = loaded.use_cases[CASE], loaded.use_cases[OTHER]
        assert one.task is other.task
        assert one.gates["stability"] is other.gates["stability"] is other.gates["high-risk"]
        store.commit("gate", [own._replace(new=None)])
        before = store.load()
        assert before.use_cases[CASE].gates is before.use_cases[OTHER].gates
        done = store.commit("gate", [Write("gate_answer", (CASE, "stability"), "answer", "yes")])
        assert done is not None
        after = store.advance(before, done)
        assert after.use_cases[CASE].gates["stability"].answer == "yes"
        for snapshot in (before, after):
            assert snapshot.use_cases[OTHER].gates["stability"].answer == "no"
        assert before.use_cases[CASE].gates["stability"].answer == "no"
        assert same(after, store.load())
