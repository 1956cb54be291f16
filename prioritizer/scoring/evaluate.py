"""``evaluate(snapshot)``: the whole ranking of a session, as columns.

Pure and vectorised over use cases. One edit re-evaluates one row (`Evaluation.update`)
and finds its place again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from prioritizer.model.session import Snapshot, UseCase
from prioritizer.scoring.dimensions import Floats, compared, dimension_scores, readiness, rounded
from prioritizer.scoring.inputs import Inputs, make_inputs
from prioritizer.scoring.lanes import LANE, find_facts, find_lanes
from prioritizer.scoring.rules import Rules, compile_rules


@dataclass(frozen=True)
class Columns:
    """One row a use case; undefined is nan.

    Attributes:
        levels: (n, m) int8 in use: agreed, else room value, −1 unknown.
        counted: (n, m) int8 as scored: unknown as 1, raises applied.
        low: (n, m) int8, unknown at 0, raises applied.
        claimed: (n, m) bool.
        proven: (n, m) bool.
        undone: (n, m) bool: a 0 of work still to do.
        scores: (n, d) in the order of ``rules.readiness``.
        readiness: (n,).
        readiness_low: (n,) every unknown cell at 0.
        readiness_high: (n,) every unknown cell at 4.
        coverage: (n,) share 0–1.
        demonstration: (n,) 0–100, nan when no facet is known.
        worth: (n,) int8 level, −1 unknown.
        gates: (n, g) int8 status codes after overrides.
        gates_by_rules: (n, g) int8 before overrides.
        classes: (n,) int8.
        lanes: (n,) int8 after overrides.
        lanes_by_rules: (n,) int8 before overrides.
    """

    levels: npt.NDArray[np.int8]
    counted: npt.NDArray[np.int8]
    low: npt.NDArray[np.int8]
    claimed: npt.NDArray[np.bool_]
    proven: npt.NDArray[np.bool_]
    undone: npt.NDArray[np.bool_]
    scores: Floats
    readiness: Floats
    readiness_low: Floats
    readiness_high: Floats
    coverage: Floats
    demonstration: Floats
    worth: npt.NDArray[np.int8]
    gates: npt.NDArray[np.int8]
    gates_by_rules: npt.NDArray[np.int8]
    classes: npt.NDArray[np.int8]
    lanes: npt.NDArray[np.int8]
    lanes_by_rules: npt.NDArray[np.int8]


def evaluate_rows(rules: Rules, inputs: Inputs) -> Columns:
    """Everything about each use case that does not depend on the others."""
    nothing = np.zeros_like(inputs.cleared)
    coverage = _coverage(rules, inputs)
    by_rules = find_facts(rules, inputs, inputs.levels, nothing)
    lanes_by_rules = find_lanes(rules, inputs, by_rules, coverage, nothing)
    gates, lanes = by_rules.gates, lanes_by_rules
    if inputs.overridden:
        after = find_facts(rules, inputs, inputs.levels, inputs.cleared)
        gates = after.gates
        lanes = find_lanes(rules, inputs, after, coverage, inputs.cleared)
        decided = (inputs.lanes >= 0) & (lanes != LANE["out"])
        lanes = np.where(decided, inputs.lanes, lanes).astype(np.int8)
    return Columns(
        levels=inputs.levels,
        counted=by_rules.counted,
        low=by_rules.low,
        claimed=inputs.claimed,
        proven=inputs.proven,
        undone=by_rules.undone,
        scores=by_rules.scores,
        readiness=by_rules.readiness,
        readiness_low=readiness(rules, dimension_scores(rules, by_rules.low)),
        readiness_high=readiness(rules, dimension_scores(rules, by_rules.high)),
        coverage=coverage,
        demonstration=_demonstration(rules, inputs),
        worth=inputs.levels[:, rules.worth] if rules.worth >= 0 else np.full(len(coverage), -1, np.int8),
        gates=gates,
        gates_by_rules=by_rules.gates,
        classes=by_rules.classes,
        lanes=lanes,
        lanes_by_rules=lanes_by_rules,
    )


def _coverage(rules: Rules, inputs: Inputs) -> Floats:
    if not len(rules.scored):
        return np.ones(len(inputs.levels))
    known = (inputs.levels[:, rules.scored] >= 0).sum(axis=1)
    return np.asarray(known / len(rules.scored), dtype=np.float64)


def _demonstration(rules: Rules, inputs: Inputs) -> Floats:
    facets = inputs.levels[:, rules.demonstration].astype(np.int64)
    known = facets >= 0
    count = known.sum(axis=1)
    total = np.where(known, facets, 0).sum(axis=1)
    return np.where(count > 0, 25.0 * total / np.maximum(count, 1), np.nan)


@dataclass(frozen=True)
class Evaluation:
    """A ranked session.

    Attributes:
        rules: The compiled preset.
        inputs: What was scored.
        columns: Results, row by row in input order.
        order: (n,) row numbers, first place first.
        ranks: (n,) standard competition rank of each row: 1, 2, 2, 4.
        tied: (n,) bool: shares its rank with another row.
        row_of: Use case id → row.
    """

    rules: Rules
    inputs: Inputs
    columns: Columns
    order: npt.NDArray[np.intp]
    ranks: npt.NDArray[np.intp]
    tied: npt.NDArray[np.bool_]
    row_of: dict[str, int]

    def update(self, use_case: UseCase) -> Evaluation:
        """The evaluation after one use case changed, which was live before and still is."""
        row = self.row_of[use_case.id]
        one = make_inputs(self.rules, [use_case])
        inputs = _with_row(self.inputs, one, row)
        columns = _with_row(self.columns, evaluate_rows(self.rules, one), row)
        return _ranked_again(self.rules, inputs, columns, self.row_of, self.order, row)


def evaluate(snapshot: Snapshot, rules: Rules | None = None) -> Evaluation:
    """Scores and ranks the live use cases of a session.

    Args:
        snapshot: The session.
        rules: The compiled preset of the same session, if at hand.
    """
    rules = rules if rules is not None else compile_rules(snapshot)
    return evaluate_cases(rules, list(snapshot.live()))


def evaluate_cases(rules: Rules, use_cases: Sequence[UseCase]) -> Evaluation:
    """Scores and ranks some use cases."""
    inputs = make_inputs(rules, use_cases)
    row_of = {id_: row for row, id_ in enumerate(inputs.ids)}
    return _ranked(rules, inputs, evaluate_rows(rules, inputs), row_of)


def _ranked(rules: Rules, inputs: Inputs, columns: Columns, row_of: dict[str, int]) -> Evaluation:
    """Lane, class, readiness, worth (unknown last), title, id; ties are equal in all but the last two."""
    keys = _sort_keys(columns)
    # Rows that share all four keys stand together after this stable sort; titles decide only among them.
    order = np.lexsort(keys[::-1])
    starts, sizes = _groups(keys[:, order])
    for start, size in zip(starts[sizes > 1], sizes[sizes > 1], strict=True):
        group = order[start : start + size]
        by_title = sorted(group.tolist(), key=lambda row: (inputs.titles[row], inputs.ids[row]))
        order[start : start + size] = by_title
    return _with_order(rules, inputs, columns, row_of, order, starts, sizes)


def _ranked_again(
    rules: Rules,
    inputs: Inputs,
    columns: Columns,
    row_of: dict[str, int],
    old: npt.NDArray[np.intp],
    row: int,
) -> Evaluation:
    """The same when only ``row`` changed: the others keep their order, and it finds its place among them."""

    def key(each: int) -> tuple[int, int, float, int, str, str]:
        return (
            int(columns.lanes[each]),
            int(columns.classes[each]),
            -compared(float(columns.readiness[each])),
            -int(columns.worth[each]),
            inputs.titles[each],
            inputs.ids[each],
        )

    others = old[old != row]
    place = bisect_left(range(len(others)), key(row), key=lambda i: key(int(others[i])))
    order = np.insert(others, place, row)
    starts, sizes = _groups(_sort_keys(columns)[:, order])
    return _with_order(rules, inputs, columns, row_of, order, starts, sizes)


def _sort_keys(columns: Columns) -> Floats:
    """The four keys that decide ranks, (4, n): lane, class, readiness, worth."""
    return np.stack(
        [
            columns.lanes.astype(np.float64),
            columns.classes.astype(np.float64),
            -rounded(columns.readiness),
            -columns.worth.astype(np.float64),
        ]
    )


def _groups(keys: Floats) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """First place (from 0) and size of each run of equal keys; ``keys`` is (4, n), sorted."""
    n = keys.shape[1]
    fresh = np.ones(n, dtype=np.bool_)
    if n > 1:
        fresh[1:] = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
    starts = np.flatnonzero(fresh)
    return starts, np.diff(np.append(starts, n))


def _with_order(
    rules: Rules,
    inputs: Inputs,
    columns: Columns,
    row_of: dict[str, int],
    order: npt.NDArray[np.intp],
    starts: npt.NDArray[np.intp],
    sizes: npt.NDArray[np.intp],
) -> Evaluation:
    ranks = np.empty(len(order), dtype=np.intp)
    tied = np.empty(len(order), dtype=np.bool_)
    ranks[order] = np.repeat(starts + 1, sizes)
    tied[order] = np.repeat(sizes > 1, sizes)
    return Evaluation(rules, inputs, columns, order, ranks, tied, row_of)


_Rows = TypeVar("_Rows", Inputs, Columns)


def _with_row(whole: _Rows, one: _Rows, row: int) -> _Rows:
    """``whole`` with one row replaced; arrays are copied, tuples rebuilt only if they differ."""
    changes: dict[str, Any] = {}
    for each in fields(whole):
        old: Any = getattr(whole, each.name)
        new: Any = getattr(one, each.name)
        if isinstance(old, np.ndarray):
            copied = old.copy()
            copied[row] = new[0]
            changes[each.name] = copied
        elif old[row] != new[0]:
            changes[each.name] = (*old[:row], new[0], *old[row + 1 :])
    return replace(whole, **changes)


def reevaluate(evaluation: Evaluation, before: Snapshot, after: Snapshot) -> Evaluation:
    """The evaluation of ``after``, from that of ``before`` where only a few rows changed.

    Snapshots share what did not change, so one identity check a use case finds the rest.
    """
    if before is after:
        return evaluation
    same_rules = (
        before.preset is after.preset and before.weights == after.weights and before.asked == after.asked
    )
    if not same_rules:
        return evaluate(after)
    old = before.use_cases
    changed = [u for id_, u in after.use_cases.items() if old.get(id_) is not u]
    few = len(changed) <= 4 and len(old) == len(after.use_cases)
    if not few or any(u.id not in old or old[u.id].live != u.live for u in changed):
        return evaluate(after, evaluation.rules)
    for use_case in changed:
        if use_case.live:
            evaluation = evaluation.update(use_case)
    return evaluation
