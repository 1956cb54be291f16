"""Each protection turned off, and something that the tests look at goes wrong: none is there in vain."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from prioritizer.errors import PrioritizerError
from prioritizer.store import Store, opening, replaying, schema, sniff
from prioritizer.store.causality import Causality
from prioritizer.store.log import Entry
from prioritizer.store.writer import Writer
from tests.store.support import create, new_id, title
from tests.store.test_journals import crash, session
from tests.store.test_merge import CASE, OTHER, answer, edit, level, merged, status, two
from tests.store.test_refused import sql

Broken = bool
"""Whether something went wrong that must not."""


def replaced_under_us(folder: Path) -> Broken:
    """Is an edit acknowledged that nobody will find?"""
    path, case = folder / "a.sqlite", new_id()
    with create(path) as store:
        other = folder / "other.sqlite"
        shutil.copyfile(path, other)

        def replace(statement: str) -> None:
            if statement == "COMMIT":  # its journal is open, so that SQLite does not look any more
                other.replace(path)

        store._writer.conn.set_trace_callback(replace)
        try:
            store.commit("add", [title(case, "x")])
        except PrioritizerError:
            return False
        finally:
            store._writer.conn.set_trace_callback(None)
    with Store.open(path) as store:
        return case not in store.load().use_cases


def overwritten_by_an_older_copy(folder: Path) -> Broken:
    """Is an edit built upon what is not in the file any more?"""
    path, first = folder / "a.sqlite", new_id()
    with create(path) as store:
        older = path.read_bytes()
        store.commit("add", [title(first, "x")])
        path.write_bytes(older)
        try:
            store.commit("add", [title(new_id(), "y")])
        except PrioritizerError:
            return False
    try:
        with Store.open(path) as store:
            return first not in store.load().use_cases or store.check() != []
    except PrioritizerError:
        return True


def changed_log(folder: Path) -> Broken:
    """Is a session opened whose log was rewritten?"""
    path = folder / "a.sqlite"
    with create(path) as store:
        store.commit("add", [title(new_id(), "honest")])
    sql("UPDATE op SET payload = replace(payload, 'honest', 'forged')")(path)
    return _opens(path)


def foreign_trigger(folder: Path) -> Broken:
    """Is a file opened that does more than it is told?"""
    path = folder / "a.sqlite"
    create(path).close()
    sql("CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM draft; END")(path)
    return _opens(path)


def stale_journal(folder: Path) -> Broken:
    """Does SQLite take the file back to an older state without a word?"""
    path = folder / "a.sqlite"
    session(path, 5)
    crash(path, folder / "old.sqlite")
    with Store.open(path) as store:
        for i in range(20):
            store.commit("add", [title(new_id(), str(i))])
    shutil.copyfile(folder / "old.sqlite-journal", f"{path}-journal")
    try:
        with Store.open(path) as store:
            return len(store.history()) < 26
    except PrioritizerError:
        return False


def late_answer(folder: Path) -> Broken:
    """Does a revealed round change after the fact?"""
    one, other = two(folder, status("open"))
    edit(other, answer("4"))
    edit(one, status("revealed"))
    merged(one, other)
    with Store.open(one) as store:
        (there,) = store.load().use_cases[CASE].rounds["P1"]
        return there.answers != b""


def circle(folder: Path) -> Broken:
    """Are two use cases merged into each other?"""
    from prioritizer.model.tables import Write

    one, other = two(folder)
    edit(one, Write("use_case", (CASE,), "merged_into", OTHER))
    edit(other, Write("use_case", (OTHER,), "merged_into", CASE))
    merged(one, other, sure=True)
    with Store.open(one) as store:
        cases = store.load().use_cases
        return bool(cases[CASE].merged_into and cases[OTHER].merged_into)


def forgotten_conflict(folder: Path) -> Broken:
    """Is somebody's value overruled without a word?"""
    one, other = two(folder)
    edit(one, level(1))
    edit(other, level(4))
    merged(one, other)
    with Store.open(one) as store:
        return store.conflicts() == []


def impossible_past(folder: Path) -> Broken:
    """Is an operation taken in that speaks of one that there never was?"""
    from tests.store.test_merge import forged

    one, other = two(folder)
    edit(other, title(new_id(), "A case"))
    forged(
        other,
        lambda row: row.update(payload=str(row["payload"]).replace('"A case",null,null', '"x",null,[0,9]')),
    )
    try:
        merged(one, other)
    except PrioritizerError:
        return False
    return True


def _opens(path: Path) -> bool:
    try:
        Store.open(path).close()
    except PrioritizerError:
        return False
    return True


MUTATIONS: list[tuple[Callable[[Path], Broken], list[tuple[object, str, object]]]] = [
    (replaced_under_us, [(Writer, "check_place", lambda self: None)]),
    (overwritten_by_an_older_copy, [(Writer, "check_content", lambda self: None)]),
    (changed_log, [(Entry, "expected_checksum", lambda self, before, rest=(): self.checksum)]),
    (foreign_trigger, [(opening, "shape", lambda conn: schema.expected_shape())]),
    (stale_journal, [(sniff, "refuse_stale", lambda path: False)]),
    (late_answer, [(replaying.Replay, "_close", lambda self, round_id, ref: None)]),
    (circle, [(replaying, "closes_circle", lambda *given: False)]),
    (forgotten_conflict, [(Causality, "saw", lambda self, later, earlier: True)]),
    (impossible_past, [("prioritizer.store.merging", "check_pasts", lambda causality, log: None)]),
]


@pytest.mark.parametrize(("harness", "off"), MUTATIONS, ids=[m[0].__name__ for m in MUTATIONS])
def test_without_its_protection_it_breaks(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    harness: Callable[[Path], Broken],
    off: list[tuple[object, str, object]],
) -> None:
    for name in ("with", "without"):
        (tmp_path / name).mkdir()
    assert not harness(tmp_path / "with")
    for where, attribute, mutant in off:
        if isinstance(where, str):
            monkeypatch.setattr(f"{where}.{attribute}", mutant)
        else:
            monkeypatch.setattr(where, attribute, mutant)
    assert harness(tmp_path / "without")
