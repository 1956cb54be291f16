"""The rules inside every draw: cap, gates, class and lane, for use cases × draws at once (rubric §3–4).

The same rules as `prioritizer.scoring`, one byte plane a criterion instead of one row a
use case; a test holds the two together draw by draw.

The spacing of the levels moves caps and thresholds with it: "50" is what a use case
scores that stands at level 2 throughout, on whatever scale. A level is a fact; its
spacing is not, so that a rule about levels must not depend on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.analysis.drawn import Drawn
from prioritizer.analysis.draws import CHUNK, TILE, Planes, Shared
from prioritizer.analysis.placing import HALF, Tile, at_score
from prioritizer.model.terms import LEVELS
from prioritizer.scoring import gates as g
from prioritizer.scoring.dimensions import rounded
from prioritizer.scoring.lanes import CLASS, LANE
from prioritizer.scoring.rules import STATUS, GateRule
from prioritizer.scoring.truth import Bools, decide


@dataclass(frozen=True)
class _Facts:
    scores: Floats
    classes: Planes
    out: Bools
    not_an_agent: Bools
    stop: Bools
    barred: Bools
    undone: Bools


class Inside:
    """Applies the rules to the draws of some use cases.

    Args:
        drawn: The session.
        rows: Which use cases, in the order of the planes.
    """

    def __init__(self, drawn: Drawn, rows: npt.NDArray[np.intp]) -> None:
        rules, inputs = drawn.rules, drawn.inputs
        self._rules = rules
        self.thresholds = rules.thresholds
        self._cleared = inputs.cleared[rows]
        self._proven = inputs.proven[rows]
        self._answers = inputs.answers[rows]
        self._decided = inputs.lanes[rows]
        # Coverage and claims are about what the room knows; a draw does not change them.
        known = (inputs.levels[rows][:, rules.scored] >= 0).sum(axis=1)
        coverage = known / len(rules.scored) if len(rules.scored) else np.ones(len(rows))
        covered = rounded(np.asarray(coverage, dtype=np.float64))
        self._hidden = covered < self.thresholds.find_out_coverage
        claimed = inputs.claimed[rows][:, rules.scored].any(axis=1)
        self._hopeful = (covered >= self.thresholds.pilot_coverage) & ~claimed
        self._blank = drawn.blank[rows]
        self._rows_of_tables = np.arange(CHUNK) * len(LEVELS)
        # Kept from call to call: fresh memory would cost more than the work done in it.
        size = min(TILE, len(rows))
        self._answered: dict[tuple[int, int, int], list[tuple[int, Bools]]] = {}
        """By position of a gate and those of some use cases: what was answered, which no draw changes."""
        self._index = np.empty((size, CHUNK), dtype=np.intp)
        self._found = np.empty((size, CHUNK))
        self._scored = np.empty((len(rules.readiness), size, CHUNK))

    def tile(self, start: int, stop: int, levels: Planes, shared: Shared) -> Tile:
        """The rules for positions ``start`` to ``stop``; ``levels`` may be changed.

        The scores hold until the next call.
        """
        here = slice(start, stop)
        t, worth = self.thresholds, self._rules.worth
        low_worth = (
            (levels[worth] >= 0) & (levels[worth] < t.worth_floor)
            if worth >= 0
            else np.zeros(levels.shape[1:], np.bool_)
        )
        unknown = bool(self._blank[here][:, self._rules.scored].any())
        at_zero = levels.copy() if unknown else None
        facts = self._facts(here, levels, shared, self._scored[:, : stop - start])
        lanes = np.full(levels.shape[1:], LANE["fix-then-pilot"], dtype=np.int8)
        below = np.zeros(lanes.shape, dtype=np.int8)
        for scores, limit in zip(facts.scores, self.dimension_limits(shared), strict=True):
            below += scores < limit
        pilotable = self._pilotable(facts, below) & self._hopeful[here, None]
        least: Floats | None = None
        if at_zero is not None:
            zero = at_zero[self._rules.scored]
            at_zero[self._rules.scored] = np.where(zero < 0, np.int8(0), zero)
            worst = self._facts(here, at_zero, shared, np.empty_like(facts.scores))
            least = worst.scores
            missed = np.zeros(lanes.shape, dtype=np.int8)
            for scores, limit in zip(least, self.dimension_limits(shared), strict=True):
                missed += scores < limit
            pilotable &= self._pilotable(worst, missed)
        np.copyto(lanes, LANE["incubate"], where=low_worth | (below >= t.weak_dimensions))
        np.copyto(lanes, LANE["not-yet"], where=facts.stop | (facts.classes == CLASS["open-ended"]))
        np.copyto(lanes, LANE["find-out"], where=self._hidden[here, None])
        np.copyto(lanes, LANE["not-an-agent"], where=facts.not_an_agent)
        np.copyto(lanes, LANE["out"], where=facts.out)
        pilotable &= lanes == LANE["fix-then-pilot"]
        decided = self._decided[here]
        if (decided >= 0).any():
            by_room = (decided >= 0)[:, None] & (lanes != LANE["out"])
            np.copyto(lanes, decided[:, None], where=by_room)
            pilotable &= ~by_room
        return Tile(facts.scores, least, lanes, pilotable, facts.classes)

    def dimension_limits(self, shared: Shared) -> list[Floats]:
        """For each dimension (c,): the same for the threshold of a dimension."""
        return [at_score(whole, self.thresholds.dimension) - HALF for whole in shared.whole]

    def _facts(self, here: slice, levels: Planes, shared: Shared, scores: Floats) -> _Facts:
        counted, low, high = self._effective(here, levels)
        shape = levels.shape[1:]
        out, not_an_agent, stop, barred = (np.zeros(shape, dtype=np.bool_) for _ in range(4))
        for position, gate in enumerate(self._rules.gates):
            cleared = self._cleared[here, position, None]
            for status, where in self._statuses(position, gate, here, levels, low, high):
                if status != g.OUT and cleared.any():
                    where = where & ~cleared
                barred |= where
                if status == g.STOP:
                    stop |= where
                elif status == g.OUT:
                    out |= where
                elif status == g.NOT_AN_AGENT:
                    not_an_agent |= where
        undone = np.zeros(shape, dtype=np.bool_)
        for column in self._rules.todo:
            # Only a known 0 counts 0: an unknown counts 1, and a raise never leaves 0.
            undone |= counted[column] == 0
        return _Facts(
            self._scores(counted, shared, scores),
            self._classes(low, high),
            out,
            not_an_agent,
            stop,
            barred,
            undone,
        )

    def _effective(self, here: slice, levels: Planes) -> tuple[Planes, Planes, Planes]:
        """As `scoring.dimensions.effective`; one and the same planes where nothing is unknown."""
        if not self._blank[here].any():
            counted = low = high = levels
        else:
            unknown = levels < 0
            counted = np.where(unknown, np.int8(1), levels)
            low = np.where(unknown, np.int8(0), levels)
            high = np.where(unknown, np.int8(4), levels)
        for rule in self._rules.raises:
            holds, fails = (b.reshape(levels.shape[1:]) for b in decide(rule.when, _flat(low), _flat(high)))
            to = np.int8(rule.to)
            np.maximum(low[rule.column], to, out=low[rule.column], where=holds)
            if low is not counted:
                np.maximum(counted[rule.column], to, out=counted[rule.column], where=holds)
                np.maximum(high[rule.column], to, out=high[rule.column], where=~fails)
        return counted, low, high

    def _statuses(
        self, position: int, gate: GateRule, here: slice, levels: Planes, low: Planes, high: Planes
    ) -> Sequence[tuple[int, Bools]]:
        """Every status but *pass*, with where it stands.

        They are disjoint but for *condition*, which only bars, as every other does.
        """
        if gate.question >= 0:
            tile = (position, here.start, here.stop)
            known = self._answered.get(tile)
            if known is None:
                table = np.array([*gate.statuses, g.MISSING], dtype=np.int8)
                status = table[self._answers[here, gate.question]][:, None]
                codes = set(status.ravel().tolist()) - {g.PASS}
                known = self._answered[tile] = [(code, status == code) for code in codes]
            return known
        if gate.column >= 0:
            text, least = gate.gate, low[gate.column]
            condition = least <= text.condition
            if text.proof:
                condition |= ~self._proven[here, gate.column, None]
            stop = least <= text.stop
            if low is high:
                return [(g.CONDITION, condition), (g.STOP, stop)]
            missing = (levels[gate.column] < 0) & (least <= max(text.stop, text.condition))
            return [(g.CONDITION, condition), (g.STOP, stop & ~missing), (g.MISSING, missing)]
        assert gate.rule is not None
        holds, fails = (b.reshape(levels.shape[1:]) for b in decide(gate.rule, _flat(low), _flat(high)))
        found = [(STATUS[gate.gate.status], holds)] if gate.gate.status != "pass" else []
        return found if low is high else [*found, (g.MISSING, ~holds & ~fails)]

    def _classes(self, low: Planes, high: Planes) -> Planes:
        classes = np.full(low.shape[1:], CLASS["open-ended"], dtype=np.int8)
        open_still = np.ones(low.shape[1:], dtype=np.bool_)
        for name, rule in self._rules.classes:
            holds, fails = (b.reshape(low.shape[1:]) for b in decide(rule, _flat(low), _flat(high)))
            np.copyto(classes, CLASS[name], where=open_still & holds)  # type: ignore[index]  # the preset checks the names
            if low is not high:
                np.copyto(classes, CLASS["unknown"], where=open_still & ~holds & ~fails)
            open_still &= fails
        return classes

    def _scores(self, counted: Planes, shared: Shared, scores: Floats) -> Floats:
        """Dimension scores: looked up in the chunk's tables, in the order of the criteria."""
        for place, dimension in enumerate(self._rules.readiness):
            score, columns = scores[place], dimension.columns
            for column, table in zip(columns, shared.worth_of[place], strict=True):
                if column == columns[0]:
                    self._look_up(table, counted[column], score)
                else:
                    score += self._look_up(table, counted[column], self._found[: len(score)])
            if self.thresholds.cap and len(columns) > 1:
                weakest = counted[columns[0]]
                for column, todo in zip(columns, dimension.todo, strict=True):
                    cells = np.maximum(counted[column], np.int8(1)) if todo else counted[column]
                    weakest = np.minimum(weakest, cells) if column != columns[0] else cells
                above = np.minimum(weakest + np.int8(1), np.int8(LEVELS[-1]))
                cap = self._look_up(shared.whole[place], above, self._found[: len(score)])
                np.minimum(score, cap, out=score)
        return scores

    def _look_up(self, table: Floats, cells: Planes, out: Floats) -> Floats:
        """Each cell's entry in its own draw's row of a table (c, 5)."""
        index = self._index[: len(cells)]
        # Two plain loops: adding and widening in one goes through numpy's buffers and takes longer.
        np.copyto(index, cells)
        index += self._rows_of_tables
        return table.ravel().take(index, out=out, mode="clip")

    def _pilotable(self, facts: _Facts, below: Planes) -> Bools:
        found = facts.classes == CLASS["bounded"]
        found &= ~facts.barred
        found &= ~facts.undone
        found &= below == 0
        return np.asarray(found, dtype=np.bool_)


def _flat(planes: Planes) -> Planes:
    """(m, t, c) as the (t·c, m) that the rules of `scoring` read, without a copy."""
    return planes.reshape(len(planes), -1).T
