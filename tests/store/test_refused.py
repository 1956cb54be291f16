"""What is not a sound session: one sentence, the right exit code, and not a byte changed."""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from prioritizer.errors import SessionBusy, SessionRefused
from prioritizer.model.tables import Write
from prioritizer.store import Store
from tests.store.support import create, names_in, new_id, title


def sound(path: Path) -> None:
    case, round_id, person = new_id(), new_id(), new_id()
    with create(path) as store:
        for i in range(5):
            store.commit("add", [title(new_id(), f"Use case {i}")])
        store.commit(
            "round",
            [
                title(case, "with a round"),
                Write("agreed_level", (case, "P1"), "level", 3),
                Write("round", (case, "P1", round_id), "number", 1),
                Write("round", (case, "P1", round_id), "status", "open"),
                Write("answer", (case, "P1", round_id, person), "answer", "3"),
            ],
        )


def sql(*statements: str) -> Callable[[Path], None]:
    """Another program changes the file."""

    def change(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as conn:
            for statement in statements:
                conn.execute(statement).fetchall()

    return change


def put(data: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        path.write_bytes(data)

    return change


def patch(at: int, data: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        whole = bytearray(path.read_bytes())
        whole[at : at + len(data)] = data
        path.write_bytes(whole)

    return change


def cut(part: float) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, int(path.stat().st_size * part))


def appended(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"x" * 4096)


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x" * 1000)
    return buffer.getvalue()


OPENING: dict[str, tuple[Callable[[Path], None], str]] = {
    "empty": (put(b""), "is empty"),
    "one byte": (put(b"S"), "cut short"),
    "half a header": (put(b"SQLite format 3\0" + b"\0" * 30), "cut short"),
    "text": (put(b"title,task\r\n" * 50), "not a session file"),
    "zip": (put(zipped()), "zip archive"),
    "pdf": (put(b"%PDF-1.7" + b"x" * 500), "PDF"),
    "noise": (put(bytes(range(256)) * 40), "not a session file"),
    "header only": (lambda path: os.truncate(path, 100), "damaged|cut short"),
    "half": (cut(0.5), "cut short|damaged"),
    "all but a page": (cut(0.98), "cut short|damaged"),
    "appended": (appended, "longer than its content"),
    "other application": (sql("PRAGMA application_id = 7"), "another program"),
    "newer": (
        sql("PRAGMA user_version = 4"),
        r"made by a newer version \(format 4; this program reads up to 2\)",
    ),
    "zero": (sql("PRAGMA user_version = 0"), "format 0"),
    "negative": (sql("PRAGMA user_version = -3"), "format -3"),
    "wal": (sql("PRAGMA journal_mode = WAL"), "write-ahead log"),
    "view": (sql("CREATE VIEW v AS SELECT 1"), "tables that differ"),
    "trigger": (
        sql("CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END"),
        "tables that differ",
    ),
    "fts5": (sql("CREATE VIRTUAL TABLE f USING fts5(x)"), "tables that differ"),
    "extra table": (sql("CREATE TABLE extra (x)"), "tables that differ"),
    "extra index": (sql("CREATE INDEX i ON op (kind)"), "tables that differ"),
    "extra column": (sql("ALTER TABLE op ADD COLUMN x TEXT"), "tables that differ"),
    "missing table": (sql("DROP TABLE draft"), "tables that differ"),
    "statistics": (sql("ANALYZE"), "tables that differ"),
    "table swapped for a view": (
        sql("DROP TABLE draft", "CREATE VIEW draft AS SELECT 1 AS place, 2 AS text, 3 AS time"),
        "tables that differ",
    ),
    "schema text": (
        sql(
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = 'CREATE TABLE op (x)' WHERE name = 'op'",
        ),
        "differ|damaged",
    ),
    "schema nonsense": (
        sql("PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET sql = 'nonsense' WHERE name = 'op'"),
        "differ|damaged",
    ),
    "changed operation": (sql("UPDATE op SET label = 'x' WHERE id = 3"), "does not match its checksum"),
    "changed payload": (sql("UPDATE op SET payload = replace(payload, '2', '7')"), "does not match"),
    "missing operation": (sql("DELETE FROM op WHERE id = 3"), "follows"),
    "no session": (sql("DELETE FROM session"), "no id"),
    "no preset": (sql("UPDATE session SET preset = NULL"), "no preset"),
    "bad page size": (patch(16, b"\x00\x03"), "not a session file|damaged"),
    "broken root page": (patch(100, b"\xff" * 60), "damaged"),
}

LOADING: dict[str, tuple[Callable[[Path], None], str]] = {
    "absurd level": (sql("UPDATE agreed_level SET level = 77"), "not one of"),
    "huge level": (sql("UPDATE agreed_level SET level = 4000000000"), "not one of"),
    "absurd status": (sql("UPDATE round SET status = 'ajar'"), "ajar"),
    "absurd answer": (sql("UPDATE answer SET answer = '9'"), "damaged"),
    "orphan answer": (
        sql("PRAGMA foreign_keys = OFF", "DELETE FROM participant"),
        "damaged",
    ),
    "orphan round": (
        sql("PRAGMA foreign_keys = OFF", "UPDATE round SET id = id + 5"),
        "round that is not there",
    ),
    "NUL in a title": (sql("UPDATE use_case SET title = 'a' || char(0) || 'b'"), "cannot be stored"),
    "bad UTF-8": (sql("UPDATE use_case SET title = CAST(x'c328' AS TEXT)"), "damaged"),
    "long title": (sql("UPDATE use_case SET title = printf('%.*c', 50000000, 'x')"), "longer than"),
    "broken preset": (
        sql("UPDATE session SET preset = json_set(preset, '$.toml', 'format = 1')"),
        "preset",
    ),
    "preset is no JSON": (sql("UPDATE session SET preset = '{'"), "damaged"),
    "preset without text": (sql("UPDATE session SET preset = '{}'"), "preset is not whole"),
    "weights": (sql("UPDATE session SET weights = '[]'"), "right shape"),
}


@pytest.mark.parametrize("name", OPENING)
def test_refused_when_opened(tmp_path: Path, name: str) -> None:
    change, words = OPENING[name]
    path = tmp_path / "a [x] %.sqlite"
    sound(path)
    change(path)
    unchanged(path, words, lambda: Store.open(path).close())


@pytest.mark.parametrize("name", LOADING)
def test_refused_when_loaded(tmp_path: Path, name: str) -> None:
    change, words = LOADING[name]
    path = tmp_path / "a.sqlite"
    sound(path)
    change(path)

    def attempt() -> None:
        with Store.open(path) as store:
            store.load()

    unchanged(path, words, attempt)


def unchanged(path: Path, words: str, attempt: Callable[[], None]) -> None:
    data, names = path.read_bytes(), names_in(path.parent)
    with pytest.raises(SessionRefused, match=words) as caught:
        attempt()
    sentence = str(caught.value)
    assert path.name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert caught.value.exit_code == 3
    assert path.read_bytes() == data
    assert names_in(path.parent) == names


def test_not_a_file(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path, words in (
        (tmp_path / "none.sqlite", "does not exist"),
        (tmp_path / "no" / "none.sqlite", "does not exist"),
        (tmp_path, "is a folder"),
        (fifo, "not a regular file"),
        (tmp_path / "loop", "cannot be reached|does not exist"),
        (tmp_path / ("x" * 300), "cannot be reached"),
        (tmp_path / "a\0b", "cannot be reached"),
    ):
        with pytest.raises(SessionRefused, match=words):
            Store.open(path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    sound(path)
    path.chmod(0)
    with pytest.raises(SessionRefused, match="cannot be read"):
        Store.open(path)


@pytest.mark.usefixtures("impatient")
def test_locked(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    sound(path)
    data = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(SessionBusy, match="another program") as caught:
            Store.open(path)
        assert caught.value.exit_code == 3
        other.execute("ROLLBACK")
    Store.open(path).close()
    assert path.read_bytes() == data


@pytest.mark.usefixtures("impatient")
def test_locked_while_writing(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    use_case = new_id()
    with create(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        for begin in ("BEGIN IMMEDIATE", "BEGIN"):
            other.execute(begin)
            other.execute("SELECT * FROM op").fetchall()
            with pytest.raises(SessionBusy, match="not saved"):
                store.commit("add", [title(use_case, "x")])
            other.execute("ROLLBACK")
            assert store.check() == []
        assert store.commit("add", [title(use_case, "x")])
        assert len(store.history()) == 2


def test_a_refused_file_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    sound(path)
    whole = path.read_bytes()
    appended(path)
    with pytest.raises(SessionRefused):
        Store.open(path)
    path.write_bytes(whole)
    with Store.open(path) as store:
        assert store.check() == []


def test_a_link_is_followed(tmp_path: Path) -> None:
    sound(tmp_path / "real.sqlite")
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "real.sqlite")
    with Store.open(tmp_path / "link.sqlite") as store:
        assert store.path == tmp_path / "real.sqlite"
        assert store.commit("add", [title(new_id(), "x")])


def test_random_damage_is_never_more_than_a_sentence(tmp_path: Path) -> None:
    good, path = tmp_path / "good.sqlite", tmp_path / "a.sqlite"
    sound(good)
    draw = random.Random(3)
    size = good.stat().st_size
    for _ in range(150):
        shutil.copyfile(good, path)
        patch(draw.randrange(size), draw.randbytes(draw.choice((1, 4, 64))))(path)
        # Anything but these sentences fails the test.
        with contextlib.suppress(SessionRefused), Store.open(path) as store:
            store.load()
            store.check()
            store.history()


def test_findings_of_check(tmp_path: Path) -> None:
    for change, words in (
        (sql("UPDATE agreed_level SET level = 1"), "agreed_level .* level differs from the log"),
        (sql("UPDATE winner SET op = 2 WHERE tbl = 'agreed_level'"), "winner of agreed_level"),
        (sql("UPDATE answer SET op = 2"), "winner of answer"),
        (sql("DELETE FROM agreed_level"), "agreed_level"),
        (sql("DELETE FROM answer"), "in the log and not in the tables"),
        (sql("UPDATE use_case SET note = 'x'"), "in the tables and not in the log"),
        (sql("UPDATE use_case SET born_seq = 1"), "creation of use case"),
        (sql("PRAGMA foreign_keys = OFF", "UPDATE use_case SET owner = 'nobody'"), "refers to a row of name"),
        (sql("INSERT INTO winner VALUES ('tag', '1/x', 'present', 2)"), "a row that is not there"),
    ):
        path = tmp_path / f"{new_id()}.sqlite"
        sound(path)
        change(path)
        with Store.open(path) as store:
            found = store.check()
        assert found
        assert re.search(words, "\n".join(found)), found
