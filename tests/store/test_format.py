from __future__ import annotations

import hashlib
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from prioritizer.model.tables import TABLES, Write
from prioritizer.store import Store, schema
from prioritizer.store.schema import FORMAT, MIGRATIONS
from tests.store.support import create, names_in, new_id, title

DOC = Path(__file__).parents[2] / "docs" / "session-format.md"

DIGESTS = (
    "8c4efca934942c0403476a5e96e76b11a8f744a65c445d0bdfc9a3f9d9675668",
    "6a284b3a40b19f05b2dcb1dc990b50d41381ac1cdce22af059183e69b35a54bd",
)
"""Of each format's statements. Files of each are with people: a change is a new migration, never another digest."""


@contextmanager
def monkeypatched(migrations: tuple[schema.Migration, ...]) -> Iterator[None]:
    """A program that knows only these formats."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", migrations)
        yield


def test_a_format_stays_what_it_is() -> None:
    for migration, digest in zip(MIGRATIONS, DIGESTS, strict=True):
        text = "\n".join(migration.statements)
        assert hashlib.sha256(text.encode()).hexdigest() == digest, (
            "The tables of a format have changed: add a migration instead."
        )
    assert len(MIGRATIONS) == FORMAT


def test_a_file_of_format_1_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with monkeypatched(MIGRATIONS[:1]), create(path) as store:
        store.commit("add", [title(new_id(), "from before")])
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (1,)
        assert conn.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'weighting'").fetchone() == (0,)
    with Store.open(path) as store:
        assert [u.title for u in store.load().use_cases.values()] == ["from before"]
        person = new_id()
        store.commit("weigh", [Write("weighting", (person,), "method", "swing")])
        assert store.check() == []
    assert len([name for name in names_in(tmp_path) if "migration" in name]) == 1


def test_the_document_names_every_table_and_column() -> None:
    text = DOC.read_text(encoding="utf-8")
    for table in TABLES.values():
        assert f"`{table.name}`" in text
        for field, _ in table.fields:
            assert f"`{field}`" in text, f"{table.name}.{field}"


def test_the_queries_of_the_document_work(tmp_path: Path) -> None:
    path, case, round_id, person, name = tmp_path / "a.sqlite", *(new_id() for _ in range(4))
    with create(path) as store:
        store.commit(
            "all",
            [
                title(case, "One"),
                Write("participant", (person,), "name", name),
                Write("agreed_level", (case, "P1"), "level", 3),
                Write("round", (case, "P1", round_id), "status", "revealed"),
                Write("answer", (case, "P1", round_id, person), "answer", "3"),
            ],
            names={name: "Ada"},
        )
    queries = re.findall(r"```sql\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    assert len(queries) >= 4
    with closing(sqlite3.connect(path)) as conn:
        for query in queries:
            for statement in filter(str.strip, query.split(";")):
                assert conn.execute(statement).fetchall(), statement


def test_the_checksum_of_the_document_is_ours(tmp_path: Path) -> None:
    """The document's own few lines of Python, run on a real file."""
    path, case = tmp_path / "session.sqlite", new_id()
    with create(path) as store:
        store.commit("add", [title(case, "漢字 \u2028 ✓")], label="“x”", actor="me")
        store.undo()
    (code,) = re.findall(r"```python\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "3 operations, all as their checksums say\n"), ran.stderr


def test_importing_is_late() -> None:
    """A command that only prints its help must not pay for the session file."""
    code = "import sys, prioritizer.store; print([m for m in ('sqlite3', 'sqlite_utils', 'numpy') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
