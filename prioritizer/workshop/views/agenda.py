"""The agenda on screen: what runs, what to say, how much time, what comes next. The time is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from prioritizer.facilitation.agenda import (
    STAGE_TITLES,
    Slot,
    agenda_of,
    begun,
    current,
    following,
    minutes_of,
    plan_of,
    slots,
)
from prioritizer.facilitation.clock import Mood, Timer
from prioritizer.model.session import Snapshot

if TYPE_CHECKING:
    from prioritizer.model.parts import AgendaStep


@dataclass(frozen=True)
class AgendaView:
    """The plan as it stands.

    Attributes:
        title: Of the agenda.
        slots: Every phase with its minutes, refitted to what is left.
        place: Of the running phase; none between phases.
        next: Of the phase that is begun next; none at the end.
        minutes_left: Of the session; none until a phase was begun.
        timer: "7 min left" of the running phase; "" between phases.
        changes_in: Seconds until the timer says something else; none between phases.
        mood: How to dress the timer.
    """

    title: str
    slots: tuple[Slot, ...]
    place: int | None
    next: int | None
    minutes_left: float | None
    timer: str
    mood: Mood
    changes_in: float | None = None

    @property
    def running(self) -> Slot | None:
        return None if self.place is None else self.slots[self.place]

    @property
    def phase(self) -> str:
        """Title of the running phase; "" between phases."""
        return "" if self.running is None else self.running.step.title

    def say(self) -> str:
        """The sentence that opens the running phase, or the next one."""
        place = self.place if self.place is not None else self.next
        return "" if place is None else self.slots[place].step.say

    def words(self) -> str:
        """One quiet line: ``Silent rating · 7 min left · then Reveal``."""
        running = self.running
        parts = [] if running is None else [running.step.title, self.timer]
        if self.next is not None:
            parts.append(f"then {self.slots[self.next].step.title}")
        return " · ".join(parts)


def agenda_view(snapshot: Snapshot, now: datetime) -> AgendaView | None:
    """The agenda now; none while no agenda is chosen and no length is set."""
    agenda = agenda_of(snapshot)
    if agenda is None:
        return None
    phases = plan_of(snapshot, agenda)
    start = begun(phases)
    total = float(snapshot.minutes or agenda.minutes)
    left = total if start is None else total - (now - start).total_seconds() / 60.0
    place = current(phases)
    spent = 0.0 if place is None else minutes_of(phases[place], now)
    planned = slots(agenda, phases, left, spent)
    timer: str = ""
    mood: Mood = "calm"
    changes_in: float | None = None
    if place is not None and start is not None and (begin := phases[place].started) is not None:
        # The timebox is what it was given when it began; it does not shrink while one looks at it.
        started = datetime.fromisoformat(begin)
        given = slots(agenda, phases, total - (started - start).total_seconds() / 60.0)[place].minutes
        box = Timer(started, given)
        timer, mood = box.words(now), box.mood(now)
        changes_in = box.left(now) % 1 * 60.0 or 60.0
    return AgendaView(
        title=agenda.title,
        slots=planned,
        place=place,
        next=following(phases),
        minutes_left=None if start is None else left,
        timer=timer,
        mood=mood,
        changes_in=changes_in,
    )


def stage_title(step: AgendaStep) -> str:
    """The stage on which a phase happens."""
    return STAGE_TITLES[step.stage]
