"""Writing an edit: everything of it in one transaction, and only into the file that was opened."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.store import faults, files
from prioritizer.store.faults import Lost, Moved
from prioritizer.store.ledger import Clock, Committed, Ledger, entry_of
from prioritizer.store.opening import one_moment
from prioritizer.store.recording import Edit, Recorded, record

if TYPE_CHECKING:
    import sqlite3


@dataclass(slots=True)
class Writer:
    """The connection of one opening with all that tells whether the file is still the same.

    Attributes:
        conn: The connection.
        path: Where the file was opened.
        file: Which file that was.
        ledger: What we have seen of its log.
        clock: Tells the time.
        version: ``PRAGMA data_version`` when we last read; it changes when another process commits.
    """

    conn: sqlite3.Connection
    path: Path
    file: files.Identity
    ledger: Ledger
    clock: Clock
    version: int = field(default=-1)

    def write(self, edit: Edit) -> Committed | None:
        """Makes an edit durable. When this returns, COMMIT has returned.

        Raises:
            Moved: Another process has written; nothing was written.
            Lost: The file is no longer ours to write.
            PrioritizerError: Nothing was written; one sentence says why.
        """
        import sqlite3

        self.check_place()
        done: Recorded | None = None
        try:
            self.conn.execute("BEGIN IMMEDIATE")
            self.check_content()
            done = record(self.conn, self.ledger, edit, self.clock())
            self.conn.execute("ROLLBACK" if done is None else "COMMIT")
        except sqlite3.Error as error:
            self.roll_back()
            # A failing last sync of the folder raises although the edit is in the file.
            if done is None or not self._has(done):
                raise self.explained(error) from error
        except BaseException:
            self.roll_back()
            raise
        if done is None:
            return None
        self.ledger.accept(done.row, done.entry)
        # Replaced between our look and our COMMIT: what we wrote is in a file that nobody will find.
        self.check_place()
        return done.committed

    def check_place(self) -> None:
        """Raises `Lost` where another file, or none, stands at the path."""
        there = files.identity(self.path)
        if there is None:
            raise Lost("was moved or deleted")
        if there != self.file:
            raise Lost("was replaced by another file")

    def check_content(self) -> None:
        """Inside a transaction: raises `Moved` where the log has grown, `Lost` where it is another."""
        version = self.data_version()
        if version == self.version:
            return
        if not self.seen_log_is_there():
            raise Lost("was overwritten with other content")
        if self.ledger.grown(self.conn):
            raise Moved
        self.version = version  # only a draft, or the like

    def seen_log_is_there(self) -> bool:
        """Whether what we have seen of the log is still in the file."""
        import sqlite3

        try:
            return self.ledger.still_there(self.conn)
        except sqlite3.Error as error:
            if faults.code_of(error) in (faults.BUSY, faults.LOCKED):
                raise
            return False

    def catch_up(self) -> bool:
        """Inside a transaction: follows what other processes have appended; False where nothing was."""
        self.version = self.data_version()
        return self.ledger.catch_up(self.conn)

    def data_version(self) -> int:
        return int(self.conn.execute("PRAGMA data_version").fetchone()[0])

    @contextlib.contextmanager
    def local(self) -> Iterator[None]:
        """A transaction for the local tables, which no log records.

        Raises:
            PrioritizerError: It could not be written.
            Lost: The file is no longer ours to write.
        """
        import sqlite3

        self.check_place()
        try:
            self.conn.execute("BEGIN IMMEDIATE")
            if self.data_version() != self.version and not self.seen_log_is_there():
                raise Lost("was overwritten with other content")
            yield
            self.conn.execute("COMMIT")
        except sqlite3.Error as error:
            self.roll_back()
            raise self.explained(error) from error
        except BaseException:
            self.roll_back()
            raise

    def moment(self) -> contextlib.AbstractContextManager[None]:
        """A transaction for reading."""
        return one_moment(self.conn)

    def roll_back(self) -> None:
        import sqlite3

        with contextlib.suppress(sqlite3.Error):
            if self.conn.in_transaction:
                self.conn.execute("ROLLBACK")

    def _has(self, done: Recorded) -> bool:
        import sqlite3

        try:
            found = entry_of(self.conn, done.entry.ref)
        except sqlite3.Error:
            return False
        return found is not None and found.checksum == done.entry.checksum

    def explained(self, error: sqlite3.Error) -> Exception:
        """One sentence for an edit that could not be written; `Lost` where the file is another."""
        import sqlite3

        if faults.is_moved(error):
            return Lost("was moved or deleted")
        if faults.code_of(error) in (faults.CORRUPT, faults.NOTADB):
            return Lost("was overwritten or damaged")
        if isinstance(error, sqlite3.IntegrityError):
            return PrioritizerError(f"The edit refers to something that is not in the session ({error}).")
        return faults.on_writing(error, self.path)
