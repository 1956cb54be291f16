"""How a session is run: agenda, its phases, and what happens when the room does not agree.

All of it stands in the one field ``agenda`` of the session, so that a merge never mixes two plans:
the id of an agenda as text, or an object with ``id``, ``phases`` and ``deadlock``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

PhaseState = Literal["open", "running", "done", "skipped"]
Deadlock = Literal["lower", "decider", "park"]

PHASE_STATES: tuple[PhaseState, ...] = ("open", "running", "done", "skipped")
DEADLOCKS: tuple[Deadlock, ...] = ("lower", "decider", "park")
MOST_PHASES = 300


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the plan as it stands: a step of the agenda, and what has become of it.

    Attributes:
        step: Id of the agenda's step; it may stand more than once.
        state: What has become of it.
        started: When it began: UTC, ISO 8601.
        ended: When it ended.
    """

    step: str
    state: PhaseState = "open"
    started: str | None = None
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """What stands in the field ``agenda``."""

    agenda: str | None = None
    phases: tuple[Phase, ...] = ()
    deadlock: Deadlock = "lower"

    def document(self) -> Any:
        """As JSON; the plain id while nothing else was said."""
        if not self.phases and self.deadlock == "lower":
            return self.agenda
        return {
            "id": self.agenda,
            "deadlock": self.deadlock,
            "phases": [[p.step, p.state, p.started, p.ended] for p in self.phases],
        }


def read_running(value: Any) -> Running:
    """The plan from the JSON of the field; whatever is not of its form counts for nothing."""
    if isinstance(value, str):
        return Running(value)
    if not isinstance(value, dict):
        return Running()
    agenda, deadlock, phases = value.get("id"), value.get("deadlock"), value.get("phases")
    return Running(
        agenda if isinstance(agenda, str) else None,
        _phases(phases) if isinstance(phases, list) else (),
        cast(Deadlock, deadlock) if deadlock in DEADLOCKS else "lower",
    )


def is_time(text: str) -> bool:
    """Whether a text is a time with its offset, as a phase carries it."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _phases(rows: Sequence[Any]) -> tuple[Phase, ...]:
    found: list[Phase] = []
    for row in rows[:MOST_PHASES]:
        if not isinstance(row, list) or len(row) != 4 or not isinstance(row[0], str):
            continue
        if row[1] not in PHASE_STATES or not all(t is None or _is_time(t) for t in row[2:]):
            continue
        found.append(Phase(*row))
    return tuple(found)


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and is_time(value)
