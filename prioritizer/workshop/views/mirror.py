"""The mirror: the order by demonstration value beside the order by readiness.

It shows what a room that chooses by show would have taken. It is never the ranking.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from prioritizer.model.session import Snapshot
from prioritizer.model.terms import LANES, LaneId
from prioritizer.scoring.dimensions import compared
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.scoring.result import is_overlooked, is_trap
from prioritizer.workshop.views.cut import cut_view
from prioritizer.workshop.views.mirror_words import Shown, mirror_sentence
from prioritizer.workshop.views.plain import label, whole, whole_or_none

_LONGEST = 6
"""Most cards named in the sentence."""


@dataclass(frozen=True, slots=True)
class MirrorRow:
    """One use case in both orders. Places count lines from 1; ranks are shared by ties."""

    id: str
    label: str
    title: str
    lane: LaneId
    readiness: int
    demonstration: int | None
    show_place: int
    show_rank: int | None
    """None while no facet of its demonstration value is known; it then stands last."""
    show_tied: bool
    ready_place: int
    ready_rank: int
    ready_tied: bool
    moved: int
    """Places that the ranking lifts (+) or lowers (−) it against the order by show."""
    in_top_show: bool
    in_top_ready: bool
    trap: bool
    overlooked: bool


@dataclass(frozen=True, slots=True)
class MirrorView:
    """Both orders, and what they say to each other."""

    by_show: tuple[MirrorRow, ...]
    by_readiness: tuple[MirrorRow, ...]
    top: int
    """How many first places are compared."""
    rated: int
    """How many have a demonstration value."""
    kept: int
    """How many of the first by show are also among the first by readiness."""
    sentence: str
    cut: str = ""
    """What the vote alone would have kept of the long list; "" where none was cut."""


def mirror_view(snapshot: Snapshot, evaluation: Evaluation, top: int | None = None) -> MirrorView:
    """Both orders and the one sentence.

    Args:
        snapshot: The session.
        evaluation: Its evaluation.
        top: How many first places to compare; else as many as can be piloted
            first, at least the session's own number, at most six, and at most
            half of those rated: comparing all with all says nothing.
    """
    order = [int(row) for row in evaluation.order]
    ready_place = {row: place for place, row in enumerate(order, 1)}
    values = {row: _value(evaluation, row) for row in order}
    # Ties in the order by show stand by number: neither order may decorate the other.
    numbers = {row: snapshot.use_cases[evaluation.inputs.ids[row]].number for row in order}
    shown = sorted(order, key=lambda r: (-_or_last(values[r]), numbers[r]))
    ranks = _competition_ranks(shown, values)
    first = LANES.index("pilot-first")
    pilots = sum(int(evaluation.columns.lanes[row]) == first for row in order)
    if top is None:
        half = max(1, sum(v is not None for v in values.values()) // 2)
        top = min(max(snapshot.top, pilots), _LONGEST, half)

    by_row: dict[int, MirrorRow] = {}
    for place, row in enumerate(shown, 1):
        use_case = snapshot.use_cases[evaluation.inputs.ids[row]]
        rank, tied = ranks[row]
        by_row[row] = MirrorRow(
            id=use_case.id,
            label=label(use_case),
            title=use_case.title,
            lane=LANES[int(evaluation.columns.lanes[row])],
            readiness=whole(float(evaluation.columns.readiness[row])),
            demonstration=whole_or_none(float(evaluation.columns.demonstration[row])),
            show_place=place,
            show_rank=rank,
            show_tied=tied,
            ready_place=ready_place[row],
            ready_rank=int(evaluation.ranks[row]),
            ready_tied=bool(evaluation.tied[row]),
            moved=place - ready_place[row],
            in_top_show=rank is not None and rank <= top,
            in_top_ready=int(evaluation.ranks[row]) <= top,
            trap=is_trap(evaluation, row),
            overlooked=is_overlooked(evaluation, row),
        )
    by_show = tuple(by_row[row] for row in shown)
    title = snapshot.preset.lane_title("pilot-first")
    cards = [Shown(r.label, r.show_rank, r.lane == "pilot-first") for r in by_show]
    earlier = cut_view(snapshot)
    return MirrorView(
        by_show=by_show,
        by_readiness=tuple(by_row[row] for row in order),
        top=top,
        rated=sum(r.show_rank is not None for r in by_show),
        kept=sum(r.in_top_show and r.in_top_ready for r in by_show),
        sentence=mirror_sentence(cards, top, title),
        cut=""
        if earlier is None
        else f"When the long list was cut: {earlier.words[0].lower()}{earlier.words[1:]}",
    )


def _value(evaluation: Evaluation, row: int) -> float | None:
    value = float(evaluation.columns.demonstration[row])
    return None if math.isnan(value) else compared(value)


def _or_last(value: float | None) -> float:
    return -1.0 if value is None else value


def _competition_ranks(
    shown: list[int], values: dict[int, float | None]
) -> dict[int, tuple[int | None, bool]]:
    """Rank by value (1, 2, 2, 4) and whether it is shared; none without a value."""
    ranks: dict[int, tuple[int | None, bool]] = {}
    sizes: dict[float | None, int] = {}
    firsts: dict[float | None, int] = {}
    for place, row in enumerate(shown, 1):
        sizes[values[row]] = sizes.get(values[row], 0) + 1
        firsts.setdefault(values[row], place)
    for row in shown:
        value = values[row]
        ranks[row] = (None, False) if value is None else (firsts[value], sizes[value] > 1)
    return ranks
