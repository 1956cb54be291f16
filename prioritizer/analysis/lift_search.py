"""The cheapest choice of levels that reaches the thresholds: exact, dimension by dimension.

Costs are compared in this order: cells touched, level steps, roles. Each dimension gives a
table of what it can score for which cost; tables are added, keeping for each cost
the most that can be had. Touched cells are settled first, then steps among those, then
roles among those, which keeps every table small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from prioritizer.scoring.dimensions import compared


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be done with one cell.

    Attributes:
        column: The criterion.
        touched: 1 if it is changed, confirmed or proven, else 0.
        steps: Levels that it rises; an unknown one rises from 0.
        role: A bit for who brings it, or 0.
        unknown: 1 if it stays unknown.
        counts: The level at which it is scored.
        cap: The level at which it is taken for the cap.
        to: The new level; −1 if untouched.
    """

    column: int
    touched: int
    steps: int
    role: int
    unknown: int
    counts: int
    cap: int
    to: int = -1


class Cost(NamedTuple):
    """What a choice costs; ``unknown`` counts cells that stay unknown (coverage)."""

    touched: int = 0
    steps: int = 0
    roles: int = 0
    unknown: int = 0


Choice = tuple[Option, ...]
Table = dict[Cost, tuple[float, Choice]]
"""For a cost, the most that can be had and how."""

Project = Callable[[Option], Cost]


@dataclass(frozen=True)
class Part:
    """Cells that are scored together: a dimension, or (``score`` none) cells that score nothing.

    Attributes:
        cells: For each cell its options.
        weights: For each cell its weight in the mean.
        score: From (weighted mean 0–4, lowest level for the cap or 4) to what it adds to the
            goal; none if that is not enough.
        capped: Whether the lowest level matters.
    """

    cells: tuple[tuple[Option, ...], ...]
    weights: tuple[float, ...]
    score: Callable[[float], float | None] | None
    capped: bool
    tables: dict[tuple[Project, bool], Table] = field(default_factory=dict, compare=False)
    """Worked out once for each way of counting the cost."""


@dataclass(frozen=True)
class Problem:
    """Parts whose sum must reach ``goal`` with at most ``unknown`` cells left unknown.

    ``roles`` are bits that are needed anyway.
    """

    parts: tuple[Part, ...]
    goal: float
    unknown: int
    roles: int = 0


def fewest_touched(problem: Problem) -> int | None:
    """How many cells have to be touched at least; none if it cannot be done."""
    total = _sum([_table(p, _touched_only, best_only=True) for p in problem.parts])
    return min((c.touched for c, (value, _) in total.items() if _reaches(problem, c, value)), default=None)


def fewest_steps(problem: Problem, touched: int) -> int:
    """How few level steps do, with so many cells touched."""
    total = _sum(_within(problem, _without_roles, touched))
    return min(
        c.steps for c, (value, _) in total.items() if c.touched == touched and _reaches(problem, c, value)
    )


def fewest_roles(problem: Problem, touched: int, steps: int) -> tuple[int, Choice]:
    """The role bits and the choice with the fewest roles, with so many cells and steps."""
    bounds = _within(problem, _without_roles, touched)
    rest: list[Table] = [{Cost(): (0.0, ())}]
    for table in reversed(bounds):
        rest.append(_pareto(_add(rest[-1], table)))
    rest.reverse()

    tables = _within(problem, _everything, touched)
    found: Table = {Cost(): (0.0, ())}
    for table, after in zip(tables, rest[1:], strict=True):
        found = {
            cost: entry
            for cost, entry in _add(found, table).items()
            if _can_end(problem, cost, entry[0], after, touched, steps)
        }
    ends = [
        ((cost.roles | problem.roles).bit_count(), cost.roles, choice)
        for cost, (value, choice) in found.items()
        if (cost.touched, cost.steps) == (touched, steps) and _reaches(problem, cost, value)
    ]
    _, roles, choice = min(ends, key=lambda end: end[0])
    return roles, choice


def _reaches(problem: Problem, cost: Cost, value: float) -> bool:
    return cost.unknown <= problem.unknown and compared(value) >= problem.goal


def _can_end(problem: Problem, cost: Cost, value: float, after: Table, touched: int, steps: int) -> bool:
    return any(
        cost.touched + more.touched <= touched
        and cost.steps + more.steps <= steps
        and cost.unknown + more.unknown <= problem.unknown
        and compared(value + most) >= problem.goal
        for more, (most, _) in after.items()
    )


def _within(problem: Problem, project: Project, touched: int) -> list[Table]:
    """Tables without what touches more cells than the others leave room for."""
    tables = [_table(p, project) for p in problem.parts]
    least = [min((c.touched for c in table), default=0) for table in tables]
    slack = touched - sum(least)
    return [
        _pareto({c: entry for c, entry in table.items() if c.touched <= low + slack})
        for table, low in zip(tables, least, strict=True)
    ]


def _touched_only(option: Option) -> Cost:
    return Cost(option.touched, 0, 0, option.unknown)


def _without_roles(option: Option) -> Cost:
    return Cost(option.touched, option.steps, 0, option.unknown)


def _everything(option: Option) -> Cost:
    return Cost(option.touched, option.steps, option.role, option.unknown)


def _plus(a: Cost, b: Cost) -> Cost:
    return Cost(a.touched + b.touched, a.steps + b.steps, a.roles | b.roles, a.unknown + b.unknown)


def _table(part: Part, project: Project, *, best_only: bool = False) -> Table:
    """What one part can add, by cost."""
    key = (project, best_only)
    if key not in part.tables:
        part.tables[key] = _make_table(part, project, best_only)
    return part.tables[key]


def _make_table(part: Part, project: Project, best_only: bool) -> Table:
    if part.score is None:
        return _pareto({c: (0.0, choice) for c, (_, choice) in _grow(part, project, part.cells).items()})
    found: Table = {}
    total = sum(part.weights)
    for floor in range(5) if part.capped else (4,):
        cells = [_usable(options, floor if part.capped else 0, best_only) for options in part.cells]
        if not all(cells):
            continue
        for cost, (levels, choice) in _grow(part, project, cells).items():
            mean = min(levels / total, floor + 1) if part.capped else levels / total
            value = part.score(mean)
            if value is not None and (cost not in found or value > found[cost][0]):
                found[cost] = (value, choice)
    return _pareto(found)


def _usable(options: Sequence[Option], floor: int, best_only: bool) -> Sequence[Option]:
    """Options that keep the cap above ``floor``; ``best_only`` keeps the highest of those that touch."""
    kept = [o for o in options if o.cap >= floor]
    if not best_only:
        return kept
    raised = [o for o in kept if o.touched]
    return [o for o in kept if not o.touched] + ([max(raised, key=lambda o: o.counts)] if raised else [])


def _grow(part: Part, project: Project, cells: Iterable[Sequence[Option]]) -> Table:
    """Adds cell after cell; for each cost the highest weighted sum of levels."""
    table: Table = {Cost(): (0.0, ())}
    for weight, options in zip(part.weights, cells, strict=True):
        grown: Table = {}
        for cost, (levels, choice) in table.items():
            for option in options:
                sum_ = levels + weight * option.counts
                new = _plus(cost, project(option))
                if new not in grown or sum_ > grown[new][0]:
                    grown[new] = (sum_, (*choice, option))
        table = grown
    return table


def _sum(tables: Sequence[Table]) -> Table:
    total: Table = {Cost(): (0.0, ())}
    for table in tables:
        total = _pareto(_add(total, table))
    return total


def _add(one: Table, other: Table) -> Table:
    total: Table = {}
    for a, (x, left) in one.items():
        for b, (y, right) in other.items():
            cost = _plus(a, b)
            if cost not in total or x + y > total[cost][0]:
                total[cost] = (x + y, left + right)
    return total


def _pareto(table: Table) -> Table:
    """Without what another entry has for no more cost; of equals, the first."""
    kept: list[tuple[Cost, float, Choice]] = []
    # Whatever can beat an entry comes before it.
    entries = sorted(
        table.items(),
        key=lambda e: (e[0].touched, e[0].steps, e[0].unknown, -e[1][0], e[0].roles.bit_count()),
    )
    for cost, (value, choice) in entries:
        beaten = any(
            k.touched <= cost.touched
            and k.steps <= cost.steps
            and k.unknown <= cost.unknown
            and not k.roles & ~cost.roles
            and v >= value
            for k, v, _ in kept
        )
        if not beaten:
            kept.append((cost, value, choice))
    return {cost: (value, choice) for cost, value, choice in kept}
