"""Lists of the report: decisions, agreed levels, ballots, and how firm the shortlist is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.model.report import (
    Report,
    ReportBallot,
    ReportDecision,
    ReportItem,
    ReportNear,
    ReportSureness,
    ReportTask,
)
from prioritizer.model.session import ABSTAIN, DONT_KNOW, PENDING, Snapshot, UseCase
from prioritizer.model.terms import LANES
from prioritizer.workshop.decided_on import CHOSEN
from prioritizer.workshop.views.plain import percent

if TYPE_CHECKING:
    from prioritizer.workshop.service import Workshop


def decisions(snapshot: Snapshot, dates: Mapping[tuple[str, str], str]) -> Iterator[ReportDecision]:
    """What was decided, overridden or agreed against the room, in no order yet.

    Args:
        snapshot: The session.
        dates: From `Workshop.decided_on`.
    """
    decider = snapshot.decider or "the room"
    gates = {gate.id: gate.title for gate in snapshot.preset.gate}
    titles: dict[str, str] = {lane: snapshot.preset.lane_title(lane) for lane in LANES}
    for decision in snapshot.decisions:
        yield ReportDecision(decision.date, decision.text, decision.by)
    for use_case in snapshot.use_cases.values():
        if not use_case.title or use_case.deleted:
            continue
        name = f"#{use_case.number} {use_case.title}"
        if use_case.chosen is not None:
            when = dates.get((use_case.id, CHOSEN), "")
            yield ReportDecision(when, f"{name}: {_chosen(use_case)}", decider, use_case.decision_note)
        for each in use_case.overrides.values():
            if each.target == "lane":
                what = f"moved to “{titles.get(each.lane or '', 'another lane')}”"
            else:
                what = f"“{gates.get(each.target, each.target)}” set aside"
            yield ReportDecision(each.date, f"{name}: {what}", each.by, each.reason)
        for criterion, agreed in use_case.agreed.items():
            if agreed.reason:
                level = use_case.level(snapshot.preset.criterion_index()[criterion])
                when = dates.get((use_case.id, criterion), "")
                yield ReportDecision(
                    when, f"{name}: {criterion} agreed at {level}", "the room", agreed.reason
                )


def _chosen(use_case: UseCase) -> str:
    """What was decided about it; its owner is who takes it on, not who decided."""
    if not use_case.chosen:
        return "not chosen"
    owner = f", owned by {use_case.owner}" if use_case.owner else ", owned by nobody yet"
    return f"chosen for a pilot{owner}{f', by {use_case.due}' if use_case.due else ''}"


MOST_DRAWN = 60
"""Use cases up to which the paper says how sure the ranks are; longer lists are cut before they are decided."""

DRAWS = 4_000


LOOKED_AT = 20
"""Use cases for which the paper works out the smallest set of fixes."""


def near(workshop: Workshop) -> tuple[ReportNear, ...]:
    """The three nearest to a first pilot where nothing is one; nothing where something is."""
    from prioritizer.workshop.views.near import near_view

    if any(u.lane == "pilot-first" for u in workshop.ranking().use_cases):
        return ()
    snapshot = workshop.snapshot
    return tuple(
        ReportNear(
            snapshot.use_cases[row.id].number,
            row.title,
            tuple(ReportTask(fix.what, fix.who, fix.when, fix.item) for fix in row.fixes),
        )
        for row in near_view(snapshot, workshop.evaluation, look_at=LOOKED_AT).rows
    )


def sureness(
    workshop: Workshop, top: int
) -> tuple[tuple[ReportSureness, ...], tuple[tuple[int, float], ...]]:
    """How often each use case has each rank, and (number, share of draws among the first ``top``)."""
    lanes = {u.id: u.lane for u in workshop.ranking().use_cases}
    if not 2 <= len(lanes) <= MOST_DRAWN:
        return (), ()
    try:
        found = workshop.robustness(DRAWS, 0, min(top, len(lanes)))
    except PrioritizerError:
        return (), ()  # nothing is uncertain: there is nothing to draw
    by_id = {u.id: u for u in found.use_cases}
    rows = []
    for case_id, lane in lanes.items():
        shares = [0.0] * len(lanes)
        for rank, share in by_id[case_id].rank_acceptability:
            shares[rank - 1] = share
        rows.append(ReportSureness(by_id[case_id].number, by_id[case_id].title, lane, tuple(shares)))
    return tuple(rows), tuple((by_id[i].number, by_id[i].top_share) for i in lanes)


def sure_words(report: Report, shares: tuple[tuple[int, float], ...]) -> str:
    """How sure the places of the shortlist are, in a line."""
    share_of = dict(shares)
    said = [
        f"#{line.number} {percent(share_of[line.number])} %"
        for line in report.shortlist()[:5]
        if line.number in share_of
    ]
    if not said:
        return ""
    return (
        f"Among the first {min(report.top, len(shares))} in so many of {DRAWS:,} draws of weights and levels: "
        f"{', '.join(said)} (a share of draws, not a chance of success)."
    )


def stability(report: Report) -> str:
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


def ballots(snapshot: Snapshot, names: bool) -> Iterator[ReportBallot]:
    """Every answer of a revealed round, and who was asked and gave none; who it was is a number unless names were chosen."""
    said = {DONT_KNOW: "?", ABSTAIN: "-", PENDING: "pending"} | {level: str(level) for level in range(5)}
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


def items(snapshot: Snapshot) -> Iterator[ReportItem]:
    """Every agreed level."""
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
