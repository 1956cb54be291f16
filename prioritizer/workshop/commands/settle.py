"""Settling a cell on which the room does not agree: claim it, park it as find out, or let the rule decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from prioritizer.errors import PrioritizerError
from prioritizer.facilitation.patterns import find_pattern
from prioritizer.model.running import DEADLOCKS, Deadlock, Running
from prioritizer.model.session import Round, Snapshot, UseCase
from prioritizer.model.spelling import canonical_json
from prioritizer.workshop.commands.base import (
    Draftsman,
    Given,
    Plan,
    clean_date,
    clean_name,
    clean_note,
    get_use_case,
)
from prioritizer.workshop.commands.frame import check_criterion
from prioritizer.workshop.commands.rate import check_level, find_open_round

LOWER_STANDS = "By the rule agreed at the start: the lower level stands until a fact is shown."
DECIDED = "By the rule agreed at the start: the named decider decided."

DEADLOCK_TITLES: dict[Deadlock, str] = {
    "lower": "the lower level stands until a fact is shown",
    "decider": "the named decider decides",
    "park": "the cell is parked as find out, with an owner and a date",
}


@dataclass(frozen=True)
class SetDeadlock:
    """Chooses, at the start, what happens where the room does not agree after its rounds."""

    kind: ClassVar[str] = "frame"
    rule: Deadlock

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        if self.rule not in DEADLOCKS:
            raise PrioritizerError(
                f"“{clean_name(self.rule)}” is no rule for a deadlock; there are {', '.join(DEADLOCKS)}."
            )
        running = Running(snapshot.agenda, snapshot.phases, self.rule)
        d = Draftsman(snapshot, given)
        d.put("session", (), agenda=canonical_json(running.document()))
        return d.plan()


@dataclass(frozen=True)
class Claim:
    """Takes the room value of a cell as *claimed*: too few could say, so it cannot carry a pilot."""

    kind: ClassVar[str] = "claim"
    use_case: str
    criterion: str
    note: str = ""

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        case = _cell(snapshot, self.use_case, self.criterion)
        level = _standing(snapshot, case, self.criterion)
        if level is None:
            raise PrioritizerError(
                f"Nobody gave a level for #{case.number} {self.criterion}, so there is none to claim."
            )
        d = Draftsman(snapshot, given)
        _claim(d, case, self.criterion, level)
        if self.note:
            d.put("agreed_level", (case.id, self.criterion), note=clean_note(self.note))
        return d.plan()


@dataclass(frozen=True)
class ParkCell:
    """Parks one cell as *find out*, with who and when; a level that stands becomes a claimed one."""

    kind: ClassVar[str] = "find-out"
    use_case: str
    criterion: str
    who: str
    when: str
    what: str = ""
    """The fact that is wanted; the criterion's own words if empty."""

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        case = _cell(snapshot, self.use_case, self.criterion)
        d = Draftsman(snapshot, given)
        _park(d, case, self.criterion, self.who, self.when, self.what)
        return d.plan()


@dataclass(frozen=True)
class ApplyDeadlock:
    """Settles one cell by the rule that was agreed at the start."""

    kind: ClassVar[str] = "deadlock"
    use_case: str
    criterion: str
    level: int | None = None
    """What the decider said; only where the decider decides."""
    who: str = ""
    """Who finds out; only where the cell is parked."""
    when: str | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        case = _cell(snapshot, self.use_case, self.criterion)
        where = f"#{case.number} {self.criterion}"
        last = last_revealed(case, self.criterion)
        if last is None:
            raise PrioritizerError(f"Nothing was revealed for {where}, so there is no deadlock yet.")
        if find_open_round(case, self.criterion) is not None:
            raise PrioritizerError(f"A round is open for {where}; reveal it first.")
        d = Draftsman(snapshot, given)
        key = (case.id, self.criterion)
        if snapshot.deadlock == "park":
            _park(d, case, self.criterion, self.who, self.when or "", "")
            return d.plan()
        if snapshot.deadlock == "decider":
            if not snapshot.decider:
                raise PrioritizerError("Nobody is named as the decider; name one in Frame.")
            if self.level is None:
                raise PrioritizerError("The rule is that the named decider decides: say the level, 0 to 4.")
            level, reason = check_level(self.level), DECIDED
        else:
            lower = lower_level(last)
            if lower is None:
                raise PrioritizerError(f"Nobody gave a level for {where}; park it as find out.")
            level, reason = lower, LOWER_STANDS
        d.put("agreed_level", key, level=level, evidence=None, measured_on=None, reason=reason, claimed=None)
        return d.plan()


def last_revealed(case: UseCase, criterion: str) -> Round | None:
    """The round whose answers count."""
    return next((r for r in reversed(case.rounds.get(criterion, ())) if r.status == "revealed"), None)


def lower_level(each: Round) -> int | None:
    """The lower of two camps, else the lower median: what stands until a fact is shown."""
    pattern = find_pattern(each.levels())
    return pattern.peaks[0] if pattern.peaks else pattern.median


def _cell(snapshot: Snapshot, use_case: str, criterion: str) -> UseCase:
    check_criterion(snapshot, criterion)
    if snapshot.how_asked(criterion) == "off":
        raise PrioritizerError(f"{criterion} is switched off in this session; switch it on in Frame first.")
    return get_use_case(snapshot, use_case)


def _standing(snapshot: Snapshot, case: UseCase, criterion: str) -> int | None:
    """The agreed level, else the room value."""
    agreed = case.level(snapshot.preset.criterion_index()[criterion])
    if agreed is not None:
        return agreed
    last = last_revealed(case, criterion)
    return None if last is None else find_pattern(last.levels()).median


def _claim(d: Draftsman, case: UseCase, criterion: str, level: int) -> None:
    # The tag goes: what rests on a document or a measurement is not claimed.
    d.put("agreed_level", (case.id, criterion), level=level, evidence=None, measured_on=None, claimed=1)


def _park(d: Draftsman, case: UseCase, criterion: str, who: str, when: str, what: str) -> None:
    owner, date = d.name(who), clean_date(when)
    if owner is None or date is None:
        raise PrioritizerError(
            f"A find-out needs an owner and a date: who finds out {criterion} of #{case.number}, by when?"
        )
    d.put("task", (case.id, criterion), what=clean_note(what) or None, who=owner, due=date)
    level = _standing(d.snapshot, case, criterion)
    if level is not None:
        _claim(d, case, criterion, level)
