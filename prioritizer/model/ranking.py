"""What ``rank --json`` prints: keys may be added, never removed or retyped."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from prioritizer.model.terms import ClassId, GateStatus, LaneId


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True, defer_build=True)


class PresetRef(_Out):
    """Which preset, exactly."""

    id: str
    version: int
    hash: str


class SessionRef(_Out):
    """Which session."""

    id: str
    title: str
    preset: PresetRef
    weights: dict[str, float]
    """In force by readiness dimension, adding up to 1."""
    weights_method: str
    """How they were found in this session; "" for those of the preset."""


class GateFinding(_Out):
    """One gate of one use case."""

    id: str
    answer: str | int | None
    status: GateStatus
    reason: str
    overridden: bool = False


class Condition(_Out):
    """Who does what by when."""

    gate: str
    what: str
    who: str | None
    when: str | None
    kind: str = "mend"
    """``mend``: something has to change; ``find-out``: something has to be known."""
    assigned: bool = False
    """``who`` is a person that was named, not the role that would bring it."""


class Overridden(_Out):
    """The room set a rule aside."""

    of: str
    by: str
    reason: str
    date: str


class Ranked(_Out):
    """One use case in the ranking."""

    rank: int
    tied: bool
    id: str
    number: int
    title: str
    lane: LaneId
    class_: ClassId = Field(alias="class")
    readiness: float
    readiness_low: float
    readiness_high: float
    dimensions: dict[str, float | None]
    demonstration: float | None
    gap: float | None
    demo_trap: bool
    overlooked: bool
    worth: int | None
    coverage: float
    claimed: list[str]
    lane_by_rules: LaneId
    gates: list[GateFinding]
    conditions: list[Condition]
    overridden: Overridden | None
    overrides: list[Overridden] = []
    find_outs: list[Condition] = []
    """What somebody has to find out that bars nothing (unknown worth)."""
    unproven: list[str] = []
    """Criteria whose level 3 or 4 stands on no document or measurement."""
    unknown: list[str] = []
    """Criteria without a level, over readiness and boundedness."""
    weakest: list[str] = []
    """The lowest criteria of readiness and boundedness: what holds it."""
    task: str = ""
    slice: str = ""


class Ranking(_Out):
    """The whole ranking, first place first."""

    session: SessionRef
    use_cases: list[Ranked]
