"""Writing into the state tables and the register of winners, inside one transaction.

`Writing` turns writes into rows: it finds what stood there and who had written it, drops what
changes nothing, and writes each row once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Born
from prioritizer.model.tables import TABLES, Key, Scalar, Write
from prioritizer.store.log import LogWrite, Ref
from prioritizer.store.schema import primary_key

if TYPE_CHECKING:
    import sqlite3

Local = tuple[int | str, ...]
"""The primary key of a row in this file."""

Cell = tuple[str, Key, str]
"""Table, key and field."""

_MANY = 200
"""Writes from which on all use cases are looked up at once."""

_NOT_FORCED: Mapping[Cell, tuple[Ref | None] | None] = {}
_NOTHING: tuple[dict[str, Scalar], dict[str, int]] = ({}, {})
"""What stands in a row that is not there."""

_HIDDEN = frozenset({"answer", "weighting"})
"""Tables whose values are masked until they are revealed."""

Row = tuple[str, Key]
"""A row as the log names it: table and key."""

NAMES_USE_CASE = frozenset(
    t.name for t in TABLES.values() if t.name == "use_case" or (t.keys and t.keys[0][1] == "use_case")
)
"""Tables whose key begins with a use case: the first write to any of them creates it."""

_KEY_LAST = frozenset(t.name for t in TABLES.values() if primary_key(t) == ("id",))
"""Tables whose rows are there before their fields are written."""


def row_text(local: Local) -> str:
    """How the register of winners spells a row: ``17``, ``B3`` or ``17/B3``."""
    return "/".join(map(str, local))


@cache
def _where(table: str) -> str:
    return " AND ".join(f'"{column}" = ?' for column in primary_key(TABLES[table]))


@cache
def _select(table: str) -> str:
    fields = ", ".join(f'"{name}"' for name, _ in TABLES[table].fields)
    extra = ", op" if table == "answer" else ""
    return f'SELECT {fields}{extra} FROM "{table}" WHERE {_where(table)}'


def _marks(table: str, fields: Sequence[str]) -> list[str]:
    """Where the values of fields go; JSON may be given as the UTF-8 that it is."""
    kinds = dict(TABLES[table].fields)
    return ["CAST(? AS TEXT)" if kinds.get(f) == "json" else "?" for f in fields]


@cache
def upsert(table: str, fields: tuple[str, ...]) -> str:
    key = primary_key(TABLES[table])
    if key == ("id",):
        sets = ", ".join(f'"{f}" = {mark}' for f, mark in zip(fields, _marks(table, fields), strict=True))
        return f'UPDATE "{table}" SET {sets} WHERE "id" = ?'
    columns = ", ".join(f'"{c}"' for c in (*key, *fields))
    marks = ", ".join(["?"] * len(key) + _marks(table, fields))
    sets = ", ".join(f'"{f}" = excluded."{f}"' for f in fields)
    target = ", ".join(f'"{c}"' for c in key)
    return f'INSERT INTO "{table}" ({columns}) VALUES ({marks}) ON CONFLICT ({target}) DO UPDATE SET {sets}'


@cache
def _insert_use_case(fields: tuple[str, ...]) -> str:
    names = ("id", "uuid", "born_clock", "born_site", "born_seq", "born_place", *fields)
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ["?"] * (len(names) - len(fields)) + _marks("use_case", fields)
    return f"INSERT INTO use_case ({columns}) VALUES ({', '.join(marks)})"


FIRST_WINNER = 'INSERT INTO winner (tbl, "row", field, op) VALUES (?, ?, ?, ?)'
WINNER = f'{FIRST_WINNER} ON CONFLICT (tbl, "row", field) DO UPDATE SET op = excluded.op'


class Writing:
    """The state side of one transaction.

    Args:
        conn: A connection with a transaction begun for writing.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._ids: dict[tuple[str, str], int] = {}
        self._missing: set[tuple[str, str]] = set()
        """What was looked for in vain, until it is made."""
        self._complete: set[str] = set()
        """Tables of which all ids are known."""
        self._cells: dict[int, tuple[str, ...]] = {}
        self._refs: dict[int, Ref] = {}
        self._old: dict[Row, tuple[dict[str, Scalar], dict[str, int]]] = {}

    def compare(
        self, writes: Iterable[Write], forced: Mapping[Cell, tuple[Ref | None] | None] = _NOT_FORCED
    ) -> list[LogWrite]:
        """The writes that change something, all answers, and those that must be made in any case.

        Each comes with what stood there and who had written it.
        """
        found: list[LogWrite] = []
        writes = list(writes)
        if len(writes) > _MANY:
            self._look_up_all()
        # Of the write before: the fields of a row mostly come one after another.
        table, key = "", None
        values, winners = _NOTHING
        for w in writes:
            if w.key is not key or w.table != table:
                table, key = w.table, w.key
                values, winners = self._row(table, key)
            field, new = w.field, w.new
            old = values.get(field)
            # An answer that repeats the one before is logged all the same: else the log, and what
            # undo says, would tell whether a hidden answer was changed.
            cell = (table, key, field) if forced else None
            if old != new or (cell and cell in forced) or (table in _HIDDEN and new is not None):
                op = winners.get(field)
                seen = None if op is None else self._ref(op)
                found.append(LogWrite(table, key, field, new, old, seen, forced.get(cell) if cell else None))
        return found

    def winner(self, table: str, key: Key, field: str) -> Ref | None:
        """The operation that last wrote a cell."""
        op = self._row(table, key)[1].get(field)
        return None if op is None else self._ref(op)

    def value(self, table: str, key: Key, field: str) -> Scalar:
        """What stands in a cell."""
        return self._row(table, key)[0].get(field)

    def apply(
        self, writes: Iterable[LogWrite], op: int, site: int, born: tuple[int, str, int]
    ) -> dict[str, Born]:
        """Writes state and winners.

        Args:
            writes: What `compare` returned.
            op: Local id of the operation, already in the log.
            site: Local id of its site.
            born: Its clock, site and sequence.

        Returns:
            Use cases that it created, and when.
        """
        writes = list(writes)
        rows: dict[Row, tuple[str, Local, dict[str, Scalar]]] = {}
        winners: list[tuple[str, str, str, int]] = []
        first_winners: list[tuple[str, str, str, int]] = []
        answers: list[tuple[int | str, int | str, Scalar, int]] = []
        created = self._create_use_cases(writes, site, born)
        # Of the write before: the fields of a row mostly come one after another.
        table, key = "", None
        text = ""
        values: dict[str, Scalar] = {}
        kept = winners
        for w in writes:
            if w.table == "answer":
                local = self._make(w.table, w.key)
                answers.append((*_pair(local), w.new, op))
                continue
            if w.key is not key or w.table != table:
                table, key = w.table, w.key
                # Nobody has written before into what is only made now.
                fresh = table in NAMES_USE_CASE and key[0] in created
                kept = first_winners if fresh else winners
                if fresh and table == "use_case":
                    text, values = str(self._ids[table, key[0]]), {}  # it came with its fields
                else:
                    row = rows.get((table, key))
                    if row is None:
                        made = self._make(table, key)
                        row = rows[table, key] = (row_text(made), made, {})
                    text, _, values = row
            values[w.field] = w.new
            kept.append((table, text, w.field, op))
        # The rows of one statement together: an import has thousands of them.
        statements: dict[tuple[str, ...], list[tuple[Scalar, ...]]] = {}
        for (table, _), (_, local, values) in rows.items():
            given = (*values.values(), *local) if table in _KEY_LAST else (*local, *values.values())
            statements.setdefault((table, *values), []).append(given)
        for (table, *names), every in statements.items():
            self._conn.executemany(upsert(table, tuple(names)), every)
        if first_winners:
            self._conn.executemany(FIRST_WINNER, first_winners)
        if winners:
            self._conn.executemany(WINNER, winners)
        if answers:
            self._conn.executemany(upsert("answer", ("answer", "op")), answers)
        return created

    def _create_use_cases(
        self, writes: Iterable[LogWrite], site: int, born: tuple[int, str, int]
    ) -> dict[str, Born]:
        """Makes the use cases that are named and not there, each with its fields in one row.

        Before all else: other rows refer to them.
        """
        created: dict[str, Born] = {}
        fields: dict[str, dict[str, Scalar]] = {}
        # Of the write before: the fields of a row mostly come one after another.
        table, key = "", None
        values: dict[str, Scalar] | None = None
        for place, w in enumerate(writes):
            if w.key is not key or w.table != table:
                table, key, values = w.table, w.key, None
                if table in NAMES_USE_CASE:
                    uuid = key[0]
                    if uuid not in created and self._find("use_case", uuid) is None:
                        created[uuid] = (*born, place)
                        fields[uuid] = {}
                    if table == "use_case":
                        values = fields.get(uuid)
            if values is not None:
                values[w.field] = w.new
        if not created:
            return created
        # The ids that SQLite would give; nobody else writes until we are through.
        last = int(self._conn.execute("SELECT ifnull(max(id), 0) FROM use_case").fetchone()[0])
        statements: dict[tuple[str, ...], list[tuple[Scalar, ...]]] = {}
        for id_, (uuid, (clock, _, seq, place)) in enumerate(created.items(), last + 1):
            self._ids["use_case", uuid] = id_
            given = fields[uuid]
            row = (id_, uuid, clock, site, seq, place, *given.values())
            statements.setdefault(tuple(given), []).append(row)
        for names, every in statements.items():
            self._conn.executemany(_insert_use_case(names), every)
        return created

    def _make(self, table: str, key: Key) -> Local:
        """The local key of a row, whose parents are made where they are missing."""
        if table == "answer":
            return (self._make_round(key[:3]), self._make_id("participant", key[3]))
        if table == "round":
            return (self._make_round(key),)
        local: list[int | str] = []
        for part, (_, kind) in zip(key, TABLES[table].keys, strict=True):
            if kind == "preset":
                local.append(part)
            else:
                local.append(self._make_id(table if kind == "id" else kind, part))
        return tuple(local) or (1,)

    def _make_id(self, table: str, uuid: str) -> int:
        found = self._find(table, uuid)
        if found is None:
            cursor = self._conn.execute(f'INSERT INTO "{table}" (uuid) VALUES (?)', (uuid,))
            found = self._ids[table, uuid] = cursor.lastrowid or 0
        return found

    def _make_round(self, key: Key) -> int:
        found = self._find_round(key)
        if found is None:
            cursor = self._conn.execute(
                "INSERT INTO round (uuid, use_case, criterion) VALUES (?, ?, ?)",
                (key[2], self._make_id("use_case", key[0]), key[1]),
            )
            found = self._ids["round", key[2]] = cursor.lastrowid or 0
        return found

    def _local(self, table: str, key: Key) -> Local | None:
        """The local key of a row, or None where it or a parent is not there."""
        if table in ("round", "answer"):
            found = self._find_round(key)
            if found is None:
                return None
            if table == "round":
                return (found,)
            person = self._find("participant", key[3])
            return None if person is None else (found, person)
        local: list[int | str] = []
        for part, (_, kind) in zip(key, TABLES[table].keys, strict=True):
            if kind == "preset":
                local.append(part)
                continue
            each = self._find(table if kind == "id" else kind, part)
            if each is None:
                return None
            local.append(each)
        return tuple(local) or (1,)

    def _look_up_all(self) -> None:
        """Reads the ids of all use cases at once: many writes ask for one after another."""
        for id_, uuid in self._conn.execute("SELECT id, uuid FROM use_case"):
            self._ids["use_case", uuid] = id_
        self._complete.add("use_case")

    def _find(self, table: str, uuid: str) -> int | None:
        where = (table, uuid)
        found = self._ids.get(where)
        if found is None and table not in self._complete and where not in self._missing:
            row = self._conn.execute(f'SELECT id FROM "{table}" WHERE uuid = ?', (uuid,)).fetchone()
            if row is None:
                self._missing.add(where)
                return None
            found = self._ids[where] = int(row[0])
        return found

    def _find_round(self, key: Key) -> int | None:
        """The local id of a round, which belongs to one cell for ever."""
        found = self._find("round", key[2])
        if found is None:
            return None
        cell = self._cells.get(found)
        if cell is None:
            sql = (
                "SELECT u.uuid, r.criterion FROM round r JOIN use_case u ON u.id = r.use_case WHERE r.id = ?"
            )
            cell = self._cells[found] = tuple(self._conn.execute(sql, (found,)).fetchone())
        if cell != key[:2]:
            raise PrioritizerError(f"Round {key[2]} belongs to another use case or criterion.")
        return found

    def _row(self, table: str, key: Key) -> tuple[dict[str, Scalar], dict[str, int]]:
        """What stands in a row, and the local ids of the operations that won its fields."""
        if table in NAMES_USE_CASE and self._find("use_case", key[0]) is None:
            return _NOTHING
        known = self._old.get((table, key))
        if known is not None:
            return known
        values: dict[str, Scalar] = {}
        winners: dict[str, int] = {}
        local = self._local(table, key)
        if local is not None:
            row = self._conn.execute(_select(table), local).fetchone()
            if row is not None:
                values = dict(zip((name for name, _ in TABLES[table].fields), row, strict=False))
            if table != "answer":
                sql = 'SELECT field, op FROM winner WHERE tbl = ? AND "row" = ?'
                winners = dict(self._conn.execute(sql, (table, row_text(local))).fetchall())
            elif row is not None:
                winners = {"answer": row[1]}
        self._old[table, key] = (values, winners)
        return values, winners

    def _ref(self, op: int) -> Ref:
        found = self._refs.get(op)
        if found is None:
            sql = "SELECT s.uuid, o.seq FROM op o JOIN site s ON s.id = o.site WHERE o.id = ?"
            row = self._conn.execute(sql, (op,)).fetchone()
            found = self._refs[op] = (str(row[0]), int(row[1]))
        return found


def _pair(local: Local) -> tuple[int | str, int | str]:
    return (local[0], local[1])
