"""Bringing a file of an older format up to ours: after a backup, whole or not at all."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import NotSaved, PrioritizerError, SessionRefused
from prioritizer.store import faults, files, schema
from prioritizer.store.checking import sound
from prioritizer.store.connection import connect
from prioritizer.store.rescue import copy_of
from prioritizer.text.newfile import shown

if TYPE_CHECKING:
    import sqlite3


def migrate(path: Path, *, backup: bool = True) -> Path | None:
    """Takes a file through all migrations that it has not seen; gives the backup made first, if any.

    The caller has looked at the head of the file: it is ours, and not newer than this program.

    Args:
        path: The file.
        backup: Copy it first, beside it and verified; a private copy needs none.

    Raises:
        SessionRefused: It is not exactly what its format says; it is as it was.
        NotSaved: The backup, or the file itself, could not be written; it is as it was.
    """
    import sqlite3

    with contextlib.closing(connect(path)) as conn:
        version = int(conn.execute("PRAGMA user_version").fetchone()[0])
        if version == schema.newest():
            return None
        made = None
        try:
            conn.execute("BEGIN IMMEDIATE")
            # Again, now that nobody else can: another process may have been faster.
            version = int(conn.execute("PRAGMA user_version").fetchone()[0])
            if version < schema.newest():
                _check(conn, path, version)
                if backup:
                    made = _backup(path)
                _steps(conn, path, version)
            conn.execute("COMMIT")
        except sqlite3.Error as error:
            _roll_back(conn)
            raise faults.on_writing(error, path) from error
        except BaseException:
            _roll_back(conn)
            raise
    return made


def _check(conn: sqlite3.Connection, path: Path, version: int) -> None:
    if schema.shape(conn) != schema.expected_shape(version):
        raise SessionRefused(
            f"{shown(path)} has tables that differ from a session's of format {version}. "
            "Open the copy from before another program changed it."
        )
    found = sound(conn)
    if found:
        raise SessionRefused(f"{shown(path)} is damaged ({found[0].rstrip('.')}). Open a backup of it.")


def _steps(conn: sqlite3.Connection, path: Path, version: int) -> None:
    for migration in schema.MIGRATIONS[version:]:
        for statement in migration.statements:
            conn.execute(statement)
    conn.execute(f"PRAGMA user_version = {schema.newest()}")
    if schema.shape(conn) != schema.expected_shape() or sound(conn):
        raise SessionRefused(
            f"{shown(path)} could not be brought to format {schema.newest()}; it stays as it was. "
            "Please report that."
        )


def _backup(path: Path) -> Path:
    """A verified copy beside the file, named like all backups."""
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    number, target = 1, path.with_name(f"{path.stem}.{stamp}.migration.sqlite")
    while files.identity(target) is not None:
        number += 1
        target = path.with_name(f"{path.stem}.{stamp}-{number}.migration.sqlite")
    try:
        # Another connection: what is being written in the first is not to be in the copy.
        with contextlib.closing(connect(path, "ro")) as conn:
            copy_of(conn, target)
        with contextlib.closing(connect(target, "ro")) as copy:
            if sound(copy):
                raise NotSaved("it is not whole")
    except PrioritizerError as error:
        raise NotSaved(
            f"{shown(path)} is of an older format, and no backup could be made before bringing it to the "
            f"present one ({str(error).rstrip('.')}). Copy it to another folder and open it there."
        ) from error
    return target


def _roll_back(conn: sqlite3.Connection) -> None:
    import sqlite3

    with contextlib.suppress(sqlite3.Error):
        if conn.in_transaction:
            conn.execute("ROLLBACK")
