"""Rules over levels of which some are unknown: true, false, or undecided.

An unknown level is the interval 0…4. A clause holds (fails) when it holds (fails)
over its whole interval; clauses join by Kleene's strong logic (Kleene 1952, §64),
so "undecided" is said exactly when an unknown cell can still change the outcome
of a rule whose clauses each look at another criterion.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from prioritizer.scoring.rules import Rule

Bools = npt.NDArray[np.bool_]
Levels = npt.NDArray[np.int8]


def decide(rule: Rule, low: Levels, high: Levels) -> tuple[Bools, Bools]:
    """Where a rule surely holds and where it surely fails.

    Args:
        rule: The rule.
        low: Lowest possible level, shape (n, m).
        high: Highest possible level, shape (n, m).

    Returns:
        Two boolean arrays of shape (n,): holds, fails. Neither: undecided.
    """
    holds = np.full(len(low), rule.every)
    fails = np.full(len(low), not rule.every)
    for column, cmp, level in rule.clauses:
        yes, no = _clause(cmp, level, low[:, column], high[:, column])
        if rule.every:
            holds &= yes
            fails |= no
        else:
            holds |= yes
            fails &= no
    return holds, fails


def _clause(cmp: str, level: int, low: Levels, high: Levels) -> tuple[Bools, Bools]:
    if cmp == ">=":
        return low >= level, high < level
    if cmp == ">":
        return low > level, high <= level
    if cmp == "<=":
        return high <= level, low > level
    if cmp == "<":
        return high < level, low >= level
    return (low == level) & (high == level), (low > level) | (high < level)
