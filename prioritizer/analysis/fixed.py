"""A session whose levels stand still: what its order depends on when only the weights move."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.analysis.placing import HALF, STEPS, Keys, in_billionths, weighed
from prioritizer.model.terms import CLASSES
from prioritizer.scoring.dimensions import dimension_scores, effective
from prioritizer.scoring.evaluate import Columns, Evaluation, evaluate_rows
from prioritizer.scoring.inputs import Inputs
from prioritizer.scoring.lanes import LANE
from prioritizer.scoring.rules import Rules


@dataclass(frozen=True)
class Fixed:
    """n use cases, k readiness dimensions.

    Attributes:
        scores: (k, n) dimension scores.
        least: (k, n) the same with every unknown cell at 0.
        lanes: (n,) int8, *Fix, then pilot* where only the readiness threshold is open.
        pilotable: (n,) bool: *Pilot first* if readiness meets the threshold.
        classes: (n,) int8.
        threshold: Of readiness.
    """

    scores: Floats
    least: Floats
    lanes: npt.NDArray[np.int8]
    pilotable: npt.NDArray[np.bool_]
    classes: npt.NDArray[np.int8]
    threshold: float

    def order(self, weights: Floats) -> tuple[Keys, npt.NDArray[np.int8]]:
        """U as in `inside.place`, and lanes, for some sets of weights.

        Args:
            weights: (k, c).

        Returns:
            u (n, c) int64, lanes (n, c) int8.
        """
        readiness = weighed(self.scores[:, :, None], weights)
        limit = self.threshold - HALF
        first = self.pilotable[:, None] & (readiness >= limit)
        first &= weighed(self.least[:, :, None], weights) >= limit
        lanes = np.where(first, np.int8(LANE["pilot-first"]), self.lanes[:, None]).astype(np.int8)
        u = in_billionths(readiness)
        u += STEPS[lanes * np.int8(len(CLASSES)) + self.classes[:, None]]
        return u, lanes


def fix(evaluation: Evaluation) -> Fixed:
    """What the weights cannot change about a ranking."""
    rules, inputs = evaluation.rules, evaluation.inputs
    no_threshold = rules.thresholds.model_copy(update={"readiness": 0.0})
    freed = evaluate_rows(replace(rules, thresholds=no_threshold), inputs)
    pilotable = (freed.lanes == LANE["pilot-first"]) & (inputs.lanes < 0)
    zero = inputs.levels.copy()
    cells = zero[:, rules.scored]
    zero[:, rules.scored] = np.where(cells < 0, np.int8(0), cells)
    lanes = np.where(pilotable, np.int8(LANE["fix-then-pilot"]), evaluation.columns.lanes)
    return Fixed(
        scores=np.ascontiguousarray(evaluation.columns.scores.T),
        least=np.ascontiguousarray(dimension_scores(rules, effective(rules, zero)[0]).T),
        lanes=lanes.astype(np.int8),
        pilotable=pilotable,
        classes=evaluation.columns.classes,
        threshold=rules.thresholds.readiness,
    )


def varied(evaluation: Evaluation, row: int, levels: npt.NDArray[np.int8]) -> Columns:
    """One use case with other levels, everything else about it the same.

    Args:
        evaluation: The ranking.
        row: Which.
        levels: (v, m) int8, one row a variant.
    """
    rules, inputs = evaluation.rules, evaluation.inputs
    v = len(levels)

    def same(array: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
        return np.repeat(array[row : row + 1], v, axis=0)

    variants = Inputs(
        levels=levels,
        proven=np.repeat(inputs.proven[row : row + 1], v, axis=0),
        claimed=np.repeat(inputs.claimed[row : row + 1], v, axis=0),
        answers=same(inputs.answers),
        cleared=np.repeat(inputs.cleared[row : row + 1], v, axis=0),
        lanes=same(inputs.lanes),
        titles=(inputs.titles[row],) * v,
        ids=(inputs.ids[row],) * v,
    )
    return evaluate_rows(rules, variants)


def rank_keys(columns: Columns) -> Keys:
    """What orders a ranking, worth included, as one whole number: (n,); larger is better."""
    u = in_billionths(columns.readiness.copy())
    u += STEPS[columns.lanes * np.int8(len(CLASSES)) + columns.classes]
    return u * 8 + columns.worth + 1


def first_rows(rules: Rules, inputs: Inputs, columns: Columns, top: int) -> list[int]:
    """The first rows of the ranking that these columns give; ties by title, then id."""
    keys = rank_keys(columns).tolist()
    order = sorted(range(len(keys)), key=lambda row: (-keys[row], inputs.titles[row], inputs.ids[row]))
    return order[:top]
