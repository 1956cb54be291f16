"""What is to be settled: values of one cell whose authors had not seen each other's.

The same value twice is nothing to settle, but for answers: of those this module says who gave one, and
the viewer leaves out what is the same once it is revealed.
Nothing of this is stored: the same log gives the same conflicts, whatever was merged in which order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from prioritizer.model.tables import Key, Scalar
from prioritizer.store.causality import Causality
from prioritizer.store.log import Entry, LogWrite, Ref
from prioritizer.store.replaying import Replay, bases_of
from prioritizer.store.state import Cell

Why = Literal["edit", "closed", "circle"]


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values between which somebody has to choose.

    Attributes:
        by: The operation that wrote it.
        time: When, by its author's clock.
        values: By field.
        stands: Whether these values are the ones shown now.
        why: Why they do not stand: an edit at odds, a round that was closed, a circle of links.
    """

    by: Ref
    time: str
    values: dict[str, Scalar]
    stands: bool
    why: Why = "edit"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row with fields that were changed by people who did not know of each other.

    Attributes:
        table: As in `TABLES`.
        key: Of the row.
        standing: What stands in the fields at odds.
        options: What may stand there instead or stay, the one that stands first.
    """

    table: str
    key: Key
    standing: dict[str, Scalar]
    options: tuple[Option, ...]

    @property
    def id(self) -> str:
        """Names it in every copy."""
        return "/".join((self.table, *self.key))


@dataclass(slots=True)
class _Fronts:
    """The writes of each cell that nobody who knew of them has followed with another."""

    causality: Causality
    written: dict[Cell, list[tuple[Entry, LogWrite]]] = field(default_factory=dict)
    groups: dict[Ref, list[Entry]] = field(default_factory=dict)
    group_of: dict[Ref, Ref] = field(default_factory=dict)

    def read(self, log: Sequence[Entry]) -> None:
        for entry in log:
            group = self.group_of[entry.ref] = (entry.site, entry.group)
            self.groups.setdefault(group, []).append(entry)
            for w in entry.writes:
                self.written.setdefault(w.cell, []).append((entry, w))

    def front(self, cell: Cell, before: Ref | None = None) -> dict[Ref, tuple[Entry, LogWrite]]:
        """The open ends of a cell; of what an operation's author had seen, if one is given."""
        found: dict[Ref, tuple[Entry, LogWrite]] = {}
        for entry, w in self.written.get(cell, ()):
            if before is None or self.causality.saw(before, entry.ref):
                found = {ref: each for ref, each in found.items() if not self.causality.saw(entry.ref, ref)}
                found[entry.ref] = (entry, w)
        return self._with_what_came_back(cell, found)

    def _with_what_came_back(
        self, cell: Cell, front: dict[Ref, tuple[Entry, LogWrite]]
    ) -> dict[Ref, tuple[Entry, LogWrite]]:
        """An undo gives back the whole situation before the edit, with what was to be settled then."""
        found = dict(front)
        for ref, (entry, w) in front.items():
            if entry.undo_of is None or w.restores is not None:
                continue
            undone = self._first(entry.undo_of, cell)
            if undone is None:
                continue
            others = [other for other in front if other != ref]
            for back, each in self.front(cell, undone[0]).items():
                known = any(other == back or self.causality.saw(other, back) for other in others)
                given_back = back == undone[1] if is_hidden(cell) else each[1].new == w.new
                if not given_back and not known:
                    found[back] = each
        return found

    def _first(self, target: Ref, cell: Cell) -> tuple[Ref, Ref | None] | None:
        """The operation of an undone group that first wrote a cell, and whose value stood there before."""
        group = self.group_of.get(target)
        if group is None:
            return None  # before the fork nothing was at odds
        return next(((e.ref, w.seen) for e in self.groups[group] for w in e.writes if w.cell == cell), None)


def is_hidden(cell: Cell) -> bool:
    """Whether what is at odds must not follow from the values: else that there is something to settle would
    tell whether two hidden answers are the same.
    """
    return cell[0] == "answer"


def conflicts(log: Sequence[Entry]) -> list[Conflict]:
    """All that is to be settled in a log, which is in the order of its clocks."""
    causality = Causality(log)
    forked = log[causality.fork() :]
    if not forked:
        return []
    replay = Replay(causality, bases_of(forked)).run(forked)
    fronts = _Fronts(causality)
    fronts.read(forked)
    rows: dict[tuple[str, Key], dict[str, list[tuple[Entry, LogWrite]]]] = {}
    for cell in fronts.written:
        shown, by = replay.standing(cell)
        front = fronts.front(cell)
        if any(ref != by if is_hidden(cell) else w.new != shown for ref, (_, w) in front.items()):
            rows.setdefault(cell[:2], {})[cell[2]] = list(front.values())
    return [_conflict(table, key, rows[table, key], replay) for table, key in sorted(rows)]


def _conflict(
    table: str, key: Key, fields: dict[str, list[tuple[Entry, LogWrite]]], replay: Replay
) -> Conflict:
    standing = {name: replay.standing((table, key, name))[0] for name in sorted(fields)}
    winners = {name: replay.standing((table, key, name))[1] for name in fields}
    by: dict[Ref, tuple[Entry, dict[str, Scalar]]] = {}
    for name in sorted(fields):
        for entry, w in fields[name]:
            by.setdefault(entry.ref, (entry, {}))[1][name] = w.new
    options: list[Option] = []
    for ref, (entry, values) in by.items():
        stands = all(
            winners[name] == ref if is_hidden((table, key, name)) else standing[name] == value
            for name, value in values.items()
        )
        held = [name for name in values if ref in replay.held.get((table, key, name), ())]
        why: Why = "edit" if stands or not held else "closed" if table == "answer" else "circle"
        options.append(Option(ref, entry.time, values, stands, why))
    options.sort(key=lambda o: (not o.stands, o.time, o.by))
    return Conflict(table, key, standing, tuple(options))
