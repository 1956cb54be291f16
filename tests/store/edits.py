"""Random edits: any table, any field, over so few ids that they meet."""

from __future__ import annotations

from uuid import UUID

from hypothesis import strategies as st

from prioritizer.model.tables import TABLES, Key, Scalar, Table, Write
from prioritizer.model.terms import EVIDENCE


def fixed(kind: int, number: int) -> str:
    """The same id in every run."""
    return str(UUID(int=(kind << 64) | number, version=4))


USE_CASES = [fixed(1, i) for i in range(3)]
PEOPLE = [fixed(2, i) for i in range(3)]
DECISIONS = [fixed(3, i) for i in range(2)]
NAMES = {fixed(4, i): f"Name {i}" for i in range(3)}
CRITERIA = ["P1", "A1"]
PARTS = ["P1", "prohibited", "x/y", "1"]

_VALUES: dict[tuple[str, str], st.SearchStrategy[Scalar]] = {
    ("session", "weights"): st.sampled_from(
        [None, '{"method":"swing","weights":{"A":1}}', '{"weights":{"A":0.5}}']
    ),
    ("use_case", "systems"): st.sampled_from([None, "[]", '["SAP","mail"]']),
    ("agreed_level", "level"): st.none() | st.integers(0, 4),
    ("agreed_level", "evidence"): st.none() | st.sampled_from(EVIDENCE),
    ("agreed_level", "claimed"): st.sampled_from([None, 0, 1]),
    ("round", "status"): st.sampled_from([None, "open", "revealed", "void"]),
    ("answer", "answer"): st.sampled_from([None, "0", "4", "?", "-", "pending"]),
    ("participant", "present"): st.sampled_from([None, 0, 1]),
    ("participant", "voter"): st.sampled_from([None, 0, 1]),
    ("tag", "present"): st.sampled_from([None, 0, 1]),
    ("weighting", "said"): st.sampled_from([None, "{}", '{"P":30.0,"P:D":2}']),
    ("weighting", "revealed"): st.sampled_from([None, 0, 1, 2]),
    ("use_case", "parked"): st.sampled_from([None, 0, 1]),
    ("use_case", "deleted"): st.sampled_from([None, 0, 1]),
    ("use_case", "chosen"): st.sampled_from([None, 0, 1]),
    ("use_case", "parent"): st.sampled_from([None, *USE_CASES]),
    ("use_case", "merged_into"): st.sampled_from([None, *USE_CASES]),
}
_KINDS: dict[str, st.SearchStrategy[Scalar]] = {
    "text": st.sampled_from([None, "", "a", "b"]),
    "json": st.sampled_from([None, "{}", '{"a":"b"}']),
    "int": st.none() | st.integers(0, 3),
    "real": st.sampled_from([None, 0.0, 0.5, 1e300]),
    "name": st.sampled_from([None, *NAMES]),
}
_PARTS = {"use_case": USE_CASES, "participant": PEOPLE}
_FIXED = {("session", "id"), ("session", "preset")}


@st.composite
def write(draw: st.DrawFn) -> Write:
    table = draw(st.sampled_from(list(TABLES.values())))
    fields = [f for f in table.fields if (table.name, f[0]) not in _FIXED]
    field, kind = draw(st.sampled_from(fields))
    value = draw(_VALUES.get((table.name, field), _KINDS[kind]))
    return Write(table.name, draw(_key(table)), field, value)


@st.composite
def _key(draw: st.DrawFn, table: Table) -> Key:
    if table.name in ("round", "answer"):
        case, criterion = draw(st.integers(0, 2)), draw(st.integers(0, 1))
        number = draw(st.integers(0, 1))
        head = (USE_CASES[case], CRITERIA[criterion], fixed(5, case * 100 + criterion * 10 + number))
        return head if table.name == "round" else (*head, draw(st.sampled_from(PEOPLE)))
    ids = {"participant": PEOPLE, "use_case": USE_CASES, "decision": DECISIONS}
    pools = {"criterion": CRITERIA}
    return tuple(
        draw(st.sampled_from(ids[table.name] if kind == "id" else _PARTS.get(kind) or pools.get(name, PARTS)))
        for name, kind in table.keys
    )


EDITS = st.lists(write(), min_size=1, max_size=6)
