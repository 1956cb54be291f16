"""From one use case and one branch of bounds to the search problem: what can be done with each cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from prioritizer.analysis.lift_bounds import FULL, Branch, Goal
from prioritizer.analysis.lift_search import Option, Part, Problem
from prioritizer.scoring.dimensions import compared
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.scoring.rules import DimensionRule, Rules

Score = Callable[[float], float | None]


@dataclass(frozen=True)
class Cells:
    """The cells of one use case on its way to a goal.

    Attributes:
        evaluation: The ranking it stands in.
        row: Its row.
        goal: Where to.
        cleared: Positions of the gates that the room set aside.
        role_bits: A bit for each role of the preset.
    """

    evaluation: Evaluation
    row: int
    goal: Goal
    cleared: frozenset[int]
    role_bits: dict[str, int]

    def problem(self, branch: Branch, roles: int) -> Problem | None:
        """The search problem of a branch; none if one of its bounds cannot be met by raising levels."""
        rules = self.evaluation.rules
        t = rules.thresholds
        total = sum(d.weight for d in rules.readiness)
        parts: list[Part] = []
        dimension_columns: set[int] = set()
        for dimension in rules.readiness if self.goal != "leave-not-yet" else ():
            columns = [int(c) for c in dimension.columns]
            dimension_columns |= set(columns)
            todo = dict(zip(columns, dimension.todo.tolist(), strict=True))
            cells = tuple(self._options(c, branch, todo=todo[c]) for c in columns)
            if self.goal == "leave-incubate" and compared(self._score(dimension.id)) >= t.dimension:
                cells = tuple(_needed(options) for options in cells)
            score = _share(dimension, total, t.dimension) if self.goal == "pilot" else _counter(t.dimension)
            parts.append(Part(cells, dimension.weights, score, t.cap))
        others = [int(c) for c in rules.scored if int(c) not in dimension_columns]
        if rules.worth >= 0:
            others.append(rules.worth)
        cells = tuple(_needed(self._options(c, branch)) for c in others)
        parts.append(Part(cells, (1.0,) * len(cells), None, False))
        if not all(options for part in parts for options in part.cells):
            return None
        if self.goal == "pilot":
            return Problem(tuple(parts), t.readiness, unknown_allowed(rules, t.pilot_coverage), roles)
        needed = (
            max(0, len(rules.readiness) - (t.weak_dimensions - 1)) if self.goal == "leave-incubate" else 0
        )
        return Problem(tuple(parts), float(needed), rules.criteria, roles)

    def _score(self, dimension_id: str) -> float:
        position = [d.id for d in self.evaluation.rules.readiness].index(dimension_id)
        return float(self.evaluation.columns.scores[self.row, position])

    def _options(self, column: int, branch: Branch, *, todo: bool = False) -> tuple[Option, ...]:
        rules, columns = self.evaluation.rules, self.evaluation.columns
        level = int(columns.levels[self.row, column])
        known = level >= 0
        allowed, may_stay_unknown = branch.bounds.get(column, (FULL, True))
        raised = branch.raised.get(column, 0)
        role = self.role_bits.get(rules.preset.criterion[column].role or "", 0)
        need = self.goal == "pilot" and column != rules.worth and self.needs_word(column)

        def option(touched: int, to: int, counts: int, unknown: int = 0) -> Option:
            counts = max(counts, raised)
            cap = 1 if todo and counts == 0 else counts
            steps = to - max(level, 0) if touched else 0
            return Option(column, touched, steps, role if touched else 0, unknown, counts, cap, to)

        found: list[Option] = []
        if known and allowed >> level & 1 and not need:
            found.append(option(0, -1, level))
        if not known and may_stay_unknown and not need:
            # To be piloted, what is unknown counts as 0; else as 1 (rubric §3, §4).
            unknown = 0 if column == rules.worth else 1
            found.append(option(0, -1, 0 if self.goal == "pilot" else 1, unknown))
        first = 0 if not known else level if need else level + 1
        found += [option(1, to, to) for to in range(first, 5) if allowed >> to & 1]
        return tuple(found)

    def needs_word(self, column: int) -> bool:
        """A claimed level has to be confirmed, and one without the proof that a gate asks for, proven."""
        columns = self.evaluation.columns
        if columns.claimed[self.row, column]:
            return True
        return self.proof_asked(column) and not columns.proven[self.row, column]

    def proof_asked(self, column: int) -> bool:
        """Whether a gate passes only with a document or a measurement."""
        gates = self.evaluation.rules.gates
        return any(r.column == column and r.gate.proof and i not in self.cleared for i, r in enumerate(gates))


def unknown_allowed(rules: Rules, share: float) -> int:
    """How many cells may stay unknown for this coverage."""
    total = len(rules.scored)
    return next((u for u in range(total, 0, -1) if compared((total - u) / total) >= share), 0)


def _needed(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Of a cell that scores nothing: to leave it, and to raise it no further than it must be."""
    left = [o for o in options if not o.touched]
    if left and not left[0].unknown:
        return (left[0],)
    raised = [o for o in options if o.touched]
    return (*left, *raised[:1])


def _share(dimension: DimensionRule, total: float, floor: float) -> Score:
    """What a dimension adds to R, if it is not below the floor."""
    weight = dimension.weight / total if total > 0 else 0.0

    def score(mean: float) -> float | None:
        value = 25.0 * mean
        return weight * value if compared(value) >= floor else None

    return score


def _counter(floor: float) -> Score:
    """1 for a dimension that is not weak."""

    def score(mean: float) -> float | None:
        return 1.0 if compared(25.0 * mean) >= floor else 0.0

    return score
