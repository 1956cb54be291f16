"""When nothing can be piloted first: the nearest, with the smallest set of fixes, by whom and when."""

from __future__ import annotations

from dataclasses import dataclass

from prioritizer.analysis.nearest import nearest
from prioritizer.model.session import Snapshot
from prioritizer.model.terms import LaneId
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.scoring.lanes import LANE
from prioritizer.workshop.views.fixes import Fix, fixes
from prioritizer.workshop.views.plain import Line, count, label, listed


@dataclass(frozen=True, slots=True)
class NearRow:
    """One use case with the smallest set of fixes that brings it into the first lane."""

    id: str
    label: str
    title: str
    lane: LaneId
    lane_title: str
    fixes: tuple[Fix, ...]
    steps: int
    roles: int


@dataclass(frozen=True, slots=True)
class NearView:
    """The nearest.

    Attributes:
        empty: The first lane is empty.
        rows: Nearest first.
        sentence: What is so, in one sentence.
        complete: False when there were too many candidates to look at all of them.
    """

    empty: bool
    rows: tuple[NearRow, ...]
    sentence: str
    complete: bool

    def lines(self) -> tuple[Line, ...]:
        """The same as lines."""
        found = [Line(self.sentence, "heading")]
        for row in self.rows:
            found.append(Line(f"{row.label} {row.title} · {row.lane_title}", "text"))
            found += [
                Line(fix.line(), "unknown" if fix.kind == "find-out" else "warn", 1) for fix in row.fixes
            ]
        return tuple(found)


def near_view(snapshot: Snapshot, evaluation: Evaluation, most: int = 3, look_at: int = 60) -> NearView:
    """The nearest to the first lane.

    Args:
        snapshot: The session.
        evaluation: Its evaluation.
        most: How many are shown.
        look_at: How many are worked out at most; a few hundredths of a second each.
    """
    preset = snapshot.preset
    found = nearest(snapshot, evaluation, most, look_at)
    rows = []
    for lift in found.lifts:
        use_case = snapshot.use_cases[lift.use_case]
        rows.append(
            NearRow(
                id=use_case.id,
                label=label(use_case),
                title=use_case.title,
                lane=lift.lane,
                lane_title=preset.lane_title(lift.lane),
                fixes=fixes(snapshot, use_case, lift),
                steps=lift.cost[1],
                roles=lift.cost[2],
            )
        )
    empty = not (evaluation.columns.lanes == LANE["pilot-first"]).any()
    sentence = _sentence(
        preset.lane_title("pilot-first"), rows, empty=bool(empty), nothing=not len(evaluation.order)
    )
    return NearView(bool(empty), tuple(rows), sentence, found.complete)


def _sentence(title: str, rows: list[NearRow], *, empty: bool, nothing: bool) -> str:
    if nothing:
        return "There is nothing to rank yet."
    head = f"Nothing is in “{title}”" if empty else f"Beside what is in “{title}”"
    if not rows:
        tail = ", and no fix brings anything there" if empty else ", no fix brings anything else there"
        return f"{head}{tail}."
    named = [
        f"{row.label} ({count(len(row.fixes))} {'fix' if len(row.fixes) == 1 else 'fixes'})" for row in rows
    ]
    verb = "is" if len(rows) == 1 else "are"
    return f"{head}{';' if empty else ','} nearest {verb} {listed(named)}."
