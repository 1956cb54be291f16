"""What the projector shows, by what the room is at. No name of a person is ever in it.

Pure: the snapshot that anybody may see, the newest operations, and the time make one slide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from prioritizer.facilitation.clock import Happening
from prioritizer.facilitation.queue import PRACTICE
from prioritizer.model.session import Snapshot
from prioritizer.text.phrases import counted
from prioritizer.workshop.views.agenda import AgendaView, agenda_view
from prioritizer.workshop.views.plain import Evaluation
from prioritizer.workshop.views.rank import rank_view
from prioritizer.workshop.views.slide import MOST_ROWS, Slide, SlideRow
from prioritizer.workshop.views.slide_rounds import Cell, question_slide, revealed_slide

_BESIDE = frozenset({"agenda", "roster", "frame", "ask", "weights"})
"""Operations that turn nobody's eyes away from what was revealed."""

_ABOUT = frozenset({"rate", "evidence", "claim", "find-out", "deadlock", "assign"})
"""Operations by which a revealed cell is settled."""


def on_the_table(recent: Sequence[Happening]) -> tuple[Cell, ...]:
    """Cells that were revealed last, as long as the room is at them; () once something else was done."""
    settled: set[Cell] = set()
    for each in reversed(recent):
        if each.revealed:
            return each.revealed if settled <= set(each.revealed) else ()
        if each.kind in _ABOUT:
            settled.update(each.cells)
        elif each.kind not in _BESIDE:
            return ()
    return ()


def slide_of(
    snapshot: Snapshot,
    evaluation: Callable[[], Evaluation],
    recent: Sequence[Happening],
    now: datetime,
) -> Slide:
    """The slide for this moment.

    Args:
        snapshot: What anybody may see.
        evaluation: Gives the evaluation of that snapshot; called only where a ranking is shown.
        recent: The newest operations, oldest first.
        now: UTC.
    """
    plan = agenda_view(snapshot, now)
    slide = question_slide(snapshot) or _by_stage(snapshot, evaluation, on_the_table(recent), plan)
    if plan is None or plan.running is None:
        return slide
    return _timed(slide, plan, plan.running.step.title)


def _timed(slide: Slide, plan: AgendaView, phase: str) -> Slide:
    return replace(slide, phase=phase, timer=plan.timer, mood=plan.mood)


def _by_stage(
    snapshot: Snapshot,
    evaluation: Callable[[], Evaluation],
    table: Sequence[Cell],
    plan: AgendaView | None,
) -> Slide:
    running = None if plan is None else plan.running
    stage = None if running is None else running.step.stage
    if stage == "break":
        return Slide("break", snapshot.title, running.step.title if running else "", under="We go on soon.")
    if stage in (None, "rate") and (shown := revealed_slide(snapshot, table)) is not None:
        return shown
    if running is not None and running.step.id == "calibrate":
        item = PRACTICE[0]
        return Slide("practice", "Practice: these answers are thrown away", "Practice", under=item.task)
    if stage == "frame":
        return _welcome(snapshot)
    if stage == "collect":
        return _candidates(snapshot)
    if stage == "gate":
        return _gates(snapshot)
    if any(level != 255 for u in snapshot.live() for level in u.levels) or _any_revealed(snapshot):
        return _ranking(snapshot, evaluation())
    return _candidates(snapshot) if next(snapshot.live(), None) is not None else _welcome(snapshot)


def _any_revealed(snapshot: Snapshot) -> bool:
    return any(r.status == "revealed" for u in snapshot.live() for rs in u.rounds.values() for r in rs)


def _welcome(snapshot: Snapshot) -> Slide:
    said = [t for t in (snapshot.purpose, snapshot.decision_rule) if t and not _names_somebody(snapshot, t)]
    return Slide(
        "welcome",
        snapshot.preset.title,
        snapshot.title,
        under=said[0] if said else "",
        rows=tuple(SlideRow("", text) for text in said[1:]),
    )


def _names_somebody(snapshot: Snapshot, text: str) -> bool:
    """Whether free words hold the name of somebody whom the session knows; they are left out then."""
    words = f" {' '.join(''.join(c if c.isalnum() else ' ' for c in text).split())} ".casefold()
    return any(f" {name.casefold()} " in words for name in snapshot.names.values() if len(name) > 1)


def _candidates(snapshot: Snapshot) -> Slide:
    live = list(snapshot.live())
    rows = tuple(SlideRow(f"#{u.number}", u.title) for u in reversed(live[-MOST_ROWS:]))
    heading = counted(len(live), snapshot.preset.candidate)
    return Slide("candidates", snapshot.title, heading, rows=rows)


def _gates(snapshot: Snapshot) -> Slide:
    live = list(snapshot.live())
    questions = snapshot.preset.questions
    done = [sum(gate.id in u.gates for u in live) for gate in questions]
    rows = tuple(
        SlideRow("✓" if n == len(live) else "·", gate.question or gate.title, beside=f"{n} of {len(live)}")
        for gate, n in zip(questions, done, strict=True)
    )
    return Slide(
        "gates",
        snapshot.title,
        "Gates",
        under="Yes, no, or nobody here can say.",
        rows=rows,
        count=f"{sum(done)} of {len(live) * len(questions)}",
        count_words="answers are in",
    )


def _ranking(snapshot: Snapshot, evaluation: Evaluation) -> Slide:
    view = rank_view(snapshot, evaluation)
    rows = []
    for row in view.rows(0, MOST_ROWS):
        marks = [snapshot.preset.lane_title(row.lane), str(row.readiness)]
        if row.trap:
            marks.insert(0, "demo trap")
        rows.append(SlideRow(str(row.rank), row.title, beside="  ".join(marks), role=f"lane-{row.lane}"))
    first = view.first_lane
    under = f"{view.ready} in “{first}”" if view.ready else f"Nothing stands in “{first}” yet."
    return Slide("ranking", snapshot.title, "The ranking", under=under, rows=tuple(rows))
