"""The cut of a long list as the room sees it, before and after: who is seated by what, and the vote's mirror."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prioritizer.facilitation.cut import Cut, votes_each
from prioritizer.model.session import Snapshot
from prioritizer.text.phrases import counted, listed
from prioritizer.workshop.commands.running import cut_of


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
