"""The report that every writer of documents reads: the session as its reader may see it.

Names appear only where somebody took something on, or where they were asked for.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import replace

from prioritizer.errors import PrioritizerError
from prioritizer.model.ranking import Condition, Ranked
from prioritizer.model.report import (
    Report,
    ReportGate,
    ReportLine,
    ReportOverride,
    ReportParked,
    ReportScore,
    ReportShown,
    ReportTask,
)
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.terms import LaneId
from prioritizer.workshop.commands.rate import room_value
from prioritizer.workshop.report_lists import ballots, decisions, items, near, stability, sure_words, sureness
from prioritizer.workshop.service import Workshop
from prioritizer.workshop.views.mirror import MirrorView
from prioritizer.workshop.views.mirror_words import Shown, mirror_sentence
from prioritizer.workshop.views.plain import percent, whole

CLASS_TITLES = {
    "bounded": "bounded",
    "partly": "partly bounded",
    "open-ended": "open-ended",
    "unknown": "not known whether bounded",
}

LEFT_OUT = "left out by the room"

LEGEND = (
    (
        "Readiness",
        "0 to 100, rounded down: how near to production; in brackets, the least and the most that it can be",
    ),
    ("Demonstration", "0 to 100: how well it shows; beside the ranking and never part of it"),
    ("Gap", "demonstration minus readiness"),
    ("Demo trap", "shows far more than it is ready for"),
    ("Overlooked", "ready, and a room that chooses by show would have missed it"),
    ("Unproven", "a level of 3 or 4 without a document or a measurement behind it"),
    ("Claimed", "the role that knows it was absent when it was said"),
    ("Tied", "equal in everything but the title"),
    ("Set aside by the room", "a rule of the ranking that somebody answers for, with a reason"),
    (LEFT_OUT.capitalize(), "the room decided against it"),
    ("% known", "share of the questions with an answer; one without counts as 1 of 4"),
)


def build_report(
    workshop: Workshop, *, top: int | None = None, today: dt.date | None = None, names: bool = False
) -> Report:
    """The whole session for a reader.

    Args:
        workshop: The session.
        top: See `export_session`.
        today: The date on the paper; the local one if none.
        names: See `export_session`.

    Raises:
        PrioritizerError: ``top`` is no sensible number.
    """
    from prioritizer.workshop.charters import charter
    from prioritizer.workshop.views.mirror import mirror_view

    if top is not None and not 1 <= top <= 100:
        raise PrioritizerError("The shortlist can hold 1 to 100 use cases.")
    snapshot, ranking = workshop.snapshot, workshop.ranking()
    mirror = mirror_view(snapshot, workshop.evaluation)
    thresholds = workshop.evaluation.rules.thresholds
    preset = snapshot.preset
    shares = _shares(snapshot)
    sure, shares_of_top = sureness(workshop, snapshot.top if top is None else top)
    report = Report(
        title=snapshot.title,
        date=(today or dt.date.today()).isoformat(),
        preset_id=preset.id,
        preset_version=preset.version,
        preset_hash=snapshot.preset_hash,
        purpose=snapshot.purpose,
        decision_rule=snapshot.decision_rule,
        decider=snapshot.decider,
        took_part=_took_part(snapshot),
        weights=tuple((preset.find_dimension(d).title, share) for d, share in shares.items()),
        weights_how=_how(snapshot),
        top=snapshot.top if top is None else top,
        lines=tuple(_line(snapshot, each) for each in ranking.use_cases),
        parked=tuple(
            ReportParked(u.number, u.title, u.task, u.parked_why, u.parked_who, u.parked_when)
            for u in snapshot.parked()
        ),
        decisions=tuple(sorted(decisions(snapshot, workshop.decided_on()), key=lambda d: d.date)),
        items=tuple(items(snapshot)),
        switched_off=tuple(
            f"{c.id} {c.title}" for c in preset.criterion if snapshot.how_asked(c.id) == "off"
        ),
        by_show=tuple(
            ReportShown(snapshot.use_cases[r.id].number, r.title, r.lane, r.show_rank) for r in mirror.by_show
        ),
        mirror=" ".join(filter(None, (_mirror(snapshot, mirror), _at_the_cut(snapshot)))),
        nearest=near(workshop),
        sureness=sure,
        guides=(float(thresholds.readiness), float(thresholds.trap_demonstration)),
        ballots=tuple(ballots(snapshot, names)),
        people=tuple(p.name for p in snapshot.participants if p.name and p.present) if names else (),
    )
    chosen = {line.id for line in report.shortlist()}
    return replace(
        report,
        legend=_legend(report.lines),
        charters=tuple(charter(snapshot, each) for each in ranking.use_cases if each.id in chosen),
        stability=" ".join(filter(None, (stability(report), sure_words(report, shares_of_top)))),
    )


def _mirror(snapshot: Snapshot, mirror: MirrorView) -> str:
    """The mirror's sentence with the numbers as paper writes them."""
    cards = [
        Shown(f"#{snapshot.use_cases[r.id].number}", r.show_rank, r.lane == "pilot-first")
        for r in mirror.by_show
    ]
    return mirror_sentence(cards, mirror.top, snapshot.preset.lane_title("pilot-first"))


def _legend(lines: Sequence[ReportLine]) -> tuple[tuple[str, str], ...]:
    """The words that every paper has, and of the marks those that this one has."""
    marks = " ".join(mark for line in lines for mark in line.marks)
    stand = {
        "Demo trap": any(line.demo_trap for line in lines),
        "Overlooked": "overlooked" in marks,
        "Unproven": "unproven" in marks,
        "Claimed": "claimed" in marks,
        "Tied": any(line.tied for line in lines),
        "Set aside by the room": any(line.overrides for line in lines),
        LEFT_OUT.capitalize(): LEFT_OUT in marks,
        "% known": any(line.coverage < 100 for line in lines),
    }
    return tuple((word, meaning) for word, meaning in LEGEND if stand.get(word, True))


def _shares(snapshot: Snapshot) -> dict[str, float]:
    """Weights of the readiness dimensions that are asked, adding up to 1."""
    asked = {c.dimension for c in snapshot.preset.criterion if snapshot.how_asked(c.id) != "off"}
    found = {d.id: snapshot.weight_of(d.id) for d in snapshot.preset.with_role("readiness") if d.id in asked}
    total = math.fsum(found.values())
    return {d: weight / total for d, weight in found.items()} if total > 0 else {}


def _how(snapshot: Snapshot) -> str:
    """How the weights were found."""
    if snapshot.weights is None:
        return "as the preset has them"
    return "; ".join(filter(None, (snapshot.weights_method, snapshot.weights_reason))) or "set by the room"


def _at_the_cut(snapshot: Snapshot) -> str:
    """What the vote alone would have done with the long list; "" where it was not cut."""
    from prioritizer.workshop.views.cut import cut_view

    found = cut_view(snapshot)
    return (
        f"When the long list was cut: {found.words[:1].lower()}{found.words[1:]}" if found is not None else ""
    )


def _took_part(snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    """Roles and how many had them: never who."""
    titles = {role.id: role.title for role in snapshot.preset.role}
    counted: dict[str, int] = {}
    for each in snapshot.participants:
        if each.name and each.present:
            role = titles.get(each.role or "", "without a role")
            counted[role] = counted.get(role, 0) + 1
    return tuple(counted.items())


def _line(snapshot: Snapshot, ranked: Ranked) -> ReportLine:
    preset = snapshot.preset
    use_case = snapshot.use_cases[ranked.id]
    gates = {"lane": "lane", **{gate.id: gate.title for gate in preset.gate}}
    return ReportLine(
        rank=ranked.rank,
        tied=ranked.tied,
        id=ranked.id,
        number=ranked.number,
        title=ranked.title,
        task=ranked.task,
        lane=ranked.lane,
        lane_title=preset.lane_title(ranked.lane),
        class_title=CLASS_TITLES[ranked.class_],
        readiness=whole(ranked.readiness),
        low=whole(ranked.readiness_low),
        high=whole(ranked.readiness_high),
        dimensions=tuple(
            ReportScore(d.id, d.title, _whole(ranked.dimensions.get(d.id)))
            for d in preset.with_role("readiness")
        ),
        demonstration=_whole(ranked.demonstration),
        gap=_whole(ranked.gap),
        demo_trap=ranked.demo_trap,
        marks=(*marks(ranked), *([LEFT_OUT] if use_case.chosen is False else [])),
        coverage=percent(ranked.coverage),
        weakest=_weakest(snapshot, use_case, ranked),
        owner=use_case.owner,
        due=use_case.due,
        chosen=use_case.chosen,
        note=use_case.decision_note,
        conditions=tuple(_task(each) for each in ranked.conditions),
        find_outs=tuple(_task(each) for each in ranked.find_outs),
        change=_other_route(ranked),
        lane_by_rules=_lane_by_rules(snapshot, ranked.lane, ranked.lane_by_rules),
        overrides=tuple(
            ReportOverride(gates.get(o.of, o.of), o.by, o.reason, o.date) for o in ranked.overrides
        ),
        slice=ranked.slice,
        gates=tuple(
            ReportGate(
                g.id,
                gates.get(g.id, g.id),
                g.status,
                "" if g.answer is None else str(g.answer),
                g.reason,
                g.overridden,
            )
            for g in ranked.gates
        ),
        unknown=tuple(ranked.unknown),
    )


def marks(ranked: Ranked) -> tuple[str, ...]:
    """The marks of a use case in words, besides *demo trap* and *tied*."""
    found = ["overlooked"] if ranked.overlooked else []
    if ranked.unproven:
        found.append(f"unproven {', '.join(ranked.unproven)}")
    if ranked.claimed:
        found.append(f"claimed {', '.join(ranked.claimed)}")
    return tuple(found)


def _whole(score: float | None) -> int | None:
    return None if score is None else whole(score)


def _lane_by_rules(snapshot: Snapshot, lane: LaneId, by_rules: LaneId) -> str:
    return "" if lane == by_rules else snapshot.preset.lane_title(by_rules)


def _other_route(ranked: Ranked) -> str:
    """What was answered where no fact moves a use case: what forbids it, or what does it more simply."""
    if ranked.lane not in ("out", "not-an-agent"):
        return ""
    return " ".join(gate.reason for gate in ranked.gates if gate.status == ranked.lane)


def _weakest(snapshot: Snapshot, use_case: UseCase, ranked: Ranked) -> str:
    if not ranked.weakest:
        return ""
    criterion = snapshot.preset.find_criterion(ranked.weakest[0])
    level = use_case.level(snapshot.preset.criterion_index()[criterion.id])
    if level is None:
        level = room_value(use_case, criterion.id)
    return f"{criterion.title}: {criterion.levels[level]}" if level is not None else criterion.title


def _task(condition: Condition) -> ReportTask:
    return ReportTask(condition.what, condition.who or "", condition.when, condition.gate)
