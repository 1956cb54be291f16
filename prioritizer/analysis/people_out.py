"""Whose absence changes the shortlist, and what the proposers' own ratings do to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.ballots import ballots_in_force
from prioritizer.analysis.fixed import first_rows
from prioritizer.model.session import Snapshot
from prioritizer.scoring.evaluate import Evaluation, evaluate_rows
from prioritizer.scoring.inputs import lower_median, title_key


@dataclass(frozen=True, slots=True)
class Without:
    """The shortlist without some answers.

    Attributes:
        person: `Participant.index` of who is left out; −1 for all proposers.
        answers: How many levels were left out.
        gone: Ids that leave the shortlist.
        new: Ids that enter it.
        reordered: The same set, in another order.
    """

    person: int
    answers: int
    gone: tuple[str, ...]
    new: tuple[str, ...]
    reordered: bool

    @property
    def changes(self) -> bool:
        """Whether the set of those on the shortlist changes."""
        return bool(self.gone)


def leave_one_out(snapshot: Snapshot, evaluation: Evaluation, top: int) -> list[Without]:
    """For each participant whose answers are in force: the shortlist without them.

    Names are for the facilitator's own screen; a room is told how many, never who.

    Args:
        snapshot: The session as anybody may see it.
        evaluation: Its ranking.
        top: Size of the shortlist.
    """
    ballots = ballots_in_force(evaluation.rules, list(snapshot.live()))
    found = []
    for person in ballots.people.tolist():
        left_out = np.zeros(ballots.answers.shape, dtype=np.bool_)
        left_out[:, person] = True
        found.append(_without(snapshot, evaluation, top, left_out, person))
    return found


def without_proposers(snapshot: Snapshot, evaluation: Evaluation, top: int) -> Without:
    """The shortlist when nobody's answer counts on the use case that they proposed themselves.

    Proposer and participant are the same person where their names are, but for case.
    """
    use_cases = list(snapshot.live())
    ballots = ballots_in_force(evaluation.rules, use_cases)
    by_name = {title_key(p.name.strip()): p.index for p in snapshot.participants if p.name.strip()}
    people = ballots.answers.shape[1]
    left_out = np.zeros((len(ballots.rows), people), dtype=np.bool_)
    for cell, row in enumerate(ballots.rows.tolist()):
        proposer = by_name.get(title_key(use_cases[row].proposer.strip()), -1)
        if 0 <= proposer < people:
            left_out[cell, proposer] = True
    return _without(snapshot, evaluation, top, left_out, -1)


def _without(
    snapshot: Snapshot, evaluation: Evaluation, top: int, left_out: npt.NDArray[np.bool_], person: int
) -> Without:
    rules, inputs = evaluation.rules, evaluation.inputs
    ballots = ballots_in_force(rules, list(snapshot.live()))
    answers = np.where(left_out, np.uint8(255), ballots.answers).astype(np.uint8)
    levels = inputs.levels.copy()
    if len(ballots.rows):
        levels[ballots.rows, ballots.columns] = lower_median(answers)
    changed = replace(inputs, levels=levels)
    now = evaluation.order[:top].tolist()
    then = first_rows(rules, changed, evaluate_rows(rules, changed), top)
    ids = inputs.ids
    return Without(
        person=person,
        answers=int(np.count_nonzero(left_out & (ballots.answers <= 4))),
        gone=tuple(ids[row] for row in now if row not in then),
        new=tuple(ids[row] for row in then if row not in now),
        reordered=set(now) == set(then) and now != then,
    )
