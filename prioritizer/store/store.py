"""The session file, open: the one object through which a session is read and written."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self
from uuid import uuid4

from prioritizer.errors import PrioritizerError, SessionRefused
from prioritizer.model.changes import Builder
from prioritizer.model.session import Snapshot
from prioritizer.model.spelling import canonical_json
from prioritizer.model.tables import Write
from prioritizer.store import connection, files, rescue
from prioritizer.store.drafts import Drafts
from prioritizer.store.faults import Lost
from prioritizer.store.joining import Joining
from prioritizer.store.keeping import Keeping
from prioritizer.store.ledger import Clock, Committed, entries, moments, now_utc
from prioritizer.store.load import Presets, embed, load
from prioritizer.store.log import CREATE, MERGE, REDO, UNDO, Entry, Ref
from prioritizer.store.opening import climb, damaged, reading
from prioritizer.store.plain import plain, plain_write
from prioritizer.store.recording import Edit
from prioritizer.store.undoing import Stacks, Undone, edit_of, plan
from prioritizer.store.values import checked_all, checked_names, checked_texts
from prioritizer.store.writer import Writer
from prioritizer.text.newfile import shown

if TYPE_CHECKING:
    from prioritizer.model.preset import Preset


class Store(Drafts, Joining, Keeping):
    """An open session file. Made by `create` or `open`; used from one thread at a time.

    Attributes:
        path: The file.
        session_id: Id of the session in it.
    """

    def __init__(self, writer: Writer, presets: Presets) -> None:
        self._writer = writer
        self._presets = presets
        self._stacks = Stacks()
        self._closed = False
        self.path = writer.path
        with reading(self.path), writer.moment():
            writer.catch_up()
            row = writer.conn.execute("SELECT id, preset FROM session").fetchone()
            if row is None or row[0] is None or row[1] is None:
                raise ValueError("the session has no id or no preset")
        self.session_id: str = row[0]
        self._rescue = rescue.Rescue(writer, row[0], row[1])

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        preset: Preset,
        preset_text: str,
        preset_hash: str,
        writes: Iterable[Write] = (),
        names: Mapping[str, str] | None = None,
        actor: str | None = None,
        label: str = "",
        clock: Clock = now_utc,
    ) -> Self:
        """A new session file, which appears whole under its name or not at all.

        Args:
            path: Where; nothing may stand there.
            preset: The preset.
            preset_text: Its TOML, kept for ever.
            preset_hash: Of that text.
            writes: What the session begins with; an id is made where none is among them.
            names: New names by id.
            actor: Who creates it.
            label: What history says.
            clock: Tells the time.

        Raises:
            PrioritizerError: The name is taken.
            NotSaved: The folder cannot be written.
        """
        from prioritizer.store.creating import build_file

        path = Path(path).absolute()
        first = [
            Write("session", (), "id", str(uuid4())),
            *writes,
            Write("session", (), "preset", canonical_json(embed(preset, preset_text, preset_hash))),
        ]
        checked_texts(actor=actor, label=label)
        edit = Edit(CREATE, checked_all(first), checked_names(names), actor, label)
        site = build_file(path, edit, clock)
        presets = Presets()
        presets.remember(preset_text, preset)
        return cls._open(path, clock, presets, site)

    @classmethod
    def open(cls, path: str | Path, *, clock: Clock = now_utc) -> Self:
        """Opens a session file for reading and writing.

        Raises:
            SessionRefused: It is not a sound session of a format that we read; it is as it was.
            SessionBusy: Another process did not let go of it in time.
        """
        return cls._open(Path(path), clock, Presets(), None)

    @classmethod
    def _open(cls, path: Path, clock: Clock, presets: Presets, site: str | None) -> Self:
        # SQLite names its journal after the file itself, not after a link to it.
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            path = path.resolve()
        conn, file, ledger = climb(path)
        if site is not None:
            ledger.site = site
        try:
            return cls(Writer(conn, path, file, ledger, clock), presets)
        except BaseException:
            conn.close()
            files.release(file)
            raise

    def close(self) -> None:
        """Closes the file. Everything acknowledged is in it already."""
        if not self._closed:
            self._closed = True
            self._writer.conn.close()
            files.release(self._writer.file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def settings(self) -> dict[str, object]:
        """The connection's settings in force."""
        return connection.settings(self._writer.conn)

    def load(self) -> Snapshot:
        """The session as it is in the file now.

        Raises:
            SessionRefused: What stands in it cannot be.
        """
        try:
            with reading(self.path), self._writer.moment():
                self._writer.catch_up()
                return load(self._writer.conn, self._presets)
        except PrioritizerError as error:
            if isinstance(error, SessionRefused) or error.exit_code != PrioritizerError.exit_code:
                raise
            raise damaged(self.path, str(error)) from error

    def refresh(self) -> Snapshot | None:
        """The session as it is now, where another process has written to it since; else None.

        Raises:
            SessionRefused: The file was moved, replaced or overwritten.
        """
        try:
            self._writer.check_place()
            with reading(self.path), self._writer.moment():
                if self._writer.data_version() == self._writer.version:
                    return None
                if not self._writer.seen_log_is_there():
                    raise Lost("was overwritten with other content")
                if not self._writer.catch_up():
                    return None
                return load(self._writer.conn, self._presets)
        except Lost as lost:
            raise SessionRefused(f"{shown(self.path)} {lost.why}. Open it again where it is now.") from lost

    def commit(
        self,
        kind: str,
        writes: Iterable[Write],
        names: Mapping[str, str] | None = None,
        actor: str | None = None,
        label: str = "",
        undo_of: Ref | None = None,
        *,
        join: bool = False,
    ) -> Committed | None:
        """Makes one edit durable, whole or not at all; when this returns it is.

        Args:
            kind: The command, for history.
            writes: What it changes; what changes nothing is left out.
            names: New names by id.
            actor: Who does it.
            label: What history and undo call it.
            undo_of: The operation that it takes back, if any.
            join: Undo it together with the edit before, where that was ours and the newest.

        Returns:
            What was written, or None where nothing changes.

        Raises:
            Moved: Another process has written since; `refresh`, plan again, commit again.
            NotSaved: It could not be written; says where it is kept.
            SessionBusy: Another process did not let go in time.
            PrioritizerError: A write cannot be.
        """
        if kind in (CREATE, UNDO, REDO, MERGE):
            raise PrioritizerError(f"“{kind}” is not an edit.")
        checked_texts(kind=kind, actor=actor, label=label)
        group = self._joined() if join else 0
        return self.save(Edit(kind, checked_all(writes), checked_names(names), actor, label, undo_of, group))

    def save(self, edit: Edit) -> Committed | None:
        """`commit` for an edit that is checked already."""
        try:
            return self._writer.write(edit)
        except Lost as lost:
            raise self._rescue.keep(edit, lost.why) from lost

    @staticmethod
    def advance(snapshot: Snapshot, committed: Committed, names: Mapping[str, str] | None = None) -> Snapshot:
        """The snapshot after an edit: the same as loading again."""
        builder = Builder(snapshot)
        for name_id, text in {**(names or {}), **committed.names}.items():
            if name_id not in snapshot.names:
                builder.name(name_id, plain(text))
        for use_case, born in committed.born.items():
            builder.born(use_case, born)
        return builder.write_all(map(plain_write, committed.writes)).done()

    def undo(self, actor: str | None = None) -> Undone | None:
        """Takes back the newest edit of this file's own history; None where there is none."""
        return self._reverse(self._top("undo"), UNDO, actor)

    def redo(self, actor: str | None = None) -> Undone | None:
        """Takes back the newest undo, where no edit has followed it; else None."""
        return self._reverse(self._top("redo"), REDO, actor)

    def next_undo(self) -> Entry | None:
        """The edit that `undo` would take back."""
        return self._edit(self._top("undo"))

    def next_redo(self) -> Entry | None:
        """The edit that `redo` would give back."""
        return self._edit(self._top("redo"))

    def _top(self, which: Literal["undo", "redo"]) -> Ref | None:
        with reading(self.path), self._writer.moment():
            stacks = self._stacks.catch_up(self._writer.conn)
            stack = stacks.undo if which == "undo" else stacks.redo
            return stack[-1] if stack else None

    def _edit(self, group: Ref | None) -> Entry | None:
        if group is None:
            return None
        with reading(self.path), self._writer.moment():
            return edit_of(self._writer.conn, group)

    def _reverse(self, group: Ref | None, kind: str, actor: str | None) -> Undone | None:
        if group is None:
            return None
        with reading(self.path), self._writer.moment():
            found = plan(self._writer.conn, group)
        edit = Edit(
            kind,
            found.writes,
            {},
            actor,
            found.edit.label,
            found.target,
            even_empty=True,
            forced=found.forced,
        )
        committed = self.save(edit)
        assert committed is not None
        return Undone(found.edit.kind, found.edit.label, committed.writes, found.skipped, committed)

    def _joined(self) -> int:
        """The undo group of the newest edit, where that is ours and has not been undone."""
        top = self._top("undo")
        ours = top is not None and top[0] == self._writer.ledger.site and not self._stacks.redo
        return top[1] if top is not None and ours else 0

    def moments(self, kinds: Collection[str]) -> list[tuple[str, str, Entry | None]]:
        """Time and kind of every operation in the order of their clocks, and the entry itself of some kinds."""
        with reading(self.path), self._writer.moment():
            return moments(self._writer.conn, kinds)

    def history(self) -> list[Entry]:
        """Every operation in the file, in the order of their clocks."""
        with reading(self.path), self._writer.moment():
            found = [entry for _, entry in entries(self._writer.conn)]
        return sorted(found, key=lambda entry: entry.order)
