"""Saving what can be saved: reading damaged files, and what lies beside them, into a new file.

Nothing is taken over that its checksum does not vouch for: the result is a session that is
sound, with fewer operations, and says how many.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from prioritizer.errors import PrioritizerError, SessionRefused
from prioritizer.store import files, sniff
from prioritizer.store.causality import Causality
from prioritizer.store.checking import findings
from prioritizer.store.connection import connect, uri_of
from prioritizer.store.copies import check_operation
from prioritizer.store.ledger import Ledger
from prioritizer.store.log import Entry, Ref
from prioritizer.store.opening import one_moment, reading
from prioritizer.store.replaying import Replay
from prioritizer.store.schema import build
from prioritizer.store.standing import Standing
from prioritizer.store.values import NAME_FIELDS, is_id
from prioritizer.text.newfile import shown

LOST = "(name lost)"
"""Stands for a person's name that could not be read."""

_OP = (
    "SELECT s.uuid, o.seq, o.clock, o.undo_group, o.undo_of, o.kind, o.label, o.actor, o.time, o.checksum, "
    "CAST(o.payload AS BLOB) "
    "FROM op o JOIN site s ON s.id = o.site WHERE o.id = ?"
)
_MOST = 2_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What was saved.

    Attributes:
        path: The new file.
        operations: How many changes it holds.
        lost: How many were found and could not be vouched for.
        use_cases: How many use cases stand in it.
        read: Which files it was read from.
    """

    path: Path
    operations: int
    lost: int
    use_cases: int
    read: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    entries: dict[Ref, Entry] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    seen: set[Ref] = field(default_factory=set)
    read: list[str] = field(default_factory=list)


def repair(path: Path, out: Path) -> Kept:
    """Writes a new file with all that can be vouched for; what lies at the path stays as it is.

    A journal or write-ahead log beside the file is tried with it and without it, each on a copy.

    Raises:
        SessionRefused: Nothing could be saved.
        PrioritizerError: The new name is taken.
        NotSaved: It could not be written.
    """
    sniff.look(path)
    found = _Found()
    with tempfile.TemporaryDirectory(prefix="prioritizer-") as folder:
        for what, copy in _combinations(path, Path(folder)):
            before = len(found.entries)
            _read(copy, found)
            if len(found.entries) > before:
                found.read.append(what)
    log = _vouched(found)
    if not any(w.cell == ("session", (), "preset") for e in log for w in e.writes):
        raise SessionRefused(
            f"Nothing could be saved from {shown(path)}: its log cannot be read. Open a backup of it."
        )
    for entry in log:
        for w in entry.writes:
            if (w.table, w.field) in NAME_FIELDS:
                for value in (w.new, w.old):
                    if isinstance(value, str):
                        found.names.setdefault(value, LOST)
    use_cases = _write(out, log, found.names)
    return Kept(out, len(log), len(found.seen) - len(log), use_cases, tuple(found.read))


def _combinations(path: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The file with and without each of the files that SQLite may have left beside it, as copies."""
    beside = [suffix for suffix in ("-journal", "-wal") if sniff.sibling(path, suffix) is not None]
    for number, suffixes in enumerate([[], *([s] for s in beside)]):
        copy = folder / f"{number}.sqlite"
        try:
            shutil.copyfile(path, copy)
            for suffix in suffixes:
                shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
        except OSError as error:
            raise SessionRefused(f"{shown(path)} cannot be read: {error.strerror}.") from error
        yield (path.name if not suffixes else f"{path.name} with {path.name}{suffixes[0]}"), copy


def _read(copy: Path, found: _Found) -> None:
    """Every operation and name that SQLite still gives, one by one."""
    with contextlib.suppress(sqlite3.Error, OSError, ValueError):
        conn = sqlite3.connect(uri_of(copy, "rw"), uri=True, isolation_level=None)
        with contextlib.closing(conn):
            conn.execute("PRAGMA trusted_schema = OFF")
            kinds = {row[0]: row[1] for row in conn.execute("SELECT name, type FROM sqlite_schema")}
            if any(kinds.get(table) != "table" for table in ("op", "site", "name")):
                return
            refs: dict[int, Ref] = {}
            rows: list[tuple[int, tuple[object, ...]]] = []
            for local in _ids(conn, "op"):
                with contextlib.suppress(sqlite3.Error, ValueError):
                    row = conn.execute(_OP, (local,)).fetchone()
                    if row is not None and isinstance(row[0], str) and isinstance(row[1], int):
                        refs[local] = (row[0], row[1])
                        rows.append((local, row))
            for local, row in rows:
                undo = row[4]
                entry = _entry(row, refs.get(undo) if isinstance(undo, int) else None)
                found.seen.add(refs[local])
                if entry is not None and (undo is None) == (entry.undo_of is None):
                    found.entries.setdefault(entry.ref, entry)
            with contextlib.suppress(sqlite3.Error, ValueError):
                for name_id, text in conn.execute("SELECT id, text FROM name"):
                    if is_id(name_id) and isinstance(text, str) and "\0" not in text:
                        found.names.setdefault(name_id, text)


def _ids(conn: sqlite3.Connection, table: str) -> list[int]:
    """Local ids: as the table gives them, and where it breaks off, all up to the largest."""
    found: list[int] = []
    for order in ("ASC", "DESC"):
        with contextlib.suppress(sqlite3.Error, ValueError):
            for row in conn.execute(f"SELECT id FROM {table} ORDER BY id {order}"):
                found.append(int(row[0]))
                if len(found) > _MOST:
                    break
            if order == "ASC":
                return found
    top = max(found, default=0)
    return sorted({*found, *range(1, min(top, _MOST) + 1)})


def _entry(row: tuple[object, ...], undo_of: Ref | None) -> Entry | None:
    site, seq, clock, group, _, kind, label, actor, time, checksum, payload = row
    plain = all(isinstance(each, str) for each in (site, kind, label, time, checksum))
    if (
        not plain
        or not isinstance(payload, bytes)
        or not all(isinstance(each, int) for each in (seq, clock, group))
    ):
        return None
    if actor is not None and not isinstance(actor, str):
        return None
    return Entry(site, seq, clock, group, undo_of, kind, label, actor, time, checksum, payload)  # type: ignore[arg-type]


def _vouched(found: _Found) -> list[Entry]:
    """The operations whose chain is whole from its beginning, and which speak only of such."""
    known: dict[Ref, Entry] = {}
    for site in sorted({ref[0] for ref in found.entries}):
        before, seq = "", 1
        while (entry := found.entries.get((site, seq))) is not None:
            if entry.checksum != entry.expected_checksum(before):
                break
            known[entry.ref] = entry
            before, seq = entry.checksum, seq + 1
    while True:
        log = sorted(known.values(), key=lambda e: e.order)
        broken = _first_broken(log)
        if broken is None:
            return log
        # What follows it in its own chain cannot stand without it.
        for ref in [ref for ref in known if ref[0] == broken[0] and ref[1] >= broken[1]]:
            del known[ref]


def _first_broken(log: list[Entry]) -> Ref | None:
    known: set[Ref] = set()
    names: dict[str, str] = {}
    for entry in log:
        try:
            check_operation(entry, names, any_name=True)
            spoken = [w.seen for w in entry.writes if w.seen is not None]
            spoken += [
                w.restores[0] for w in entry.writes if w.restores is not None and w.restores[0] is not None
            ]
            spoken += [*entry.after, *([entry.undo_of] if entry.undo_of is not None else [])]
        except (PrioritizerError, ValueError):
            return entry.ref
        if any(ref not in known for ref in spoken):
            return entry.ref
        known.add(entry.ref)
    return None


def _write(out: Path, log: list[Entry], names: dict[str, str]) -> int:
    with files.built_beside(out) as temporary, contextlib.closing(connect(temporary, "rwc")) as conn:
        conn.execute("BEGIN IMMEDIATE")
        build(conn)
        conn.executemany("INSERT INTO name (id, text) VALUES (?, ?)", sorted(names.items()))
        append = Ledger().append
        for entry in log:
            append(conn, entry)
        done = Replay(Causality(log)).run(log)
        standing = Standing(conn)
        for use_case, born in done.born.items():
            standing.bear(use_case, born)
        standing.stand(done.cells)
        conn.execute("COMMIT")
        with reading(out), one_moment(conn):
            wrong = findings(conn)
            number = conn.execute("SELECT count(*) FROM use_case WHERE title <> ''").fetchone()[0]
        if wrong:
            raise SessionRefused(f"Nothing could be saved: what is left is not whole ({wrong[0]}).")
    return int(number)
