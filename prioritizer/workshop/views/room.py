"""The room at a glance: what is open, who is waited for, what was revealed; and consequences in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from prioritizer.facilitation.roster import voters, waiting_for
from prioritizer.model.session import Snapshot
from prioritizer.text.phrases import counted, listed
from prioritizer.workshop.views.reveal import RevealCell, reveal_cells

FILE_WORDS = (
    "Answers are hidden on every screen until the reveal; whoever holds the file can read them all the same."
)


@dataclass(frozen=True, slots=True)
class Progress:
    """One person in the open rounds."""

    id: str
    name: str
    answered: int
    asked: int

    @property
    def done(self) -> bool:
        return self.answered >= self.asked


@dataclass(frozen=True, slots=True)
class Question:
    """One cell of one person's ballot."""

    use_case: str
    number: int
    title: str
    criterion: str
    answered: bool


@dataclass(frozen=True, slots=True)
class RoomView:
    """All rounds that count, as anybody may see them.

    Attributes:
        cells: A criterion at a time.
        people: Who is here and votes, with progress in the open rounds, in roster order.
        listening: How many are here and do not vote.
        away: How many are on the roster and not here.
        voided: How many rounds were taken out.
        not_asked: Cells that are asked in the room and have no round yet.
    """

    cells: tuple[RevealCell, ...]
    people: tuple[Progress, ...]
    listening: int
    away: int
    voided: int
    not_asked: int

    @property
    def open(self) -> tuple[RevealCell, ...]:
        """Cells that take answers now."""
        return tuple(c for c in self.cells if c.status == "open")

    @property
    def revealed(self) -> tuple[RevealCell, ...]:
        """Cells whose last round is revealed."""
        return tuple(c for c in self.cells if c.status == "revealed")

    @property
    def complete(self) -> bool:
        """Everybody who is here and votes has answered every open cell."""
        return all(c.states.complete for c in self.open)

    def summary(self) -> str:
        """One sentence: how far the room is."""
        if not self.cells and not self.voided:
            return "No round was opened yet."
        parts = []
        if self.open:
            answers = sum(c.states.answered for c in self.open)
            asked = sum(c.states.asked for c in self.open)
            parts.append(f"{counted(len(self.open), 'cell')} open, {answers:,} of {asked:,} answers in")
        if self.revealed:
            parts.append(f"{counted(len(self.revealed), 'cell')} revealed")
        if self.voided:
            parts.append(f"{counted(self.voided, 'round')} void")
        return f"{listed(parts)}."

    def lines(self) -> list[str]:
        """Text for a terminal."""
        found = [self.summary()]
        if self.open:
            waiting = [f"{p.name} ({p.answered} of {p.asked})" for p in self.people if not p.done]
            found.append(
                f"Waiting for {listed(waiting)}." if waiting else "Everybody who is here has answered."
            )
            found.append(FILE_WORDS)
        for cell in self.cells:
            found.append(cell.words())
            if cell.pattern is not None and cell.pattern.contested:
                found.append(f"  {cell.pattern.move}")
        return found

    def document(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "cells": [c.document() for c in self.cells],
            "participants": [
                {"id": p.id, "name": p.name, "answered": p.answered, "asked": p.asked} for p in self.people
            ],
            "complete": self.complete,
            "void": self.voided,
            "not_asked": self.not_asked,
        }


def room_view(
    snapshot: Snapshot,
    *,
    use_cases: Sequence[str] | None = None,
    criteria: Sequence[str] | None = None,
    facilitator: bool = False,
) -> RoomView:
    """The room, or a part of its cells.

    Args:
        snapshot: What anybody may see.
        use_cases: Ids; all live ones if none.
        criteria: Ids; all if none.
        facilitator: As for `reveal_cell`.
    """
    cells = tuple(reveal_cells(snapshot, use_cases=use_cases, criteria=criteria, facilitator=facilitator))
    opened = [c for c in cells if c.status == "open"]
    voting = voters(snapshot.participants)
    missing: dict[str, int] = {}
    for cell in opened:
        for name in cell.waiting:
            missing[name] = missing.get(name, 0) + 1
    named = [p for p in snapshot.participants if p.name]
    asked = {c for c in snapshot.preset.criterion_ids if snapshot.how_asked(c) == "room"}
    held = {(c.use_case, c.criterion) for c in cells}
    chosen = [u for u in snapshot.live() if use_cases is None or u.id in use_cases]
    return RoomView(
        cells=cells,
        people=tuple(
            Progress(p.id, p.name, len(opened) - missing.get(p.name, 0), len(opened)) for p in voting
        ),
        listening=sum(p.present and not p.voter for p in named),
        away=sum(not p.present for p in named),
        voided=sum(
            r.status == "void" and r.number > 0 for u in chosen for rs in u.rounds.values() for r in rs
        ),
        not_asked=sum(
            (u.id, c) not in held for u in chosen for c in asked if criteria is None or c in criteria
        ),
    )


def ballot_of(snapshot: Snapshot, participant: str) -> tuple[Question, ...]:
    """One person's open cells, a criterion at a time: what is passed on with the keyboard."""
    person = snapshot.participant(participant)
    if person is None:
        return ()
    found = []
    for criterion in snapshot.preset.criterion_ids:
        for case in snapshot.live():
            last = next((r for r in reversed(case.rounds.get(criterion, ())) if r.status == "open"), None)
            if last is not None:
                waiting = any(p.id == participant for p in waiting_for(last, (person,)))
                found.append(Question(case.id, case.number, case.title, criterion, not waiting))
    return tuple(found)


def asking_words(snapshot: Snapshot, criterion: str, how: str) -> str:
    """What follows from asking a criterion another way, in one or two sentences."""
    preset = snapshot.preset
    found = preset.find_criterion(criterion)
    title = f"{criterion} {found.title}"
    if how == "off":
        if criterion in preset.essential():
            return f"{title} carries a gate or a part of the class, so it cannot be switched off."
        dimension = preset.find_dimension(found.dimension).title
        return f"{title} leaves {dimension}: it counts for nothing, and the shortlist says so."
    if how == "room":
        cases = sum(1 for _ in snapshot.live())
        people = len(voters(snapshot.participants))
        return (
            f"{title} becomes a blind ballot: {counted(cases, 'more cell')} for "
            f"{counted(people, 'voter')}. Nobody has to bring it, and none of its new levels is claimed."
        )
    role = next((r.title for r in preset.role if r.id == found.role), "whoever knows it")
    named = [p for p in snapshot.participants if p.name]
    here = not named or any(p.present and p.role == found.role for p in named)
    if here:
        return f"{title} is brought by {role}, with what it rests on; there is no ballot about it."
    lane = preset.lane_title("pilot-first")
    return (
        f"{title} is to be brought by {role}, and nobody here has that role: its levels stand as claimed, "
        f"keep a use case out of “{lane}”, and become something to find out."
    )
