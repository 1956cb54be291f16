"""What Frame says beyond the fields themselves: what fits in the time, who is missing, where weights come from."""

from __future__ import annotations

from dataclasses import dataclass

from prioritizer.facilitation.agenda import agenda_of as agenda_of
from prioritizer.facilitation.capacity import (
    ASSUMED,
    Rates,
    capacity,
    minutes_shown,
    most_criteria,
    most_use_cases,
)
from prioritizer.model.preset import Dimension, Preset
from prioritizer.model.session import Snapshot
from prioritizer.text.phrases import counted, listed, ranges


@dataclass(frozen=True, slots=True)
class Fit:
    """What the room needs for rating, and what it has, in whole minutes."""

    use_cases: int
    criteria: int
    voters: int
    needs: int
    """With typing where somebody votes."""
    have: int | None
    """For rating; none while neither an agenda nor the length is set."""
    words: str
    """One sentence with what to do."""

    @property
    def fits(self) -> bool | None:
        return None if self.have is None else self.needs <= self.have


@dataclass(frozen=True, slots=True)
class Absent:
    """A role that brings facts before the session, and that nobody here holds."""

    role: str
    title: str
    criteria: tuple[str, ...]


def rating_minutes(snapshot: Snapshot) -> int | None:
    """Minutes for rating: the agenda's share of them, of the session's length."""
    agenda = agenda_of(snapshot)
    if agenda is None:
        return None
    rating = sum(step.minutes for step in agenda.step if step.stage == "rate")
    return rating * (snapshot.minutes or agenda.minutes) // agenda.minutes


def asked_in_room(snapshot: Snapshot) -> tuple[str, ...]:
    """Criteria that the room is asked, in preset order."""
    return tuple(c for c in snapshot.preset.criterion_ids if snapshot.how_asked(c) == "room")


def fit_of(snapshot: Snapshot, rates: Rates = ASSUMED) -> Fit:
    """What fits in the time, now.

    Args:
        snapshot: The session.
        rates: The pace of this room, where it is known; `prioritizer.facilitation.clock.pace` learns it.
    """
    use_cases = sum(1 for _ in snapshot.live())
    criteria = len(asked_in_room(snapshot))
    voters = sum(1 for p in snapshot.participants if p.present and p.voter and p.name)
    needs = minutes_shown(capacity(use_cases, criteria, voters, rates).total)
    have = rating_minutes(snapshot)
    words = _words(snapshot.preset, use_cases, criteria, voters, needs, have, rates)
    return Fit(use_cases, criteria, voters, needs, have, words)


def _words(
    preset: Preset, use_cases: int, criteria: int, voters: int, needs: int, have: int | None, rates: Rates
) -> str:
    noun = preset.candidate if preset.language.startswith("en") else "use case"
    if not criteria:
        return "Nothing is asked in the room: every level is brought before, or agreed as you go."
    if not use_cases:
        asked = f"{counted(criteria, 'criterion', 'criteria')} in the room"
        if have is None:
            return f"With {asked}: set the minutes or the agenda, and it says here how much fits."
        most = most_use_cases(have, criteria, voters, rates)
        typing = " with typing" if voters else ""
        return f"{counted(have, 'minute')} of rating, {asked}: time for about {counted(most, noun)}{typing}."
    typing = " with typing" if voters else ""
    need = (
        f"{counted(use_cases, noun)} × {counted(criteria, 'criterion', 'criteria')} in the room "
        f"need {counted(needs, 'minute')}{typing}"
    )
    if have is None:
        return f"{need}. Set the minutes or the agenda to see whether that fits."
    if needs <= have:
        return f"{need}; you have {have}: it fits."
    return f"{need}; you have {have}: {_mend(use_cases, criteria, voters, have, noun, rates)}."


def _mend(use_cases: int, criteria: int, voters: int, have: int, noun: str, rates: Rates) -> str:
    ways: list[str] = []
    kept = most_use_cases(have, criteria, voters, rates)
    if kept:
        ways.append(f"keep {counted(kept, noun)} and park {use_cases - kept:,}")
    asked = most_criteria(have, use_cases, voters, rates)
    if asked:
        fewer = criteria - asked
        ways.append(f"ask {counted(fewer, 'criterion', 'criteria')} before the session")
    return listed(ways, "or") or "plan more time, or cut both lists"


def absent_roles(snapshot: Snapshot) -> list[Absent]:
    """Roles that bring facts *before* and that nobody present holds; none while there is no roster."""
    people = [p for p in snapshot.participants if p.name]
    if not people:
        return []
    held = {p.role for p in people if p.present}
    found: list[Absent] = []
    for role in snapshot.preset.role:
        theirs = tuple(
            c.id
            for c in snapshot.preset.criterion
            if c.role == role.id and snapshot.how_asked(c.id) == "before"
        )
        if theirs and role.id not in held:
            found.append(Absent(role.id, role.title, theirs))
    return found


def absent_words(snapshot: Snapshot) -> str:
    """One sentence about who is missing; "" where nobody is."""
    absent = absent_roles(snapshot)
    if not absent:
        return ""
    first = snapshot.preset.lane_title("pilot-first")
    who = listed([f"{a.title} ({ranges(a.criteria)})" for a in absent], "or")
    return (
        f"Nobody here holds {who}: such levels stand as claimed, keep a use case out of “{first}”, "
        "and become something to find out."
    )


def shares(snapshot: Snapshot) -> list[tuple[Dimension, float]]:
    """Readiness dimensions with their weights in force, normalised to 1."""
    ready = snapshot.preset.with_role("readiness")
    total = sum(snapshot.weight_of(d.id) for d in ready)
    return [(d, snapshot.weight_of(d.id) / total if total else 0.0) for d in ready]


def weights_from(snapshot: Snapshot) -> str:
    """Where the weights come from, in a few words."""
    if snapshot.weights is None:
        return f"from the preset “{snapshot.preset.title}”"
    how = snapshot.weights_method
    return "set in this session" if how in ("", "direct") else f"set in this session: {how}"
