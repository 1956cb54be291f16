"""What a file that somebody else may have made is read through: nothing but reading, and not for ever."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from prioritizer.errors import SessionRefused

if TYPE_CHECKING:
    import sqlite3

DEADLINE = 300.0
"""Seconds for all statements together; the largest honest session takes a few."""

_STEPS = 200_000
"""Instructions of SQLite's machine between two looks at the clock."""

MOST_ROWS = {
    "op": 2_000_000,
    "site": 200_000,
    "winner": 20_000_000,
    "name": 200_000,
    "use_case": 200_000,
    "participant": 20_000,
    "answer": 50_000_000,
}
"""Far above any workshop. Of the other tables, as many as `_MOST_OTHERS`."""

_MOST_OTHERS = 5_000_000
_PRAGMAS = frozenset(
    {
        "application_id",
        "user_version",
        "page_count",
        "page_size",
        "encoding",
        "integrity_check",
        "foreign_key_check",
        "data_version",
    }
)


@contextlib.contextmanager
def guarded(conn: sqlite3.Connection, seconds: float = DEADLINE) -> Iterator[None]:
    """While the body runs, the connection can only read, and is interrupted after a time.

    Raises:
        SessionRefused: The time is over.
    """
    import sqlite3

    allowed = {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_RECURSIVE,
    }

    def may(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        fine = action in allowed
        if action == sqlite3.SQLITE_PRAGMA:
            fine = (first or "").casefold() in _PRAGMAS and second is None
        elif action == sqlite3.SQLITE_FUNCTION:
            fine = (second or "").casefold() in ("count", "max", "min", "coalesce", "length")
        return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY

    end = time.monotonic() + seconds
    late = False

    def tired() -> int:
        nonlocal late
        late = time.monotonic() > end
        return int(late)

    conn.set_authorizer(may)
    conn.set_progress_handler(tired, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if late:
            raise SessionRefused(
                "Reading the file took too long, as it does with a damaged one. Open a backup of it."
            ) from error
        raise
    finally:
        conn.set_progress_handler(None, 0)
        conn.set_authorizer(None)


def check_rows(conn: sqlite3.Connection, tables: Iterator[str] | None = None) -> None:
    """Refuses tables with more rows than any session has.

    Raises:
        ValueError: With the table.
    """
    from prioritizer.model.tables import TABLES

    for table in tables or iter((*TABLES, "op", "site", "winner", "name", "draft", "arrival", "backup")):
        most = MOST_ROWS.get(table, _MOST_OTHERS)
        if conn.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] > most:
            raise ValueError(f"{table} has more than {most:,} rows")
