"""One cell as the room sees it: who has answered, and after the reveal what, the pattern and its move.

Everything comes from the snapshot that anybody may see. Lowest and highest by name are facts for
the facilitator alone: a face asks for them only while the screen is declared private.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from prioritizer.facilitation.patterns import Pattern, find_pattern, movement
from prioritizer.facilitation.roster import States, states_of, waiting_for
from prioritizer.model.session import Round, RoundStatus, Snapshot, UseCase
from prioritizer.text.phrases import listed
from prioritizer.workshop.views.plain import Line, level_text


@dataclass(frozen=True, slots=True)
class RevealCell:
    """The last round of one cell that counts.

    Attributes:
        use_case: Id.
        number: Of the card.
        title: Of the card.
        criterion: Id.
        criterion_title: Of the criterion.
        round: Number of the round.
        rounds: How many rounds were revealed so far.
        status: ``open`` or ``revealed``.
        states: How many are in each state.
        room_value: Lower median of the last revealed round; none before the first.
        text: Text of the level that stands.
        agreed: The agreed level, if there is one.
        claimed: It stands as claimed.
        pattern: None before the reveal.
        agreement: Van der Eijk's A; nan where undefined, and before the reveal.
        moved: After a re-vote, what it changed.
        waiting: Names of those who are here, vote, and have not answered an open round.
        lowest: Names of who gave the lowest level; empty unless asked for by the facilitator.
        highest: Likewise.
    """

    use_case: str
    number: int
    title: str
    criterion: str
    criterion_title: str
    round: int
    rounds: int
    status: RoundStatus
    states: States
    room_value: int | None
    text: str
    agreed: int | None
    claimed: bool
    pattern: Pattern | None
    agreement: float
    moved: str = ""
    waiting: tuple[str, ...] = ()
    lowest: tuple[str, ...] = ()
    highest: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """The agreed level is not the room's: it carries a written reason."""
        return self.agreed is not None and self.room_value is not None and self.agreed != self.room_value

    def words(self) -> str:
        """One line: ``#3 P1: 4 of 5, 1 don't know; two camps``."""
        text = f"#{self.number} {self.criterion}: {self.states.words()}"
        if self.pattern is not None:
            text += f"; {self.pattern.title.lower()}"
        if self.moved:
            text += f"; {self.moved}"
        return text

    def lines(self) -> list[Line]:
        """The cell in words for a pane or a terminal."""
        found = [
            Line(f"#{self.number} {self.title}", "title"),
            Line(f"{self.criterion} {self.criterion_title}, round {self.round}", "heading"),
            Line(self.states.words()),
        ]
        if self.pattern is None:
            if self.waiting:
                found.append(Line(f"Waiting for {listed(self.waiting)}.", "muted"))
            return found
        found += [Line(f"{level}  {bar(n)}".rstrip(), "fact") for level, n in enumerate(self.states.levels)]
        found.append(
            Line(f"{self.pattern.title}: {self.pattern.move}", "warn" if self.pattern.contested else "good")
        )
        if self.moved:
            found.append(Line(f"Since the round before: {self.moved}.", "fact"))
        if self.room_value is not None:
            found.append(Line(f"The room says {self.room_value}: {self.text}", "fact"))
        if self.differs:
            found.append(Line(f"Agreed at {self.agreed}, with a reason.", "fact"))
        if self.claimed:
            found.append(
                Line("It stands as claimed: it cannot carry a pilot until somebody has found out.", "warn")
            )
        if self.lowest and self.highest:
            found.append(Line(f"Lowest: {listed(self.lowest)}. Highest: {listed(self.highest)}.", "muted"))
        return found

    def document(self) -> dict[str, Any]:
        """For ``--json``; no name is in it."""
        shown = self.pattern is not None
        return {
            "use_case": self.use_case,
            "number": self.number,
            "title": self.title,
            "criterion": self.criterion,
            "round": self.round,
            "status": self.status,
            "asked": self.states.asked,
            "answered": self.states.answered,
            "pending": self.states.pending,
            "not_asked": self.states.not_asked,
            "levels": list(self.states.levels) if shown else None,
            "dont_know": self.states.dont_know if shown else None,
            "abstain": self.states.abstain if shown else None,
            "room_value": self.room_value,
            "agreed": self.agreed,
            "claimed": self.claimed,
            "pattern": self.pattern.id if self.pattern else None,
            "move": self.pattern.move if self.pattern else None,
            "agreement": None if math.isnan(self.agreement) else self.agreement,
            "moved": self.moved or None,
        }


def reveal_cell(
    snapshot: Snapshot, use_case: str, criterion: str, *, facilitator: bool = False
) -> RevealCell | None:
    """One cell; none where no round counts there.

    Args:
        snapshot: What anybody may see.
        use_case: Id.
        criterion: Id.
        facilitator: Name the lowest and the highest.
    """
    case = snapshot.use_cases[use_case]
    rounds = [r for r in case.rounds.get(criterion, ()) if r.status != "void"]
    if not rounds:
        return None
    return _cell(snapshot, case, criterion, rounds, facilitator)


def reveal_cells(
    snapshot: Snapshot,
    *,
    use_cases: Sequence[str] | None = None,
    criteria: Sequence[str] | None = None,
    facilitator: bool = False,
) -> Iterator[RevealCell]:
    """Every live cell with a round that counts, a criterion at a time."""
    for criterion in snapshot.preset.criterion_ids:
        if criteria is not None and criterion not in criteria:
            continue
        for case in snapshot.live():
            if use_cases is not None and case.id not in use_cases:
                continue
            found = reveal_cell(snapshot, case.id, criterion, facilitator=facilitator)
            if found is not None:
                yield found


def agreement_of(each: Round) -> float:
    """Van der Eijk's A of a revealed round; nan where nobody gave a level."""
    from prioritizer.facilitation.patterns import counts_of
    from prioritizer.scoring.agreement import van_der_eijk_a

    return van_der_eijk_a(counts_of(each.levels()))


def bar(number: int) -> str:
    """People at one level: a mark each, and the count, so that nothing is told by length alone."""
    return f"{'●' * min(number, 25)} {number}" if number else "·"


def _cell(
    snapshot: Snapshot, case: UseCase, criterion: str, rounds: Sequence[Round], facilitator: bool
) -> RevealCell:
    last = rounds[-1]
    revealed = [r for r in rounds if r.status == "revealed"]
    column = snapshot.preset.criterion_index()[criterion]
    shown = last.status == "revealed"
    pattern = find_pattern(last.levels()) if shown else None
    moved = ""
    if pattern is not None and len(revealed) > 1:
        moved = movement(find_pattern(revealed[-2].levels()), pattern)
    before = find_pattern(revealed[-1].levels()).median if revealed else None
    agreed = case.level(column)
    level = agreed if agreed is not None else before
    lowest, highest = _ends(snapshot, last) if facilitator and shown else ((), ())
    return RevealCell(
        use_case=case.id,
        number=case.number,
        title=case.title,
        criterion=criterion,
        criterion_title=snapshot.preset.criterion[column].title,
        round=last.number,
        rounds=len(revealed),
        status=last.status,
        states=states_of(last, snapshot.participants),
        room_value=before,
        text=level_text(snapshot.preset, column, -1 if level is None else level),
        agreed=agreed,
        claimed=case.is_claimed(column) and agreed is not None,
        pattern=pattern,
        agreement=agreement_of(last) if shown else math.nan,
        moved=moved,
        waiting=() if shown else tuple(p.name for p in waiting_for(last, snapshot.participants)),
        lowest=lowest,
        highest=highest,
    )


def _ends(snapshot: Snapshot, each: Round) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who gave the lowest and the highest level; nobody where all gave the same."""
    levels = each.levels()
    if not levels or levels[0] == levels[-1]:
        return (), ()

    def who(level: int) -> tuple[str, ...]:
        return tuple(
            p.name
            for p in snapshot.participants
            if p.name and p.index < len(each.answers) and each.answers[p.index] == level
        )

    return who(levels[0]), who(levels[-1])
