"""The cells of a session: which tables, keys and fields a write may name.

A *cell* is (table, key, field). Log, replay, undo and merge know nothing else, and
the state tables of the session file have exactly these columns. Key parts are ids
(UUID text of use cases, participants, rounds …) or the preset's own ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from prioritizer.model.spelling import Json

Kind = Literal["text", "int", "real", "json", "name"]
KeyPart = Literal["use_case", "participant", "id", "preset"]


@dataclass(frozen=True, slots=True)
class Table:
    """One state table.

    Attributes:
        name: As in the file.
        keys: Name and kind of each part of the key; ``use_case`` and ``participant``
            parts refer to those tables, ``id`` is a UUID made with the row,
            ``preset`` an id that the preset defines.
        fields: Name and kind of each field. ``name`` fields hold name ids.
    """

    name: str
    keys: tuple[tuple[str, KeyPart], ...]
    fields: tuple[tuple[str, Kind], ...]


_ALL = (
    Table(
        "session",
        (),
        (
            ("id", "text"),
            ("title", "text"),
            ("purpose", "text"),
            ("decision_rule", "text"),
            ("decider", "name"),
            ("facilitator", "name"),
            ("minutes", "int"),
            ("agenda", "json"),
            ("top", "int"),
            # One field each, so that a merge never mixes two of them.
            ("preset", "json"),
            ("weights", "json"),
        ),
    ),
    Table("criterion_setting", (("criterion", "preset"),), (("asked", "text"),)),
    Table(
        "participant",
        (("uuid", "id"),),
        (("name", "name"), ("role", "text"), ("present", "int"), ("voter", "int")),
    ),
    Table(
        "use_case",
        (("uuid", "id"),),
        (
            ("title", "text"),
            ("task", "text"),
            ("note", "text"),
            ("proposer", "name"),
            ("source", "json"),
            ("systems", "json"),
            ("logins", "int"),
            ("cases_month", "real"),
            ("minutes_each", "real"),
            ("slice", "text"),
            ("parent", "text"),
            ("merged_into", "text"),
            ("parked", "int"),
            ("parked_why", "text"),
            ("parked_who", "name"),
            ("parked_when", "text"),
            ("deleted", "int"),
            ("chosen", "int"),
            ("owner", "name"),
            ("due", "text"),
            ("decision_note", "text"),
            ("charter", "json"),
        ),
    ),
    Table("tag", (("use_case", "use_case"), ("tag", "preset")), (("present", "int"),)),
    Table(
        "agreed_level",
        (("use_case", "use_case"), ("criterion", "preset")),
        (
            ("level", "int"),
            ("evidence", "text"),
            ("measured_on", "text"),
            ("note", "text"),
            ("reason", "text"),
            ("claimed", "int"),
        ),
    ),
    Table(
        "gate_answer",
        (("use_case", "use_case"), ("gate", "preset")),
        (("answer", "text"), ("note", "text")),
    ),
    Table(
        "override",
        (("use_case", "use_case"), ("target", "preset")),
        (("lane", "text"), ("by", "name"), ("reason", "text"), ("date", "text")),
    ),
    Table(
        "task",
        (("use_case", "use_case"), ("item", "preset")),
        (("what", "text"), ("who", "name"), ("due", "text")),
    ),
    Table(
        "round",
        (("use_case", "use_case"), ("criterion", "preset"), ("uuid", "id")),
        (("number", "int"), ("status", "text")),
    ),
    Table(
        "answer",
        (
            ("use_case", "use_case"),
            ("criterion", "preset"),
            ("round", "id"),
            ("participant", "participant"),
        ),
        (("answer", "text"),),
    ),
    # How one participant weighs the dimensions; masked until it is revealed.
    Table(
        "weighting",
        (("participant", "participant"),),
        (("method", "text"), ("said", "json"), ("revealed", "int")),
    ),
    Table("decision", (("uuid", "id"),), (("text", "text"), ("date", "text"), ("by", "name"))),
)

VOID = 2
"""``revealed`` of weights that the room saw before it took the reveal back."""

TABLES: dict[str, Table] = {t.name: t for t in _ALL}

Key = tuple[str, ...]
Scalar = str | int | float | Json | None
"""What stands in a cell; a ``json`` field holds canonical JSON text, as itself or as what was just spelled."""


class Write(NamedTuple):
    """``table[key].field = new``. What it replaces and what its author had seen is the log's to know."""

    table: str
    key: Key
    field: str
    new: Scalar
