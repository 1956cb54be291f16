"""The log of another copy of a session, read without touching that file."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from prioritizer.errors import PrioritizerError, SessionRefused
from prioritizer.model.tables import Write
from prioritizer.store import faults, files, opening, sniff
from prioritizer.store.checking import findings, sound
from prioritizer.store.connection import connect
from prioritizer.store.guard import check_rows, guarded
from prioritizer.store.ledger import Ledger, entries
from prioritizer.store.load import Presets, load
from prioritizer.store.log import Entry, check_stamp
from prioritizer.store.migrating import migrate
from prioritizer.store.values import NAME_FIELDS, checked, checked_names, checked_texts
from prioritizer.text.newfile import shown


@dataclass(frozen=True)
class Copy:
    """A copy of a session, read as a whole.

    Attributes:
        path: Where it stands.
        session: Id of the session in it.
        preset: The embedded preset, as it stands in the file.
        names: By id.
        log: In the order of the clocks.
    """

    path: Path
    session: str
    preset: str
    names: dict[str, str]
    log: list[Entry]


def read_copy(path: Path) -> Copy:
    """Reads another copy. What is new in it to a session is checked when it is brought in.

    Raises:
        SessionRefused: It is not a sound session; it is as it was.
        SessionBusy: Another process did not let go of it in time.
    """
    with (
        private_copy(path) as private,
        _about(path, private),
        opening.reading(private),
        contextlib.closing(connect(private, "ro")) as conn,
        guarded(conn),
        opening.one_moment(conn),
    ):
        opening.check_structure(conn, private)
        check_rows(conn)
        wrong = sound(conn)
        if wrong:
            raise opening.damaged(private, wrong[0])
        Ledger().catch_up(conn)
        load(conn, Presets())  # every row through its model
        session, preset = conn.execute("SELECT id, preset FROM session").fetchone()
        names = checked_names(dict(conn.execute("SELECT id, text FROM name").fetchall()))
        log = sorted((entry for _, entry in entries(conn)), key=lambda e: e.order)
    return Copy(path, session, preset, names, log)


def session_of(path: Path) -> str | None:
    """Id of the session in a file, looked at and no more.

    Raises:
        SessionRefused: It is not a session file.
        SessionBusy: Another process did not let go of it in time.
    """
    found = sniff.look(path)
    file = (found.st_dev, found.st_ino)
    files.hold(file, lambda: _look(path))
    try:
        with opening.reading(path), contextlib.closing(connect(path, "ro")) as conn:
            row = conn.execute("SELECT id FROM session").fetchone()
    finally:
        files.release(file)
    return None if row is None else row[0]


@contextlib.contextmanager
def private_copy(path: Path) -> Iterator[Path]:
    """A copy in a folder of our own, gone afterwards; what lies at the path is only read.

    Raises:
        SessionRefused: By its first bytes, or by what lies beside it.
    """
    import sqlite3

    with contextlib.suppress(OSError, ValueError, RuntimeError):
        path = path.resolve()
    found = sniff.look(path)
    file = (found.st_dev, found.st_ino)
    with tempfile.TemporaryDirectory(prefix="prioritizer-") as folder:
        private = Path(folder) / "copy.sqlite"
        files.hold(file, lambda: _look(path))
        try:
            with (
                contextlib.closing(connect(path, "ro")) as conn,
                contextlib.closing(sqlite3.connect(private, isolation_level=None)) as copy,
            ):
                conn.backup(copy)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) != faults.READONLY_ROLLBACK:
                raise faults.on_reading(error, path) from error
            # Somebody was stopped in the midst of a write: nobody writes now, and SQLite may roll
            # our copy back. That its journal belongs to it was tried before.
            private.unlink(missing_ok=True)
            shutil.copyfile(path, private)
            shutil.copyfile(f"{path}-journal", f"{private}-journal")
            with opening.reading(path), contextlib.closing(connect(private)) as mended:
                mended.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except ValueError as error:  # SQLite quotes a damaged file in its message, byte for byte
            raise opening.damaged(path, str(error)) from error
        finally:
            files.release(file)
        with opening.reading(private):
            migrate(private, backup=False)
        yield private


def _look(path: Path) -> None:
    opening.before_sqlite(path)


def inspect(path: Path) -> list[str]:
    """What is wrong with a session file, in sentences; it is looked at on a private copy.

    Raises:
        SessionRefused: It cannot be opened at all.
        SessionBusy: Another process did not let go of it in time.
    """
    with private_copy(path) as private, _about(path, private), opening.reading(private):
        with (
            contextlib.closing(connect(private, "ro")) as conn,
            guarded(conn),
            opening.one_moment(conn),
        ):
            opening.check_structure(conn, private)
            check_rows(conn)
            found = findings(conn)
            if not found:
                try:
                    load(conn, Presets())  # every row through its model
                except (PrioritizerError, ValueError) as error:
                    found = [f"Row: {str(error).rstrip('.')}."]
        return found


def check_operation(entry: Entry, names: dict[str, str], *, any_name: bool = False) -> None:
    """Refuses an operation that nobody can have entered.

    Args:
        entry: The operation.
        names: By id.
        any_name: Also where it speaks of a name that is not among them.

    Raises:
        ValueError: What is wrong with it.
        PrioritizerError: A value cannot be.
    """
    check_stamp(entry)
    where = f"operation {entry.seq} of site {entry.site}"
    checked_texts(kind=entry.kind, label=entry.label, actor=entry.actor)
    for w in entry.writes:
        for value in (w.new, w.old):
            plain = checked(Write(w.table, w.key, w.field, value))
            named = plain.new is not None and (w.table, w.field) in NAME_FIELDS
            if named and plain.new not in names and not any_name:
                raise ValueError(f"{where} speaks of a name that is not there")


@contextlib.contextmanager
def _about(path: Path, private: Path) -> Iterator[None]:
    """Makes what is said of the private copy speak of the file that the user knows."""
    try:
        yield
    except PrioritizerError as error:
        if isinstance(error, SessionRefused):
            where, said = shown(path), str(error).replace(shown(private), shown(path))
            raise SessionRefused(said if where in said else f"{where}: {said}") from error
        raise opening.damaged(path, str(error)) from error
