"""The ladder that a file climbs before it is a session: each rung refuses with one sentence."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError, SessionRefused
from prioritizer.store import faults, files, sniff
from prioritizer.store.connection import connect
from prioritizer.store.guard import guarded
from prioritizer.store.ledger import Ledger
from prioritizer.store.schema import APPLICATION_ID, expected_shape, newest, shape
from prioritizer.text.clean import clean_text
from prioritizer.text.newfile import shown

if TYPE_CHECKING:
    import sqlite3


def climb(path: Path) -> tuple[sqlite3.Connection, files.Identity, Ledger]:
    """Opens a session file for reading and writing.

    Returns:
        The connection, which file it is (held; the caller releases it), and its log.

    Raises:
        SessionRefused: It is not a session that we can read; the file is as it was.
        SessionBusy: Another process did not let go of it in time.
    """
    found = sniff.look(path)
    file = (found.st_dev, found.st_ino)
    older = False

    def first() -> None:
        nonlocal older
        older = before_sqlite(path)

    files.hold(file, first)
    conn: sqlite3.Connection | None = None
    try:
        with reading(path):
            if older:
                from prioritizer.store.migrating import migrate

                migrate(path)
            conn = connect(path)
            ledger = Ledger()
            with guarded(conn), one_moment(conn):
                check_structure(conn, path)
                ledger.catch_up(conn)
        if files.identity(path) != file:
            raise SessionRefused(f"{shown(path)} was replaced while it was opened. Open it again.")
    except BaseException:
        if conn is not None:
            conn.close()
        files.release(file)
        raise
    return conn, file, ledger


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns whatever goes wrong while a session is read into one sentence about the file."""
    import sqlite3

    try:
        yield
    except sqlite3.Error as error:
        raise faults.on_reading(error, path) from error
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        raise damaged(path, str(error)) from error


def damaged(path: Path, why: str) -> SessionRefused:
    """For content that SQLite gives but that cannot be."""
    reason = clean_text(why, limit=200, lines=False)
    return SessionRefused(f"{shown(path)} is damaged ({reason}). Open a backup of it.")


@contextlib.contextmanager
def one_moment(conn: sqlite3.Connection) -> Iterator[None]:
    """A transaction for reading: all that is read in it is of one moment."""
    conn.execute("BEGIN")
    try:
        yield
    finally:
        # A failing statement may have ended the transaction already.
        if conn.in_transaction:
            conn.execute("ROLLBACK")


def before_sqlite(path: Path) -> bool:
    """What is looked at before SQLite may touch a file; says whether it is of an older format.

    Raises:
        SessionRefused: It is not ours, newer, or what lies beside it does not belong to it.
        SessionBusy: It kept changing while we looked.
    """
    data = sniff.head(path)
    sniff.judge(path, data)
    if sniff.refuse_stale(path) and _is_hot(path):
        _try_on_copy(path)
    return sniff.number(data, 60) < newest()


def _is_hot(path: Path) -> bool:
    """Whether SQLite would roll the file back on its next opening: no writer is alive."""
    import sqlite3

    try:
        with contextlib.closing(connect(path, "ro")) as conn:
            conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) == faults.READONLY_ROLLBACK:
            return True
        raise faults.on_reading(error, path) from error
    except ValueError as error:  # SQLite quotes a damaged file in its message, byte for byte
        raise damaged(path, str(error)) from error
    return False


def _try_on_copy(path: Path) -> None:
    """Lets SQLite roll back a private copy first, and looks whether a whole session comes out."""
    from prioritizer.store.checking import findings
    from prioritizer.store.migrating import migrate

    with tempfile.TemporaryDirectory(prefix="prioritizer-") as folder:
        copy = Path(folder) / "copy.sqlite"
        shutil.copyfile(path, copy)
        journal = sniff.sibling(path, "-journal")
        if journal is not None:
            shutil.copyfile(journal, copy.with_name("copy.sqlite-journal"))
        try:
            with reading(copy), contextlib.closing(connect(copy)) as conn:
                version = conn.execute("PRAGMA user_version").fetchone()[0]
                if version < newest():
                    migrate(copy, backup=False)
                with one_moment(conn):
                    check_structure(conn, copy)
                found = findings(conn)
        except PrioritizerError:
            found = ["not whole"]
        if found:
            raise sniff.leftover(path, path.with_name(path.name + "-journal"))


def check_structure(conn: sqlite3.Connection, path: Path) -> None:
    """Refuses a database that is not exactly what our own migrations build."""
    where = shown(path)
    application = conn.execute("PRAGMA application_id").fetchone()[0]
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    sniff.judge_numbers(path, application, version)
    assert (application, version) == (APPLICATION_ID, newest())
    wanted, there = expected_shape(), shape(conn)
    if there != wanted:
        names = sorted({entry[1] for entry in there ^ wanted})[:3]
        which = clean_text(", ".join(names), limit=100, lines=False)
        raise SessionRefused(
            f"{where} has tables that differ from a session's ({which}). "
            "Open the copy from before another program changed it."
        )
    pages = conn.execute("PRAGMA page_count").fetchone()[0]
    size = conn.execute("PRAGMA page_size").fetchone()[0]
    if pages * size != path.stat().st_size:
        what = "cut short" if path.stat().st_size < pages * size else "longer than its content"
        raise SessionRefused(f"{where} is {what}, so it is damaged. Open a backup of it.")
