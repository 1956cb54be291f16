"""A row of the table, and medians of two things measured in turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One promise: seconds of ours, of what it is compared with, and the limit of their ratio.

    Attributes:
        what: In words.
        ours: Seconds.
        against: Seconds, or none for an absolute limit.
        limit: Of the ratio, or of the seconds; none where nothing is promised.
        beside: What it was compared with.
        unit: ``s``, or ``MiB`` where memory was measured and not time.
    """

    what: str
    ours: float
    against: float | None = None
    limit: float | None = None
    beside: str = ""
    unit: str = "s"

    @property
    def value(self) -> float:
        return self.ours if self.against is None else self.ours / self.against

    @property
    def missed(self) -> bool:
        return self.limit is not None and self.value > self.limit

    def line(self) -> str:
        against = (
            f"{self._shown(self.against)} {self.beside}".strip()
            if self.against is not None
            else self.beside or "–"
        )
        ratio = f"{self.value:.2f} ×" if self.against is not None else "–"
        if self.limit is None:
            limit, verdict = "–", "reported"
        else:
            limit = f"≤ {self.limit:g} ×" if self.against is not None else f"≤ {self._shown(self.limit)}"
            verdict = "MISSED" if self.missed else "ok"
        return f"| {self.what} | {self._shown(self.ours)} | {against} | {ratio} | {limit} | {verdict} |"

    def _shown(self, value: float) -> str:
        return shown(value) if self.unit == "s" else f"{value:.0f} {self.unit}"


def shown(seconds: float) -> str:
    """Seconds as a person reads them."""
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def timed(job: Callable[[], object]) -> float:
    """Seconds that a job takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def in_turns(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Medians of two jobs measured alternately, after one unmeasured turn of each."""
    first()
    second()
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(timed(first))
        theirs.append(timed(second))
    return statistics.median(ours), statistics.median(theirs)


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
