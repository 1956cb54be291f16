"""Frame: purpose, decision rule, roster, weights, how criteria are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from prioritizer.errors import PrioritizerError
from prioritizer.model.running import Running
from prioritizer.model.session import Snapshot
from prioritizer.model.spelling import canonical_json
from prioritizer.text.nearest import did_you_mean
from prioritizer.workshop.commands.base import (
    Draftsman,
    Given,
    Plan,
    clean_line,
    clean_name,
    clean_note,
    joined,
)


@dataclass(frozen=True)
class SetSession:
    """Changes what stands on the session's front page; what is none stays."""

    kind: ClassVar[str] = "frame"
    title: str | None = None
    purpose: str | None = None
    decision_rule: str | None = None
    decider: str | None = None
    facilitator: str | None = None
    minutes: int | None = None
    agenda: str | None = None
    top: int | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        if self.title is not None:
            d.put("session", (), title=clean_line(self.title))
        if self.purpose is not None:
            d.put("session", (), purpose=clean_note(self.purpose))
        if self.decision_rule is not None:
            d.put("session", (), decision_rule=clean_note(self.decision_rule))
        if self.decider is not None:
            d.put("session", (), decider=d.name(self.decider))
        if self.facilitator is not None:
            d.put("session", (), facilitator=d.name(self.facilitator))
            named = clean_name(self.facilitator)
            for person in snapshot.participants:
                # Whoever leads the talk does not vote, unless the room says so afterwards.
                if person.name and person.name == named != snapshot.facilitator and person.voter:
                    d.put("participant", (person.id,), voter=0)
        if self.minutes is not None:
            if not 1 <= self.minutes <= 1440:
                raise PrioritizerError("The length of the session must be 1 to 1440 minutes.")
            d.put("session", (), minutes=self.minutes)
        if self.agenda is not None:
            known = [a.id for a in snapshot.preset.agenda]
            if self.agenda not in known:
                raise PrioritizerError(f"There is no agenda “{clean_name(self.agenda)}”.{_offer(known)}")
            phases = snapshot.phases if self.agenda == snapshot.agenda else ()
            running = Running(self.agenda, phases, snapshot.deadlock)
            d.put("session", (), agenda=canonical_json(running.document()))
        if self.top is not None:
            if not 1 <= self.top <= 100:
                raise PrioritizerError("The shortlist can hold 1 to 100 use cases.")
            d.put("session", (), top=self.top)
        return d.plan()


@dataclass(frozen=True)
class AddParticipant:
    """Somebody, or a table that votes as one, joins the roster."""

    kind: ClassVar[str] = "roster"
    name: str
    role: str | None = None
    voter: bool | None = None
    """None: everybody votes but the facilitator."""

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        name = clean_name(self.name)
        if not name:
            raise PrioritizerError("A participant needs a name, or a number or letter in its place.")
        if any(p.name == name for p in snapshot.participants):
            raise PrioritizerError(f"“{name}” is on the roster already; add an initial to tell them apart.")
        d = Draftsman(snapshot, given)
        role = check_role(snapshot, self.role)
        d.put(
            "participant",
            (d.make(),),
            name=d.name(name),
            role=role,
            present=1,
            voter=int(name != snapshot.facilitator if self.voter is None else self.voter),
        )
        return d.plan()


@dataclass(frozen=True)
class AddParticipants:
    """Several join at once; one undo takes all of them back."""

    kind: ClassVar[str] = "roster"
    people: Sequence[AddParticipant]

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        names = [clean_name(p.name) for p in self.people]
        twice = next((n for i, n in enumerate(names) if n in names[:i]), None)
        if twice is not None:
            raise PrioritizerError(f"“{twice}” stands in the list twice; add an initial to tell them apart.")
        return joined([p.plan(snapshot, given) for p in self.people])


@dataclass(frozen=True)
class EditParticipant:
    """Changes a participant; what is none stays."""

    kind: ClassVar[str] = "roster"
    participant: str
    name: str | None = None
    role: str | None = None
    present: bool | None = None
    voter: bool | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        if snapshot.participant(self.participant) is None:
            raise PrioritizerError("That person is not on the roster.")
        d = Draftsman(snapshot, given)
        key = (self.participant,)
        if self.name is not None:
            name_id = d.name(self.name)
            if name_id is None:
                raise PrioritizerError("A participant needs a name, or a number or letter in its place.")
            d.put("participant", key, name=name_id)
        if self.role is not None:
            d.put("participant", key, role=check_role(snapshot, self.role))
        if self.present is not None:
            d.put("participant", key, present=int(self.present))
        if self.voter is not None:
            d.put("participant", key, voter=int(self.voter))
        return d.plan()


@dataclass(frozen=True)
class AskCriterion:
    """Switches a criterion to *before*, to *room*, or off."""

    kind: ClassVar[str] = "ask"
    criterion: str
    how: Literal["before", "room", "off"]

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        check_criterion(snapshot, self.criterion)
        if self.how not in ("before", "room", "off"):
            raise PrioritizerError("A criterion is asked “before” or in the “room”, or is “off”.")
        if self.how == "off" and self.criterion in snapshot.preset.essential():
            raise PrioritizerError(
                f"{self.criterion} carries a gate or a part of the class, so it cannot be switched off; "
                "ask it before the session instead."
            )
        d = Draftsman(snapshot, given)
        usual = snapshot.preset.find_criterion(self.criterion).asked
        d.put("criterion_setting", (self.criterion,), asked=None if self.how == usual else self.how)
        return d.plan()


def check_criterion(snapshot: Snapshot, criterion: str) -> None:
    """Refuses a criterion that the preset does not have.

    Raises:
        PrioritizerError: With the nearest ids.
    """
    known = snapshot.preset.criterion_ids
    if criterion not in known:
        raise PrioritizerError(f"There is no criterion “{clean_name(criterion)}”.{_offer(known, criterion)}")


def check_role(snapshot: Snapshot, role: str | None) -> str | None:
    """A role of the preset by id or title, or none.

    Raises:
        PrioritizerError: With the nearest roles.
    """
    if role is None or not role.strip():
        return None
    wanted = role.strip().casefold()
    for each in snapshot.preset.role:
        if wanted in (each.id.casefold(), each.title.casefold()):
            return each.id
    known = [each.id for each in snapshot.preset.role]
    raise PrioritizerError(f"There is no role “{clean_name(role)}”.{_offer(known, role)}")


def _offer(known: list[str] | tuple[str, ...], word: str = "") -> str:
    meant = did_you_mean(word, list(known)) if word else ""
    return meant or f" Known: {', '.join(known)}."
