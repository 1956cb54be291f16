"""Random numbers that are the same on every Python, numpy and processor.

Only the raw words of a bit generator are used: numpy promises those for ever (NEP 19),
and promises nothing about what it makes of them. Every source of uncertainty, and every
use case, has a stream of its own, so that an edit of one leaves the numbers of all others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from prioritizer.errors import PrioritizerError

Floats = npt.NDArray[np.float64]

SMALL = 15
"""Bits of a small number."""

PER_WORD = 4
"""Small numbers that come from one word of the generator."""


def check_draws(draws: int, seed: int) -> None:
    """Refuses what nothing can be drawn with.

    Raises:
        PrioritizerError: No draws, or a seed below zero.
    """
    if draws < 1:
        raise PrioritizerError("Ask for at least one draw; 10,000 give shares that are good to one point.")
    if seed < 0:
        raise PrioritizerError("The seed must be a whole number from 0 on.")


def stream(seed: int, *key: int) -> np.random.PCG64:
    """A stream of its own for each key: O'Neill's PCG64 (2014)."""
    return np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key))


def uniforms(words: npt.NDArray[np.uint64]) -> Floats:
    """The doubles on [0, 1) of some raw words: those of ``Generator.random``. They keep the words' order."""
    return np.asarray((words >> np.uint64(11)) * 2.0**-53, dtype=np.float64)


def small_numbers(
    streams: Sequence[np.random.PCG64 | None], words: npt.NDArray[np.uint64]
) -> npt.NDArray[np.int16]:
    """Whole numbers 0 … 32,767: enough for a level, and four times as fast as doubles.

    Args:
        streams: One for each row; where there is none the row is 0.
        words: (rows, columns, w) little-endian; overwritten.

    Returns:
        (rows, columns, 4 w) int16, the same memory.
    """
    count = words[0].size if len(words) else 0
    for row, bits in enumerate(streams):
        words[row] = 0 if bits is None else bits.random_raw(count).reshape(words[row].shape)
    numbers: npt.NDArray[np.int16] = words.view("<i2")
    numbers &= np.int16(2**SMALL - 1)
    return numbers
