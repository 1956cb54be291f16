"""Gates: never scored, never averaged; unknown is never a pass (rubric §4)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from prioritizer.scoring.inputs import Inputs
from prioritizer.scoring.rules import STATUS, GateRule, Rules
from prioritizer.scoring.truth import Bools, Levels, decide

Codes = npt.NDArray[np.int8]

PASS = STATUS["pass"]
CONDITION = STATUS["condition"]
MISSING = STATUS["unknown"]
STOP = STATUS["stop"]
NOT_AN_AGENT = STATUS["not-an-agent"]
OUT = STATUS["out"]


def gate_statuses(rules: Rules, inputs: Inputs, levels: Levels, low: Levels, high: Levels) -> Codes:
    """Status code of every gate, before anything is set aside.

    Args:
        rules: The compiled preset.
        inputs: For the answers and the proofs.
        levels: (n, m) int8 as answered, −1 unknown.
        low: (n, m) lowest effective level.
        high: (n, m) highest effective level.

    Returns:
        (n, g) int8 in the order of ``rules.gates``.
    """
    statuses = np.empty((len(levels), len(rules.gates)), dtype=np.int8)
    for position, gate in enumerate(rules.gates):
        if gate.question >= 0:
            # The last entry serves the index −1: no answer.
            table = np.array([*gate.statuses, MISSING], dtype=np.int8)
            statuses[:, position] = table[inputs.answers[:, gate.question]]
        elif gate.column >= 0:
            statuses[:, position] = _by_level(gate, inputs.proven, levels, low)
        else:
            assert gate.rule is not None
            holds, fails = decide(gate.rule, low, high)
            column = np.full(len(levels), MISSING, dtype=np.int8)
            column[holds] = STATUS[gate.gate.status]
            column[fails] = PASS
            statuses[:, position] = column
    return statuses


def set_aside(statuses: Codes, cleared: Bools) -> Codes:
    """Statuses after the room's overrides. *Out* cannot be overridden."""
    return np.where(cleared & (statuses != OUT), np.int8(PASS), statuses).astype(np.int8)


def _by_level(gate: GateRule, proven: Bools, levels: Levels, low: Levels) -> Codes:
    text, column = gate.gate, gate.column
    least = low[:, column]
    status = np.full(len(levels), PASS, dtype=np.int8)
    if text.proof:
        status[~proven[:, column]] = CONDITION
    status[least <= text.condition] = CONDITION
    status[least <= text.stop] = STOP
    failing = max(text.stop, text.condition)
    status[(levels[:, column] < 0) & (least <= failing)] = MISSING
    return status
