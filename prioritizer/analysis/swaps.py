"""The smallest change of levels that makes two neighbours change places, exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.ballots import Ballots
from prioritizer.analysis.fixed import rank_keys, varied
from prioritizer.model.terms import LEVELS
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.scoring.rules import Rules

MOST = 3
"""Level steps that are tried. What takes more is no close call."""


@dataclass(frozen=True, slots=True)
class Step:
    """One cell moved.

    Attributes:
        row: Use case.
        column: Criterion.
        level: Where it stands.
        to: Where it would stand.
        people: Level steps that participants would have to move for it, all together; none
            where the level was agreed.
    """

    row: int
    column: int
    level: int
    to: int
    people: int | None


@dataclass(frozen=True, slots=True)
class Swap:
    """What puts the lower of two above the other; no steps where they are tied already."""

    above: int
    below: int
    steps: int
    changes: tuple[Step, ...]

    @property
    def one_person(self) -> bool:
        """Whether one person moving one step does it."""
        return self.steps == 1 and self.changes[0].people == 1


def smallest_swap(
    evaluation: Evaluation, above: int, below: int, ballots: Ballots, most: int = MOST
) -> Swap | None:
    """The fewest level steps, then the fewest cells, that put one use case above another.

    Args:
        evaluation: The ranking.
        above: Row of the higher one.
        below: Row of the lower one.
        ballots: For what it takes in people.
        most: Steps that are tried.

    Returns:
        None where no change of so few steps does it.
    """
    worse, better = _Tries(evaluation, above, -1), _Tries(evaluation, below, +1)
    if worse.best(0)[0] == better.best(0)[0]:
        return Swap(above, below, 0, ())
    for steps in range(1, most + 1):
        found: list[tuple[Step, ...]] = []
        for down in range(steps + 1):
            (low, lowered), (high, raised) = worse.best(down), better.best(steps - down)
            if high > low:
                changes = (
                    *_steps(evaluation, above, lowered, ballots),
                    *_steps(evaluation, below, raised, ballots),
                )
                found.append(changes)
        if found:
            return Swap(above, below, steps, min(found, key=len))
    return None


Deltas = tuple[tuple[int, int], ...]
"""Columns, and by how much each moves."""


class _Tries:
    """What so many steps can make of one use case: each number of steps is tried once, when asked for."""

    def __init__(self, evaluation: Evaluation, row: int, side: int) -> None:
        self.evaluation, self.row, self.side = evaluation, row, side
        self.levels = evaluation.inputs.levels[row]
        rules = evaluation.rules
        columns = [*rules.scored.tolist(), *([rules.worth] if rules.worth >= 0 else [])]
        self.columns = [c for c in columns if self.levels[c] >= 0]
        self.ways = (side,) if is_monotone(rules) else (side, -side)
        self._known: dict[int, tuple[int, Deltas]] = {}

    def best(self, steps: int) -> tuple[int, Deltas]:
        """The key that helps most, lowest or highest, and how to get it."""
        if steps not in self._known:
            tried = [d for d in _deltas(self.columns, steps, self.ways) if _fits(self.levels, d)]
            self._known[steps] = self._best_of(tried) if tried else self.best(steps - 1)
        return self._known[steps]

    def _best_of(self, tried: list[Deltas]) -> tuple[int, Deltas]:
        variants = np.repeat(self.levels[None, :], len(tried), axis=0)
        for variant, deltas in zip(variants, tried, strict=True):
            for column, by in deltas:
                variant[column] += by
        keys = rank_keys(varied(self.evaluation, self.row, variants)).tolist()
        best = max(range(len(tried)), key=lambda i: (self.side * keys[i], -len(tried[i]), -i))
        return keys[best], tried[best]


def _deltas(columns: list[int], steps: int, ways: tuple[int, ...]) -> Iterator[Deltas]:
    """Every way to spend so many steps on some cells; one cell first."""
    if steps == 0:
        yield ()
        return
    for cells in range(1, steps + 1):
        for sizes in _compositions(steps, cells):
            for chosen in combinations(columns, cells):
                for signs in product(ways, repeat=cells):
                    yield tuple((c, s * by) for c, s, by in zip(chosen, signs, sizes, strict=True))


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(1, total - parts + 2):
        for rest in _compositions(total - first, parts - 1):
            yield (first, *rest)


def _fits(levels: npt.NDArray[np.int8], deltas: Deltas) -> bool:
    return all(LEVELS[0] <= int(levels[column]) + by <= LEVELS[-1] for column, by in deltas)


def is_monotone(rules: Rules) -> bool:
    """Whether a higher level never harms: then only steps to one side have to be tried."""
    good = [rule for _, rule in rules.classes] + [raised.when for raised in rules.raises]
    bad = [gate.rule for gate in rules.gates if gate.rule is not None]
    top, bottom = LEVELS[-1], LEVELS[0]
    return all(
        cmp in (">=", ">") or (cmp, level) == ("=", top) for r in good for _, cmp, level in r.clauses
    ) and all(cmp in ("<=", "<") or (cmp, level) == ("=", bottom) for r in bad for _, cmp, level in r.clauses)


def _steps(evaluation: Evaluation, row: int, deltas: Deltas, ballots: Ballots) -> Iterator[Step]:
    for column, by in deltas:
        level = int(evaluation.inputs.levels[row, column])
        here = np.flatnonzero((ballots.rows == row) & (ballots.columns == column))
        said = [a for a in ballots.answers[here[0]].tolist() if a <= LEVELS[-1]] if len(here) else []
        people = person_steps(said, level + by) if said else None
        yield Step(row, column, level, level + by, people)


def person_steps(answers: list[int], target: int) -> int:
    """Level steps that people have to move, all together, until the lower median is ``target``.

    Those nearest to it move first.

    Args:
        answers: Levels given.
        target: The wanted lower median.
    """
    ordered = sorted(answers)
    middle = (len(ordered) - 1) // 2
    if ordered[middle] < target:
        return sum(target - a for a in ordered[middle:] if a < target)
    return sum(a - target for a in ordered[: middle + 1] if a > target)
