"""What can be painted of stability: the room that each weight has, and the tornado of one use case."""

from __future__ import annotations

from dataclasses import dataclass

from prioritizer.analysis.drawn import find_drawn
from prioritizer.analysis.intervals import WeightInterval, leader_intervals, shortlist_intervals
from prioritizer.analysis.tornado import Bar, tornado
from prioritizer.model.session import Snapshot
from prioritizer.model.terms import LANES
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.workshop.views.plain import Line, label
from prioritizer.workshop.views.stability import interval_words, people_lines, swap_lines


@dataclass(frozen=True, slots=True)
class Interval:
    """How far one weight can move.

    Attributes:
        title: Of the dimension.
        weight: In force, 0–1.
        low: Lower end, 0–1.
        high: Upper end, 0–1.
        words: Both ends and what happens beyond, in words.
        free: Nothing changes whatever the weight is.
    """

    title: str
    weight: float
    low: float
    high: float
    words: str
    free: bool


@dataclass(frozen=True, slots=True)
class SwingBar:
    """One bar of a tornado; `note` says which lane it reaches."""

    title: str
    low: float
    high: float
    note: str


@dataclass(frozen=True, slots=True)
class StabilityView:
    """What the shortlist survives, one thing at a time.

    Attributes:
        leader: Label of the first.
        top: Size of the shortlist.
        first: For each weight, where the leader stays.
        shortlist: For each weight, where the shortlist stays; empty where it is one or all.
        lines: Swaps and people, in words.
    """

    leader: str
    top: int
    first: tuple[Interval, ...]
    shortlist: tuple[Interval, ...]
    lines: tuple[Line, ...]


def stability_view(
    snapshot: Snapshot, evaluation: Evaluation, top: int, *, private: bool = False
) -> StabilityView | None:
    """What the shortlist survives; none where there is nothing to rank.

    Args:
        snapshot: The session as anybody may see it.
        evaluation: Its ranking.
        top: Size of the shortlist; as many as there are, if fewer.
        private: Name people: only on a screen that nobody else sees.
    """
    n = len(evaluation.order)
    if not n:
        return None
    top = max(1, min(top, n))
    several = 1 < top < n
    return StabilityView(
        leader=label(snapshot.use_cases[evaluation.inputs.ids[int(evaluation.order[0])]]),
        top=top,
        first=tuple(_interval(snapshot, evaluation, i) for i in leader_intervals(evaluation)),
        shortlist=tuple(
            _interval(snapshot, evaluation, i)
            for i in (shortlist_intervals(evaluation, top) if several else ())
        ),
        lines=(
            *swap_lines(snapshot, evaluation, top),
            *people_lines(snapshot, evaluation, top, private=private),
        ),
    )


def swing_bars(snapshot: Snapshot, evaluation: Evaluation, use_case_id: str) -> tuple[SwingBar, ...]:
    """The tornado of one use case: what moves its readiness or its lane, widest first."""
    row = evaluation.row_of[use_case_id]
    now = LANES[int(evaluation.columns.lanes[row])]
    drawn = find_drawn(snapshot, rules=evaluation.rules)
    return tuple(
        SwingBar(_title(snapshot, bar), bar.low, bar.high, _note(snapshot, bar, now))
        for bar in tornado(evaluation, drawn, row)
    )


def _interval(snapshot: Snapshot, evaluation: Evaluation, each: WeightInterval) -> Interval:
    return Interval(
        title=snapshot.preset.find_dimension(each.dimension).title,
        weight=each.weight,
        low=each.low.at,
        high=each.high.at,
        words=interval_words(snapshot, evaluation, each, short=True),
        free=not each.moves(),
    )


def _title(snapshot: Snapshot, bar: Bar) -> str:
    if bar.kind == "weight":
        return f"weight {bar.item} {snapshot.preset.find_dimension(bar.item).title}"
    return f"{bar.item} {snapshot.preset.find_criterion(bar.item).title}"


def _note(snapshot: Snapshot, bar: Bar, now: str) -> str:
    signs = ((bar.low_lane, "−"), (bar.high_lane, "+"))
    return ", ".join(f"{sign} {snapshot.preset.lane_title(lane)}" for lane, sign in signs if lane != now)
