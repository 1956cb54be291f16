"""One way to connect to a session file, with the settings that make an acknowledged edit durable.

Every setting has its reason: in a power-cut model ``synchronous=EXTRA`` with a deleted rollback
journal lost no acknowledged edit where SQLite's defaults did; a write-ahead log would leave the
newest edits outside the file that people copy; exclusive locking acknowledged writes into a file
that had been deleted.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

BUSY_MS = 2_000
"""How long a write waits for another process that writes."""

MAX_VALUE_BYTES = 512 * 1024 * 1024
"""Longest single value; the whole of a large import is one."""

PRAGMAS: dict[str, str] = {
    "journal_mode": "DELETE",
    "synchronous": "EXTRA",
    "locking_mode": "NORMAL",
    "foreign_keys": "ON",
    "trusted_schema": "OFF",
    "cell_size_check": "ON",
    "mmap_size": "0",
    "secure_delete": "ON",
    "fullfsync": "ON",
}

_NAMES: dict[str, dict[int, str]] = {
    "synchronous": {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"},
    "temp_store": {0: "DEFAULT", 1: "FILE", 2: "MEMORY"},
}
_SWITCHES = ("foreign_keys", "trusted_schema", "cell_size_check", "secure_delete", "fullfsync")

Mode = Literal["rw", "ro", "rwc"]


def uri_of(path: Path, mode: Mode) -> str:
    """The URI that opens exactly this path, whatever characters are in its name."""
    # SQLite reads ? # and % in a URI as syntax; a drive letter needs a slash before it.
    text = path.absolute().as_posix()
    if not text.startswith("/"):
        text = f"/{text}"
    return f"file:{quote(text, safe='/:')}?mode={mode}"


def connect(path: Path, mode: Mode = "rw") -> sqlite3.Connection:
    """A connection on which every transaction is begun and ended by us.

    Raises:
        sqlite3.Error: It could not be opened; nothing is left open.
    """
    import sqlite3

    # `isolation_level=None`: the module never begins a transaction behind our back.
    # Checking the thread is the workshop's job: it hands the store to its one writing thread.
    conn = sqlite3.connect(
        uri_of(path, mode),
        uri=True,
        isolation_level=None,
        timeout=BUSY_MS / 1000,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        harden(conn)
        for name, value in PRAGMAS.items():
            if mode == "ro" and name == "journal_mode":
                continue
            conn.execute(f"PRAGMA {name} = {value}").fetchall()
    except BaseException:
        conn.close()
        raise
    return conn


def harden(conn: sqlite3.Connection) -> None:
    """Switches off what a session file never needs and a hostile one might use."""
    import sqlite3

    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
    if sys.version_info >= (3, 12):
        for option, value in _options():
            conn.setconfig(option, value)


def utils(conn: sqlite3.Connection) -> Database:
    """The same connection for sqlite-utils, which we use for the small local tables."""
    from sqlite_utils import Database

    return Database(conn, execute_plugins=False, recursive_triggers=False, strict=True)


def settings(conn: sqlite3.Connection) -> dict[str, object]:
    """The settings in force, as SQLite reports them."""
    found: dict[str, object] = {"isolation_level": conn.isolation_level}
    for name in (*PRAGMAS, "busy_timeout", "recursive_triggers"):
        value = conn.execute(f"PRAGMA {name}").fetchone()[0]
        if name in _SWITCHES:
            found[name] = "ON" if value else "OFF"
        else:
            found[name] = _NAMES.get(name, {}).get(value, value)
    if sys.version_info >= (3, 12):
        import sqlite3

        names = {getattr(sqlite3, n): n for n in dir(sqlite3) if n.startswith("SQLITE_DBCONFIG_")}
        for option, _ in _options():
            found[names[option].removeprefix("SQLITE_").lower()] = conn.getconfig(option)
    return found


def _options() -> list[tuple[int, bool]]:
    import sqlite3

    wanted = {"DEFENSIVE": True, "ENABLE_TRIGGER": False, "ENABLE_VIEW": False, "TRUSTED_SCHEMA": False}
    wanted |= {"DQS_DML": False, "DQS_DDL": False, "ENABLE_LOAD_EXTENSION": False}
    names = {f"SQLITE_DBCONFIG_{name}": value for name, value in wanted.items()}
    return [(getattr(sqlite3, name), value) for name, value in names.items() if hasattr(sqlite3, name)]
