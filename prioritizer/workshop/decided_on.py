"""When something was decided, by the log: the state keeps what was decided, not when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from prioritizer.text.moments import local_moment

if TYPE_CHECKING:
    from prioritizer.store.log import Entry

CHOSEN = ""
"""Stands where the decision is about the whole use case: the id of a criterion is never empty."""

_FIELDS = {("use_case", "chosen"), ("agreed_level", "reason")}


def decided_on(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    """The local date of the last write about each decision.

    Args:
        entries: The log in the order of its clocks.

    Returns:
        ISO dates, "" for what cannot be read, by (use case, `CHOSEN`) and by (use case, criterion) for a level agreed with a reason.
    """
    found: dict[tuple[str, str], str] = {}
    for entry in entries:
        # Most of a log are answers: what does not speak of a decision is not decoded.
        if b'"chosen"' not in entry.payload and b'"reason"' not in entry.payload:
            continue
        when = local_moment(entry.time)
        date = "" if when is None else when.date().isoformat()
        for write in entry.writes:
            if (write.table, write.field) in _FIELDS:
                key = tuple(str(part) for part in write.key)
                found[key[0], key[1] if len(key) > 1 else CHOSEN] = date
    return found
