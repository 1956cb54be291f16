"""The report that every writer of documents reads: the session as its reader may see it.

Names appear only where somebody took something on, or where they were asked for.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import replace

from prioritizer.errors import PrioritizerError
from prioritizer.model.preset import LANES, LaneId
from prioritizer.model.ranking import Condition, Ranked
from prioritizer.model.report import (
    Report,
    ReportBallot,
    ReportDecision,
    ReportGate,
    ReportItem,
    ReportLine,
    ReportOverride,
    ReportParked,
    ReportScore,
    ReportShown,
    ReportTask,
)
from prioritizer.model.session import ABSTAIN, DONT_KNOW, Snapshot, UseCase
from prioritizer.workshop.commands.rate import room_value
from prioritizer.workshop.service import Workshop
from prioritizer.workshop.views.plain import percent, whole

CLASS_TITLES = {
    "bounded": "bounded",
    "partly": "partly bounded",
    "open-ended": "open-ended",
    "unknown": "not known whether bounded",
}

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
        weights_how=snapshot.weights_method,
        top=snapshot.top if top is None else top,
        lines=tuple(_line(snapshot, each) for each in ranking.use_cases),
        parked=tuple(
            ReportParked(u.number, u.title, u.task, u.parked_why, u.parked_who, u.parked_when)
            for u in snapshot.parked()
        ),
        decisions=tuple(sorted(_decisions(snapshot), key=lambda d: d.date)),
        items=tuple(_items(snapshot)),
        legend=LEGEND,
        switched_off=tuple(
            f"{c.id} {c.title}" for c in preset.criterion if snapshot.how_asked(c.id) == "off"
        ),
        by_show=tuple(
            ReportShown(snapshot.use_cases[r.id].number, r.title, r.lane, r.show_rank) for r in mirror.by_show
        ),
        mirror=mirror.sentence,
        guides=(float(thresholds.readiness), float(thresholds.trap_demonstration)),
        ballots=tuple(_ballots(snapshot, names)),
        people=tuple(p.name for p in snapshot.participants if p.name and p.present) if names else (),
    )
    chosen = {line.id for line in report.shortlist()}
    return replace(
        report,
        charters=tuple(charter(snapshot, each) for each in ranking.use_cases if each.id in chosen),
        stability=_stability(report),
    )


def _shares(snapshot: Snapshot) -> dict[str, float]:
    """Weights of the readiness dimensions that are asked, adding up to 1."""
    asked = {c.dimension for c in snapshot.preset.criterion if snapshot.how_asked(c.id) != "off"}
    found = {d.id: snapshot.weight_of(d.id) for d in snapshot.preset.with_role("readiness") if d.id in asked}
    total = math.fsum(found.values())
    return {d: weight / total for d, weight in found.items()} if total > 0 else {}


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
        marks=marks(ranked),
        coverage=percent(ranked.coverage),
        weakest=_weakest(snapshot, use_case, ranked),
        owner=use_case.owner,
        due=use_case.due,
        chosen=use_case.chosen,
        note=use_case.decision_note,
        conditions=tuple(_task(each) for each in ranked.conditions),
        find_outs=tuple(_task(each) for each in ranked.find_outs),
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


def _decisions(snapshot: Snapshot) -> Iterator[ReportDecision]:
    gates = {gate.id: gate.title for gate in snapshot.preset.gate}
    titles: dict[str, str] = {lane: snapshot.preset.lane_title(lane) for lane in LANES}
    for decision in snapshot.decisions:
        yield ReportDecision(decision.date, decision.text, decision.by)
    for use_case in snapshot.use_cases.values():
        if not use_case.title or use_case.deleted:
            continue
        name = f"#{use_case.number} {use_case.title}"
        if use_case.chosen is not None:
            verb = "chosen for a pilot" if use_case.chosen else "not chosen"
            yield ReportDecision("", f"{name}: {verb}", use_case.owner, use_case.decision_note)
        for each in use_case.overrides.values():
            if each.target == "lane":
                what = f"moved to “{titles.get(each.lane or '', 'another lane')}”"
            else:
                what = f"“{gates.get(each.target, each.target)}” set aside"
            yield ReportDecision(each.date, f"{name}: {what}", each.by, each.reason)
        for criterion, agreed in use_case.agreed.items():
            if agreed.reason:
                level = use_case.level(snapshot.preset.criterion_index()[criterion])
                yield ReportDecision("", f"{name}: {criterion} agreed at {level}", "", agreed.reason)


def _stability(report: Report) -> str:
    """How far the last of a proposed shortlist stands before the first that is not on it."""
    inside = report.shortlist()
    taken = {line.id for line in inside}
    outside = next((line for line in report.lines if line.id not in taken), None)
    if report.decided or not inside or outside is None:
        return ""
    last = inside[-1]
    if last.lane != outside.lane:
        return (
            f"The last on the list is in “{last.lane_title}”, the next one in “{outside.lane_title}”: "
            "no weights change that, only facts do."
        )
    ahead = last.readiness - outside.readiness
    points = "point" if ahead == 1 else "points"
    return (
        f"#{last.number} stands {ahead} {points} of readiness before #{outside.number}, "
        f"which is the next one in “{outside.lane_title}”."
    )


def _ballots(snapshot: Snapshot, names: bool) -> Iterator[ReportBallot]:
    """Every answer of a revealed round; who gave it is a number unless names were chosen."""
    said = {DONT_KNOW: "?", ABSTAIN: "-"} | {level: str(level) for level in range(5)}
    people = {
        p.index: p.name if names and p.name else f"participant {p.index + 1}" for p in snapshot.participants
    }
    for case in snapshot.live():
        for criterion in snapshot.preset.criterion_ids:
            for each in case.rounds.get(criterion, ()):
                if each.status != "revealed":
                    continue
                for index, answer in enumerate(each.answers):
                    if answer in said and index in people:
                        yield ReportBallot(
                            people[index],
                            case.id,
                            case.number,
                            case.title,
                            criterion,
                            each.number,
                            said[answer],
                        )


def _items(snapshot: Snapshot) -> Iterator[ReportItem]:
    columns = snapshot.preset.criterion_index()
    for use_case in snapshot.live():
        for criterion, column in columns.items():
            level = use_case.level(column)
            if level is None:
                continue
            agreed = use_case.agreed.get(criterion)
            yield ReportItem(
                use_case=use_case.id,
                number=use_case.number,
                title=use_case.title,
                criterion=criterion,
                level=level,
                evidence=use_case.evidence_tag(column) or "",
                note=agreed.note if agreed is not None else "",
                claimed=use_case.is_claimed(column),
            )
