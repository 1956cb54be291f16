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
    quoted: list[bytes]


class Speller:
    """Spells many dictionaries of texts."""

    def __init__(self) -> None:
        self._room = _KEPT
        self._frames: dict[tuple[str, ...], tuple[list[str], list[bytes]]] = {}
        self._texts: dict[str, str] = {}
        self._quoted: dict[str, bytes] = {}

    def spell(self, value: Mapping[str, str]) -> Json:
        """The canonical JSON of one dictionary that is not empty."""
        if self._room < 0:
            self._forget()
        keys = tuple(value)
        frame = self._frames.get(keys)
        if frame is None:
            ordered = tuple(sorted(keys))
            if ordered != keys:
                # Of the same type: texts that were cleaned stay known as such.
                value = type(value)((key, value[key]) for key in ordered)  # type: ignore[call-arg]  # a dict
            frame = self._frames.get(ordered) or self._frame(ordered)
        texts = list(value.values())
        pieces, quoted = frame[0].copy(), frame[1].copy()
        if new := [text for text in texts if text not in self._texts]:
            self._learn(new)
        pieces[1::2] = map(self._texts.__getitem__, texts)
        quoted[1::2] = map(self._quoted.__getitem__, texts)
        made = Json("".join(pieces))
        made.value, made.quoted = value, quoted
        return made

    def _frame(self, keys: tuple[str, ...]) -> tuple[list[str], list[bytes]]:
        """A dictionary without its texts, in pieces: as it stands in JSON, and as that stands in a text inside JSON."""
        self._learn([key for key in keys if key not in self._texts])
        pieces, quoted = [""] * (2 * len(keys) + 1), [b""] * (2 * len(keys) + 1)
        pieces[:-1:2] = [f",{self._texts[key]}:" for key in keys]
        quoted[:-1:2] = [b",%b:" % self._quoted[key] for key in keys]
        pieces[0], pieces[-1] = "{" + pieces[0][1:], "}"
        quoted[0], quoted[-1] = b'"{' + quoted[0][1:], b'}"'
        self._room -= len(pieces)
        self._frames[keys] = pieces, quoted
        return pieces, quoted

    def _learn(self, texts: list[str]) -> None:
        for text in texts:
            self._room -= len(text)
            self._texts[text] = piece = encode_basestring(text)
            self._quoted[text] = encode_basestring(piece)[1:-1].encode()

    def _forget(self) -> None:
        for known in (self._frames, self._texts, self._quoted):
            known.clear()
        self._room = _KEPT
