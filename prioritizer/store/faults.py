"""What SQLite reports, as one sentence: what, where, what to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import NotSaved, PrioritizerError, SessionBusy, SessionRefused
from prioritizer.text.newfile import shown

if TYPE_CHECKING:
    import sqlite3

# SQLite's result codes, which never change; spelled out so that importing this stays cheap.
PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, AUTH, NOTADB = (
    3,
    5,
    6,
    8,
    10,
    11,
    13,
    14,
    23,
    26,
)
READONLY_ROLLBACK = READONLY | 3 << 8
READONLY_DBMOVED = READONLY | 4 << 8
_BUSY = (BUSY, LOCKED)


class Moved(Exception):
    """Another process has written to the file: `Store.refresh`, plan again, and commit that."""


class Lost(Exception):
    """The file at the path is no longer the one that was opened. ``why`` completes a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def code_of(error: sqlite3.Error) -> int:
    """SQLite's primary result code, or 0 where the module made the error itself."""
    return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def is_moved(error: sqlite3.Error) -> bool:
    """Whether SQLite itself noticed that its file was deleted or renamed."""
    return getattr(error, "sqlite_errorcode", 0) == READONLY_DBMOVED


def on_reading(error: sqlite3.Error, path: Path) -> PrioritizerError:
    """For an error while a session is opened or read."""
    code = code_of(error)
    where = shown(path)
    if code in _BUSY:
        return SessionBusy(f"{where} is being written by another program. Wait a moment and try again.")
    if code == NOTADB:
        return SessionRefused(f"{where} is not a session file. Choose a file that Prioritizer has made.")
    if code in (CANTOPEN, PERM, AUTH):
        return SessionRefused(f"{where} could not be opened. Check that you may read and write it.")
    if code == READONLY:
        return SessionRefused(
            f"{where} needs to be mended and may not be written. Allow writing to it and its folder."
        )
    if code == IOERR:
        return SessionRefused(f"{where} could not be read from its disk. Check the disk, or open a backup.")
    return SessionRefused(f"{where} is damaged. Open a backup of it, or the newest copy that you have.")


def on_writing(error: sqlite3.Error, path: Path) -> PrioritizerError:
    """For an error while an edit was written, of which nothing is in the file."""
    code = code_of(error)
    where = shown(path)
    if code in _BUSY:
        return SessionBusy(
            f"The last edit was not saved: another program is writing {where}. Do it again in a moment."
        )
    if code == FULL:
        return NotSaved(
            f"The last edit was not saved: the disk of {where} is full. Free some space and do it again."
        )
    if code in (READONLY, PERM, CANTOPEN):
        return NotSaved(
            f"The last edit was not saved: {where} or its folder may not be written. Allow writing and do it again."
        )
    if code == IOERR:
        return NotSaved(
            f"The last edit was not saved: the disk of {where} reported an error. Save a copy elsewhere."
        )
    if code in (CORRUPT, NOTADB):
        return NotSaved(f"The last edit was not saved: {where} is damaged. Open a backup of it.")
    return NotSaved(f"The last edit was not saved in {where}: {error}.")
