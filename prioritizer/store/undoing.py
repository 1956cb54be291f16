"""Undo and redo: what comes next, and which values it restores.

The log itself is the two stacks. An undo is an operation that restores values; a redo
is the undo of an undo; so both survive a restart, and nothing is ever removed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prioritizer.model.tables import Key, Scalar, Write
from prioritizer.store.ledger import Committed, entry_of, group_of
from prioritizer.store.log import CREATE, Entry, LogWrite, Ref
from prioritizer.store.state import Writing

if TYPE_CHECKING:
    import sqlite3

Cell = tuple[str, Key, str]

_OWN = (
    "SELECT o.id, s.uuid, o.undo_group, o.kind, us.uuid, u.undo_group FROM op o JOIN site s ON s.id = o.site "
    "LEFT JOIN op u ON u.id = o.undo_of LEFT JOIN site us ON us.id = u.site "
    "WHERE o.id > ? AND NOT EXISTS (SELECT 1 FROM arrival a WHERE a.op = o.id) ORDER BY o.clock, o.id"
)


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo did.

    Attributes:
        kind: Of the edit that was undone or redone.
        label: Of that edit.
        writes: The values restored.
        skipped: Values that stay as they are, because somebody has changed them since.
        committed: The operation that did it.
    """

    kind: str
    label: str
    writes: tuple[Write, ...]
    skipped: tuple[Write, ...]
    committed: Committed


@dataclass(frozen=True, slots=True)
class Plan:
    """What undoing a group would write."""

    group: Ref
    edit: Entry
    writes: tuple[Write, ...]
    skipped: tuple[Write, ...]


def edit_of(conn: sqlite3.Connection, group: Ref) -> Entry:
    """The edit that undoing a group takes back, or gives back."""
    return _Origins(conn).edit(group_of(conn, group)[-1])


@dataclass(slots=True)
class Stacks:
    """Groups that can be undone and redone, the next one last. What merge brought is in neither."""

    undo: list[Ref] = field(default_factory=list)
    redo: list[Ref] = field(default_factory=list)
    last: int = 0

    def catch_up(self, conn: sqlite3.Connection) -> Stacks:
        """Follows what was logged since."""
        for row, site, group, kind, undo_site, undo_group in conn.execute(_OWN, (self.last,)).fetchall():
            self.last = max(self.last, row)
            self._follow((site, group), kind, None if undo_site is None else (undo_site, undo_group))
        return self

    def _follow(self, group: Ref, kind: str, target: Ref | None) -> None:
        if kind == CREATE:
            return  # a session is never undone out of existence
        if target is None:
            if group not in self.undo[-1:]:
                self.undo.append(group)
            self.redo.clear()
        elif target in self.undo:
            self.undo.remove(target)
            self.redo.append(group)
        elif target in self.redo:
            self.redo.remove(target)
            self.undo.append(group)


def plan(conn: sqlite3.Connection, group: Ref) -> Plan:
    """The writes that undo a group, of those cells whose value still is the group's."""
    members = group_of(conn, group)
    spans: dict[Cell, tuple[LogWrite, Ref]] = {}
    for entry in members:
        for w in entry.writes:
            first = spans[w.cell][0] if w.cell in spans else w
            spans[w.cell] = (first, entry.ref)
    state = Writing(conn)
    origins = _Origins(conn)
    writes: list[Write] = []
    skipped: list[Write] = []
    for cell, (first, newest) in spans.items():
        back = Write(*cell, _restored(cell, first.old, state.value(*cell)))
        ours = origins.of(cell, state.winner(*cell)) == origins.of(cell, newest)
        (writes if ours else skipped).append(back)
    return Plan(group, origins.edit(members[-1]), tuple(writes), tuple(skipped))


def _restored(cell: Cell, old: Scalar, now: Scalar) -> Scalar:
    # What the room has seen cannot be unseen: a revealed round does not open again.
    if cell[0] == "round" and cell[2] == "status" and old == "open" and now == "revealed":
        return "void"
    return old


class _Origins:
    """Whose value stands in a cell.

    After an undo the winner of a cell is the undo, but the value is that of the operation before;
    without this, a second undo would find every cell taken by the first.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._groups: dict[Ref, dict[Cell, LogWrite]] = {}
        self._entries: dict[Ref, Entry] = {}

    def of(self, cell: Cell, ref: Ref | None) -> Ref | None:
        while ref is not None:
            entry = self._entry(ref)
            if entry.undo_of is None:
                return ref
            write = self._first_write(entry.undo_of, cell)
            if write is None:
                return ref
            ref = write.seen
        return None

    def edit(self, entry: Entry) -> Entry:
        """The edit at the bottom of undos of undos."""
        while entry.undo_of is not None:
            # Of several that were made as one, the newest has the words for all of them.
            entry = group_of(self._conn, self._group(entry.undo_of))[-1]
        return entry

    def _group(self, ref: Ref) -> Ref:
        return (ref[0], self._entry(ref).group)

    def _first_write(self, target: Ref, cell: Cell) -> LogWrite | None:
        group = self._group(target)
        firsts = self._groups.get(group)
        if firsts is None:
            firsts = self._groups[group] = {}
            for entry in group_of(self._conn, group):
                for w in entry.writes:
                    firsts.setdefault(w.cell, w)
        return firsts.get(cell)

    def _entry(self, ref: Ref) -> Entry:
        if ref not in self._entries:
            found = entry_of(self._conn, ref)
            if found is None:
                raise ValueError(f"operation {ref[1]} of site {ref[0]} is not in the log")
            self._entries[ref] = found
        return self._entries[ref]
