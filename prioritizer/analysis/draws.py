"""The draws: weights, a participant, the spacing of the levels, and a level for every cell.

Draws come in chunks of a fixed size, so that the numbers do not depend on how many are
wanted at a time. What is known about the session (coverage, claims, proofs, answers to
gates, overrides) stays: drawing a level is not finding it out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import PER_WORD, SMALL, Floats, small_numbers, stream, uniforms
from prioritizer.analysis.drawn import Drawn
from prioritizer.analysis.simplex import gaps_of_sorted
from prioritizer.model.terms import LEVELS

CHUNK = 1_024
"""Draws in a chunk. Part of the numbers: another size gives other ones."""

TILE = 32
"""Use cases that are worked on at once: their planes fit the processor's cache."""

Planes = npt.NDArray[np.int8]

_WEIGHTS, _PEOPLE, _SCALE, _LEVELS = range(4)
_TOP = LEVELS[-1]


@dataclass(frozen=True)
class Shared:
    """What all use cases share in a chunk. c draws, k readiness dimensions.

    Attributes:
        weights: (k, c).
        person: (c,) position among ``Drawn.people``; empty when nobody is drawn.
        worth_of: For each dimension, for each of its criteria in order, (c, 5): what each level adds
            to the dimension score, 0–100.
        whole: For each dimension (c, 5): the score of a use case with that level throughout.
    """

    weights: Floats
    person: npt.NDArray[np.intp]
    worth_of: tuple[tuple[Floats, ...], ...]
    whole: tuple[Floats, ...]


class Draws:
    """The draws of a session, or of some of its use cases, chunk by chunk.

    Args:
        drawn: What to draw.
        seed: Same seed, same numbers.
        rows: Which use cases, ascending; all if left out. The others do not change their numbers.
    """

    def __init__(self, drawn: Drawn, seed: int, rows: npt.NDArray[np.intp] | None = None) -> None:
        self.drawn = drawn
        n = len(drawn.inputs.ids)
        self.rows = np.arange(n) if rows is None else rows
        self._weights = stream(seed, _WEIGHTS)
        self._people = stream(seed, _PEOPLE)
        self._scale = [
            stream(seed, _SCALE, int(column))
            for dimension in drawn.rules.readiness
            for column in dimension.columns
        ]
        self._levels = [
            stream(seed, _LEVELS, *drawn.numbers[row]) if drawn.uncertain[row] else None for row in self.rows
        ]
        self._limits = np.ascontiguousarray(drawn.limits[:, self.rows])[..., None]
        self._blank = drawn.blank[self.rows]
        self._runs = runs_of(drawn.needed)
        needed, size = int(drawn.needed.sum()), min(TILE, len(self.rows))
        # Kept from call to call: fresh memory would cost more than the work done in it.
        self._words = np.empty((size, needed, CHUNK // PER_WORD), dtype="<u8")
        self._above = np.empty((size, needed, CHUNK), dtype=np.bool_)
        self._scale_words = np.empty((len(self._scale), _TOP - 1, CHUNK // PER_WORD), dtype="<u8")
        self._tables = np.empty((len(self._scale), CHUNK, len(LEVELS)))
        sizes = [len(dimension.columns) for dimension in drawn.rules.readiness]
        self._by_dimension = np.split(self._tables, np.cumsum(sizes)[:-1])
        self._worth_of = tuple(tuple(own) for own in self._by_dimension)
        self._whole = np.empty((len(drawn.rules.readiness), CHUNK, len(LEVELS)))
        self._planes = np.zeros((len(drawn.needed), size, CHUNK), dtype=np.int8)
        place = np.full(n, -1, dtype=np.intp)
        place[self.rows] = np.arange(len(self.rows))
        ours = place[drawn.ballots.rows] >= 0 if len(drawn.people) else np.empty(0, dtype=np.bool_)
        self._cell_rows = place[drawn.ballots.rows][ours] if len(ours) else np.empty(0, dtype=np.intp)
        self._cell_columns = drawn.ballots.columns[ours] if len(ours) else np.empty(0, dtype=np.intp)
        self._by_person = drawn.by_person[ours] if len(ours) else drawn.by_person[:0]

    def shared(self) -> Shared:
        """The next chunk of what all use cases share; its tables hold until the next call."""
        self._space()
        whole = []
        for own, dimension, everywhere in zip(
            self._by_dimension, self.drawn.rules.readiness, self._whole, strict=True
        ):
            everywhere[:] = 0.0
            for table, weight in zip(own, dimension.weights, strict=True):
                table *= 25.0 * weight / math.fsum(dimension.weights)
                everywhere += table
            whole.append(everywhere)
        return Shared(self._weights_now(), self.person(), self._worth_of, tuple(whole))

    def person(self) -> npt.NDArray[np.intp]:
        """The next chunk of whose ballot is taken; part of `shared`."""
        people = len(self.drawn.people)
        if not people:
            return np.empty(0, dtype=np.intp)
        return np.asarray((uniforms(self._people.random_raw(CHUNK)) * people).astype(np.intp))

    def levels(self, start: int, stop: int, person: npt.NDArray[np.intp]) -> Planes:
        """The next chunk of levels of some use cases.

        Args:
            start: First position among ``rows``; every position is asked for once a chunk.
            stop: Behind the last.
            person: Whose ballot is taken in each draw of the chunk.

        Returns:
            (m, stop − start, c) int8, −1 where unknown; nothing to read where no rule looks. It may be
            changed, and holds until the next call.
        """
        size = stop - start
        numbers = small_numbers(self._levels[start:stop], self._words[:size])
        planes, above = self._planes[:, :size], self._above[:size]
        for source, target in self._runs:
            level, over = planes[target].transpose(1, 0, 2), above[:, source]
            for step, limit in enumerate(self._limits[:, start:stop, target]):
                np.greater(numbers[:, source], limit, out=over)
                if step:
                    np.add(level, over.view(np.int8), out=level)
                else:
                    level[:] = over.view(np.int8)
        first, last = np.searchsorted(self._cell_rows, (start, stop))
        if last > first:
            cells = self._by_person[first:last].take(person, axis=1)
            planes[self._cell_columns[first:last], self._cell_rows[first:last] - start] = cells
        blank_rows, blank_columns = np.nonzero(self._blank[start:stop])
        planes[blank_columns, blank_rows] = -1
        return planes

    def _weights_now(self) -> Floats:
        drawn = self.drawn
        if "weights" not in drawn.sources or sum(w > 0 for w in drawn.weights) < 2:
            fixed = np.array(drawn.weights, dtype=np.float64)[:, None]
            return np.ascontiguousarray(np.broadcast_to(fixed, (len(fixed), CHUNK)))
        size = sum(drawn.concentrations) - 1
        words = self._weights.random_raw(CHUNK * size).reshape(CHUNK, size)
        return np.ascontiguousarray(gaps_of_sorted(words, drawn.concentrations).T)

    def _space(self) -> None:
        """Draws what the levels of each readiness criterion are worth, 0–4, into (criteria, c, 5).

        The ends stay; the three between stand anywhere in ascending order, each order equally
        often (Lahdelma, Miettinen & Salminen 2003, EJOR 147). Each criterion has its own spacing:
        its levels are facts of its own.
        """
        values = self._tables
        values[..., 0], values[..., _TOP] = 0.0, _TOP
        if "scale" not in self.drawn.sources:
            values[..., 1:_TOP] = LEVELS[1:_TOP]
            return
        numbers = small_numbers(self._scale, self._scale_words)
        a, b, c = numbers[:, 0], numbers[:, 1], numbers[:, 2]
        # Three numbers sorted by three exchanges.
        low, high = np.minimum(a, b), np.maximum(a, b)
        middle = np.minimum(high, c)
        unit = _TOP / 2**SMALL
        np.multiply(np.minimum(low, middle), unit, out=values[..., 1])
        np.multiply(np.maximum(low, middle), unit, out=values[..., 2])
        np.multiply(np.maximum(high, c), unit, out=values[..., 3])


def tiles_of(n: int) -> list[tuple[int, int]]:
    """Starts and ends of the tiles of n use cases."""
    return [(start, min(start + TILE, n)) for start in range(0, n, TILE)]


def runs_of(needed: npt.NDArray[np.bool_]) -> list[tuple[slice, slice]]:
    """Neighbouring criteria that are needed: where they stand without the others, and with them."""
    columns = np.flatnonzero(needed)
    breaks = np.flatnonzero(np.diff(columns) > 1) + 1
    runs, place = [], 0
    for part in np.split(columns, breaks):
        if len(part):
            runs.append((slice(place, place + len(part)), slice(int(part[0]), int(part[-1]) + 1)))
            place += len(part)
    return runs
