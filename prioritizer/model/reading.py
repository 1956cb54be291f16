"""What can be looked up in a preset: the same for its pydantic models and for those of `prioritizer.model.shipped`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.model.terms import DEFAULT_LANE_TITLES, LaneId, Role

if TYPE_CHECKING:
    from prioritizer.model.preset import (
        Answer,
        ClassRule,
        Clause,
        Criterion,
        Dimension,
        Gate,
        LaneText,
        Raise,
        Rule,
    )


class RuleReading:
    """Of a rule: its clauses."""

    __slots__ = ()
    if TYPE_CHECKING:
        all: tuple[Clause, ...]
        any: tuple[Clause, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return self.all or self.any


class GateReading:
    """Of a gate: the answer that clears it."""

    __slots__ = ()
    if TYPE_CHECKING:
        answers: tuple[Answer, ...]

    @property
    def clear(self) -> Answer:
        """The answer that passes, used by "all remaining: no"."""
        return next(a for a in self.answers if a.status == "pass")


class PresetReading:
    """Of a preset: its parts by id, by role, by what holds them together."""

    __slots__ = ()
    if TYPE_CHECKING:
        dimension: tuple[Dimension, ...]
        criterion: tuple[Criterion, ...]
        gate: tuple[Gate, ...]
        raises: tuple[Raise, ...]
        class_rule: tuple[ClassRule, ...]
        lane: tuple[LaneText, ...]

    @property
    def criterion_ids(self) -> tuple[str, ...]:
        return tuple(c.id for c in self.criterion)

    def criterion_index(self) -> dict[str, int]:
        """Column of each criterion id, in preset order."""
        return {c.id: i for i, c in enumerate(self.criterion)}

    def find_dimension(self, dimension_id: str) -> Dimension:
        return next(d for d in self.dimension if d.id == dimension_id)

    def find_criterion(self, criterion_id: str) -> Criterion:
        return next(c for c in self.criterion if c.id == criterion_id)

    def find_gate(self, gate_id: str) -> Gate:
        return next(g for g in self.gate if g.id == gate_id)

    @property
    def questions(self) -> tuple[Gate, ...]:
        """The gates that a person answers directly, in order."""
        return tuple(g for g in self.gate if g.kind == "question")

    def criteria_of(self, dimension_id: str) -> tuple[Criterion, ...]:
        return tuple(c for c in self.criterion if c.dimension == dimension_id)

    def with_role(self, role: Role) -> tuple[Dimension, ...]:
        return tuple(d for d in self.dimension if d.role == role)

    def lane_title(self, lane: LaneId) -> str:
        return next((t.title for t in self.lane if t.id == lane), DEFAULT_LANE_TITLES[lane])

    def gate_mend(self, gate: Gate) -> str:
        """What clears ``gate``: its own words, else its criterion's, else its title."""
        own = "" if gate.criterion is None else self.find_criterion(gate.criterion).mend
        return gate.mend or own or gate.title

    def gate_find_out(self, gate: Gate) -> str:
        """What to find out for ``gate``: its own words, else its criterion's, else its question or title."""
        own = "" if gate.criterion is None else self.find_criterion(gate.criterion).find_out
        return gate.find_out or own or gate.question or gate.title

    def gate_role(self, gate: Gate) -> str | None:
        """Role that is asked to act on ``gate``: its own, else its criterion's."""
        if gate.role is None and gate.criterion is not None:
            return self.find_criterion(gate.criterion).role
        return gate.role

    def essential(self) -> frozenset[str]:
        """Criteria that carry a gate or a part of the class: they cannot be switched off."""
        held = {g.criterion for g in self.gate if g.criterion is not None}
        held |= {clause.criterion for _, rule in self.all_rules() for clause in rule.clauses}
        held |= {r.criterion for r in self.raises}
        return frozenset(held)

    def all_rules(self) -> list[tuple[str, Rule]]:
        found = [(f"class_rule {c.id}", c.rule) for c in self.class_rule]
        found += [(f"gate {g.id}", g.rule) for g in self.gate if g.rule is not None]
        found += [(f"raises {r.criterion}", r.when) for r in self.raises]
        return found
