"""How far a level may be from the truth, by what it rests on.

A model, not a measurement; it is said wherever its results are shown:

* ``document``, ``measured``: as stated.
* ``reported`` by someone who does the work: one level lower or higher, one time in twenty each.
* ``opinion``, no tag at all, or *claimed* while the role that knows it was absent: one level
  lower or higher one time in ten each, two levels one time in forty each.
* unknown: any level, equally often.

What would leave 0–4 stays at its end.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import SMALL
from prioritizer.model.terms import EVIDENCE, LEVELS, PROOF

REPORTED = (0.0, 0.05, 0.9, 0.05, 0.0)
"""Share of draws with −2, −1, 0, +1, +2 levels."""

OPINION = (0.025, 0.1, 0.75, 0.1, 0.025)

UNKNOWN, STATED, SAID, THOUGHT = 0, 1, 2, 3
"""What a cell rests on: nothing, proof, a report, an opinion."""

Small = npt.NDArray[np.int16]


def grounds(
    levels: npt.NDArray[np.int8], tags: npt.NDArray[np.uint8], claimed: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int8]:
    """What each cell rests on.

    Args:
        levels: (n, m) int8, −1 unknown.
        tags: (n, m) position in `EVIDENCE`; anything else is no tag.
        claimed: (n, m) bool.

    Returns:
        (n, m) int8: one of the four above.
    """
    by_tag = np.full(256, THOUGHT, dtype=np.int8)
    for position, tag in enumerate(EVIDENCE):
        by_tag[position] = STATED if tag in PROOF else SAID if tag == "reported" else THOUGHT
    found = by_tag[tags]
    found[claimed & (found == SAID)] = THOUGHT
    found[levels < 0] = UNKNOWN
    return found


def limits(levels: npt.NDArray[np.int8], ground: npt.NDArray[np.int8]) -> Small:
    """Limits that turn a small random number into a level: level = how many of the four it exceeds.

    Args:
        levels: (n, m) int8; where unknown, any number.
        ground: (n, m) int8.

    Returns:
        (4, n, m) int16.
    """
    table = np.empty((4, len(LEVELS), 4), dtype=np.int16)
    for kind in (UNKNOWN, STATED, SAID, THOUGHT):
        for level in LEVELS:
            below = np.cumsum(chances(level, kind))[:-1]
            # Strictly above −1 is always, strictly above the largest number never.
            table[kind, level] = np.round(below * 2**SMALL).astype(np.int64) - 1
    return np.ascontiguousarray(np.moveaxis(table[ground, np.maximum(levels, 0)], 2, 0))


def chances(level: int, ground: int) -> list[float]:
    """Share of draws with each level 0–4, for a cell that stands at ``level``."""
    if ground == UNKNOWN:
        return [1 / len(LEVELS)] * len(LEVELS)
    shares = [0.0] * len(LEVELS)
    if ground == STATED:
        shares[level] = 1.0
        return shares
    for step, share in zip(range(-2, 3), REPORTED if ground == SAID else OPINION, strict=True):
        shares[min(max(level + step, LEVELS[0]), LEVELS[-1])] += share
    return shares
