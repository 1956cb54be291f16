"""Undo and redo: what comes next, and which values it restores.

The log itself is the two stacks. An undo is an operation that restores values; a redo
is the undo of an undo; so both survive a restart, and nothing is ever removed. What a merge
brought is undone as one, by an operation that restores what stood there before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from prioritizer.model.tables import VOID, Scalar, Write
from prioritizer.store.ledger import Committed, entries, entry_of, group_of
from prioritizer.store.links import circles
from prioritizer.store.log import CREATE, MERGE, UNDO, Entry, LogWrite, Ref
from prioritizer.store.state import Cell, Writing

if TYPE_CHECKING:
    import sqlite3

_OWN = (
    "SELECT o.id, s.uuid, o.undo_group, o.kind, us.uuid, u.undo_group, ua.batch "
    "FROM op o JOIN site s ON s.id = o.site "
    "LEFT JOIN op u ON u.id = o.undo_of LEFT JOIN site us ON us.id = u.site "
    "LEFT JOIN arrival ua ON ua.op = u.id "
    "WHERE o.id > ? AND NOT EXISTS (SELECT 1 FROM arrival a WHERE a.op = o.id)"
)
_BATCHES = "SELECT min(op), batch FROM arrival GROUP BY batch HAVING min(op) > ?"


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
    """What undoing a group would write.

    Attributes:
        target: The operation that the undo says it takes back.
        edit: What that was.
        writes: The values to restore.
        skipped: Those that somebody has changed since.
        forced: Cells that are written even if they stay as they are; of a merge, with whose value.
    """

    target: Ref
    edit: Entry
    writes: tuple[Write, ...]
    skipped: tuple[Write, ...]
    forced: Mapping[Cell, tuple[Ref | None] | None]


def edit_of(conn: sqlite3.Connection, group: Ref) -> Entry:
    """The edit that undoing a group takes back, or gives back."""
    if _is_merge(group):
        return _merge_entry(conn, group)
    return _Origins(conn).edit(group_of(conn, group)[-1])


@dataclass(slots=True)
class Stacks:
    """Groups that can be undone and redone, the next one last; a merge is one, ``("", batch)``."""

    undo: list[Ref] = field(default_factory=list)
    redo: list[Ref] = field(default_factory=list)
    last: int = 0

    def catch_up(self, conn: sqlite3.Connection) -> Stacks:
        """Follows what was logged since."""
        events: list[tuple[int, Ref, str, Ref | None]] = []
        for row, site, group, kind, undo_site, undo_group, batch in conn.execute(_OWN, (self.last,)):
            target = None if undo_site is None else (undo_site, undo_group)
            events.append((row, (site, group), kind, target if batch is None else ("", batch)))
        for row, batch in conn.execute(_BATCHES, (self.last,)):
            events.append((row, ("", batch), MERGE, None))
        # In the order of their coming into this file; the clocks of our own operations say the same.
        for row, own, kind, target in sorted(events, key=lambda event: event[0]):
            self.last = row
            self._follow(own, kind, target)
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
    if _is_merge(group):
        return _plan_merge(conn, group)
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
    # Also where the value stays: a settlement, or an edit there and back, has to be taken back all the
    # same, or its cells would count as changed by somebody when the edit before is undone.
    forced: dict[Cell, tuple[Ref | None] | None] = dict.fromkeys(spans)
    return _without_circles(
        Plan(group, origins.edit(members[-1]), tuple(writes), tuple(skipped), forced), state
    )


def _without_circles(found: Plan, state: Writing) -> Plan:
    """A link that would close a circle with one made since stays as it is."""
    closing = circles(((w.table, w.key, w.field, w.new) for w in found.writes), state.value)
    if not closing:
        return found
    kept: list[Write] = []
    left = list(found.skipped)
    for w in found.writes:
        (left if (w.table, w.key, w.field) in closing else kept).append(w)
    return replace(found, writes=tuple(kept), skipped=tuple(left))


def _plan_merge(conn: sqlite3.Connection, group: Ref) -> Plan:
    """Gives back what stood in every cell before a merge, where that still is the merge's doing."""
    first, last = conn.execute("SELECT min(op), max(op) FROM arrival WHERE batch = ?", (group[1],)).fetchone()
    rows = {entry.ref: (row, entry) for row, entry in entries(conn)}
    log = sorted((entry for _, entry in rows.values()), key=lambda e: e.order)
    from prioritizer.store.causality import Causality
    from prioritizer.store.merging import replay_end

    causality = Causality(log)
    place = next(i for i, e in enumerate(log) if first <= rows[e.ref][0] <= last)
    forked = log[min(place, causality.fork()) :]
    before = replay_end(conn, causality, forked, [e for e in forked if rows[e.ref][0] < first])
    after = replay_end(conn, causality, forked, [e for e in forked if rows[e.ref][0] <= last])
    state, origins = Writing(conn), _Origins(conn)
    writes: list[Write] = []
    skipped: list[Write] = []
    forced: dict[Cell, tuple[Ref | None] | None] = {}
    for cell, (_, by) in after.cells.items():
        value, winner = before.standing(cell)
        if (value, winner) == after.cells[cell]:
            continue
        back = Write(*cell, _restored(cell, value, state.value(*cell)))
        ours = origins.of(cell, state.winner(*cell)) == origins.of(cell, by)
        (writes if ours else skipped).append(back)
        forced[cell] = (winner,)
    (target,) = (ref for ref, (row, _) in rows.items() if row == first)
    found = Plan(target, _merge_entry(conn, group), tuple(writes), tuple(skipped), forced)
    return _without_circles(found, state)


def _is_merge(group: Ref) -> bool:
    return group[0] == ""


def _merge_entry(conn: sqlite3.Connection, group: Ref) -> Entry:
    """A merge as if it were an entry of the log, for whoever asks what would be undone."""
    sql = "SELECT min(op), time FROM arrival WHERE batch = ?"
    row, time = conn.execute(sql, (group[1],)).fetchone()
    clock = conn.execute("SELECT clock FROM op WHERE id = ?", (row,)).fetchone()[0]
    return Entry("", group[1], clock, group[1], None, MERGE, MERGE, None, time, "", b'{"ids":[],"w":[]}')


def _restored(cell: Cell, old: Scalar, now: Scalar) -> Scalar:
    # What the room has seen cannot be unseen: a revealed round does not open again.
    if cell[0] == "round" and cell[2] == "status" and old == "open" and now == "revealed":
        return "void"
    if cell[0] == "weighting" and cell[2] == "revealed" and old == 0 and now == 1:
        return VOID
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
            if entry.kind == UNDO and entry.label == MERGE:
                own = next((w for w in entry.writes if w.cell == cell), None)
                if own is not None and own.restores is not None:
                    ref = own.restores[0]
                    continue
            write = self._first_write(entry.undo_of, cell)
            if write is None:
                return ref
            ref = write.seen
        return None

    def edit(self, entry: Entry) -> Entry:
        """The edit at the bottom of undos of undos."""
        while entry.undo_of is not None:
            if entry.kind == UNDO and entry.label == MERGE:
                return replace(entry, kind=MERGE)
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
