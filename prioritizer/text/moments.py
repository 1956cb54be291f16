"""Times of a session file, which somebody else may have written: read as far as they are times, shown locally."""

from __future__ import annotations

import datetime as dt

LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""For what has no time that could be read."""


def moment(text: str) -> dt.datetime | None:
    """A time with its zone; UTC where none is said, none where it is no time."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=dt.UTC)


def local_moment(text: str) -> dt.datetime | None:
    """The same by the clock on the wall."""
    found = moment(text)
    try:
        return None if found is None else found.astimezone()
    except (OverflowError, ValueError, OSError):  # the year 1 has no day before it
        return None


def local_time(text: str) -> str:
    """Local date and time, as ``2026-05-02 14:03:10``; what is no time stays as it stands."""
    found = local_moment(text)
    return text if found is None else f"{found:%Y-%m-%d %H:%M:%S}"
