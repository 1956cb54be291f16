"""The library's own words for the common commands."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from prioritizer.model.session import Snapshot, UseCase
from prioritizer.workshop.find import find_participant, find_use_case

if TYPE_CHECKING:
    from prioritizer.workshop.commands.base import Command
    from prioritizer.workshop.service import Done


class Shorthand(ABC):
    """What a script does with a `Workshop` most often: add a candidate, rate it, answer a gate."""

    @property
    @abstractmethod
    def snapshot(self) -> Snapshot:
        """As `Workshop.snapshot`."""

    @abstractmethod
    def do(self, command: Command) -> Done:
        """As `Workshop.do`."""

    def find(self, wanted: str) -> UseCase:
        """A use case by id, ``#number`` or exact title; see `find_use_case`."""
        return find_use_case(self.snapshot, wanted)

    def add_use_case(
        self,
        title: str,
        task: str = "",
        *,
        note: str = "",
        tags: Sequence[str] = (),
        proposer: str = "",
        systems: Sequence[str] | None = None,
        logins: int | None = None,
        cases_month: float | None = None,
        minutes_each: float | None = None,
    ) -> UseCase:
        """Adds a candidate; returns once it is durable.

        Raises:
            PrioritizerError: The title is empty.
        """
        from prioritizer.workshop.commands.collect import AddUseCases, NewUseCase

        item = NewUseCase(
            title=title,
            task=task,
            note=note,
            tags=tags,
            proposer=proposer,
            systems=systems,
            logins=logins,
            cases_month=cases_month,
            minutes_each=minutes_each,
        )
        done = self.do(AddUseCases([item]))
        return self.snapshot.use_cases[done.made[0]]

    def rate(
        self,
        use_case: UseCase | str,
        criterion: str,
        level: int | str | None,
        *,
        by: str | None = None,
        evidence: str | None = None,
        note: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Agrees a level, or records one participant's answer.

        Args:
            use_case: A use case, its id, ``#number`` or exact title.
            criterion: Id of a criterion.
            level: 0–4; none takes the agreed level back; with ``by`` also ``?`` or ``-``.
            by: A participant's name or id.
            evidence: ``opinion``, ``reported``, ``document`` or ``measured``.
            note: What it rests on.
            reason: Why it differs from the room value.

        Raises:
            PrioritizerError: Something is unknown, or the level is none.
        """
        from prioritizer.workshop.commands.rate import Rate, Vote

        case = self._case(use_case)
        if by is not None:
            self.do(Vote(case.id, criterion, find_participant(self.snapshot, by), str(level)))
            return
        self.do(Rate(case.id, criterion, _level(level), evidence=evidence, note=note, reason=reason))

    def answer_gate(
        self, use_case: UseCase | str, gate: str, answer: str | None, note: str | None = None
    ) -> None:
        """Answers a yes/no gate; none takes the answer back.

        Raises:
            PrioritizerError: The gate, or the answer, is not one of the preset's.
        """
        from prioritizer.workshop.commands.gate import AnswerGate

        self.do(AnswerGate(self._case(use_case).id, gate, answer, note))

    def _case(self, use_case: UseCase | str) -> UseCase:
        if isinstance(use_case, UseCase):
            return use_case
        return self.find(use_case)


def _level(level: int | str | None) -> int | None:
    from prioritizer.workshop.commands.rate import check_level

    return None if level is None else check_level(level)
