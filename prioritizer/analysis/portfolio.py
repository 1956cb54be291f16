"""Which use cases to start together, within what there is time and money for: chosen exactly.

A 0-1 knapsack with exclusions, by dominance (Nemhauser & Ullmann 1969) and an upper bound
(Dantzig 1957). Sums are whole numbers of billionths, so that equal is equal.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.errors import PrioritizerError
from prioritizer.scoring.dimensions import PLACES

CHANGE_SHARE = 0.5
"""Budget for change (training, process, ownership) below this share of engineering stalls pilots (rubric §7)."""

_State = tuple[int, int, tuple[int, ...]]
"""Value, cost, and what is chosen so far."""


def choose(
    values: Sequence[float],
    costs: Sequence[float],
    capacity: float,
    exclusions: Iterable[Iterable[int]] = (),
) -> tuple[int, ...]:
    """The set of greatest value that fits.

    Ties go to the lower cost, then to the lower indices.

    Args:
        values: (n,) at least 0.
        costs: (n,) at least 0, in weeks or money.
        capacity: Most that they may cost together.
        exclusions: Groups of which at most one may be chosen.

    Returns:
        Indices, ascending.

    Raises:
        PrioritizerError: A number is missing or negative, or an index is not there.
    """
    worth, price, limit = _whole(values, "value"), _whole(costs, "cost"), _whole([capacity], "capacity")[0]
    if len(worth) != len(price):
        raise PrioritizerError(
            f"There are {len(worth)} values and {len(price)} costs; each needs one of both."
        )
    conflicts = _conflicts(exclusions, len(worth))
    bound = _Bound(worth, price)
    best = _greedy(worth, price, limit, conflicts)
    # From the last to the first: putting a lower index in front keeps the order of equal sets.
    layers: dict[int, list[_State]] = {0: [(0, 0, ())]}
    for item in range(len(worth) - 1, -1, -1):
        following: dict[int, list[_State]] = defaultdict(list)
        for blocked, states in layers.items():
            open_ = blocked & ((1 << item) - 1)
            following[open_] += states
            if not blocked >> item & 1:
                taken = (blocked | conflicts[item]) & ((1 << item) - 1)
                following[taken] += [
                    (v + worth[item], c + price[item], (item, *s))
                    for v, c, s in states
                    if c + price[item] <= limit
                ]
        layers = {}
        for blocked, states in following.items():
            hopeful = [s for s in states if s[0] + bound.of(item, limit - s[1]) >= best]
            if hopeful:
                layers[blocked] = _undominated(hopeful)
                best = max(best, layers[blocked][-1][0])
    return min((s for states in layers.values() for s in states), key=lambda s: (-s[0], s[1], s[2]))[2]


def chosen_shares(
    values: npt.ArrayLike,
    costs: Sequence[float],
    capacity: float,
    exclusions: Iterable[Iterable[int]] = (),
) -> Floats:
    """How often each is chosen over some draws.

    Args:
        values: (d, n) one exact choice for each row.
        costs: (n,).
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
    for row in draws.tolist():
        counts[list(choose(row, costs, capacity, groups))] += 1
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


def _greedy(worth: list[int], price: list[int], limit: int, conflicts: list[int]) -> int:
    """The value of a good set, below which nothing has to be looked at."""
    value, left, blocked = 0, limit, 0
    for item in sorted(range(len(worth)), key=lambda i: (-worth[i] / price[i] if price[i] else -math.inf, i)):
        if price[item] <= left and not blocked >> item & 1:
            value, left, blocked = value + worth[item], left - price[item], blocked | conflicts[item]
    return value


class _Bound:
    """The most that the items before an index can add, if they could be cut."""

    def __init__(self, worth: list[int], price: list[int]) -> None:
        self._worth, self._price = worth, price
        self._order = sorted(range(len(worth)), key=lambda i: -worth[i] / price[i] if price[i] else -math.inf)

    def of(self, before: int, left: int) -> int:
        """Never too small: rounded up."""
        total = 0
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
    """Those that no other beats in value and cost; of equal ones the lowest indices. Ascending in both."""
    kept: list[_State] = []
    for state in sorted(states, key=lambda s: (s[1], -s[0], s[2])):
        if not kept or state[0] > kept[-1][0]:
            kept.append(state)
    return kept
