"""A file to hand on: the whole session without what is only ours, or a new session without names."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from prioritizer.errors import NotSaved, PrioritizerError
from prioritizer.model.tables import TABLES, Scalar, Write
from prioritizer.store import connection, files
from prioritizer.store.checking import findings, state_cells
from prioritizer.store.links import is_link
from prioritizer.store.opening import one_moment, reading
from prioritizer.store.state import Cell
from prioritizer.text.newfile import shown

if TYPE_CHECKING:
    import sqlite3

    from prioritizer.store.store import Store

_IDS = frozenset({"id", "use_case", "participant"})


def hand_on_whole(conn: sqlite3.Connection, path: Path) -> None:
    """Writes the session as it is, with its log, so that it can be merged back.

    Drafts, paths of backups and the names of merged files stay behind: they are of this laptop.

    Raises:
        PrioritizerError: The name is taken.
        NotSaved: It could not be written.
    """
    import sqlite3

    with files.built_beside(path) as temporary:
        first = temporary.with_name(f"{temporary.name}.part")
        try:
            with contextlib.closing(sqlite3.connect(first, isolation_level=None)) as copy:
                conn.backup(copy)
                copy.execute("BEGIN")
                copy.execute("DELETE FROM draft")
                copy.execute("DELETE FROM backup")
                copy.execute("UPDATE arrival SET source = ''")
                copy.execute("COMMIT")
                # Deleted text stays in the pages of a file until it is written anew.
                copy.execute("VACUUM INTO ?", (str(temporary),))
        except sqlite3.Error as error:
            raise NotSaved(f"{shown(path)} was not written: {error}.") from error
        finally:
            for rest in (first, first.with_name(f"{first.name}-journal")):
                rest.unlink(missing_ok=True)
        _look_again(temporary, path)


def hand_on_without_names(
    store: Store, conn: sqlite3.Connection, path: Path, alias: Callable[[int], str] | None
) -> None:
    """Writes what stands as a new session: fresh ids, no history, no names.

    Args:
        store: The open session.
        conn: Its connection.
        path: A new name.
        alias: What the n-th person is called instead, counted from 1; None leaves nobody called anything.

    Raises:
        PrioritizerError: The name is taken.
        NotSaved: It could not be written, or a name was found in it.
    """
    with reading(store.path), one_moment(conn):
        cells = {cell: value for cell, (value, _) in state_cells(conn).items() if value is not None}
        names: dict[str, str] = dict(conn.execute("SELECT id, text FROM name ORDER BY id").fetchall())
        numbers = {
            uuid: place
            for place, (uuid,) in enumerate(
                conn.execute(
                    "SELECT u.uuid FROM use_case u JOIN site s ON s.id = u.born_site "
                    "ORDER BY u.born_clock, s.uuid, u.born_seq, u.born_place, u.uuid"
                )
            )
        }
        roster = [
            row[0] for row in conn.execute("SELECT name FROM participant WHERE name IS NOT NULL ORDER BY id")
        ]
        people = {row[0]: row[1] for row in conn.execute("SELECT uuid, id FROM participant")}
    texts = dict.fromkeys(names[each] for each in [*roster, *names] if each in names)
    called = {text: alias(n) for n, text in enumerate(texts, 1)} if alias is not None else {}
    ids: dict[str, str] = {}
    fresh_names = {
        ids.setdefault(name_id, str(uuid4())): called[text]
        for name_id, text in names.items()
        if text in called
    }

    def order(item: tuple[Cell, Scalar]) -> tuple[object, ...]:
        (table, key, field), _ = item
        first = key[0] if key else ""
        return (
            table != "participant",
            people.get(first, 0),
            table != "use_case",
            numbers.get(first, -1),
            table,
            key,
            field,
        )

    writes = [
        write
        for cell, value in sorted(cells.items(), key=order)
        if (write := _renamed(cell, value, ids, keep_names=alias is not None)) is not None
    ]
    snapshot = store.load()
    made = type(store).create(
        path,
        preset=snapshot.preset,
        preset_text=snapshot.preset_text,
        preset_hash=snapshot.preset_hash,
        writes=writes,
        names=fresh_names,
        clock=store.now,
    )
    try:
        with contextlib.closing(made):
            found = made.check()
        if found:
            raise NotSaved(f"{shown(path)} was not written: it would not be whole ({found[0]}).")
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _renamed(cell: Cell, value: Scalar, ids: dict[str, str], *, keep_names: bool) -> Write | None:
    """A write with fresh ids; none where it would say whose session it was."""
    table, key, field = cell
    if (table, field) in (("session", "id"), ("session", "preset")):
        return None  # made anew
    kind = dict(TABLES[table].fields)[field]
    if kind == "name":
        if not keep_names:
            return None
        value = ids.setdefault(str(value), str(uuid4()))
    elif is_link(table, field):
        value = ids.setdefault(str(value), str(uuid4()))
    parts = zip(key, TABLES[table].keys, strict=True)
    renamed = tuple(ids.setdefault(p, str(uuid4())) if k in _IDS else p for p, (_, k) in parts)
    return Write(table, renamed, field, value)


def texts_of(conn: sqlite3.Connection) -> dict[Cell, str]:
    """Every text that stands in the session, with its cell: where a name may have been typed."""
    found: dict[Cell, str] = {}
    for cell, (value, _) in state_cells(conn).items():
        kind = dict(TABLES[cell[0]].fields).get(cell[2])
        if cell[0] == "tag" and value:
            found[cell] = cell[1][1]
        elif kind == "json" and cell[2] != "preset" and value is not None:
            found[cell] = json.dumps(json.loads(str(value)), ensure_ascii=False)
        elif kind == "text" and isinstance(value, str) and cell[2] not in ("id", "parent", "merged_into"):
            found[cell] = value
    return found


def found_in(path: Path, names: Iterable[str], preset_text: str) -> list[str]:
    """Names whose bytes stand in a file as words of their own, other than in the preset's words."""
    data = path.read_bytes().decode("utf-8", "replace").casefold()
    public = preset_text.casefold()
    return [name for name in names if pattern(name).search(data) and not pattern(name).search(public)]


def pattern(name: str) -> re.Pattern[str]:
    """Finds a name as a word of its own, in casefolded text."""
    return re.compile(rf"(?<!\w){re.escape(name.casefold())}(?!\w)")


def _look_again(copy: Path, path: Path) -> None:
    with reading(path), contextlib.closing(connection.connect(copy, "ro")) as conn, one_moment(conn):
        found = findings(conn)
    if found:
        raise PrioritizerError(f"{shown(path)} was not written: the session is not whole ({found[0]}).")
