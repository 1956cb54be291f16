"""What is asked about one card wherever cards are listed: whether a filter keeps it, and its raw facts in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from prioritizer.model.session import UseCase


def matches(use_case: UseCase, words: Sequence[str]) -> bool:
    """Whether a filter keeps a use case.

    Args:
        use_case: Which.
        words: Case-folded; each must occur in title, task or tags, or be its number as ``#12``.
    """
    text = "\n".join((use_case.title, use_case.task, *use_case.tags)).casefold()
    number = f"#{use_case.number}"
    return all(word == number if _is_number(word) else word in text for word in words)


def hours_month(cases_month: float | None, minutes_each: float | None) -> int | None:
    """Human hours a month by volume × minutes, rounded down; none while one of them is not known."""
    if cases_month is None or minutes_each is None:
        return None
    return math.floor(cases_month * minutes_each / 60 + 1e-9)


def _is_number(word: str) -> bool:
    return word.startswith("#") and word[1:].isdecimal()
