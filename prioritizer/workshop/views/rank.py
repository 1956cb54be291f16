"""The ranking as lanes and rows, made a page at a time.

A session may hold thousands of use cases; only the rows that are looked at are built.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from prioritizer.analysis.barriers import barriers
from prioritizer.model.session import Snapshot
from prioritizer.model.terms import CLASSES, LANES, ClassId, LaneId
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.scoring.findings import conditions
from prioritizer.scoring.result import is_overlooked, is_trap, shown
from prioritizer.workshop.views.card import matches
from prioritizer.workshop.views.plain import label, percent, whole


@dataclass(frozen=True, slots=True)
class Bar:
    """One dimension's score; ``score`` is none where it has none."""

    id: str
    title: str
    score: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit or a what-if did to one row; places up are positive."""

    places: int
    lane_before: LaneId | None
    """None if the lane stayed."""


@dataclass(frozen=True, slots=True)
class RankRow:
    """Everything that one row of the ranking shows. Scores are integers, rounded down."""

    id: str
    number: int
    label: str
    title: str
    place: int
    """Line in the whole ranking, from 1."""
    rank: int
    tied: bool
    lane: LaneId
    lane_by_rules: LaneId
    class_: ClassId
    readiness: int
    readiness_low: int
    readiness_high: int
    bars: tuple[Bar, ...]
    demonstration: int | None
    gap: int | None
    trap: bool
    overlooked: bool
    worth: int | None
    coverage: int
    """Percent of the questions of readiness and boundedness that have a level."""
    known: int
    asked: int
    claimed: int
    """How many levels are only claimed."""
    unproven: int
    """How many levels 3 or 4 stand on no document or measurement."""
    overridden: bool
    chosen: bool | None
    slice: str
    worst: str
    """What holds it most, in a clause; "" when nothing does."""
    conditions: int
    """How many things have to be done or found out."""
    change: Change | None


@dataclass(frozen=True, slots=True)
class LaneGroup:
    """One lane: its rows are lines ``first`` … ``first + count − 1`` of the view, from 0."""

    id: LaneId
    title: str
    meaning: str
    first: int
    count: int


@dataclass(frozen=True)
class RankView:
    """The ranking, or the part of it that a filter leaves.

    Attributes:
        lanes: The lanes that have rows, in rank order.
        count: Rows in this view.
        total: Rows in the whole ranking ("3 of 41").
        ready: How many are in the first lane, whatever the filter.
    """

    lanes: tuple[LaneGroup, ...]
    count: int
    total: int
    ready: int
    first_lane: str
    _snapshot: Snapshot
    _evaluation: Evaluation
    _rows: tuple[int, ...]
    _before: Evaluation | None

    def rows(self, start: int = 0, stop: int | None = None) -> tuple[RankRow, ...]:
        """Rows of this view by their lines, from 0."""
        return tuple(self._row(line, row) for line, row in enumerate(self._rows[start:stop], start))

    def row(self, use_case_id: str) -> RankRow | None:
        """One row by its use case; none if it is not in this view."""
        line = self.line(use_case_id)
        return None if line is None else self._row(line, self._rows[line])

    def ids(self) -> tuple[str, ...]:
        """Use case ids in order, without building rows."""
        return tuple(self._evaluation.inputs.ids[row] for row in self._rows)

    def line(self, use_case_id: str) -> int | None:
        """Line of a use case in this view, from 0."""
        row = self._evaluation.row_of.get(use_case_id)
        if row is None or row not in self._rows:
            return None
        return self._rows.index(row)

    def _row(self, line: int, row: int) -> RankRow:
        return _make_row(self._snapshot, self._evaluation, self._before, row)


def rank_view(
    snapshot: Snapshot, evaluation: Evaluation, before: Evaluation | None = None, query: str = ""
) -> RankView:
    """The ranking; rows are built when they are asked for.

    Args:
        snapshot: The session.
        evaluation: Its evaluation.
        before: An earlier evaluation, to show what changed.
        query: Keeps only cards whose title, task or tags hold these words, or ``#12``.
    """
    wanted = query.casefold().split()
    order = evaluation.order.tolist()
    kept = order
    if wanted:
        kept = [r for r in order if matches(snapshot.use_cases[evaluation.inputs.ids[r]], wanted)]
    lanes = evaluation.columns.lanes[kept] if kept else np.empty(0, dtype=np.int8)
    texts = {t.id: t.meaning for t in snapshot.preset.lane}
    groups: list[LaneGroup] = []
    first = 0
    for code, lane in enumerate(LANES):
        size = int((lanes == code).sum())
        if size:
            title = snapshot.preset.lane_title(lane)
            groups.append(LaneGroup(lane, title, texts.get(lane, ""), first, size))
            first += size
    return RankView(
        lanes=tuple(groups),
        count=len(kept),
        total=len(order),
        ready=int((evaluation.columns.lanes == LANES.index("pilot-first")).sum()),
        first_lane=snapshot.preset.lane_title("pilot-first"),
        _snapshot=snapshot,
        _evaluation=evaluation,
        _rows=tuple(kept),
        _before=before,
    )


def _make_row(snapshot: Snapshot, evaluation: Evaluation, before: Evaluation | None, row: int) -> RankRow:
    rules, columns = evaluation.rules, evaluation.columns
    use_case = snapshot.use_cases[evaluation.inputs.ids[row]]
    value, gap = shown(evaluation, row)
    levels = columns.levels[row]
    scores = {d.id: whole(float(columns.scores[row, i])) for i, d in enumerate(rules.readiness)}
    barring, open_questions = conditions(evaluation, row, use_case, snapshot)
    failed = barriers(snapshot, evaluation, use_case)
    worth = int(columns.worth[row])
    ready = snapshot.preset.with_role("readiness")
    return RankRow(
        id=use_case.id,
        number=use_case.number,
        label=label(use_case),
        title=use_case.title,
        place=int(np.flatnonzero(evaluation.order == row)[0]) + 1,
        rank=int(evaluation.ranks[row]),
        tied=bool(evaluation.tied[row]),
        lane=LANES[int(columns.lanes[row])],
        lane_by_rules=LANES[int(columns.lanes_by_rules[row])],
        class_=CLASSES[int(columns.classes[row])],
        readiness=whole(float(columns.readiness[row])),
        readiness_low=whole(float(columns.readiness_low[row])),
        readiness_high=whole(float(columns.readiness_high[row])),
        bars=tuple(Bar(d.id, d.title, scores.get(d.id)) for d in ready),
        demonstration=None if value is None else whole(value),
        gap=None if gap is None else whole(gap),
        trap=is_trap(evaluation, row),
        overlooked=is_overlooked(evaluation, row),
        worth=worth if worth >= 0 else None,
        coverage=percent(float(columns.coverage[row])),
        known=int((levels[rules.scored] >= 0).sum()),
        asked=len(rules.scored),
        claimed=int(columns.claimed[row].sum()),
        unproven=sum(
            bool(c.proof and levels[i] >= 3 and not columns.proven[row, i])
            for i, c in enumerate(rules.preset.criterion)
        ),
        overridden=bool(use_case.overrides),
        chosen=use_case.chosen,
        slice=use_case.slice,
        worst=failed[0].text if failed else "",
        conditions=len(barring) + len(open_questions),
        change=_change(evaluation, before, row),
    )


def _change(evaluation: Evaluation, before: Evaluation | None, row: int) -> Change | None:
    """None if it is new or stayed where it was."""
    if before is None or before is evaluation:
        return None
    old = before.row_of.get(evaluation.inputs.ids[row])
    if old is None:
        return None
    places = int(before.ranks[old]) - int(evaluation.ranks[row])
    was, now = LANES[int(before.columns.lanes[old])], LANES[int(evaluation.columns.lanes[row])]
    if not places and was == now:
        return None
    return Change(places, was if was != now else None)
