"""Who sits where: tables that vote as one, people who leave and come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot
from prioritizer.workshop.commands.base import Draftsman, Given, Plan, joined
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants


@dataclass(frozen=True)
class SeatTable:
    """A table joins the roster as one voter; those who sit there listen from then on."""

    kind: ClassVar[str] = "roster"
    name: str
    members: Sequence[str] = ()
    """Ids of participants."""
    role: str | None = None
    newcomers: Sequence[str] = ()
    """Names of those who are not on the roster yet."""

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        table = AddParticipant(self.name, self.role, voter=True).plan(snapshot, given)
        fresh = AddParticipants([AddParticipant(n, self.role, voter=False) for n in self.newcomers])
        d = Draftsman(snapshot, given)
        for member in dict.fromkeys(self.members):
            if snapshot.participant(member) is None:
                raise PrioritizerError("That person is not on the roster.")
            d.put("participant", (member,), voter=0)
        return joined([table, fresh.plan(snapshot, given), d.plan()])


@dataclass(frozen=True)
class SetPresent:
    """People leave, or come (back); their answers stay."""

    kind: ClassVar[str] = "roster"
    participants: Sequence[str]
    present: bool

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        for each in dict.fromkeys(self.participants):
            person = snapshot.participant(each)
            if person is None or not person.name:
                raise PrioritizerError("That person is not on the roster.")
            d.put("participant", (each,), present=int(self.present))
        return d.plan()
