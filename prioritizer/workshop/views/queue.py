"""The contested queue: which cell next.

A practice item calibrates the room. Then come the cells of which one level up or down changes a lane, or
who is among the first N: found exactly, by the rules themselves. Then the others. In each of the two those come
first of which settling is expected to change most in who is among the first N, then those on which people are
furthest apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from prioritizer.analysis.talk import CellEffect
from prioritizer.facilitation.capacity import ASSUMED
from prioritizer.facilitation.capacity import Rates as Rates  # faces hold one
from prioritizer.facilitation.clock import Happening, pace
from prioritizer.facilitation.patterns import SEVERITY, Pattern, find_pattern
from prioritizer.facilitation.queue import PRACTICE, PracticeItem, Talk
from prioritizer.model.session import Round, Snapshot, UseCase
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.text.phrases import listed
from prioritizer.workshop.views.agenda import agenda_view
from prioritizer.workshop.views.flips import Flip, flips_of
from prioritizer.workshop.views.plain import percent
from prioritizer.workshop.views.reveal import agreement_of
from prioritizer.workshop.views.talk import effect_words


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One contested cell.

    Attributes:
        use_case: Id.
        number: Of the card.
        title: Of the card.
        criterion: Id.
        pattern: Of the last revealed round.
        agreement: Van der Eijk's A; nan where nobody gave a level.
        room_value: What stands now; none where nobody gave a level.
        rounds: How many were revealed.
        flips: What would change, of those levels that change something.
        effect: Share of draws in which it decides whether its use case is in the top N; 0 where not known.
        words: Why it is in the queue, in one sentence.
    """

    use_case: str
    number: int
    title: str
    criterion: str
    pattern: Pattern
    agreement: float
    room_value: int | None
    rounds: int
    flips: tuple[Flip, ...]
    effect: float
    words: str

    @property
    def decides(self) -> bool:
        """One level of it changes a lane or the first N."""
        return bool(self.flips)

    @property
    def often(self) -> int:
        """The effect in whole per cent of the draws, rounded down."""
        return percent(self.effect)


@dataclass(frozen=True, slots=True)
class QueueView:
    """What to talk about, in order.

    Attributes:
        practice: What to calibrate on first; none once a round was revealed, or the phase is over.
        items: The contested cells.
        talk: How far the minutes reach; `Talk.words` is the header.
        begun: A round was revealed: before, nothing can be contested.
    """

    practice: PracticeItem | None
    items: tuple[QueueItem, ...]
    talk: Talk
    begun: bool = True

    @property
    def skipped(self) -> tuple[QueueItem, ...]:
        """Those for which there is no time."""
        return self.items[self.talk.fits :]

    def after(self, use_case: str, criterion: str) -> QueueItem | None:
        """The next one behind a cell, going round; the first where that cell is not in the queue."""
        places = [i for i, x in enumerate(self.items) if (x.use_case, x.criterion) == (use_case, criterion)]
        if not self.items:
            return None
        return self.items[(places[0] + 1) % len(self.items)] if places else self.items[0]


def queue_view(
    snapshot: Snapshot,
    evaluation: Evaluation,
    *,
    minutes_left: float | None = None,
    rates: Rates = ASSUMED,
    effects: Iterable[CellEffect] = (),
) -> QueueView:
    """The queue as it is now.

    Args:
        snapshot: What anybody may see.
        evaluation: Of that snapshot.
        minutes_left: For talking about contested cells.
        rates: The pace of this room.
        effects: What settling each cell is expected to change, as far as it is known by now.
    """
    expected = {(e.use_case, e.criterion): e.share for e in effects}
    cells = list(_contested(snapshot))
    flips = flips_of(snapshot, evaluation, [(case, c) for case, c, _, _ in cells])
    items = [
        _item(snapshot, case, criterion, rounds, pattern, found, expected.get((case.id, criterion), 0.0))
        for (case, criterion, rounds, pattern), found in zip(cells, flips, strict=True)
    ]
    columns = snapshot.preset.criterion_index()
    items.sort(
        key=lambda x: (
            not x.decides,
            -x.often,
            2.0 if math.isnan(x.agreement) else x.agreement,
            SEVERITY[x.pattern.id],
            columns[x.criterion],
            x.number,
        )
    )
    return QueueView(
        practice_item(snapshot),
        tuple(items),
        Talk(len(items), rates.minutes_a_contested, minutes_left),
        _begun(snapshot),
    )


def pace_of(happenings: Iterable[Happening]) -> Rates:
    """The pace of this room from its own log; the assumptions where there is too little of it."""
    return pace(happenings).rates


def talk_minutes(snapshot: Snapshot, now: datetime) -> float | None:
    """Minutes left for contested cells: of that phase of the agenda, else of the session; none without a clock."""
    view = agenda_view(snapshot, now)
    if view is None or view.minutes_left is None:
        return None
    waiting = [s for s in view.slots if s.step.id == "contested" and s.phase.state in ("running", "open")]
    return float(sum(s.minutes for s in waiting)) if waiting else view.minutes_left


def practice_item(snapshot: Snapshot) -> PracticeItem | None:
    """What to calibrate on; none once a round was revealed, or the phase is over."""
    over = any(p.step == "calibrate" and p.state in ("done", "skipped") for p in snapshot.phases)
    return None if over or _begun(snapshot) else PRACTICE[0]


def _begun(snapshot: Snapshot) -> bool:
    return any(r.status == "revealed" for u in snapshot.live() for rs in u.rounds.values() for r in rs)


def _contested(snapshot: Snapshot) -> list[tuple[UseCase, str, list[Round], Pattern]]:
    """Revealed, not agreed, not parked, not open again, and not of one mind."""
    columns = snapshot.preset.criterion_index()
    found = []
    for case in snapshot.live():
        for criterion, rounds in case.rounds.items():
            column = columns.get(criterion)
            if column is None or snapshot.how_asked(criterion) == "off" or case.level(column) is not None:
                continue
            held = [r for r in rounds if r.status != "void"]
            if not held or held[-1].status != "revealed":
                continue
            task = case.tasks.get(criterion)
            if task is not None and task.who and task.when:
                continue
            pattern = find_pattern(held[-1].levels())
            if pattern.contested:
                found.append((case, criterion, held, pattern))
    return found


def _item(
    snapshot: Snapshot,
    case: UseCase,
    criterion: str,
    rounds: Sequence[Round],
    pattern: Pattern,
    flips: Sequence[Flip],
    effect: float,
) -> QueueItem:
    return QueueItem(
        use_case=case.id,
        number=case.number,
        title=case.title,
        criterion=criterion,
        pattern=pattern,
        agreement=agreement_of(rounds[-1]),
        room_value=pattern.median,
        rounds=len(rounds),
        flips=tuple(flips),
        effect=effect,
        words=_words(snapshot, pattern, flips, effect),
    )


def _words(snapshot: Snapshot, pattern: Pattern, flips: Sequence[Flip], effect: float) -> str:
    what = pattern.title.lower()
    expected = f"; {effect_words(effect, snapshot.top)}" if percent(effect) else ""
    if not flips:
        return f"{what}; one level alone changes no lane and not the first {snapshot.top}{expected}"
    parts = []
    for flip in flips:
        effects = []
        if flip.changes_lane:
            effects.append(f"moves it to “{snapshot.preset.lane_title(flip.lane)}”")
        if flip.enters:
            effects.append(f"brings it into the first {snapshot.top}")
        if flip.leaves:
            effects.append(f"takes it out of the first {snapshot.top}")
        parts.append(f"a {flip.level} {listed(effects)}")
    return f"{what}; {', '.join(parts)}{expected}"
