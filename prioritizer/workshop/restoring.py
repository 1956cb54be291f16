"""A new session from the JSON of another: same rules, same answers, same ranking, a history of its own."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from prioritizer.errors import PrioritizerError
from prioritizer.model.running import Phase, Running
from prioritizer.model.session import Snapshot
from prioritizer.model.spelling import canonical_json
from prioritizer.text.clean import clean_error
from prioritizer.workshop.commands.base import (
    Draftsman,
    Given,
    Plan,
    clean_date,
    clean_line,
    clean_name,
    clean_note,
)
from prioritizer.workshop.commands.collect import clean_source, fact_fields
from prioritizer.workshop.service import Clock, Workshop

if TYPE_CHECKING:
    from prioritizer.exchange.session_in import SessionDocument, UseCaseIn

DELETED = "(deleted)"
"""Stands for a use case that was deleted: it keeps its number, so that the others keep theirs."""


def restore(
    path: str | os.PathLike[str], document: SessionDocument, *, title: str = "", clock: Clock | None = None
) -> Workshop:
    """Makes a session file from a document and opens it.

    Args:
        path: Where; nothing may stand there.
        document: From `exchange.session_in.read_session`.
        title: Of the session; the document's if empty.
        clock: For tests.

    Raises:
        PrioritizerError: The preset or an answer is not sound, or the file exists. No file is left behind.
    """
    with tempfile.TemporaryDirectory(prefix="prioritizer-") as folder:
        preset = Path(folder) / "preset-of-the-document.toml"
        preset.write_bytes(document.preset.toml.encode("utf-8", "replace"))
        # Tried on a copy first, so that a document that fails leaves no half session.
        with Workshop.create(Path(folder) / "trial.sqlite", str(preset), clock=clock) as trial:
            trial.do(Restore(document))
        made = Workshop.create(path, str(preset), title or document.session.title, clock=clock)
    try:
        made.do(Restore(document))
    except BaseException:
        made.close()
        raise
    return made


@dataclass(frozen=True)
class Restore:
    """Writes everything that a document holds, in one step."""

    kind: ClassVar[str] = "import"
    document: SessionDocument

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        return _Restorer(snapshot, given, self.document).plan()


class _Restorer:
    def __init__(self, snapshot: Snapshot, given: Given, document: SessionDocument) -> None:
        self.d = Draftsman(snapshot, given)
        self.preset = snapshot.preset
        self.document = document
        self.criteria = set(self.preset.criterion_ids)
        self.people = self._ids([p.id for p in document.participants], "participant")
        self.cases = self._ids([u.id for u in document.use_cases], "use case")

    def plan(self) -> Plan:
        self._session()
        for person in self.document.participants:
            roles = {role.id for role in self.preset.role}
            self.d.put(
                "participant",
                (self.people[person.id],),
                name=self.d.name(person.name),
                role=person.role if person.role in roles else None,
                present=int(person.present),
                voter=int(person.voter),
            )
        self._check_links()
        for case in sorted(self.document.use_cases, key=lambda u: u.number):
            self._use_case(case)
        for each in self.document.decisions:
            self._put(
                "decision",
                (self.d.given.new_id(),),
                text=clean_note(each.text),
                date=clean_date(each.date) or self.d.given.today,
                by=self.d.name(each.by),
            )
        plan = self.d.plan()
        return Plan(plan.writes, plan.names, tuple(self.cases.values()))

    def _ids(self, ids: list[str], what: str) -> dict[str, str]:
        """New id by old: a UUID stays, so that two states of one session can still be compared."""
        if len(set(ids)) != len(ids):
            raise PrioritizerError(f"The document has a {what} twice: two have the same id.")
        return {each: each if _is_uuid(each) else self.d.given.new_id() for each in ids}

    def _put(self, table: str, key: tuple[str, ...], **fields: str | int | float | None) -> None:
        """Writes what is said; a field that is none or empty is as it is in a new row."""
        self.d.put(table, key, **{k: v for k, v in fields.items() if v is not None and v != ""})

    def _session(self) -> None:
        said = self.document.session
        weights = None
        if said.weights is not None:
            known = {dim.id for dim in self.preset.with_role("readiness")}
            if set(said.weights) != known or not sum(said.weights.values()) > 0:
                raise PrioritizerError(
                    "The weights of the document are not those of its preset's dimensions."
                )
            found: dict[str, object] = {
                "weights": dict(said.weights),
                "method": clean_line(said.weights_method),
            }
            if said.weights_reason:
                found["reason"] = clean_note(said.weights_reason)
            if said.weights_concentration is not None:
                found["concentration"] = said.weights_concentration
            weights = canonical_json(found)
        self._put(
            "session",
            (),
            purpose=clean_note(said.purpose),
            decision_rule=clean_note(said.decision_rule),
            decider=self.d.name(said.decider),
            facilitator=self.d.name(said.facilitator),
            minutes=said.minutes,
            agenda=self._running(),
            top=said.top,
            weights=weights,
        )
        for criterion, how in said.asked.items():
            self._criterion(criterion, "the session")
            if how == "off" and criterion in self.preset.essential():
                raise PrioritizerError(f"The document switches {criterion} off, which its preset needs.")
            self.d.put("criterion_setting", (criterion,), asked=how)

    def _running(self) -> str | None:
        """Agenda, phases and deadlock rule in their one field; phases of steps that there are not are left out."""
        said = self.document.session
        agenda = next((a for a in self.preset.agenda if a.id == said.agenda), None)
        steps = {s.id for s in agenda.step} if agenda is not None else set()
        phases = tuple(Phase(p.step, p.state, p.started, p.ended) for p in said.phases if p.step in steps)
        value = Running(None if agenda is None else agenda.id, phases, said.deadlock).document()
        return None if value is None else canonical_json(value)

    def _check_links(self) -> None:
        for field in ("parent", "merged_into"):
            to = {u.id: getattr(u, field) for u in self.document.use_cases}
            for start in to:
                seen, at = {start}, to[start]
                while at is not None and at in to:
                    if at in seen:
                        raise PrioritizerError(f"The document's {field} links lead round in a circle.")
                    seen.add(at)
                    at = to[at]

    def _use_case(self, case: UseCaseIn) -> None:
        key = (self.cases[case.id],)
        if case.deleted:
            self.d.put("use_case", key, title=DELETED, deleted=1)
            return
        title = clean_line(case.title)
        if not title:
            raise PrioritizerError(f"Use case {case.number} of the document has no title.")
        self.d.put("use_case", key, title=title)
        facts = fact_fields(case.systems, case.logins, case.cases_month, case.minutes_each)
        charter = {clean_name(k): clean_note(v) for k, v in case.charter.items()}
        source = clean_source(case.source)
        self._put(
            "use_case",
            key,
            task=clean_note(case.task),
            note=clean_note(case.note),
            proposer=self.d.name(case.proposer),
            source=canonical_json(source) if source else None,
            **facts,
            slice=clean_note(case.slice),
            parent=self.cases.get(case.parent or ""),
            merged_into=self.cases.get(case.merged_into or ""),
            parked=1 if case.parked else None,
            parked_why=clean_note(case.parked_why),
            parked_who=self.d.name(case.parked_who),
            parked_when=clean_date(case.parked_when),
            chosen=None if case.chosen is None else int(case.chosen),
            owner=self.d.name(case.owner),
            due=clean_date(case.due),
            decision_note=clean_note(case.decision_note),
            charter=canonical_json(charter) if charter else None,
        )
        for tag in dict.fromkeys(clean_name(t) for t in case.tags):
            if tag:
                self.d.put("tag", (*key, tag), present=1)
        self._answers(case, key)

    def _answers(self, case: UseCaseIn, key: tuple[str]) -> None:
        where = f"use case {case.number}"
        for level in case.levels:
            self._criterion(level.criterion, where)
            self._put(
                "agreed_level",
                (*key, level.criterion),
                level=level.level,
                evidence=level.evidence,
                measured_on=clean_date(level.measured_on),
                note=clean_note(level.note),
                reason=clean_note(level.reason),
                claimed=1 if level.claimed else None,
            )
        questions = {g.id: {a.id for a in g.answers} for g in self.preset.questions}
        for gate in case.gates:
            if gate.answer not in questions.get(gate.gate, ()):
                raise PrioritizerError(
                    f"In {where}, “{clean_error(gate.answer)}” is no answer to a gate “{clean_error(gate.gate)}”."
                )
            self._put("gate_answer", (*key, gate.gate), answer=gate.answer, note=clean_note(gate.note))
        targets = {"lane"} | {g.id for g in self.preset.gate}
        for each in case.overrides:
            if each.target not in targets or (each.target == "lane") != (each.lane is not None):
                raise PrioritizerError(f"In {where}, an override is of no gate or lane of the preset.")
            if not clean_name(each.by) or not clean_note(each.reason) or each.lane == "out":
                raise PrioritizerError(f"In {where}, an override has no name or no reason.")
            self._put(
                "override",
                (*key, each.target),
                lane=each.lane,
                by=self.d.name(each.by),
                reason=clean_note(each.reason),
                date=clean_date(each.date) or self.d.given.today,
            )
        for task in case.tasks:
            if item := clean_name(task.item):
                self._put(
                    "task",
                    (*key, item),
                    what=clean_note(task.what),
                    who=self.d.name(task.who),
                    due=clean_date(task.when),
                )
        for asked in sorted(case.rounds, key=lambda r: (r.criterion, r.number)):
            self._criterion(asked.criterion, where)
            self._round(key, asked.criterion, asked.number, asked.answers)

    def _round(self, key: tuple[str], criterion: str, number: int, answers: Mapping[str, str]) -> None:
        made = self.d.given.new_id()
        self.d.put("round", (*key, criterion, made), number=number, status="revealed")
        for person, answer in answers.items():
            if person not in self.people:
                raise PrioritizerError("The document has an answer of somebody who is not on its roster.")
            self.d.put("answer", (*key, criterion, made, self.people[person]), answer=answer)

    def _criterion(self, criterion: str, where: str) -> None:
        if criterion not in self.criteria:
            raise PrioritizerError(
                f"In {where} of the document stands a criterion “{clean_error(criterion)}”, "
                "which its preset does not have."
            )


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
