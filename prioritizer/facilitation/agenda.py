"""The agenda as it is run: phases that can be skipped, repeated and moved without losing anything.

Pure functions: the time is passed in, the plan goes in and a new plan comes out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from prioritizer.model.running import MOST_PHASES, Phase
from prioritizer.model.session import Snapshot
from prioritizer.model.terms import Stage

if TYPE_CHECKING:
    from prioritizer.model.parts import Agenda, AgendaStep

STAGE_TITLES: dict[Stage, str] = {
    "frame": "Frame",
    "collect": "Collect",
    "gate": "Gate",
    "rate": "Rate",
    "rank": "Rank",
    "shortlist": "Shortlist",
    "break": "Break",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One phase with the minutes that it gets now.

    Attributes:
        place: In the plan, from 0.
        step: Of the agenda: title, the sentence to say, the stage.
        phase: What has become of it.
        minutes: A running or open one: its share of what is left; else what it took, or was planned.
        repeated: Whether the same step stands earlier in the plan.
    """

    place: int
    step: AgendaStep
    phase: Phase
    minutes: int
    repeated: bool = False


def agenda_of(snapshot: Snapshot) -> Agenda | None:
    """The agenda in force: the chosen one, else the one whose length is nearest to the session's."""
    agendas = snapshot.preset.agenda
    chosen = next((a for a in agendas if a.id == snapshot.agenda), None)
    if chosen is not None or snapshot.minutes is None or not agendas:
        return chosen
    return min(agendas, key=lambda a: (abs(a.minutes - (snapshot.minutes or 0)), a.minutes))


def plan_of(snapshot: Snapshot, agenda: Agenda) -> tuple[Phase, ...]:
    """The plan as it was run so far; steps that the agenda does not have count for nothing."""
    known = {s.id for s in agenda.step}
    return tuple(p for p in snapshot.phases if p.step in known) or phases_of(agenda)


def phases_of(agenda: Agenda) -> tuple[Phase, ...]:
    """The plan before anything has begun."""
    return tuple(Phase(step.id) for step in agenda.step)


def current(phases: Sequence[Phase]) -> int | None:
    """Place of the running phase; none between phases."""
    return next((i for i, p in enumerate(phases) if p.state == "running"), None)


def following(phases: Sequence[Phase]) -> int | None:
    """Place of the next open phase after the running one, else of the first open one."""
    now = current(phases)
    start = -1 if now is None else now
    later = (i for i in range(start + 1, len(phases)) if phases[i].state == "open")
    return next(later, next((i for i, p in enumerate(phases) if p.state == "open"), None))


def begin(phases: Sequence[Phase], place: int, now: datetime) -> tuple[Phase, ...]:
    """Starts a phase; the running one is done.

    One that is over keeps its times: it is repeated, and the repetition begins.

    Raises:
        IndexError: There is no such place.
        ValueError: The plan is full.
    """
    if phases[_checked(phases, place)].state == "done":
        after = _after(phases, place)
        return begin(repeat(phases, place), after + 1, now)
    if phases[place].state == "running":
        return tuple(phases)
    ended = list(finish(phases, now))
    ended[place] = replace(ended[place], state="running", started=_text(now), ended=None)
    return tuple(ended)


def finish(phases: Sequence[Phase], now: datetime) -> tuple[Phase, ...]:
    """Ends the running phase, if there is one."""
    return tuple(replace(p, state="done", ended=_text(now)) if p.state == "running" else p for p in phases)


def skip(phases: Sequence[Phase], place: int, now: datetime) -> tuple[Phase, ...]:
    """Leaves a phase out; it stays in the plan, where it can be begun all the same.

    Raises:
        IndexError: There is no such place.
    """
    skipped = phases[_checked(phases, place)]
    ended = _text(now) if skipped.state == "running" else skipped.ended
    return _with(phases, place, replace(skipped, state="skipped", ended=ended))


def repeat(phases: Sequence[Phase], place: int) -> tuple[Phase, ...]:
    """Puts the same step in once more, right after the running phase, or after itself.

    Raises:
        IndexError: There is no such place.
        ValueError: The plan is full.
    """
    if len(phases) >= MOST_PHASES:
        raise ValueError(f"a plan holds at most {MOST_PHASES} phases")
    after = _after(phases, _checked(phases, place))
    return (*phases[: after + 1], Phase(phases[place].step), *phases[after + 1 :])


def move(phases: Sequence[Phase], place: int, to: int) -> tuple[Phase, ...]:
    """Puts a phase elsewhere; the others keep their order.

    Raises:
        IndexError: There is no such place.
    """
    _checked(phases, place)
    _checked(phases, to)
    others = [p for i, p in enumerate(phases) if i != place]
    others.insert(to, phases[place])
    return tuple(others)


def refit(wanted: Sequence[int], minutes_left: int) -> list[int]:
    """Shares the minutes that are left among phases in the proportion of their plan.

    Each gets a minute at least while there are enough; the sum is exactly what is left. What is
    over goes to those that lost most by rounding, the earlier ones first.
    """
    left = max(minutes_left, 0)
    total = sum(wanted)
    if not wanted or total <= 0:
        return [0] * len(wanted)
    if left <= len(wanted):
        # Too little for all: the first ones get a minute each.
        return [1 if i < left else 0 for i in range(len(wanted))]
    spare = left - len(wanted)
    # A minute each comes first; the rest goes by what a phase is planned to take beyond it.
    beyond = [max(w - 1, 0) for w in wanted]
    if not sum(beyond):
        beyond = [1] * len(wanted)
    base = [spare * b // sum(beyond) for b in beyond]
    lost = [spare * b % sum(beyond) for b in beyond]
    order = sorted(range(len(wanted)), key=lambda i: (-lost[i], i))
    for i in order[: spare - sum(base)]:
        base[i] += 1
    return [1 + b for b in base]


def slots(
    agenda: Agenda, phases: Sequence[Phase], minutes_left: float | None = None, spent: float = 0.0
) -> tuple[Slot, ...]:
    """The plan with minutes, refitted to what is left.

    Args:
        agenda: Whose steps the phases are.
        phases: The plan; that of the agenda if empty.
        minutes_left: Of the whole session; none: as planned.
        spent: Minutes that the running phase has taken already; they count as left for it.
    """
    steps: Mapping[str, AgendaStep] = {s.id: s for s in agenda.step}
    known = [p for p in (phases or phases_of(agenda)) if p.step in steps]
    waiting = [i for i, p in enumerate(known) if p.state in ("open", "running")]
    planned = [steps[known[i].step].minutes for i in waiting]
    if minutes_left is not None:
        room = max(math.ceil(minutes_left - 1e-9), 0)
        running = current(known)
        if running is not None:
            at = waiting.index(running)
            # A phase that runs has used a part of its share; only the rest of it is still to be given.
            planned[at] = max(planned[at] - math.floor(spent + 1e-9), 1)
        planned = refit(planned, room)
    share = dict(zip(waiting, planned, strict=True))
    seen: set[str] = set()
    found = []
    for place, phase in enumerate(known):
        step = steps[phase.step]
        minutes = share.get(place, _taken(phase, step))
        found.append(Slot(place, step, phase, minutes, phase.step in seen))
        seen.add(phase.step)
    return tuple(found)


def minutes_of(phase: Phase, now: datetime) -> float:
    """Minutes that a phase has taken so far; 0 for one that has not begun."""
    if phase.started is None:
        return 0.0
    end = now if phase.ended is None else datetime.fromisoformat(phase.ended)
    return max((end - datetime.fromisoformat(phase.started)).total_seconds() / 60.0, 0.0)


def begun(phases: Sequence[Phase]) -> datetime | None:
    """When the first phase began."""
    times = [datetime.fromisoformat(p.started) for p in phases if p.started is not None]
    return min(times, default=None)


def _after(phases: Sequence[Phase], place: int) -> int:
    """The place behind which a repetition goes: the running phase, or the one that is repeated."""
    now = current(phases)
    return max(place, -1 if now is None else now)


def _taken(phase: Phase, step: AgendaStep) -> int:
    if phase.started is None or phase.ended is None:
        return step.minutes
    return round(minutes_of(phase, datetime.fromisoformat(phase.ended)))


def _checked(phases: Sequence[Phase], place: int) -> int:
    if not 0 <= place < len(phases):
        raise IndexError("there is no phase at that place")
    return place


def _with(phases: Sequence[Phase], place: int, phase: Phase) -> tuple[Phase, ...]:
    return (*phases[:place], phase, *phases[place + 1 :])


def _text(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
