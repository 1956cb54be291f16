"""How far each weight can move before the leader, or the shortlist, changes; and the lanes with it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.analysis.fixed import Fixed, fix
from prioritizer.analysis.stability import ratios_without
from prioritizer.scoring.evaluate import Evaluation

_BATCH = 64
_SAME = 1e-12


@dataclass(frozen=True, slots=True)
class End:
    """One end of an interval.

    Attributes:
        at: The weight, 0–1.
        why: ``edge``: nothing changes up to 0 or 1; ``order``: another one overtakes;
            ``lane``: readiness crosses the threshold of a lane.
        row: Who overtakes, or whose lane changes; −1 at an edge.
    """

    at: float
    why: Literal["edge", "order", "lane"]
    row: int = -1


@dataclass(frozen=True, slots=True)
class WeightInterval:
    """How far the weight of one dimension can move, the others keeping their ratios."""

    dimension: str
    weight: float
    low: End
    high: End

    def moves(self) -> bool:
        """Whether any change of this weight changes anything."""
        return self.low.why != "edge" or self.high.why != "edge"


def leader_intervals(evaluation: Evaluation) -> list[WeightInterval]:
    """For each readiness dimension: where the first place stays as it is."""
    return _intervals(evaluation, 1)


def shortlist_intervals(evaluation: Evaluation, top: int) -> list[WeightInterval]:
    """For each readiness dimension: where the first ``top`` stay the same set, in the same lanes."""
    return _intervals(evaluation, top)


def _intervals(evaluation: Evaluation, top: int) -> list[WeightInterval]:
    stated = [d.weight for d in evaluation.rules.readiness]
    total = math.fsum(stated)
    members = evaluation.order[:top]
    if not len(members) or not total > 0:
        return []
    fixed = fix(evaluation)
    shares = [w / total for w in stated]
    found = {}
    for k, dimension in enumerate(evaluation.rules.readiness):
        ratios = ratios_without(shares, k)
        if ratios is not None:
            path = _Path(fixed, members, np.array(ratios), k, shares[k])
            found[dimension.id] = WeightInterval(dimension.id, shares[k], path.end(-1), path.end(+1))
    return [found[d] for d in evaluation.rules.dimension_ids if d in found]


class _Path:
    """Weight k moves from 0 to 1; between its breaks nothing about the members can change."""

    def __init__(
        self, fixed: Fixed, members: npt.NDArray[np.intp], ratios: Floats, k: int, now: float
    ) -> None:
        self.fixed, self.members, self.ratios, self.k, self.now = fixed, members, ratios, k, now
        self.others = np.setdiff1d(np.arange(fixed.scores.shape[1]), members)
        _, lanes = fixed.order(self._weights(np.array([now])))
        self.lanes = lanes[members, 0]
        self.breaks = self._breaks()

    def end(self, side: int) -> End:
        """Walks outwards from the weight in force."""
        beyond = (
            self.breaks[self.breaks > self.now] if side > 0 else self.breaks[self.breaks < self.now][::-1]
        )
        edge = 1.0 if side > 0 else 0.0
        at = np.concatenate([[self.now], beyond, [edge]])
        for start in range(0, len(at) - 1, _BATCH):
            part = at[start : start + _BATCH + 1]
            middles = (part[:-1] + part[1:]) / 2
            u, lanes = self.fixed.order(self._weights(middles))
            moved = lanes[self.members] != self.lanes[:, None]
            lowest = u[self.members].min(axis=0)
            passed = u[self.others].max(axis=0) > lowest if len(self.others) else np.zeros(len(middles), bool)
            wrong = np.flatnonzero(moved.any(axis=0) | passed)
            # Between two breaks that are one but for rounding, nothing can be told.
            wrong = wrong[np.abs(np.diff(part))[wrong] > _SAME]
            if len(wrong):
                first = int(wrong[0])
                if moved[:, first].any():
                    return End(float(part[first]), "lane", int(self.members[int(moved[:, first].argmax())]))
                return End(float(part[first]), "order", int(self.others[int(u[self.others, first].argmax())]))
        return End(edge, "edge")

    def _weights(self, t: Floats) -> Floats:
        weights = self.ratios[:, None] * (1 - t)[None, :]
        weights[self.k] = t
        return weights

    def _breaks(self) -> Floats:
        """Weights at which a member ties with another, or somebody's readiness meets the threshold."""
        own, rest = self._line(self.fixed.scores)
        found = [
            _roots((own[i] - own[self.others]), (rest[i] - rest[self.others])) for i in self.members.tolist()
        ]
        for scores in (self.fixed.scores, self.fixed.least):
            at_one, at_zero = self._line(scores[:, self.fixed.pilotable])
            found.append(_roots(at_one - self.fixed.threshold, at_zero - self.fixed.threshold))
        every = np.unique(np.concatenate(found))
        return every[(every > 0) & (every < 1)]

    def _line(self, scores: Floats) -> tuple[Floats, Floats]:
        """Readiness where the weight is 1 and where it is 0; in between it is a straight line."""
        rest = np.zeros(scores.shape[1])
        for ratio, score in zip(self.ratios.tolist(), scores, strict=True):
            rest += ratio * score
        return scores[self.k], rest


def _roots(at_one: Floats, at_zero: Floats) -> Floats:
    slope = at_one - at_zero
    level = slope == 0
    return np.asarray(np.where(level, -1.0, -at_zero / np.where(level, 1.0, slope)), dtype=np.float64)
