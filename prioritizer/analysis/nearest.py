"""The use cases that are nearest to *Pilot first*, by the smallest set of fixes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.lift import Lift, Lifter
from prioritizer.model.session import Snapshot
from prioritizer.scoring import gates as g
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.scoring.lanes import LANE


@dataclass(frozen=True, slots=True)
class Nearest:
    """Lifts in order: fewest fixes, then steps, then roles, then the place in the ranking.

    ``complete`` is false when there were more candidates than were looked at.
    """

    lifts: tuple[Lift, ...]
    complete: bool


def nearest(snapshot: Snapshot, evaluation: Evaluation, most: int = 3, look_at: int = 60) -> Nearest:
    """The nearest to *Pilot first* of those that are not there.

    Candidates are looked at in the order of a quick lower bound, so that most
    of them never have to be solved.

    Args:
        snapshot: The session.
        evaluation: Its evaluation.
        most: How many are wanted.
        look_at: How many are solved at most.
    """
    least = _least(evaluation)
    place = {int(row): i for i, row in enumerate(evaluation.order)}
    never = (LANE["out"], LANE["not-an-agent"], LANE["pilot-first"])
    rows = [int(r) for r in evaluation.order if int(evaluation.columns.lanes[r]) not in never]
    rows.sort(key=lambda row: (int(least[row]), place[row]))
    lifter = Lifter(evaluation)
    found: list[tuple[tuple[int, int, int], int, Lift]] = []
    for solved, row in enumerate(rows):
        if len(found) >= most and int(least[row]) > found[most - 1][0][0]:
            break
        if solved == look_at:
            return Nearest(tuple(lift for _, _, lift in found[:most]), False)
        lift = lifter.find(snapshot.use_cases[evaluation.inputs.ids[row]], "pilot-first")
        if lift is not None:
            found.append((lift.cost, place[row], lift))
            found.sort(key=lambda f: f[:2])
    return Nearest(tuple(lift for _, _, lift in found[:most]), True)


def _least(evaluation: Evaluation) -> npt.NDArray[np.int64]:
    """A lower bound on the changes of each row, (n,): what fails by itself and has no other way out."""
    rules, columns = evaluation.rules, evaluation.columns
    raised = {r.column for r in rules.raises}
    questions = [i for i, rule in enumerate(rules.gates) if rule.question >= 0]
    cells = columns.undone.copy()
    cells[:, rules.scored] |= columns.claimed[:, rules.scored]
    for position, rule in enumerate(rules.gates):
        if rule.column >= 0:
            cells[:, rule.column] |= columns.gates[:, position] != g.PASS
    if raised:
        # A raise may mend these without a change of their own.
        cells[:, sorted(raised)] = columns.claimed[:, sorted(raised)]
    failing = (columns.gates[:, questions] != g.PASS).sum(axis=1)
    return np.asarray(failing + cells.sum(axis=1), dtype=np.int64)
