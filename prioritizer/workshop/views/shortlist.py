"""The shortlist: what was chosen or is proposed, what is not now and what would change that, and the traps."""

from __future__ import annotations

from dataclasses import dataclass

from prioritizer.analysis.barriers import barriers
from prioritizer.analysis.lift import Lifter
from prioritizer.model.report import SHORTLISTED
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.terms import LANES, LaneId
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.scoring.findings import Wanted, conditions
from prioritizer.scoring.result import is_overlooked, is_trap, shown
from prioritizer.workshop.views.fixes import fixes_in_short
from prioritizer.workshop.views.plain import count, label, sentence, whole


@dataclass(frozen=True, slots=True)
class ToDo:
    """One condition or find-out: who does what by when."""

    item: str
    what: str
    who: str
    when: str | None
    assigned: bool
    """``who`` is a person that was named, not the role that would bring it."""
    find_out: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """An override: what the room set aside, who, why, when."""

    target: str
    title: str
    by: str
    reason: str
    date: str


@dataclass(frozen=True, slots=True)
class ShortLine:
    """One use case on the shortlist, or not. Scores are integers, rounded down."""

    id: str
    label: str
    title: str
    task: str
    rank: int
    tied: bool
    lane: LaneId
    lane_title: str
    lane_by_rules: str
    """Title of the lane that the rules gave, where the room decided another; else ""."""
    overrides: tuple[Decided, ...]
    readiness: int
    demonstration: int | None
    gap: int | None
    trap: bool
    overlooked: bool
    chosen: bool | None
    owner: str
    due: str | None
    note: str
    slice: str
    todo: tuple[ToDo, ...]
    change: str
    """What would change "not now"; "" on the shortlist."""


@dataclass(frozen=True, slots=True)
class ShortlistView:
    """The shortlist of a session.

    Attributes:
        decided: The room chose; else the ranking proposes.
        top: How many it is to hold.
        lines: The shortlist, in rank order.
        not_now: The next ones, in rank order, as many as were asked for.
        more: How many further ones there are.
        traps: All demo traps, in rank order, with their slices.
        without_owner: How many on the shortlist have no owner or no date yet.
        sentence: How far it is.
    """

    decided: bool
    top: int
    lines: tuple[ShortLine, ...]
    not_now: tuple[ShortLine, ...]
    more: int
    traps: tuple[ShortLine, ...]
    without_owner: int
    sentence: str


def shortlist_view(
    snapshot: Snapshot, evaluation: Evaluation, top: int | None = None, rest: int = 12
) -> ShortlistView:
    """The shortlist, by the room's choice or the ranking's proposal.

    Args:
        snapshot: The session.
        evaluation: Its evaluation.
        top: How many are proposed; the session's own number if none.
        rest: How many that are not on it are listed with what would change that.
    """
    top = max(0, snapshot.top if top is None else top)
    order = [snapshot.use_cases[evaluation.inputs.ids[row]] for row in evaluation.order.tolist()]
    decided = any(u.chosen for u in order)
    taken = [u for u in order if u.chosen] if decided else _proposed(evaluation, order)[:top]
    on_it = {u.id for u in taken}
    others = [u for u in order if u.id not in on_it]
    lifter = Lifter(evaluation)
    lines = tuple(_line(snapshot, evaluation, u) for u in taken)
    missing = sum(not line.owner or not line.due for line in lines)
    return ShortlistView(
        decided=decided,
        top=top,
        lines=lines,
        not_now=tuple(_line(snapshot, evaluation, u, lifter) for u in others[: max(0, rest)]),
        more=max(0, len(others) - max(0, rest)),
        traps=tuple(
            _line(snapshot, evaluation, u) for u in order if is_trap(evaluation, evaluation.row_of[u.id])
        ),
        without_owner=missing,
        sentence=_sentence(lines, missing, decided=decided, nothing=not order),
    )


def what_would_change(snapshot: Snapshot, evaluation: Evaluation, use_case: UseCase, lifter: Lifter) -> str:
    """What would lift a use case one lane, as a sentence; for *Out* and *Not an agent* why nothing does."""
    lane = LANES[int(evaluation.columns.lanes[evaluation.row_of[use_case.id]])]
    lift = lifter.find(use_case)
    if lift is not None:
        one = len(lift.changes) == 1
        target = snapshot.preset.lane_title(lift.to)
        if lift.lane == "find-out" and all(c.after is None and c.answer_after is None for c in lift.changes):
            target = "a lane of its own"
        return sentence(
            f"{fixes_in_short(snapshot, lift)} {'brings' if one else 'bring'} it to {_quoted(target)}"
        )
    if lane == "pilot-first" or not (failed := barriers(snapshot, evaluation, use_case)):
        return (
            "It is ready, and others stand before it."
            if use_case.chosen is None
            else "It is ready; the room left it out."
        )
    return sentence(failed[0].text)


def _quoted(target: str) -> str:
    return target if target == "a lane of its own" else f"“{target}”"


def _proposed(evaluation: Evaluation, order: list[UseCase]) -> list[UseCase]:
    lanes = evaluation.columns.lanes
    return [
        u
        for u in order
        if u.chosen is not False and LANES[int(lanes[evaluation.row_of[u.id]])] in SHORTLISTED
    ]


def _line(
    snapshot: Snapshot, evaluation: Evaluation, use_case: UseCase, lifter: Lifter | None = None
) -> ShortLine:
    row = evaluation.row_of[use_case.id]
    columns, preset = evaluation.columns, snapshot.preset
    lane, by_rules = LANES[int(columns.lanes[row])], LANES[int(columns.lanes_by_rules[row])]
    value, gap = shown(evaluation, row)
    barring, open_questions = conditions(evaluation, row, use_case, snapshot)
    gates = {"lane": "lane", **{gate.id: gate.title for gate in preset.gate}}
    return ShortLine(
        id=use_case.id,
        label=label(use_case),
        title=use_case.title,
        task=use_case.task,
        rank=int(evaluation.ranks[row]),
        tied=bool(evaluation.tied[row]),
        lane=lane,
        lane_title=preset.lane_title(lane),
        lane_by_rules="" if lane == by_rules else preset.lane_title(by_rules),
        overrides=tuple(
            Decided(o.target, gates.get(o.target, o.target), o.by, o.reason, o.date)
            for o in sorted(use_case.overrides.values(), key=lambda o: (o.target != "lane", o.target))
        ),
        readiness=whole(float(columns.readiness[row])),
        demonstration=None if value is None else whole(value),
        gap=None if gap is None else whole(gap),
        trap=is_trap(evaluation, row),
        overlooked=is_overlooked(evaluation, row),
        chosen=use_case.chosen,
        owner=use_case.owner,
        due=use_case.due,
        note=use_case.decision_note,
        slice=use_case.slice,
        todo=tuple(_to_do(c) for c in (*barring, *open_questions)),
        change="" if lifter is None else what_would_change(snapshot, evaluation, use_case, lifter),
    )


def _to_do(condition: Wanted) -> ToDo:
    return ToDo(
        item=condition.gate,
        what=condition.what,
        who=condition.who or "",
        when=condition.when,
        assigned=condition.assigned,
        find_out=condition.kind == "find-out",
    )


def _sentence(lines: tuple[ShortLine, ...], missing: int, *, decided: bool, nothing: bool) -> str:
    if nothing:
        return "There is nothing to choose from yet."
    if not lines:
        return "Nothing is ready to be chosen: nothing stands in the first three lanes."
    number = len(lines)
    if not decided:
        first = (
            "The first of the ranking is proposed"
            if number == 1
            else f"The first {count(number)} of the ranking are proposed"
        )
        return f"{first}; nothing is decided yet."
    head = f"The room chose {count(number)}"
    if not missing:
        return f"{head}, {'with' if number == 1 else 'each with'} an owner and a date."
    return f"{head}; {count(missing)} still {'needs' if missing == 1 else 'need'} an owner or a date."
