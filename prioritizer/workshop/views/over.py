"""Why one use case stands above another, in lines."""

from __future__ import annotations

from prioritizer.analysis.barriers import barriers
from prioritizer.analysis.why import Comparison, Pro, compare
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.terms import CLASSES, LANES
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.workshop.views.plain import Line, LineRole, count, label, level_text, sentence, whole

_MOST = 3
"""Most rules that are spelled out before the rest is only counted."""

_CLASS_WORDS = {
    "bounded": "bounded",
    "partly": "partly bounded",
    "unknown": "perhaps bounded, which nobody here knows",
    "open-ended": "open-ended",
}


def over_lines(snapshot: Snapshot, evaluation: Evaluation, one: int, other: int) -> list[Line]:
    """Why the higher of two rows stands above the other."""
    found = compare(evaluation, one, other)
    above = snapshot.use_cases[evaluation.inputs.ids[found.above]]
    below = snapshot.use_cases[evaluation.inputs.ids[found.below]]
    a, b = label(above), label(below)
    tied = found.ground == "title"
    head = f"Why {a} and {b} are tied" if tied else f"Why {a} stands above {b}"
    lines = [
        Line(head, "title"),
        Line(f"{a} {above.title}", "text"),
        Line(f"{b} {below.title}", "text"),
    ]
    if found.ground in ("lane", "room"):
        return lines + _by_lane(snapshot, evaluation, found, above, below)
    if found.ground == "class":
        return lines + _by_class(snapshot, evaluation, found, below, a, b)
    if found.ground == "readiness":
        return lines + _by_readiness(snapshot, evaluation, found, a, b)
    lane = snapshot.preset.lane_title(LANES[int(evaluation.columns.lanes[found.above])])
    same = f"Both are in “{lane}”, with the same class and the same readiness"
    if found.ground == "worth":
        return [*lines, Line(_by_worth(snapshot, evaluation, found, a, b, same), "text")]
    return [
        *lines,
        Line(f"{same}, and nothing in their worth decides. They share the rank; the list is by title."),
    ]


def _by_lane(
    snapshot: Snapshot, evaluation: Evaluation, found: Comparison, above: UseCase, below: UseCase
) -> list[Line]:
    lanes = evaluation.columns.lanes
    a, b = label(above), label(below)
    high = snapshot.preset.lane_title(LANES[int(lanes[found.above])])
    low = snapshot.preset.lane_title(LANES[int(lanes[found.below])])
    lines = [Line(f"{a} is in “{high}”, {b} is in “{low}”; lanes come before scores.", "text")]
    for row, use_case in ((found.above, above), (found.below, below)):
        by_rules = int(evaluation.columns.lanes_by_rules[row])
        if by_rules != int(lanes[row]):
            title = snapshot.preset.lane_title(LANES[by_rules])
            lines.append(
                Line(f"The room decided that for {label(use_case)}; by the rules it is in “{title}”.", "warn")
            )
    failed = barriers(snapshot, evaluation, below)
    deciding = [x for x in failed if x.at_best == failed[0].at_best]
    if deciding:
        lines.append(Line(f"What holds {b}", "heading"))
    lines += [Line(sentence(x.text), "warn", 1) for x in deciding[:_MOST]]
    if len(deciding) > _MOST:
        lines.append(Line(f"and {count(len(deciding) - _MOST)} more of the same weight.", "muted", 1))
    return lines


def _by_class(
    snapshot: Snapshot, evaluation: Evaluation, found: Comparison, below: UseCase, a: str, b: str
) -> list[Line]:
    classes = evaluation.columns.classes
    lane = snapshot.preset.lane_title(LANES[int(evaluation.columns.lanes[found.above])])
    high = _CLASS_WORDS[CLASSES[int(classes[found.above])]]
    low = _CLASS_WORDS[CLASSES[int(classes[found.below])]]
    lines = [Line(f"Both are in “{lane}”. {a} is {high}, {b} is {low}; the narrower task goes first.")]
    lines += [
        Line(sentence(x.text), "warn", 1) for x in barriers(snapshot, evaluation, below) if x.item == "class"
    ]
    return lines


def _by_readiness(
    snapshot: Snapshot, evaluation: Evaluation, found: Comparison, a: str, b: str
) -> list[Line]:
    columns = evaluation.columns
    lane = snapshot.preset.lane_title(LANES[int(columns.lanes[found.above])])
    mine, theirs = (whole(float(columns.readiness[row])) for row in (found.above, found.below))
    more = (
        f"is readier: {mine} against {theirs}"
        if mine > theirs
        else f"is readier by less than a point (both show {mine})"
    )
    lines = [Line(f"Both are in “{lane}”. {a} {more}.")]
    lines.append(Line(f"What speaks for {a}", "heading"))
    lines += [_reason(snapshot, evaluation, p, found.above, found.below, a, b, "good") for p in found.pros]
    if found.cons:
        lines.append(Line(f"What speaks for {b}, and weighs less", "heading"))
        lines += [
            _reason(snapshot, evaluation, p, found.below, found.above, b, a, "muted") for p in found.cons
        ]
    return lines


def _reason(
    snapshot: Snapshot,
    evaluation: Evaluation,
    pro: Pro,
    better: int,
    worse: int,
    good: str,
    bad: str,
    role: LineRole,
) -> Line:
    preset, levels = snapshot.preset, evaluation.columns.levels
    title = preset.find_dimension(pro.dimension).title
    if pro.column < 0:
        return Line(f"{title}: {good} scores higher.", role, 1)
    criterion = preset.criterion[pro.column]
    mine, theirs = int(levels[better, pro.column]), int(levels[worse, pro.column])
    text = (
        f"{title}, by {criterion.title}: {good} has “{level_text(preset, pro.column, mine)}”,"
        f" {bad} “{level_text(preset, pro.column, theirs)}”."
    )
    return Line(text, role, 1)


def _by_worth(
    snapshot: Snapshot, evaluation: Evaluation, found: Comparison, a: str, b: str, same: str
) -> str:
    rules, worth = evaluation.rules, evaluation.columns.worth
    mine, theirs = int(worth[found.above]), int(worth[found.below])
    title = snapshot.preset.criterion[rules.worth].title
    return (
        f"{same}. {a} is worth more, by {title}: “{level_text(snapshot.preset, rules.worth, mine)}”"
        f" against “{level_text(snapshot.preset, rules.worth, theirs)}” for {b}."
    )
