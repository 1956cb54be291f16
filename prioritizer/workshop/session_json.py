"""The whole session as one JSON document, and a new session made from it.

What is written is what anybody may see: rounds that are not revealed are left out. What comes back
has the same levels, gates, overrides and numbers, and therefore the same ranking; it is a new
session with a history of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from prioritizer.model.session import ABSTAIN, DONT_KNOW, PENDING, Round, Snapshot, UseCase

FORMAT = "prioritizer-session"
VERSION = 1

_ANSWERS = {DONT_KNOW: "?", ABSTAIN: "-", PENDING: "pending"} | {level: str(level) for level in range(5)}


def session_document(snapshot: Snapshot, *, names: bool = False) -> dict[str, Any]:
    """The document; see ``docs/exports.md`` for what each key means.

    Args:
        snapshot: What anybody may see.
        names: Keep the names of participants and proposers; else participants are numbered.
    """
    preset = snapshot.preset
    people = {p.index: p.id for p in snapshot.participants}
    return {
        "format": FORMAT,
        "version": VERSION,
        "session": {
            "id": snapshot.id,
            "title": snapshot.title,
            "purpose": snapshot.purpose,
            "decision_rule": snapshot.decision_rule,
            "decider": snapshot.decider,
            "facilitator": snapshot.facilitator if names else "",
            "minutes": snapshot.minutes,
            "agenda": snapshot.agenda,
            "deadlock": snapshot.deadlock,
            "phases": [
                {"step": p.step, "state": p.state, "started": p.started, "ended": p.ended}
                for p in snapshot.phases
            ],
            "top": snapshot.top,
            "weights": None if snapshot.weights is None else dict(snapshot.weights),
            "weights_method": snapshot.weights_method,
            "weights_reason": snapshot.weights_reason,
            "weights_concentration": snapshot.weights_concentration,
            "asked": dict(snapshot.asked),
        },
        "preset": {
            "id": preset.id,
            "version": preset.version,
            "hash": snapshot.preset_hash,
            "toml": snapshot.preset_text,
        },
        "participants": [
            {
                "id": p.id,
                "name": p.name if names or not p.name else f"participant {p.index + 1}",
                "role": p.role,
                "present": p.present,
                "voter": p.voter,
            }
            for p in snapshot.participants
        ],
        "use_cases": [_use_case(snapshot, u, people, names) for u in snapshot.use_cases.values() if u.title],
        "decisions": [{"date": d.date, "text": d.text, "by": d.by} for d in snapshot.decisions],
    }


def _use_case(snapshot: Snapshot, case: UseCase, people: Mapping[int, str], names: bool) -> dict[str, Any]:
    if case.deleted:
        # Only its number is kept, so that the others keep theirs.
        return {"id": case.id, "number": case.number, "deleted": True}
    return {
        "id": case.id,
        "number": case.number,
        "title": case.title,
        "task": case.task,
        "note": case.note,
        "tags": list(case.tags),
        "proposer": case.proposer if names else "",
        "systems": None if case.systems is None else list(case.systems),
        "logins": case.logins,
        "cases_month": case.cases_month,
        "minutes_each": case.minutes_each,
        "slice": case.slice,
        "parent": case.parent,
        "merged_into": case.merged_into,
        "parked": case.parked,
        "parked_why": case.parked_why,
        "parked_who": case.parked_who,
        "parked_when": case.parked_when,
        "chosen": case.chosen,
        "owner": case.owner,
        "due": case.due,
        "decision_note": case.decision_note,
        "charter": dict(case.charter),
        "source": dict(case.source),
        "levels": list(_levels(snapshot, case)),
        "gates": [{"gate": g, "answer": a.answer, "note": a.note} for g, a in case.gates.items() if a.answer],
        "overrides": [
            {"target": o.target, "lane": o.lane, "by": o.by, "reason": o.reason, "date": o.date}
            for o in case.overrides.values()
        ],
        "tasks": [
            {"item": t.item, "what": t.what, "who": t.who, "when": t.when} for t in case.tasks.values()
        ],
        "rounds": [
            {"criterion": criterion, "number": each.number, "answers": _answers(each, people)}
            for criterion, rounds in case.rounds.items()
            for each in rounds
            if each.status == "revealed"
        ],
    }


def _levels(snapshot: Snapshot, case: UseCase) -> Iterator[dict[str, Any]]:
    for criterion, column in snapshot.preset.criterion_index().items():
        level = case.level(column)
        if level is None:
            continue
        agreed = case.agreed.get(criterion)
        yield {
            "criterion": criterion,
            "level": level,
            "evidence": case.evidence_tag(column),
            "measured_on": agreed.measured_on if agreed else None,
            "note": agreed.note if agreed else "",
            "reason": agreed.reason if agreed else "",
            "claimed": case.is_claimed(column),
        }


def _answers(each: Round, people: Mapping[int, str]) -> dict[str, str]:
    """Answers by participant; who was asked and gave none is *pending*, who was not asked is left out."""
    return {
        people[index]: _ANSWERS[code]
        for index, code in enumerate(each.answers)
        if code in _ANSWERS and index in people
    }
