"""Running the session: the phases of the agenda, and the cut of a long list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from prioritizer.errors import PrioritizerError
from prioritizer.facilitation.agenda import agenda_of, begin, begun, finish, move, plan_of, repeat, skip
from prioritizer.facilitation.cut import Candidate, Cut, cut
from prioritizer.model.running import MOST_PHASES, Phase, Running
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.spelling import canonical_json
from prioritizer.text.phrases import counted
from prioritizer.workshop.commands.base import Draftsman, Given, Plan, clean_name, get_use_case, json_or_none

if TYPE_CHECKING:
    from prioritizer.model.parts import Agenda

BOUNDED_COLUMN = "Cut: bounded"
DATA_COLUMN = "Cut: data"
VOTES_COLUMN = "Cut: votes"
SEATS_COLUMN = "Cut: seats"
CUT_COLUMNS = (BOUNDED_COLUMN, DATA_COLUMN, VOTES_COLUMN, SEATS_COLUMN)
"""Names of the facts that a cut leaves with each card, beside what an import brought."""


@dataclass(frozen=True)
class RunAgenda:
    """Keeps the agenda as it is run: which phases are over, running, skipped, repeated, moved."""

    kind: ClassVar[str] = "agenda"
    phases: Sequence[Phase]
    agenda: str | None = None
    """None: the one that is chosen."""

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        agenda = _agenda(snapshot, self.agenda)
        steps = {s.id for s in agenda.step}
        strange = next((p.step for p in self.phases if p.step not in steps), None)
        if strange is not None:
            raise PrioritizerError(f"The agenda “{agenda.title}” has no phase “{clean_name(strange)}”.")
        if len(self.phases) > MOST_PHASES:
            raise PrioritizerError(f"A plan holds at most {MOST_PHASES} phases.")
        d = Draftsman(snapshot, given)
        running = Running(agenda.id, tuple(self.phases), snapshot.deadlock)
        d.put("session", (), agenda=canonical_json(running.document()))
        return d.plan()


@dataclass(frozen=True)
class StepAgenda:
    """Begins, ends, skips, repeats or moves a phase; nothing of what was run is lost."""

    kind: ClassVar[str] = "agenda"
    verb: Literal["begin", "end", "skip", "repeat", "move"]
    place: int = 0
    to: int = 0
    """Where a phase is moved."""
    agenda: str | None = None
    """None: the one in force."""

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        agenda = _agenda(snapshot, self.agenda)
        phases = plan_of(snapshot, agenda)
        try:
            if self.verb == "begin":
                phases = begin(phases, self.place, given.now)
            elif self.verb == "end":
                phases = finish(phases, given.now)
            elif self.verb == "skip":
                phases = skip(phases, self.place, given.now)
            elif self.verb == "repeat":
                phases = repeat(phases, self.place)
            else:
                phases = move(phases, self.place, self.to)
        except IndexError:
            raise PrioritizerError("There is no such phase in the plan.") from None
        except ValueError as full:
            raise PrioritizerError(f"{str(full).capitalize()}.") from None
        return RunAgenda(phases, agenda.id).plan(snapshot, given)


@dataclass(frozen=True)
class MinutesLeft:
    """Says how many minutes are left from now on; the open phases share them."""

    kind: ClassVar[str] = "agenda"
    minutes: int

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        start = begun(snapshot.phases)
        spent = 0.0 if start is None else (given.now - start).total_seconds() / 60.0
        total = round(spent) + self.minutes
        if self.minutes < 0 or not 1 <= total <= 1440:
            raise PrioritizerError("The length of the session must be 1 to 1440 minutes.")
        d = Draftsman(snapshot, given)
        d.put("session", (), minutes=total)
        return d.plan()


def _agenda(snapshot: Snapshot, wanted: str | None) -> Agenda:
    if wanted is None:
        found = agenda_of(snapshot)
    else:
        found = next((a for a in snapshot.preset.agenda if a.id == wanted), None)
    if found is None:
        raise PrioritizerError("Choose an agenda in Frame first.")
    return found


@dataclass(frozen=True)
class CutList:
    """Cuts the long list: keeps what the cut seats, parks the rest, and remembers votes and ladders.

    What the ladders and the vote said stays with each card, so that the mirror can show what the
    vote alone would have kept.
    """

    kind: ClassVar[str] = "cut"
    candidates: Sequence[Candidate]
    seats: int
    why: str = "cut from the long list"

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        if self.seats < 1:
            raise PrioritizerError("A cut needs at least one seat.")
        cases = {c.id: get_use_case(snapshot, c.id) for c in self.candidates}
        for each in self.candidates:
            for level in (each.bounded, each.data):
                if level is not None and not 0 <= level <= 4:
                    raise PrioritizerError(f"“{level}” is no level; the quick ladders go from 0 to 4.")
            if each.votes < 0:
                raise PrioritizerError("A number of votes cannot be negative.")
        result = cut(self.candidates, self.seats)
        if not result.keep:
            raise PrioritizerError(
                "Nothing qualifies and nothing was voted for, so the cut would park everything."
            )
        d = Draftsman(snapshot, given)
        for each in self.candidates:
            facts = {
                BOUNDED_COLUMN: "" if each.bounded is None else str(each.bounded),
                DATA_COLUMN: "" if each.data is None else str(each.data),
                VOTES_COLUMN: str(each.votes),
                SEATS_COLUMN: str(self.seats),
            }
            d.put("use_case", (each.id,), source=json_or_none(_with_facts(cases[each.id].source, facts)))
        for out in result.out:
            d.put("use_case", (out,), parked=1, parked_why=self.why, parked_who=None, parked_when=None)
        d.put("decision", (d.make(),), text=_cut_words(result, cases), date=given.today)
        return d.plan()


def candidates_of(snapshot: Snapshot) -> list[Candidate]:
    """What stands on the cards from the last cut; also for those that it parked."""
    found = []
    for case in snapshot.use_cases.values():
        votes = case.source.get(VOTES_COLUMN, "")
        if not case.title or case.deleted or not votes.isdecimal():
            continue
        found.append(
            Candidate(
                case.id, case.number, _ladder(case, BOUNDED_COLUMN), _ladder(case, DATA_COLUMN), int(votes)
            )
        )
    return found


def cut_of(snapshot: Snapshot) -> Cut | None:
    """The last cut worked out again; none where there was none."""
    found = candidates_of(snapshot)
    if not found:
        return None
    seats = snapshot.use_cases[found[0].id].source.get(SEATS_COLUMN, "")
    return cut(found, int(seats)) if seats.isdecimal() and int(seats) > 0 else None


def _ladder(case: UseCase, column: str) -> int | None:
    text = case.source.get(column, "")
    return int(text) if text in ("0", "1", "2", "3", "4") else None


def _with_facts(source: Mapping[str, str], facts: Mapping[str, str]) -> dict[str, str]:
    kept = {k: v for k, v in source.items() if k not in CUT_COLUMNS}
    return {**kept, **{k: v for k, v in facts.items() if v}}


def _cut_words(result: Cut, cases: Mapping[str, UseCase]) -> str:
    def numbers(ids: Sequence[str]) -> str:
        return ", ".join(f"#{n}" for n in sorted(cases[i].number for i in ids)) or "none"

    text = (
        f"Cut to {counted(result.seats, 'seat')}: bounded with data {numbers(result.first)}; "
        f"by vote {numbers(result.voted)}."
    )
    if result.dropped:
        text += (
            f" The vote alone would have kept {numbers(result.dropped)} in place of {numbers(result.saved)}."
        )
    return text
