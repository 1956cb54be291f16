"""The preset: what is asked, what an answer means, and which rules follow (rubric §2–4, §8).

The engine knows the *roles* of dimensions (readiness, boundedness, demonstration,
worth), never particular letters: everything else stands in the preset.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import Field, model_validator

from prioritizer.model.gate import Gate
from prioritizer.model.parts import (
    Agenda,
    Answer,
    ClassRule,
    Clause,
    Criterion,
    Dimension,
    Id,
    LaneText,
    Note,
    Part,
    Raise,
    RoomRole,
    Rule,
    Thresholds,
    Title,
    Whole,
)
from prioritizer.model.reading import PresetReading
from prioritizer.model.terms import (
    RESERVED_GATES,
)

__all__ = [
    "Answer",
    "ClassRule",
    "Clause",
    "Criterion",
    "Dimension",
    "Gate",
    "LaneText",
    "Preset",
    "Raise",
    "Rule",
    "Thresholds",
]


class Preset(PresetReading, Part):
    """A whole preset, as its TOML says."""

    format: Literal[1]
    id: Id
    version: Annotated[Whole, Field(ge=1, le=1_000_000)]
    title: Title
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    summary: Note = ""
    suits: Note = ""
    """When to choose it: people, candidates, minutes."""
    candidate: Title = "use case"
    role: Annotated[tuple[RoomRole, ...], Field(max_length=50)] = ()
    dimension: Annotated[tuple[Dimension, ...], Field(max_length=50)]
    criterion: Annotated[tuple[Criterion, ...], Field(max_length=200)]
    gate: Annotated[tuple[Gate, ...], Field(max_length=200)] = ()
    raises: Annotated[tuple[Raise, ...], Field(max_length=50)] = ()
    class_rule: tuple[ClassRule, ...]
    thresholds: Thresholds = Thresholds()
    lane: tuple[LaneText, ...] = ()
    agenda: Annotated[tuple[Agenda, ...], Field(max_length=50)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Preset:
        _unique("dimension", [d.id for d in self.dimension])
        _unique("criterion", [c.id for c in self.criterion])
        _unique("gate", [g.id for g in self.gate])
        _unique("role", [r.id for r in self.role])
        _unique("class_rule", [c.id for c in self.class_rule])
        _unique("lane", [t.id for t in self.lane])
        _unique("agenda", [a.id for a in self.agenda])
        self._check_criteria()
        self._check_dimensions()
        self._check_gates()
        self._check_rules()
        return self

    def _check_dimensions(self) -> None:
        for d in self.dimension:
            if not self.criteria_of(d.id):
                raise ValueError(f"dimension {d.id}: it has no criterion, add one or take it out")
            if d.role != "readiness" and d.weight:
                raise ValueError(f'dimension {d.id}: only role = "readiness" has a weight, take it out')
        ready = self.with_role("readiness")
        if not ready:
            raise ValueError('dimension: none has role = "readiness"')
        if not sum(d.weight for d in ready) > 0:
            raise ValueError("dimension: the weights of the readiness dimensions are all zero, raise one")

    def _check_criteria(self) -> None:
        dims = {d.id: d for d in self.dimension}
        for c in self.criterion:
            if c.dimension not in dims:
                raise ValueError(f"criterion {c.id}: " + _unknown("dimension", c.dimension, dims))
            if c.asked == "before" and c.role is None:
                raise ValueError(f'criterion {c.id}: asked = "before" needs the role that brings it')
            self._check_role(f"criterion {c.id}", c.role)
        worth = [c.id for c in self.criterion if dims[c.dimension].role == "worth"]
        if len(worth) > 1:
            raise ValueError(f'criterion {worth[1]}: only one may belong to role = "worth"')

    def _check_gates(self) -> None:
        crits = set(self.criterion_ids)
        for g in self.gate:
            if g.id in RESERVED_GATES:
                raise ValueError(f"gate {g.id}: this id is taken by a rule of the engine, choose another")
            if g.criterion is not None and g.criterion not in crits:
                raise ValueError(f"gate {g.id}: " + _unknown("criterion", g.criterion, crits))
            if g.id in crits and g.criterion != g.id:
                raise ValueError(
                    f"gate {g.id}: this is the id of a criterion that it does not test, choose another"
                )
            self._check_role(f"gate {g.id}", g.role)

    def _check_rules(self) -> None:
        crits = set(self.criterion_ids)
        for name, rule in self.all_rules():
            for clause in rule.clauses:
                if clause.criterion not in crits:
                    raise ValueError(f"{name}: " + _unknown("criterion", clause.criterion, crits))
        for r in self.raises:
            if r.criterion not in crits:
                raise ValueError(f"raises {r.criterion}: " + _unknown("criterion", r.criterion, crits))
            if any(clause.criterion == r.criterion for clause in r.when.clauses):
                raise ValueError(f"raises {r.criterion}: its own level cannot be the reason")
        if self.class_rule[:1] == () or self.class_rule[0].id != "bounded":
            raise ValueError('class_rule: the first must be the one with id = "bounded"')

    def _check_role(self, where: str, role: str | None) -> None:
        roles = [r.id for r in self.role]
        if role is not None and role not in roles:
            raise ValueError(f"{where}: " + _unknown("role", role, roles))


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """``there is no criterion P5, did you mean "P1"?``, or the names there are when none is near."""
    ids = sorted(known)
    near = get_close_matches(name, ids, n=1, cutoff=0.5)
    if near:
        return f'there is no {kind} {name}, did you mean "{near[0]}"?'
    listed = ", ".join(ids[:12]) + (" …" if len(ids) > 12 else "")
    return f"there is no {kind} {name}, " + (f"name one of {listed}" if ids else f"add a [[{kind}]]")


def _unique(kind: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise ValueError(f"{kind} {each}: stands twice, give each its own id")
        seen.add(each)
