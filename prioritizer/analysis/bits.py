"""Random numbers that are the same on every Python, numpy and processor.

Only the raw words of a bit generator are used: numpy promises those for ever (NEP 19),
and promises nothing about what it makes of them. Every source of uncertainty, and every
use case, has a stream of its own, so that an edit of one leaves the numbers of all others.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from prioritizer.errors import PrioritizerError

Floats = npt.NDArray[np.float64]

SMALL = 15
"""Bits of a small number; four of them come from one word."""


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


def uniforms(bits: np.random.PCG64, count: int) -> Floats:
    """The generator's doubles on [0, 1): (count,). The same as ``Generator(bits).random(count)``."""
    words = bits.random_raw(count)
    return np.asarray((words >> np.uint64(11)) * 2.0**-53, dtype=np.float64)


def small_numbers(bits: np.random.PCG64, count: int) -> npt.NDArray[np.int16]:
    """Whole numbers 0 … 32,767: (count,), a multiple of four. Enough for a level, and four times as fast."""
    words = np.asarray(bits.random_raw(count // 4), dtype="<u8").view("<i2")
    return np.asarray(words & np.int16(2**SMALL - 1), dtype=np.int16)
