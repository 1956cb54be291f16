"""Any command with any arguments, by chance; and the session as plain facts, to say what a command may change."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from prioritizer.facilitation.cut import Candidate
from prioritizer.model.running import Phase
from prioritizer.model.session import Snapshot, UseCase, Weighting
from prioritizer.workshop.commands import (
    ballot,
    collect,
    decided,
    frame,
    gate,
    importing,
    rate,
    room,
    running,
    seating,
    settle,
    shortlist,
    weights,
)
from prioritizer.workshop.commands.base import Command

Facts = dict[tuple[str, ...], Any]
"""(where, whose, which field) → value."""

MOST = 25
"""Live use cases; from then on none is added."""

WORDS = ("Other", "[/nope]", "漢字の請求書", "=1+1", "x" * 90, "é 👩‍👩‍👧")
DATES = ("2027-01-31", "2027-03-01")
GATES = {"prohibited": ("yes", "no", "unknown"), "stability": ("yes", "no"), "high-risk": ("no", "assessed")}


CASE_FIELDS = tuple(field.name for field in dataclasses.fields(UseCase) if field.name != "rounds")


def facts_of(snapshot: Snapshot, seen: set[str]) -> Facts:
    """Everything that a session says, field by field.

    Names are append-only, and what was made once keeps an empty row: neither says anything.

    Args:
        snapshot: The session.
        seen: Rounds, and people whose weights, that were revealed once: undo leaves them void, whatever stood there.
    """
    facts: Facts = {}
    for field in dataclasses.fields(snapshot):
        if field.name in ("names", "every_decision", "preset", "use_cases", "participants", "weightings"):
            continue
        facts["session", "", field.name] = getattr(snapshot, field.name)
    for person, w in snapshot.weightings.items():
        if person not in seen or w.revealed:
            facts["weighing", person, "said"] = w if w != Weighting() else None
    for p in snapshot.participants:
        if p.name:
            facts["person", p.id, "all"] = p
    for u in snapshot.use_cases.values():
        if not u.title:
            continue
        for name in CASE_FIELDS:
            facts["case", u.id, name] = getattr(u, name)
        for criterion, rounds in u.rounds.items():
            for r in rounds:
                unseen = r.id in seen and r.status != "revealed"
                known = replace(r, status="void", answers=b"") if unseen else r
                if r.number:
                    facts["round", f"{u.id}/{criterion}", r.id] = known
    return {key: value for key, value in facts.items() if value is not None}


def apart(one: Snapshot, other: Snapshot) -> tuple[Snapshot, Snapshot]:
    """Both without the use cases that are the same object in them."""
    a, b = one.use_cases, other.use_cases
    same = {id_ for id_, u in a.items() if b.get(id_) is u}
    return (
        replace(one, use_cases={id_: u for id_, u in a.items() if id_ not in same}),
        replace(other, use_cases={id_: u for id_, u in b.items() if id_ not in same}),
    )


def revealed_in(snapshot: Snapshot) -> Iterable[str]:
    """What the room has seen: it stays seen."""
    for u in snapshot.use_cases.values():
        for rounds in u.rounds.values():
            yield from (r.id for r in rounds if r.status == "revealed")
    yield from (person for person, w in snapshot.weightings.items() if w.revealed)


@dataclass(frozen=True)
class Kind:
    """One command.

    Attributes:
        make: Of any arguments; none where there is nothing that it could be done to.
        may: ``where.field`` that it may change, of what it is about; ``*`` for all fields there.
        weight: How often, against the others.
    """

    make: Callable[[Given], Command | None]
    may: frozenset[str]
    weight: int = 2


class Given:
    """Things of a session, by chance."""

    def __init__(self, snapshot: Snapshot, draw: Random) -> None:
        self.s = snapshot
        self.draw = draw
        self.live = list(snapshot.live())
        self.people = [p for p in snapshot.participants if p.name]
        self.criteria = snapshot.preset.criterion_ids
        self.dimensions = [d.id for d in snapshot.preset.with_role("readiness")]

    def one(self, of: Iterable[Any]) -> Any:
        found = list(of)
        return self.draw.choice(found) if found else None

    def some(self, of: Iterable[Any], most: int = 3) -> list[Any]:
        found = list(of)
        return self.draw.sample(found, self.draw.randint(0, min(most, len(found))))

    def chance(self) -> bool:
        return self.draw.random() < 0.5

    @property
    def case(self) -> UseCase:
        return self.draw.choice(self.live)

    @property
    def person(self) -> str:
        return str(self.draw.choice(self.people).id)

    @property
    def criterion(self) -> str:
        return self.draw.choice(("P1", "P3", "V1")) if self.chance() else self.draw.choice(self.criteria)

    @property
    def level(self) -> int:
        return self.draw.randrange(5)

    @property
    def word(self) -> str:
        return self.draw.choice(WORDS)

    @property
    def number(self) -> int:
        return self.draw.randrange(1_000)

    def weighed(self) -> dict[str, float]:
        return {d: float(self.draw.randrange(0, 101, 10)) for d in self.dimensions}

    def new(self) -> collect.NewUseCase:
        return collect.NewUseCase(
            f"Card {self.number}",
            task="t" * self.draw.randrange(3),
            tags=self.some(("a", "b")),
            source={"Bureau": "x"},
        )

    def cell(self, status: str) -> tuple[str, str] | None:
        """A cell whose last round is so."""
        cells = [(u.id, c) for u in self.live for c, r in u.rounds.items() if r[-1].status == status]
        return self.one(cells)  # type: ignore[no-any-return]

    def rated(self) -> rate.Rate:
        level = self.one((*range(5), None))
        return rate.Rate(
            self.case.id,
            self.criterion,
            level,
            evidence=self.one(("measured", "opinion", None)) if level is not None else None,
            reason="as we said" if level is not None else None,
        )

    def answered(self) -> gate.AnswerGate:
        which = self.one(GATES)
        return gate.AnswerGate(self.case.id, which, self.one(GATES[which]))

    def revealed(self, make: Callable[[str, str], Command]) -> Command | None:
        cell = self.cell("revealed")
        return None if cell is None else make(*cell)


def _add(a: Given) -> Command | None:
    if len(a.live) >= MOST:
        return None
    return collect.AddUseCases([a.new() for _ in range(a.draw.randint(1, 2))])


def _import(a: Given) -> Command | None:
    if len(a.live) >= MOST:
        return None
    rows = [a.new(), a.new()]
    return importing.ImportUseCases(rows, {1: a.case.id} if a.live and a.chance() else {})


def _parked(a: Given) -> list[str]:
    return [u.id for u in a.s.parked() if not u.merged_into]


def _ballots(a: Given) -> Command | None:
    case, criterion = a.case.id, a.criterion
    rounds = a.s.use_cases[case].rounds.get(criterion, ())
    if rounds and rounds[-1].status == "revealed":
        return None
    answers = [ballot.BallotAnswer(p.id, case, criterion, a.one("01234?-")) for p in a.people if p.voter]
    return ballot.CastBallots(answers, reveal=a.chance())


def _trial(a: Given) -> Command:
    u = a.case
    return decided.DecideTrial(
        "the room agreed",
        weights=a.weighed() if a.chance() else None,
        levels={(u.id, a.criterion): a.level},
        answers={(u.id, "stability"): a.one(("yes", "no"))},
    )


def _cut(a: Given) -> Command:
    return running.CutList(
        [Candidate(u.id, a.level, a.level, a.draw.randrange(5)) for u in a.live], max(1, len(a.live) - 1)
    )


def _may(*places: str) -> frozenset[str]:
    return frozenset(places)


LEVELS = ("case.levels", "case.evidence", "case.claimed", "case.agreed")
STATE = (
    "case.parked",
    "case.parked_why",
    "case.parked_who",
    "case.parked_when",
    "case.deleted",
    "case.merged_into",
)
NEW = ("case.*",)
DECIDED = ("session.decisions",)

KINDS: dict[str, Kind] = {
    "SetSession": Kind(
        lambda a: frame.SetSession(
            purpose=f"Purpose {a.number}", top=a.draw.randint(1, 5), minutes=a.one((60, 90, 180))
        ),
        _may("session.purpose", "session.top", "session.minutes"),
    ),
    "AddParticipant": Kind(
        lambda a: (
            frame.AddParticipant(f"Person {a.number}", role=a.one(("data", "business", None)))
            if len(a.people) < 8
            else None
        ),
        _may("person.all"),
    ),
    "AddParticipants": Kind(
        lambda a: (
            frame.AddParticipants([frame.AddParticipant(f"Guest {a.number}")]) if len(a.people) < 8 else None
        ),
        _may("person.all"),
    ),
    "EditParticipant": Kind(
        lambda a: frame.EditParticipant(a.person, name=f"Renamed {a.number}", present=a.chance()),
        _may("person.all"),
    ),
    "SetPresent": Kind(lambda a: seating.SetPresent([a.person], present=a.chance()), _may("person.all")),
    "SeatTable": Kind(
        lambda a: seating.SeatTable(f"Table {a.number}", [p.id for p in a.some(a.people, 2)]),
        _may("person.all"),
        1,
    ),
    "AskCriterion": Kind(
        lambda a: frame.AskCriterion(a.criterion, a.one(("before", "room", "off"))), _may("session.asked")
    ),
    "SetWeights": Kind(
        lambda a: weights.SetWeights(
            a.weighed() if a.draw.random() < 0.7 else None, "by hand", "the room said so"
        ),
        _may("session.weights", "session.weights_method", "session.weights_reason", *DECIDED),
    ),
    "GiveWeights": Kind(
        lambda a: weights.GiveWeights(a.person, "points", _hundred(a)), _may("weighing.said"), 4
    ),
    "RevealWeights": Kind(lambda a: weights.RevealWeights(), _may("weighing.said"), 1),
    "ClearWeights": Kind(lambda a: weights.ClearWeights(), _may("weighing.said"), 1),
    "DecideTrial": Kind(
        _trial,
        _may(
            *LEVELS,
            "case.gates",
            "session.weights",
            "session.weights_method",
            "session.weights_reason",
            *DECIDED,
        ),
    ),
    "AddUseCases": Kind(_add, _may(*NEW), 12),
    "ImportUseCases": Kind(_import, _may(*NEW), 3),
    "EditUseCase": Kind(
        lambda a: collect.EditUseCase(a.case.id, title=a.word, note=a.word, tags=a.some(("a", "c"))),
        _may("case.title", "case.note", "case.tags"),
        3,
    ),
    "Reword": Kind(
        lambda a: room.Reword(a.case.id, title=a.word, same_meaning=a.chance()),
        _may("case.title", "round.*", *LEVELS),
    ),
    "SetFacts": Kind(
        lambda a: collect.SetFacts(a.case.id, a.some(("CRM", "SAP")), a.level, a.number, 2),
        _may("case.systems", "case.logins", "case.cases_month", "case.minutes_each"),
    ),
    "Park": Kind(lambda a: collect.Park([a.case.id], why=a.word, who="Ada", when=a.one(DATES)), _may(*STATE)),
    "ParkAllBut": Kind(lambda a: collect.ParkAllBut([u.id for u in a.live[1:]]), _may(*STATE), 1),
    "Unpark": Kind(lambda a: collect.Unpark(_parked(a)) if _parked(a) else None, _may(*STATE), 3),
    "Delete": Kind(lambda a: collect.Delete([a.case.id]), _may(*STATE), 1),
    "MergeInto": Kind(lambda a: collect.MergeInto(a.case.id, a.case.id), _may(*STATE, "case.tags"), 1),
    "MergeAllInto": Kind(
        lambda a: collect.MergeAllInto([u.id for u in a.live[2:4]], a.live[0].id),
        _may(*STATE, "case.tags"),
        1,
    ),
    "AnswerGate": Kind(lambda a: a.answered(), _may("case.gates"), 8),
    "AnswerGates": Kind(lambda a: gate.AnswerGates([a.answered(), a.answered()]), _may("case.gates")),
    "ClearRemaining": Kind(lambda a: gate.ClearRemaining([a.one(GATES)]), _may("case.gates"), 1),
    "Rate": Kind(lambda a: a.rated(), _may(*LEVELS), 30),
    "RateMany": Kind(lambda a: rate.RateMany([a.rated() for _ in range(4)]), _may(*LEVELS), 6),
    "SetEvidence": Kind(
        lambda a: rate.SetEvidence(
            a.case.id, a.criterion, evidence=a.one(("document", "reported")), note=a.word
        ),
        _may(*LEVELS),
        4,
    ),
    "Vote": Kind(
        lambda a: rate.Vote(a.case.id, a.criterion, a.person, a.one("01234?-")), _may("round.*"), 10
    ),
    "OpenRound": Kind(lambda a: room.OpenRound([a.case.id], [a.criterion, "P1"]), _may("round.*")),
    "CastBallots": Kind(_ballots, _may("round.*"), 6),
    "Reveal": Kind(lambda a: rate.Reveal(), _may("round.*"), 1),
    "Revote": Kind(lambda a: a.revealed(room.Revote), _may("round.*", *LEVELS)),
    "VoidRounds": Kind(lambda a: a.revealed(room.VoidRounds), _may("round.*"), 1),
    "SetDeadlock": Kind(lambda a: settle.SetDeadlock(a.one(("lower", "park"))), _may("session.deadlock")),
    "Claim": Kind(lambda a: a.revealed(lambda u, c: settle.Claim(u, c, "only one could say")), _may(*LEVELS)),
    "ParkCell": Kind(
        lambda a: a.revealed(lambda u, c: settle.ParkCell(u, c, "Ada", a.one(DATES), "count them")),
        _may(*LEVELS, "case.tasks"),
    ),
    "ApplyDeadlock": Kind(lambda a: a.revealed(settle.ApplyDeadlock), _may(*LEVELS, "case.tasks", *DECIDED)),
    "Decide": Kind(
        lambda a: shortlist.Decide(a.case.id, chosen=a.chance(), owner=f"Owner {a.level}", due=a.one(DATES)),
        _may("case.chosen", "case.owner", "case.due"),
    ),
    "Choose": Kind(
        lambda a: shortlist.Choose(on=[a.live[0].id], off=[u.id for u in a.live[1:2]]), _may("case.chosen")
    ),
    "SetCharter": Kind(lambda a: shortlist.SetCharter(a.case.id, {"baseline": a.word}), _may("case.charter")),
    "SetOverride": Kind(
        lambda a: shortlist.SetOverride(a.case.id, "lane", "Hal", a.word, lane="incubate"),
        _may("case.overrides"),
    ),
    "LiftOverride": Kind(lambda a: shortlist.LiftOverride(a.case.id, "lane"), _may("case.overrides")),
    "Assign": Kind(
        lambda a: shortlist.Assign(a.case.id, "D1", what=a.word, who="Ida", when=a.one(DATES)),
        _may("case.tasks"),
    ),
    "SliceInto": Kind(
        lambda a: (
            shortlist.SliceInto(a.case.id, f"Slice {a.number}", "only suggest")
            if len(a.live) < MOST
            else None
        ),
        _may(*NEW),
        1,
    ),
    "RunAgenda": Kind(
        lambda a: running.RunAgenda(
            [Phase("open", "done"), Phase("read", a.one(("skipped", "open")))], "min60"
        ),
        _may("session.phases", "session.agenda"),
        1,
    ),
    "StepAgenda": Kind(
        lambda a: running.StepAgenda(
            a.one(("begin", "end", "skip", "repeat", "move")), a.level, a.level, agenda="min60"
        ),
        _may("session.phases", "session.agenda"),
    ),
    "MinutesLeft": Kind(
        lambda a: running.MinutesLeft(a.draw.randint(1, 90)),
        _may("session.phases", "session.agenda", "session.minutes"),
        1,
    ),
    "CutList": Kind(_cut, _may(*STATE, "case.source", *DECIDED), 1),
}


def _hundred(a: Given) -> dict[str, float]:
    shares = [a.draw.randint(1, 30) for _ in a.dimensions[1:]]
    return dict(zip(a.dimensions, [float(100 - sum(shares)), *map(float, shares)], strict=True))


def any_command(snapshot: Snapshot, draw: Random) -> tuple[str, Command] | None:
    """A command that might be given now, and its name; none where this one has nothing to do."""
    names = list(KINDS)
    name = draw.choices(names, [KINDS[n].weight for n in names])[0]
    given = Given(snapshot, draw)
    needs = name not in (
        "SetSession",
        "AddParticipant",
        "AddParticipants",
        "AddUseCases",
        "AskCriterion",
        "SetDeadlock",
    )
    if needs and not (given.live and given.people):
        return None
    command = KINDS[name].make(given)
    return None if command is None else (name, command)


def changed(before: Facts, after: Facts) -> set[str]:
    """``where.field`` of every fact that is another one."""
    keys = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return {f"{where}.{'*' if where == 'round' else field}" for where, _, field in keys}
