"""JSON as it stands in a cell: one spelling for each value.

An import has thousands of dictionaries whose keys are column names, and whose texts stand in hundreds
of rows. A `Speller` spells each name with each of its texts once, also as the log has them: there the
whole cell is a text inside JSON once more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any

_KEPT = 10_000_000
"""Bytes of spellings that are remembered, so that a hostile list fills no memory."""

_EACH = 400
"""Bytes that Python needs to remember one, however short."""

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: Any) -> str:
    """The one spelling of a JSON value in a cell."""
    return _CANONICAL.encode(value)


class Json:
    """Canonical JSON of a dictionary that was made here, with what it spells: nobody has to read it again.

    As a text it would be held twice over: an import has many megabytes of it, which go into the file as they are.

    Attributes:
        value: The dictionary; its keys stand in the same order as when it is read.
        data: The spelling in UTF-8.
        quoted: The spelling as a text inside JSON, in pieces of UTF-8.
    """

    __slots__ = ("data", "quoted", "value")

    def __init__(self, value: Mapping[str, str], data: bytes, quoted: tuple[bytes, ...]) -> None:
        self.value = value
        self.data = data
        self.quoted = quoted

    def __str__(self) -> str:
        return self.data.decode()

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, str | Json) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))

    def __conform__(self, protocol: object) -> bytes:
        """What sqlite3 binds; the statement says that it is a text."""
        return self.data


class _Spelled(dict[tuple[str, str], tuple[bytes, bytes]]):
    """Of each name with its text: both in JSON after a comma, and that as it stands in a text inside JSON; in UTF-8."""

    def __init__(self) -> None:
        super().__init__()
        self.room = _KEPT
        self._names: dict[str, tuple[bytes, bytes]] = {}

    def __missing__(self, item: tuple[str, str]) -> tuple[bytes, bytes]:
        name, text = item
        start = self._names.get(name)
        if start is None:
            start = self._names[name] = _twice(name)
        piece, quoted = _twice(text)
        self.room -= 2 * (len(start[0]) + len(piece)) + _EACH
        found = self[item] = b",%b:%b" % (start[0], piece), b",%b:%b" % (start[1], quoted)
        return found


def _twice(text: str) -> tuple[bytes, bytes]:
    """A text as JSON, and that as it stands in a text inside JSON."""
    piece = encode_basestring(text)
    return piece.encode(), encode_basestring(piece)[1:-1].encode()


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
        # The first has a comma before it, as all have.
        data = b"".join((b"{", pieces[0][1:], *pieces[1:], b"}"))
        return Json(value, data, (b'"{', quoted[0][1:], *quoted[1:], b'}"'))
