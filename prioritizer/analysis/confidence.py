"""Confidence: how often a use case is first when the room shares its central weights.

While the draws go by, those are kept that could be first under any weights at all: few
of them, so that afterwards every set of central weights can be tried on the same levels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.analysis.draws import Planes
from prioritizer.analysis.placing import (
    HALF,
    SCALE,
    STEPS,
    Tile,
    in_billionths,
    weighed,
)
from prioritizer.model.terms import CLASSES
from prioritizer.scoring.lanes import LANE

MOST = 200_000
"""Pairs of a draw and a use case that are kept. Where more contend, fewer draws are looked at."""

DRAWS = 4_096
"""Draws that are looked at, at most: they give a share to ±1.6 points."""

_STEP = 1000 * SCALE * (LANE["fix-then-pilot"] - LANE["pilot-first"])


@dataclass(frozen=True)
class _Pairs:
    """p pairs, those of one draw together."""

    draw: npt.NDArray[np.intp]
    case: npt.NDArray[np.intp]
    scores: Floats
    least: Floats
    steps: npt.NDArray[np.int64]
    pilotable: npt.NDArray[np.bool_]

    def some(self, chosen: npt.NDArray[np.intp], first_draw: int) -> _Pairs:
        """Those at some places, in that order."""
        return _Pairs(
            draw=self.draw[chosen] + first_draw,
            case=self.case[chosen],
            scores=self.scores[:, chosen],
            least=self.least[:, chosen],
            steps=self.steps[chosen],
            pilotable=self.pilotable[chosen],
        )


class Contenders:
    """Those that can be first, draw by draw. p pairs of a draw and a use case, k dimensions."""

    def __init__(self) -> None:
        self.draws = 0
        self.full = False
        self._count = 0
        self._pairs: list[_Pairs] = []
        self._limits: list[Floats] = []
        self._seen: list[_Pairs] = []
        self._best: Planes | None = None

    def look(self, start: int, tile: Tile, used: int) -> None:
        """Looks at a tile of the chunk; what is kept of it may yet be beaten by a later one.

        Args:
            start: Row of its first use case.
            tile: Some use cases.
            used: How many of the chunk's draws count.
        """
        if self.full or self.draws >= DRAWS:
            return
        code = tile.lanes[:, :used] * np.int8(len(CLASSES)) + tile.classes[:, :used]
        best = code.min(axis=0)
        self._best = best if self._best is None else np.minimum(self._best, best)
        self._seen.append(_pairs(start, tile, code, self._best))

    def keep(self, limits: Floats) -> None:
        """Ends the chunk: keeps its contenders, if there is room.

        Args:
            limits: (k, used) what stands at the readiness threshold throughout scores.
        """
        seen, best, self._seen, self._best = self._seen, self._best, [], None
        if best is None:
            return
        pairs = _joined(seen)
        hopeful = pairs.pilotable | (pairs.steps >= STEPS[best][pairs.draw])
        order = np.argsort(pairs.draw, kind="stable")
        chosen = order[hopeful[order]]
        if self._pairs and self._count + len(chosen) > MOST:
            self.full = True
            return
        self._pairs.append(pairs.some(chosen, self.draws))
        self._limits.append(limits)
        self._count += len(chosen)
        self.draws += limits.shape[1]

    def confidence(self, central: Mapping[int, list[float]]) -> dict[int, float]:
        """Share of value draws in which each is first under its own central weights.

        Args:
            central: Row → its central weights.
        """
        if not central:
            return {}
        pairs, limits = _joined(self._pairs), np.concatenate(self._limits, axis=1)
        starts = np.flatnonzero(np.diff(pairs.draw, prepend=-1))
        open_ = np.flatnonzero(pairs.pilotable)
        open_draw, open_least = pairs.draw[open_], pairs.least[:, open_]
        found = {}
        for row, weights in central.items():
            fixed = np.array(weights)
            readiness = weighed(pairs.scores, fixed)
            limit = (weighed(limits, fixed) - HALF)[open_draw]
            first = readiness[open_] >= limit
            if pairs.least.size:
                first &= weighed(open_least, fixed) >= limit
            u = in_billionths(readiness)
            u += pairs.steps
            u[open_[first]] += _STEP
            own = np.flatnonzero(pairs.case == row)
            best = np.maximum.reduceat(u, starts)
            found[row] = int(np.count_nonzero(u[own] >= best[pairs.draw[own]])) / self.draws
        return found


def _pairs(start: int, tile: Tile, code: Planes, best: Planes) -> _Pairs:
    """Whoever reaches the best lane and class that somebody is sure of, whatever the weights."""
    used = code.shape[1]
    case, draw = np.nonzero((code <= best) | tile.pilotable[:, :used])
    least = tile.scores[:0] if tile.least is None else tile.least
    return _Pairs(
        draw=draw,
        case=case + start,
        scores=tile.scores[:, case, draw],
        least=least[:, case, draw],
        steps=STEPS[code[case, draw]],
        pilotable=tile.pilotable[case, draw],
    )


def _joined(parts: Sequence[_Pairs]) -> _Pairs:
    # Where some tiles have unknown cells, the least of the others is their score.
    some = any(len(part.least) for part in parts)
    return _Pairs(
        draw=np.concatenate([part.draw for part in parts]),
        case=np.concatenate([part.case for part in parts]),
        scores=np.concatenate([part.scores for part in parts], axis=1),
        least=np.concatenate(
            [part.least if len(part.least) or not some else part.scores for part in parts], axis=1
        ),
        steps=np.concatenate([part.steps for part in parts]),
        pilotable=np.concatenate([part.pilotable for part in parts]),
    )
