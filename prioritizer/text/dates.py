"""Dates that people type: due dates, dates of an override or a measurement."""

from __future__ import annotations

import re
from datetime import date, timedelta

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_error

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_AHEAD = re.compile(r"\+([0-9]{1,4})")


def parse_date(text: str, *, today: date) -> str:
    """Returns a date as ``YYYY-MM-DD``.

    Args:
        text: ``2026-03-09``, or ``+14`` for fourteen days after ``today``.
        today: Passed in, so that the same input gives the same answer in a test and in the room.

    Raises:
        PrioritizerError: It is neither, or there is no such day.
    """
    word = text.strip()
    if ahead := _AHEAD.fullmatch(word):
        try:
            return (today + timedelta(days=int(ahead[1]))).isoformat()
        except OverflowError:
            raise PrioritizerError(f"“{clean_error(word)}” is too far ahead for a date.") from None
    if iso := _ISO.fullmatch(word):
        try:
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        except ValueError:
            raise PrioritizerError(f"There is no day {clean_error(word)} in the calendar.") from None
    raise PrioritizerError(
        f"“{clean_error(word)}” is not a date. Write it as {today.isoformat()}, or as +14 for 14 days from today."
    )
