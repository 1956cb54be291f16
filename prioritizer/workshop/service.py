"""The one service that every face talks to.

A command becomes log and state in one transaction, then a new immutable snapshot;
`evaluation` follows from the snapshot alone. Safe to use from several threads: the
session file belongs to one writer thread, and a snapshot never changes.
"""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot
from prioritizer.model.tables import Write
from prioritizer.workshop.commands.base import Command, Given, clean_line
from prioritizer.workshop.copies import Copies
from prioritizer.workshop.effects import Effects
from prioritizer.workshop.history import plain_writes
from prioritizer.workshop.jobs import Writer
from prioritizer.workshop.seeing import Seeing
from prioritizer.workshop.shorthand import Shorthand
from prioritizer.workshop.viewer import visible
from prioritizer.workshop.words import after_undo, describe

if TYPE_CHECKING:
    from prioritizer.store import Entry, Store, Undone

Clock = Callable[[], dt.datetime]
T = TypeVar("T")


@dataclass(frozen=True)
class Done:
    """What a command did.

    Attributes:
        words: A few words for it, as undo says them; "" when nothing changed.
        made: Ids of what it created.
        skipped: How many fields an undo left alone because a later edit owns them.
    """

    words: str
    made: tuple[str, ...] = ()
    skipped: int = 0


class Workshop(Copies, Seeing, Shorthand):
    """An open session. A context manager; closing it ends the writer thread."""

    def __init__(self, path: Path, writer: Writer, store: Store, snapshot: Snapshot, clock: Clock) -> None:
        self.path = path
        self._writer = writer
        self._store = store
        self._snapshot = snapshot
        self._visible: tuple[Snapshot, Snapshot] | None = None
        self._clock = clock
        self.effects = Effects()
        """What settling each open cell is expected to change, as it was worked out last."""

    # Opening and closing

    @classmethod
    def create(
        cls,
        path: str | os.PathLike[str],
        preset: str = "pilot-first",
        title: str = "",
        *,
        clock: Clock | None = None,
    ) -> Workshop:
        """Makes a new session file and opens it.

        Args:
            path: Where; nothing may stand there.
            preset: Id of a shipped preset, or the path of a TOML file.
            title: Of the session; the file's name if empty.
            clock: Gives the time, UTC; for tests.

        Raises:
            PrioritizerError: The preset is not known or not valid, or the file exists.
            NotSaved: The file could not be written.
        """
        from prioritizer.model.presets import load_preset

        target = Path(path)
        loaded = load_preset(preset)
        now = clock or _utc_now

        def make() -> tuple[Store, Snapshot]:
            from prioritizer.store import Store

            shown = clean_line(title) or clean_line(target.stem)
            first = [
                Write("session", (), "id", str(uuid.uuid4())),
                Write("session", (), "title", shown),
            ]
            store = Store.create(
                target,
                preset=loaded.preset,
                preset_text=loaded.text,
                preset_hash=loaded.hash,
                writes=first,
                names={},
                clock=now,
            )
            return store, store.load()

        return cls._start(target, make, now)

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, clock: Clock | None = None) -> Workshop:
        """Opens a session file.

        Raises:
            SessionRefused: It is missing, is not a session, is damaged, or is newer.
            SessionBusy: Another process does not let go of it.
        """
        target = Path(path)
        now = clock or _utc_now

        def load() -> tuple[Store, Snapshot]:
            from prioritizer.store import Store

            store = Store.open(target, clock=now)
            try:
                return store, store.load()
            except BaseException:
                store.close()
                raise

        return cls._start(target, load, now)

    @classmethod
    def _start(cls, path: Path, job: Callable[[], tuple[Store, Snapshot]], clock: Clock) -> Workshop:
        writer = Writer("prioritizer-writer")
        try:
            store, snapshot = writer.call(job)
        except BaseException:
            writer.close()
            raise
        return cls(path, writer, store, snapshot, clock)

    def close(self) -> None:
        """Finishes what is being written and lets go of the file."""
        if not self._writer.closed:
            self._writer.submit(self._store.close)
            self._writer.close()

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Seeing

    def now(self) -> dt.datetime:
        """The time by this session's clock, UTC."""
        return self._clock()

    @property
    def snapshot(self) -> Snapshot:
        """The session as anybody may see it: unrevealed answers are masked."""
        current = self._snapshot
        if self._visible is None or self._visible[0] is not current:
            self._visible = (current, visible(current))
        return self._visible[1]

    # Changing

    def do(self, command: Command) -> Done:
        """Carries a command out; returns once it is durable.

        Raises:
            PrioritizerError: It cannot be done; nothing changed.
            NotSaved: It could not be written; says where it is kept.
        """
        return self._writer.call(lambda: self._do(command))

    def submit(self, command: Command) -> Future[Done]:
        """The same without waiting: the future ends when it is durable."""
        return self._writer.submit(lambda: self._do(command))

    def undo(self) -> str:
        """Takes the last action back; returns it in words.

        Raises:
            PrioritizerError: There is nothing to undo.
        """
        return self._writer.call(self._undo).words

    def redo(self) -> str:
        """Does again what was undone last; returns it in words.

        Raises:
            PrioritizerError: There is nothing to redo.
        """
        return self._writer.call(self._redo).words

    def submit_undo(self) -> Future[Done]:
        """`undo` without waiting."""
        return self._writer.submit(self._undo)

    def submit_redo(self) -> Future[Done]:
        """`redo` without waiting."""
        return self._writer.submit(self._redo)

    def refresh(self) -> bool:
        """Loads what another process has written since; whether there was anything."""
        return self._writer.call(self._refresh)

    def _do(self, command: Command) -> Done:
        from prioritizer.store import Moved

        while True:
            before = self._snapshot
            plan = command.plan(before, Given(self._clock(), _new_id))
            try:
                committed = self._store.commit(command.kind, plan.writes, plan.names)
                break
            except Moved:
                # Another process has written since: the plan is made again on what is there now.
                self._refresh()
        if committed is None:
            return Done("", plan.made)
        self._snapshot = self._store.advance(before, committed, plan.names)
        return Done(describe(command.kind, plan.writes, self._snapshot), plan.made)

    def _undo(self) -> Done:
        return self._step(self._store.undo, self._store.next_undo, "undo")

    def _redo(self) -> Done:
        return self._step(self._store.redo, self._store.next_redo, "redo")

    def _step(self, step: Callable[[], Undone | None], find: Callable[[], Entry | None], verb: str) -> Done:
        from prioritizer.store import Moved

        while True:
            before, target = self._snapshot, find()
            try:
                undone = step()
                break
            except Moved:
                self._refresh()
        if undone is None or target is None:
            raise PrioritizerError(f"There is nothing to {verb}.")
        self._snapshot = self._store.advance(before, undone.committed)
        # A title may exist only before (undo of an addition) or only after (its redo).
        richer = before if verb == "undo" else self._snapshot
        words = describe(target.kind, plain_writes(target), richer)
        if verb == "undo":
            words += after_undo(target.kind, undone.writes)
        return Done(words, skipped=len(undone.skipped))

    def _refresh(self) -> bool:
        newer = self._store.refresh()
        if newer is None:
            return False
        self._snapshot = newer
        return True

    # For the parts of this service

    def on_file(self, job: Callable[[Store], T], *, reload: bool = True) -> T:
        """Runs a job on the session file, on its own thread.

        Args:
            job: Called again where another process has written meanwhile.
            reload: Take over what the job has changed.
        """

        def run() -> T:
            from prioritizer.store import Moved

            while True:
                try:
                    result = job(self._store)
                    break
                except Moved:
                    self._refresh()
            if reload:
                self._snapshot = self._store.load()
            return result

        return self._writer.call(run)

    # Drafts: half-typed text outlives the program

    def keep_draft(self, key: str, text: str) -> Future[None]:
        """Keeps half-typed text; an empty text forgets it."""
        if text:
            return self._writer.submit(lambda: self._store.draft_set(key, text))
        return self._writer.submit(lambda: self._store.draft_clear(key))

    def drafts(self) -> Mapping[str, str]:
        """Half-typed texts by where they were typed."""
        from prioritizer.text.clean import clean_text

        found = self._writer.call(self._store.draft_all)
        return {place: clean_text(text, limit=len(text) + 1) for place, text in found.items()}


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _new_id() -> str:
    return str(uuid.uuid4())
