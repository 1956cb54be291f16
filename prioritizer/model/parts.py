"""The parts of a preset: small immutable models, one for each table of its TOML.

Numbers and booleans are strict: ``weight = "0.3"`` is a mistake to be told, not to
be guessed at. What holds between parts is checked by :class:`prioritizer.model.preset.Preset`.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict, field_validator, model_validator

from prioritizer.model.reading import RuleReading
from prioritizer.model.terms import LEVELS, Asked, Fact, GateStatus, LaneId, Role, Stage

ID_PATTERN = r"^[A-Za-z][A-Za-z0-9_-]{0,31}$"
ONE_LINE = r"^[^\n\t]*$"

Id = Annotated[str, Field(pattern=ID_PATTERN)]
Title = Annotated[str, Field(min_length=1, max_length=200, pattern=ONE_LINE)]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
Note = Annotated[str, Field(max_length=4000)]
"""Words that may be left out."""
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict()]
YesNo = Annotated[bool, Strict()]
Level = Annotated[Whole, Field(ge=0, le=4)]
Share = Annotated[Number, Field(ge=0, le=1)]
Score = Annotated[Number, Field(ge=0, le=100)]

_CLAUSE = re.compile(r"\s*([A-Za-z][A-Za-z0-9_-]{0,31})\s*(<=|>=|=|<|>)\s*([0-9])\s*")


class Part(BaseModel):
    """A part of a preset: immutable, no key that is not known, no NaN."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False, defer_build=True
    )


class RoomRole(Part):
    """A role of a participant, who may bring facts."""

    id: Id
    title: Title


class Dimension(Part):
    """A group of criteria with a role."""

    id: Id
    title: Title
    role: Role
    weight: Annotated[Number, Field(ge=0, le=1000)] = 0.0
    meaning: Note = ""


class Criterion(Part):
    """One question with its five observable levels; 4 is always the readier side."""

    id: Id
    dimension: Id
    title: Title
    question: Words
    levels: tuple[Words, Words, Words, Words, Words]
    """In TOML a table with the keys 0 to 4, or an array of five."""
    asked: Asked = "room"
    role: Id | None = None
    """Who brings it, when it is asked *before*; who is asked to mend it, always."""
    todo: YesNo = False
    """0 only means that work has not been done yet (rubric §3)."""
    proof: YesNo = False
    """Level 3 or 4 without a document or a measurement is shown as *unproven*."""
    weight: Annotated[Number, Field(gt=0, le=1000)] = 1.0
    facts: tuple[Fact, ...] = ()
    """Raw facts of the use case that are shown beside the level."""
    mend: Note = ""
    """What somebody has to do to raise a low level, as an imperative, without *who* and *when*."""
    find_out: Note = ""
    """What somebody has to find out while there is no level, or only a claimed one."""

    @field_validator("levels", mode="before")
    @classmethod
    def _levels_in_order(cls, value: Any) -> Any:
        if isinstance(value, dict):
            for level in LEVELS:
                if str(level) not in value:
                    raise ValueError(
                        f'level {level} is missing, write {level} = "…" under [criterion.levels]'
                    )
            for key in value:
                if key not in {str(level) for level in LEVELS}:
                    raise ValueError(f'"{key}" is not a level, the levels are 0 to 4')
            return tuple(value[str(level)] for level in LEVELS)
        if isinstance(value, list | tuple) and len(value) != len(LEVELS):
            raise ValueError(f"{len(value)} levels are given, write five of them, for 0 to 4")
        return value


class Clause(Part):
    """``criterion is level``; in TOML a table, or a text such as ``"B3 <= 2"``."""

    criterion: Id
    cmp: Literal["<=", "<", "=", ">", ">="]
    level: Level

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        found = _CLAUSE.fullmatch(value)
        if found is None:
            raise ValueError(f'"{value}" is not a clause, write one such as "B3 <= 2"')
        return {"criterion": found[1], "cmp": found[2], "level": int(found[3])}


_Clauses = Annotated[tuple[Clause, ...], Field(max_length=50)]


class Rule(RuleReading, Part):
    """All, or any, of some clauses."""

    all: _Clauses = ()
    any: _Clauses = ()

    @model_validator(mode="after")
    def _one_form(self) -> Rule:
        if bool(self.all) == bool(self.any):
            raise ValueError('give either "all" or "any", with at least one clause')
        return self


class Answer(Part):
    """One possible answer of a yes/no gate, one key each."""

    id: Id
    title: Title
    key: Annotated[str, Field(min_length=1, max_length=1)]
    status: GateStatus
    reason: Note = ""

    @field_validator("key")
    @classmethod
    def _typable(cls, value: str) -> str:
        if not value.isalnum() or value != value.lower():
            raise ValueError(f'the key "{value}" must be one small letter or digit')
        return value


class Raise(Part):
    """While ``when`` holds, ``criterion`` counts as at least ``to`` (rubric §3, the exception)."""

    criterion: Id
    to: Level
    when: Rule
    reason: Words


class ClassRule(Part):
    """A use case is of this class when ``rule`` holds; tried in order, else *open-ended*."""

    id: Literal["bounded", "partly"]
    rule: Rule


class Thresholds(Part):
    """Numbers that decide lanes and marks."""

    pilot_coverage: Share = 0.8
    find_out_coverage: Share = 0.6
    dimension: Score = 50.0
    weak_dimensions: Annotated[Whole, Field(ge=1, le=99)] = 2
    readiness: Score = 60.0
    trap_demonstration: Score = 60.0
    trap_gap: Score = 20.0
    overlooked_demonstration: Score = 40.0
    worth_floor: Level = 1
    """At best *Incubate* below this level of the worth criterion; 0 switches the floor off."""
    cap: YesNo = True
    """A dimension is at most one level above its weakest criterion."""

    @model_validator(mode="after")
    def _ordered(self) -> Thresholds:
        if self.find_out_coverage > self.pilot_coverage:
            raise ValueError("find_out_coverage must not be above pilot_coverage")
        return self


class LaneText(Part):
    """The title of a lane in this preset's language."""

    id: LaneId
    title: Title
    meaning: Note = ""


class AgendaStep(Part):
    """One phase of a session."""

    id: Id
    minutes: Annotated[Whole, Field(ge=1, le=480)]
    title: Title
    say: Note = ""
    """The sentence that the facilitator says to open it."""
    stage: Stage = "frame"


class Agenda(Part):
    """A plan for a session of this length."""

    id: Id
    title: Title
    minutes: Annotated[Whole, Field(ge=1, le=1440)]
    people: Note = ""
    candidates: Note = ""
    step: Annotated[tuple[AgendaStep, ...], Field(max_length=100)]

    @model_validator(mode="after")
    def _adds_up(self) -> Agenda:
        ids = [s.id for s in self.step]
        twice = next((i for i in ids if ids.count(i) > 1), None)
        if twice is not None:
            raise ValueError(f"step {twice} stands twice, give each its own id")
        total = sum(s.minutes for s in self.step)
        if total != self.minutes:
            raise ValueError(f"its steps add up to {total} minutes, not to {self.minutes}")
        return self
