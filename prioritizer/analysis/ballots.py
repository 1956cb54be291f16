"""The ballots behind the room values: who said what, where nothing else was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prioritizer.model.session import NOT_ASKED, UNKNOWN, UseCase
from prioritizer.scoring.inputs import lower_median
from prioritizer.scoring.rules import Rules


@dataclass(frozen=True)
class Ballots:
    """The answers in force. q cells whose level is a room value, p participants.

    Attributes:
        rows: (q,) use case of each cell.
        columns: (q,) criterion of each cell.
        answers: (q, p) answer bytes by `Participant.index`; only 0–4 are levels.
        room: (q,) int8 the room value of each, −1 where nobody gave a level.
    """

    rows: npt.NDArray[np.intp]
    columns: npt.NDArray[np.intp]
    answers: npt.NDArray[np.uint8]
    room: npt.NDArray[np.int8]

    @property
    def people(self) -> npt.NDArray[np.intp]:
        """Indices of the participants who gave at least one of these levels."""
        return np.flatnonzero((self.answers <= 4).any(axis=0))

    def by_person(self, people: npt.NDArray[np.intp]) -> npt.NDArray[np.int8]:
        """(q, len(people)) each one's level; the room value where that person gave none."""
        theirs = self.answers[:, people]
        return np.where(theirs <= 4, theirs.view(np.int8), self.room[:, None]).astype(np.int8)


def ballots_in_force(rules: Rules, use_cases: Sequence[UseCase]) -> Ballots:
    """The last revealed round of every cell without an agreed level.

    Rounds that are open or void are not looked at: robustness must not tell what is not revealed.
    """
    index = rules.preset.criterion_index()
    rows: list[int] = []
    columns: list[int] = []
    found: list[bytes] = []
    for row, use_case in enumerate(use_cases):
        levels = use_case.levels
        for criterion, rounds in use_case.rounds.items():
            column = index.get(criterion)
            if column is None or (column < len(levels) and levels[column] != UNKNOWN):
                continue
            for last in reversed(rounds):
                if last.status == "revealed":
                    if last.answers:
                        rows.append(row)
                        columns.append(column)
                        found.append(last.answers)
                    break
    widest = max(map(len, found), default=0)
    joined = b"".join(each.ljust(widest, bytes([NOT_ASKED])) for each in found)
    answers = np.frombuffer(joined, dtype=np.uint8).reshape(len(found), widest)
    room = lower_median(answers) if found else np.empty(0, dtype=np.int8)
    return Ballots(np.array(rows, dtype=np.intp), np.array(columns, dtype=np.intp), answers, room)
