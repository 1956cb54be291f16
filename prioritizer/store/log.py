"""The operation log: what one entry says, how it is written, and how it is chained.

An operation is known everywhere by (site, seq). Its payload holds ids and never the small
integers of one file, so that a merge can copy it as it is. Its checksum covers
the payload's very text and the checksum before it of the same site.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from prioritizer.errors import SessionRefused
from prioritizer.model.spelling import Json
from prioritizer.model.tables import TABLES, Key, Scalar, Write
from prioritizer.store.values import is_id

Ref = tuple[str, int]
"""An operation: uuid of its site, and its place in that site's sequence."""

CREATE, UNDO, REDO, SETTLE, MERGE = "create", "undo", "redo", "settle", "merge"
COUNTER_BITS = 16
_DECODER = json.JSONDecoder()
_AFTER, _IDS = b'{"after":', b',"ids":'

_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


LATEST_MS = 32_503_680_000_000
"""The year 3000: a clock beyond it comes from no laptop, and would leave no room for later ones."""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


class LogWrite(NamedTuple):
    """A write as the log keeps it.

    Attributes:
        table: As in `TABLES`.
        key: Ids, and the preset's own ids.
        field: One field of the table.
        new: What stands there since.
        old: What stood there before; undo restores it.
        seen: The operation that had written ``old``, or None where the cell was untouched.
        restores: Only in the undo of a merge: whose value it gives back, in a tuple of one.
    """

    table: str
    key: Key
    field: str
    new: Scalar
    old: Scalar
    seen: Ref | None
    restores: tuple[Ref | None] | None = None

    @property
    def cell(self) -> tuple[str, Key, str]:
        return (self.table, self.key, self.field)

    def forward(self) -> Write:
        return Write(self.table, self.key, self.field, self.new)


@dataclass(frozen=True)
class Entry:
    """One operation, as `history` lists it. ``writes`` are decoded when first asked for."""

    site: str
    seq: int
    clock: int
    group: int
    undo_of: Ref | None
    kind: str
    label: str
    actor: str | None
    time: str
    checksum: str
    payload: bytes
    """JSON in UTF-8, as it stands in the file: nobody has to encode it for the checksum."""

    @property
    def ref(self) -> Ref:
        return (self.site, self.seq)

    @property
    def order(self) -> tuple[int, str, int]:
        """Replay goes by the hybrid clock; site and sequence only settle what cannot happen."""
        return (self.clock, self.site, self.seq)

    @cached_property
    def after(self) -> tuple[Ref, ...]:
        """The newest operations that its author's file held, besides the one before it of its own site."""
        try:
            return after_of(self.payload)
        except ValueError as error:
            raise _unreadable(self.seq) from error

    @cached_property
    def writes(self) -> tuple[LogWrite, ...]:
        try:
            return decode(self.payload)
        except ValueError as error:
            raise _unreadable(self.seq) from error

    def expected_checksum(self, before: str, rest: Iterable[bytes] = ()) -> str:
        """What the checksum has to be.

        Args:
            before: The checksum of the entry before it of the same site.
            rest: What follows ``payload``, where that is only the beginning of it.
        """
        undo = None if self.undo_of is None else list(self.undo_of)
        head = [
            before,
            self.site,
            self.seq,
            self.clock,
            self.group,
            undo,
            self.kind,
            self.label,
            self.actor,
            self.time,
        ]
        found = hashlib.sha256(f"{_compact(head)}\n".encode())
        found.update(self.payload)
        for piece in rest:
            found.update(piece)
        return found.hexdigest()[:16]


def tick(last: int, now: datetime) -> int:
    """The next hybrid clock: never behind the time, never at or behind what the file has seen."""
    return max(int(now.timestamp() * 1000) << COUNTER_BITS, last + 1)


def time_text(now: datetime) -> str:
    """A moment as the file keeps it: UTC, to the millisecond."""
    return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def check_stamp(entry: Entry) -> None:
    """Refuses an operation whose site, time or clock this program cannot have written.

    Raises:
        ValueError: What is wrong with it.
    """
    where = f"operation {entry.seq} of site {entry.site}"
    if not is_id(entry.site) or not _TIME.fullmatch(entry.time):
        raise ValueError(f"{where} has no proper site or time")
    if not 0 < entry.clock >> COUNTER_BITS <= LATEST_MS:
        raise ValueError(f"{where} has a clock that cannot be")


def encode(writes: Iterable[LogWrite], after: Sequence[Ref] = ()) -> bytes:
    """The one spelling of an operation's writes, and of what its author had seen of others, in UTF-8."""
    index: dict[str, int] = {}
    done: list[bytes] = [b""]
    pieces: list[str] = []
    # Of the write before: the fields of a row mostly come one after another.
    table, key, start = "", None, ""
    for w in writes:
        if w.key is not key or w.table != table:
            table, key = w.table, w.key
            parts = [
                encode_basestring(part) if preset else str(index.setdefault(part, len(index)))
                for part, preset in zip(key, _PRESET[table], strict=True)
            ]
            start = f',["{table}",[{",".join(parts)}],"'
        rest = ",null,null]"
        if w.old is not None or w.seen is not None or w.restores is not None:
            seen = "null" if w.seen is None else _place(w.seen, index)
            back = ""
            if w.restores is not None:
                back = ",null" if w.restores[0] is None else f",{_place(w.restores[0], index)}"
            rest = f",{_spelled(w.old)},{seen}{back}]"
        if type(w.new) is Json:
            pieces += (start, w.field, '",')
            done.append("".join(pieces).encode())
            done += w.new.quoted
            pieces = [rest]
        else:
            pieces.append(f'{start}{w.field}",{_spelled(w.new)}{rest}')
    done.append("".join(pieces).encode())
    # First, so that it is found without reading the writes: of most operations nobody asks more.
    first = f'"after":{_compact(sorted(after))},' if after else ""
    done[0] = f'{{{first}"ids":{_compact(list(index))},"w":['.encode()
    if len(done[1]):
        done[1] = done[1][1:]  # a comma
    done.append(b"]}")
    return b"".join(done)  # once: an import has many megabytes


def _spelled(value: Scalar) -> str:
    """One value as JSON."""
    if type(value) is str:
        return encode_basestring(value)
    if type(value) is int:
        return str(value)
    return b"".join(value.quoted).decode() if type(value) is Json else _compact(value)


def beginning(read: Callable[[int], bytes], piece: int) -> bytes:
    """As much of a payload as `after_of` needs, which is seldom more than one piece.

    Args:
        read: Gives the next bytes, at most so many; none at the end.
        piece: How many to read at a time.
    """
    found = bytearray(read(piece))
    looked_at = 0
    while found.startswith(_AFTER) and found.find(_IDS, looked_at) < 0 and (more := read(piece)):
        looked_at = max(0, len(found) - len(_IDS))  # once each: somebody may have made one that never ends
        found += more
    return bytes(found)


def after_of(payload: bytes) -> tuple[Ref, ...]:
    """What an operation's author had seen of others, as the payload says.

    Raises:
        ValueError: It is not the payload of an operation.
    """
    if not payload.startswith(_AFTER):
        return ()
    # Only this part of it: what follows may be many megabytes.
    found, _ = _DECODER.raw_decode(payload[len(_AFTER) : payload.index(_IDS)].decode())
    if not isinstance(found, list) or not all(
        isinstance(each, list) and [type(part) for part in each] == [str, int] for each in found
    ):
        raise ValueError("what it came after is not a list of operations")
    return tuple((site, seq) for site, seq in found)


def decode(payload: bytes) -> tuple[LogWrite, ...]:
    """The writes of a payload.

    Raises:
        ValueError: It is not the payload of an operation.
    """
    try:
        data = json.loads(payload.decode(), parse_constant=_no_constant)
        ids = data["ids"]
        if not all(isinstance(each, str) for each in ids):
            raise ValueError("an id is not text")
        return tuple(_decode_write(row, ids) for row in data["w"])
    except (KeyError, TypeError, IndexError, RecursionError) as error:
        raise ValueError(f"not the payload of an operation: {error!r}") from error


def _decode_write(row: list[Any], ids: list[str]) -> LogWrite:
    table, parts, field, new, old, seen, *restores = row
    if len(restores) > 1:
        raise ValueError("a write has too many parts")
    known = TABLES[table]
    key = tuple(
        _preset_part(part) if kind == "preset" else ids[_index(part)]
        for part, (_, kind) in zip(parts, known.keys, strict=True)
    )
    if field not in _FIELDS[table]:
        raise ValueError(f"{table} has no field {field!r}")
    back = (_ref(restores[0], ids),) if restores else None
    return LogWrite(table, key, field, _scalar(new), _scalar(old), _ref(seen, ids), back)


_PRESET = {name: tuple(kind == "preset" for _, kind in table.keys) for name, table in TABLES.items()}
"""Of each part of a key: whether it is an id of the preset, or a tag, and stands as it is."""
_FIELDS = {name: frozenset(f for f, _ in table.fields) for name, table in TABLES.items()}


def _place(ref: Ref, index: dict[str, int]) -> str:
    return f"[{index.setdefault(ref[0], len(index))},{ref[1]}]"


def _ref(place: Any, ids: list[str]) -> Ref | None:
    return None if place is None else (ids[_index(place[0])], _index(place[1]))


def _unreadable(seq: int) -> SessionRefused:
    return SessionRefused(
        f"Operation {seq} of the session's log cannot be read, so the file is damaged. Open a backup of it."
    )


def _preset_part(part: Any) -> str:
    if not isinstance(part, str):
        raise ValueError("a preset id is not text")
    return part


def _index(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r} is not a position")
    return value


def _scalar(value: Any) -> Scalar:
    if value is None or type(value) in (str, int):
        return value  # type: ignore[no-any-return]  # narrowed by its exact type
    if type(value) is float and math.isfinite(value):
        return value
    raise ValueError(f"{value!r} cannot stand in a cell")


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")
