"""What Frame says beyond the fields themselves: what fits in the time, who is missing, where weights come from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.facilitation.agenda import agenda_of as agenda_of
from prioritizer.facilitation.capacity import (
    ASSUMED,
    Rates,
    capacity,
    minutes_shown,
    most_criteria,
    most_use_cases,
)
from prioritizer.facilitation.clock import Pace as Pace
from prioritizer.model.session import Snapshot
from prioritizer.text.phrases import counted, listed, ranges

if TYPE_CHECKING:
    from prioritizer.model.preset import Dimension, Preset


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
    fit = Fit(use_cases, criteria, voters, needs, have, "")
    return replace(fit, words=_words(snapshot, fit, rates))


def _words(snapshot: Snapshot, fit: Fit, rates: Rates) -> str:
    preset = snapshot.preset
    noun = preset.candidate if preset.language.startswith("en") else "use case"
    if not fit.criteria:
        return "Nothing is asked in the room: every level is brought before, or agreed as you go."
    typing = " with typing" if fit.voters else ""
    asked = f"{counted(fit.criteria, 'criterion', 'criteria')} in the room"
    if not fit.use_cases:
        if fit.have is None:
            return f"With {asked}: set the minutes or the agenda, and it says here how much fits."
        most = most_use_cases(fit.have, fit.criteria, fit.voters, rates)
        return (
            f"{counted(fit.have, 'minute')} of rating, {asked}: time for about {counted(most, noun)}{typing}."
        )
    need = f"{counted(fit.use_cases, noun)} × {asked} need {counted(fit.needs, 'minute')}{typing}"
    if fit.have is None:
        return f"{need}. Set the minutes or the agenda to see whether that fits."
    if fit.needs <= fit.have:
        return f"{need}; you have {fit.have}: it fits."
    return f"{need}; you have {fit.have}: {_mend(snapshot, fit, fit.have, noun, rates)}."


def _mend(snapshot: Snapshot, fit: Fit, have: int, noun: str, rates: Rates) -> str:
    """What to do about it: each of the ways alone is enough, but for a last one that says what it needs."""
    ways: list[str] = []
    quick = quicker(snapshot.preset)
    quick_needs = None
    if quick is not None:
        asked = sum(c.asked == "room" for c in quick.criterion)
        quick_needs = minutes_shown(capacity(fit.use_cases, asked, fit.voters, rates).total)
    if quick_needs is not None and quick_needs <= have:
        ways.append("take the quick preset")
    asked_now = most_criteria(have, fit.use_cases, fit.voters, rates)
    if asked_now:
        ways.append(f"ask {_before(snapshot, fit.criteria - asked_now)} before")
    kept = most_use_cases(have, fit.criteria, fit.voters, rates)
    if kept:
        ways.append(f"keep {counted(kept, noun)} and park {fit.use_cases - kept:,}")
    if quick_needs is not None and have < quick_needs < fit.needs:
        ways.append(f"take the quick preset, which needs {quick_needs}")
    return listed(ways, "or") or "plan more time, or cut both lists"


MOST_NAMED = 4
"""More criteria than these are counted instead of named."""


def _before(snapshot: Snapshot, number: int) -> str:
    """Which criteria a role could bring before: those of roles that are here first, and of the mirror first."""
    absent = {r.role for r in _roles_not_here(snapshot)}
    mirror = {d.id for d in snapshot.preset.with_role("demonstration")}
    index = snapshot.preset.criterion_index()
    room = [snapshot.preset.find_criterion(c) for c in asked_in_room(snapshot)]
    could = sorted(
        (c for c in room if c.role is not None),
        key=lambda c: (c.role in absent, c.dimension not in mirror, -index[c.id]),
    )
    if number > min(len(could), MOST_NAMED):
        return counted(number, "criterion", "criteria")
    return listed(sorted((c.id for c in could[:number]), key=index.__getitem__))


@lru_cache(maxsize=8)
def _quick_preset(preset_id: str) -> Preset | None:
    from prioritizer.model.presets import (
        load_preset,  # it brings pydantic, which a shipped preset opens without
    )

    try:
        return load_preset(f"{preset_id}-quick").preset
    except PrioritizerError:
        return None


def quicker(preset: Preset) -> Preset | None:
    """The shipped preset that asks the same in fewer questions; none where there is none."""
    return _quick_preset(preset.id)


def learnt_words(pace: Pace) -> str:
    """What this session's own timestamps have taught, in one sentence; "" before there is enough."""
    rates = pace.rates
    said = {
        "seconds_a_cell": f"{rates.seconds_a_cell:.0f} s of silence a cell",
        "contested_share": f"{100 * rates.contested_share:.0f} % contested",
        "minutes_a_contested": f"{rates.minutes_a_contested:.1f} min of talk about each",
        "seconds_an_answer": f"{rates.seconds_an_answer:.1f} s to type an answer",
    }
    found = [words for name, words in said.items() if name in pace.observed]
    return f"Reckoned with your own pace: {listed(found)}." if found else ""


def absent_roles(snapshot: Snapshot) -> list[Absent]:
    """Roles that bring facts *before* and that nobody present holds; none while there is no roster."""
    found: list[Absent] = []
    for role in _roles_not_here(snapshot):
        theirs = tuple(
            c.id
            for c in snapshot.preset.criterion
            if c.role == role.role and snapshot.how_asked(c.id) == "before"
        )
        if theirs:
            found.append(Absent(role.role, role.title, theirs))
    return found


def _roles_not_here(snapshot: Snapshot) -> list[Absent]:
    """Roles that nobody present holds; none while there is no roster."""
    people = [p for p in snapshot.participants if p.name]
    held = {p.role for p in people if p.present}
    return [Absent(r.id, r.title, ()) for r in snapshot.preset.role if people and r.id not in held]


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
