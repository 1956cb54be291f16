"""Looking whether a session file is sound, and copying it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from prioritizer.store.opening import reading
from prioritizer.store.rescue import copy_of

if TYPE_CHECKING:
    from prioritizer.store.state import Cell
    from prioritizer.store.store import Store
    from prioritizer.store.writer import Writer


class Keeping:
    """The part of `Store` that checks and copies."""

    path: Path
    _writer: Writer

    def check(self) -> list[str]:
        """What is wrong with the file, in sentences; empty where nothing is."""
        from prioritizer.store.checking import findings

        with reading(self.path), self._writer.moment():
            return findings(self._writer.conn)

    def now(self) -> datetime:
        """The time by the clock of this opening."""
        return self._writer.clock()

    def copy_to(self, path: str | Path) -> Path:
        """A copy of the whole file under a new name.

        Raises:
            PrioritizerError: The name is taken.
            NotSaved: It could not be written.
        """
        target = Path(path).absolute()
        with reading(self.path):
            copy_of(self._writer.conn, target)
        return target

    def backup_to(self, path: str | Path, reason: str = "") -> Path:
        """A copy under a new name, opened again and checked, and noted in the file.

        Raises:
            PrioritizerError: The name is taken, or the copy could not be written or is not whole.
        """
        made = self.verified_copy_to(path)
        self.note_backup(made, reason)
        return made

    def verified_copy_to(self, path: str | Path) -> Path:
        """A copy under a new name, opened again and checked; the file itself stays as it is.

        Raises:
            PrioritizerError: The name is taken, or the copy could not be written or is not whole.
        """
        from prioritizer.store.backup import back_up

        return back_up(self._writer, Path(path).absolute())

    def note_backup(self, path: Path, reason: str) -> None:
        """Notes in the file that there is a backup of it."""
        from prioritizer.store.backup import note

        note(self._writer, path, reason)

    def hand_on(self, path: Path) -> None:
        """Writes the whole session as a closed file, without what is only of this laptop.

        Raises:
            PrioritizerError: The name is taken, or the session is not whole.
            NotSaved: It could not be written.
        """
        from prioritizer.store.handing_on import hand_on_whole

        with reading(self.path):
            hand_on_whole(self._writer.conn, path)

    def hand_on_without_names(self, path: Path, alias: Callable[[int], str] | None) -> None:
        """Writes what stands as a new session: fresh ids, no history, aliases or no names.

        Raises:
            PrioritizerError: The name is taken.
            NotSaved: It could not be written.
        """
        from prioritizer.store.handing_on import hand_on_without_names

        hand_on_without_names(cast("Store", self), self._writer.conn, path, alias)

    def texts(self) -> dict[Cell, str]:
        """Every text that stands in the session, by its cell."""
        from prioritizer.store.handing_on import texts_of

        with reading(self.path), self._writer.moment():
            return texts_of(self._writer.conn)

    def names_found_in(self, path: Path, shortest: int) -> list[str]:
        """Those of this session's names whose bytes stand in a file.

        Args:
            path: Any file.
            shortest: Names with fewer letters are not looked for.
        """
        from prioritizer.store.handing_on import found_in

        with reading(self.path), self._writer.moment():
            names = [row[0] for row in self._writer.conn.execute("SELECT text FROM name ORDER BY id")]
            (preset,) = self._writer.conn.execute("SELECT preset FROM session").fetchone()
        return found_in(path, [n for n in dict.fromkeys(names) if len(n) >= shortest], preset)
