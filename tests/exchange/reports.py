"""A report with something of everything, and the same with one text in every field."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from prioritizer.model.report import (
    Report,
    ReportBallot,
    ReportCharter,
    ReportDecision,
    ReportField,
    ReportGate,
    ReportItem,
    ReportLine,
    ReportOverride,
    ReportParked,
    ReportScore,
    ReportShown,
    ReportSureness,
    ReportTask,
)
from prioritizer.workshop.commands.collect import Park
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants, SetSession
from prioritizer.workshop.commands.gate import AnswerGate
from prioritizer.workshop.commands.shortlist import Assign, Choose, Decide, SetOverride
from prioritizer.workshop.exporting import build_report
from prioritizer.workshop.sample import create_sample
from prioritizer.workshop.service import Workshop


def sample_report(folder: Path) -> Report:
    """The report of the sample session."""
    with create_sample(folder / "s.sqlite") as workshop:
        return build_report(workshop)


PEOPLE = (
    ("Kim Lee", "operations"),
    ("Sam Ortiz", "operations"),
    ("Ada Novak", "data"),
    ("Noor Haddad", "integration"),
    ("Jo Brandt", "compliance"),
    ("Alex Roy", "business"),
)


def decide_everything(workshop: Workshop) -> None:
    """A session as it is when it is over: a roster, decisions with owners and dates, conditions taken on,
    a lane set aside by the room, something parked."""
    w = workshop
    w.do(AddParticipants([AddParticipant(name, role) for name, role in PEOPLE]))
    w.do(
        SetSession(
            decider="Alex Roy, head of operations",
            purpose="Choose the two or three use cases that can be in production within a quarter, name what holds the "
            "others, and say what has to be found out before the next budget round in March.",
        )
    )
    cases = {u.number: u.id for u in w.snapshot.live()}
    w.do(Choose(on=[cases[2], cases[1], cases[10]], off=[cases[9]]))
    owners = {2: ("Kim Lee", "2026-12-15"), 1: ("Sam Ortiz", "2027-01-15"), 10: ("Ada Novak", "2027-02-01")}
    for number, (owner, due) in owners.items():
        w.do(Decide(cases[number], owner=owner, due=due))
    w.do(Assign(cases[10], "D4", who="Jo Brandt", when="2026-12-20"))
    w.do(
        SetOverride(
            cases[12],
            "lane",
            by="Alex Roy",
            lane="fix-then-pilot",
            reason="the planning systems are replaced by one in May, and the team waits for it",
        )
    )
    w.do(AnswerGate(cases[11], "stability", "unknown"))
    w.do(Park([cases[5]], why="nobody from procurement was here", who="Alex Roy", when="2027-01-31"))


def decided_report(folder: Path) -> Report:
    """The report of the sample session when everything about it is decided."""
    with create_sample(folder / "d.sqlite") as workshop:
        decide_everything(workshop)
        return build_report(workshop)


def report_of(text: str) -> Report:
    """A report that says ``text`` wherever a session or a preset can put words."""
    line = ReportLine(
        rank=1,
        tied=True,
        id="a",
        number=1,
        title=text,
        task=text,
        lane="pilot-first",
        lane_title=text,
        class_title=text,
        readiness=70,
        low=60,
        high=80,
        dimensions=(ReportScore("P", text, 70), ReportScore("D", text, None)),
        demonstration=90,
        gap=20,
        demo_trap=True,
        marks=(text,),
        coverage=90,
        weakest=text,
        owner=text,
        due=text,
        chosen=True,
        note=text,
        conditions=(ReportTask(text, text, text, text),),
        find_outs=(ReportTask(text),),
        change=text,
        lane_by_rules=text,
        overrides=(ReportOverride(text, text, text, text),),
        slice=text,
        gates=(ReportGate("g", text, "stop", text, text, True),),
        unknown=(text,),
    )
    other = replace(line, id="b", number=2, rank=2, chosen=None, lane="not-yet", demonstration=None, gap=None)
    field = ReportField("x", text, text, source=text)
    open_field = ReportField("y", text, question=text, owner=text)
    return Report(
        title=text,
        date=text,
        preset_id=text,
        preset_version=1,
        preset_hash=text,
        purpose=text,
        decision_rule=text,
        decider=text,
        took_part=((text, 2),),
        weights=((text, 1.0),),
        weights_how=text,
        lines=(line, other),
        parked=(ReportParked(3, text, text, text, text, text),),
        decisions=(ReportDecision(text, text, text, text),),
        items=(ReportItem("a", 1, text, "P1", 3, text, text, True),),
        legend=((text, text),),
        switched_off=(text,),
        charters=(ReportCharter(1, text, ((text, (field, open_field)),), (text,)),),
        by_show=(ReportShown(1, text, "pilot-first", 1), ReportShown(2, text, "not-yet", None)),
        mirror=text,
        sureness=(ReportSureness(1, text, "pilot-first", (0.9, 0.1)),),
        stability=text,
        ballots=(ReportBallot(text, "a", 1, text, "P1", 1, "3"),),
        people=(text,),
    )
