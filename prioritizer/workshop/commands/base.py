"""What a command is: a value that plans its writes from a snapshot, and does nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar, Protocol

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.spelling import canonical_json
from prioritizer.model.tables import Key, Scalar, Write
from prioritizer.text.clean import clean_text


@dataclass(frozen=True)
class Given:
    """What a plan may not make up itself, so that it stays pure."""

    now: dt.datetime
    """UTC."""
    new_id: Callable[[], str]

    @property
    def today(self) -> str:
        """ISO date, UTC."""
        return self.now.date().isoformat()


@dataclass(frozen=True)
class Plan:
    """Writes of one command, the names that they refer to, and the ids it made."""

    writes: tuple[Write, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    made: tuple[str, ...] = ()


class Command(Protocol):
    """One user action."""

    kind: ClassVar[str]

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        """The writes that carry it out.

        Raises:
            PrioritizerError: It cannot be done; says what and what to do.
        """
        ...


class Draftsman:
    """Collects the writes of a plan; looks up or makes name ids."""

    def __init__(self, snapshot: Snapshot, given: Given) -> None:
        self.snapshot = snapshot
        self.given = given
        self._writes: list[Write] = []
        self._names: dict[str, str] = {}
        self._made: list[str] = []
        self._known: dict[str, str] | None = None

    def put(self, table: str, key: Key, **fields: Scalar) -> None:
        """Writes fields of one row."""
        self._writes += [Write(table, key, name, value) for name, value in fields.items()]

    def name(self, text: str) -> str | None:
        """The id of a person's name; none for an empty one."""
        text = clean_name(text)
        if not text:
            return None
        if self._known is None:
            self._known = {known: name_id for name_id, known in self.snapshot.names.items()}
        if text not in self._known:
            name_id = self.given.new_id()
            self._known[text] = name_id
            self._names[name_id] = text
        return self._known[text]

    def make(self) -> str:
        """A new id."""
        made = self.given.new_id()
        self._made.append(made)
        return made

    def plan(self) -> Plan:
        """All that was collected."""
        return Plan(tuple(self._writes), dict(self._names), tuple(self._made))


def joined(plans: Sequence[Plan]) -> Plan:
    """Several plans as one: one transaction, one undo."""
    names: dict[str, str] = {}
    for plan in plans:
        names.update(plan.names)
    return Plan(
        tuple(w for plan in plans for w in plan.writes), names, tuple(m for plan in plans for m in plan.made)
    )


@lru_cache(maxsize=1_024)
def clean_name(text: str) -> str:
    """A person's name or another short label: one line."""
    return clean_text(text, limit=200, lines=False).strip()


def clean_line(text: str) -> str:
    """A title or task: one line."""
    return clean_text(text, limit=500, lines=False).strip()


def clean_note(text: str) -> str:
    """A note: lines are kept."""
    return clean_text(text, limit=10_000).strip()


def clean_date(text: str | None) -> str | None:
    """An ISO date, or none.

    Raises:
        PrioritizerError: It is not a date.
    """
    if text is None or not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        shown = clean_text(text, limit=40, lines=False)
        raise PrioritizerError(f"“{shown}” is not a date; write it as 2026-05-31.") from None


def get_use_case(snapshot: Snapshot, use_case_id: str) -> UseCase:
    """A use case that exists and was not deleted.

    Raises:
        PrioritizerError: There is none with this id.
    """
    found = snapshot.use_cases.get(use_case_id)
    if found is None or not found.title or found.deleted:
        raise PrioritizerError("That use case is no longer in the session.")
    return found


def json_or_none(value: Mapping[str, str] | Sequence[str] | None) -> str | None:
    """A JSON cell; nothing for an empty value."""
    return canonical_json(value) if value else None


def number_or_error(value: float | None, what: str, *, whole: bool = False) -> float | int | None:
    """A count or an amount that is not negative.

    Raises:
        PrioritizerError: It is negative, not finite, or beyond belief.
    """
    if value is None:
        return None
    if not 0 <= value <= 1e9:
        raise PrioritizerError(f"{what} must be a number from 0 to 1,000,000,000.")
    return int(value) if whole else float(value)
