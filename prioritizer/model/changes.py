"""From writes to a snapshot: the one way in which a session is built, loaded or changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from prioritizer.model.cells import HANDLERS
from prioritizer.model.session import (
    NEVER,
    Born,
    Round,
    Snapshot,
    UseCase,
)
from prioritizer.model.tables import Key, Scalar, Write
from prioritizer.model.working import Working, round_order

if TYPE_CHECKING:
    from prioritizer.model.preset import Preset


class Builder(Working):
    """Takes writes and gives a snapshot that shares what did not change with ``base``.

    Args:
        base: The snapshot to start from. For a new one, `empty` makes it.
    """

    def name(self, name_id: str, text: str) -> None:
        """Adds a name; names are append-only."""
        if self.names is None:
            self.names = dict(self.base.names)
        self.names[name_id] = text

    def born(self, use_case: str, clock: Born) -> None:
        """Says when a use case was created; numbers follow these clocks."""
        case = self.case(use_case)
        known = case.get("born")
        if known == NEVER or clock < known:
            case.new["born"] = clock
            self.renumber = True

    def write(self, table: str, key: Key, field: str, new: Scalar) -> None:
        """Applies one write."""
        HANDLERS[table](self, key, field, new)

    def write_all(self, writes: Iterable[Write]) -> Builder:
        """Applies writes in order."""
        for w in writes:
            HANDLERS[w.table](self, w.key, w.field, w.new)
        return self

    def rounds(self, use_case: str, criterion: str, rounds: Iterable[Round]) -> None:
        """Sets all rounds of a cell at once with their answers (the fast way in for loading)."""
        self.case(use_case).mapping("rounds")[criterion] = tuple(sorted(rounds, key=round_order))

    def participant_index(self, participant: str) -> int:
        """Position of a participant in every round's answers."""
        return self.person(participant).index

    def done(self) -> Snapshot:
        """The new snapshot."""
        changes: dict[str, Any] = dict(self.session)
        if self.works:
            changes["use_cases"] = self._cases()
            self.works = {}
        if self.people is not None:
            changes["participants"] = tuple(sorted(self.people.values(), key=lambda p: p.index))
        if self.decisions is not None:
            changes["every_decision"] = self.decisions
            changes["decisions"] = tuple(d for d in self.decisions.values() if d.text)
        if self.weightings is not None:
            changes["weightings"] = self.weightings
        if self.names is not None:
            changes["names"] = self.names
        if self.asked is not None:
            changes["asked"] = self.asked
        return replace(self.base, **changes) if changes else self.base

    def _cases(self) -> dict[str, UseCase]:
        """All use cases; where one came or went, numbered 1, 2, 3 … by their creation clocks, and in that order."""
        before, works = self.base.use_cases, self.works
        if not self.renumber:
            return {**before, **{case_id: work.done(self.same) for case_id, work in works.items()}}
        places = [(not u.title, u.born, u.id) for u in before.values() if u.id not in works]
        for each in works.values():
            new, base = each.new, each.base
            places.append((not new.get("title", base.title), new.get("born", base.born), each.id))
        cases: dict[str, UseCase] = {}
        for number, (untitled, _, case_id) in enumerate(sorted(places), 1):
            wanted = 0 if untitled else number
            work = works.pop(case_id, None)  # gone at once: of a whole file both together would be much
            if work is None:
                case = before[case_id]
                cases[case_id] = case if case.number == wanted else replace(case, number=wanted)
                continue
            if work.new.get("number", work.base.number) != wanted:
                work.new["number"] = wanted
            cases[case_id] = work.done(self.same)
        return cases


def empty(session_id: str, preset: Preset, preset_hash: str, preset_text: str) -> Snapshot:
    """A session in which nothing has happened yet."""
    return Snapshot(session_id, preset, preset_hash, preset_text)


def apply(snapshot: Snapshot, writes: Sequence[Write]) -> Snapshot:
    """The snapshot after some writes."""
    return Builder(snapshot).write_all(writes).done()
