"""What an open session says when it is asked: its use cases, their ranking and how sure that is, and its log."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, TypeVar

from prioritizer.machine import all_kept
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.text.moments import LONG_AGO, moment
from prioritizer.workshop.history import HistoryEntry, happening, in_words

if TYPE_CHECKING:
    from prioritizer.facilitation.clock import Happening, Pace
    from prioritizer.model.ranking import Ranked, Ranking
    from prioritizer.model.robustness import Robustness
    from prioritizer.scoring.evaluate import Evaluation
    from prioritizer.store import Entry, Store

T = TypeVar("T")


class Seeing(ABC):
    """What can be seen of a `Workshop`; all of it comes from the snapshot that anybody may see, and the log."""

    _evaluated: tuple[Snapshot, Evaluation] | None = None
    """The last evaluation, and of what."""

    @property
    @abstractmethod
    def snapshot(self) -> Snapshot:
        """As `Workshop.snapshot`."""

    @abstractmethod
    def on_file(self, job: Callable[[Store], T], *, reload: bool = True) -> T:
        """As `Workshop.on_file`."""

    def _log(self) -> list[Entry]:
        return self.on_file(lambda store: store.history(), reload=False)

    @property
    def use_cases(self) -> list[UseCase]:
        """The live use cases, by number."""
        return list(self.snapshot.live())

    @property
    def evaluation(self) -> Evaluation:
        """The ranking as columns; computed once a snapshot, one row an edit."""
        from prioritizer.scoring.evaluate import evaluate, reevaluate

        snapshot = self.snapshot
        known = self._evaluated
        if known is None:
            evaluation = evaluate(snapshot)
        elif known[0] is snapshot:
            return known[1]
        else:
            evaluation = reevaluate(known[1], known[0], snapshot)
        self._evaluated = (snapshot, evaluation)
        return evaluation

    def ranking(self) -> Ranking:
        """The whole ranking; ``.model_dump(mode="json")`` is what ``rank --json`` prints."""
        from prioritizer.scoring.result import ranking

        return ranking(self.snapshot, self.evaluation)

    def ranked(self, use_case_id: str) -> Ranked:
        """One use case in the ranking."""
        from prioritizer.scoring.result import ranked

        snapshot = self.snapshot
        return ranked(snapshot, self.evaluation, snapshot.use_cases[use_case_id])

    def robustness(
        self, draws: int = 10_000, seed: int = 0, top: int = 3, *, without: Collection[str] = ()
    ) -> Robustness:
        """How sure the ranking is; ``.model_dump(mode="json")`` is what ``robustness --json`` prints.

        Args:
            draws: How many; 9,604 give shares to ±1 point.
            seed: Same file and seed, same numbers.
            top: N of "the top N".
            without: What is not drawn: ``weights``, ``people``, ``evidence``, ``scale``.

        Raises:
            PrioritizerError: There is nothing to draw, or not as asked.
        """
        from prioritizer.analysis.endurance import robustness

        return robustness(self.snapshot, draws, seed, top, without=without, evaluation=self.evaluation)

    def robustness_in_blocks(
        self,
        draws: int = 10_000,
        seed: int = 0,
        top: int = 3,
        *,
        without: Collection[str] = (),
        going_on: Callable[[], bool] = lambda: True,
    ) -> Iterator[Robustness]:
        """The same for a screen: first numbers at once, then better ones; the last are the same.

        Works on the session as it is now, whatever is edited meanwhile; safe on a thread of its own.
        ``going_on`` is asked between the blocks' parts: where it says no, the results end.
        """
        from prioritizer.analysis.endurance import robustness_in_blocks

        snapshot, evaluation = self.snapshot, self.evaluation
        return robustness_in_blocks(
            snapshot, draws, seed, top, without=without, evaluation=evaluation, going_on=going_on
        )

    def history(self) -> list[HistoryEntry]:
        """The log in words, oldest first."""
        with all_kept():  # of a long import the search would stop every key for seconds
            return in_words(self._log(), self.snapshot)

    def decided_on(self) -> dict[tuple[str, str], str]:
        """When each decision was made; see `decided_on`."""
        from prioritizer.workshop.decided_on import decided_on

        return decided_on(self._log())

    def happenings(self) -> list[Happening]:
        """The log as far as pace is concerned: times, kinds and counts, never an answer."""
        from prioritizer.facilitation.clock import TELLING, Happening

        # An import or a table of levels is long, and nothing in it but its time says how fast people are.
        return [
            happening(entry) if entry is not None else Happening(moment(time) or LONG_AGO, kind)
            for time, kind, entry in self.on_file(lambda store: store.moments(TELLING), reload=False)
        ]

    def pace(self) -> Pace:
        """How fast this room is, by the log's own timestamps; the assumptions where there are too few."""
        from prioritizer.facilitation.clock import pace

        return pace(self.happenings())
