"""Class and lane of every use case (rubric §4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prioritizer.model.terms import CLASSES, LANES
from prioritizer.scoring import gates as g
from prioritizer.scoring.dimensions import Floats, dimension_scores, effective, readiness, rounded
from prioritizer.scoring.inputs import Inputs
from prioritizer.scoring.rules import Rules
from prioritizer.scoring.truth import Bools, Levels, decide

LANE = {lane: code for code, lane in enumerate(LANES)}
CLASS = {class_: code for code, class_ in enumerate(CLASSES)}


@dataclass(frozen=True)
class Facts:
    """What the lane rules look at, for n use cases."""

    counted: Levels
    low: Levels
    high: Levels
    scores: Floats
    readiness: Floats
    classes: npt.NDArray[np.int8]
    gates: g.Codes
    undone: Bools
    """(n, m): a 0 that only means that work is still to do."""


def find_facts(rules: Rules, inputs: Inputs, levels: Levels, cleared: Bools) -> Facts:
    """Scores, classes and gates for some levels."""
    counted, low, high = effective(rules, levels)
    scores = dimension_scores(rules, counted)
    statuses = g.gate_statuses(rules, inputs, levels, low, high)
    undone = np.zeros(levels.shape, dtype=np.bool_)
    undone[:, rules.todo] = (levels[:, rules.todo] == 0) & (counted[:, rules.todo] == 0)
    return Facts(
        counted=counted,
        low=low,
        high=high,
        scores=scores,
        readiness=readiness(rules, scores),
        classes=find_classes(rules, low, high),
        gates=g.set_aside(statuses, cleared),
        undone=undone,
    )


def find_classes(rules: Rules, low: Levels, high: Levels) -> npt.NDArray[np.int8]:
    """Class codes; *unknown* where unknown cells could decide between classes."""
    classes = np.full(len(low), CLASS["open-ended"], dtype=np.int8)
    open_still = np.ones(len(low), dtype=np.bool_)
    for name, rule in rules.classes:
        holds, fails = decide(rule, low, high)
        classes[open_still & holds] = CLASS[name]  # type: ignore[index]  # the preset checks the names
        classes[open_still & ~holds & ~fails] = CLASS["unknown"]
        open_still &= fails
    return classes


def find_lanes(
    rules: Rules, inputs: Inputs, facts: Facts, coverage: Floats, cleared: Bools
) -> npt.NDArray[np.int8]:
    """The lane that the rules give, with some gates set aside.

    Decided in the order of rubric §4; the first that holds.
    """
    t = rules.thresholds
    n = len(coverage)
    statuses = facts.gates
    covered = rounded(coverage)
    lanes = np.full(n, -1, dtype=np.int8)

    def give(where: Bools, lane: str) -> None:
        lanes[(lanes < 0) & where] = LANE[lane]  # type: ignore[index]  # names of ours

    give((statuses == g.OUT).any(axis=1), "out")
    give((statuses == g.NOT_AN_AGENT).any(axis=1), "not-an-agent")
    give(covered < t.find_out_coverage, "find-out")
    give((statuses == g.STOP).any(axis=1) | (facts.classes == CLASS["open-ended"]), "not-yet")
    weak = (rounded(facts.scores) < t.dimension).sum(axis=1) >= t.weak_dimensions
    give(below_floor(rules, inputs.levels) | weak, "incubate")

    ready = _pilotable(rules, facts)
    ready &= (covered >= t.pilot_coverage) & ~inputs.claimed[:, rules.scored].any(axis=1)
    doubtful = np.flatnonzero((lanes < 0) & ready & (inputs.levels[:, rules.scored] < 0).any(axis=1))
    if len(doubtful):
        ready[doubtful] &= _pilotable_at_zero(rules, inputs, doubtful, cleared)
    give(ready, "pilot-first")
    give(np.ones(n, dtype=np.bool_), "fix-then-pilot")
    return lanes


def below_floor(rules: Rules, levels: Levels) -> Bools:
    """Where the worth is known and under the floor."""
    if rules.worth < 0:
        return np.zeros(len(levels), dtype=np.bool_)
    worth = levels[:, rules.worth]
    return (worth >= 0) & (worth < rules.thresholds.worth_floor)


def _pilotable(rules: Rules, facts: Facts) -> Bools:
    t = rules.thresholds
    result = facts.classes == CLASS["bounded"]
    result &= (facts.gates == g.PASS).all(axis=1)
    result &= ~facts.undone.any(axis=1)
    result &= (rounded(facts.scores) >= t.dimension).all(axis=1)
    result &= rounded(facts.readiness) >= t.readiness
    return np.asarray(result, dtype=np.bool_)


def _pilotable_at_zero(rules: Rules, inputs: Inputs, rows: npt.NDArray[np.intp], cleared: Bools) -> Bools:
    """The same with every unknown readiness and boundedness cell at 0: nobody pilots a hope."""
    some = Inputs(
        levels=inputs.levels[rows],
        proven=inputs.proven[rows],
        claimed=inputs.claimed[rows],
        answers=inputs.answers[rows],
        cleared=inputs.cleared[rows],
        lanes=inputs.lanes[rows],
        titles=(),
        ids=(),
    )
    levels = some.levels.copy()
    columns = levels[:, rules.scored]
    levels[:, rules.scored] = np.where(columns < 0, np.int8(0), columns)
    return _pilotable(rules, find_facts(rules, some, levels, cleared[rows]))
