"""Shortlist: decisions, overrides, owners and dates, slices, charters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.spelling import canonical_json
from prioritizer.model.terms import LANES
from prioritizer.text.nearest import did_you_mean
from prioritizer.workshop.commands.base import (
    Draftsman,
    Given,
    Plan,
    clean_date,
    clean_line,
    clean_name,
    clean_note,
    get_use_case,
)
from prioritizer.workshop.commands.collect import AddUseCases, NewUseCase


@dataclass(frozen=True)
class Decide:
    """Puts a use case on the shortlist, takes it off, or names its owner and date; none stays.

    ``charter`` are the fields of its pilot charter that are asked in the same breath.
    """

    kind: ClassVar[str] = "decide"
    use_case: str
    chosen: bool | None = None
    owner: str | None = None
    due: str | None = None
    note: str | None = None
    charter: Mapping[str, str] | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        case = get_use_case(snapshot, self.use_case)
        d = Draftsman(snapshot, given)
        if self.charter:
            d.put("use_case", (case.id,), charter=_charter(case, self.charter))
        if self.chosen is not None:
            d.put("use_case", (case.id,), chosen=int(self.chosen))
        if self.owner is not None:
            d.put("use_case", (case.id,), owner=d.name(self.owner))
        if self.due is not None:
            d.put("use_case", (case.id,), due=clean_date(self.due))
        if self.note is not None:
            d.put("use_case", (case.id,), decision_note=clean_note(self.note) or None)
        return d.plan()


@dataclass(frozen=True)
class Choose:
    """Decides about several at once; one undo takes all of it back."""

    kind: ClassVar[str] = "decide"
    on: Sequence[str] = ()
    """Put on the shortlist."""
    off: Sequence[str] = ()
    """Left out by decision."""
    undecided: Sequence[str] = ()
    """Given back to the ranking."""

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        for ids, chosen in ((self.on, 1), (self.off, 0), (self.undecided, None)):
            for each in ids:
                case = get_use_case(snapshot, each)
                if chosen and answered_out(snapshot, case.gates):
                    raise PrioritizerError(
                        f"#{case.number} is out by law or policy; it cannot be put on the shortlist."
                    )
                d.put("use_case", (case.id,), chosen=chosen)
        return d.plan()


@dataclass(frozen=True)
class SetOverride:
    """The room sets a gate or the lane aside: name, reason and date are kept and printed."""

    kind: ClassVar[str] = "override"
    use_case: str
    target: str
    """``lane``, or a gate id."""
    by: str
    reason: str
    lane: str | None = None
    date: str | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        case = get_use_case(snapshot, self.use_case)
        reason = clean_note(self.reason)
        if not clean_name(self.by) or not reason:
            raise PrioritizerError("An override needs the name of who decides it, and a reason.")
        if answered_out(snapshot, case.gates):
            raise PrioritizerError(f"#{case.number} is out by law or policy; that cannot be overridden.")
        lane = None
        if self.target == "lane":
            if self.lane not in LANES or self.lane == "out":
                meant = did_you_mean(self.lane or "", [lane for lane in LANES if lane != "out"])
                raise PrioritizerError(
                    f"“{clean_name(self.lane or '')}” is no lane that a use case can be moved to.{meant}"
                )
            lane = self.lane
        else:
            gates = [g.id for g in snapshot.preset.gate]
            if self.target not in gates:
                meant = did_you_mean(self.target, ["lane", *gates])
                raise PrioritizerError(f"There is no gate “{clean_name(self.target)}”.{meant}")
        d = Draftsman(snapshot, given)
        d.put(
            "override",
            (case.id, self.target),
            lane=lane,
            by=d.name(self.by),
            reason=reason,
            date=clean_date(self.date) or given.today,
        )
        return d.plan()


@dataclass(frozen=True)
class LiftOverride:
    """Gives a gate or the lane back to the rules."""

    kind: ClassVar[str] = "override"
    use_case: str
    target: str

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        case = get_use_case(snapshot, self.use_case)
        if self.target not in case.overrides:
            raise PrioritizerError(f"Nothing is overridden there: #{case.number} follows the rules.")
        d = Draftsman(snapshot, given)
        d.put("override", (case.id, self.target), lane=None, by=None, reason=None, date=None)
        return d.plan()


@dataclass(frozen=True)
class Assign:
    """Who does what by when, for one condition; none stays."""

    kind: ClassVar[str] = "assign"
    use_case: str
    item: str
    what: str | None = None
    who: str | None = None
    when: str | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        case = get_use_case(snapshot, self.use_case)
        d = Draftsman(snapshot, given)
        key = (case.id, clean_name(self.item))
        if self.what is not None:
            d.put("task", key, what=clean_note(self.what) or None)
        if self.who is not None:
            d.put("task", key, who=d.name(self.who))
        if self.when is not None:
            d.put("task", key, due=clean_date(self.when))
        return d.plan()


@dataclass(frozen=True)
class SliceInto:
    """Turns the slice of a use case into a new one that keeps its parent."""

    kind: ClassVar[str] = "slice"
    use_case: str
    title: str
    task: str = ""

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        case = get_use_case(snapshot, self.use_case)
        new = NewUseCase(title=clean_line(self.title), task=self.task, tags=case.tags, parent=case.id)
        return AddUseCases([new]).plan(snapshot, given)


@dataclass(frozen=True)
class SetCharter:
    """Fills fields of a use case's pilot charter; an empty text takes a field away."""

    kind: ClassVar[str] = "charter"
    use_case: str
    fields: Mapping[str, str]

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        case = get_use_case(snapshot, self.use_case)
        d = Draftsman(snapshot, given)
        d.put("use_case", (case.id,), charter=_charter(case, self.fields))
        return d.plan()


def _charter(case: UseCase, fields: Mapping[str, str]) -> str | None:
    """The whole charter with some fields changed; an empty text takes a field away."""
    merged = {**case.charter, **{clean_name(k): clean_note(v) for k, v in fields.items()}}
    kept = {k: v for k, v in merged.items() if v}
    return canonical_json(kept) if kept else None


def answered_out(snapshot: Snapshot, gates: Mapping[str, object]) -> bool:
    """Whether an answer given makes the use case *Out*."""
    for gate in snapshot.preset.questions:
        given = gates.get(gate.id)
        answer = getattr(given, "answer", None)
        if any(a.id == answer and a.status == "out" for a in gate.answers):
            return True
    return False
