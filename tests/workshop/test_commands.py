"""Every command: it does what it says, undo takes it back whole, redo brings it again, a reload agrees."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import prioritizer.workshop.commands as room
from prioritizer import PrioritizerError, Workshop
from prioritizer.facilitation.cut import Candidate
from prioritizer.model.ranking import Ranked
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
    running,
    seating,
    settle,
    shortlist,
    weights,
)
from prioritizer.workshop.commands import room as rounds
from prioritizer.workshop.commands.base import Command

Make = Callable[[Snapshot, list[UseCase]], Command]


def participant(snapshot: Snapshot, place: int = 0) -> str:
    return snapshot.participants[place].id


def _revealed(s: Snapshot, u: list[UseCase]) -> Command:
    answers = [ballot.BallotAnswer(p.id, u[0].id, "P3", "2") for p in s.participants]
    return ballot.CastBallots(answers, reveal=True)


CASES: dict[str, Make] = {
    "SetSession": lambda s, u: frame.SetSession(
        title="T",
        purpose="P",
        decision_rule="D",
        decider="Cem",
        facilitator="Fay",
        minutes=90,
        agenda="min90",
        top=5,
    ),
    "AddParticipant": lambda s, u: frame.AddParticipant("Cem", role="Integration", voter=False),
    "EditParticipant": lambda s, u: frame.EditParticipant(
        participant(s), name="Adele", role="business", present=False, voter=False
    ),
    "AskCriterion": lambda s, u: frame.AskCriterion("P1", "before"),
    "SetWeights": lambda s, u: weights.SetWeights(
        {"P": 1, "D": 1, "I": 1, "G": 1}, "by hand", "the room said so"
    ),
    "GiveWeights": lambda s, u: weights.GiveWeights(
        participant(s, 1), "swing", {"P": 100, "D": 80, "I": 20, "G": 50}
    ),
    "DecideTrial": lambda s, u: decided.DecideTrial(
        "the room agreed",
        weights={"P": 1, "D": 1, "I": 1, "G": 1},
        levels={(u[0].id, "P1"): 3},
        answers={(u[1].id, "stability"): "no"},
    ),
    "RevealWeights": lambda s, u: weights.RevealWeights(),
    "ClearWeights": lambda s, u: weights.ClearWeights(),
    "AddUseCases": lambda s, u: collect.AddUseCases(
        [
            collect.NewUseCase(
                "New",
                task="t",
                note="n",
                tags=["a", "b"],
                proposer="Dee",
                source={"Bureau": "x"},
                systems=["SAP", "Mail"],
                logins=2,
                cases_month=40,
                minutes_each=1.5,
                slice="s",
            ),
            collect.NewUseCase("Newer"),
        ]
    ),
    "ImportUseCases": lambda s, u: importing.ImportUseCases(
        [collect.NewUseCase("In"), collect.NewUseCase("Double", task="t", tags=["c"])], {1: u[0].id}
    ),
    "EditUseCase": lambda s, u: collect.EditUseCase(
        u[0].id, title="Other", task="x", note="y", proposer="Eva", slice="z", tags=["buying"]
    ),
    "SetFacts": lambda s, u: collect.SetFacts(u[0].id, ["CRM"], 1, 100, 2),
    "Park": lambda s, u: collect.Park([u[0].id, u[1].id], why="later", who="Ada", when="2027-01-31"),
    "ParkAllBut": lambda s, u: collect.ParkAllBut([u[1].id]),
    "Unpark": lambda s, u: collect.Unpark([u[0].id]),
    "Delete": lambda s, u: collect.Delete([u[0].id]),
    "MergeInto": lambda s, u: collect.MergeInto(u[1].id, u[0].id),
    "AnswerGate": lambda s, u: gate.AnswerGate(u[0].id, "stability", "yes", "2027-03"),
    "AnswerGates": lambda s, u: gate.AnswerGates([gate.AnswerGate(x.id, "prohibited", "n") for x in u]),
    "ClearRemaining": lambda s, u: gate.ClearRemaining(["prohibited", "stability"]),
    "Rate": lambda s, u: rate.Rate(u[0].id, "D1", 3, evidence="measured", note="seen", reason="r"),
    "RateMany": lambda s, u: rate.RateMany([rate.Rate(x.id, c, 2) for x in u for c in ("P1", "W1")]),
    "SetEvidence": lambda s, u: rate.SetEvidence(u[2].id, "D2", evidence="document", note="page 4"),
    "Vote": lambda s, u: rate.Vote(u[0].id, "P3", participant(s), "?"),
    "Reveal": lambda s, u: rate.Reveal(),
    "Decide": lambda s, u: shortlist.Decide(u[0].id, chosen=True, owner="Gil", due="2027-02-01", note="go"),
    "SetOverride": lambda s, u: shortlist.SetOverride(u[0].id, "lane", "Hal", "because", lane="incubate"),
    "LiftOverride": lambda s, u: shortlist.LiftOverride(u[2].id, "lane"),
    "Assign": lambda s, u: shortlist.Assign(u[0].id, "D1", what="get access", who="Ida", when="2027-01-01"),
    "SliceInto": lambda s, u: shortlist.SliceInto(u[0].id, "Smaller", "only suggest"),
    "AddParticipants": lambda s, u: frame.AddParticipants(
        [frame.AddParticipant("Cem"), frame.AddParticipant("Dee", role="business")]
    ),
    "MergeAllInto": lambda s, u: collect.MergeAllInto([u[1].id, u[2].id], u[0].id),
    "OpenRound": lambda s, u: rounds.OpenRound([u[0].id, u[1].id], ["P1", "P3"]),
    "Revote": lambda s, u: rounds.Revote(u[0].id, "P3"),
    "CastBallots": lambda s, u: ballot.CastBallots(
        [
            ballot.BallotAnswer(p.id, x.id, "P1", a)
            for p in s.participants
            for x, a in zip(u[:3], "3?-", strict=True)
        ],
        reveal=True,
    ),
    "VoidRounds": lambda s, u: rounds.VoidRounds(u[0].id, "P3"),
    "Reword": lambda s, u: rounds.Reword(u[0].id, title="Route mails", same_meaning=False),
    "SetDeadlock": lambda s, u: settle.SetDeadlock("park"),
    "Claim": lambda s, u: settle.Claim(u[0].id, "P3", "only one could say"),
    "ParkCell": lambda s, u: settle.ParkCell(u[0].id, "P3", "Ada", "2027-01-31", "count the cases"),
    "ApplyDeadlock": lambda s, u: settle.ApplyDeadlock(u[0].id, "P3"),
    "SeatTable": lambda s, u: seating.SeatTable("Table 1", [participant(s), participant(s, 1)]),
    "SetPresent": lambda s, u: seating.SetPresent([participant(s), participant(s, 1)], present=False),
    "RunAgenda": lambda s, u: running.RunAgenda([Phase("open", "done"), Phase("read", "skipped")], "min60"),
    "StepAgenda": lambda s, u: running.StepAgenda("skip", 2, agenda="min60"),
    "MinutesLeft": lambda s, u: running.MinutesLeft(33),
    "CutList": lambda s, u: running.CutList(
        [Candidate(u[0].id, 1, 3, 2), Candidate(u[1].id, 2, votes=4), Candidate(u[2].id, 3)], 2
    ),
    "Choose": lambda s, u: shortlist.Choose(on=[u[0].id], off=[u[1].id]),
    "SetCharter": lambda s, u: shortlist.SetCharter(u[0].id, {"baseline": "40 minutes"}),
}

BEFORE: dict[str, Make] = {
    "Unpark": lambda s, u: collect.Park([u[0].id]),
    "LiftOverride": lambda s, u: shortlist.SetOverride(u[2].id, "lane", "Hal", "because", lane="incubate"),
    "Reveal": lambda s, u: rate.Vote(u[0].id, "P3", participant(s), "3"),
    "SetEvidence": lambda s, u: rate.Rate(u[2].id, "D2", 3),
    **dict.fromkeys(("RevealWeights", "ClearWeights"), CASES["GiveWeights"]),
    **dict.fromkeys(("Revote", "VoidRounds", "Claim", "ParkCell", "ApplyDeadlock", "Reword"), _revealed),
}


def all_commands() -> set[str]:
    found = set()
    for module in pkgutil.iter_modules(room.__path__):
        loaded = importlib.import_module(f"{room.__name__}.{module.name}")
        for name, value in inspect.getmembers(loaded, inspect.isclass):
            if (
                value.__module__ == loaded.__name__
                and dataclasses.is_dataclass(value)
                and hasattr(value, "plan")
            ):
                found.add(name)
    return found


def test_every_command_is_tried_here() -> None:
    assert all_commands() == set(CASES)


def undressed(snapshot: Snapshot) -> Snapshot:
    """Without what stays when everything is taken back: names are append-only, and a
    card or round that was made once keeps its empty row (no title, no number)."""
    cases = {
        id_: replace(
            case,
            rounds={c: kept for c, r in case.rounds.items() if (kept := tuple(x for x in r if x.number))},
        )
        for id_, case in snapshot.use_cases.items()
        if case.title
    }
    people = tuple(p for p in snapshot.participants if p.name)
    return replace(snapshot, names={}, use_cases=cases, participants=people, every_decision={})


def with_void_rounds(snapshot: Snapshot) -> Snapshot:
    cases = {
        id_: replace(
            case, rounds={c: tuple(replace(x, status="void") for x in r) for c, r in case.rounds.items()}
        )
        for id_, case in snapshot.use_cases.items()
    }
    return replace(snapshot, use_cases=cases)


AFTER_UNDO = {
    "Reveal": "; the answers were seen, so they are void and everybody votes again",
    "RevealWeights": "; they were seen, so they are void and everybody weighs again",
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_do_undo_redo_and_reload(workshop: Workshop, name: str) -> None:
    cases = workshop.use_cases
    if name in BEFORE:
        workshop.do(BEFORE[name](workshop.snapshot, cases))
    before = workshop.snapshot
    done = workshop.do(CASES[name](before, cases))
    after = workshop.snapshot
    assert done.words
    assert undressed(after) != undressed(before)

    if name == "Reveal":
        before = with_void_rounds(before)  # what was seen cannot be unseen: the round is void
    if name == "RevealWeights":
        void = {p: Weighting(void=True) for p in before.weightings}
        before = replace(before, weightings=void)
    undid = done.words + AFTER_UNDO.get(name, "")
    assert workshop.undo() == undid
    assert undressed(workshop.snapshot) == undressed(before)
    assert workshop.redo() == done.words
    assert undressed(workshop.snapshot) == undressed(after)

    path = workshop.path
    workshop.close()
    with Workshop.open(path) as again:
        assert again.snapshot == workshop.snapshot
        assert again.undo() == undid, "undo survives a restart"
        assert undressed(again.snapshot) == undressed(before)


def test_undo_reaches_back_to_the_first_keystroke(tmp_path: Path) -> None:
    with Workshop.create(tmp_path / "s.sqlite") as w:
        start = w.snapshot
        u = w.add_use_case("A")
        w.rate(u, "P1", 3)
        w.rate(u, "P1", 2)
        w.answer_gate(u, "prohibited", "no")
        for _ in range(4):
            w.undo()
        assert undressed(w.snapshot) == undressed(start)
        with pytest.raises(PrioritizerError, match="nothing to undo"):
            w.undo()
        for _ in range(4):
            w.redo()
        assert w.use_cases[0].level(0) == 2
        with pytest.raises(PrioritizerError, match="nothing to redo"):
            w.redo()


def test_a_number_that_was_undone_is_free_again(workshop: Workshop) -> None:
    assert [u.number for u in workshop.use_cases] == [1, 2, 3]
    workshop.add_use_case("Fourth")
    workshop.undo()
    assert workshop.add_use_case("Another fourth").number == 4


def test_the_hostile_title_stays_a_title(workshop: Workshop) -> None:
    made = workshop.add_use_case("[/nope] \x1b[31mred\x1b]52;c;ZXZpbA==\x07", task="[@click=app.quit()]x[/]")
    assert "\x1b" not in made.title
    assert made.title.startswith("[/nope]")
    assert made.task == "[@click=app.quit()]x[/]"


REFUSED: dict[str, tuple[Make, str]] = {
    "empty title": (lambda s, u: collect.AddUseCases([collect.NewUseCase("  ")]), "needs a title"),
    "level 7": (lambda s, u: rate.Rate(u[0].id, "P1", 7), "levels go from 0 to 4"),
    "unknown criterion": (lambda s, u: rate.Rate(u[0].id, "P9", 3), "no criterion “P9”. Known: P1, P2"),
    "unknown gate": (lambda s, u: gate.AnswerGate(u[0].id, "prohibit", "no"), "Did you mean “prohibited”"),
    "gate of levels": (lambda s, u: gate.AnswerGate(u[0].id, "D1", "yes"), "follows from the levels"),
    "no such answer": (lambda s, u: gate.AnswerGate(u[0].id, "prohibited", "perhaps"), "yes, no, unknown"),
    "no such tag": (lambda s, u: rate.Rate(u[0].id, "P1", 3, evidence="documnet"), "Did you mean “document”"),
    "essential": (lambda s, u: frame.AskCriterion("D1", "off"), "cannot be switched off"),
    "weights": (lambda s, u: weights.SetWeights({"P": 0, "D": 0, "I": 0, "G": 0}), "all zero"),
    "negative": (lambda s, u: weights.SetWeights({"P": -1, "D": 1, "I": 1, "G": 1}), "not negative"),
    "nan": (lambda s, u: weights.SetWeights({"P": float("nan"), "D": 1, "I": 1, "G": 1}), "must be a number"),
    "missing weight": (lambda s, u: weights.SetWeights({"P": 1}), "weight of D is missing"),
    "twice": (lambda s, u: frame.AddParticipant("Ada"), "on the roster already"),
    "no role": (lambda s, u: frame.AddParticipant("Cem", role="datta"), "Did you mean “data”"),
    "date": (lambda s, u: shortlist.Decide(u[0].id, due="soon"), "not a date"),
    "override": (
        lambda s, u: shortlist.SetOverride(u[0].id, "lane", "", "why", lane="incubate"),
        "needs the name",
    ),
    "to out": (lambda s, u: shortlist.SetOverride(u[0].id, "lane", "A", "b", lane="out"), "no lane"),
    "into itself": (lambda s, u: collect.MergeInto(u[0].id, u[0].id), "into itself"),
    "keep none": (lambda s, u: collect.ParkAllBut([]), "Mark the use cases to keep"),
    "evidence first": (lambda s, u: rate.SetEvidence(u[0].id, "D1", "document"), "level first"),
    "reveal": (lambda s, u: rate.Reveal(), "nothing to reveal"),
    "vote": (lambda s, u: rate.Vote(u[0].id, "P1", participant(s), "5"), "takes 0 to 4"),
    "facts": (lambda s, u: collect.SetFacts(u[0].id, None, None, -1, None), "must be a number from 0"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_refusal_is_a_sentence_and_changes_nothing(workshop: Workshop, name: str) -> None:
    make, words = REFUSED[name]
    before, log = workshop.snapshot, len(workshop.history())
    with pytest.raises(PrioritizerError, match=words) as caught:
        workshop.do(make(before, workshop.use_cases))
    assert "\n" not in str(caught.value)
    assert workshop.snapshot == before
    assert len(workshop.history()) == log


def test_out_cannot_be_overridden(workshop: Workshop) -> None:
    first = workshop.use_cases[0]
    workshop.answer_gate(first, "prohibited", "yes")
    with pytest.raises(PrioritizerError, match="cannot be overridden"):
        workshop.do(shortlist.SetOverride(first.id, "prohibited", "A", "b"))


def test_a_level_other_than_the_room_said_needs_a_reason(workshop: Workshop) -> None:
    first = workshop.use_cases[0]
    workshop.rate(first, "P1", 2, by="Ada")
    workshop.rate(first, "P1", 3, by="Ben")
    workshop.do(rate.Reveal())
    assert rate.room_value(workshop.use_cases[0], "P1") == 2
    with pytest.raises(PrioritizerError, match="needs a reason"):
        workshop.rate(first, "P1", 3)
    workshop.rate(first, "P1", 2)
    workshop.rate(first, "P1", 3, reason="200 past cases were shown")
    assert workshop.use_cases[0].agreed["P1"].reason == "200 past cases were shown"


def test_claimed_is_judged_when_the_level_is_agreed(workshop: Workshop) -> None:
    # Nobody here is of the role integration, which brings I1; Ada is of the role data, which brings D2.
    first = workshop.use_cases[0]

    def ranked() -> Ranked:
        return workshop.ranked(first.id)

    workshop.rate(first, "I1", 3, evidence="reported")
    workshop.rate(first, "D2", 3, evidence="reported")
    assert ranked().claimed == ["I1"]
    workshop.do(frame.AddParticipant("Ira", role="integration"))
    assert ranked().claimed == ["I1"], "stored with the level, not derived"
    workshop.rate(first, "I1", 3, evidence="reported")
    assert ranked().claimed == []
    workshop.do(frame.EditParticipant(participant(workshop.snapshot, 2), present=False))
    workshop.rate(first, "I1", 3, evidence="measured")
    assert ranked().claimed == [], "a measurement needs nobody in the room"


def test_a_new_level_drops_the_tag_of_the_old(workshop: Workshop) -> None:
    first = workshop.use_cases[0]
    workshop.rate(first, "D2", 3, evidence="measured")
    assert workshop.use_cases[0].agreed["D2"].measured_on is not None
    workshop.rate(first, "D2", 4)
    column = workshop.snapshot.preset.criterion_index()["D2"]
    assert workshop.use_cases[0].evidence_tag(column) is None
    workshop.rate(first, "D2", 4, evidence="document")
    workshop.rate(first, "D2", 4)
    assert workshop.use_cases[0].evidence_tag(column) == "document"


def test_a_decided_what_if_says_what_stood_there_and_what_stands_there_now(workshop: Workshop) -> None:
    first, second = workshop.use_cases[:2]
    workshop.do(rate.Rate(first.id, "D2", 1))
    workshop.do(gate.AnswerGate(second.id, "high-risk", "not-assessed"))
    workshop.do(
        decided.DecideTrial(
            "the pilot site differs",
            {"P": 2.0, "D": 1.0, "I": 1.0, "G": 1.0},
            {(first.id, "D2"): 3, (second.id, "P1"): 2},
            {(second.id, "high-risk"): "no"},
        )
    )
    weights_line, cells_line = sorted((d.text for d in workshop.snapshot.decisions), reverse=True)
    assert "P 30 → 40 %" in weights_line
    assert "#1 D2 from 1 to 3" in cells_line
    assert "#2 P1 from unknown to 2" in cells_line
    assert "#2 high-risk from “" in cells_line
    assert cells_line.endswith("the pilot site differs")
    workshop.undo()
    assert workshop.snapshot.decisions == ()
