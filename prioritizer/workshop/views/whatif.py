"""What if: other weights, levels or answers, and a blend with show. Tried on a copy, never stored."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from prioritizer.model.session import EMPTY, UNKNOWN, GateAnswer, Snapshot, UseCase
from prioritizer.model.terms import LANES, LaneId
from prioritizer.scoring.dimensions import compared
from prioritizer.scoring.evaluate import Evaluation, evaluate, reevaluate
from prioritizer.workshop.views.plain import count, label, whole

Cell = tuple[str, str]
"""(use case id, criterion or gate id)."""


@dataclass(frozen=True)
class WhatIf:
    """Hypothetical changes.

    Attributes:
        weights: Dimension → its share of readiness, 0–1; the others keep their ratios.
        levels: Cell → level; none for unknown.
        answers: Cell → answer of a question gate; none for unanswered.
        blend: Share of demonstration value in the order, 0–1: what a room that picks by
            show would have chosen. Above 0 lanes are set aside, as such a room does.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: EMPTY)
    levels: Mapping[Cell, int | None] = field(default_factory=dict)
    answers: Mapping[Cell, str | None] = field(default_factory=dict)
    blend: float = 0.0


@dataclass(frozen=True, slots=True)
class Movement:
    """One use case that stands elsewhere than before; places up are positive."""

    id: str
    label: str
    title: str
    rank_before: int
    rank_after: int
    places: int
    lane_before: LaneId
    lane_after: LaneId
    readiness_before: int
    readiness_after: int


@dataclass(frozen=True, slots=True)
class BlendRow:
    """One use case in the order by (1 − blend) × readiness + blend × demonstration value."""

    id: str
    label: str
    title: str
    lane: LaneId
    score: int
    rank: int
    tied: bool
    rank_by_rules: int


@dataclass(frozen=True)
class WhatIfView:
    """The session as it would be.

    Attributes:
        snapshot: With the changes; feed it with `evaluation` to any other view.
        evaluation: Of that snapshot.
        movements: Who stands elsewhere, in the new order.
        blended: The order with show mixed in; empty unless ``blend`` is above 0. Never a ranking.
        sentence: What changed, in one sentence.
    """

    snapshot: Snapshot
    evaluation: Evaluation
    movements: tuple[Movement, ...]
    blended: tuple[BlendRow, ...]
    sentence: str


def what_if(snapshot: Snapshot, evaluation: Evaluation, change: WhatIf) -> WhatIfView:
    """Tries changes on a copy of the session.

    Args:
        snapshot: The session.
        evaluation: Its evaluation.
        change: What to try.

    Raises:
        ValueError: A weight, level, answer, blend or id that cannot be.
    """
    if not 0 <= change.blend <= 1:
        raise ValueError("blend is a share from 0 to 1")
    after = _with_cells(snapshot, change)
    if change.weights:
        after = replace(after, weights=blend_weights(after, change.weights), weights_method="what-if")
        new = evaluate(after)
    else:
        new = reevaluate(evaluation, snapshot, after)
    movements = tuple(_movements(snapshot, evaluation, new))
    blended = tuple(_blended(after, new, change.blend)) if change.blend > 0 else ()
    return WhatIfView(after, new, movements, blended, _sentence(movements, len(new.order)))


def blend_weights(snapshot: Snapshot, wanted: Mapping[str, float]) -> dict[str, float]:
    """Weights that add up to 1: the wanted shares, and the others in their old ratios.

    Raises:
        ValueError: No readiness dimension, a share outside 0–1, or shares that cannot add up to 1.
    """
    known = [d.id for d in snapshot.preset.with_role("readiness")]
    if unknown := set(wanted) - set(known):
        raise ValueError(f"no readiness dimension is called {min(unknown)}")
    if any(not 0 <= share <= 1 for share in wanted.values()):
        raise ValueError("a weight is a share from 0 to 1")
    others = {d: snapshot.weight_of(d) for d in known if d not in wanted}
    left, rest = 1 - math.fsum(wanted.values()), math.fsum(others.values())
    if left < -1e-9 or (left > 1e-9 and not rest > 0):
        raise ValueError("the weights cannot add up to 1")
    return {
        d: wanted[d] if d in wanted else (max(left, 0.0) * others[d] / rest if rest > 0 else 0.0)
        for d in known
    }


def _with_cells(snapshot: Snapshot, change: WhatIf) -> Snapshot:
    changed: dict[str, UseCase] = {}

    def case(use_case_id: str) -> UseCase:
        found = changed.get(use_case_id) or snapshot.use_cases.get(use_case_id)
        if found is None:
            raise ValueError(f"no use case has the id {use_case_id}")
        return found

    index = snapshot.preset.criterion_index()
    for (use_case_id, criterion), level in change.levels.items():
        if criterion not in index or level not in (None, 0, 1, 2, 3, 4):
            raise ValueError(f"no level {level} of a criterion {criterion}")
        changed[use_case_id] = _with_level(case(use_case_id), criterion, index[criterion], level)
    gates = {gate.id: {a.id for a in gate.answers} for gate in snapshot.preset.questions}
    for (use_case_id, gate), answer in change.answers.items():
        if gate not in gates or (answer is not None and answer not in gates[gate]):
            raise ValueError(f"no answer {answer} to a question {gate}")
        use_case = case(use_case_id)
        given = {k: v for k, v in use_case.gates.items() if k != gate}
        if answer is not None:
            given[gate] = GateAnswer(answer)
        changed[use_case_id] = replace(use_case, gates=given)
    return replace(snapshot, use_cases={**snapshot.use_cases, **changed}) if changed else snapshot


def _with_level(use_case: UseCase, criterion: str, column: int, level: int | None) -> UseCase:
    """A hypothetical level is neither claimed nor, if it is another one, proven; none drops the room's, too."""
    levels, evidence, claimed = (
        bytearray(use_case.levels),
        bytearray(use_case.evidence),
        bytearray(use_case.claimed),
    )
    if levels[column] != (UNKNOWN if level is None else level):
        evidence[column] = UNKNOWN
    levels[column] = UNKNOWN if level is None else level
    claimed[column] = 0
    rounds = use_case.rounds
    if level is None:
        rounds = {c: r for c, r in rounds.items() if c != criterion}
    return replace(
        use_case, levels=bytes(levels), evidence=bytes(evidence), claimed=bytes(claimed), rounds=rounds
    )


def _movements(snapshot: Snapshot, before: Evaluation, after: Evaluation) -> list[Movement]:
    found = []
    for row in after.order.tolist():
        id_ = after.inputs.ids[row]
        old = before.row_of.get(id_)
        if old is None:
            continue
        was, now = LANES[int(before.columns.lanes[old])], LANES[int(after.columns.lanes[row])]
        ranks = int(before.ranks[old]), int(after.ranks[row])
        if was == now and ranks[0] == ranks[1]:
            continue
        use_case = snapshot.use_cases[id_]
        found.append(
            Movement(
                id=id_,
                label=label(use_case),
                title=use_case.title,
                rank_before=ranks[0],
                rank_after=ranks[1],
                places=ranks[0] - ranks[1],
                lane_before=was,
                lane_after=now,
                readiness_before=whole(float(before.columns.readiness[old])),
                readiness_after=whole(float(after.columns.readiness[row])),
            )
        )
    return found


def _blended(snapshot: Snapshot, evaluation: Evaluation, blend: float) -> list[BlendRow]:
    columns = evaluation.columns
    scores: dict[int, float] = {}
    for row in evaluation.order.tolist():
        show = float(columns.demonstration[row])
        # What was never rated for show shows nothing.
        show = 0.0 if math.isnan(show) else show
        scores[row] = compared((1 - blend) * float(columns.readiness[row]) + blend * show)
    # A stable sort: equal scores stay as they are ranked.
    order = sorted(evaluation.order.tolist(), key=lambda row: -scores[row])
    values = [scores[row] for row in order]
    rows = []
    first = 0
    for place, row in enumerate(order):
        if place and values[place] != values[place - 1]:
            first = place
        use_case = snapshot.use_cases[evaluation.inputs.ids[row]]
        tied = values[place] in (values[place - 1] if place else None, *values[place + 1 : place + 2])
        rows.append(
            BlendRow(
                id=use_case.id,
                label=label(use_case),
                title=use_case.title,
                lane=LANES[int(columns.lanes[row])],
                score=whole(scores[row]),
                rank=first + 1,
                tied=tied,
                rank_by_rules=int(evaluation.ranks[row]),
            )
        )
    return rows


def _sentence(movements: tuple[Movement, ...], total: int) -> str:
    if not total:
        return "There is nothing to rank yet."
    if not movements:
        return "Nothing moves: every one keeps its rank and its lane."
    lanes = sum(m.lane_before != m.lane_after for m in movements)
    moved = sum(m.places != 0 for m in movements)
    parts = []
    if moved:
        parts.append(
            f"{count(moved)} of {count(total)} {'changes its' if moved == 1 else 'change their'} rank"
        )
    if lanes:
        parts.append(f"{count(lanes)} {'changes its' if lanes == 1 else 'change their'} lane")
    text = " and ".join(parts)
    return f"What if: {text}."
