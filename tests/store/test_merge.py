"""Bringing copies together: what arrives, what is refused, what is to be settled, and its undo."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prioritizer.errors import SessionRefused
from prioritizer.model.tables import Write
from prioritizer.store import Brought, Moved, Removes, Store, read_copy
from prioritizer.store.ledger import entries
from prioritizer.store.log import decode, encode
from tests.store.support import Frozen, create, names_in, new_id, title

CASE, OTHER, PERSON, ROUND = (f"00000000-0000-4000-8000-00000000000{i}" for i in range(4))


def level(value: int | None, case: str = CASE) -> Write:
    return Write("agreed_level", (case, "P1"), "level", value)


def answer(value: str) -> Write:
    return Write("answer", (CASE, "P1", ROUND, PERSON), "answer", value)


def status(value: str) -> Write:
    return Write("round", (CASE, "P1", ROUND), "status", value)


def two(folder: Path, *writes: Write) -> tuple[Path, Path]:
    """A session and a copy of it."""
    one, other = folder / "one.sqlite", folder / "two.sqlite"
    with create(one) as store:
        store.commit("add", [title(CASE, "A case"), title(OTHER, "Another"), *writes])
    shutil.copyfile(one, other)
    return one, other


def edit(path: Path, *writes: Write) -> None:
    with Store.open(path) as store:
        assert store.commit("edit", writes)


def merged(path: Path, *others: Path, sure: bool = False) -> Brought:
    with Store.open(path) as store:
        return store.merge([read_copy(other) for other in others], sure=sure)


def test_what_both_did_is_in_both(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    edit(one, title(new_id(), "From one"))
    edit(other, title(new_id(), "From two"), level(3))
    before = other.read_bytes()
    brought = merged(one, other)
    assert (brought.operations, len(brought.new), brought.updated) == (1, 1, (CASE,))
    assert other.read_bytes() == before
    with Store.open(one) as store:
        snapshot = store.load()
        assert [u.title for u in snapshot.use_cases.values()] == ["A case", "Another", "From one", "From two"]
        assert [u.number for u in snapshot.use_cases.values()] == [1, 2, 3, 4]
        assert snapshot.use_cases[CASE].level(snapshot.preset.criterion_index()["P1"]) == 3
        assert store.conflicts() == []
        assert store.check() == []
    assert merged(one, other) == Brought()
    assert names_in(tmp_path) == ["one.sqlite", "two.sqlite"]


def test_a_copy_that_is_only_older_or_only_newer(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    edit(other, level(2))
    with Store.open(one) as store:
        difference = store.difference(read_copy(other))
        assert (difference.theirs, difference.ours) == (1, 0)
    assert merged(one, other).operations == 1
    assert merged(other, one) == Brought()
    with Store.open(other) as store:
        assert store.conflicts() == []
        assert store.check() == []


def test_the_later_change_stands_and_the_other_is_to_be_settled(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    edit(one, level(1))
    edit(other, level(4))
    merged(one, other)
    with Store.open(one) as store:
        (conflict,) = store.conflicts()
        assert (conflict.table, conflict.key, conflict.standing) == (
            "agreed_level",
            (CASE, "P1"),
            {"level": 4},
        )
        assert [(o.values, o.stands) for o in conflict.options] == [
            ({"level": 4}, True),
            ({"level": 1}, False),
        ]
        # Keeping what stands is an edit too: else it would be asked again.
        assert store.settle(conflict, {})
        assert store.conflicts() == []
        undone = store.undo()
        assert undone is not None
        assert undone.kind == "settle"
        assert [c.id for c in store.conflicts()] == [conflict.id]
        assert store.redo()
        assert store.conflicts() == []
        assert store.undo()
        assert store.settle(store.conflicts()[0], {"level": 1})
        assert store.conflicts() == []
        assert store.check() == []
    # What one has settled is settled for the other.
    merged(other, one)
    with Store.open(other) as store:
        assert store.conflicts() == []
        assert store.check() == []


def test_the_same_value_is_no_conflict(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    edit(one, level(2))
    edit(other, level(2))
    merged(one, other)
    with Store.open(one) as store:
        assert store.conflicts() == []


def test_where_nobody_ever_worked_beside_another_no_log_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log is as long as all imports of a session; a line of openings, one after another, has nothing at odds."""
    one, other = two(tmp_path)
    for value in (1, 2, 3):
        edit(one, level(value))

    def read(conn: sqlite3.Connection, after: int = 0) -> None:
        raise AssertionError("the log was read")

    with monkeypatch.context() as patch:
        patch.setattr("prioritizer.store.joining.entries", read)
        with Store.open(one) as store:
            assert store.conflicts() == []
            edit(one, level(0))  # somebody else, of whom this opening does not know yet
            with pytest.raises(AssertionError, match="was read"):
                store.conflicts()
    edit(other, level(4))
    merged(one, other)
    edit(one, level(2))  # which has seen both: now there is one line again, and yet there were two
    with Store.open(one) as store:
        assert store.undo()
        assert len(store.conflicts()) == 1


def test_an_edit_after_the_merge_settles_what_its_author_saw(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    edit(one, level(1))
    edit(other, level(4))
    merged(one, other)
    edit(one, level(3))
    with Store.open(one) as store:
        assert store.conflicts() == []
        assert store.undo()
        assert len(store.conflicts()) == 1


@pytest.mark.parametrize("answered_first", [True, False])
def test_an_answer_for_a_closed_round_waits(tmp_path: Path, answered_first: bool) -> None:
    one, other = two(tmp_path, status("open"), answer("pending"))
    steps: list[Callable[[], None]] = [
        lambda: edit(other, answer("4")),
        lambda: edit(one, status("revealed")),
    ]
    for step in steps if answered_first else reversed(steps):
        step()
    for path, source in ((one, other), (other, one)):
        merged(path, source)
        with Store.open(path) as store:
            (conflict,) = store.conflicts()
            assert conflict.table == "answer"
            assert [(o.values, o.why) for o in conflict.options] == [({"answer": "4"}, "closed")]
            assert conflict.standing == {"answer": "pending"}
            assert store.check() == []
    with Store.open(one) as store:
        store.settle(conflict, {"answer": "4"})
        assert store.conflicts() == []
        (there,) = store.load().use_cases[CASE].rounds["P1"]
        assert there.answers[0] == 4
        assert store.check() == []


def test_an_answer_whose_author_knew_of_the_reveal_counts(tmp_path: Path) -> None:
    one, other = two(tmp_path, status("open"))
    edit(one, status("revealed"))
    shutil.copyfile(one, other)
    edit(other, answer("4"))
    edit(one, title(OTHER, "meanwhile"))
    merged(one, other)
    with Store.open(one) as store:
        assert store.conflicts() == []
        assert store.load().use_cases[CASE].rounds["P1"][0].answers == bytes([4])


def test_links_that_close_a_circle_lose(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    edit(one, Write("use_case", (CASE,), "merged_into", OTHER))
    edit(other, Write("use_case", (OTHER,), "merged_into", CASE))
    for path, source in ((one, other), (other, one)):
        merged(path, source, sure=True)
        with Store.open(path) as store:
            cases = store.load().use_cases
            assert (cases[CASE].merged_into, cases[OTHER].merged_into) == (OTHER, None)
            (conflict,) = store.conflicts()
            assert [(o.values, o.why) for o in conflict.options] == [({"merged_into": CASE}, "circle")]
            assert store.check() == []


def test_a_merge_that_takes_much_away_asks_first(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    edit(other, Write("use_case", (CASE,), "deleted", 1))
    before = one.read_bytes()
    with pytest.raises(Removes, match="1 of 2 use cases") as caught:
        merged(one, other)
    assert caught.value.exit_code == 2
    assert one.read_bytes() == before
    assert merged(one, other, sure=True).removed == (CASE,)


def test_undo_takes_a_merge_back_as_one(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    edit(one, level(1))
    edit(other, level(4), title(new_id(), "Arrived"))
    edit(other, title(CASE, "Renamed"))
    merged(one, other)
    with Store.open(one) as store:
        undone = store.undo()
        assert undone is not None
        assert (undone.kind, undone.committed.kind) == ("merge", "undo")
        snapshot = store.load()
        assert [u.title for u in snapshot.use_cases.values() if u.title] == ["A case", "Another"]
        assert snapshot.use_cases[CASE].level(snapshot.preset.criterion_index()["P1"]) == 1
        assert store.conflicts() == []
        assert store.check() == []
        # The edit before the merge is next, as if there had been none.
        top = store.next_undo()
        assert top is not None
        assert top.kind == "edit"
        redone = store.redo()
        assert redone is not None
        assert redone.kind == "merge"
        assert len(store.conflicts()) == 1
        assert store.undo()
        undone = store.undo()
        assert undone is not None
        assert undone.skipped == ()
        column = snapshot.preset.criterion_index()["P1"]
        assert store.load().use_cases[CASE].level(column) is None
        assert store.check() == []


def test_undo_of_a_merge_leaves_what_was_changed_since(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    edit(other, level(4), title(OTHER, "Renamed"))
    merged(one, other)
    # Another copy has changed it in the meantime, so that it is not ours any more.
    third = tmp_path / "three.sqlite"
    shutil.copyfile(one, third)
    edit(third, level(0))
    merged(one, third)
    with Store.open(one) as store:
        for _ in range(2):
            undone = store.undo()
            assert undone is not None
            assert undone.kind == "merge"
        assert store.load().use_cases[OTHER].title == "Another"
        assert store.check() == []


def test_another_session_is_refused(tmp_path: Path) -> None:
    one, _ = two(tmp_path)
    create(tmp_path / "strange.sqlite").close()
    before = one.read_bytes()
    with pytest.raises(SessionRefused, match=r"strange\.sqlite.* is another session than .*one\.sqlite"):
        merged(one, tmp_path / "strange.sqlite")
    assert one.read_bytes() == before


def forged(path: Path, change: Callable[[dict[str, object]], None], where: str = "max(id)") -> None:
    """Another program rewrites the newest operation and its checksum, as a program of ours could."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.row_factory = sqlite3.Row
        row = dict(conn.execute(f"SELECT * FROM op WHERE id = (SELECT {where} FROM op)").fetchone())
        change(row)
        columns = ", ".join(f"{name} = ?" for name in row)
        conn.execute(f"UPDATE op SET {columns} WHERE id = ?", (*row.values(), row["id"]))
        conn.row_factory = None
        before: dict[str, str] = {}
        for local, entry in list(entries(conn)):
            checksum = entry.expected_checksum(before.get(entry.site, ""))
            conn.execute("UPDATE op SET checksum = ? WHERE id = ?", (checksum, local))
            before[entry.site] = checksum


@pytest.mark.parametrize("change", [{"time": "yesterday"}, {"clock": 40_000_000_000_000 << 16}])
def test_a_time_that_is_none_is_found_by_the_check(tmp_path: Path, change: dict[str, object]) -> None:
    """Checksums and tables are right, and yet no program of ours has written it."""
    one, _ = two(tmp_path)
    edit(one, level(1))
    forged(one, lambda row: row.update(change))
    with Store.open(one) as store:
        (found,) = store.check()
    assert found.startswith("Log: operation ")


def test_two_contents_for_one_operation_are_refused(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    forged(other, lambda row: row.update(label="something else"))
    with pytest.raises(
        SessionRefused, match=r"one\.sqlite.* and .*two\.sqlite.* differ in operation 2 of site"
    ):
        merged(one, other)


def test_two_names_for_one_id_are_refused(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    name = new_id()
    with Store.open(one) as store:
        store.commit("frame", [Write("session", (), "decider", name)], names={name: "Ada"})
    shutil.copyfile(one, other)
    with closing(sqlite3.connect(other)) as conn, conn:
        conn.execute("UPDATE name SET text = 'Eve'")
    with pytest.raises(SessionRefused, match="differ in a person's name"):
        merged(one, other)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda row: row.update(clock=(40_000_000_000_000 << 16)), "clock that cannot be"),
        (lambda row: row.update(time="yesterday"), "no proper site or time"),
        (
            lambda row: row.update(clock=5),
            "clock that cannot be|comes after one that is missing|out of its place",
        ),
        (
            lambda row: row.update(payload=row["payload"].replace('"A case"', '"a\\u0000b"')),
            "cannot be stored",
        ),
        (lambda row: row.update(payload=row["payload"].replace('"title"', '"rank"')), "cannot be read"),
        (
            lambda row: row.update(payload=row["payload"].replace('"A case",null,null', '"x",null,[0,9]')),
            "not seen",
        ),
        (lambda row: row.update(payload='{"after":[["x",1]],' + row["payload"][1:]), "missing"),
        (lambda row: row.update(payload='{"after":7,' + row["payload"][1:]), "not a list|cannot be read"),
    ],
)
def test_what_nobody_can_have_entered_is_refused(
    tmp_path: Path, change: Callable[[dict[str, object]], None], words: str
) -> None:
    one, other = two(tmp_path)
    edit(other, title(new_id(), "A case"))
    before = one.read_bytes()
    forged(other, change)
    with pytest.raises(SessionRefused, match=words) as caught:
        merged(one, other)
    assert "two.sqlite" in str(caught.value)
    assert one.read_bytes() == before


def test_an_operation_from_the_year_2099(tmp_path: Path) -> None:
    """It stands for now, is to be settled, and whatever is entered later is later than it."""
    one, other = two(tmp_path)
    clock = Frozen()
    clock.now = datetime(2099, 1, 1, tzinfo=UTC)
    edit(one, level(1))
    with Store.open(other, clock=clock) as store:
        store.commit("edit", [level(4)])
    merged(one, other)
    with Store.open(one) as store:
        assert [c.standing for c in store.conflicts()] == [{"level": 4}]
        assert store.commit("edit", [level(2)])
        snapshot = store.load()
        assert snapshot.use_cases[CASE].level(snapshot.preset.criterion_index()["P1"]) == 2
        assert store.conflicts() == []
        assert store.check() == []


def test_a_copy_being_written_is_read_whole(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    with Store.open(other) as busy:
        busy.commit("edit", [level(3)])
        assert merged(one, other).operations == 1
        assert busy.commit("edit", [level(4)])
    assert merged(one, other).operations == 1


def test_a_payload_with_what_its_author_had_seen() -> None:
    after = [("b", 2), ("a", 1)]
    payload = encode((), after)
    assert json.loads(payload) == {"after": [["a", 1], ["b", 2]], "ids": [], "w": []}
    assert decode(payload) == ()


def test_a_merge_beside_another_writer(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    edit(other, level(3))
    with Store.open(one) as store, Store.open(one) as beside:
        store.load()
        assert beside.commit("edit", [title(OTHER, "meanwhile")])
        with pytest.raises(Moved):
            store.merge([read_copy(other)])
        assert store.refresh() is not None
        assert store.merge([read_copy(other)]).operations == 1
        # And the other writer learns of it before it writes.
        with pytest.raises(Moved):
            beside.commit("edit", [title(OTHER, "again")])
        assert beside.refresh() is not None
        assert beside.commit("edit", [title(OTHER, "again")])
        assert beside.check() == []


def test_a_merge_into_a_file_that_was_replaced_writes_nothing(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    edit(other, level(3))
    with Store.open(one) as store:
        shutil.copyfile(one, tmp_path / "three.sqlite")
        (tmp_path / "three.sqlite").replace(one)
        before = one.read_bytes()
        with pytest.raises(SessionRefused, match="replaced by another file, so nothing was merged"):
            store.merge([read_copy(other)])
    assert one.read_bytes() == before
