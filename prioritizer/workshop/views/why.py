"""Why a use case stands where it stands, in lines that a room understands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.analysis.barriers import Barrier, barriers
from prioritizer.analysis.why import contributions
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.terms import CLASSES, LANES, LaneId
from prioritizer.scoring.dimensions import compared
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.scoring.findings import conditions
from prioritizer.scoring.result import is_overlooked, is_trap, shown
from prioritizer.workshop.views.plain import Line, LineRole, count, label, level_text, listed, sentence, whole

if TYPE_CHECKING:  # what is worked out only where it is asked for is loaded only then
    from prioritizer.analysis.lift import Lift
    from prioritizer.workshop.views.fixes import Fix

_KIND_ROLE: dict[str, LineRole] = {
    "stop": "stop",
    "condition": "warn",
    "unknown": "unknown",
    "rule": "warn",
}


@dataclass(frozen=True, slots=True)
class WhyView:
    """The reasons for one place; ``over`` is the other card it was compared with."""

    id: str
    label: str
    title: str
    lane: LaneId
    lines: tuple[Line, ...]
    over: str | None = None
    parts: tuple[tuple[str, float, float], ...] = ()
    """Of its readiness: title of each dimension, what it adds, and what it could add at most."""


def why_view(
    snapshot: Snapshot,
    evaluation: Evaluation,
    use_case_id: str,
    over: str | None = None,
    *,
    lift: bool = True,
) -> WhyView:
    """The reasons for the place of one use case.

    Args:
        snapshot: The session.
        evaluation: Its evaluation.
        use_case_id: A live use case.
        over: Another live one: why the higher of the two stands above the lower.
        lift: Also say what would lift it; that takes a few hundredths of a second.
    """
    use_case = snapshot.use_cases[use_case_id]
    row = evaluation.row_of[use_case_id]
    if over is not None and over != use_case_id:
        from prioritizer.workshop.views.over import over_lines

        lines = over_lines(snapshot, evaluation, row, evaluation.row_of[over])
    else:
        lines = _own_lines(snapshot, evaluation, use_case, row)
        lines += _lift_lines(snapshot, evaluation, use_case) if lift else []
    return WhyView(
        id=use_case.id,
        label=label(use_case),
        title=use_case.title,
        lane=LANES[int(evaluation.columns.lanes[row])],
        lines=tuple(lines),
        over=over,
        parts=tuple(
            (snapshot.preset.find_dimension(p.dimension).title, p.part, 100 * p.weight)
            for p in contributions(evaluation, row)
        ),
    )


def _own_lines(snapshot: Snapshot, evaluation: Evaluation, use_case: UseCase, row: int) -> list[Line]:
    lines = [
        Line(f"{label(use_case)} {use_case.title}", "title"),
        _place(snapshot, evaluation, row),
        *_overrides(snapshot, evaluation, use_case, row),
        *_readiness(snapshot, evaluation, row),
        *_marks(evaluation, row),
    ]
    failed = barriers(snapshot, evaluation, use_case)
    lines += _not_higher(snapshot, evaluation, row, failed)
    lines += _to_do(snapshot, evaluation, use_case, row)
    return lines


def _place(snapshot: Snapshot, evaluation: Evaluation, row: int) -> Line:
    lane = LANES[int(evaluation.columns.lanes[row])]
    class_ = CLASSES[int(evaluation.columns.classes[row])]
    rank = f"rank {int(evaluation.ranks[row])} of {len(evaluation.order)}"
    tied = ", tied" if evaluation.tied[row] else ""
    bounded = {
        "bounded": "bounded",
        "partly": "partly bounded",
        "unknown": "not known whether bounded",
        "open-ended": "open-ended",
    }[class_]
    return Line(f"{snapshot.preset.lane_title(lane)} · {rank}{tied} · {bounded}", "text")


def _overrides(snapshot: Snapshot, evaluation: Evaluation, use_case: UseCase, row: int) -> list[Line]:
    lines = []
    gates = {gate.id: gate.title for gate in snapshot.preset.gate}
    by_rules = snapshot.preset.lane_title(LANES[int(evaluation.columns.lanes_by_rules[row])])
    for each in sorted(use_case.overrides.values(), key=lambda o: (o.target != "lane", o.target)):
        what = "the lane" if each.target == "lane" else f"the gate “{gates.get(each.target, each.target)}”"
        day = f" on {each.date}" if each.date else ""
        text = f"{each.by or 'The room'} set {what} aside{day}: {sentence(each.reason)} By the rules: {by_rules}."
        lines.append(Line(text, "warn"))
    return lines


def _readiness(snapshot: Snapshot, evaluation: Evaluation, row: int) -> list[Line]:
    columns, preset = evaluation.columns, snapshot.preset
    now = whole(float(columns.readiness[row]))
    low, high = whole(float(columns.readiness_low[row])), whole(float(columns.readiness_high[row]))
    span = "" if low == high else f", between {low} and {high} once all is known"
    lines = [Line(f"Readiness {now}{span}", "heading")]
    for part in contributions(evaluation, row):
        title = preset.find_dimension(part.dimension).title
        adds = f"adds {whole(part.part)} of at most {whole(100 * part.weight)}"
        lines.append(Line(f"{title} {whole(part.score)}: {adds}", "text", 1))
        weakest = [
            f"{preset.criterion[c].title} (“{level_text(preset, c, int(columns.levels[row, c]))}”)"
            if columns.levels[row, c] >= 0
            else f"{preset.criterion[c].title} (nobody here knows; it counts as 1)"
            for c in part.weakest
        ]
        single = sum(c.dimension == part.dimension for c in preset.criterion) == 1
        if part.capped:
            held = (
                f"held at {whole(part.score)} instead of {whole(part.mean)} by its weakest: {listed(weakest)}"
            )
            lines.append(Line(held, "warn", 2))
        elif compared(part.score) < 100 and len(weakest) <= 2:
            lines.append(Line(f"{'fact' if single else 'weakest'}: {listed(weakest)}", "fact", 2))
    return lines


def _marks(evaluation: Evaluation, row: int) -> list[Line]:
    value, gap = shown(evaluation, row)
    if value is None or gap is None:
        return [Line("Demonstration value not rated", "muted")]
    text = f"Demonstration value {whole(value)}"
    if is_trap(evaluation, row):
        return [Line(f"{text}: a demo trap, it shows far more than it is ready for", "warn")]
    if is_overlooked(evaluation, row):
        return [Line(f"{text}: a room that chooses by show would overlook it", "good")]
    return [Line(text, "text")]


def _not_higher(snapshot: Snapshot, evaluation: Evaluation, row: int, failed: list[Barrier]) -> list[Line]:
    t = evaluation.rules.thresholds
    first = snapshot.preset.lane_title("pilot-first")
    if not failed:
        good = (
            f"it is bounded, passes every gate, and has at least {t.dimension:g} in each dimension"
            f" and {t.readiness:g} in all"
        )
        return [Line(f"Why it is in “{first}”", "heading"), Line(sentence(good), "good", 1)]
    lines = [Line(f"Why it is not in “{first}”", "heading")]
    decides = failed[0].at_best
    for each in failed:
        lines.append(Line(sentence(each.text), _KIND_ROLE[each.kind], 1))
    if len({b.at_best for b in failed}) > 1:
        holding = sum(b.at_best == decides for b in failed)
        which = "The first of these puts" if holding == 1 else f"The first {count(holding)} of these put"
        lines.append(Line(f"{which} it in “{snapshot.preset.lane_title(decides)}”.", "muted", 1))
    return lines


def _to_do(snapshot: Snapshot, evaluation: Evaluation, use_case: UseCase, row: int) -> list[Line]:
    barring, others = conditions(evaluation, row, use_case, snapshot)
    lines: list[Line] = []
    if barring or others:
        lines.append(Line("What has to happen", "heading"))
    for each in (*barring, *others):
        role: LineRole = "unknown" if each.kind == "find-out" else "warn"
        when = f" by {each.when}" if each.when else ""
        who = f"{each.who}: " if each.who else ""
        lines.append(Line(f"{who}{each.what}{when}", role, 1))
    if use_case.slice and LANES[int(evaluation.columns.lanes[row])] == "not-yet":
        lines.append(Line("Start with the slice", "heading"))
        lines.append(Line(sentence(use_case.slice), "good", 1))
    return lines


def _lift_lines(snapshot: Snapshot, evaluation: Evaluation, use_case: UseCase) -> list[Line]:
    """The smallest set of changes one lane up, and into the first lane where that is further."""
    from prioritizer.analysis.lift import Lifter
    from prioritizer.workshop.views.fixes import fixes_in_short

    lifter = Lifter(evaluation)
    first = lifter.find(use_case)
    if first is None:
        return []
    lines = _one_lift(snapshot, use_case, first)
    further = lifter.find(use_case, "pilot-first") if first.to != "pilot-first" else None
    if further is not None:
        title = snapshot.preset.lane_title("pilot-first")
        text = f"The way to “{title}” takes {fixes_in_short(snapshot, further)}"
        lines.append(Line(sentence(text), "muted"))
    return lines


def _one_lift(snapshot: Snapshot, use_case: UseCase, lift: Lift) -> list[Line]:
    from prioritizer.workshop.views.fixes import fixes

    changes = f"{count(len(lift.changes))} {'change' if len(lift.changes) == 1 else 'changes'}"
    if lift.lane == "find-out":
        head = f"What would lift it out of “{snapshot.preset.lane_title(lift.lane)}”: {changes}"
    else:
        head = f"What would lift it to “{snapshot.preset.lane_title(lift.to)}”: {changes}"
    return [Line(head, "heading"), *_by_who(fixes(snapshot, use_case, lift))]


def _by_who(found: tuple[Fix, ...]) -> list[Line]:
    """The changes grouped by who could make them true; whoever has one says it in a line."""
    groups: dict[str, list[Fix]] = {}
    for fix in found:
        groups.setdefault(fix.who, []).append(fix)
    lines: list[Line] = []
    for who, theirs in groups.items():
        together = len(theirs) > 1
        if together:
            lines.append(Line(f"{who or 'Nobody named yet'}, {count(len(theirs))} changes:", "text", 1))
        for fix in theirs:
            role: LineRole = "unknown" if fix.kind == "find-out" else "fact"
            lines.append(Line(fix.line(named=not together), role, 2 if together else 1))
    return lines
