"""What the rules ask of each cell before a use case can rise: the branches of the lift.

A rule over levels becomes a choice of *bounds*: for each criterion the levels that it may
have, and whether it may stay unknown. ``all`` and ``any`` make conjunctions and
alternatives; a raise (rubric §3, the exception) makes branches of its own: off, possible,
certain. Branches that ask for more than another are dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

from prioritizer.scoring.rules import GateRule, Rule, Rules

Goal = Literal["pilot", "leave-incubate", "leave-not-yet"]
"""What the branches lead to: *Pilot first*; out of *Incubate* upwards; out of *Not yet* upwards."""

FULL = 0b11111
"""All five levels, as bits."""

Bound = tuple[int, bool]
"""Levels allowed (bits), and whether the cell may stay unknown."""

Bounds = dict[int, Bound]
"""By column; a column that is missing may be anything."""


@dataclass(frozen=True)
class Branch:
    """One way of meeting the rules.

    Attributes:
        bounds: What each cell must be.
        raised: Column → level at which it counts at least, because a raise is certain here.
    """

    bounds: Bounds
    raised: dict[int, int]


@dataclass(frozen=True)
class _Raises:
    """How the raises stand in one branch: column → (at least for certain, perhaps)."""

    low: dict[int, int]
    high: dict[int, int]

    def bound(self, column: int, allowed: int, *, surely: bool) -> Bounds:
        """The bound that a clause puts on one cell.

        Args:
            column: The criterion.
            allowed: Levels that satisfy the clause, as bits.
            surely: The clause must hold whatever is unknown; else it must not surely fail.
        """

        def fits(least: int, most: int) -> bool:
            span = sum(1 << level for level in range(least, most + 1))
            return not span & ~allowed if surely else bool(span & allowed)

        low, high = self.low.get(column, 0), self.high.get(column, 0)
        levels = sum(1 << x for x in range(5) if fits(max(x, low), max(x, high)))
        return {column: (levels, fits(low, 4))}


def branches(rules: Rules, goal: Goal, cleared: frozenset[int]) -> list[Branch]:
    """All ways of meeting the rules of a goal, none of which asks for more than another.

    Args:
        rules: The compiled preset.
        goal: Where to.
        cleared: Positions of the gates that the room set aside.
    """
    found: list[Branch] = []
    # "Perhaps" can only help where something must not surely fail.
    states = ("on", "off") if goal == "pilot" else ("on", "maybe", "off")
    for chosen in product(states, repeat=len(rules.raises)):
        low: dict[int, int] = {}
        high: dict[int, int] = {}
        for state, rule in zip(chosen, rules.raises, strict=True):
            if state == "on":
                low[rule.column] = max(low.get(rule.column, 0), rule.to)
            if state != "off":
                high[rule.column] = max(high.get(rule.column, 0), rule.to)
        raises = _Raises(low, high)
        demands = [
            _holds(rule.when, raises, surely=state == "on")
            for state, rule in zip(chosen, rules.raises, strict=True)
            if state != "off"
        ]
        demands += _pilot(rules, raises, cleared) if goal == "pilot" else _leave(rules, raises, cleared)
        if goal != "leave-not-yet":
            demands += _worth(rules)
        found += [Branch(bounds, low) for bounds in _combine(demands)]
    kept: list[Branch] = []
    for branch in found:
        if not any(_no_better(branch, other) for other in kept):
            kept = [other for other in kept if not _no_better(other, branch)] + [branch]
    return kept


def _no_better(branch: Branch, other: Branch) -> bool:
    """Whether whatever meets ``branch`` meets ``other``, too, and counts there for as much."""
    counts = all(other.raised.get(column, 0) >= to for column, to in branch.raised.items())
    return counts and _implies(branch.bounds, other.bounds)


Demand = list[Bounds]
"""Alternatives: one of them must hold."""


def _pilot(rules: Rules, raises: _Raises, cleared: frozenset[int]) -> list[Demand]:
    """Bounded, every gate passed, no work left undone."""
    demands: list[Demand] = [_holds(rules.classes[0][1], raises, surely=True)]
    for gate in _gates(rules, cleared):
        if gate.column >= 0:
            failing = max(gate.gate.stop, gate.gate.condition)
            demands.append([raises.bound(gate.column, _above(failing), surely=True)])
        elif gate.rule is not None:
            demands.append(_fails(gate.rule, raises, surely=True))
    demands += [[raises.bound(int(column), _above(0), surely=True)] for column in rules.todo]
    return demands


def _leave(rules: Rules, raises: _Raises, cleared: frozenset[int]) -> list[Demand]:
    """No stop, and not surely open-ended."""
    demands: list[Demand] = [[b for _, rule in rules.classes for b in _holds(rule, raises, surely=False)]]
    for gate in _gates(rules, cleared):
        if gate.column >= 0:
            allowed = _above(gate.gate.stop)
            # A level that is not known is an unknown gate and never a stop.
            levels, _ = raises.bound(gate.column, allowed, surely=True)[gate.column]
            demands.append([{gate.column: (levels, True)}])
        elif gate.rule is not None and gate.gate.status == "stop":
            demands.append(_fails(gate.rule, raises, surely=False))
    return demands


def _worth(rules: Rules) -> list[Demand]:
    if rules.worth < 0:
        return []
    return [[{rules.worth: (_above(rules.thresholds.worth_floor - 1), True)}]]


def _gates(rules: Rules, cleared: frozenset[int]) -> Iterator[GateRule]:
    return (gate for position, gate in enumerate(rules.gates) if position not in cleared)


def _holds(rule: Rule, raises: _Raises, *, surely: bool) -> Demand:
    parts = [
        raises.bound(column, _satisfying(cmp, level), surely=surely) for column, cmp, level in rule.clauses
    ]
    return _join(parts, together=rule.every)


def _fails(rule: Rule, raises: _Raises, *, surely: bool) -> Demand:
    parts = [
        raises.bound(column, FULL & ~_satisfying(cmp, level), surely=surely)
        for column, cmp, level in rule.clauses
    ]
    return _join(parts, together=not rule.every)


def _join(parts: list[Bounds], *, together: bool) -> Demand:
    if not together:
        return parts
    joined: Bounds | None = {}
    for part in parts:
        joined = None if joined is None else _both(joined, part)
    return [] if joined is None else [joined]


def _combine(demands: Iterable[Demand]) -> list[Bounds]:
    """All demands at once; empty if they cannot be met together."""
    kept: list[Bounds] = [{}]
    for demand in demands:
        merged = [both for one in kept for other in demand if (both := _both(one, other)) is not None]
        kept = _weakest(merged)
    return kept


def _both(one: Bounds, other: Bounds) -> Bounds | None:
    merged = dict(one)
    for column, (levels, unknown) in other.items():
        old_levels, old_unknown = merged.get(column, (FULL, True))
        merged[column] = (levels & old_levels, unknown and old_unknown)
        if merged[column] == (0, False):
            return None
    return merged


def _weakest(found: list[Bounds]) -> list[Bounds]:
    """Without those that ask for at least as much as another one."""
    kept: list[Bounds] = []
    for bounds in found:
        if any(_implies(bounds, other) for other in kept):
            continue
        kept = [other for other in kept if not _implies(other, bounds)]
        kept.append(bounds)
    return kept


def _implies(strict: Bounds, loose: Bounds) -> bool:
    for column, (levels, unknown) in loose.items():
        mine, mine_unknown = strict.get(column, (FULL, True))
        if mine & ~levels or (mine_unknown and not unknown):
            return False
    return True


def _above(level: int) -> int:
    """Bits of the levels above this one."""
    return FULL & ~((1 << (level + 1)) - 1)


def _satisfying(cmp: str, level: int) -> int:
    """Bits of the levels for which a clause holds."""
    tests = {
        "<": lambda x: x < level,
        "<=": lambda x: x <= level,
        "=": lambda x: x == level,
        ">=": lambda x: x >= level,
        ">": lambda x: x > level,
    }
    return sum(1 << x for x in range(5) if tests[cmp](x))
