"""A session file that is only looked at: nothing is ever written, whatever becomes of the file.

A second window follows the session through this. It holds a read lock for the length of one load and
no longer; a file that was moved, replaced or overwritten is opened again at the next look.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import SessionRefused
from prioritizer.model.session import Snapshot
from prioritizer.store import faults, files, sniff
from prioritizer.store.connection import connect
from prioritizer.store.guard import guarded
from prioritizer.store.ledger import newest_entries
from prioritizer.store.load import Presets, load
from prioritizer.store.log import Entry
from prioritizer.store.opening import check_structure, one_moment, reading
from prioritizer.store.schema import newest
from prioritizer.text.newfile import shown

if TYPE_CHECKING:
    import sqlite3

RECENT = 60
"""Operations that are read with a snapshot: enough to tell what the room is at."""

PATIENCE_MS = 300
"""How long one look waits for a program that writes; the next look comes soon."""

Stamp = tuple[int, int]
"""Time of the last change and size, as the file system has them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The session at one moment, and the newest operations of its log, oldest first."""

    snapshot: Snapshot
    recent: tuple[Entry, ...]


class Watch:
    """Looks at a file again and again. Used from one thread at a time."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path).absolute()
        self._presets = Presets()
        self._conn: sqlite3.Connection | None = None
        self._file: files.Identity | None = None
        self._seen: tuple[int, Stamp] | None = None

    def look(self) -> Seen | None:
        """The session where it has changed since the last look that worked; else None.

        Raises:
            SessionRefused: It is missing, or is no session now; the next look tries again.
            SessionBusy: Another process did not let go of it; likewise.
        """
        try:
            if self._file is not None and files.identity(self.path) != self._file:
                self.close()
            return self._read()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Lets go of the file."""
        if self._conn is not None:
            self._conn.close()
            self._conn = None
        if self._file is not None:
            files.release(self._file)
            self._file = None
        self._seen = None

    def _open(self) -> sqlite3.Connection:
        found = sniff.look(self.path)
        file = (found.st_dev, found.st_ino)
        files.hold(file, self._judge)
        self._file = file
        with reading(self.path):
            self._conn = connect(self.path, "ro")
            self._conn.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
            with guarded(self._conn), one_moment(self._conn):
                check_structure(self._conn, self.path)
        return self._conn

    def _judge(self) -> None:
        data = sniff.head(self.path)
        sniff.judge(self.path, data)
        if sniff.number(data, 60) < newest():
            raise SessionRefused(f"{shown(self.path)} was made by an older version. Open it once in the app.")

    def _read(self) -> Seen | None:
        import sqlite3

        try:
            conn = self._conn or self._open()
            stamp = self._stamp()
            version = _version(conn)
            if self._seen is not None and version == self._seen[0]:
                if stamp == self._seen[1]:
                    return None
                # Changed, and not by SQLite: copied over in place. What it has in memory is of no use.
                self.close()
                conn = self._open()
                version = _version(conn)
            with reading(self.path), one_moment(conn):
                seen = Seen(load(conn, self._presets), tuple(newest_entries(conn, RECENT)))
        except sqlite3.Error as error:
            raise faults.on_reading(error, self.path) from error
        except SessionRefused as refused:
            raise self._cut_off() or refused from refused
        self._seen = (version, stamp)
        return seen

    def _cut_off(self) -> SessionRefused | None:
        """For an edit of a program that was killed in the middle: only who may write can take it back."""
        import sqlite3

        if sniff.sibling(self.path, "-journal") is None:
            return None
        with contextlib.suppress(sqlite3.Error):
            with contextlib.closing(connect(self.path, "ro")) as conn:
                conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            return None
        return SessionRefused(
            f"An edit to {shown(self.path)} was cut off in the middle. Open it in the app, "
            "which puts it right."
        )

    def _stamp(self) -> Stamp:
        with contextlib.suppress(OSError):
            found = self.path.stat()
            return (found.st_mtime_ns, found.st_size)
        raise SessionRefused(f"{shown(self.path)} is not there any more.")


def _version(conn: sqlite3.Connection) -> int:
    return int(conn.execute("PRAGMA data_version").fetchone()[0])
