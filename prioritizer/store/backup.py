"""A verified copy of the open session, before something large is done to it."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.store import connection, faults
from prioritizer.store.checking import findings
from prioritizer.store.log import time_text
from prioritizer.store.opening import one_moment, reading
from prioritizer.store.rescue import copy_of
from prioritizer.text.newfile import shown

if TYPE_CHECKING:
    from prioritizer.store.writer import Writer


def back_up(writer: Writer, path: Path) -> Path:
    """Copies, and reads the copy again.

    Raises:
        PrioritizerError: The copy could not be made, or is not whole.
    """
    import sqlite3

    try:
        copy_of(writer.conn, path)
    except sqlite3.Error as error:
        raise PrioritizerError(f"No backup was made in {shown(path)}: {error}.") from error
    with reading(path), contextlib.closing(connection.connect(path, "ro")) as copy, one_moment(copy):
        found = findings(copy)
    if found:
        raise PrioritizerError(f"The backup {shown(path)} is not whole ({found[0]}). Check the disk.")
    return path


def note(writer: Writer, path: Path, reason: str) -> None:
    """Writes down in the file that there is a backup of it; it is good even where that cannot be."""
    row = {"path": str(path), "time": time_text(writer.clock()), "reason": reason}
    with contextlib.suppress(PrioritizerError, faults.Lost), writer.local():
        connection.utils(writer.conn).table("backup").insert(row)
