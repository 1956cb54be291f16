"""Ten thousand draws at growing sizes, against the least that numpy needs for as many random numbers."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.draws import CHUNK
from prioritizer.analysis.endurance import DRAWS, robustness, robustness_in_blocks
from prioritizer.analysis.simplex import CONCENTRATION
from prioritizer.scoring.evaluate import evaluate
from tests.benchmarks.measure import Row, timed
from tests.benchmarks.scoring import session

CRITERIA = 24
BLOCK = 500
PER_DRAW = (CONCENTRATION - 1) + 3 * 16 + 1
"""Numbers that a draw needs besides the cells: weights, the spacing of 16 scales, a participant."""

SIZES = ((20, 25), (60, 15), (200, 7), (1_000, 3))


def floor(use_cases: int) -> npt.NDArray[np.intp]:
    """One uniform for each cell and the numbers of each draw, in blocks; one product, one sort, one count."""
    random = np.random.Generator(np.random.PCG64(1))
    counts = np.zeros(use_cases * use_cases, dtype=np.intp)
    place = np.arange(use_cases)
    for _ in range(0, DRAWS, BLOCK):
        weights = random.random((BLOCK, PER_DRAW))[:, :CRITERIA, None]
        cells = random.random((BLOCK, use_cases, CRITERIA))
        order = np.argsort(np.matmul(cells, weights)[:, :, 0], axis=1)
        counts += np.bincount((order * use_cases + place).ravel(), minlength=use_cases * use_cases)
    return counts


def sizes() -> Iterator[Row]:
    """Every cell uncertain, the worst case: half of them unknown, half an opinion or a ballot of 25 people."""
    seconds: dict[int, float] = {}
    for use_cases, rounds in SIZES:
        for people, kind in ((0, "unknown or opinions"), (25, "opinions and ballots")):
            snapshot = session(use_cases, people)
            evaluation = evaluate(snapshot)
            ours, theirs = _in_turns(
                lambda s=snapshot, e=evaluation: robustness(s, evaluation=e),  # type: ignore[misc]
                lambda n=use_cases: floor(n),  # type: ignore[misc]
                rounds,
            )
            seconds[use_cases] = ours
            what = f"10,000 draws × {use_cases:,} × 24, {kind}"
            yield Row(what, ours, theirs, 3.0, "the numpy floor")
    for small, large in ((60, 200), (200, 1_000)):
        grown = large * np.log(large) / (small * np.log(small))
        yield Row(
            f"growth of the draws, {small} → {large:,}, as a share of n log n",
            seconds[large] / grown,
            seconds[small],
            1.0,
        )


def _in_turns(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Medians of the processor's time: both run on one core, and another program may want it too."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        for job, kept in zip((ours, theirs), times, strict=True):
            start = time.process_time()
            job()
            if turn:
                kept.append(time.process_time() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def first_numbers() -> Iterator[Row]:
    """How long a screen waits for the first block."""
    for use_cases in (60, 1_000):
        snapshot = session(use_cases, 25)
        evaluation = evaluate(snapshot)
        times = [
            timed(lambda s=snapshot, e=evaluation: next(robustness_in_blocks(s, evaluation=e)))  # type: ignore[misc]
            for _ in range(5)
        ]
        yield Row(f"first {CHUNK:,} draws of {use_cases:,} use cases", sorted(times)[2])
