"""The session as one immutable value: what every view is computed from.

Snapshots share structure: an edit makes a new `UseCase` for one card and a new
dictionary that points to it; nothing else is copied. Levels are byte columns in
the preset's order of criteria, so that scoring can join them without a loop.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from prioritizer.model.running import Deadlock, Phase, Running
from prioritizer.model.terms import EVIDENCE

if TYPE_CHECKING:
    from prioritizer.model.preset import Preset

UNKNOWN = 255
"""A byte in a level or evidence column: nothing stands there."""

DONT_KNOW = 250
"""A participant's answer ``?``: nobody here knows."""

ABSTAIN = 251
"""A participant's answer ``-``: not my field."""

PENDING = 252
"""Asked, and not answered yet."""

HIDDEN = 253
"""Answered; what, is not to be seen before the reveal."""

NOT_ASKED = 255
"""This participant was not asked in this round."""

RoundStatus = Literal["open", "revealed", "void"]
Born = tuple[int, str, int, int]
"""A creation: hybrid clock, site, sequence, and the place in that operation, so that an import keeps its order."""

NEVER: Born = (0, "", 0, 0)
EMPTY: Mapping[str, Any] = MappingProxyType({})


def _empty() -> Mapping[str, Any]:
    """One shared empty mapping, which equals every other empty one."""
    return EMPTY


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in the room, or a table that votes as one."""

    id: str
    name: str = ""
    role: str | None = None
    present: bool = True
    voter: bool = True
    index: int = 0
    """Position in every round's answers."""


@dataclass(frozen=True, slots=True)
class Round:
    """One question to the room about one cell. Revealed rounds never change."""

    id: str
    number: int
    status: RoundStatus = "open"
    answers: bytes = b""
    """One byte a participant, by `Participant.index`: 0–4, or one of the states above."""

    def levels(self) -> list[int]:
        """The levels answered, ascending; the other states do not count."""
        return sorted(a for a in self.answers if a <= 4)


@dataclass(frozen=True, slots=True)
class Agreed:
    """The agreed level of one cell, without its level byte."""

    note: str = ""
    reason: str = ""
    measured_on: str | None = None


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """The answer to a question gate."""

    answer: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """The room sets a gate or a lane aside: who, why, when."""

    target: str
    """``lane``, or a gate id."""
    lane: str | None
    by: str
    reason: str
    date: str


@dataclass(frozen=True, slots=True)
class Task:
    """Who does what by when, for one condition or find-out of a use case."""

    item: str
    """The gate, criterion or rule that it clears."""
    what: str = ""
    who: str = ""
    when: str | None = None


@dataclass(frozen=True, slots=True)
class UseCase:
    """One candidate with all that is known about it."""

    id: str
    title: str = ""
    number: int = 0
    born: Born = NEVER
    """When it was created: numbers follow it."""
    task: str = ""
    note: str = ""
    proposer: str = ""
    tags: tuple[str, ...] = ()
    source: Mapping[str, str] = field(default_factory=_empty)
    """Further columns that an import brought, by name."""
    systems: tuple[str, ...] | None = None
    logins: int | None = None
    cases_month: float | None = None
    minutes_each: float | None = None
    slice: str = ""
    """The smallest step inside it that a person already checks."""
    parent: str | None = None
    merged_into: str | None = None
    parked: bool = False
    parked_why: str = ""
    parked_who: str = ""
    parked_when: str | None = None
    deleted: bool = False
    chosen: bool | None = None
    """On the shortlist by decision: yes, no, or not decided."""
    owner: str = ""
    due: str | None = None
    decision_note: str = ""
    charter: Mapping[str, str] = field(default_factory=_empty)
    levels: bytes = b""
    evidence: bytes = b""
    claimed: bytes = b""
    agreed: Mapping[str, Agreed] = field(default_factory=_empty)
    gates: Mapping[str, GateAnswer] = field(default_factory=_empty)
    overrides: Mapping[str, Override] = field(default_factory=_empty)
    tasks: Mapping[str, Task] = field(default_factory=_empty)
    rounds: Mapping[str, tuple[Round, ...]] = field(default_factory=_empty)

    @property
    def live(self) -> bool:
        """In the ranking: created, and not parked, merged away or deleted."""
        return bool(self.title) and not (self.parked or self.deleted or self.merged_into)

    def level(self, column: int) -> int | None:
        """The agreed level of a criterion by its column."""
        value = self.levels[column] if column < len(self.levels) else UNKNOWN
        return None if value == UNKNOWN else value

    def evidence_tag(self, column: int) -> str | None:
        """The evidence tag of the agreed level."""
        value = self.evidence[column] if column < len(self.evidence) else UNKNOWN
        return None if value == UNKNOWN else EVIDENCE[value]

    def is_claimed(self, column: int) -> bool:
        """Whether the level was agreed while the role that knows it was absent."""
        return column < len(self.claimed) and self.claimed[column] == 1


@dataclass(frozen=True, slots=True)
class Weighting:
    """How one participant weighs the dimensions.

    Attributes:
        method: Id of how it was asked; "" before the reveal.
        said: Numbers by dimension, or by pair of dimensions; nothing before the reveal.
        revealed: Whether the room has seen it.
        void: The room has seen it, and took the reveal back: it counts for nothing, and is never unseen again.
    """

    method: str = ""
    said: Mapping[str, float] = field(default_factory=_empty)
    revealed: bool = False
    void: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the decision log that is not a level, gate or override."""

    id: str
    text: str
    date: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A session at one moment."""

    id: str
    preset: Preset
    preset_hash: str
    preset_text: str
    title: str = ""
    purpose: str = ""
    decision_rule: str = ""
    decider: str = ""
    facilitator: str = ""
    minutes: int | None = None
    agenda: str | None = None
    phases: tuple[Phase, ...] = ()
    """The agenda as it was run so far; empty until a phase was begun, skipped or moved."""
    deadlock: Deadlock = "lower"
    """What happens to a cell on which the room does not agree; chosen at the start."""
    top: int = 3
    weights: Mapping[str, float] | None = None
    """Weights by dimension that replace the preset's, with how they were found."""
    weights_method: str = ""
    """How they were found, in words: printed with every result."""
    weights_reason: str = ""
    weights_warning: str = ""
    """What in the way they were found should be looked at again; "" for nothing."""
    weights_concentration: int | None = None
    """How firmly several people stand behind them; none for the usual firmness."""
    weightings: Mapping[str, Weighting] = field(default_factory=_empty)
    """Participant id → how that person weighs the dimensions."""
    asked: Mapping[str, str] = field(default_factory=_empty)
    """Criterion → ``before``, ``room`` or ``off`` where it differs from the preset."""
    participants: tuple[Participant, ...] = ()
    use_cases: Mapping[str, UseCase] = field(default_factory=dict)
    """Every use case ever made, by id, in order of their numbers."""
    decisions: tuple[Decision, ...] = ()
    every_decision: Mapping[str, Decision] = field(default_factory=_empty)
    """By id, also those whose writing was undone; `decisions` leaves them out."""
    names: Mapping[str, str] = field(default_factory=_empty)
    """Name id → name; the only place where a person's name stands."""

    def live(self) -> Iterator[UseCase]:
        """The use cases that are ranked."""
        return (u for u in self.use_cases.values() if u.live)

    def parked(self) -> Iterator[UseCase]:
        """The parking lot."""
        return (u for u in self.use_cases.values() if u.parked and not u.deleted and u.title)

    def participant(self, participant_id: str) -> Participant | None:
        """The participant of this id."""
        return next((p for p in self.participants if p.id == participant_id), None)

    @property
    def running(self) -> Running:
        """Agenda, phases and deadlock rule together, as they stand in one field."""
        return Running(self.agenda, self.phases, self.deadlock)

    def how_asked(self, criterion_id: str) -> str:
        """``before``, ``room`` or ``off`` for a criterion in this session."""
        return self.asked.get(criterion_id) or self.preset.find_criterion(criterion_id).asked

    def weight_of(self, dimension_id: str) -> float:
        """The weight in force of a dimension, not normalised."""
        if self.weights is not None:
            return self.weights.get(dimension_id, 0.0)
        return self.preset.find_dimension(dimension_id).weight
