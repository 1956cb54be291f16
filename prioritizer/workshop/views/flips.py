"""What one level up or down would change: found exactly, by the rules themselves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from prioritizer.model.session import UNKNOWN, Snapshot, UseCase
from prioritizer.model.terms import LANES, LaneId
from prioritizer.scoring.dimensions import compared
from prioritizer.scoring.evaluate import Columns, Evaluation, evaluate_rows
from prioritizer.scoring.inputs import Inputs, make_inputs


@dataclass(frozen=True, slots=True)
class Flip:
    """What one level more or less does to a use case.

    Attributes:
        level: The level tried.
        lane: The lane it would stand in.
        changes_lane: It stands in another one now.
        enters: It would come among the first N.
        leaves: It would leave them.
    """

    level: int
    lane: LaneId
    changes_lane: bool
    enters: bool = False
    leaves: bool = False

    @property
    def decides(self) -> bool:
        return self.changes_lane or self.enters or self.leaves


_Key = tuple[int, int, float, int, str, str]


def _keys(inputs: Inputs, columns: Columns) -> list[_Key]:
    """The sort keys of the ranking, as `scoring.evaluate` orders by them."""
    return [
        (
            int(columns.lanes[row]),
            int(columns.classes[row]),
            -compared(float(columns.readiness[row])),
            -int(columns.worth[row]),
            inputs.titles[row],
            inputs.ids[row],
        )
        for row in range(len(inputs.ids))
    ]


def flips_of(
    snapshot: Snapshot, evaluation: Evaluation, cells: Sequence[tuple[UseCase, str]]
) -> list[list[Flip]]:
    """For each cell the neighbouring levels that change something; all are evaluated at once.

    Only one row differs at a time, so who is among the first N changes only if that row enters or leaves.
    """
    index = snapshot.preset.criterion_index()
    variants: list[tuple[int, int, UseCase]] = []
    for place, (case, criterion) in enumerate(cells):
        column = index[criterion]
        now = int(evaluation.columns.levels[evaluation.row_of[case.id], column])
        # Where nobody gave a level, any of the five may come out.
        tried = (now - 1, now + 1) if now >= 0 else range(5)
        variants += [(place, level, _with_level(case, column, level)) for level in tried if 0 <= level <= 4]
    found: list[list[Flip]] = [[] for _ in cells]
    if not variants:
        return found
    inputs = make_inputs(evaluation.rules, [case for _, _, case in variants])
    columns = evaluate_rows(evaluation.rules, inputs)
    old = _keys(evaluation.inputs, evaluation.columns)
    ordered = sorted(old)
    for row, (key, (place, level, case)) in enumerate(zip(_keys(inputs, columns), variants, strict=True)):
        before = evaluation.row_of[case.id]
        stood = bisect_left(ordered, old[before])
        stands = bisect_left(ordered, key) - (old[before] < key)
        lane = int(columns.lanes[row])
        flip = Flip(
            level=level,
            lane=LANES[lane],
            changes_lane=lane != int(evaluation.columns.lanes[before]),
            enters=stood >= snapshot.top > stands,
            leaves=stood < snapshot.top <= stands,
        )
        if flip.decides:
            found[place].append(flip)
    return found


def _with_level(case: UseCase, column: int, level: int) -> UseCase:
    """The use case as if this level had been agreed, on nobody's document."""
    levels, evidence, claimed = bytearray(case.levels), bytearray(case.evidence), bytearray(case.claimed)
    levels[column], evidence[column], claimed[column] = level, UNKNOWN, 0
    return replace(case, levels=bytes(levels), evidence=bytes(evidence), claimed=bytes(claimed))
