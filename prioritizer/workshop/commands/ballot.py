"""Ballots: answers of one or many people, which enter whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.text.clean import clean_error
from prioritizer.workshop.commands.base import Draftsman, Given, Plan
from prioritizer.workshop.commands.frame import check_criterion
from prioritizer.workshop.commands.rounds import (
    ANSWERED,
    ANSWERS,
    close_round,
    live_case,
    open_round,
    round_to_answer,
)

Cell = tuple[str, str]
"""Use case id and criterion id."""


@dataclass(frozen=True, slots=True)
class BallotAnswer:
    """One person's answer to one cell."""

    participant: str
    use_case: str
    criterion: str
    answer: str
    """``0`` to ``4``, ``?`` or ``-``."""


@dataclass(frozen=True)
class CastBallots:
    """Answers of one or many people to one or many cells: one operation, one undo."""

    kind: ClassVar[str] = "ballot"
    answers: Sequence[BallotAnswer]
    correct: bool = False
    """A later answer of the same person replaces the one that is there, before the reveal."""
    reveal: bool = False
    """Close the rounds of these cells at once."""

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        if not self.answers:
            raise PrioritizerError("There is no answer in this ballot.")
        box = BallotBox(snapshot, given, correct=self.correct)
        for each in self.answers:
            box.put(each)
        return box.plan(reveal=self.reveal)


class BallotBox:
    """Takes answers one by one and refuses those that cannot be; nothing is written before `plan`.

    Args:
        snapshot: The session.
        given: For new rounds.
        correct: Whether somebody who has answered may answer again before the reveal.
    """

    def __init__(self, snapshot: Snapshot, given: Given, *, correct: bool = False) -> None:
        self._d = Draftsman(snapshot, given)
        self._snapshot = snapshot
        self._people = {p.id: p for p in snapshot.participants if p.name}
        self._correct = correct
        self._rounds: dict[Cell, tuple[UseCase, str, bytes]] = {}
        self._taken: dict[Cell, set[str]] = {}

    def put(self, each: BallotAnswer) -> None:
        """Takes one answer.

        Raises:
            PrioritizerError: The person, cell or answer cannot be, or the person has answered.
        """
        person = self._people.get(each.participant)
        if person is None:
            raise PrioritizerError("That person is not on the roster.")
        if not person.voter:
            raise PrioritizerError(f"{clean_error(person.name)} does not vote in this session.")
        if each.answer not in ANSWERS:
            raise PrioritizerError(f"“{clean_error(each.answer)}” is no answer; it takes 0 to 4, ? or -.")
        cell = (each.use_case, each.criterion)
        case, round_id, answers = self._round(cell)
        before = answers[person.index : person.index + 1]
        taken = self._taken.setdefault(cell, set())
        again = person.id in taken or bool(before and before[0] in ANSWERED)
        if again and not self._correct:
            raise PrioritizerError(
                f"{clean_error(person.name)} has answered #{case.number} {each.criterion} already; "
                "a second ballot does not count."
            )
        taken.add(person.id)
        self._d.put("answer", (*cell, round_id, person.id), answer=each.answer)

    def plan(self, *, reveal: bool = False) -> Plan:
        """All that was taken."""
        if reveal:
            for cell, (case, round_id, answers) in self._rounds.items():
                close_round(self._d, case, cell[1], round_id, answers, self._taken.get(cell, ()))
        return self._d.plan()

    def _round(self, cell: Cell) -> tuple[UseCase, str, bytes]:
        known = self._rounds.get(cell)
        if known is None:
            check_criterion(self._snapshot, cell[1])
            case = live_case(self._snapshot, cell[0])
            if self._snapshot.how_asked(cell[1]) == "off":
                raise PrioritizerError(f"{cell[1]} is switched off in this session.")
            found = round_to_answer(case, cell[1])
            if found is None:
                known = (case, open_round(self._d, case, cell[1]), b"")
            else:
                known = (case, found.id, found.answers)
            self._rounds[cell] = known
        return known
