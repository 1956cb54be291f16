"""What the ballot screens show: who has answered each cell of a criterion, and never what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from prioritizer.errors import PrioritizerError
from prioritizer.facilitation.patterns import Pattern, counts_of, find_pattern
from prioritizer.facilitation.queue import PracticeItem
from prioritizer.facilitation.roster import (
    parse_cards,
    parse_correction,
    place_letter,
    states_of,
    voters,
    waiting_for,
)
from prioritizer.model.session import Snapshot
from prioritizer.text.phrases import counted, listed
from prioritizer.workshop.commands.rounds import ANSWERED
from prioritizer.workshop.views.queue import practice_item
from prioritizer.workshop.views.rating import Ladder, ladders

Status = Literal["none", "open", "revealed"]
_BETWEEN = frozenset(" ,;|\t")


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who votes, at their place in the line of cards."""

    id: str
    name: str
    letter: str
    """By which an answer is put right; "" beyond z."""


@dataclass(frozen=True, slots=True)
class BallotCell:
    """One cell of the criterion that is balloted.

    Attributes:
        use_case: Id.
        number: Of the card.
        title: Of the card.
        status: Of its last round that counts.
        round: Number of that round; 0 without one.
        given: Whether each seat has answered it.
        pattern: After the reveal.
        room_value: Likewise.
    """

    use_case: str
    number: int
    title: str
    status: Status
    round: int
    given: tuple[bool, ...]
    pattern: Pattern | None = None
    room_value: int | None = None

    @property
    def answered(self) -> int:
        return sum(self.given)

    @property
    def complete(self) -> bool:
        """It waits for nobody: all who are here have answered, or it is revealed."""
        return self.status == "revealed" or (bool(self.given) and all(self.given))

    def words(self) -> str:
        """``5 of 8 have answered``."""
        if self.status == "none":
            return "not asked yet"
        again = f"round {self.round}: " if self.round > 1 else ""
        if self.pattern is not None:
            said = "nobody knows" if self.room_value is None else f"the room says {self.room_value}"
            return f"{again}revealed: {said}, {self.pattern.title.lower()}"
        have = "has" if self.answered == 1 else "have"
        return f"{again}{self.answered} of {len(self.given)} {have} answered"


@dataclass(frozen=True, slots=True)
class Progress:
    """One criterion: how many use cases there are, and of how many the cell is revealed, complete or begun."""

    cases: int
    revealed: int
    complete: int
    begun: int


@dataclass(frozen=True, slots=True)
class Practised:
    """What the cards on the practice item look like; it exists on the screen only."""

    levels: tuple[int, int, int, int, int]
    dont_know: int
    abstain: int
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Typed:
    """How far a line of cards is.

    Attributes:
        signs: Cards in it so far.
        place: It puts the answer of this seat right instead; none for a whole line.
    """

    signs: int
    place: int | None = None


def seats(snapshot: Snapshot) -> tuple[Seat, ...]:
    """Those who are here and vote, in the order of the line of cards."""
    return tuple(Seat(p.id, p.name, place_letter(i)) for i, p in enumerate(voters(snapshot.participants)))


def balloted(snapshot: Snapshot) -> tuple[Ladder, ...]:
    """The criteria that the room is asked, and those about which a round was held."""
    held = {c for u in snapshot.live() for c, rs in u.rounds.items() if any(r.status != "void" for r in rs)}
    return tuple(
        x for x in ladders(snapshot) if snapshot.how_asked(x.criterion.id) == "room" or x.criterion.id in held
    )


def ballot_cells(snapshot: Snapshot, criterion: str) -> tuple[BallotCell, ...]:
    """Every live use case of one criterion, by number."""
    people = voters(snapshot.participants)
    found = []
    for case in snapshot.live():
        rounds = [r for r in case.rounds.get(criterion, ()) if r.status != "void"]
        if not rounds:
            found.append(BallotCell(case.id, case.number, case.title, "none", 0, (False,) * len(people)))
            continue
        last = rounds[-1]
        missing = {p.id for p in waiting_for(last, people)}
        given = tuple(p.id not in missing for p in people)
        if last.status == "open":
            found.append(BallotCell(case.id, case.number, case.title, "open", last.number, given))
            continue
        pattern = find_pattern(last.levels())
        found.append(
            BallotCell(
                case.id, case.number, case.title, "revealed", last.number, given, pattern, pattern.median
            )
        )
    return tuple(found)


def progress_of(snapshot: Snapshot, criteria: Sequence[str]) -> tuple[Progress, ...]:
    """How far each criterion is; quick, because it is asked after every answer."""
    places = [p.index for p in voters(snapshot.participants)]
    counts = {c: [0, 0, 0] for c in criteria}
    cases = 0
    for case in snapshot.live():
        cases += 1
        for criterion, rounds in case.rounds.items():
            found = counts.get(criterion)
            last = next((r for r in reversed(rounds) if r.status != "void"), None)
            if found is None or last is None:
                continue
            answers = last.answers
            begun = [i < len(answers) and answers[i] in ANSWERED for i in places]
            found[0] += last.status == "revealed"
            found[1] += last.status == "revealed" or (bool(begun) and all(begun))
            found[2] += any(begun)
    return tuple(Progress(cases, *counts[c]) for c in criteria)


def missing_words(snapshot: Snapshot, criterion: str) -> str:
    """Who has not answered which open cells of a criterion, in a sentence; "" if all have."""
    missing: dict[str, int] = {}
    for case in snapshot.live():
        last = next((r for r in reversed(case.rounds.get(criterion, ())) if r.status == "open"), None)
        if last is not None and not states_of(last, snapshot.participants).complete:
            for person in waiting_for(last, snapshot.participants):
                missing[person.name] = missing.get(person.name, 0) + 1
    if not missing:
        return ""
    names = list(missing)
    shown = names if len(names) <= 4 else [*names[:3], f"{len(names) - 3} more"]
    have = "has" if len(names) == 1 else "have"
    return f"{listed(shown)} {have} not answered {counted(max(missing.values()), 'cell')}."


def typed(snapshot: Snapshot, line: str) -> Typed:
    """How far a line is while it is typed: whose card comes next."""
    names = [seat.name for seat in seats(snapshot)]
    try:
        fixed = parse_correction(line, names)
    except PrioritizerError:
        fixed = None
    if fixed is not None:
        return Typed(0, fixed[0])
    return Typed(sum(sign not in _BETWEEN for sign in line))


def practice_of(snapshot: Snapshot) -> PracticeItem | None:
    """What to calibrate on before anything was revealed; none afterwards."""
    return practice_item(snapshot)


def practise(snapshot: Snapshot, line: str, *, masked: bool = False) -> Practised:
    """Reads the cards on the practice item; nothing of it is kept.

    Raises:
        PrioritizerError: The line does not fit the roster.
    """
    signs: Sequence[str] = parse_cards(line, [seat.name for seat in seats(snapshot)], masked=masked)
    levels = [int(sign) for sign in signs if sign.isdecimal()]
    return Practised(counts_of(levels), signs.count("?"), signs.count("-"), find_pattern(levels))
