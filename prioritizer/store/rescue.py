"""Where an edit goes when the session file is no longer the one that was opened."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import NotSaved, PrioritizerError
from prioritizer.model.tables import Write
from prioritizer.store import files
from prioritizer.store.recording import Edit
from prioritizer.store.writer import Writer
from prioritizer.text.newfile import shown

if TYPE_CHECKING:
    import sqlite3


@dataclass(slots=True)
class Rescue:
    """Keeps edits of a session whose file was lost, all in one other file.

    Attributes:
        writer: The still open session.
        session: Its id.
        preset: Its embedded preset as it stands in the file.
        kept: The rescue file, once there is one.
    """

    writer: Writer
    session: str
    preset: str
    kept: Path | None = None

    def keep(self, edit: Edit, why: str) -> NotSaved:
        """Puts an edit into the rescue file; gives the error that says so."""
        if self.kept is None:
            self.kept = _first_that_works(self._attempts(edit))
        elif _first_that_works(iter([lambda: self._into(self.kept, edit)])) is None:
            self.kept = None
        return self.error(why)

    def error(self, why: str) -> NotSaved:
        """The sentence for an edit that could not go into the session file."""
        where = shown(self.writer.path)
        if self.kept is None:
            return NotSaved(
                f"The last edit was not saved: {where} {why}, and no other place could be written. "
                "Copy what you need before you close."
            )
        kept = shown(self.kept)
        return NotSaved(
            f"The session file {where} {why}. Your last edit is kept in {kept}: open that and go on there.",
            rescue=str(self.kept),
        )

    def _attempts(self, edit: Edit) -> Iterator[Callable[[], Path]]:
        now = self.writer.clock()
        for place in places(self.writer.path, now):
            yield lambda place=place: self._copied(place, edit)  # type: ignore[misc]
        for place in places(self.writer.path, now):
            yield lambda place=place: self._fresh(place, edit)  # type: ignore[misc]

    def _copied(self, place: Path, edit: Edit) -> Path:
        """The whole session as our connection still has it, and the edit."""
        row = self.writer.conn.execute("SELECT id FROM session").fetchone()
        if row is None or row[0] != self.session:
            raise ValueError("another session stands in the file now")
        copy_of(self.writer.conn, place)
        try:
            return self._into(place, edit)
        except BaseException:
            place.unlink(missing_ok=True)
            raise

    def _fresh(self, place: Path, edit: Edit) -> Path:
        """A new file of this session that holds the edit alone, where no more can be had."""
        from prioritizer.model.presets import parse_preset
        from prioritizer.store.store import Store

        embedded = json.loads(self.preset)
        preset = parse_preset(embedded["toml"], "the preset of this session").preset
        made = Store.create(
            place,
            preset=preset,
            preset_text=embedded["toml"],
            preset_hash=embedded["hash"],
            writes=[Write("session", (), "id", self.session)],
            clock=self.writer.clock,
        )
        with contextlib.closing(made):
            made.save(replace(edit, undo_of=None, group=0))
        return place

    def _into(self, place: Path | None, edit: Edit) -> Path:
        from prioritizer.store.store import Store

        if place is None:
            raise ValueError("there is no rescue file")
        with contextlib.closing(Store.open(place, clock=self.writer.clock)) as other:
            other.save(replace(edit, group=0))
        return place


def places(path: Path, now: datetime) -> Iterator[Path]:
    """Names for a rescue file: beside the session, else in the user's folder for temporary files."""
    stem = f"{path.stem}.rescue-{now:%Y%m%d-%H%M%S}"
    for folder in (path.parent, Path(tempfile.gettempdir())):
        number = 1
        found = folder / f"{stem}.sqlite"
        while files.identity(found) is not None:
            number += 1
            found = folder / f"{stem}-{number}.sqlite"
        yield found


def copy_of(conn: sqlite3.Connection, path: Path) -> None:
    """A copy of the database that a connection still has open, under a new name.

    Raises:
        PrioritizerError: The name is taken, or the folder cannot be written.
        sqlite3.Error: The database can no longer be read.
    """
    import sqlite3

    # The copy is nobody's yet: plain settings will do, it is synced as a whole before it gets its name.
    with (
        files.built_beside(path) as temporary,
        contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as copy,
    ):
        conn.backup(copy)


def _first_that_works(attempts: Iterator[Callable[[], Path]]) -> Path | None:
    import sqlite3

    for attempt in attempts:
        with contextlib.suppress(PrioritizerError, sqlite3.Error, OSError, ValueError):
            return attempt()
    return None
