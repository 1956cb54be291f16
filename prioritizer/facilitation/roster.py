"""Who votes, who has answered, and a line of cards in roster order.

Completeness is derived from the roster as it is now and the answers that are there; it is never
stored, so that late and leaving people need no repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import ABSTAIN, DONT_KNOW, HIDDEN, NOT_ASKED, PENDING, Participant, Round
from prioritizer.text.clean import clean_error
from prioritizer.text.phrases import counted, listed

CARDS = "01234?-"
"""What a card may say."""

_SAME = {"–": "-", "—": "-", "−": "-", "？": "?"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CORRECTION = re.compile(r"(?:(?P<number>[0-9]{1,3})[=:]|(?P<letter>[a-z]))\s*(?P<card>\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class States:
    """How many participants are in each of the five states of one round.

    Attributes:
        levels: Of each level 0–4; all zero before the reveal.
        dont_know: ``?``.
        abstain: ``-``.
        hidden: Answered, and what is not to be seen yet.
        pending: Asked, here, and without an answer.
        not_asked: Everybody else on the roster.
    """

    levels: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    dont_know: int = 0
    abstain: int = 0
    hidden: int = 0
    pending: int = 0
    not_asked: int = 0

    @property
    def known(self) -> int:
        """Levels."""
        return sum(self.levels)

    @property
    def answered(self) -> int:
        """Answers of any kind."""
        return self.known + self.dont_know + self.abstain + self.hidden

    @property
    def asked(self) -> int:
        """Answers, and those that are still to come."""
        return self.answered + self.pending

    @property
    def complete(self) -> bool:
        """Nobody who is here and votes is without an answer."""
        return not self.pending

    def words(self) -> str:
        """``4 of 5, 1 don't know``; before the reveal ``3 of 5 have answered``."""
        if self.hidden or not self.answered:
            return f"{self.answered} of {self.asked} {'has' if self.answered == 1 else 'have'} answered"
        parts = [f"{self.known} of {self.asked}"]
        if self.dont_know:
            parts.append(f"{self.dont_know} don't know")
        if self.abstain:
            parts.append(f"{self.abstain} not their field")
        if self.pending:
            parts.append(f"{self.pending} pending")
        return ", ".join(parts)


def voters(people: Iterable[Participant]) -> tuple[Participant, ...]:
    """Those who are here and vote, in roster order."""
    return tuple(p for p in people if p.name and p.present and p.voter)


def states_of(each: Round, people: Sequence[Participant]) -> States:
    """The states of one round.

    In an open round whoever is here and votes is asked; in a closed one only those who were.
    """
    levels = [0] * 5
    dont_know = abstain = hidden = pending = not_asked = 0
    for person in people:
        if not person.name:
            continue
        code = each.answers[person.index] if person.index < len(each.answers) else NOT_ASKED
        if code <= 4:
            levels[code] += 1
        elif code == DONT_KNOW:
            dont_know += 1
        elif code == ABSTAIN:
            abstain += 1
        elif code == HIDDEN:
            hidden += 1
        elif code == PENDING or (each.status == "open" and person.present and person.voter):
            pending += 1
        else:
            not_asked += 1
    five = (levels[0], levels[1], levels[2], levels[3], levels[4])
    return States(five, dont_know, abstain, hidden, pending, not_asked)


def waiting_for(each: Round, people: Sequence[Participant]) -> tuple[Participant, ...]:
    """Those who are here, vote, and have not answered an open round."""
    return tuple(
        p
        for p in voters(people)
        if p.index >= len(each.answers) or each.answers[p.index] in (NOT_ASKED, PENDING)
    )


def parse_cards(line: str, names: Sequence[str], *, masked: bool = False) -> tuple[str, ...]:
    """One answer a person from one line: ``3324?3-213``, or with blanks or commas between.

    Args:
        line: As it was typed.
        names: Who is asked, in roster order.
        masked: The message must not repeat what was typed.

    Returns:
        As many of ``0 1 2 3 4 ? -`` as there are names.

    Raises:
        PrioritizerError: A sign is no answer, or there are too many or too few; names the place.
    """
    if not names:
        raise PrioritizerError("Nobody who is here votes; add people to the roster first.")
    signs = [_SAME.get(c, c) for c in line if not c.isspace() and c not in ",;|"]
    for place, sign in enumerate(signs, 1):
        if sign not in CARDS:
            who = f" ({clean_error(names[place - 1])})" if place <= len(names) else ""
            what = "what stands there" if masked else f"“{clean_error(sign)}”"
            raise PrioritizerError(f"Position {place}{who}: {what} is no answer; it takes 0 to 4, ? or -.")
    if len(signs) > len(names):
        raise PrioritizerError(
            f"Position {len(names) + 1} is one too many: {counted(len(signs), 'answer')} for "
            f"{counted(len(names), 'person', 'people')}, the last of whom is {clean_error(names[-1])}."
        )
    if len(signs) < len(names):
        missing = [clean_error(n) for n in names[len(signs) :]]
        shown = missing if len(missing) <= 4 else [*missing[:3], f"{len(missing) - 3} more"]
        raise PrioritizerError(
            f"Position {len(signs) + 1} ({missing[0]}) is missing: {counted(len(signs), 'answer')} for "
            f"{counted(len(names), 'person', 'people')}, none for {listed(shown)}."
        )
    return tuple(signs)


def parse_correction(text: str, names: Sequence[str], *, masked: bool = False) -> tuple[int, str] | None:
    """One answer put right: ``5=3`` for the fifth person, or ``e3`` with the letter beside the name.

    Returns:
        Position from 0 and answer; none where ``text`` is no correction but perhaps a line of cards.

    Raises:
        PrioritizerError: There is nobody at that place, or the answer is none.
    """
    found = _CORRECTION.fullmatch(text.strip())
    if found is None:
        return None
    letter = found["letter"]
    place = _LETTERS.index(letter.lower()) if letter else int(found["number"]) - 1
    if not 0 <= place < len(names):
        raise PrioritizerError(f"There is nobody at that place; it goes from 1 (a) to {len(names)}.")
    card = _SAME.get(found["card"], found["card"])
    if card not in CARDS:
        what = "what stands there" if masked else f"“{clean_error(card)}”"
        raise PrioritizerError(
            f"Position {place + 1} ({clean_error(names[place])}): {what} is no answer; it takes 0 to 4, ? or -."
        )
    return place, card


def place_letter(place: int) -> str:
    """The letter beside a name, by which its answer is put right; "" beyond z."""
    return _LETTERS[place] if place < len(_LETTERS) else ""
