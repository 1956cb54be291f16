"""What all commands about rounds share: which round takes an answer, its number, its reveal."""

from __future__ import annotations

from collections.abc import Collection

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import ABSTAIN, DONT_KNOW, HIDDEN, NOT_ASKED, Round, Snapshot, UseCase
from prioritizer.workshop.commands.base import Draftsman, get_use_case

ANSWERS = ("0", "1", "2", "3", "4", "?", "-")
"""What a participant may answer."""

ANSWERED = frozenset({0, 1, 2, 3, 4, DONT_KNOW, ABSTAIN, HIDDEN})
"""Bytes of a round that are an answer, also where it is masked."""


def close_round(
    d: Draftsman,
    case: UseCase,
    criterion: str,
    round_id: str,
    answers: bytes,
    answering: Collection[str] = (),
) -> None:
    """Writes a reveal, and who was asked without answering.

    Args:
        d: Collects the writes.
        case: Whose cell it is.
        criterion: Of the cell.
        round_id: The open round.
        answers: What it holds so far.
        answering: Ids of those whose answers come with this very step.
    """
    d.put("round", (case.id, criterion, round_id), status="revealed")
    for person in d.snapshot.participants:
        if person.name and person.present and person.voter and person.id not in answering:
            given = answers[person.index] if person.index < len(answers) else NOT_ASKED
            if given == NOT_ASKED:
                d.put("answer", (case.id, criterion, round_id, person.id), answer="pending")


def round_to_answer(case: UseCase, criterion: str) -> Round | None:
    """The round that takes an answer now; none where the answer opens the first one.

    Raises:
        PrioritizerError: The room has seen the answers; only a new round takes another one.
    """
    for each in reversed(case.rounds.get(criterion, ())):
        if each.status == "open":
            return each
        if each.status == "revealed":
            raise PrioritizerError(
                f"#{case.number} {criterion} is revealed; open the next round there to vote again."
            )
    return None


def next_number(case: UseCase, criterion: str) -> int:
    """The number of the next round of a cell; one whose opening was undone has none."""
    return max((r.number for r in case.rounds.get(criterion, ())), default=0) + 1


def open_round(d: Draftsman, case: UseCase, criterion: str) -> str:
    """Opens the next round of a cell; returns its id."""
    made = d.make()
    d.put("round", (case.id, criterion, made), number=next_number(case, criterion), status="open")
    return made


def live_case(snapshot: Snapshot, use_case: str) -> UseCase:
    """A use case that the room is asked about.

    Raises:
        PrioritizerError: It is parked or merged away.
    """
    case = get_use_case(snapshot, use_case)
    if not case.live:
        state = "merged into another one" if case.merged_into else "in the parking lot"
        raise PrioritizerError(f"#{case.number} is {state}, so the room is not asked about it.")
    return case
