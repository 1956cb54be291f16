"""What the cut asks and keeps: the number of seats, and what was marked before the lights went out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_error
from prioritizer.tui.screens.form import Field, Form
from prioritizer.workshop.views.cut import Mark

MOST_SEATS = 1_000
VOTES = 2
"""Column of the votes, behind the two ladders."""


def with_value(mark: Mark, column: int, value: int | None) -> Mark:
    """A card with another level, or number of votes."""
    if column == VOTES:
        return replace(mark, votes=value or 0)
    return replace(mark, bounded=value) if column == 0 else replace(mark, data=value)


def seats_form(seats: int) -> Form:
    """How many use cases stay."""

    def check(values: Mapping[str, str]) -> None:
        text = values["seats"].strip()
        if not text.isdecimal() or not 1 <= int(text) <= MOST_SEATS:
            raise PrioritizerError(
                f"“{clean_error(text)}” is no number of seats; give one from 1 to {MOST_SEATS:,}."
            )

    note = "Ten to twelve use cases can be rated in depth in three hours, six to eight in one."
    return Form("Seats", [Field("seats", "How many stay", str(seats), offered=True)], check=check, note=note)


def draft_of(marks: Mapping[str, Mark], seats: int) -> str:
    """Marks and seats as text."""
    rows = {key: [m.bounded, m.data, m.votes] for key, m in marks.items() if m != Mark()}
    return json.dumps({"seats": seats, "marks": rows}) if rows else ""


def marks_from(text: str) -> tuple[dict[str, Mark], int] | None:
    """Marks and seats from that text; none where it is not of that form."""
    try:
        read = json.loads(text)
        seats = int(read["seats"])
        marks = {
            str(key): Mark(_level(b), _level(d), max(int(v), 0)) for key, (b, d, v) in read["marks"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return marks, max(1, min(seats, MOST_SEATS))


def _level(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= 4 else None
