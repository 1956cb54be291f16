"""A session while it is being changed: what the writes of an edit, or of a whole file, work on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from prioritizer.model.session import UNKNOWN, Decision, Participant, Round, Snapshot, UseCase, Weighting
from prioritizer.model.tables import Scalar

_COLUMNS = frozenset({"levels", "evidence", "claimed"})
"""Fields of a use case with a byte for each criterion."""


class Work:
    """One use case while it is being changed: many writes, one new `UseCase` at the end.

    Args:
        base: What is known of it; for a new one, a blank that stands for all of them.
        id: Where it is new: its id.
    """

    __slots__ = ("base", "id", "new")

    def __init__(self, base: UseCase, id: str = "") -> None:  # noqa: A002  # as in `UseCase`
        self.base = base
        self.id = id or base.id
        self.new: dict[str, Any] = {}

    def get(self, field: str) -> Any:
        return self.new[field] if field in self.new else getattr(self.base, field)

    def column(self, field: str) -> bytearray:
        """A byte column to be changed in place."""
        found = self.new.get(field)
        if found is None:
            found = self.new[field] = bytearray(getattr(self.base, field))
        return cast(bytearray, found)

    def mapping(self, field: str) -> dict[str, Any]:
        """A dictionary to be changed in place."""
        found = self.new.get(field)
        if found is None:
            found = self.new[field] = dict(getattr(self.base, field))
        return cast(dict[str, Any], found)

    def done(self, same: dict[Any, Any]) -> UseCase:
        """The new use case.

        Args:
            same: What was made for others; equal gate answers are held once.
        """
        new, base = self.new, self.base
        if "gates" in new:
            gates = new["gates"]
            new["gates"] = same.setdefault(tuple(gates.items()), gates)
        for column in _COLUMNS & new.keys():
            new[column] = bytes(new[column])
        if base.id:
            return replace(base, **new) if new else base
        # A blank has nothing but its columns.
        for column in _COLUMNS - new.keys():
            new[column] = getattr(base, column)
        return UseCase(self.id, **new)


class Working:
    """All that differs from a snapshot, as far as anything does.

    Args:
        base: The snapshot to start from.
    """

    def __init__(self, base: Snapshot) -> None:
        self.base = base
        self.session: dict[str, Any] = {}
        self.columns = base.preset.criterion_index()
        unknown = bytes([UNKNOWN]) * len(self.columns)
        self.blank = UseCase("", levels=unknown, evidence=unknown, claimed=bytes(len(self.columns)))
        self.works: dict[str, Work] = {}
        self.people: dict[str, Participant] | None = None
        self.decisions: dict[str, Decision] | None = None
        self.names: dict[str, str] | None = None
        self.weightings: dict[str, Weighting] | None = None
        self.asked: dict[str, str] | None = None
        self.renumber = False
        self.same: dict[Any, Any] = {}
        """Parts that were made, each by itself: use cases whose parts are equal share them."""

    def text_of(self, name_id: Scalar) -> str:
        if name_id is None:
            return ""
        names: Mapping[str, str] = self.names if self.names is not None else self.base.names
        return names.get(str(name_id), "")

    def case(self, use_case: str) -> Work:
        work = self.works.get(use_case)
        if work is None:
            base = self.base.use_cases.get(use_case, self.blank)
            work = self.works[use_case] = Work(base, use_case)
        return work

    def person(self, participant: str) -> Participant:
        if self.people is None:
            self.people = {p.id: p for p in self.base.participants}
        found = self.people.get(participant)
        if found is None:
            found = Participant(id=participant, index=len(self.people))
            self.people[participant] = found
        return found

    def round(self, use_case: str, criterion: str, round_id: str, change: Callable[[Round], Round]) -> None:
        rounds = self.case(use_case).mapping("rounds")
        before: tuple[Round, ...] = rounds.get(criterion, ())
        # What is not known of a round is as after the undo of its opening: void, and without a number.
        found = next((r for r in before if r.id == round_id), Round(round_id, 0, "void"))
        others = [r for r in before if r.id != round_id]
        rounds[criterion] = tuple(sorted((*others, change(found)), key=round_order))


def round_order(r: Round) -> tuple[int, str]:
    return (r.number, r.id)
