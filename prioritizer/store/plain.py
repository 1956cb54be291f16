"""Text of a session file as it may be shown.

The file keeps every byte, for its checksums vouch for them; a snapshot holds plain text. What was
entered here is clean already and comes through as it is: this is for files that somebody else
has made.
"""

from __future__ import annotations

import json
from typing import Any

from prioritizer.model.spelling import Json, canonical_json
from prioritizer.model.tables import TABLES, Key, Scalar, Write
from prioritizer.text.clean import Cleaned, clean_text

_JSON = frozenset((t.name, f) for t in TABLES.values() for f, kind in t.fields if kind == "json")


def plain(text: str) -> str:
    """The text without what a terminal might obey."""
    return text if _harmless(text) else clean_text(text, limit=len(text) + 1)


def _harmless(text: str) -> bool:
    return text.isprintable() or text.replace("\n", "").isprintable()


def plain_value(table: str, field: str, value: Scalar) -> Scalar:
    """The same for what stands in a cell."""
    if isinstance(value, Json):
        if type(value.value) is Cleaned:
            return value
        value = str(value)
    if not isinstance(value, str):
        return value
    if (table, field) in _JSON and field != "preset":
        # JSON may spell a control character out; as we write it, it has no line ends between its parts.
        spelled = "\\u" in value or not value.isprintable()
        return canonical_json(_plain_json(json.loads(value))) if spelled else value
    return plain(value)


def plain_key(table: str, key: Key) -> Key:
    """The same for a key; of a tag, the key is its text."""
    return key if table != "tag" or key[1].isprintable() else (key[0], plain(key[1]))


def plain_write(write: Write) -> Write:
    """The same for a write."""
    table, key, field, new = write
    safe = type(new) is not str or ("\\u" not in new and _harmless(new))  # as nearly all are
    if safe and type(new) is not Json and (table != "tag" or key[1].isprintable()):
        return write
    value, shown = plain_value(table, field, new), plain_key(table, key)
    return write if value is new and shown is key else Write(table, shown, field, value)


def _plain_json(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_plain_json(each) for each in value]
    if isinstance(value, dict):
        return {plain(key): _plain_json(each) for key, each in value.items()}
    return value
