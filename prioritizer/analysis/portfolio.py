"""Which use cases to start together, within what there is time and money for: chosen exactly.

A 0-1 knapsack with one or two capacities and exclusions; `portfolio_search` has the search. Sums are
whole numbers of billionths, so that equal is equal.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.analysis.portfolio_search import Problem, best_set
from prioritizer.errors import PrioritizerError
from prioritizer.scoring.dimensions import PLACES

CHANGE_SHARE = 0.5
"""Budget for change (training, process, ownership) below this share of engineering stalls pilots (rubric §7)."""

Costs = Sequence[float] | Sequence[Sequence[float]]
"""(n,) where one thing is scarce; (n, 2) where two are."""


def choose(
    values: Sequence[float],
    costs: Costs,
    capacity: float | Sequence[float],
    exclusions: Iterable[Iterable[int]] = (),
    fits: Iterable[int] = (),
) -> tuple[int, ...]:
    """The set of greatest value that fits.

    Ties go to the lower cost (of two things to the lower first cost, then the second), then to the
    lower indices.

    Args:
        values: (n,) at least 0.
        costs: (n,) at least 0, in weeks or money; (n, 2) for both at once.
        capacity: Most that they may cost together; two of them for two costs.
        exclusions: Groups of which at most one may be chosen.
        fits: A set that may be a good one: the better it is, the faster the best is found. One that does not fit
            counts for nothing.

    Returns:
        Indices, ascending.

    Raises:
        PrioritizerError: A number is missing or negative, or an index is not there.
    """
    worth, limits = _whole(values, "value"), _whole(_each(capacity), "capacity")
    first, second = _prices(costs, len(limits))
    limits = [*limits, 0][:2]
    if len(worth) != len(first):
        raise PrioritizerError(
            f"There are {len(worth)} values and {len(first)} costs; each needs one of both."
        )
    groups = [sorted(set(group)) for group in exclusions]
    conflicts = _conflicts(groups, len(worth))
    able = [i for i in range(len(worth)) if first[i] <= limits[0] and second[i] <= limits[1]]
    # One whole number says all of it: value, then both costs, then which comes first.
    after_second = len(worth)
    after_first = after_second + sum(second).bit_length()
    after_value = after_first + sum(first).bit_length()
    score = [
        (v << after_value) - (a << after_first) - (b << after_second) + (1 << (len(worth) - 1 - i))
        for i, (v, a, b) in enumerate(zip(worth, first, second, strict=True))
    ]
    problem = Problem(score, first, second, (limits[0], limits[1]), _classes(groups, able), conflicts)
    known = max(_score(problem, tuple(fits)), _greedy(problem, able))
    taken = best_set(problem, known)
    found = [i for i in able if taken >> i & 1]
    # What is worth nothing and costs nothing stands before another one, or not at all.
    while found and not (worth[found[-1]] or first[found[-1]] or second[found[-1]]):
        found.pop()
    return tuple(found)


def chosen_shares(
    values: npt.ArrayLike,
    costs: Costs,
    capacity: float | Sequence[float],
    exclusions: Iterable[Iterable[int]] = (),
) -> Floats:
    """How often each is chosen over some draws.

    Args:
        values: (d, n) one exact choice for each row.
        costs: As for `choose`.
        capacity: As for `choose`.
        exclusions: As for `choose`.

    Returns:
        (n,) shares of the draws.
    """
    draws = np.asarray(values, dtype=np.float64)
    if draws.ndim != 2 or not len(draws):
        raise PrioritizerError("There are no draws; ask for at least one.")
    groups = [tuple(group) for group in exclusions]
    counts = np.zeros(draws.shape[1], dtype=np.int64)
    found: tuple[int, ...] = ()
    for row in draws.tolist():
        found = choose(row, costs, capacity, groups, found)
        counts[list(found)] += 1
    return np.asarray(counts / len(draws), dtype=np.float64)


def change_budget_is_thin(engineering: float, change: float) -> bool:
    """Whether the budget for change is under half of that for engineering."""
    return change < CHANGE_SHARE * engineering


def _whole(numbers: Sequence[float], what: str) -> list[int]:
    found = []
    for number in numbers:
        value = float(number)
        if not math.isfinite(value):
            raise PrioritizerError(f"A {what} is not a number.")
        if value < 0:
            raise PrioritizerError(f"A {what} is negative ({value:g}); 0 is the least.")
        found.append(round(value * 10**PLACES))
    return found


def _conflicts(exclusions: Iterable[Iterable[int]], n: int) -> list[int]:
    """For each item the set of those that it rules out, as bits."""
    conflicts = [0] * n
    for group in exclusions:
        members = sorted(set(group))
        if any(not 0 <= item < n for item in members):
            raise PrioritizerError(f"An exclusion names an item that there is not; they are 0 to {n - 1}.")
        for item in members:
            for other in members:
                if other != item:
                    conflicts[item] |= 1 << other
    return conflicts


def _each(capacity: float | Sequence[float]) -> list[float]:
    limits: list[float] = np.atleast_1d(np.asarray(capacity, dtype=np.float64)).tolist()
    if not 1 <= len(limits) <= 2:
        raise PrioritizerError(f"There are {len(limits)} capacities; one or two can be looked at at once.")
    return limits


def _prices(costs: Costs, wanted: int) -> tuple[list[int], list[int]]:
    """Both costs of each; zeros where one thing is scarce."""
    rows = [each if isinstance(each, Sequence | np.ndarray) else (each,) for each in costs]
    if any(len(row) != wanted for row in rows):
        raise PrioritizerError("Every use case needs a cost for each capacity, and no other.")
    first = _whole([row[0] for row in rows], "cost")
    return first, _whole([row[1] for row in rows], "cost") if wanted == 2 else [0] * len(rows)


def _classes(groups: Sequence[Sequence[int]], able: Sequence[int]) -> list[list[int]]:
    """Each item in one class: of its first group what no other has, or by itself."""
    left, classes = set(able), []
    for group in groups:
        members = [item for item in group if item in left]
        left.difference_update(members)
        if members:
            classes.append(members)
    return classes + [[item] for item in able if item in left]


def _greedy(problem: Problem, able: Sequence[int]) -> int:
    """The score of a good set, below which nothing has to be looked at."""
    one, two = (max(limit, 1) for limit in problem.limits)
    price = {i: problem.first[i] / one + problem.second[i] / two for i in able}
    gaining = [i for i in able if problem.worth[i] > 0]
    top = max((problem.worth[i] for i in gaining), default=1)  # a score may be longer than a float can say
    score, left, blocked = 0, list(problem.limits), 0
    for item in sorted(
        gaining, key=lambda i: -(problem.worth[i] / top) / price[i] if price[i] else -math.inf
    ):
        fits = problem.first[item] <= left[0] and problem.second[item] <= left[1]
        if fits and not blocked >> item & 1:
            score, blocked = score + problem.worth[item], blocked | problem.conflicts[item]
            left = [left[0] - problem.first[item], left[1] - problem.second[item]]
    return score


def _score(problem: Problem, items: Sequence[int]) -> int:
    """The score of a set; 0, which is that of choosing nothing, where it does not fit."""
    if not all(0 <= i < len(problem.worth) for i in items) or len(set(items)) < len(items):
        return 0
    taken = sum(1 << i for i in items)
    at_odds = any(problem.conflicts[i] & taken for i in items)
    spent = (sum(problem.first[i] for i in items), sum(problem.second[i] for i in items))
    fits = not at_odds and spent[0] <= problem.limits[0] and spent[1] <= problem.limits[1]
    return sum(problem.worth[i] for i in items) if fits else 0
