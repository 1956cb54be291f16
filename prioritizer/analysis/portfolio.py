"""Which use cases to start together, within what there is time and money for: chosen exactly.

A 0-1 knapsack with one or two capacities and exclusions, by dominance (Nemhauser & Ullmann 1969)
and an upper bound (Dantzig 1957; of two capacities the least of the bounds of each, and of both
added up: a surrogate constraint, Glover 1968). Sums are whole numbers of billionths, so that equal
is equal.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.errors import PrioritizerError
from prioritizer.scoring.dimensions import PLACES

CHANGE_SHARE = 0.5
"""Budget for change (training, process, ownership) below this share of engineering stalls pilots (rubric §7)."""

Costs = Sequence[float] | Sequence[Sequence[float]]
"""(n,) where one thing is scarce; (n, 2) where two are."""

_State = tuple[int, int, int, tuple[int, ...]]
"""Value, both costs (the second is 0 where one thing is scarce), and what is chosen so far."""


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
        fits: A set that is known to fit; the better it is, the faster this one is found.

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
    conflicts = _conflicts(exclusions, len(worth))
    bounds = _bounds(worth, first, second, limits)
    known = sum(worth[item] for item in fits)
    best = max(known, _greedy(worth, first, second, limits, conflicts))
    # From the last to the first: putting a lower index in front keeps the order of equal sets.
    layers: dict[int, list[_State]] = {0: [(0, 0, 0, ())]}
    for item in range(len(worth) - 1, -1, -1):
        following: dict[int, list[_State]] = defaultdict(list)
        own, a, b = worth[item], first[item], second[item]
        for blocked, states in layers.items():
            open_ = blocked & ((1 << item) - 1)
            following[open_] += states
            if not blocked >> item & 1:
                taken = (blocked | conflicts[item]) & ((1 << item) - 1)
                following[taken] += [
                    (v + own, c + a, d + b, (item, *chosen))
                    for v, c, d, chosen in states
                    if c + a <= limits[0] and d + b <= limits[1]
                ]
        layers = {}
        for blocked, states in following.items():
            hopeful = [s for s in states if all(s[0] + each.of(item, s) >= best for each in bounds)]
            if hopeful:
                layers[blocked] = _undominated(hopeful)
                best = max(best, *(s[0] for s in layers[blocked]))
    found = min((s for states in layers.values() for s in states), key=lambda s: (-s[0], *s[1:]))
    return found[3]


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
    limits = [float(capacity)] if isinstance(capacity, int | float) else [float(each) for each in capacity]
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


def _together(first: list[int], second: list[int], limits: list[int]) -> tuple[list[int], int]:
    """Both costs added up, each weighed by what there is of the other: whole numbers."""
    return [a * limits[1] + b * limits[0] for a, b in zip(first, second, strict=True)], 2 * limits[
        0
    ] * limits[1]


def _greedy(
    worth: list[int], first: list[int], second: list[int], limits: list[int], conflicts: list[int]
) -> int:
    """The value of a good set, below which nothing has to be looked at."""
    price = _together(first, second, limits)[0] if limits[1] else first
    value, left, blocked = 0, list(limits), 0
    for item in sorted(range(len(worth)), key=lambda i: (-worth[i] / price[i] if price[i] else -math.inf, i)):
        if first[item] <= left[0] and second[item] <= left[1] and not blocked >> item & 1:
            value, blocked = value + worth[item], blocked | conflicts[item]
            left = [left[0] - first[item], left[1] - second[item]]
    return value


def _bounds(worth: list[int], first: list[int], second: list[int], limits: list[int]) -> list[_Bound]:
    bounds = [_Bound(worth, first, limits[0], (1, 0))]
    if any(second):
        bounds.append(_Bound(worth, second, limits[1], (0, 1)))
        both, limit = _together(first, second, limits)
        bounds.append(_Bound(worth, both, limit, (limits[1], limits[0])))
    return bounds


class _Bound:
    """The most that the items before an index can add under one capacity, if they could be cut."""

    def __init__(self, worth: list[int], price: list[int], limit: int, weigh: tuple[int, int]) -> None:
        self._worth, self._price, self._limit, self._weigh = worth, price, limit, weigh
        self._order = sorted(range(len(worth)), key=lambda i: -worth[i] / price[i] if price[i] else -math.inf)

    def of(self, before: int, state: _State) -> int:
        """Never too small: rounded up."""
        total, left = 0, self._limit - self._weigh[0] * state[1] - self._weigh[1] * state[2]
        for item in self._order:
            if item >= before:
                continue
            if self._price[item] <= left:
                total += self._worth[item]
                left -= self._price[item]
            else:
                return total + -(-self._worth[item] * left // self._price[item])
        return total


def _undominated(states: list[_State]) -> list[_State]:
    """Those that no other beats in value and both costs; of equal ones the lowest indices."""
    kept: list[_State] = []
    # What is kept so far costs no more of the first thing; of it, the best value for each second cost.
    costs: list[int] = []
    best: list[int] = []
    for state in sorted(states, key=lambda s: (s[1], s[2], -s[0], s[3])):
        value, cost = state[0], state[2]
        place = bisect_right(costs, cost)
        if place and best[place - 1] >= value:
            continue
        kept.append(state)
        start = place - 1 if place and costs[place - 1] == cost else place
        end = start
        while end < len(best) and best[end] <= value:
            end += 1
        costs[start:end], best[start:end] = [cost], [value]
    return kept
