"""Rate: agreed levels, and participants' answers in rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Round, Snapshot, UseCase
from prioritizer.model.terms import EVIDENCE, PROOF
from prioritizer.text.clean import clean_error
from prioritizer.text.nearest import did_you_mean
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
from prioritizer.workshop.commands.rounds import ANSWERS, close_round, next_number, round_to_answer


@dataclass(frozen=True)
class Rate:
    """Agrees a level for one cell; none takes it back.

    A new level without an evidence tag drops the old tag, which spoke of another level.
    """

    kind: ClassVar[str] = "rate"
    use_case: str
    criterion: str
    level: int | None
    evidence: str | None = None
    note: str | None = None
    reason: str | None = None
    measured_on: str | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        _rate(d, self)
        return d.plan()


@dataclass(frozen=True)
class RateMany:
    """Agrees many levels at once; one undo takes all of them back."""

    kind: ClassVar[str] = "rate"
    levels: Sequence[Rate]

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        for each in self.levels:
            _rate(d, each)
        return d.plan()


@dataclass(frozen=True)
class SetEvidence:
    """Tags or annotates a level that stands; what is none stays, "" takes it away."""

    kind: ClassVar[str] = "evidence"
    use_case: str
    criterion: str
    evidence: str | None = None
    note: str | None = None
    measured_on: str | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        check_criterion(snapshot, self.criterion)
        case = get_use_case(snapshot, self.use_case)
        d = Draftsman(snapshot, given)
        column = snapshot.preset.criterion_index()[self.criterion]
        if self.evidence is not None:
            if case.level(column) is None:
                raise PrioritizerError(
                    f"Give {self.criterion} a level first; a tag says what a level rests on."
                )
            tag = check_evidence(self.evidence)
            d.put("agreed_level", (case.id, self.criterion), evidence=tag)
            d.put(
                "agreed_level", (case.id, self.criterion), measured_on=_measured(tag, self.measured_on, given)
            )
            d.put(
                "agreed_level",
                (case.id, self.criterion),
                claimed=_claimed(snapshot, self.criterion, tag),
            )
        if self.note is not None:
            d.put("agreed_level", (case.id, self.criterion), note=clean_note(self.note) or None)
        return d.plan()


@dataclass(frozen=True)
class Vote:
    """One participant's answer to one cell: 0–4, ``?`` or ``-``. Opens a round if none is open."""

    kind: ClassVar[str] = "answer"
    use_case: str
    criterion: str
    participant: str
    answer: str

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        check_criterion(snapshot, self.criterion)
        case = get_use_case(snapshot, self.use_case)
        if snapshot.how_asked(self.criterion) == "off":
            raise PrioritizerError(f"{self.criterion} is switched off in this session.")
        person = snapshot.participant(self.participant)
        if person is None or not person.name:
            raise PrioritizerError("That person is not on the roster.")
        if not person.voter:
            raise PrioritizerError(f"{clean_error(person.name)} does not vote in this session.")
        if self.answer not in ANSWERS:
            raise PrioritizerError(f"“{clean_name(self.answer)}” is no answer; it takes 0 to 4, ? or -.")
        d = Draftsman(snapshot, given)
        open_round = round_to_answer(case, self.criterion)
        if open_round is None:
            made = d.make()
            number = next_number(case, self.criterion)
            d.put("round", (case.id, self.criterion, made), number=number, status="open")
        else:
            made = open_round.id
        d.put("answer", (case.id, self.criterion, made, self.participant), answer=self.answer)
        return d.plan()


@dataclass(frozen=True)
class Reveal:
    """Closes the open rounds of some cells; revealed rounds never change.

    Whoever was here and votes, and has not answered, stands in the round as *pending* from then on.
    """

    kind: ClassVar[str] = "reveal"
    use_case: str | None = None
    """None: all."""
    criterion: str | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        for case in snapshot.use_cases.values():
            if self.use_case is not None and case.id != self.use_case:
                continue
            for criterion in case.rounds:
                if self.criterion is not None and criterion != self.criterion:
                    continue
                open_round = find_open_round(case, criterion)
                if open_round is not None:
                    close_round(d, case, criterion, open_round.id, open_round.answers)
        plan = d.plan()
        if not plan.writes:
            raise PrioritizerError("No round is open there, so there is nothing to reveal.")
        return plan


def find_open_round(case: UseCase, criterion: str) -> Round | None:
    """The round that takes answers now."""
    return next((r for r in reversed(case.rounds.get(criterion, ())) if r.status == "open"), None)


def room_value(case: UseCase, criterion: str) -> int | None:
    """Lower median of the last revealed round (rubric §1)."""
    for each in reversed(case.rounds.get(criterion, ())):
        if each.status == "revealed":
            levels = each.levels()
            return levels[(len(levels) - 1) // 2] if levels else None
    return None


def check_level(value: object) -> int:
    """A level, 0 to 4.

    Raises:
        PrioritizerError: It is something else.
    """
    text = clean_name(str(value))
    if text not in ("0", "1", "2", "3", "4"):
        raise PrioritizerError(f"“{text}” is no level; levels go from 0 to 4.")
    return int(text)


def check_evidence(tag: str) -> str | None:
    """An evidence tag, or none for "".

    Raises:
        PrioritizerError: There is no such tag.
    """
    cleaned = clean_name(tag).casefold()
    if not cleaned:
        return None
    if cleaned not in EVIDENCE:
        meant = did_you_mean(cleaned, list(EVIDENCE)) or f" Known: {', '.join(EVIDENCE)}."
        raise PrioritizerError(f"There is no evidence tag “{clean_name(tag)}”.{meant}")
    return cleaned


def _rate(d: Draftsman, each: Rate) -> None:
    snapshot = d.snapshot
    check_criterion(snapshot, each.criterion)
    case = get_use_case(snapshot, each.use_case)
    key = (case.id, each.criterion)
    column = snapshot.preset.criterion_index()[each.criterion]
    if snapshot.how_asked(each.criterion) == "off":
        raise PrioritizerError(
            f"{each.criterion} is switched off in this session; switch it on in Frame first."
        )
    if each.level is None:
        d.put(
            "agreed_level",
            key,
            level=None,
            evidence=None,
            measured_on=None,
            reason=None,
            claimed=None,
            note=None,
        )
        return
    level = check_level(each.level)
    said = room_value(case, each.criterion)
    reason = clean_note(each.reason or "")
    if said is not None and said != level and not reason:
        raise PrioritizerError(
            f"The room said {said} for {each.criterion}; agreeing {level} needs a reason in writing."
        )
    if each.evidence is not None:
        tag = check_evidence(each.evidence)
    else:
        tag = case.evidence_tag(column) if case.level(column) == level else None
    d.put(
        "agreed_level",
        key,
        level=level,
        evidence=tag,
        measured_on=_measured(tag, each.measured_on, d.given),
        reason=reason or None,
        claimed=_claimed(snapshot, each.criterion, tag),
    )
    if each.note is not None:
        d.put("agreed_level", key, note=clean_note(each.note) or None)


def _measured(tag: str | None, measured_on: str | None, given: Given) -> str | None:
    if tag != "measured":
        return None
    return clean_date(measured_on) or given.today


def _claimed(snapshot: Snapshot, criterion_id: str, tag: str | None) -> int | None:
    """1 when the role that knows is absent (rubric §1): judged now, stored with the level."""
    criterion = snapshot.preset.find_criterion(criterion_id)
    roster = [p for p in snapshot.participants if p.name]
    if not roster or tag in PROOF or criterion.role is None:
        return None
    if snapshot.how_asked(criterion_id) != "before":
        return None
    here = any(p.present and p.role == criterion.role for p in roster)
    return None if here else 1
