"""The exact choice of a portfolio: classes of which one at most is taken, within one or two capacities.

A set is worth what its items are worth; with a price on each capacity (Lagrange; Everett 1963) each class
has one best choice, and whatever deviates from it, or leaves capacity over, loses a known amount. Sets are
searched by how much they may lose together, a little at first and then more, until one is found: the first
is the best. Of partial sets only those go on that no other beats in worth and both costs (Nemhauser &
Ullmann 1969). All sums that decide are whole numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from prioritizer.analysis.bits import Floats

_SHIFT = 30
"""Binary places of a price."""

_LITTLE = 8
"""The first search may lose this power of a half of the bound."""

_STEPS = 70
"""Of the ellipsoid method; each takes a seventh off the area where the best prices are."""

State = tuple[int, int, int, int]
"""Worth, both costs, and what is taken, as bits."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be chosen from.

    Attributes:
        worth: Of each item, a whole number of any length; what is below 0 is never taken.
        first: Its first cost.
        second: Its second cost; zeros where there is one capacity.
        limits: Both capacities.
        classes: Every item that fits alone, in exactly one class; of a class one at most is taken.
        conflicts: For each item those that it rules out, as bits: of a class all others, and more.
    """

    worth: Sequence[int]
    first: Sequence[int]
    second: Sequence[int]
    limits: tuple[int, int]
    classes: Sequence[Sequence[int]]
    conflicts: Sequence[int]


def best_set(problem: Problem, known: int) -> int:
    """What is worth most, as bits; where several are, one of them.

    Args:
        problem: What is to be chosen from.
        known: The worth of a set that fits, at least 0, that of taking nothing; the better, the faster.
    """
    search = _Search(problem)
    room = search.bound - (known << _SHIFT)
    allowed = min(room, search.bound >> _LITTLE)
    while True:
        found = search.within(allowed)
        if found is not None:
            return found
        allowed = min(room, 4 * allowed + 1)


class _Search:
    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._prices = _prices(problem)
        p, (one, two) = problem, self._prices
        left = [(w << _SHIFT) - one * a - two * b for w, a, b in zip(p.worth, p.first, p.second, strict=True)]
        ranked = []
        for members in p.classes:
            gains = sorted((0, *(left[i] for i in members)), reverse=True)
            # What is clear comes first: there is hardly a second way to go.
            ranked.append((gains[1] - gains[0], gains[0], members))
        ranked.sort(key=lambda each: each[0])
        self._classes = [(best, members) for _, best, members in ranked]
        self.bound = one * p.limits[0] + two * p.limits[1] + sum(best for best, _ in self._classes)
        """No set is worth more, in units of 1 / 2 ** `_SHIFT`."""
        # The most that the classes still to come can cost, and the items in them.
        self._later: list[tuple[int, int, int]] = [(0, 0, 0)]
        for _, members in reversed(self._classes):
            a, b, mask = self._later[-1]
            a += max(p.first[i] for i in members)
            b += max(p.second[i] for i in members)
            self._later.append((a, b, mask | sum(1 << i for i in members)))
        self._later.reverse()

    def within(self, allowed: int) -> int | None:
        """The best of the sets that lose no more than this against the bound, as bits; none where there is none."""
        p, (one, two), (room, space) = self._problem, self._prices, self._problem.limits
        worth, first, second, conflicts = p.worth, p.first, p.second, p.conflicts
        layers: dict[int, list[State]] = {0: [(0, 0, 0, 0)]}
        sure = 0
        for place, (best, members) in enumerate(self._classes, 1):
            later_a, later_b, open_ = self._later[place]
            sure += best
            most = sure - allowed
            following: dict[int, list[State]] = defaultdict(list)
            for blocked, states in layers.items():
                for item in (-1, *members):
                    if item < 0:
                        own, a, b, bit, mask = 0, 0, 0, 0, blocked & open_
                    elif blocked >> item & 1:
                        continue
                    else:
                        own, a, b, bit = worth[item], first[item], second[item], 1 << item
                        mask = (blocked | conflicts[item]) & open_
                    kept = following[mask]
                    for w, c, d, taken in states:
                        w, c, d = w + own, c + a, d + b
                        if c > room or d > space:
                            continue
                        # Its loss: what it deviates by, and what will be left over whatever comes.
                        over, under = room - c - later_a, space - d - later_b
                        left = (w << _SHIFT) - one * c - two * d
                        if over > 0:
                            left -= one * over
                        if under > 0:
                            left -= two * under
                        if left >= most:
                            kept.append((w, c, d, taken | bit))
            layers = {mask: _undominated(states) for mask, states in following.items() if states}
        found = [state for states in layers.values() for state in states]
        return max(found)[3] if found else None


def _undominated(states: list[State]) -> list[State]:
    """Those that no other beats in worth and both costs."""
    if len(states) < 2:
        return states
    kept: list[State] = []
    # What is kept so far costs no more of the first thing; of it, the best worth for each second cost.
    costs: list[int] = []
    best: list[int] = []
    for state in sorted(states, key=lambda s: (s[1], s[2], -s[0])):
        worth, _, cost, _ = state
        place = bisect_right(costs, cost)
        if place and best[place - 1] >= worth:
            continue
        kept.append(state)
        start = place - 1 if place and costs[place - 1] == cost else place
        end = start
        while end < len(best) and best[end] <= worth:
            end += 1
        costs[start:end], best[start:end] = [cost], [worth]
    return kept


def _prices(problem: Problem) -> tuple[int, int]:
    """Of a unit of each capacity, in units of worth / 2 ** `_SHIFT`: those of about the least bound.

    Any prices from 0 give a right answer: these give it soon.
    """
    order = [item for members in problem.classes for item in members]
    top = max((problem.worth[i] for i in order), default=0)
    if top <= 0:
        return 0, 0
    value = np.array([max(problem.worth[i], 0) / top for i in order])
    shares = np.array(
        [
            [cost[i] / limit if limit else 0.0 for i in order]
            for cost, limit in zip((problem.first, problem.second), problem.limits, strict=True)
        ]
    )
    starts = np.cumsum([0, *(len(members) for members in problem.classes[:-1])])
    least = _least(value, shares, starts)
    prices = []
    for price, limit in zip(least, problem.limits, strict=True):
        scaled = int(price * 2**_SHIFT) * top
        prices.append(scaled // limit if limit else 0)
    return prices[0], prices[1]


def _least(value: Floats, shares: Floats, starts: np.typing.NDArray[np.intp]) -> tuple[float, float]:
    """The prices of the whole capacities with about the least bound, by the ellipsoid method (Shor 1977)."""
    singles = len(starts) == len(value)
    most = float(value.sum()) or 1.0
    x, y = most / 4, most / 4
    a, b, c = most * most, 0.0, most * most
    found, best = (0.0, 0.0), float("inf")
    used = [bool(row.any()) for row in shares]
    for _ in range(_STEPS):
        if x < 0 or y < 0:
            g, h = (-1.0 if x < 0 else 0.0), (-1.0 if y < 0 else 0.0)
        else:
            gain = value - x * shares[0] - y * shares[1]
            if singles:
                taken = gain > 0
            else:
                tops = np.repeat(np.maximum.reduceat(gain, starts), np.diff([*starts, len(value)]))
                taken = (gain >= tops) & (gain > 0)
            bound = x + y + float(gain[taken].sum())
            if bound < best:
                found, best = (x, y), bound
            spent = shares @ taken
            g, h = 1.0 - float(spent[0]), 1.0 - float(spent[1])
        size = a * g * g + 2 * b * g * h + c * h * h
        if size <= 0:
            break
        root = size**0.5
        u, v = (a * g + b * h) / root, (b * g + c * h) / root
        x, y = x - u / 3, y - v / 3
        a, b, c = (a - 2 * u * u / 3) * 4 / 3, (b - 2 * u * v / 3) * 4 / 3, (c - 2 * v * v / 3) * 4 / 3
    return (found[0] if used[0] else 0.0), (found[1] if used[1] else 0.0)
