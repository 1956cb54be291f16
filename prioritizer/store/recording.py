"""One operation into the file, inside the caller's transaction: names, log, state, winners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.model.tables import Write
from prioritizer.store.ledger import Committed, Ledger
from prioritizer.store.links import LINKS, Circle, circles
from prioritizer.store.log import Entry, Ref, encode, tick, time_text
from prioritizer.store.state import Cell, Writing

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody wants to have written, already checked."""

    kind: str
    writes: Sequence[Write]
    names: Mapping[str, str] = field(default_factory=dict)
    actor: str | None = None
    label: str = ""
    undo_of: Ref | None = None
    group: int = 0
    """The undo group that it joins; 0 begins its own."""
    even_empty: bool = False
    """Also log it where it changes nothing, so that undo can go on to what came before."""
    forced: Mapping[Cell, tuple[Ref | None] | None] = field(default_factory=dict)
    """Cells written even where they stay as they are, for a settlement is an edit too; in the
    undo of a merge with whose value it gives back."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What `Ledger.accept` is told once COMMIT has returned."""

    row: int
    entry: Entry
    committed: Committed


def record(conn: sqlite3.Connection, ledger: Ledger, edit: Edit, now: datetime) -> Recorded | None:
    """Writes one operation; None where it would change nothing.

    Raises:
        PrioritizerError: A name id is taken by another name, or a round by another cell.
    """
    writing = Writing(conn)
    changes = writing.compare(edit.writes, edit.forced)
    if not changes and not edit.even_empty:
        return None
    links = [(w.table, w.key, w.field, w.new) for w in changes if w.field in LINKS]
    if links and circles(links, writing.value):
        raise Circle
    names = _add_names(conn, edit.names)
    placed = ledger.next(
        Entry(
            site="",
            seq=0,
            clock=tick(ledger.clock, now),
            group=edit.group,
            undo_of=edit.undo_of,
            kind=edit.kind,
            label=edit.label,
            actor=edit.actor,
            time=time_text(now),
            checksum="",
            payload=encode(changes, ledger.after()),
        )
    )
    row, site = ledger.append(conn, placed)
    born = writing.apply(changes, row, site, (placed.clock, placed.site, placed.seq))
    done = Committed(
        site=placed.site,
        seq=placed.seq,
        clock=placed.clock,
        group=placed.group,
        time=placed.time,
        kind=placed.kind,
        label=placed.label,
        actor=placed.actor,
        undo_of=placed.undo_of,
        writes=tuple(edit.writes)
        if len(changes) == len(edit.writes)
        else tuple(c.forward() for c in changes),
        born=born,
        names=names,
    )
    return Recorded(row, placed, done)


def _add_names(conn: sqlite3.Connection, names: Mapping[str, str]) -> dict[str, str]:
    added: dict[str, str] = {}
    for name_id, text in names.items():
        row = conn.execute("SELECT text FROM name WHERE id = ?", (name_id,)).fetchone()
        if row is None:
            conn.execute("INSERT INTO name (id, text) VALUES (?, ?)", (name_id, text))
            added[name_id] = text
        elif row[0] != text:
            raise PrioritizerError("A name cannot be changed in place; give the new name a new id.")
    return added
