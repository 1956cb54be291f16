"""Bringing the operations of other copies into a session file: the union of the logs.

Arrivals keep their place, clock and checksum, and append no operation of their own; which came
when is noted locally, so that undo can take the merge back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError, SessionRefused
from prioritizer.store import replaying
from prioritizer.store.causality import Causality, check_pasts
from prioritizer.store.copies import Copy, check_operation
from prioritizer.store.ledger import Ledger, entries
from prioritizer.store.links import LINKS
from prioritizer.store.log import Entry, time_text
from prioritizer.store.opening import damaged
from prioritizer.store.replaying import Replay, bases_of
from prioritizer.store.standing import Standing
from prioritizer.store.state import Cell
from prioritizer.store.writer import Writer
from prioritizer.text.newfile import shown

if TYPE_CHECKING:
    import sqlite3

MOST_REMOVED = 0.2
"""Share of the use cases that a merge may take away without being asked."""


class Removes(PrioritizerError):
    """A merge would take away many use cases: nothing was written, ask first."""

    title = "Many use cases would go"

    def __init__(self, removed: int, of: int) -> None:
        super().__init__(
            f"The merge would take {removed} of {of} use cases out of the session, because they were deleted or "
            "merged away in the other copy. Add --yes if that is right."
        )
        self.removed, self.of = removed, of


@dataclass(frozen=True, slots=True)
class Brought:
    """What a merge brought.

    Attributes:
        operations: How many arrived.
        new: Ids of the use cases that it brought.
        updated: Ids of those that it changed.
        removed: Ids of those that were live before and are not after.
        cells: How many values changed.
        batch: Under which the arrivals are noted; 0 where nothing arrived.
    """

    operations: int = 0
    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    cells: int = 0
    batch: int = 0


@dataclass(slots=True)
class _Arrivals:
    entries: list[Entry] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    source: dict[tuple[str, int], str] = field(default_factory=dict)


def bring_in(writer: Writer, session: str, preset: str, copies: Sequence[Copy], *, sure: bool) -> Brought:
    """Merges copies into the open file, in one transaction.

    Args:
        writer: The open file.
        session: Its id.
        preset: Its embedded preset.
        copies: Any number, in any order.
        sure: Also where many use cases go.

    Raises:
        SessionRefused: A copy is of another session, or holds another content for the same operation.
        Removes: More than a fifth of the use cases would go, and nobody is sure.
        Moved: Another process has written; `catch up` and try again.
        Lost: The file is no longer ours to write.
        PrioritizerError: Nothing was written; one sentence says why.
    """
    import sqlite3

    for copy in copies:
        if copy.session != session:
            raise SessionRefused(
                f"{shown(copy.path)} is another session than {shown(writer.path)}; "
                "only copies of one session can be merged. Use “prioritizer import” for its use cases."
            )
        if copy.preset != preset:
            raise SessionRefused(
                f"{shown(copy.path)} has another preset than {shown(writer.path)}, "
                "though a session keeps its preset for ever. It was changed by another program."
            )
    writer.check_place()
    try:
        writer.conn.execute("BEGIN IMMEDIATE")
        writer.check_content()
        brought = _merge(writer, copies, sure=sure)
        writer.conn.execute("COMMIT" if brought.operations else "ROLLBACK")
    except sqlite3.Error as error:
        writer.roll_back()
        raise writer.explained(error) from error
    except BaseException:
        writer.roll_back()
        raise
    with writer.moment():
        writer.catch_up()
    writer.check_place()
    return brought


def _merge(writer: Writer, copies: Sequence[Copy], *, sure: bool) -> Brought:
    conn = writer.conn
    own = [entry for _, entry in entries(conn)]
    arrivals = _collect(conn, own, copies, writer.path)
    if not arrivals.entries:
        return Brought()
    before = _live(conn)
    log = sorted([*own, *arrivals.entries], key=lambda e: e.order)
    _check(conn, log, arrivals, copies)
    rows = _append(conn, arrivals)
    batch = conn.execute("SELECT coalesce(max(batch), 0) + 1 FROM arrival").fetchone()[0]
    now = time_text(writer.clock())
    conn.executemany(
        "INSERT INTO arrival (op, batch, time, source) VALUES (?, ?, ?, ?)",
        [(row, batch, now, arrivals.source[entry.ref]) for row, entry in rows],
    )
    known = {row[0] for row in conn.execute("SELECT uuid FROM use_case WHERE title IS NOT NULL")}
    changed = bring_state(conn, log, log.index(arrivals.entries[0]))
    after = _live(conn)
    removed = before - after
    if not sure and len(removed) > MOST_REMOVED * len(before):
        raise Removes(len(removed), len(before))
    touched = {cell[1][0] for cell in changed if cell[1] and _of_use_case(cell)}
    titled = {row[0] for row in conn.execute("SELECT uuid FROM use_case WHERE title IS NOT NULL")}
    new = titled - known
    return Brought(
        len(arrivals.entries),
        tuple(sorted(new)),
        tuple(sorted((touched & known) - removed)),
        tuple(sorted(removed)),
        len(changed),
        batch,
    )


def bring_state(conn: sqlite3.Connection, log: Sequence[Entry], first: int) -> list[Cell]:
    """Makes the state what the log says; gives the cells that differed.

    Only what comes after the first fork is replayed: before it there is nothing to bring together.

    Args:
        conn: Inside a transaction.
        log: In the order of its clocks.
        first: Place of the earliest operation that the state does not know yet.
    """
    causality = Causality(log)
    forked = log[min(first, causality.fork()) :]
    done = replay_end(conn, causality, forked, forked)
    writing = Standing(conn)
    for use_case, born in done.born.items():
        writing.bear(use_case, born)
    different = {
        cell: standing
        for cell, standing in done.cells.items()
        if (writing.value(*cell), writing.winner(*cell)) != standing
    }
    Standing(conn).stand(different)
    return list(different)


def replay_end(
    conn: sqlite3.Connection, causality: Causality, forked: Sequence[Entry], only: Iterable[Entry]
) -> Replay:
    """Replays operations from the fork on.

    Args:
        conn: Tells the links that nobody has touched since the fork.
        causality: Of the whole log.
        forked: All operations from the fork on.
        only: Those of them that are replayed.
    """
    bases: dict[Cell, replaying.Standing] = {}
    for name in sorted(LINKS):
        for uuid, target in conn.execute(f'SELECT uuid, "{name}" FROM use_case WHERE "{name}" IS NOT NULL'):
            bases["use_case", (uuid,), name] = (target, None)
    bases.update(bases_of(forked))
    return Replay(causality, bases).run(only)


def _collect(conn: sqlite3.Connection, own: list[Entry], copies: Sequence[Copy], path: Path) -> _Arrivals:
    """What we do not have; refuses two contents of one operation, or of one name."""
    known: dict[tuple[str, int], tuple[str, Path]] = {e.ref: (e.checksum, path) for e in own}
    names: dict[str, tuple[str, Path]] = {
        row[0]: (row[1], path) for row in conn.execute("SELECT id, text FROM name")
    }
    found = _Arrivals()
    for copy in copies:
        for entry in copy.log:
            checksum, where = known.setdefault(entry.ref, (entry.checksum, copy.path))
            if checksum != entry.checksum:
                raise _two_contents(where, copy.path, f"operation {entry.seq} of site {entry.site}")
            if where is copy.path and entry.ref not in found.source:
                found.entries.append(entry)
                found.source[entry.ref] = copy.path.name
        for name_id, text in copy.names.items():
            there, where = names.setdefault(name_id, (text, copy.path))
            if there != text:
                raise _two_contents(where, copy.path, "a person's name")
            if where is copy.path:
                found.names[name_id] = text
    found.entries.sort(key=lambda e: e.order)
    return found


def _check(conn: sqlite3.Connection, log: list[Entry], arrivals: _Arrivals, copies: Sequence[Copy]) -> None:
    """Refuses arrivals that say what nobody can have entered."""
    names = {**dict(conn.execute("SELECT id, text FROM name").fetchall()), **arrivals.names}
    by_name = {copy.path.name: copy.path for copy in copies}
    entry = arrivals.entries[0]
    try:
        causality = Causality(log)
        for entry in arrivals.entries:
            check_operation(entry, names)
            check_pasts(causality, [entry])
    except (ValueError, PrioritizerError) as error:
        raise damaged(by_name[arrivals.source[entry.ref]], str(error)) from error


def _two_contents(one: Path, other: Path, what: str) -> SessionRefused:
    return SessionRefused(
        f"{shown(one)} and {shown(other)} differ in {what}, which is written once and never changed. "
        "One of them was changed by another program; merge the copies that were not."
    )


def _append(conn: sqlite3.Connection, arrivals: _Arrivals) -> list[tuple[int, Entry]]:
    conn.executemany(
        "INSERT INTO name (id, text) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
        sorted(arrivals.names.items()),
    )
    append: Callable[[sqlite3.Connection, Entry], tuple[int, int]] = Ledger().append
    return [(append(conn, entry)[0], entry) for entry in arrivals.entries]


def _live(conn: sqlite3.Connection) -> set[str]:
    sql = "SELECT uuid FROM use_case WHERE title <> '' AND coalesce(deleted, 0) = 0 AND merged_into IS NULL"
    return {row[0] for row in conn.execute(sql)}


def _of_use_case(cell: Cell) -> bool:
    from prioritizer.store.state import NAMES_USE_CASE

    return cell[0] in NAMES_USE_CASE
