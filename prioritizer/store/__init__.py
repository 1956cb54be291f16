"""The session file: one SQLite file whose log is the truth.

The names are loaded when they are first asked for: who opens a session needs nothing of merging.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_HOMES = {
    "conflicts": ("Conflict", "Option"),
    "copies": ("Copy", "inspect", "read_copy"),
    "faults": ("Moved",),
    "joining": ("Difference",),
    "ledger": ("Clock", "Committed"),
    "log": ("Entry", "LogWrite", "Ref"),
    "merging": ("Brought", "Removes"),
    "store": ("Store",),
    "undoing": ("Undone",),
    "watching": ("Seen", "Watch"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"prioritizer.store.{_HOME[name]}"), name)
