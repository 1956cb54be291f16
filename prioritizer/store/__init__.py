"""The session file: one SQLite file whose log is the truth."""

from __future__ import annotations

from prioritizer.store.faults import Moved
from prioritizer.store.ledger import Clock, Committed
from prioritizer.store.log import Entry, LogWrite, Ref
from prioritizer.store.store import Store
from prioritizer.store.undoing import Undone

__all__ = ["Clock", "Committed", "Entry", "LogWrite", "Moved", "Ref", "Store", "Undone"]
