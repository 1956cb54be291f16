"""What the shortlist survives, one thing at a time, in words: weights, levels, people."""

from __future__ import annotations

from itertools import pairwise

from prioritizer.analysis.ballots import ballots_in_force
from prioritizer.analysis.intervals import End, WeightInterval, leader_intervals, shortlist_intervals
from prioritizer.analysis.people_out import Without, leave_one_out, without_proposers
from prioritizer.analysis.swaps import MOST, Swap, smallest_swap
from prioritizer.model.session import Snapshot
from prioritizer.model.terms import LANES
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.workshop.views.plain import Line, count, label, level_text, listed, percent


def stability_lines(snapshot: Snapshot, evaluation: Evaluation, top: int) -> list[Line]:
    """Everything for one screen; the shortlist is the first ``top``.

    Names nobody: it may be projected.
    """
    if not len(evaluation.order):
        return [Line("There is nothing to rank yet.", "muted")]
    top = min(top, len(evaluation.order))
    return [
        *weight_lines(snapshot, evaluation, top),
        *swap_lines(snapshot, evaluation, top),
        *people_lines(snapshot, evaluation, top),
    ]


def weight_lines(snapshot: Snapshot, evaluation: Evaluation, top: int) -> list[Line]:
    """How far each weight can move before the leader or the shortlist changes."""
    lead = _name(snapshot, evaluation, int(evaluation.order[0]))
    lines = [Line(f"Weights: how far each can move while {lead} stays first", "heading")]
    lines += [_interval_line(snapshot, evaluation, each) for each in leader_intervals(evaluation)]
    if 1 < top < len(evaluation.order):
        lines.append(Line(f"And while the first {count(top)} stay the same", "heading"))
        lines += [_interval_line(snapshot, evaluation, each) for each in shortlist_intervals(evaluation, top)]
    return lines


def swap_lines(snapshot: Snapshot, evaluation: Evaluation, top: int) -> list[Line]:
    """The smallest change that swaps neighbours, down to the border of the shortlist."""
    order = evaluation.order[: top + 1].tolist()
    if len(order) < 2:
        return []
    ballots = ballots_in_force(evaluation.rules, list(snapshot.live()))
    lines = [Line("Levels: the smallest change that swaps two neighbours", "heading")]
    for above, below in pairwise(order):
        swap = smallest_swap(evaluation, above, below, ballots)
        lines.append(_swap_line(snapshot, evaluation, above, below, swap))
    return lines


def people_lines(
    snapshot: Snapshot, evaluation: Evaluation, top: int, *, private: bool = False
) -> list[Line]:
    """How many people's absence would change the shortlist; and the proposers' own ratings.

    Args:
        snapshot: The session as anybody may see it.
        evaluation: Its ranking.
        top: Size of the shortlist.
        private: Also who: only on a screen that nobody else sees.
    """
    each_out = leave_one_out(snapshot, evaluation, top)
    if not each_out:
        return []
    deciding = sum(out.changes for out in each_out)
    n = len(each_out)
    if n == 1:
        text = "Only one person's answers count here" + (
            "; without them the shortlist would be another."
            if deciding
            else "; the shortlist does not need them."
        )
    elif not deciding:
        text = f"Whichever of the {count(n)} who answered is left out, the shortlist stays the same."
    else:
        text = (
            f"Leaving one person out changes the shortlist for {count(deciding)}"
            f" of the {count(n)} who answered."
        )
    lines = [Line("People", "heading"), Line(text, "warn" if deciding else "good", 1)]
    if private:
        lines += [_without_one(snapshot, out) for out in each_out if out.changes]
    own = without_proposers(snapshot, evaluation, top)
    if own.answers:
        lines.append(Line(_proposers(snapshot, own.gone, own.new), "warn" if own.gone else "good", 1))
    return lines


def _without_one(snapshot: Snapshot, out: Without) -> Line:
    name = next(p.name for p in snapshot.participants if p.index == out.person)
    gone, new = (listed([label(snapshot.use_cases[id_]) for id_ in ids]) for ids in (out.gone, out.new))
    return Line(f"Without {name}: {gone} out, {new} in", "warn", 2)


def _proposers(snapshot: Snapshot, gone: tuple[str, ...], new: tuple[str, ...]) -> str:
    start = "Without the proposers' answers on their own use cases"
    if not gone:
        return f"{start} the shortlist stays the same."
    out, in_ = (listed([label(snapshot.use_cases[id_]) for id_ in ids]) for ids in (gone, new))
    return f"{start}, {out} would leave the shortlist and {in_} enter it."


def _interval_line(snapshot: Snapshot, evaluation: Evaluation, each: WeightInterval) -> Line:
    title = snapshot.preset.find_dimension(each.dimension).title
    words = interval_words(snapshot, evaluation, each)
    return Line(f"{title} {_points(each.weight)} %: {words}", "text" if each.moves() else "good", 1)


def interval_words(
    snapshot: Snapshot, evaluation: Evaluation, each: WeightInterval, *, short: bool = False
) -> str:
    """Between what a weight can move, and what happens beyond; ``short`` beside a picture of it."""
    if not each.moves():
        return "whatever its weight"
    low, high = _points(each.low.at), _points(each.high.at)
    parts = [f"{low}–{high} %" if short else f"between {low} % and {high} %"]
    if each.low.why != "edge":
        parts.append(f"below, {_what(snapshot, evaluation, each.low)}")
    if each.high.why != "edge":
        parts.append(f"above, {_what(snapshot, evaluation, each.high)}")
    return "; ".join(parts)


def _what(snapshot: Snapshot, evaluation: Evaluation, end: End) -> str:
    name = _name(snapshot, evaluation, end.row)
    if end.why == "order":
        return f"{name} overtakes"
    lane = snapshot.preset.lane_title(LANES[int(evaluation.columns.lanes[end.row])])
    return f"{name} does not stay in “{lane}”"


def _swap_line(snapshot: Snapshot, evaluation: Evaluation, above: int, below: int, swap: Swap | None) -> Line:
    a, b = _name(snapshot, evaluation, above), _name(snapshot, evaluation, below)
    if swap is None:
        return Line(f"{a} over {b}: no change of {count(MOST)} levels or fewer does it", "good", 1)
    if not swap.steps:
        return Line(f"{a} and {b}: they are tied", "warn", 1)
    facts = []
    for step in swap.changes:
        criterion = snapshot.preset.criterion[step.column]
        to = level_text(snapshot.preset, step.column, step.to)
        facts.append(f"{criterion.id} of {_name(snapshot, evaluation, step.row)} at “{to}”")
    if swap.one_person:
        return Line(f"{a} over {b}: one person moving one step does it: {listed(facts)}", "warn", 1)
    steps = "one level" if swap.steps == 1 else f"{count(swap.steps)} levels"
    moved = sum(s.people for s in swap.changes if s.people is not None)
    people = "" if not moved or any(s.people is None for s in swap.changes) else f", {moved} steps by people"
    return Line(f"{a} over {b}: {steps}{people}: {listed(facts)}", "warn" if swap.steps == 1 else "text", 1)


def _name(snapshot: Snapshot, evaluation: Evaluation, row: int) -> str:
    return label(snapshot.use_cases[evaluation.inputs.ids[row]])


def _points(weight: float) -> int:
    return percent(weight)
