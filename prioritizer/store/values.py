"""The entrance: only what a cell of this kind may hold gets into the file.

A value that slipped through here would be durable at once and could end the program at
every opening, so the store does not rely on its callers. Cleaning of text is not done here.
"""

from __future__ import annotations

import json
import math
import numbers
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from prioritizer.errors import PrioritizerError
from prioritizer.model.changes import ANSWER_CODES, Json
from prioritizer.model.tables import TABLES, VOID, Key, Kind, Scalar, Write
from prioritizer.model.terms import EVIDENCE
from prioritizer.text.clean import Cleaned

MAX_TEXT = 16 * 1024 * 1024
MAX_PRESET_PART = 500
_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
_MAX_INT = 2**63 - 1

_KINDS: dict[tuple[str, str], Kind] = {
    (table.name, field): kind for table in TABLES.values() for field, kind in table.fields
}
NAME_FIELDS = frozenset(where for where, kind in _KINDS.items() if kind == "name")
"""Fields that hold the id of a person's name."""

_YES_NO = (0, 1)
_ALLOWED: dict[tuple[str, str], tuple[Scalar, ...]] = {
    ("agreed_level", "level"): (0, 1, 2, 3, 4),
    ("agreed_level", "evidence"): EVIDENCE,
    ("agreed_level", "claimed"): _YES_NO,
    ("round", "status"): ("open", "revealed", "void"),
    ("answer", "answer"): tuple(code for code in ANSWER_CODES if code is not None),
    ("participant", "present"): _YES_NO,
    ("participant", "voter"): _YES_NO,
    ("use_case", "parked"): _YES_NO,
    ("use_case", "deleted"): _YES_NO,
    ("use_case", "chosen"): _YES_NO,
    ("tag", "present"): _YES_NO,
    ("weighting", "revealed"): (0, 1, VOID),
}
_SHAPES: dict[tuple[str, str], type] = {
    ("session", "preset"): dict,
    ("session", "weights"): dict,
    ("use_case", "source"): dict,
    ("use_case", "systems"): list,
    ("use_case", "charter"): dict,
    ("weighting", "said"): dict,
}


def checked(write: Write) -> Write:
    """The same write with plain Python values.

    Raises:
        PrioritizerError: The table, key, field or value cannot be.
    """
    table = TABLES.get(write.table)
    if table is None:
        raise PrioritizerError(f'There is no table "{write.table}" in a session.')
    key = tuple(write.key)
    if len(key) != len(table.keys):
        raise PrioritizerError(f"A key of {table.name} has {len(table.keys)} parts, not {len(key)}.")
    for part, (name, kind) in zip(key, table.keys, strict=True):
        if kind == "preset":
            plain = type(part) is str and 0 < len(part) <= MAX_PRESET_PART and _storable(part)
        else:
            plain = is_id(part)
        if not plain:
            raise PrioritizerError(f"{table.name}.{name}: {part!r:.60} is not an id.")
    return _with_value(write, table.name, key)


def _with_value(write: Write, table: str, key: Key) -> Write:
    """The write with its value checked; the very same one where nothing is different."""
    value = value_of(table, write.field, write.new)
    if value is write.new and key is write.key and type(write.field) is str:
        return write
    return Write(table, key, write.field, value)


def is_id(value: object) -> bool:
    """Whether it is a UUID as we write them."""
    return type(value) is str and _ID.fullmatch(value) is not None


def value_of(table: str, field: str, value: Any) -> Scalar:
    """The value as the file will hold it.

    Raises:
        PrioritizerError: There is no such field, or the value is not of its kind.
    """
    kind = _KINDS.get((table, field))
    if kind is None:
        raise PrioritizerError(f'{table} has no field "{field}".')
    if value is None:
        return None
    where = f"{table}.{field}"
    plain = _json(table, field, value) if kind == "json" else _NORMAL[kind](where, value)
    allowed = _ALLOWED.get((table, field))
    if allowed is not None and plain not in allowed:
        raise PrioritizerError(f"{where}: {plain!r:.60} is not one of {', '.join(map(str, allowed))}.")
    return plain


def _json(table: str, field: str, given: Any) -> str:
    """Refuses what is no JSON, or not of the shape that loading relies on."""
    where = f"{table}.{field}"
    is_dict = _SHAPES.get((table, field)) is dict
    if is_dict and isinstance(given, Json) and type(given.value) is Cleaned and len(given) <= MAX_TEXT:
        return given  # a dictionary that was spelled here, of texts without what cannot be stored
    text = _text(where, given)
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError):
        raise PrioritizerError(f"{where}: {text!r:.60} is not JSON.") from None
    fits = isinstance(value, _SHAPES.get((table, field), object))
    if fits and field == "weights":
        weights = value.get("weights")
        fits = isinstance(weights, dict) and _numbers(weights)
    if fits and field == "said":
        fits = _numbers(value)
    if not fits:
        raise PrioritizerError(f"{where}: {text!r:.60} is not of the right shape.")
    return text


def _numbers(value: dict[str, Any]) -> bool:
    return all(type(number) in (int, float) and math.isfinite(number) for number in value.values())


def checked_names(names: Mapping[str, str] | None) -> dict[str, str]:
    """New names by id.

    Raises:
        PrioritizerError: An id or a name cannot be stored.
    """
    found = dict(names or {})
    for name_id, text in found.items():
        if not is_id(name_id):
            raise PrioritizerError(f"name: {name_id!r:.60} is not an id.")
        _text("name.text", text)
    return found


def checked_texts(**texts: str | None) -> None:
    """Refuses a text that SQLite could not give back as it was."""
    for where, text in texts.items():
        if text is not None:
            _text(where, text)


def checked_all(writes: Iterable[Write]) -> list[Write]:
    """All writes, checked; of several to one cell only the last, at the place of the first."""
    last: dict[tuple[str, tuple[str, ...], str], Write] = {}
    row: tuple[str, Key] | None = None  # of the write before: its fields mostly come one after another
    for write in writes:
        if row is not None and write.key is row[1] and write.table == row[0]:
            plain = _with_value(write, row[0], row[1])
        else:
            plain = checked(write)
            row = (plain.table, plain.key)
        last[plain.table, plain.key, plain.field] = plain
    return list(last.values())


def _text(where: str, value: Any) -> str:
    if not isinstance(value, str):
        raise PrioritizerError(f"{where}: {value!r:.60} is not text.")
    if len(value) > MAX_TEXT:
        raise PrioritizerError(f"{where}: the text is longer than {MAX_TEXT:,} characters, shorten it.")
    if not _storable(value):
        raise PrioritizerError(
            f"{where}: the text holds a character that cannot be stored (NUL or half a pair)."
        )
    return str(value)


def _storable(value: str) -> bool:
    if "\0" in value:
        return False
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _no_constant(name: str) -> Any:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_no_constant)


def _int(where: str, value: Any) -> int:
    # `index` takes numpy's integers, which sqlite3 would silently store as bytes.
    try:
        number = operator.index(value)
    except TypeError:
        raise PrioritizerError(f"{where}: {value!r:.60} is not a whole number.") from None
    if abs(number) > _MAX_INT:
        raise PrioritizerError(f"{where}: {number!r:.60} is too large.")
    return int(number)


def _real(where: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise PrioritizerError(f"{where}: {value!r:.60} is not a number.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise PrioritizerError(f"{where}: {value!r:.60} is not a finite number.")
    return number + 0.0  # SQLite keeps no minus zero


_NORMAL: dict[Kind, Callable[[str, Any], Scalar]] = {
    "text": _text,
    "name": _text,
    "int": _int,
    "real": _real,
}
