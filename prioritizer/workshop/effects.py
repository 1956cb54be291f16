"""What settling each open cell is expected to change: worked out once for every snapshot."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # they bring numpy
    from prioritizer.analysis.talk import CellEffect
    from prioritizer.model.session import Snapshot
    from prioritizer.scoring.evaluate import Evaluation


class Effects:
    """The newest effects that are known. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: tuple[Snapshot, tuple[CellEffect, ...]] | None = None

    def fresh(self, snapshot: Snapshot) -> bool:
        """Whether they are known for just this snapshot."""
        known = self._known
        return known is not None and known[0] is snapshot

    def latest(self) -> tuple[CellEffect, ...]:
        """As they were worked out last, at once: of this snapshot or of one before it."""
        known = self._known
        return known[1] if known is not None else ()

    def find(
        self, snapshot: Snapshot, evaluation: Evaluation, going_on: Callable[[], bool] = lambda: True
    ) -> tuple[CellEffect, ...]:
        """Works them out, unless they are known; takes up to a second, so never on an event loop.

        Args:
            snapshot: What anybody may see.
            evaluation: Of that snapshot.
            going_on: Asked now and then; where it says no, the last ones stand.
        """
        from prioritizer.analysis.talk import cell_effects

        with self._lock:  # two screens that ask for the same wait for one answer
            if not self.fresh(snapshot) and going_on():
                found = cell_effects(snapshot, evaluation, snapshot.top, going_on=going_on)
                if found is not None:
                    self._known = (snapshot, tuple(found))
        return self.latest()
