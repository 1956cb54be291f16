from __future__ import annotations

import hashlib
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from prioritizer.model.tables import TABLES, Write
from prioritizer.store.schema import FORMAT, MIGRATIONS
from tests.store.support import create, new_id, title

DOC = Path(__file__).parents[2] / "docs" / "session-format.md"

FIRST_FORMAT = "91783f46614575180552213ff6ff54e24120b90fca198d341f45167efe8b4a06"
"""Once this format has been released, a change is a new migration and a new format, never another digest."""


def test_a_format_stays_what_it_is() -> None:
    text = "\n".join(MIGRATIONS[0].statements)
    assert hashlib.sha256(text.encode()).hexdigest() == FIRST_FORMAT, (
        "The tables of format 1 have changed: add a migration (or, before the first release, "
        "write the new digest here and mend docs/session-format.md)."
    )
    assert len(MIGRATIONS) == FORMAT


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
