"""What the gates and rules say about one use case, in the preset's words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, Protocol

from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.terms import CLASSES, GATE_STATUSES, LANES, GateStatus
from prioritizer.scoring import gates as g
from prioritizer.scoring.dimensions import compared
from prioritizer.scoring.evaluate import Evaluation

if TYPE_CHECKING:
    from prioritizer.model.preset import Criterion, Gate


class Found(NamedTuple):
    """What one gate says of one use case; in a ranking it is a `GateFinding`."""

    id: str
    answer: str | int | None
    status: GateStatus
    reason: str
    overridden: bool = False


class Wanted(NamedTuple):
    """What somebody has to do or to find out; in a ranking it is a `Condition`."""

    gate: str
    what: str
    who: str | None
    when: str | None
    kind: str
    assigned: bool


def gate_findings(evaluation: Evaluation, row: int, use_case: UseCase) -> list[Found]:
    """Every gate that is asked, and every derived one that is not *pass*."""
    rules, columns = evaluation.rules, evaluation.columns
    found = []
    for position, gate in enumerate(rules.gates):
        code = int(columns.gates[row, position])
        overridden = code != int(columns.gates_by_rules[row, position])
        if gate.gate.derived and code == g.PASS and not overridden:
            continue
        answer: str | int | None = None
        if gate.question >= 0:
            given = use_case.gates.get(gate.gate.id)
            answer = given.answer if given is not None and given.answer else None
        elif gate.column >= 0:
            level = int(columns.levels[row, gate.column])
            answer = level if level >= 0 else None
        found.append(
            Found(
                id=gate.gate.id,
                answer=answer,
                status=GATE_STATUSES[code],
                reason=_reason(evaluation, row, position, use_case),
                overridden=overridden,
            )
        )
    found += _engine_gates(evaluation, row)
    return found


def conditions(
    evaluation: Evaluation, row: int, use_case: UseCase, snapshot: Snapshot
) -> tuple[list[Wanted], list[Wanted]]:
    """What has to be done, or known, before a pilot; and what to find out that bars nothing.

    A *Fix, then pilot* also lists each rule that it fails: doing all that stands here
    is then what *Pilot first* asks.
    """
    rules, columns, preset = evaluation.rules, evaluation.columns, snapshot.preset
    lane = LANES[int(columns.lanes_by_rules[row])]
    if lane in ("out", "not-an-agent"):
        return [], []
    made: dict[str, Wanted] = {}

    def add(item: str, what: str, role: str | None, kind: str = "mend") -> None:
        if item in made:
            return
        task = use_case.tasks.get(item)
        role_title = next((r.title for r in preset.role if r.id == role), None)
        made[item] = Wanted(
            gate=item,
            what=(task.what if task is not None else "") or what,
            who=(task.who if task is not None else "") or role_title,
            when=task.when if task is not None else None,
            kind=kind,
            assigned=task is not None and bool(task.who),
        )

    for position, gate in enumerate(rules.gates):
        code = int(columns.gates[row, position])
        role = preset.gate_role(gate.gate)
        if code == g.CONDITION:
            add(gate.gate.id, preset.gate_mend(gate.gate), role)
        elif code == g.MISSING:
            add(gate.gate.id, preset.gate_find_out(gate.gate), role, "find-out")
    criteria = preset.criterion
    for column in rules.todo:
        if columns.undone[row, column]:
            todo = criteria[column]
            add(todo.id, todo.mend or f"start on {_named(todo)}", todo.role)
    for column in rules.scored:
        criterion = criteria[column]
        if columns.claimed[row, column]:
            add(criterion.id, _confirm(criterion), criterion.role, "find-out")
        elif columns.levels[row, column] < 0 and columns.counted[row, column] <= 1:
            add(criterion.id, _find_out(criterion), criterion.role, "find-out")
    if lane == "fix-then-pilot":
        _failed_rules(evaluation, row, snapshot, add)
    barring = list(made.values())
    made = {}
    if rules.worth >= 0:
        criterion = criteria[rules.worth]
        if columns.worth[row] < 0:
            add(criterion.id, _find_out(criterion), criterion.role, "find-out")
        elif columns.claimed[row, rules.worth]:
            add(criterion.id, _confirm(criterion), criterion.role, "find-out")
    return barring, list(made.values())


class _Add(Protocol):
    def __call__(self, item: str, what: str, role: str | None, kind: str = "mend") -> None: ...


def _failed_rules(evaluation: Evaluation, row: int, snapshot: Snapshot, add: _Add) -> None:
    rules, columns, preset = evaluation.rules, evaluation.columns, snapshot.preset
    t = rules.thresholds
    class_ = CLASSES[int(columns.classes[row])]
    bounded = next(c for c in preset.class_rule if c.id == "bounded")
    if class_ in ("partly", "unknown"):
        open_titles, targets = [], []
        for clause in bounded.rule.clauses:
            column = preset.criterion_index()[clause.criterion]
            criterion = preset.criterion[column]
            if clause.cmp not in (">=", ">") or columns.low[row, column] >= clause.level + (
                clause.cmp == ">"
            ):
                continue
            if columns.levels[row, column] < 0:
                open_titles.append(criterion.title)
            else:
                wanted = min(clause.level + (clause.cmp == ">"), 4)
                targets.append(f"{criterion.title} to “{criterion.levels[wanted]}”")
        parts = []
        if class_ == "unknown":
            names = f" ({', '.join(open_titles)})" if open_titles else ""
            parts.append(f"find out whether it is bounded{names}")
        if class_ == "partly" or targets:
            parts.append("narrow it" + (f": bring {'; '.join(targets)}" if targets else ""))
        add("class", "; then ".join(parts), None, "mend" if class_ == "partly" else "find-out")
    for position, dimension in enumerate(rules.readiness):
        if compared(columns.scores[row, position]) < t.dimension:
            title = preset.find_dimension(dimension.id).title
            score = math.floor(compared(columns.scores[row, position]))
            add(f"dimension-{dimension.id}", f"raise {title} from {score} to {t.dimension:g}", None)
    if compared(columns.readiness[row]) < t.readiness:
        score = math.floor(compared(columns.readiness[row]))
        add("readiness", f"raise readiness from {score} to {t.readiness:g}", None)
    if compared(columns.coverage[row]) < t.pilot_coverage:
        add("coverage", _coverage_reason(evaluation, row), None, "find-out")


def _engine_gates(evaluation: Evaluation, row: int) -> list[Found]:
    """The worth floor and the coverage, which hold in every preset."""
    rules, columns = evaluation.rules, evaluation.columns
    t = rules.thresholds
    found = []
    if rules.worth >= 0 and t.worth_floor > 0:
        criterion = rules.preset.criterion[rules.worth]
        worth = int(columns.worth[row])
        # Unknown worth is a find-out and bars nothing, so it is no gate that fails.
        if 0 <= worth < t.worth_floor:
            reason = f"{_named(criterion)}: {criterion.levels[worth]}"
            found.append(Found(id="worth", answer=worth, status="condition", reason=reason))
    if compared(columns.coverage[row]) < t.pilot_coverage:
        reason = _coverage_reason(evaluation, row)
        found.append(Found(id="coverage", answer=None, status="condition", reason=reason))
    return found


def _coverage_reason(evaluation: Evaluation, row: int) -> str:
    rules, columns = evaluation.rules, evaluation.columns
    known = int((columns.levels[row, rules.scored] >= 0).sum())
    total = len(rules.scored)
    needed = math.ceil(compared(rules.thresholds.pilot_coverage * total))
    return f"{known} of {total} questions have a level; {needed} are needed"


def _reason(evaluation: Evaluation, row: int, position: int, use_case: UseCase) -> str:
    rule, columns = evaluation.rules.gates[position], evaluation.columns
    gate = rule.gate
    override = use_case.overrides.get(gate.id)
    code = int(columns.gates_by_rules[row, position])
    if override is not None and code not in (g.PASS, g.OUT):
        return f"set aside by {override.by} on {override.date}: {override.reason}"
    if rule.question >= 0:
        return _answer_reason(gate, use_case)
    if rule.column >= 0:
        criterion = evaluation.rules.preset.criterion[rule.column]
        level, low = int(columns.levels[row, rule.column]), int(columns.low[row, rule.column])
        if low > max(level, 0):
            raised = next(r for r in evaluation.rules.preset.raises if r.criterion == criterion.id)
            needs = "; a document or a measurement is still needed" if code == g.CONDITION else ""
            return f"counts as {low}: {raised.reason}{needs}"
        if level < 0:
            return gate.find_out or f"{_named(criterion)} is not known"
        needs = ""
        if gate.proof and level > gate.condition and code == g.CONDITION:
            needs = " (needs a document or a measurement)"
        return f"{_named(criterion)}: {criterion.levels[level]}{needs}"
    if code == g.MISSING:
        return gate.find_out or f"{gate.title} cannot be decided yet"
    return gate.reason if code != g.PASS else ""


def _answer_reason(gate: Gate, use_case: UseCase) -> str:
    given = use_case.gates.get(gate.id)
    answer = next((a for a in gate.answers if given is not None and a.id == given.answer), None)
    if given is None or answer is None:
        return gate.find_out or "not answered yet"
    text = answer.reason or answer.title
    return f"{text} ({given.note})" if given.note else text


def _find_out(criterion: Criterion) -> str:
    return criterion.find_out or f"find out {_named(criterion)}"


def _confirm(criterion: Criterion) -> str:
    return f"have {_named(criterion)} confirmed by those who know it"


def _named(criterion: Criterion) -> str:
    return f"{criterion.id} {criterion.title}"
