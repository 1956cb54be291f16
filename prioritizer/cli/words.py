"""Small words and numbers that several commands print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prioritizer.model.ranking import Condition
    from prioritizer.model.session import UseCase

MINUS = "−"


def whole(score: float) -> int:
    """A score as it is shown: rounded down, so that none shows a threshold that it missed (rubric §3)."""
    return math.floor(round(score, 9))


def signed(score: float | None) -> str:
    """A gap, with its sign; a dash where there is none."""
    if score is None:
        return "–"
    number = whole(score)
    return f"+{number}" if number > 0 else str(number).replace("-", MINUS)


def plain(score: float | None) -> str:
    """A score; a dash where there is none."""
    return "–" if score is None else str(whole(score))


def named(use_case: UseCase) -> str:
    """A use case in a message."""
    return f"#{use_case.number} “{use_case.title}”"


def condition_line(condition: Condition) -> str:
    """Who does what by when."""
    who = condition.who or "nobody yet"
    return f"{condition.what} · {who} · {'by ' + condition.when if condition.when else 'no date yet'}"


def listed(items: Sequence[str], most: int = 12) -> str:
    """Some items, and how many more there are."""
    shown = ", ".join(items[:most])
    return shown if len(items) <= most else f"{shown} and {len(items) - most:,} more"
