"""One reading of the session for the ranking, made off the event loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.model.terms import LANES
from prioritizer.tui.screens import rank_rows as rr
from prioritizer.tui.screens.rank_whatif import Trial

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.model.session import Snapshot
    from prioritizer.workshop.service import Workshop
    from prioritizer.workshop.views.plain import Evaluation
    from prioritizer.workshop.views.rank import RankRow, RankView
    from prioritizer.workshop.views.whatif import BlendRow


@dataclass(frozen=True)
class Seen:
    """All that is on the screen belongs to one moment of the session.

    Attributes:
        stored: The session as it is.
        snapshot: The same, or with what is tried.
        evaluation: Of `snapshot`.
        view: The rows.
        trial: What is tried; none outside a what-if.
        sentence: What that does.
        blended: The order with show mixed in, by use case; empty without it.
    """

    stored: Snapshot
    snapshot: Snapshot
    evaluation: Evaluation
    view: RankView
    trial: Trial | None
    sentence: str
    blended: dict[str, BlendRow]

    @property
    def dimensions(self) -> list[str]:
        """Ids of the readiness dimensions."""
        return [d.id for d in self.snapshot.preset.with_role("readiness")]

    @property
    def knows_nothing(self) -> bool:
        """Whatever is ranked still waits for facts."""
        lanes = self.evaluation.columns.lanes
        return len(lanes) > 0 and bool((lanes == LANES.index("find-out")).all())

    def ids(self) -> tuple[str, ...]:
        """The rows in the order in which they are shown."""
        ids = self.view.ids()
        if not self.blended:
            return ids
        kept = set(ids)
        return tuple(id_ for id_ in self.blended if id_ in kept)

    def columns(self, width: int) -> rr.Layout:
        """Columns for a list of this width."""
        columns = self.evaluation.columns
        return rr.layout(
            width,
            total=max((u.number for u in self.snapshot.use_cases.values()), default=0),
            dimensions=len(self.dimensions),
            loose=bool((columns.readiness_low != columns.readiness_high).any()),
            moving=self.trial is not None,
            tied=bool(self.evaluation.tied.any()) or any(b.tied for b in self.blended.values()),
        )

    def row(self, key: str) -> RankRow | None:
        """A row, in a blend with the place that it has there."""
        row = self.view.row(key)
        blend = self.blended.get(key)
        if row is None or blend is None:
            return row
        from dataclasses import replace

        from prioritizer.workshop.views.rank import Change

        places = blend.rank_by_rules - blend.rank
        change = Change(places, None) if places else None
        return replace(row, rank=blend.rank, tied=blend.tied, change=change)


def one_moment(workshop: Workshop) -> tuple[Snapshot, Evaluation]:
    """The session and its evaluation, of the same moment."""
    while True:  # a commit in between would mix two
        snapshot, evaluation = workshop.snapshot, workshop.evaluation
        if workshop.snapshot is snapshot:
            return snapshot, evaluation


def read(workshop: Workshop, query: str, trial: Trial | None) -> Seen:
    """Reads the session; takes its time in a long one."""
    from prioritizer.workshop.views.rank import rank_view

    snapshot, evaluation = one_moment(workshop)
    if trial is None:
        view = rank_view(snapshot, evaluation, query=query)
        return Seen(snapshot, snapshot, evaluation, view, None, "", {})
    from prioritizer.workshop.views.whatif import what_if

    after = what_if(snapshot, evaluation, trial.of(snapshot.use_cases).as_what_if())
    view = rank_view(after.snapshot, after.evaluation, evaluation, query)
    blended = {row.id: row for row in after.blended}
    return Seen(snapshot, after.snapshot, after.evaluation, view, trial, after.sentence, blended)


def as_rows(seen: Seen, width: int) -> list[list[tuple[str, str]]]:
    """The ranking as rows of text, all of it."""
    at = seen.columns(width)
    rows = [rr.header(at, seen.dimensions)]
    if seen.blended:
        shown = [seen.row(id_) for id_ in seen.ids()]
        return rows + [draw_row(seen, row, at) for row in shown if row is not None]
    for group in seen.view.lanes:
        rows += [[], rr.heading_parts(group, width)]
        rows += [draw_row(seen, row, at) for row in seen.view.rows(group.first, group.first + group.count)]
    return rows


def draw_row(seen: Seen, row: RankRow, at: rr.Layout) -> list[tuple[str, str]]:
    """One row of the ranking."""
    return rr.row_parts(row, at, seen.snapshot.preset.lane_title(row.lane_by_rules))
