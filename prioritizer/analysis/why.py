"""Why a use case has its readiness, and why one stands above another.

Same lane and class: the shortest sufficient reason, that is the pros by size until
they exceed the sum of the cons (Labreuche 2011, "A general framework for explaining
the results of a multi-attribute preference model", Artificial Intelligence 175).
Other lanes are explained by their rules, never by the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from prioritizer.scoring.dimensions import compared
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.scoring.rules import DimensionRule


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one dimension adds to readiness.

    Attributes:
        dimension: Its id.
        weight: Its share of the weights, 0–1.
        score: Its score, 0–100.
        part: weight × score; the parts sum to R.
        mean: The score without the cap, 0–100.
        capped: The weakest fact, and not the mean, decides.
        weakest: Columns of the criteria with the lowest counted level.
    """

    dimension: str
    weight: float
    score: float
    part: float
    mean: float
    capped: bool
    weakest: tuple[int, ...]


def contributions(evaluation: Evaluation, row: int) -> tuple[Contribution, ...]:
    """The parts of R, in the preset's order of dimensions; those without a score are left out."""
    rules, columns = evaluation.rules, evaluation.columns
    total = sum(d.weight for d in rules.readiness)
    found: dict[str, Contribution] = {}
    for position, dimension in enumerate(rules.readiness):
        weight = dimension.weight / total if total > 0 else 0.0
        score = float(columns.scores[row, position])
        counted = {int(c): int(columns.counted[row, c]) for c in dimension.columns}
        mean = _mean(dimension, counted)
        lowest = min(counted.values())
        found[dimension.id] = Contribution(
            dimension=dimension.id,
            weight=weight,
            score=score,
            part=weight * score,
            mean=mean,
            capped=compared(score) < compared(mean),
            weakest=tuple(c for c in sorted(counted) if counted[c] == lowest),
        )
    return tuple(found[d] for d in rules.dimension_ids if d in found)


def _mean(dimension: DimensionRule, counted: dict[int, int]) -> float:
    levels = [
        weight * counted[int(c)] for c, weight in zip(dimension.columns, dimension.weights, strict=True)
    ]
    return 25.0 * sum(levels) / sum(dimension.weights)


Ground = Literal["room", "lane", "class", "readiness", "worth", "title"]


@dataclass(frozen=True, slots=True)
class Pro:
    """One dimension that speaks for A over B.

    Attributes:
        dimension: Its id.
        delta: Weighted difference of the scores, A − B; positive.
        column: The criterion whose levels say it best, or −1.
    """

    dimension: str
    delta: float
    column: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Why A stands over B.

    Attributes:
        above: Row of A, the higher one.
        below: Row of B.
        ground: The first key of the order in which they differ; ``room`` if a lane
            decided by the room does it; ``title`` if they are tied.
        pros: The shortest sufficient reason, largest first; only for ``readiness``.
        cons: The dimensions that speak for B, largest first; only for ``readiness``.
    """

    above: int
    below: int
    ground: Ground
    pros: tuple[Pro, ...] = ()
    cons: tuple[Pro, ...] = ()


def compare(evaluation: Evaluation, one: int, other: int) -> Comparison:
    """Why the higher of two rows stands over the other; the rows may come in either order."""
    places = {int(row): place for place, row in enumerate(evaluation.order) if row in (one, other)}
    above, below = (one, other) if places[one] < places[other] else (other, one)
    c = evaluation.columns
    if c.lanes[above] != c.lanes[below]:
        decided = any(c.lanes[row] != c.lanes_by_rules[row] for row in (above, below))
        return Comparison(above, below, "room" if decided else "lane")
    if c.classes[above] != c.classes[below]:
        return Comparison(above, below, "class")
    if compared(float(c.readiness[above])) != compared(float(c.readiness[below])):
        pros, cons = sufficient_reason(evaluation, above, below)
        return Comparison(above, below, "readiness", pros, cons)
    return Comparison(above, below, "worth" if c.worth[above] != c.worth[below] else "title")


def sufficient_reason(
    evaluation: Evaluation, above: int, below: int
) -> tuple[tuple[Pro, ...], tuple[Pro, ...]]:
    """Pros by size until they exceed the sum of the cons, and all cons.

    Args:
        evaluation: The ranking.
        above: Row with the higher readiness.
        below: Row with the lower one.
    """
    pros: list[Pro] = []
    cons: list[Pro] = []
    other = {c.dimension: c for c in contributions(evaluation, below)}
    for mine in contributions(evaluation, above):
        delta = compared(mine.part - other[mine.dimension].part)
        if delta > 0:
            pros.append(Pro(mine.dimension, delta, telling(evaluation, mine.dimension, above, below)))
        elif delta < 0:
            cons.append(Pro(mine.dimension, -delta, telling(evaluation, mine.dimension, below, above)))
    # A stable sort: equal sizes stay in the preset's order.
    pros.sort(key=lambda p: -p.delta)
    cons.sort(key=lambda p: -p.delta)
    needed = sum(p.delta for p in cons)
    enough: list[Pro] = []
    for pro in pros:
        enough.append(pro)
        if compared(sum(p.delta for p in enough)) > compared(needed):
            break
    return tuple(enough), tuple(cons)


def telling(evaluation: Evaluation, dimension_id: str, better: int, worse: int) -> int:
    """The criterion of a dimension whose levels tell best why one row scores higher there.

    The weakest of the worse row where a cap bites on it, else the largest weighted
    difference; the first in the preset's order among equals; −1 if none is better.
    """
    columns = evaluation.columns
    rule = next(d for d in evaluation.rules.readiness if d.id == dimension_id)
    parts = {c.dimension: c for c in contributions(evaluation, worse)}
    weights = {int(c): w for c, w in zip(rule.columns, rule.weights, strict=True)}
    candidates: Sequence[int] = sorted(weights)
    if parts[dimension_id].capped:
        candidates = parts[dimension_id].weakest

    def gain(column: int) -> float:
        return weights[column] * (int(columns.counted[better, column]) - int(columns.counted[worse, column]))

    best = max(candidates, key=gain, default=-1)
    if best >= 0 and gain(best) > 0:
        return best
    best = max(sorted(weights), key=gain)
    return best if gain(best) > 0 else -1
