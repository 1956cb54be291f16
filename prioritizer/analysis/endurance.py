"""How sure the ranking of a session is: all its uncertainties drawn at once, the rules inside every draw.

SMAA-2 on the whole decision rule (Lahdelma & Salminen 2001; Tervonen & Lahdelma 2007).
Results come in growing blocks, so that a screen has its first numbers at once; the final
ones do not depend on the blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np

from prioritizer.analysis.bits import check_draws
from prioritizer.analysis.confidence import Contenders
from prioritizer.analysis.drawn import Drawn, find_drawn
from prioritizer.analysis.draws import CHUNK, Draws, tiles_of
from prioritizer.analysis.inside import Inside
from prioritizer.analysis.movers import DRAWS as MOVED
from prioritizer.analysis.movers import movers
from prioritizer.analysis.placing import place, readiness_threshold
from prioritizer.analysis.tally import MOST, Tally
from prioritizer.errors import PrioritizerError
from prioritizer.model.robustness import SOURCES, Endurance, Mover, PairShares, Robustness
from prioritizer.model.session import Snapshot
from prioritizer.model.terms import LANES
from prioritizer.scoring.evaluate import Evaluation, evaluate

DRAWS = 10_000
"""9,604 give shares to ±1 point in 95 of 100 cases (Tervonen & Lahdelma 2007)."""

SHOWN = 10
"""First rows of the ranking whose pairs are compared."""

RARE = 0.01
"""First in a smaller share of draws than this: central weights would be an accident."""


def robustness(
    snapshot: Snapshot,
    draws: int = DRAWS,
    seed: int = 0,
    top: int = 3,
    *,
    without: Collection[str] = (),
    concentration: int | None = None,
    evaluation: Evaluation | None = None,
) -> Robustness:
    """The final numbers; see `robustness_in_blocks`."""
    steps = robustness_in_blocks(
        snapshot,
        draws,
        seed,
        top,
        without=without,
        concentration=concentration,
        evaluation=evaluation,
        block=draws,
    )
    *_, last = steps
    return last


def robustness_in_blocks(
    snapshot: Snapshot,
    draws: int = DRAWS,
    seed: int = 0,
    top: int = 3,
    *,
    without: Collection[str] = (),
    concentration: int | None = None,
    evaluation: Evaluation | None = None,
    block: int | None = None,
    going_on: Callable[[], bool] = lambda: True,
) -> Iterator[Robustness]:
    """How sure the ranking is, more exactly each time.

    Args:
        snapshot: The session as anybody may see it.
        draws: How many.
        seed: Same file and seed, same numbers.
        top: N of "the top N".
        without: Sources that are left as the ranking has them, of `SOURCES`.
        concentration: How firmly the stated weights stand; as the session says, if left out.
        evaluation: The ranking of the same snapshot, if at hand.
        block: Draws between two results, up to the next whole chunk; doubling if left out.
        going_on: Asked before every chunk; the results end where it says no.

    Yields:
        Results; movers and confidence only in the last one.

    Raises:
        PrioritizerError: There is nothing to draw, or not as asked.
    """
    check_draws(draws, seed)
    check_sources(without)
    if concentration is not None and concentration < 1:
        raise PrioritizerError("The concentration of the weights must be a whole number from 1 on.")
    evaluation = evaluation if evaluation is not None else evaluate(snapshot)
    _check_session(evaluation, top)
    sources = frozenset(s for s in SOURCES if s not in without)
    drawn = find_drawn(snapshot, sources, concentration, evaluation.rules)
    return _Rehearsal(snapshot, evaluation, drawn, draws, seed, top).run(block, going_on)


def check_sources(without: Collection[str]) -> None:
    """Refuses a source that there is not.

    Raises:
        PrioritizerError: One is not known.
    """
    unknown = next((each for each in without if each not in SOURCES), None)
    if unknown is not None:
        from prioritizer.text.clean import clean_error

        known = f"{', '.join(SOURCES[:-1])} and {SOURCES[-1]}"
        raise PrioritizerError(f"There is no source “{clean_error(unknown)}”; there are {known}.")


def _check_session(evaluation: Evaluation, top: int) -> None:
    n = len(evaluation.inputs.ids)
    if not n:
        raise PrioritizerError("There is no use case yet, so there is no order to try.")
    if not (evaluation.columns.levels[:, evaluation.rules.scored] >= 0).any():
        raise PrioritizerError(
            "Nothing has been rated yet, so there is no order to try; rate something first."
        )
    if n > MOST:
        raise PrioritizerError(f"{n:,} use cases are too many to try the order of; park all but {MOST:,}.")
    if top < 1:
        raise PrioritizerError("“The top N” needs an N of at least 1.")
    if top > n:
        listed = "There is only 1 use case" if n == 1 else f"There are only {n:,} use cases"
        raise PrioritizerError(f"{listed}, so there is no top {top:,}; ask for at most {n:,}.")


class _Rehearsal:
    """The loop over the chunks, and what it has seen."""

    def __init__(
        self, snapshot: Snapshot, evaluation: Evaluation, drawn: Drawn, draws: int, seed: int, top: int
    ) -> None:
        self.snapshot, self.evaluation, self.drawn = snapshot, evaluation, drawn
        self.draws, self.seed = draws, seed
        n = len(evaluation.inputs.ids)
        self.tally = Tally(n, top, len(drawn.weights), evaluation.order[:SHOWN])
        self.contenders = Contenders()
        self._u = np.empty((n, CHUNK), dtype=np.int64)
        self._lanes = np.empty((n, CHUNK), dtype=np.int8)
        chunks = -(-draws // CHUNK)
        self.weights = np.empty((len(drawn.weights), chunks * CHUNK))
        self.people = np.empty(chunks * CHUNK if len(drawn.people) else 0, dtype=np.intp)

    def run(self, block: int | None, going_on: Callable[[], bool]) -> Iterator[Robustness]:
        source = Draws(self.drawn, self.seed)
        inside = Inside(self.drawn, source.rows)
        due = block or CHUNK
        for start in range(0, self.draws, CHUNK):
            if not going_on():
                return
            self._chunk(source, inside, start, min(CHUNK, self.draws - start))
            done = self.tally.draws
            if done == self.draws:
                yield self._final()
            elif done >= due:
                yield self._result({}, {})
                due = done + block if block else 2 * done

    def _chunk(self, source: Draws, inside: Inside, start: int, used: int) -> None:
        n = len(source.rows)
        shared = source.shared()
        u, lanes, threshold = self._u, self._lanes, inside.thresholds.readiness
        for a, b in tiles_of(n):
            tile = inside.tile(a, b, source.levels(a, b, shared.person), shared)
            u[a:b], lanes[a:b] = place(threshold, tile, shared.weights, shared)
            self.contenders.look(a, tile, used)
        self.contenders.keep(readiness_threshold(threshold, shared)[:, :used])
        self.weights[:, start : start + CHUNK] = shared.weights
        if len(self.people):
            self.people[start : start + CHUNK] = shared.person
        self.tally.add(u[:, :used], lanes[:, :used], shared.weights[:, :used])

    def _final(self) -> Robustness:
        tally, draws = self.tally, self.draws
        central = {
            row: tally.central(row) for row in range(tally.n) if int(tally.firsts[row]) >= RARE * draws
        }
        sure = self.contenders.confidence(central)
        decided = [
            row for row in range(tally.n) if RARE * draws <= int(tally.in_top[row]) <= (1 - RARE) * draws
        ]
        tops = {row: tally.top_of(row, MOVED) for row in decided}
        moving = movers(self.drawn, self.seed, tops, self.weights[:, :draws], self.people[:draws])
        return self._result(sure, moving)

    def _result(self, sure: dict[int, float], moving: dict[int, list[Mover]]) -> Robustness:
        tally, drawn, order = self.tally, self.drawn, self.evaluation.order
        ids = drawn.inputs.ids
        shown = [ids[row] for row in order[:SHOWN]]
        return Robustness(
            draws=tally.draws,
            asked=self.draws,
            seed=self.seed,
            top=tally.top,
            sources={source: source in drawn.sources for source in SOURCES},
            weights=self._by_dimension(drawn.weights),
            weights_method=self.snapshot.weights_method,
            concentration=sum(drawn.concentrations),
            ballots=len(drawn.people),
            use_cases=[self._one(int(row), sure, moving) for row in order],
            pairwise=PairShares(
                use_cases=shown, share=[[k / tally.draws for k in row] for row in tally.above.tolist()]
            ),
        )

    def _one(self, row: int, sure: dict[int, float], moving: dict[int, list[Mover]]) -> Endurance:
        tally, draws = self.tally, self.tally.draws
        use_case = self.snapshot.use_cases[self.drawn.inputs.ids[row]]
        ranks = np.flatnonzero(tally.ranks[row])
        counts = tally.ranks[row, ranks].tolist()
        rare = int(tally.firsts[row]) < RARE * draws
        return Endurance(
            id=use_case.id,
            number=use_case.number,
            title=use_case.title,
            rank_acceptability=[(r + 1, k / draws) for r, k in zip(ranks.tolist(), counts, strict=True)],
            top_share=int(tally.in_top[row]) / draws,
            lane_share={lane: k / draws for lane, k in zip(LANES, tally.lanes[row].tolist(), strict=True)},
            confidence=sure.get(row),
            central_weights=None if rare else self._by_dimension(tally.central(row)),
            movers=moving.get(row, []),
        )

    def _by_dimension(self, weights: Sequence[float]) -> dict[str, float]:
        """In the preset's order."""
        rules = self.drawn.rules
        known = dict(zip((d.id for d in rules.readiness), weights, strict=True))
        return {d: known[d] for d in rules.dimension_ids if d in known}
