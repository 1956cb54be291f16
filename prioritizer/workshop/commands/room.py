"""The room: rounds are opened, voted on again, voided; a new wording asks whether it means the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.text.nearest import did_you_mean
from prioritizer.text.phrases import counted
from prioritizer.workshop.commands.base import Draftsman, Given, Plan, clean_line, clean_note, get_use_case
from prioritizer.workshop.commands.collect import EditUseCase
from prioritizer.workshop.commands.frame import check_criterion
from prioritizer.workshop.commands.rate import find_open_round
from prioritizer.workshop.commands.rounds import ANSWERED, live_case, open_round

MOST_ROUNDS = 3
"""Rounds for one cell; then the rule that was agreed at the start decides (rubric §7)."""


@dataclass(frozen=True)
class OpenRound:
    """Asks the room: opens a round for some cells.

    Cells that were revealed are left alone (see `Revote`), as are those that are open already.
    """

    kind: ClassVar[str] = "round"
    use_cases: Sequence[str] | None = None
    """None: every live one."""
    criteria: Sequence[str] | None = None
    """None: all that are asked in the room."""

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        cases = _cases(snapshot, self.use_cases)
        criteria = _asked(snapshot, self.criteria)
        d = Draftsman(snapshot, given)
        for criterion in criteria:
            for case in cases:
                if not any(r.status != "void" for r in case.rounds.get(criterion, ())):
                    open_round(d, case, criterion)
        plan = d.plan()
        if not plan.writes:
            raise PrioritizerError(_nothing_to_open(cases, criteria))
        return plan


@dataclass(frozen=True)
class Revote:
    """Asks again about one cell: the next round, for that cell only."""

    kind: ClassVar[str] = "revote"
    use_case: str
    criterion: str

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        check_criterion(snapshot, self.criterion)
        case = live_case(snapshot, self.use_case)
        where = f"#{case.number} {self.criterion}"
        if find_open_round(case, self.criterion) is not None:
            raise PrioritizerError(f"A round is open for {where}; reveal it before you vote again.")
        held = sum(r.status == "revealed" for r in case.rounds.get(self.criterion, ()))
        if not held:
            raise PrioritizerError(f"Nothing was revealed for {where} yet; open a first round there.")
        if held >= MOST_ROUNDS:
            raise PrioritizerError(
                f"{where} had {held} rounds; now the rule decides that you agreed on at the start."
            )
        d = Draftsman(snapshot, given)
        open_round(d, case, self.criterion)
        return d.plan()


@dataclass(frozen=True)
class VoidRounds:
    """Takes rounds out that are open or were revealed: their answers count for nothing any more."""

    kind: ClassVar[str] = "void"
    use_case: str | None = None
    """None: all."""
    criterion: str | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        for case in _cases(snapshot, None if self.use_case is None else [self.use_case]):
            for criterion, rounds in case.rounds.items():
                if self.criterion is not None and criterion != self.criterion:
                    continue
                last = next((r for r in reversed(rounds) if r.status != "void"), None)
                if last is not None:
                    d.put("round", (case.id, criterion, last.id), status="void")
        plan = d.plan()
        if not plan.writes:
            raise PrioritizerError("No round was held there, so there is nothing to void.")
        return plan


@dataclass(frozen=True)
class Reword:
    """Changes title or task of a use case that people may have answered already.

    If the meaning is another one, its rounds are void, and the levels that were agreed on them
    are taken back: nobody has answered the new question.
    """

    kind: ClassVar[str] = "reword"
    use_case: str
    title: str | None = None
    task: str | None = None
    same_meaning: bool | None = None
    """None: not asked yet, which is refused where there are answers."""

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        case = get_use_case(snapshot, self.use_case)
        edit = EditUseCase(case.id, title=self.title, task=self.task).plan(snapshot, given)
        held = rounds_held(case)
        if not held or not _says_more(case, self.title, self.task):
            return edit
        if self.same_meaning is None:
            raise PrioritizerError(
                f"#{case.number} has been answered in {counted(len(held), 'round')}. Does the new wording "
                "mean the same? Say yes to keep them, or no to void them."
            )
        if self.same_meaning:
            return edit
        d = Draftsman(snapshot, given)
        columns = snapshot.preset.criterion_index()
        for criterion, round_id in held:
            d.put("round", (case.id, criterion, round_id), status="void")
        for criterion in dict.fromkeys(c for c, _ in held):
            if criterion in columns and case.level(columns[criterion]) is not None:
                d.put("agreed_level", (case.id, criterion), **_NO_LEVEL)
        return Plan((*edit.writes, *d.plan().writes), edit.names)


_NO_LEVEL = dict.fromkeys(("level", "evidence", "measured_on", "reason", "claimed", "note"))


def rounds_held(case: UseCase) -> list[tuple[str, str]]:
    """Criterion and id of each round of a use case that holds an answer and counts."""
    return [
        (criterion, each.id)
        for criterion, rounds in case.rounds.items()
        for each in rounds
        if each.status != "void" and any(code in ANSWERED for code in each.answers)
    ]


def asks_meaning(case: UseCase, title: str | None = None, task: str | None = None) -> bool:
    """Whether a new wording needs the question "same meaning?"."""
    return bool(rounds_held(case)) and _says_more(case, title, task)


def _says_more(case: UseCase, title: str | None, task: str | None) -> bool:
    return (title is not None and clean_line(title) != case.title) or (
        task is not None and clean_note(task) != case.task
    )


def _cases(snapshot: Snapshot, wanted: Sequence[str] | None) -> list[UseCase]:
    if wanted is None:
        return list(snapshot.live())
    return [live_case(snapshot, each) for each in dict.fromkeys(wanted)]


def _asked(snapshot: Snapshot, wanted: Iterable[str] | None) -> list[str]:
    if wanted is None:
        found = [c for c in snapshot.preset.criterion_ids if snapshot.how_asked(c) == "room"]
        if not found:
            raise PrioritizerError(
                "Nothing is asked in the room; switch a criterion to “room” in Frame first."
            )
        return found
    chosen = list(dict.fromkeys(wanted))
    for criterion in chosen:
        check_criterion(snapshot, criterion)
        how = snapshot.how_asked(criterion)
        if how != "room":
            room = [c for c in snapshot.preset.criterion_ids if snapshot.how_asked(c) == "room"]
            meant = did_you_mean(criterion, room)
            state = "is switched off" if how == "off" else "is brought before the session"
            raise PrioritizerError(
                f"{criterion} {state}, so there is no ballot about it; "
                f"switch it to “room” in Frame to ask everybody.{meant}"
            )
    return chosen


def _nothing_to_open(cases: Sequence[UseCase], criteria: Sequence[str]) -> str:
    if not cases:
        return "There is no use case to ask about yet; add one first."
    still = sum(find_open_round(u, c) is not None for u in cases for c in criteria)
    if still:
        return f"A round is open already for {counted(still, 'cell')}; reveal or void it first."
    return "All of these cells were revealed; vote again about one cell at a time."
