from __future__ import annotations

from pathlib import Path

import pytest

from prioritizer.errors import PrioritizerError
from prioritizer.model.tables import Write
from prioritizer.store import Store
from prioritizer.store.undoing import plan
from tests.store.support import create, new_id, same, title


def status(case: str, round_id: str, value: str | None) -> Write:
    return Write("round", (case, "P1", round_id), "status", value)


def test_undo_and_redo_survive_a_restart(tmp_path: Path) -> None:
    path, case = tmp_path / "a.sqlite", new_id()
    states = []
    with create(path) as store:
        states.append(store.load())
        for i in range(4):
            store.commit("retitle", [title(case, str(i))], label=f"title {i}")
            states.append(store.load())
    for i in (3, 2, 1):
        with Store.open(path) as store:
            undone = store.undo(actor="me")
            assert undone is not None
            assert (undone.kind, undone.label) == ("retitle", f"title {i}")
            assert undone.committed.kind == "undo"
            assert undone.committed.actor == "me"
            assert store.load() == states[i]
    for i in (1, 2, 3):
        with Store.open(path) as store:
            redone = store.redo()
            assert redone is not None
            assert (redone.kind, redone.label) == ("retitle", f"title {i}")
            assert redone.committed.kind == "redo"
            assert store.load() == states[i + 1]
            if i == 3:
                assert store.redo() is None
            assert store.check() == []


def test_a_new_edit_empties_the_redo_stack(tmp_path: Path) -> None:
    one, two = new_id(), new_id()
    with create(tmp_path / "a.sqlite") as store:
        store.commit("a", [title(one, "one")])
        store.undo()
        store.commit("b", [title(two, "two")])
        assert store.next_redo() is None
        assert store.redo() is None
        assert store.undo()
        assert store.undo() is None
        redone = store.redo()
        assert redone is not None
        assert redone.kind == "b"
        assert store.redo() is None


def test_an_undo_can_be_undone_and_redone_for_ever(tmp_path: Path) -> None:
    case = new_id()
    with create(tmp_path / "a.sqlite") as store:
        store.commit("a", [title(case, "one")])
        store.commit("a", [title(case, "two")])
        for _ in range(20):
            assert store.undo()
            assert store.load().use_cases[case].title == "one"
            assert store.redo()
            assert store.load().use_cases[case].title == "two"
        assert store.undo()
        assert store.undo()
        assert store.undo() is None
        assert store.load().use_cases[case].title == ""
        assert store.check() == []


def test_edits_made_as_one_are_undone_as_one(tmp_path: Path) -> None:
    case = new_id()
    with create(tmp_path / "a.sqlite") as store:
        store.commit("add", [title(case, "t")])
        for text in ("h", "he", "hel", "hello"):
            store.commit(
                "type", [Write("use_case", (case,), "note", text)], label=f"note {text}", join=text != "h"
            )
        top = store.next_undo()
        assert top is not None
        assert top.label == "note hello"
        undone = store.undo()
        assert undone is not None
        assert undone.writes == (Write("use_case", (case,), "note", None),)
        top = store.next_redo()
        assert top is not None
        assert top.label == "note hello"
        # After an undo there is nothing to join.
        done = store.commit("type", [Write("use_case", (case,), "note", "x")], join=True)
        assert done is not None
        assert done.group == done.seq
        store.undo()
        assert store.redo()
        assert store.load().use_cases[case].note == "x"


def test_joining_is_for_one_opening(tmp_path: Path) -> None:
    path, case = tmp_path / "a.sqlite", new_id()
    with create(path) as store:
        done = store.commit("add", [title(case, "t")], join=True)
        assert done is not None
        assert done.group == done.seq
    with Store.open(path) as store:
        done = store.commit("type", [Write("use_case", (case,), "note", "x")], join=True)
        assert done is not None
        store.undo()
        assert store.load().use_cases[case].title == "t"


def test_what_was_revealed_is_never_open_again(tmp_path: Path) -> None:
    case, round_id, person = new_id(), new_id(), new_id()
    with create(tmp_path / "a.sqlite") as store:
        snapshot = store.load()

        def now() -> str:
            found = store.load().use_cases[case].rounds["P1"][0]
            assert found.answers == (b"\x03" if done_answering else b"")
            return found.status

        done_answering = False
        for kind, writes in (
            ("add", [title(case, "t")]),
            ("open", [status(case, round_id, "open"), Write("round", (case, "P1", round_id), "number", 1)]),
            ("ballot", [Write("answer", (case, "P1", round_id, person), "answer", "3")]),
            ("reveal", [status(case, round_id, "revealed")]),
        ):
            committed = store.commit(kind, writes)
            assert committed is not None
            snapshot = store.advance(snapshot, committed)
            assert same(store.load(), snapshot)
        done_answering = True
        assert now() == "revealed"
        store.undo()
        assert now() == "void"
        store.redo()
        assert now() == "revealed"
        store.undo()
        store.undo()
        done_answering = False
        assert now() == "void"
        store.undo()
        assert now() == "void"
        store.undo()
        assert store.undo() is None
        for kind in ("add", "open", "ballot", "reveal"):
            redone = store.redo()
            assert redone is not None
            assert redone.kind == kind
        done_answering = True
        assert now() == "revealed"
        assert same(store.load(), snapshot)
        assert store.check() == []


def test_a_decision_keeps_its_place(tmp_path: Path) -> None:
    ids = [new_id() for _ in range(3)]
    with create(tmp_path / "a.sqlite") as store:
        snapshot = store.load()
        for d in ids:
            done = store.commit(
                "decide", [Write("decision", (d,), "text", d), Write("decision", (d,), "date", "x")]
            )
            assert done is not None
            snapshot = store.advance(snapshot, done)
        done = store.commit("forget", [Write("decision", (ids[0],), "text", None)])
        assert done is not None
        snapshot = store.advance(snapshot, done)
        assert [d.id for d in snapshot.decisions] == ids[1:]
        undone = store.undo()
        assert undone is not None
        snapshot = store.advance(snapshot, undone.committed)
        assert [d.id for d in snapshot.decisions] == ids
        assert snapshot.decisions[0].date == "x"
        assert same(store.load(), snapshot)


def test_what_somebody_else_has_changed_since_is_left_and_said(tmp_path: Path) -> None:
    """The plan for an edit over which another copy's has come: only what still is ours goes back."""
    case = new_id()
    note = ("use_case", (case,), "note")
    with create(tmp_path / "a.sqlite") as store:
        done = store.commit("both", [title(case, "mine"), Write(*note, "mine")])
        assert done is not None
        store.commit("theirs", [Write(*note, "theirs")])
        found = plan(store._writer.conn, (done.site, done.group))
        assert found.edit.kind == "both"
        assert found.writes == (title(case, None),)
        assert found.skipped == (Write(*note, None),)


def test_undo_of_what_is_not_there(tmp_path: Path) -> None:
    with create(tmp_path / "a.sqlite") as store:
        with pytest.raises(PrioritizerError, match="undone"):
            store.commit("x", [title(new_id(), "x")], undo_of=(new_id(), 3))
        assert store.check() == []


def test_edits_there_and_back_made_as_one_do_not_hide_the_edit_before(tmp_path: Path) -> None:
    case = new_id()
    with create(tmp_path / "a.sqlite") as store:
        store.commit("a", [title(case, "one")])
        store.commit("b", [title(case, "two")])
        store.commit("b", [title(case, "one")], join=True)
        for _ in range(2):
            undone = store.undo()
            assert undone is not None
            assert undone.skipped == ()
        assert store.load().use_cases[case].title == ""
        assert store.check() == []
