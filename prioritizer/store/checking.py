"""Whether a session file is sound: SQLite's own checks, the chains, and state = replay of the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from prioritizer.errors import SessionRefused
from prioritizer.model.session import Born
from prioritizer.model.tables import TABLES, Key, Scalar
from prioritizer.store.causality import Causality, check_pasts
from prioritizer.store.ledger import Ledger, entries
from prioritizer.store.log import Entry, Ref, check_stamp
from prioritizer.store.replaying import Replay
from prioritizer.store.schema import primary_key
from prioritizer.store.state import Cell, row_text

if TYPE_CHECKING:
    import sqlite3

Cells = dict[Cell, tuple[Scalar, Ref]]
_MOST = 20


def findings(conn: sqlite3.Connection) -> list[str]:
    """What is wrong, in sentences; empty where nothing is."""
    found = sound(conn)
    if any(each.startswith("Integrity") for each in found):
        return found[:_MOST]  # what a broken b-tree says further means nothing
    try:
        Ledger().catch_up(conn)
        log = [entry for _, entry in entries(conn)]
        for entry in log:
            check_stamp(entry)
        cells, born = replay(log)
    except (ValueError, SessionRefused) as error:
        return [*found[:_MOST], f"Log: {str(error).rstrip('.')}."]
    found += _differences(cells, state_cells(conn))
    found += _born_differences(conn, born)
    return found[:_MOST]


def sound(conn: sqlite3.Connection) -> list[str]:
    """What SQLite's own checks find."""
    found = [f"Integrity: {row[0]}." for row in conn.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if not found:
        for table, row, parent, _ in conn.execute("PRAGMA foreign_key_check").fetchall():
            found.append(f"Reference: row {row} of {table} refers to a row of {parent} that is not there.")
    return found


def replay(log: list[Entry]) -> tuple[Cells, dict[str, Born]]:
    """What the log says of every cell: value and winner; and when each use case was created.

    Raises:
        ValueError: An operation speaks of what its author cannot have seen.
    """
    ordered = sorted(log, key=lambda e: e.order)
    causality = Causality(ordered)
    check_pasts(causality, ordered)
    done = Replay(causality).run(ordered)
    return {cell: (value, by) for cell, (value, by) in done.cells.items() if by is not None}, done.born


def state_cells(conn: sqlite3.Connection) -> Cells:
    """What the state tables say of every cell that was ever written."""
    refs: dict[int, Ref] = {
        row[0]: (row[1], row[2])
        for row in conn.execute("SELECT o.id, s.uuid, o.seq FROM op o JOIN site s ON s.id = o.site")
    }
    winners: dict[tuple[str, str], dict[str, int]] = {}
    for table, row, field, op in conn.execute('SELECT tbl, "row", field, op FROM winner'):
        winners.setdefault((table, row), {})[field] = op
    cells: Cells = {}
    for name in TABLES:
        for local, key, values, op in _rows(conn, name):
            won = winners.pop((name, local), {}) if op is None else {"answer": op}
            for field, value in values.items():
                by = won.pop(field, None)
                if by is not None:
                    cells[name, key, field] = (value, refs[by])
                elif value is not None:
                    cells[name, key, field] = (value, ("", 0))
            for field in won:
                cells[name, key, f"{field}, which there is not"] = (None, ("", 0))
    for name, local in winners:
        cells[name, (local,), "a row that is not there"] = (None, ("", 0))
    return cells


def _rows(conn: sqlite3.Connection, name: str) -> Iterator[tuple[str, Key, dict[str, Scalar], int | None]]:
    """Local key, global key and fields of each row of a state table, and the op of an answer."""
    table = TABLES[name]
    joins, columns = "", []
    for column, kind in table.keys:
        if name == "answer" and column == "use_case":
            columns.append("u.uuid")
        elif name == "answer" and column == "criterion":
            columns.append("r.criterion")
        elif name == "answer" and column == "round":
            columns.append("r.uuid")
        elif kind in ("use_case", "participant"):
            alias = kind[0]
            joins += f' JOIN {kind} {alias} ON {alias}.id = t."{column}"'
            columns.append(f"{alias}.uuid")
        else:
            columns.append(f't."{column}"')
    if name == "answer":
        joins = " JOIN round r ON r.id = t.round JOIN use_case u ON u.id = r.use_case" + joins
    local = [f't."{column}"' for column in primary_key(table)]
    fields = [field for field, _ in table.fields]
    wanted = [*local, *columns, *(f't."{f}"' for f in fields), *(["t.op"] if name == "answer" else [])]
    cut, end = len(local), len(local) + len(columns)
    for row in conn.execute(f'SELECT {", ".join(wanted)} FROM "{name}" t{joins}'):
        values = dict(zip(fields, row[end : end + len(fields)], strict=True))
        yield row_text(row[:cut]), tuple(row[cut:end]), values, row[-1] if name == "answer" else None


def _differences(log: Cells, state: Cells) -> Iterator[str]:
    for cell in sorted(log.keys() | state.keys()):
        if log.get(cell) != state.get(cell):
            table, key, field = cell
            where = f"{table} {' '.join(key)} {field}".replace("  ", " ")
            if cell not in state:
                yield f"State: {where} is in the log and not in the tables."
            elif cell not in log:
                yield f"State: {where} is in the tables and not in the log."
            elif log[cell][0] != state[cell][0]:
                yield f"State: {where} differs from the log."
            else:
                yield f"State: the winner of {where} differs from the log."


def _born_differences(conn: sqlite3.Connection, born: dict[str, Born]) -> Iterator[str]:
    sql = (
        "SELECT u.uuid, u.born_clock, s.uuid, u.born_seq, u.born_place "
        "FROM use_case u JOIN site s ON s.id = u.born_site"
    )
    there = {row[0]: tuple(row[1:]) for row in conn.execute(sql)}
    for uuid in sorted(there.keys() | born.keys()):
        if there.get(uuid) != born.get(uuid):
            yield f"State: the creation of use case {uuid} differs from the log."
