"""The session file: one SQLite file whose log is the truth."""

from __future__ import annotations

from prioritizer.store.conflicts import Conflict, Option
from prioritizer.store.copies import Copy, inspect, read_copy
from prioritizer.store.faults import Moved
from prioritizer.store.joining import Difference
from prioritizer.store.ledger import Clock, Committed
from prioritizer.store.log import Entry, LogWrite, Ref
from prioritizer.store.merging import Brought, Removes
from prioritizer.store.store import Store
from prioritizer.store.undoing import Undone
from prioritizer.store.watching import Seen, Watch

__all__ = [
    "Brought",
    "Clock",
    "Committed",
    "Conflict",
    "Copy",
    "Difference",
    "Entry",
    "LogWrite",
    "Moved",
    "Option",
    "Ref",
    "Removes",
    "Seen",
    "Store",
    "Undone",
    "Watch",
    "inspect",
    "read_copy",
]
