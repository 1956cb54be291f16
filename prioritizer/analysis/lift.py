"""What would lift a use case: the smallest set of changes, exact (analysis.md, "Why").

Smallest: fewest cells and gate answers, then fewest level steps, then fewest roles that
bring them. Levels are only ever raised or found out, never lowered. What is found
is verified with the rules themselves before it is returned.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from prioritizer.analysis.lift_bounds import Branch, Goal, branches
from prioritizer.analysis.lift_problem import Cells, unknown_allowed
from prioritizer.analysis.lift_search import (
    Choice,
    Option,
    Problem,
    fewest_roles,
    fewest_steps,
    fewest_touched,
)
from prioritizer.model.session import UNKNOWN, Agreed, GateAnswer, UseCase
from prioritizer.model.terms import EVIDENCE, LANES, LaneId
from prioritizer.scoring import gates as g
from prioritizer.scoring.evaluate import Evaluation, evaluate_cases
from prioritizer.scoring.lanes import LANE

if TYPE_CHECKING:
    from prioritizer.model.preset import Gate

Target = Literal["one-lane", "pilot-first"]
ChangeKind = Literal["raise", "find-out", "confirm", "prove", "answer"]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell or gate answer to be changed.

    Attributes:
        item: Id of the criterion, or of the gate for an answer.
        kind: ``raise`` a known level; ``find-out`` an unknown one (or an unanswered gate that
            has to pass); ``confirm`` a claimed one; ``prove`` one that lacks a document;
            ``answer`` a gate that has a failing answer.
        role: Who brings it, or none.
        before: Level now; none if unknown, or for a gate.
        after: Level needed; none if any level does, or for a gate.
        answer_before: Answer of a gate now.
        answer_after: Answer of a gate that it needs.
        proof: It needs a document or a measurement.
    """

    item: str
    kind: ChangeKind
    role: str | None
    before: int | None = None
    after: int | None = None
    answer_before: str | None = None
    answer_after: str | None = None
    proof: bool = False

    @property
    def steps(self) -> int:
        """Level steps; what is unknown rises from 0, its worst."""
        return (self.after or 0) - (self.before or 0) if self.after is not None else 0


@dataclass(frozen=True, slots=True)
class Lift:
    """A smallest set of changes and where it leads."""

    use_case: str
    lane: LaneId
    to: LaneId
    changes: tuple[Change, ...]
    readiness: float
    """After the changes; what is to be found out without a level needed counts as 0."""

    @property
    def cost(self) -> tuple[int, int, int]:
        """Cells and answers, level steps, roles."""
        roles = {c.role for c in self.changes if c.role is not None}
        return len(self.changes), sum(c.steps for c in self.changes), len(roles)


def find_lift(evaluation: Evaluation, use_case: UseCase, target: Target = "one-lane") -> Lift | None:
    """The smallest set of changes that lifts a use case.

    Args:
        evaluation: The ranking it stands in. A lane that the room chose is ignored, gates
            that it set aside stay set aside.
        use_case: One of it.
        target: One lane up (any lane above its own), or *Pilot first*.

    Returns:
        None for *Out*, *Not an agent* and *Pilot first*, and where no raise of levels does it.
    """
    return Lifter(evaluation).find(use_case, target)


def apply_lift(use_case: UseCase, lift: Lift, evaluation: Evaluation, *, found: int = 0) -> UseCase:
    """The use case after the changes.

    Args:
        use_case: As it is.
        lift: What to change.
        evaluation: For the preset, and levels that only the room gave.
        found: The level taken where any level does.
    """
    index = evaluation.rules.preset.criterion_index()
    levels, evidence, claimed = (
        bytearray(use_case.levels),
        bytearray(use_case.evidence),
        bytearray(use_case.claimed),
    )
    gates = dict(use_case.gates)
    agreed = dict(use_case.agreed)
    for change in lift.changes:
        if change.item not in index or change.answer_after is not None:
            gates[change.item] = GateAnswer(change.answer_after or "")
            continue
        column = index[change.item]
        if change.before != change.after or change.before is None:
            # A tag, a note and a reason speak of the level that was.
            evidence[column] = UNKNOWN
            agreed[change.item] = Agreed()
        levels[column] = found if change.after is None else change.after
        claimed[column] = 0
        if change.proof:
            evidence[column] = EVIDENCE.index("document")
    return replace(
        use_case,
        levels=bytes(levels),
        evidence=bytes(evidence),
        claimed=bytes(claimed),
        gates=gates,
        agreed=agreed,
    )


@dataclass
class Lifter:
    """Finds lifts in one evaluation; keeps what its use cases share."""

    evaluation: Evaluation
    _branches: dict[tuple[Goal, frozenset[int]], list[Branch]] = field(default_factory=dict)

    def find(self, use_case: UseCase, target: Target = "one-lane") -> Lift | None:
        """See `find_lift`."""
        row = self.evaluation.row_of[use_case.id]
        lane = self._lane(use_case)
        if lane in ("out", "not-an-agent", "pilot-first"):
            return None
        if target == "one-lane" and lane == "find-out":
            return self._checked(use_case, lane, target, self._coverage_changes(row))
        goals: dict[str, Goal] = {"incubate": "leave-incubate", "not-yet": "leave-not-yet"}
        goal = "pilot" if target == "pilot-first" else goals.get(lane, "pilot")
        cells = self._cells(row, goal)
        answers = self._answers(use_case, row, goal)
        fixed = 0
        for change in answers:
            fixed |= cells.role_bits.get(change.role or "", 0)
        open_: list[tuple[int, Problem]] = []
        for branch in self._branches_of(goal, cells.cleared):
            problem = cells.problem(branch, fixed)
            touched = None if problem is None else fewest_touched(problem)
            if problem is not None and touched is not None:
                open_.append((touched, problem))
        while open_:
            best = self._cheapest(open_)
            choice = best[1]
            lift = self._checked(use_case, lane, target, [*answers, *_changes(cells, choice)])
            if lift is not None:
                return lift
            # Only where a rule wants a level lowered: what the bounds let through, the rules refuse.
            open_.remove(best[0])
        return None

    def bound(self, use_case: UseCase) -> int | None:
        """A quick lower bound on the number of changes to *Pilot first*; none where there is no lift."""
        row = self.evaluation.row_of[use_case.id]
        if self._lane(use_case) in ("out", "not-an-agent", "pilot-first"):
            return None
        cells = self._cells(row, "pilot")
        least: list[int] = []
        for branch in self._branches_of("pilot", cells.cleared):
            problem = cells.problem(branch, 0)
            if problem is not None:
                options = [cell for part in problem.parts for cell in part.cells]
                least.append(sum(all(o.touched for o in cell) for cell in options))
        return min(least) + len(self._answers(use_case, row, "pilot")) if least else None

    @staticmethod
    def _cheapest(open_: list[tuple[int, Problem]]) -> tuple[tuple[int, Problem], Choice]:
        touched = min(t for t, _ in open_)
        steps = [(fewest_steps(p, touched), i) for i, (t, p) in enumerate(open_) if t == touched]
        fewest = min(s for s, _ in steps)
        ends = []
        for s, i in steps:
            if s == fewest:
                problem = open_[i][1]
                roles, choice = fewest_roles(problem, touched, fewest)
                ends.append(((roles | problem.roles).bit_count(), i, choice))
        _, i, choice = min(ends, key=lambda e: e[:2])
        return open_[i], choice

    def _lane(self, use_case: UseCase) -> LaneId:
        row = self.evaluation.row_of[use_case.id]
        if self.evaluation.inputs.lanes[row] < 0:
            return LANES[int(self.evaluation.columns.lanes[row])]
        return self._lane_of(use_case)[0]

    def _lane_of(self, use_case: UseCase) -> tuple[LaneId, float]:
        """The lane by the facts and the gates set aside, whatever lane the room chose; and R."""
        plain = {t: o for t, o in use_case.overrides.items() if t != "lane"}
        columns = evaluate_cases(self.evaluation.rules, [replace(use_case, overrides=plain)]).columns
        return LANES[int(columns.lanes[0])], float(columns.readiness[0])

    def _checked(self, use_case: UseCase, lane: LaneId, target: Target, changes: list[Change]) -> Lift | None:
        lift = Lift(use_case.id, lane, lane, tuple(changes), 0.0)
        to, readiness = self._lane_of(apply_lift(use_case, lift, self.evaluation))
        enough = to == "pilot-first" if target == "pilot-first" else LANE[to] < LANE[lane]
        return replace(lift, to=to, readiness=readiness) if enough else None

    def _branches_of(self, goal: Goal, cleared: frozenset[int]) -> list[Branch]:
        key = (goal, cleared)
        if key not in self._branches:
            self._branches[key] = branches(self.evaluation.rules, goal, cleared)
        return self._branches[key]

    def _cells(self, row: int, goal: Goal) -> Cells:
        bits = {role.id: 1 << i for i, role in enumerate(self.evaluation.rules.preset.role)}
        cleared = frozenset(int(i) for i in self.evaluation.inputs.cleared[row].nonzero()[0])
        return Cells(self.evaluation, row, goal, cleared, bits)

    # Gate answers

    def _answers(self, use_case: UseCase, row: int, goal: Goal) -> list[Change]:
        failing = {g.STOP} if goal == "leave-not-yet" else {g.CONDITION, g.MISSING, g.STOP}
        if goal == "leave-incubate":
            return []
        preset = self.evaluation.rules.preset
        changes = []
        for position, rule in enumerate(self.evaluation.rules.gates):
            code = int(self.evaluation.columns.gates[row, position])
            if rule.question < 0 or code not in failing:
                continue
            given = use_case.gates.get(rule.gate.id)
            before = given.answer if given is not None and given.answer else None
            kind: ChangeKind = "find-out" if code == g.MISSING else "answer"
            after = _passing(rule.gate, known=code != g.MISSING)
            role = preset.gate_role(rule.gate)
            changes.append(Change(rule.gate.id, kind, role, answer_before=before, answer_after=after))
        return changes

    def _coverage_changes(self, row: int) -> list[Change]:
        """Enough unknown cells for the coverage, from as few roles as possible; any level does."""
        rules, columns = self.evaluation.rules, self.evaluation.columns
        preset = rules.preset
        unknown = [int(c) for c in sorted(rules.scored) if columns.levels[row, c] < 0]
        needed = len(unknown) - unknown_allowed(rules, rules.thresholds.find_out_coverage)
        by_role: dict[str | None, list[int]] = {}
        for column in unknown:
            by_role.setdefault(preset.criterion[column].role, []).append(column)
        # Cells without a role cost none; then the roles that know most.
        roles = sorted(by_role, key=lambda r: (r is not None, -len(by_role[r])))
        taken = [column for role in roles for column in by_role[role]][:needed]
        return [Change(preset.criterion[c].id, "find-out", preset.criterion[c].role) for c in sorted(taken)]


def _passing(gate: Gate, *, known: bool) -> str:
    """The answer to reach: where a failing one was given, a later passing one ("yes, and assessed") if there is one."""
    passing = [a.id for a in gate.answers if a.status == "pass"]
    return passing[-1] if known else passing[0]


def _changes(cells: Cells, choice: Choice) -> list[Change]:
    order = {c: i for i, c in enumerate(cells.evaluation.rules.preset.criterion_ids)}
    return sorted((_change(cells, o) for o in choice if o.touched), key=lambda c: order[c.item])


def _change(cells: Cells, option: Option) -> Change:
    columns = cells.evaluation.columns
    criterion = cells.evaluation.rules.preset.criterion[option.column]
    level = int(columns.levels[cells.row, option.column])
    kind: ChangeKind = "raise"
    if level < 0:
        kind = "find-out"
    elif level == option.to:
        kind = "confirm" if columns.claimed[cells.row, option.column] else "prove"
    return Change(
        item=criterion.id,
        kind=kind,
        role=criterion.role,
        before=None if level < 0 else level,
        after=None if level < 0 and option.to == 0 else option.to,
        proof=cells.goal == "pilot" and cells.proof_asked(option.column),
    )
