"""The mirror's one statement about this session, true in every case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prioritizer.workshop.views.plain import count, listed

_NAMED = 8
"""More cards than this are counted instead of named (only a tie makes so many)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A card in the order by show: its label, its rank (1, 2, 2, 4; none if not rated), and whether it is ready."""

    label: str
    rank: int | None
    ready: bool


@dataclass(frozen=True)
class _Lane:
    """How one speaks of the first lane: ``can be piloted first``, or ``is in “Release first”``."""

    title: str

    @property
    def _plain(self) -> bool:
        return self.title == "Pilot first"

    def is_in(self, number: int) -> str:
        if self._plain:
            return "can be piloted first"
        return f"{'is' if number == 1 else 'are'} in “{self.title}”"

    @property
    def is_not_in(self) -> str:
        return "cannot be piloted first" if self._plain else f"is not in “{self.title}”"

    @property
    def nor(self) -> str:
        return "and neither can any other" if self._plain else "and neither is any other"


def mirror_sentence(cards: Sequence[Shown], top: int, lane_title: str) -> str:
    """What a choice by show would have taken, and where it leaves what is ready.

    Args:
        cards: In the order by show; cards without a rank last.
        top: How many first places are looked at; a tie at the border takes more in.
        lane_title: Of the first lane.
    """
    lane = _Lane(lane_title)
    rated = [c for c in cards if c.rank is not None]
    if not cards:
        return "There is nothing to rank yet."
    if len(cards) == 1:
        return "There is only one to choose from, so show and readiness cannot differ."
    if not rated:
        return "Nothing has been rated for demonstration value yet, so nobody can say what a choice by show would be."
    if len(rated) == 1:
        return f"Only {rated[0].label} has a demonstration value yet, so there is no order by show to compare with."
    tops = [c for c in rated if c.rank is not None and c.rank <= max(top, 1)]
    if rated[-1].rank == 1:
        return _draw(rated, len(cards), lane)
    opening = _opening(tops)
    among = _among(tops, lane)
    if not any(c.ready for c in cards):
        end = "" if len(tops) == len(cards) else f", {lane.nor}"
        return f"{opening}; {among}{end}."
    rest = [c for c in cards if c.ready and c not in tops]
    return f"{opening}; {among}. {_rest(tops, rest, rated, cards, lane)}"


def _draw(rated: list[Shown], everything: int, lane: _Lane) -> str:
    if len(rated) == 2:
        who = "Both" if everything == 2 else "Both that are rated for it"
    else:
        who = f"All {count(len(rated))}" + ("" if len(rated) == everything else " that are rated for it")
    first = f"{who} have the same demonstration value, so a choice by show would be a draw"
    return f"{first}; {_among(rated, lane, named=False)}."


def _opening(tops: list[Shown]) -> str:
    if len(tops) == 1:
        return f"Chosen by show, the first would be {tops[0].label}"
    if len(tops) > _NAMED:
        return f"Chosen by show, {count(len(tops))} would share the first places"
    return f"Chosen by show, the first {count(len(tops))} would be {listed([c.label for c in tops])}"


def _among(tops: list[Shown], lane: _Lane, *, named: bool = True) -> str:
    """How many of these are ready."""
    ready = [c.label for c in tops if c.ready]
    if len(tops) == 1:
        return f"it {lane.is_in(1) if ready else lane.is_not_in}"
    if not ready:
        return f"{'neither' if len(tops) == 2 else 'none'} of them {lane.is_in(1)}"
    if len(ready) == len(tops):
        return f"{'both' if len(tops) == 2 else 'all'} of them {lane.is_in(2)}"
    if not named or len(ready) > _NAMED:
        return f"{count(len(ready))} of them {lane.is_in(len(ready))}"
    only = "only " if len(ready) == 1 else ""
    return f"of them, {only}{listed(ready)} {lane.is_in(len(ready))}"


def _rest(
    tops: list[Shown], rest: list[Shown], rated: list[Shown], cards: Sequence[Shown], lane: _Lane
) -> str:
    """Where those stand that are ready and not among the first by show."""
    if not rest:
        if all(c.ready for c in tops):
            return f"No other {lane.is_in(1)}: here show and readiness choose the same."
        return f"No other {lane.is_in(1)}."
    unrated = [c for c in rest if c.rank is None]
    seen = [c for c in rest if c.rank is not None]
    missing = f"{'has' if len(unrated) == 1 else 'have'} no demonstration value yet"
    chosen = any(c.ready for c in tops)
    if not seen:
        return f"{_subject(len(rest), chosen, lane)} {missing}."
    where = _where(seen, rated, "that list" if len(rated) == len(cards) else "those rated for it")
    if not unrated:
        return f"{_subject(len(rest), chosen, lane)} {where}."
    others = "others that" if chosen else "that"
    return (
        f"Of the {count(len(rest))} {others} {lane.is_in(2)}, {count(len(seen))} {where}"
        f" and {count(len(unrated))} {missing}."
    )


def _subject(number: int, chosen: bool, lane: _Lane) -> str:
    if chosen:
        others = "one other" if number == 1 else f"{count(number)} others"
        return f"The {others} that {lane.is_in(number)}"
    if number == 1:
        return f"The only one that {lane.is_in(1)}"
    who = "Both" if number == 2 else f"All {count(number)}"
    return f"{who} that {lane.is_in(number)}"


def _where(seen: list[Shown], rated: list[Shown], list_name: str) -> str:
    """Places in the order by show, counted so that they hold however ties are broken."""
    best = min(c.rank for c in seen if c.rank is not None)
    last = len(rated) - best + 1
    stands = "stands" if len(seen) == 1 else "stand"
    if last == 1:
        return f"{stands} last in {list_name}"
    if 2 * last <= len(rated):
        return f"{stands} in the last {count(last)} places of {list_name}"
    if len(seen) == 1:
        return f"{stands} at place {best} of {list_name}"
    return f"{stands} at place {best} or later in {list_name}"
