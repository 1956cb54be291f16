"""JSON as it stands in a cell: one spelling for each value.

An import has thousands of dictionaries whose keys are column names, and whose texts stand in hundreds
of rows. A `Speller` spells each of these once, also as the log has them: there the whole cell is a
text inside JSON once more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any

_KEPT = 5_000_000
"""Characters whose spelling is remembered, so that a hostile list fills no memory."""

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: Any) -> str:
    """The one spelling of a JSON value in a cell."""
    return _CANONICAL.encode(value)


class Json(str):
    """Canonical JSON of a dictionary that was made here, with what it spells: nobody has to read it again.

    Attributes:
        value: The dictionary; its keys stand in the same order as when it is read.
        quoted: The spelling as a text inside JSON, in pieces of UTF-8.
    """

    __slots__ = ("quoted", "value")
    value: Mapping[str, str]
    quoted: tuple[bytes, ...]


class _Spelled(dict[tuple[str, str], tuple[str, bytes]]):
    """Of each name with its text: both in JSON after a comma, and that as it stands in a text inside JSON."""

    def __init__(self) -> None:
        super().__init__()
        self.room = _KEPT
        self._names: dict[str, tuple[str, bytes]] = {}

    def __missing__(self, item: tuple[str, str]) -> tuple[str, bytes]:
        name, text = item
        start = self._names.get(name)
        if start is None:
            start = self._names[name] = _twice(name)
        piece, quoted = _twice(text)
        self.room -= len(start[0]) + len(piece)
        found = self[item] = f",{start[0]}:{piece}", b",%b:%b" % (start[1], quoted)
        return found


def _twice(text: str) -> tuple[str, bytes]:
    """A text as JSON, and that as it stands in a text inside JSON."""
    piece = encode_basestring(text)
    return piece, encode_basestring(piece)[1:-1].encode()


class Speller:
    """Spells many dictionaries of texts."""

    def __init__(self) -> None:
        self._known = _Spelled()
        self._ordered: set[tuple[str, ...]] = set()

    def spell(self, value: Mapping[str, str]) -> Json:
        """The canonical JSON of one dictionary that is not empty."""
        if self._known.room < 0:
            self._known = _Spelled()
            self._ordered.clear()
        keys = tuple(value)
        if keys not in self._ordered:
            ordered = tuple(sorted(keys))
            if ordered != keys:
                # Of the same type: texts that were cleaned stay known as such.
                value = type(value)((key, value[key]) for key in ordered)  # type: ignore[call-arg]  # a dict
            self._known.room -= len(keys)
            self._ordered.add(ordered)
        pieces, quoted = zip(*map(self._known.__getitem__, value.items()), strict=True)
        made = Json(f"{{{''.join(pieces)[1:]}}}")  # the first has a comma before it, as all have
        made.value, made.quoted = value, (b'"{', quoted[0][1:], *quoted[1:], b'}"')
        return made
