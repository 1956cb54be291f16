"""A new session file: built under a temporary name, named when it is whole and on the disk."""

from __future__ import annotations

import contextlib
from pathlib import Path

from prioritizer.errors import NotSaved, PrioritizerError
from prioritizer.store import faults, files
from prioritizer.store.connection import connect
from prioritizer.store.ledger import Clock, Ledger
from prioritizer.store.recording import Edit, record
from prioritizer.store.schema import build
from prioritizer.text.newfile import shown


def build_file(path: Path, edit: Edit, clock: Clock) -> str:
    """Builds the file with its first operation; gives the site that wrote it.

    Raises:
        PrioritizerError: The name is taken, or the session refers to what is not in it.
        NotSaved: The file cannot be written there.
    """
    import sqlite3

    ledger = Ledger()
    try:
        with files.built_beside(path) as temporary, contextlib.closing(connect(temporary, "rwc")) as conn:
            conn.execute("PRAGMA encoding = 'UTF-8'")
            conn.execute("BEGIN IMMEDIATE")
            build(conn)
            record(conn, ledger, edit, clock())
            conn.execute("COMMIT")
    except sqlite3.IntegrityError as error:
        raise PrioritizerError(f"The session refers to something that is not in it ({error}).") from error
    except sqlite3.Error as error:
        where = shown(path)
        if faults.code_of(error) == faults.FULL:
            raise NotSaved(f"{where} was not created: the disk is full. Free some space.") from error
        raise NotSaved(
            f"{where} was not created: its folder cannot be written. Check that it exists and allows writing."
        ) from error
    return ledger.site
