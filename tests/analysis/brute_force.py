"""The smallest lift found by trying everything: slow, plain, and right."""

from __future__ import annotations

from itertools import combinations, product
from math import prod
from typing import NamedTuple

import numpy as np

from prioritizer.model.session import UseCase
from prioritizer.model.terms import LANES
from prioritizer.scoring.evaluate import Evaluation, evaluate_rows
from prioritizer.scoring.inputs import Inputs
from prioritizer.scoring.lanes import LANE


class Move(NamedTuple):
    """One thing that can be changed."""

    cell: int
    """Column, or −1 − question."""
    to: int
    """Level, or position of the answer."""
    steps: int
    role: str | None


class TooMany(Exception):
    """More combinations than are worth trying."""


def moves_of(evaluation: Evaluation, row: int) -> list[list[Move]]:
    """For each cell and question that counts, what it can become."""
    rules, columns, inputs = evaluation.rules, evaluation.columns, evaluation.inputs
    cells = sorted(int(c) for c in rules.scored) + ([rules.worth] if rules.worth >= 0 else [])
    found = []
    for c in cells:
        level, role = int(columns.levels[row, c]), rules.preset.criterion[c].role
        found.append([Move(c, to, to - max(level, 0), role) for to in range(max(level, 0), 5)])
    for gate in rules.gates:
        if gate.question >= 0:
            now = int(inputs.answers[row, gate.question])
            role = rules.preset.gate_role(gate.gate)
            others = [i for i in range(len(gate.gate.answers)) if i != now]
            found.append([Move(-1 - gate.question, i, 0, role) for i in others])
    return found


def cheapest(
    evaluation: Evaluation, use_case: UseCase, target: str, most: int, limit: int = 150_000
) -> tuple[int, int, int] | None:
    """Cost of the smallest lift with at most ``most`` changes.

    Raises:
        TooMany: Trying all of them would take too long.
    """
    row = evaluation.row_of[use_case.id]
    base = Inputs(
        levels=evaluation.columns.levels[[row]],
        proven=evaluation.inputs.proven[[row]],
        claimed=evaluation.inputs.claimed[[row]],
        answers=evaluation.inputs.answers[[row]],
        cleared=evaluation.inputs.cleared[[row]],
        lanes=np.full(1, -1, dtype=np.int8),
        titles=("",),
        ids=("",),
    )
    now = int(evaluate_rows(evaluation.rules, base).lanes[0])
    wanted = LANE["pilot-first"] if target == "pilot-first" else now - 1
    moves = moves_of(evaluation, row)
    for size in range(1, most + 1):
        sets = list(combinations(moves, size))
        if sum(prod(map(len, s)) for s in sets) > limit:
            raise TooMany
        tried = [chosen for s in sets for chosen in product(*s)]
        lanes = lanes_after(evaluation, base, tried)
        lifted = [chosen for chosen, lane in zip(tried, lanes, strict=True) if lane <= wanted]
        if lifted:
            return min(
                (size, sum(m.steps for m in c), len({m.role for m in c if m.role is not None}))
                for c in lifted
            )
    return None


def lanes_after(evaluation: Evaluation, base: Inputs, tried: list[tuple[Move, ...]]) -> list[int]:
    """The lane after each set of changes; whatever is touched comes confirmed and proven."""
    n = len(tried)
    levels, proven = np.repeat(base.levels, n, 0), np.repeat(base.proven, n, 0)
    claimed, answers = np.repeat(base.claimed, n, 0), np.repeat(base.answers, n, 0)
    for i, chosen in enumerate(tried):
        for move in chosen:
            if move.cell < 0:
                answers[i, -1 - move.cell] = move.to
            else:
                levels[i, move.cell] = move.to
                proven[i, move.cell] = True
                claimed[i, move.cell] = False
    inputs = Inputs(
        levels=levels,
        proven=proven,
        claimed=claimed,
        answers=answers,
        cleared=np.repeat(base.cleared, n, 0),
        lanes=np.repeat(base.lanes, n, 0),
        titles=("",) * n,
        ids=("",) * n,
    )
    lanes = evaluate_rows(evaluation.rules, inputs).lanes
    assert len(LANES) == 7
    return [int(lane) for lane in lanes]
