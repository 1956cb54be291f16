"""Pilot charters: what the session knows is filled in, the rest becomes questions with an owner."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from prioritizer.model.charter import CHANGE_SHARE, CHARTER_FIELDS, CharterField
from prioritizer.model.ranking import Ranked
from prioritizer.model.report import ReportCharter, ReportField
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.workshop.commands.rate import room_value
from prioritizer.workshop.effort import effort_of

RATED = "as rated"
FACTS = "from the facts of the use case"
ASKED = "from the session"

_AS = re.compile(r"As ([0-4]), (?:and )?")
"""How the levels of our presets speak of a lower one."""


def charter(snapshot: Snapshot, ranked: Ranked) -> ReportCharter:
    """The charter of one use case.

    Args:
        snapshot: The session.
        ranked: The use case as it is ranked.
    """
    case = snapshot.use_cases[ranked.id]
    known = set(snapshot.preset.criterion_ids)
    fields = [_field(snapshot, case, ranked, each, known) for each in CHARTER_FIELDS]
    by_section = groupby(zip(CHARTER_FIELDS, fields, strict=True), key=lambda pair: pair[0].section)
    sections = tuple((title, tuple(field for _, field in pairs)) for title, pairs in by_section)
    return ReportCharter(case.number, case.title, sections, _warnings(case))


def _field(
    snapshot: Snapshot, case: UseCase, ranked: Ranked, each: CharterField, known: set[str]
) -> ReportField:
    written = case.charter.get(each.id, "")
    if written:
        return ReportField(each.id, each.title, written)
    find = _FOUND.get(each.id)
    text, source = find(snapshot, case, ranked) if find is not None else ("", "")
    if not text:
        text, source = _rated(snapshot, case, each, known)
    if text:
        return ReportField(each.id, each.title, text, source=source)
    return ReportField(each.id, each.title, question=each.question, owner=_owner(snapshot, case, each))


def _owner(snapshot: Snapshot, case: UseCase, each: CharterField) -> str:
    """The role that can answer; the owner of the use case where the preset has no such role."""
    title = next((role.title for role in snapshot.preset.role if role.id == each.role), "")
    return title or case.owner or "nobody yet"


def _rated(snapshot: Snapshot, case: UseCase, each: CharterField, known: set[str]) -> tuple[str, str]:
    """What the level of a criterion says, with its evidence: only levels from 1 on are an answer."""
    for criterion_id in each.criteria:
        if criterion_id not in known or snapshot.how_asked(criterion_id) == "off":
            continue
        column = snapshot.preset.criterion_index()[criterion_id]
        level = case.level(column)
        if level is None:
            level = room_value(case, criterion_id)
        if level is None or level == 0:
            continue
        criterion = snapshot.preset.criterion[column]
        agreed = case.agreed.get(criterion_id)
        note = f" {agreed.note}." if agreed is not None and agreed.note else ""
        tag = case.evidence_tag(column) or "no evidence named"
        claimed = ", claimed" if case.is_claimed(column) else ""
        return (
            f"{_standing_alone(criterion.levels, level)}.{note}",
            f"{RATED} {criterion_id} {level}, {tag}{claimed}",
        )
    return "", ""


def _standing_alone(levels: Sequence[str], level: int) -> str:
    """What a level says to somebody who has no level sheet: "As 3, versioned" begins with what 3 says."""
    text = levels[level]
    referring = _AS.match(text)
    if referring is None or int(referring[1]) >= level:
        return text
    return f"{_standing_alone(levels, int(referring[1]))}; {text[referring.end() :]}"


Found = Callable[[Snapshot, UseCase, Ranked], tuple[str, str]]


def _business_owner(snapshot: Snapshot, case: UseCase, ranked: Ranked) -> tuple[str, str]:
    return case.owner, ASKED


def _decision_maker(snapshot: Snapshot, case: UseCase, ranked: Ranked) -> tuple[str, str]:
    return snapshot.decider, ASKED


def _first_fact(snapshot: Snapshot, case: UseCase, ranked: Ranked) -> tuple[str, str]:
    tasks = [*(c for c in ranked.conditions if c.kind == "find-out"), *ranked.find_outs, *ranked.conditions]
    if not tasks:
        return "", ""
    first = tasks[0]
    return f"{first.what} ({first.who or 'nobody yet'}, {first.when or 'no date'})", ASKED


def _in_scope(snapshot: Snapshot, case: UseCase, ranked: Ranked) -> tuple[str, str]:
    return case.task, FACTS


def _systems(snapshot: Snapshot, case: UseCase, ranked: Ranked) -> tuple[str, str]:
    if not case.systems:
        return "", ""
    number = len(case.systems)
    return f"{', '.join(case.systems)} ({number} system{'s' if number != 1 else ''})", FACTS


def _auth(snapshot: Snapshot, case: UseCase, ranked: Ranked) -> tuple[str, str]:
    text, source = _rated(
        snapshot,
        case,
        next(f for f in CHARTER_FIELDS if f.id == "auth"),
        set(snapshot.preset.criterion_ids),
    )
    if case.logins is None:
        return text, source
    logins = f"{case.logins} login{'s' if case.logins != 1 else ''}"
    return f"{logins}. {text}".strip(), f"{FACTS}{'; ' + source if source else ''}"


def _baseline(snapshot: Snapshot, case: UseCase, ranked: Ranked) -> tuple[str, str]:
    if case.cases_month is None or case.minutes_each is None:
        return "", ""
    hours = case.cases_month * case.minutes_each / 60
    text = f"{case.cases_month:,.0f} cases a month, {case.minutes_each:g} minutes each: {hours:,.0f} hours a month"
    return text, FACTS


def _decision_date(snapshot: Snapshot, case: UseCase, ranked: Ranked) -> tuple[str, str]:
    return case.due or "", ASKED


def _risks(snapshot: Snapshot, case: UseCase, ranked: Ranked) -> tuple[str, str]:
    held = [gate.reason for gate in ranked.gates if gate.status in ("stop", "condition") and gate.reason]
    held += [f"set aside by {o.by}: {o.reason}" for o in ranked.overrides]
    return "; ".join(held), "from the gates" if held else ""


def _next(snapshot: Snapshot, case: UseCase, ranked: Ranked) -> tuple[str, str]:
    parent = snapshot.use_cases.get(case.parent or "")
    if parent is None or not parent.title or parent.deleted:
        return "", ""
    return f"It is a slice of #{parent.number} {parent.title}", ASKED


_FOUND: dict[str, Found] = {
    "business_owner": _business_owner,
    "decision_maker": _decision_maker,
    "first_fact": _first_fact,
    "in_scope": _in_scope,
    "systems": _systems,
    "auth": _auth,
    "baseline": _baseline,
    "decision_date": _decision_date,
    "risks": _risks,
    "next": _next,
}


_TOO_LITTLE = "below half, people are seldom ready when the software is"


def _warnings(case: UseCase) -> tuple[str, ...]:
    effort = effort_of(case)
    engineering, change = effort.engineering, effort.change
    if not engineering or change is None or change / engineering >= CHANGE_SHARE:
        return ()
    share = int(100 * change / engineering)
    return (f"The budget for change is {share} % of that for engineering; {_TOO_LITTLE}.",)
