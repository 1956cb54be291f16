"""From the state tables to a snapshot, in one pass over each table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from prioritizer.model.cells import ANSWER_CODES
from prioritizer.model.changes import Builder, empty
from prioritizer.model.session import NOT_ASKED, Round, RoundStatus, Snapshot
from prioritizer.model.tables import TABLES, Key, Scalar
from prioritizer.store.plain import plain, plain_key, plain_value
from prioritizer.store.values import checked_names, value_of

if TYPE_CHECKING:
    import sqlite3

    from prioritizer.model.preset import Preset

_NOT_ASKED = bytes([NOT_ASKED])

_SHORT = 40
"""Characters of a text that may stand in many rows."""


class Presets:
    """The preset of one open session: parsed once, because it never changes."""

    def __init__(self) -> None:
        self._known: tuple[str, Preset] | None = None

    def parse(self, text: str) -> Preset:
        from prioritizer.model.shipped import preset_of

        if self._known is None or self._known[0] != text:
            self._known = (text, preset_of(text))
        return self._known[1]

    def remember(self, text: str, preset: Preset) -> None:
        self._known = (text, preset)


def load(conn: sqlite3.Connection, presets: Presets) -> Snapshot:
    """The session as the state tables have it.

    Args:
        conn: Inside a transaction, so that all tables are of one moment.
        presets: Where the parsed preset is kept.

    Raises:
        PrioritizerError: The embedded preset does not parse.
        ValueError: A cell holds what cannot be.
    """
    session = conn.execute("SELECT id, preset FROM session").fetchone()
    if session is None or session[0] is None or session[1] is None:
        raise ValueError("the session has no id or no preset")
    embedded = json.loads(session[1])
    try:
        text, digest = embedded["toml"], embedded["hash"]
    except (KeyError, TypeError):
        raise ValueError("the embedded preset is not whole") from None
    builder = Builder(empty(session[0], presets.parse(text), digest, text))
    for name_id, name in checked_names(dict(conn.execute("SELECT id, text FROM name").fetchall())).items():
        builder.name(name_id, plain(name))
    people = dict(conn.execute("SELECT id, uuid FROM participant ORDER BY id").fetchall())
    indexes = {row: builder.participant_index(uuid) for row, uuid in people.items()}
    cases = _cases(conn, builder)
    for name in TABLES:
        if name not in ("round", "answer"):
            for key, field, value in _cells(conn, name, {"use_case": cases, "participant": people}):
                builder.write(name, key, field, value)
    _rounds(conn, builder, cases, indexes)
    return builder.done()


def embed(preset: Preset, text: str, digest: str) -> dict[str, Scalar]:
    """What the session keeps of its preset."""
    return {"id": preset.id, "version": preset.version, "hash": digest, "toml": text}


def _cases(conn: sqlite3.Connection, builder: Builder) -> dict[int, str]:
    cases: dict[int, str] = {}
    sql = (
        "SELECT u.id, u.uuid, u.born_clock, s.uuid, u.born_seq, u.born_place "
        "FROM use_case u JOIN site s ON s.id = u.born_site ORDER BY u.id"
    )
    # Of an import all have the same.
    when: tuple[int, str, int] = (0, "", 0)
    for row, uuid, clock, site, seq, place in conn.execute(sql):
        cases[row] = uuid
        if (clock, site, seq) != when:
            when = clock, site, seq
        builder.born(uuid, (*when, place))
    return cases


def _cells(
    conn: sqlite3.Connection, name: str, owners: dict[str, dict[int, str]]
) -> Iterator[tuple[Key, str, Scalar]]:
    """What stands in a table whose key is an id, the preset's ids, or begins with one of its owners."""
    table = TABLES[name]
    fields = [field for field, _ in table.fields]
    keys = [column for column, _ in table.keys]
    owner = owners.get(table.keys[0][1]) if table.keys else None
    order = "id" if keys == ["uuid"] else "1"
    columns = ", ".join(f'"{column}"' for column in (*keys, *fields))
    width = len(keys)
    # Ten thousand use cases have the same questions and mostly the same answers: each text is held once.
    same: dict[Scalar, Scalar] = {}
    once = same.setdefault
    for row in conn.execute(f'SELECT {columns} FROM "{name}" ORDER BY {order}'):
        key = row[:width] if owner is None else (owner[row[0]], *(once(part, part) for part in row[1:width]))
        for field, value in zip(fields, row[width:], strict=True):
            if type(value) is str and len(value) <= _SHORT:
                value = once(value, value)
            # An undone decision keeps its place, for the redo.
            if value is not None or (name == "decision" and field == "text"):
                # A file may come from anywhere: what the entrance would refuse is refused here too.
                yield plain_key(name, key), field, plain_value(name, field, value_of(name, field, value))


def _rounds(
    conn: sqlite3.Connection, builder: Builder, cases: dict[int, str], indexes: dict[int, int]
) -> None:
    """All rounds with their answers; a large room has a hundred thousand of these."""
    blank = _NOT_ASKED * (max(indexes.values(), default=-1) + 1)
    columns: dict[int, bytearray] = {}
    last, column = None, bytearray()
    codes = ANSWER_CODES
    for round_id, participant, answer in conn.execute(
        "SELECT round, participant, answer FROM answer ORDER BY round, participant"
    ):
        if round_id != last:
            last, column = round_id, bytearray(blank)
            columns[round_id] = column
        column[indexes[participant]] = codes[answer]
    cells: dict[tuple[int, str], list[Round]] = {}
    sql = "SELECT id, uuid, use_case, criterion, number, status FROM round"
    for row, uuid, case, criterion, number, status in conn.execute(sql):
        answers = bytes(columns.pop(row, bytearray()).rstrip(_NOT_ASKED))
        made = Round(uuid, number or 0, _status(status), answers)
        cells.setdefault((case, criterion), []).append(made)
    if columns:
        raise ValueError("there are answers to a round that is not there")
    for (case, criterion), rounds in cells.items():
        builder.rounds(cases[case], criterion, rounds)


def _status(status: str | None) -> RoundStatus:
    if status is None:
        return "void"  # its opening was undone
    if status in ("open", "revealed", "void"):
        return status  # type: ignore[return-value]  # one of the three
    raise ValueError(f"a round is {status!r}")
