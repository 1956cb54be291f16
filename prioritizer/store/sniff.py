"""What can be told about a file before SQLite touches it, and whether a journal beside it belongs to it.

Nothing here writes. A file that is refused is left byte for byte as it was.
"""

from __future__ import annotations

import os
import stat
import struct
from pathlib import Path

from prioritizer.errors import SessionBusy, SessionRefused
from prioritizer.store.schema import APPLICATION_ID, newest
from prioritizer.text.newfile import shown

MAGIC = b"SQLite format 3\0"
MAX_BYTES = 4 * 1024**3
_JOURNAL_MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_HEADER = 100
_KNOWN = (
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)
_MOST_TRIES = 50


def look(path: Path) -> os.stat_result:
    """Refuses what is not a file of a plausible size.

    Raises:
        SessionRefused: With one sentence.
    """
    where = shown(path)
    try:
        found = path.stat()
    except FileNotFoundError:
        raise SessionRefused(
            f"{where} does not exist. Check the name, or create it with “prioritizer new”."
        ) from None
    except (OSError, ValueError):
        raise SessionRefused(
            f"{where} cannot be reached. Check the name and that you may read its folder."
        ) from None
    if stat.S_ISDIR(found.st_mode):
        raise SessionRefused(f"{where} is a folder. Choose a session file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise SessionRefused(f"{where} is not a regular file. Choose a session file.")
    if found.st_size == 0:
        raise SessionRefused(
            f"{where} is empty. Open a backup of it, or create a session under another name."
        )
    if found.st_size > MAX_BYTES:
        raise SessionRefused(f"{where} is larger than any session (4 GB). Choose another file.")
    return found


def head(path: Path) -> bytes:
    """The first bytes of the file, with which it is refused or goes on.

    Raises:
        SessionRefused: They are not the header of a session file of a format that we read.
    """
    where = shown(path)
    try:
        with path.open("rb") as file:
            data = file.read(_HEADER)
    except OSError:
        raise SessionRefused(f"{where} cannot be read. Check that you may read and write it.") from None
    for start, what in _KNOWN:
        if data.startswith(start):
            raise SessionRefused(
                f"{where} is {what}, not a session file. Use “prioritizer import” for lists."
            )
    if not data.startswith(MAGIC[: len(data)]):
        raise SessionRefused(f"{where} is not a session file. Choose a file that Prioritizer has made.")
    if len(data) < _HEADER:
        raise SessionRefused(f"{where} is cut short, it has only {len(data)} bytes. Open a backup of it.")
    return data


def judge(path: Path, data: bytes) -> None:
    """Refuses a database that is not ours, or newer than this program.

    Raises:
        SessionRefused: With one sentence.
    """
    judge_numbers(path, number(data, 68), number(data, 60))
    if (data[18], data[19]) != (1, 1):
        raise SessionRefused(
            f"{shown(path)} was switched to a write-ahead log by another program. "
            "Close that program and switch it back to journal_mode=DELETE there."
        )


def judge_numbers(path: Path, application: int, version: int) -> None:
    """The same for the two numbers that say whose a database is, and of which format."""
    where = shown(path)
    if application != APPLICATION_ID:
        raise SessionRefused(
            f"{where} is a database of another program. Choose a file that Prioritizer has made."
        )
    if version > newest():
        raise SessionRefused(
            f"{where} was made by a newer version (format {version}; this program reads up to {newest()}). "
            "Update Prioritizer to open it."
        )
    if version < 1:
        raise SessionRefused(f"{where} says format {version}, which there never was. Open a backup of it.")


def number(data: bytes, at: int) -> int:
    """A four-byte number of SQLite's header."""
    return int(struct.unpack_from(">i", data, at)[0])


def sibling(path: Path, suffix: str) -> Path | None:
    """The journal or log beside the file, where there is one that is not empty."""
    found = path.with_name(path.name + suffix)
    try:
        return found if found.stat().st_size > 0 else None
    except OSError:
        return None


def refuse_stale(path: Path) -> bool:
    """Refuses a file beside which a journal lies that was not written for its present content.

    SQLite would roll the file back by it without a word. The journal holds page 1 as it was; its
    change counter is the file's own, or one behind where the writing had begun.

    Returns:
        Whether there is a journal that SQLite might roll back.

    Raises:
        SessionRefused: The journal does not belong to the file.
        SessionBusy: Both kept changing while we looked.
    """
    wal = sibling(path, "-wal")
    if wal is not None:
        raise leftover(path, wal)
    journal = sibling(path, "-journal")
    for _ in range(_MOST_TRIES):
        if journal is None:
            return False
        counter = _journal_counter(journal)
        if counter is None or number(head(path), 24) - counter in (0, 1):
            return True
        # Another process may have committed between the two looks; a leftover stays as it is.
        journal = sibling(path, "-journal")
        if journal is not None and _journal_counter(journal) == counter:
            raise leftover(path, journal)
    raise SessionBusy(f"{shown(path)} is being written by another program. Wait a moment and try again.")


def leftover(path: Path, rest: Path) -> SessionRefused:
    """For a journal or log beside a file that it was not written for."""
    return SessionRefused(
        f"Beside {shown(path)} lies {shown(Path(rest.name))}, which does not belong to it as it is now. "
        "“prioritizer check --repair” reads both and writes a new file with all that is in them."
    )


def _journal_counter(journal: Path) -> int | None:
    """The change counter in a rollback journal, or None where it does not say."""
    try:
        with journal.open("rb") as file:
            header = file.read(28)
            if len(header) < 28 or header[:8] != _JOURNAL_MAGIC:
                return None
            records, sector, page = number(header, 8), number(header, 20), number(header, 24)
            if records == 0 or not 32 <= sector <= 65_536 or not 512 <= page <= 65_536:
                return None
            file.seek(sector)
            while len(record := file.read(page + 8)) == page + 8:
                if number(record, 0) == 1:
                    return number(record, 4 + 24)
    except OSError:
        return None
    return None
