"""The log as people read it: in words, and as far as the pace of a room is concerned. Never an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.model.session import Snapshot
from prioritizer.model.tables import Write
from prioritizer.text.moments import LONG_AGO, moment
from prioritizer.workshop.words import describe

if TYPE_CHECKING:
    from prioritizer.facilitation.clock import Happening
    from prioritizer.store import Entry


@dataclass(frozen=True)
class HistoryEntry:
    """One line of the log, in words."""

    time: str
    """UTC, ISO 8601."""
    kind: str
    words: str
    verb: str = ""
    """``undid`` or ``redid`` for those that took another one back, or did it again."""


def in_words(entries: Sequence[Entry], snapshot: Snapshot) -> list[HistoryEntry]:
    """Operations in words, in the order given: an undo speaks of the edit that it took back, a redo of the one that it gave back."""
    by_ref = {entry.ref: entry for entry in entries}
    return [_one(entry, by_ref, snapshot) for entry in entries]


def plain_writes(entry: Entry) -> list[Write]:
    """The writes of an operation, without what they replaced."""
    return [Write(w.table, w.key, w.field, w.new) for w in entry.writes]


def happening(entry: Entry) -> Happening:
    """One operation as far as pace is concerned: what it was about, never what was answered."""
    from prioritizer.facilitation.clock import Happening

    cells = {w.key[:2]: None for w in entry.writes if w.table in ("round", "answer", "agreed_level", "task")}
    answers = sum(w.table == "answer" and w.new not in (None, "pending") for w in entry.writes)
    revealed = {
        w.key[:2]: None for w in entry.writes if (w.table, w.field, w.new) == ("round", "status", "revealed")
    }
    return Happening(
        moment(entry.time) or LONG_AGO,
        entry.kind,
        tuple((k[0], k[1]) for k in cells),
        answers,
        tuple((k[0], k[1]) for k in revealed),
    )


def _one(entry: Entry, by_ref: dict[tuple[str, int], Entry], snapshot: Snapshot) -> HistoryEntry:
    verb = {"undo": "undid", "redo": "redid"}.get(entry.kind, "")
    meant = entry
    while meant.kind in ("undo", "redo") and meant.undo_of is not None and meant.undo_of in by_ref:
        if meant.label == "merge":  # what it names is but the first operation that the merge brought
            return HistoryEntry(entry.time, "merge", describe("merge", (), snapshot), verb)
        meant = by_ref[meant.undo_of]
    return HistoryEntry(entry.time, meant.kind, describe(meant.kind, plain_writes(meant), snapshot), verb)
