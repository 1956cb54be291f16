"""The log in the file: reading it, checking its chains, appending to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Born
from prioritizer.model.tables import Write
from prioritizer.store.log import Entry, Ref, beginning

if TYPE_CHECKING:
    import sqlite3

Clock = Callable[[], datetime]

_HEAD = "SELECT o.id, s.uuid, o.seq, o.clock, o.undo_group, us.uuid, u.seq, o.kind, o.label, o.actor, o.time, o.checksum, "
_FROM = (
    " FROM op o JOIN site s ON s.id = o.site "
    "LEFT JOIN op u ON u.id = o.undo_of LEFT JOIN site us ON us.id = u.site "
)
_COLUMNS = f"{_HEAD}CAST(o.payload AS BLOB){_FROM}"

_LARGE = 4_000_000
"""Bytes of a file from which on a payload may be so long that it is not read whole."""

_PIECE = 1 << 18
"""Bytes of a payload that are read at a time."""


@dataclass(frozen=True, slots=True)
class Committed:
    """One operation that is durable, and what a snapshot needs to follow it."""

    site: str
    seq: int
    clock: int
    group: int
    time: str
    kind: str
    label: str
    actor: str | None
    undo_of: Ref | None
    writes: tuple[Write, ...]
    born: dict[str, Born] = field(default_factory=dict)
    """Use cases that it created."""
    names: dict[str, str] = field(default_factory=dict)

    @property
    def ref(self) -> Ref:
        return (self.site, self.seq)


def now_utc() -> datetime:
    return datetime.now(UTC)


def entries(conn: sqlite3.Connection, after: int = 0) -> Iterator[tuple[int, Entry]]:
    """Local id and entry of every operation after a local id, as they came into this file."""
    for row in conn.execute(_COLUMNS + "WHERE o.id > ? ORDER BY o.id", (after,)):
        yield row[0], _entry(row)


def _in_pieces(conn: sqlite3.Connection, after: int) -> Generator[tuple[int, Entry, Iterator[bytes]]]:
    """`entries` with as much of each payload as says what came before, and the rest of it piece by piece.

    A table of a hundred thousand levels is one operation: whole, it and SQLite's copy of it would be the
    most that the program ever holds.
    """
    for row in conn.execute(f"{_HEAD}x''{_FROM}WHERE o.id > ? ORDER BY o.id", (after,)):
        with conn.blobopen("op", "payload", row[0], readonly=True) as blob:
            first = beginning(blob.read, _PIECE)
            yield row[0], _entry((*row[:-1], first)), iter(partial(blob.read, _PIECE), b"")


def _whole(conn: sqlite3.Connection, after: int) -> Generator[tuple[int, Entry, Iterator[bytes]]]:
    for row, entry in entries(conn, after):
        yield row, entry, iter(())


def _is_large(conn: sqlite3.Connection) -> bool:
    pages, size = (conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages) * int(size) >= _LARGE


def moments(conn: sqlite3.Connection, kinds: Collection[str]) -> list[tuple[str, str, Entry | None]]:
    """Time and kind of every operation in the order of their clocks, and the entry itself of some kinds.

    Of an import or a whole table of levels, the payload alone is as long as all else together: it stays in the file.
    """
    marks = ", ".join("?" * len(kinds))
    told: dict[Ref, Entry] = {}
    for row in conn.execute(f"{_COLUMNS}WHERE o.kind IN ({marks})", (*kinds,)):
        entry = _entry(row)
        told[entry.ref] = entry
    sql = "SELECT o.time, o.kind, s.uuid, o.seq FROM op o JOIN site s ON s.id = o.site ORDER BY o.clock, s.uuid, o.seq"
    return [(time, kind, told.get((site, seq))) for time, kind, site, seq in conn.execute(sql)]


def newest_entries(conn: sqlite3.Connection, most: int) -> list[Entry]:
    """The last operations that came into this file, oldest first."""
    rows = conn.execute(_COLUMNS + "ORDER BY o.id DESC LIMIT ?", (most,)).fetchall()
    return [_entry(row) for row in reversed(rows)]


def entry_of(conn: sqlite3.Connection, ref: Ref) -> Entry | None:
    """One operation."""
    row = conn.execute(_COLUMNS + "WHERE s.uuid = ? AND o.seq = ?", ref).fetchone()
    return None if row is None else _entry(row)


def group_of(conn: sqlite3.Connection, group: Ref) -> list[Entry]:
    """The operations of an undo group, the oldest first."""
    rows = conn.execute(_COLUMNS + "WHERE s.uuid = ? AND o.undo_group = ? ORDER BY o.seq", group)
    return [_entry(row) for row in rows.fetchall()]


def _entry(row: tuple[object, ...]) -> Entry:
    _, site, seq, clock, group, undo_site, undo_seq, *rest = row
    undo = None if undo_site is None else (undo_site, undo_seq)
    return Entry(site, seq, clock, group, undo, *rest)  # type: ignore[arg-type]  # STRICT columns


@dataclass(slots=True)
class Ledger:
    """What this opening knows of the log: where it ends, and its own site.

    Attributes:
        site: Ours; it enters the file with our first write.
        tails: Sequence and checksum of the last operation of each site.
        last: Local id of the newest operation in the file, with its checksum.
        clock: The latest hybrid clock seen.
        heads: The operations after which none has come that knew of them.
        forked: Whether there were ever two of them: only then can edits be at odds.
    """

    site: str = field(default_factory=lambda: str(uuid4()))
    tails: dict[str, tuple[int, str]] = field(default_factory=dict)
    last: int = 0
    checksum: str = ""
    clock: int = 0
    heads: set[Ref] = field(default_factory=set)
    forked: bool = False

    def catch_up(self, conn: sqlite3.Connection) -> bool:
        """Reads and checks what was appended since; says whether there was anything.

        Raises:
            ValueError: A chain is broken.
        """
        ahead = replace(self, tails=dict(self.tails), heads=set(self.heads))
        with closing((_in_pieces if _is_large(conn) else _whole)(conn, self.last)) as found:
            for row, entry, rest in found:
                ahead._follow(row, entry, rest)
        grown = ahead.last != self.last
        self.tails, self.heads, self.forked = ahead.tails, ahead.heads, ahead.forked
        self.last, self.checksum, self.clock = ahead.last, ahead.checksum, ahead.clock
        return grown

    def after(self) -> list[Ref]:
        """What our next operation comes after, besides our own one before it."""
        own = (self.site, self.tails.get(self.site, (0, ""))[0])
        return sorted(self.heads - {own})

    def still_there(self, conn: sqlite3.Connection) -> bool:
        """Whether the file's log still contains what we have seen of it."""
        row = conn.execute("SELECT checksum FROM op WHERE id = ?", (self.last,)).fetchone()
        return row is not None and row[0] == self.checksum

    def grown(self, conn: sqlite3.Connection) -> bool:
        """Whether there are operations that we have not seen."""
        return bool(conn.execute("SELECT EXISTS (SELECT 1 FROM op WHERE id > ?)", (self.last,)).fetchone()[0])

    def next(self, entry: Entry) -> Entry:
        """The entry with the place and checksum that it will have."""
        seq, before = self.tails.get(self.site, (0, ""))
        placed = replace(entry, site=self.site, seq=seq + 1, group=entry.group or seq + 1)
        return replace(placed, checksum=placed.expected_checksum(before))

    def append(self, conn: sqlite3.Connection, entry: Entry) -> tuple[int, int]:
        """Inserts an entry of ours; gives the local ids of it and of our site."""
        row = conn.execute("SELECT id FROM site WHERE uuid = ?", (entry.site,)).fetchone()
        if row is None:
            site = conn.execute("INSERT INTO site (uuid) VALUES (?)", (entry.site,)).lastrowid or 0
        else:
            site = int(row[0])
        undo = None
        if entry.undo_of is not None:
            sql = "SELECT o.id FROM op o JOIN site s ON s.id = o.site WHERE s.uuid = ? AND o.seq = ?"
            found = conn.execute(sql, entry.undo_of).fetchone()
            if found is None:
                raise PrioritizerError("What is to be undone is not in this session.")
            undo = found[0]
        cursor = conn.execute(
            "INSERT INTO op (site, seq, clock, undo_group, undo_of, kind, label, actor, time, checksum, payload) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT))",
            (
                site,
                entry.seq,
                entry.clock,
                entry.group,
                undo,
                entry.kind,
                entry.label,
                entry.actor,
                entry.time,
                entry.checksum,
                entry.payload,
            ),
        )
        return cursor.lastrowid or 0, site

    def accept(self, row: int, entry: Entry) -> None:
        """Remembers an entry of ours that is durable."""
        self.tails[entry.site] = (entry.seq, entry.checksum)
        self.heads.difference_update(entry.after, [(entry.site, entry.seq - 1)])
        self.heads.add(entry.ref)
        self.forked = self.forked or len(self.heads) > 1
        self.last, self.checksum, self.clock = row, entry.checksum, max(self.clock, entry.clock)

    def _follow(self, row: int, entry: Entry, rest: Iterable[bytes]) -> None:
        seq, before = self.tails.get(entry.site, (0, ""))
        if entry.seq != seq + 1:
            raise ValueError(f"operation {entry.seq} of site {entry.site} follows {seq}")
        if entry.checksum != entry.expected_checksum(before, rest):
            raise ValueError(f"operation {entry.seq} of site {entry.site} does not match its checksum")
        self.accept(row, entry)
