"""From the log to what stands in every cell: the same for a check of the whole and for a merge.

Operations apply by their clocks, and the last write of a cell wins. Two kinds of writes are held
back, because what they would change is closed: an answer whose round was closed by somebody
who had not seen it, and a link between use cases that would close a circle. They stay in the log,
and are to be settled by a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from prioritizer.model.session import Born
from prioritizer.model.tables import Scalar
from prioritizer.store.causality import Causality
from prioritizer.store.links import closes_circle, is_link
from prioritizer.store.log import Entry, LogWrite, Ref
from prioritizer.store.state import NAMES_USE_CASE, Cell

Standing = tuple[Scalar, Ref | None]
"""What stands in a cell, and the operation that has put it there."""

NOTHING: Standing = (None, None)


@dataclass(slots=True)
class Replay:
    """A replay, of a whole log or of its end.

    Args:
        causality: Of the whole log.
        bases: What stood in cells before the first operation that is replayed.

    Attributes:
        cells: What stands in each cell that was written.
        born: When each use case that was named was created.
        held: Writes held back, by cell.
    """

    causality: Causality
    bases: dict[Cell, Standing] = field(default_factory=dict)
    cells: dict[Cell, Standing] = field(default_factory=dict)
    born: dict[str, Born] = field(default_factory=dict)
    held: dict[Cell, set[Ref]] = field(default_factory=dict)
    _answers: dict[str, dict[Cell, list[Standing]]] = field(default_factory=dict)
    _closings: dict[str, list[Ref]] = field(default_factory=dict)

    def run(self, log: Iterable[Entry]) -> Replay:
        """Applies operations, in the order of their clocks."""
        for entry in log:
            ref = entry.ref
            for place, w in enumerate(entry.writes):
                if w.table in NAMES_USE_CASE:
                    self.born.setdefault(w.key[0], (entry.clock, entry.site, entry.seq, place))
                if w.table == "answer":
                    self._answer(ref, w)
                elif is_link(w.table, w.field) and self._in_a_circle(w):
                    self._hold(w.cell, ref)
                else:
                    self.cells[w.cell] = (w.new, ref)
                    if w.table == "round" and w.field == "status" and w.new != "open":
                        self._close(w.key[2], ref)
        return self

    def standing(self, cell: Cell) -> Standing:
        """What stands in a cell."""
        return self.cells.get(cell) or self.bases.get(cell, NOTHING)

    def _answer(self, ref: Ref, w: LogWrite) -> None:
        given = self._answers.setdefault(w.key[2], {}).setdefault(w.cell, [])
        for closing in self._closings.get(w.key[2], ()):
            if closing != ref and not self.causality.saw(ref, closing):
                self._hold(w.cell, ref)
                return
        given.append((w.new, ref))
        self.cells[w.cell] = given[-1]

    def _close(self, round_id: str, ref: Ref) -> None:
        """Takes out what has come into a round without the knowledge of whoever closed it."""
        self._closings.setdefault(round_id, []).append(ref)
        for cell, given in self._answers.get(round_id, {}).items():
            for each in [g for g in given if g[1] not in (None, ref)]:
                assert each[1] is not None
                if not self.causality.saw(ref, each[1]):
                    given.remove(each)
                    self._hold(cell, each[1])
            self.cells[cell] = given[-1] if given else self.bases.get(cell, NOTHING)

    def _hold(self, cell: Cell, ref: Ref) -> None:
        self.held.setdefault(cell, set()).add(ref)
        self.cells.setdefault(cell, self.bases.get(cell, NOTHING))

    def _in_a_circle(self, w: LogWrite) -> bool:
        def follow(case: str) -> Scalar:
            return self.standing(("use_case", (case,), w.field))[0]

        return closes_circle(w.key[0], w.new, follow)


def bases_of(log: Iterable[Entry]) -> dict[Cell, Standing]:
    """What stood in each cell that the end of a log writes, before it.

    Args:
        log: All operations from the fork on, in the order of their clocks. The author of the first
            write of a cell had seen everything before the fork, and says what stood there.
    """
    bases: dict[Cell, Standing] = {}
    for entry in log:
        for w in entry.writes:
            bases.setdefault(w.cell, (w.old, w.seen))
    return bases
