"""What a use case takes: weeks of work, and money for engineering and for change; kept in its charter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import UseCase
from prioritizer.text.clean import clean_error

WEEKS, ENGINEERING, CHANGE = "weeks", "budget_engineering", "budget_change"
_NUMBER = re.compile(r"[0-9][0-9.,'’ ]*")


@dataclass(frozen=True, slots=True)
class Effort:
    """Numbers of one use case; none where nobody has said."""

    weeks: float | None
    engineering: float | None
    change: float | None

    @property
    def budget(self) -> float | None:
        """Money altogether; none while neither part is known."""
        if self.engineering is None and self.change is None:
            return None
        return (self.engineering or 0.0) + (self.change or 0.0)

    def cost(self, unit: str) -> float | None:
        """In ``weeks``, or else money."""
        return self.weeks if unit == "weeks" else self.budget


def effort_of(case: UseCase) -> Effort:
    """What the charter says; the first number of each text counts."""
    return Effort(*(read_amount(case.charter.get(field, "")) for field in (WEEKS, ENGINEERING, CHANGE)))


def read_amount(text: str) -> float | None:
    """The first number of a text such as ``40,000 EUR from the unit``."""
    from prioritizer.exchange.fields import read_number

    found = _NUMBER.search(text)
    return read_number(found[0].strip(" .,")) if found else None


def check_amount(text: str, what: str) -> str:
    """A text with an amount as it is kept, or "" for none.

    Raises:
        PrioritizerError: There is no number in it, or a negative one.
    """
    text = text.strip()
    if text and (text.startswith("-") or read_amount(text) is None):
        raise PrioritizerError(f"{what}: “{clean_error(text)}” is no amount; write a number from 0 on.")
    return text
