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
from prioritizer.model.cells import ANSWER_CODES
from prioritizer.model.spelling import Json
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


def checked(write: Write, known: str = "") -> Write:
    """The same write with plain Python values.

    Args:
        write: Any.
        known: An id that was found to be one; "" where there is none.

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
            plain = (part is known and part != "") or is_id(part)
        if not plain:
            raise PrioritizerError(f"{table.name}.{name}: {part!r:.60} is not an id.")
    return _with_value(write, table.name, key)


def _with_value(write: Write, table: str, key: Key) -> Write:
    """The write with its value checked; the very same one where nothing is different."""
    _, own_key, field, new = write
    value = value_of(table, field, new)
    return (
        write if value is new and key is own_key and type(field) is str else Write(table, key, field, value)
    )


def is_id(value: object) -> bool:
    """Whether it is a UUID as we write them."""
    return type(value) is str and _ID.fullmatch(value) is not None


def value_of(table: str, field: str, value: Any) -> Scalar:
    """The value as the file will hold it.

    Raises:
        PrioritizerError: There is no such field, or the value is not of its kind.
    """
    rule = _RULES.get((table, field))
    if rule is None:
        raise PrioritizerError(f'{table} has no field "{field}".')
    if value is None:
        return None
    where, normal, allowed = rule
    plain = normal(where, value)
    if allowed is not None and plain not in allowed:
        raise PrioritizerError(f"{where}: {plain!r:.60} is not one of {', '.join(map(str, allowed))}.")
    return plain


def _json(where: str, given: Any) -> str | Json:
    """Refuses what is no JSON, or not of the shape that loading relies on."""
    table, _, field = where.partition(".")
    is_dict = _SHAPES.get((table, field)) is dict
    if isinstance(given, Json):
        if is_dict and type(given.value) is Cleaned and len(given.data) <= MAX_TEXT:
            return given  # a dictionary that was spelled here, of texts without what cannot be stored
        given = str(given)
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
    found: list[Write] = []
    places: dict[tuple[str, Key], dict[str, int]] = {}
    # Of the write before: the fields of a row mostly come one after another.
    table = ""
    key: Key | None = None
    fields: dict[str, int] = {}
    known = ""
    for write in writes:
        if key is not None and write.key is key and write.table == table:
            plain = _with_value(write, table, key)
        else:
            plain = checked(write, known)
            table, key = plain.table, plain.key
            known = key[0] if key and TABLES[table].keys[0][1] != "preset" else ""
            fields = places.setdefault((table, key), {})
        place = fields.setdefault(plain.field, len(found))
        if place == len(found):
            found.append(plain)
        else:
            found[place] = plain
    return found


def _text(where: str, value: Any) -> str:
    if not isinstance(value, str):
        raise PrioritizerError(f"{where}: {value!r:.60} is not text.")
    if len(value) > MAX_TEXT:
        raise PrioritizerError(f"{where}: the text is longer than {MAX_TEXT:,} characters, shorten it.")
    if not (value.isascii() and "\0" not in value) and not _storable(value):
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
    "json": _json,
    "int": _int,
    "real": _real,
}

_RULES = {
    (table, field): (f"{table}.{field}", _NORMAL[kind], _ALLOWED.get((table, field)))
    for (table, field), kind in _KINDS.items()
}
"""Of each field: how messages call it, what makes a value plain, and which values there are."""
