"""The tables of a session file, and the numbered steps that build them.

The state tables follow from `prioritizer.model.tables.TABLES`, in columns that a person can read in
the sqlite3 shell. People's ids are UUIDs everywhere; inside one file a small integer stands
for each, because UUIDs in every answer row would make a large session ten times as big.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from prioritizer.model.tables import TABLES, Table

if TYPE_CHECKING:
    import sqlite3

APPLICATION_ID = 0x5052696F
"""``PRio`` in the header of the file: how we, and ``file``, know it."""

FORMAT = 2
"""``user_version`` of the files that this program writes."""

_TYPES = {"text": "TEXT", "json": "TEXT", "int": "INTEGER", "real": "REAL", "name": "TEXT"}
_LOCAL = {
    "use_case": "INTEGER NOT NULL REFERENCES use_case(id)",
    "participant": "INTEGER NOT NULL REFERENCES participant(id)",
}

_LOG = (
    """CREATE TABLE site (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE
) STRICT""",
    """CREATE TABLE op (
  id INTEGER PRIMARY KEY,
  site INTEGER NOT NULL REFERENCES site(id),
  seq INTEGER NOT NULL,
  clock INTEGER NOT NULL,
  undo_group INTEGER NOT NULL,
  undo_of INTEGER REFERENCES op(id),
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  actor TEXT,
  time TEXT NOT NULL,
  checksum TEXT NOT NULL,
  payload TEXT NOT NULL,
  UNIQUE (site, seq)
) STRICT""",
    """CREATE TABLE winner (
  tbl TEXT NOT NULL,
  "row" TEXT NOT NULL,
  field TEXT NOT NULL,
  op INTEGER NOT NULL REFERENCES op(id),
  PRIMARY KEY (tbl, "row", field)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE name (
  id TEXT PRIMARY KEY NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
)

_LOCAL_TABLES = (
    """CREATE TABLE draft (
  place TEXT PRIMARY KEY NOT NULL,
  text TEXT NOT NULL,
  time TEXT NOT NULL
) STRICT""",
    """CREATE TABLE arrival (
  op INTEGER PRIMARY KEY REFERENCES op(id),
  batch INTEGER NOT NULL,
  time TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT""",
    """CREATE TABLE backup (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  time TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT""",
)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a format to the next. Never changed once it has been released."""

    name: str
    statements: tuple[str, ...]


def primary_key(table: Table) -> tuple[str, ...]:
    """The columns that find one row of a state table inside one file."""
    if table.name == "answer":
        return ("round", "participant")  # use case and criterion follow from the round
    if any(kind == "id" for _, kind in table.keys):
        return ("id",)
    return tuple(name for name, _ in table.keys) or ("row",)


def _state_table(table: Table) -> str:
    columns: list[str] = []
    key = primary_key(table)
    tail = " STRICT"
    if key == ("id",):
        columns += ['"id" INTEGER PRIMARY KEY', '"uuid" TEXT NOT NULL UNIQUE']
    elif key == ("row",):
        columns.append('"row" INTEGER PRIMARY KEY CHECK ("row" = 1)')
    else:
        tail += ", WITHOUT ROWID"
    if table.name == "use_case":
        columns += [
            '"born_clock" INTEGER NOT NULL',
            '"born_site" INTEGER NOT NULL REFERENCES site(id)',
            '"born_seq" INTEGER NOT NULL',
            '"born_place" INTEGER NOT NULL',
        ]
    if table.name == "answer":
        columns.append('"round" INTEGER NOT NULL REFERENCES round(id)')
        columns.append(f'"participant" {_LOCAL["participant"]}')
    else:
        columns += [f'"{n}" {_LOCAL.get(kind, "TEXT NOT NULL")}' for n, kind in table.keys if kind != "id"]
    for name, kind in table.fields:
        refers = " REFERENCES name(id)" if kind == "name" else ""
        columns.append(f'"{name}" {_TYPES[kind]}{refers}')
    if table.name == "answer":
        columns.append('"op" INTEGER NOT NULL REFERENCES op(id)')
    if len(key) > 1 or key[0] not in ("id", "row"):
        columns.append("PRIMARY KEY ({})".format(", ".join(f'"{k}"' for k in key)))
    inner = ",\n  ".join(columns)
    return f'CREATE TABLE "{table.name}" (\n  {inner}\n){tail}'


_LATER = ("weighting",)
"""State tables that format 1 had not."""

MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        "first format",
        (*_LOG, *(_state_table(t) for t in TABLES.values() if t.name not in _LATER), *_LOCAL_TABLES),
    ),
    Migration("each participant's weights", (_state_table(TABLES["weighting"]),)),
)


def build(conn: sqlite3.Connection, migrations: Sequence[Migration] | None = None) -> None:
    """Creates the tables in an empty database, inside the caller's transaction."""
    migrations = MIGRATIONS if migrations is None else migrations
    for migration in migrations:
        for statement in migration.statements:
            conn.execute(statement)
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.execute(f"PRAGMA user_version = {len(migrations)}")


Shape = frozenset[tuple[str, str, str, str | None]]


def shape(conn: sqlite3.Connection) -> Shape:
    """Everything that the schema of a database says: kind, name, table and SQL of each entry."""
    return frozenset(conn.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall())


def newest() -> int:
    """The format that this program writes."""
    return len(MIGRATIONS)


def expected_shape(version: int | None = None) -> Shape:
    """What our own migrations build up to a format; a file with anything more or less is not ours."""
    return _built(MIGRATIONS if version is None else MIGRATIONS[:version])


@cache
def _built(migrations: tuple[Migration, ...]) -> Shape:
    import sqlite3

    conn = sqlite3.connect(":memory:", isolation_level=None)
    try:
        build(conn, migrations)
        return shape(conn)
    finally:
        conn.close()
