"""The cut of a long list as the room sees it, before and after: who is seated by what, and the vote's mirror."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from prioritizer.facilitation.capacity import most_use_cases
from prioritizer.facilitation.cut import BOUNDED, DATA, Candidate, Cut, cut, votes_each
from prioritizer.facilitation.roster import voters
from prioritizer.model.presets import load_preset
from prioritizer.model.session import Snapshot
from prioritizer.text.phrases import counted, listed
from prioritizer.workshop.commands.running import candidates_of, cut_of
from prioritizer.workshop.views.frame import asked_in_room, rating_minutes

QUICK = "pilot-first-quick"
"""The preset whose ladders are the quick ones."""

USUAL_SEATS = 12


@dataclass(frozen=True, slots=True)
class Seated:
    """One card in the cut."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class CutView:
    """What the cut did.

    Attributes:
        first: Seated by the two ladders.
        voted: Seated by vote.
        saved: Kept, although the vote alone would have dropped them.
        dropped: The vote alone would have kept them.
        tied: As many votes as the last one seated by vote, and no seat.
        words: What the vote alone would have done, in one sentence.
    """

    first: tuple[Seated, ...]
    voted: tuple[Seated, ...]
    saved: tuple[Seated, ...]
    dropped: tuple[Seated, ...]
    tied: tuple[Seated, ...]
    words: str


def cut_view(snapshot: Snapshot, result: Cut | None = None) -> CutView | None:
    """The last cut, or one that is only tried; none where there was none."""
    result = result if result is not None else cut_of(snapshot)
    if result is None:
        return None

    def seated(ids: Sequence[str]) -> tuple[Seated, ...]:
        cases = (snapshot.use_cases[i] for i in ids if i in snapshot.use_cases)
        return tuple(Seated(u.id, u.number, u.title) for u in cases)

    saved, dropped = seated(result.saved), seated(result.dropped)
    return CutView(
        seated(result.first),
        seated(result.voted),
        saved,
        dropped,
        seated(result.tied),
        _words(saved, dropped),
    )


def votes_words(number: int) -> str:
    """How many votes each person gets, in one sentence."""
    fewest, most = votes_each(number)
    span = str(most) if fewest == most else f"{fewest} to {most}"
    return f"{counted(number, 'use case')}: {span} votes each, at most one for the same."


def _words(saved: Sequence[Seated], dropped: Sequence[Seated]) -> str:
    if not dropped and not saved:
        return "The vote alone would have kept the same ones."
    parts = []
    if dropped:
        parts.append(f"have kept {listed([f'#{u.number} {u.title}' for u in dropped])}")
    if saved:
        parts.append(f"have dropped {listed([f'#{u.number} {u.title}' for u in saved])}")
    return f"The vote alone would {listed(parts)}."


@dataclass(frozen=True, slots=True)
class Ladder:
    """One quick question about every card.

    Attributes:
        title: A word or two.
        question: As it is asked.
        levels: Five facts, 0 to 4.
        enough: Level from which a card has it.
    """

    title: str
    question: str
    levels: tuple[str, ...]
    enough: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of one card while the list is cut."""

    bounded: int | None = None
    data: int | None = None
    votes: int = 0


Seating = Literal["first", "voted", "tied", "out"]


@dataclass(frozen=True)
class Trial:
    """A cut that was not made yet.

    Attributes:
        candidates: For `CutList`.
        seating: By id, what would become of each card.
        view: The same in words.
    """

    candidates: tuple[Candidate, ...]
    seating: Mapping[str, Seating]
    view: CutView


@lru_cache(maxsize=1)
def ladders() -> tuple[Ladder, Ladder]:
    """*Bounded* and *data*, as the quick preset asks them."""
    quick = load_preset(QUICK).preset
    bounded, data = quick.find_criterion("BND"), quick.find_criterion("DAT")
    return (
        Ladder("bounded", bounded.question, bounded.levels, BOUNDED),
        Ladder("data", data.question, data.levels, DATA),
    )


def marks_of(snapshot: Snapshot) -> dict[str, Mark]:
    """What the last cut left with the cards that are still there."""
    live = {u.id for u in snapshot.live()}
    return {c.id: Mark(c.bounded, c.data, c.votes) for c in candidates_of(snapshot) if c.id in live}


def usual_seats(snapshot: Snapshot) -> int:
    """How many seats to begin with: what fits in the time where that is known, else twelve."""
    live = sum(1 for _ in snapshot.live())
    have = rating_minutes(snapshot)
    fits = 0
    if have is not None:
        fits = most_use_cases(have, len(asked_in_room(snapshot)), len(voters(snapshot.participants)))
    return max(min(fits or USUAL_SEATS, live), 1)


def trial(snapshot: Snapshot, marks: Mapping[str, Mark], seats: int) -> Trial:
    """What a cut would do now."""
    none = Mark()
    candidates = tuple(
        Candidate(u.id, u.number, *((m := marks.get(u.id, none)).bounded, m.data), votes=m.votes)
        for u in snapshot.live()
    )
    result = cut(candidates, seats)
    seating: dict[str, Seating] = dict.fromkeys(result.out, "out")
    seating.update(dict.fromkeys(result.tied, "tied"))
    seating.update(dict.fromkeys(result.first, "first"))
    seating.update(dict.fromkeys(result.voted, "voted"))
    view = cut_view(snapshot, result)
    assert view is not None, "a cut that was given is shown"
    return Trial(candidates, seating, view)
