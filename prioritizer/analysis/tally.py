"""Counting what happened in the draws: ranks, lanes, who is first, who stands above whom."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.analysis.placing import Keys
from prioritizer.analysis.robustness import shared_ranks
from prioritizer.model.terms import LANES

MOST = 3_000
"""Use cases that can be compared: the ranks are counted in a table of every one against every place."""

_ABOVE = 1 << 43
"""More than any u in billionths, so that the best sorts first."""


class Tally:
    """Counts over the draws so far.

    Args:
        n: Use cases.
        top: N of "the top N".
        dimensions: How many weights a draw has.
        shown: Rows whose pairs are counted.
    """

    def __init__(self, n: int, top: int, dimensions: int, shown: npt.NDArray[np.intp]) -> None:
        self.n, self.top, self.shown = n, top, shown
        self.draws = 0
        self.ranks = np.zeros((n, n), dtype=np.int32)
        self.lanes = np.zeros((n, len(LANES)), dtype=np.int64)
        self.firsts = np.zeros(n, dtype=np.int64)
        self.weight_sums = np.zeros((dimensions, n))
        self.above = np.zeros((len(shown), len(shown)), dtype=np.int64)
        self.in_top = np.zeros(n, dtype=np.int64)
        self._top_bits: list[npt.NDArray[np.uint8]] = []
        self._bits = max(n - 1, 1).bit_length()
        self._own = np.arange(n, dtype=np.int64)

    def add(self, u: Keys, lanes: npt.NDArray[np.int8], weights: Floats) -> None:
        """Adds a chunk.

        Args:
            u: (n, c) what orders them; larger is better.
            lanes: (n, c).
            weights: (k, c).
        """
        n, draws = u.shape
        self.draws += draws
        codes = np.add(lanes, self._own[:, None] * len(LANES), dtype=np.intp)
        self.lanes += np.bincount(codes.ravel(), minlength=self.lanes.size).reshape(self.lanes.shape)
        # One sort of whole numbers that carry their owner in the last bits: faster than an argsort, and
        # without a tie whose order could differ between versions.
        packed = np.ascontiguousarray((_ABOVE - u).T)
        packed <<= self._bits
        packed |= self._own
        packed.sort(axis=1)
        case = packed & ((1 << self._bits) - 1)
        value = packed >> self._bits
        fresh = value[:, 1:] != value[:, :-1]
        ranks = shared_ranks(fresh)
        counted = np.bincount((case * n + ranks).ravel(), minlength=n * n)
        self.ranks += counted.reshape(n, n).astype(np.int32)
        draw, first = self._firsts(case, ranks, fresh)
        self.firsts += np.bincount(first, minlength=n)
        for column, weight in enumerate(weights):
            # Added one after another in the order of the draws: the same bits everywhere.
            self.weight_sums[column] += np.bincount(first, weights=weight[draw], minlength=n)
        within = u >= _ABOVE - value[:, self.top - 1]
        self.in_top += np.count_nonzero(within, axis=1)
        self._top_bits.append(np.packbits(within, axis=1))
        rows = u[self.shown]
        for row, own in enumerate(rows):
            # Counted one after another: numpy is many times faster with one row of truths than with each of a table.
            self.above[row] += [np.count_nonzero(better) for better in own > rows]

    def _firsts(
        self, case: Keys, ranks: npt.NDArray[np.intp], fresh: npt.NDArray[np.bool_]
    ) -> tuple[npt.NDArray[np.intp], Keys]:
        """Every draw with each of its first: whoever sorts first, then those who share that place."""
        draws = np.arange(len(case))
        shared = np.flatnonzero(~fresh[:, 0]) if fresh.shape[1] else draws[:0]
        if not len(shared):
            return draws, case[:, 0]
        more, position = np.nonzero(ranks[shared, 1:] == 0)
        return np.append(draws, shared[more]), np.append(case[:, 0], case[shared[more], position + 1])

    def top_of(self, row: int, most: int) -> npt.NDArray[np.bool_]:
        """Whether a use case is in the top N in each of the first draws, at most so many: (draws,)."""
        draws, parts = 0, []
        for part in self._top_bits:
            if draws >= most:
                break
            parts.append(part[row])
            draws += 8 * part.shape[1]
        bits = np.unpackbits(np.concatenate(parts))
        return bits[: min(self.draws, most)].astype(np.bool_)

    def central(self, row: int) -> list[float]:
        """Mean weights of the draws in which a use case is first; it must be first in one."""
        return [float(total) / int(self.firsts[row]) for total in self.weight_sums[:, row]]
