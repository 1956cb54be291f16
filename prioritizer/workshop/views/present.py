"""What the projector shows, by what the room is at. No name of a person is ever in it.

Pure: the snapshot that anybody may see, the newest operations, and the time make one slide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from prioritizer.facilitation.clock import Happening, Mood
from prioritizer.facilitation.queue import PRACTICE
from prioritizer.facilitation.roster import States
from prioritizer.model.session import Snapshot
from prioritizer.text.phrases import counted
from prioritizer.workshop.views.agenda import AgendaView, agenda_view
from prioritizer.workshop.views.plain import Evaluation
from prioritizer.workshop.views.rank import rank_view
from prioritizer.workshop.views.reveal import RevealCell, reveal_cell

Kind = Literal[
    "question", "reveal", "reveals", "ranking", "gates", "candidates", "practice", "break", "welcome"
]
Cell = tuple[str, str]
MOST_ROWS = 60
"""Nobody reads more from the back of a room."""

_BESIDE = frozenset({"agenda", "roster", "frame", "ask", "weights"})
"""Operations that turn nobody's eyes away from what was revealed."""

_ABOUT = frozenset({"rate", "evidence", "claim", "find-out", "deadlock", "assign"})
"""Operations by which a revealed cell is settled."""


@dataclass(frozen=True, slots=True)
class SlideRow:
    """One line of a slide.

    Attributes:
        lead: A level, a rank, or the number of a card.
        text: Words.
        beside: What stands at the right end, in a word or two.
        people: How many gave this level; none where the row is no level.
        counts: How many gave each level, for a row that is a whole cell.
        role: Of the lead.
    """

    lead: str
    text: str
    beside: str = ""
    people: int | None = None
    counts: tuple[int, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """What stands on the wall.

    Attributes:
        kind: What the room is at.
        kicker: A small line: the session, or the cell.
        heading: A few words, to be shown as large as they fit.
        under: One sentence below.
        rows: The body.
        count: "5 of 8", to be shown large.
        count_words: What it counts.
        phase: Of the agenda; "" while none runs.
        timer: "7 min left"; "" while none runs.
        mood: Of the timer.
        role: Of the heading.
    """

    kind: Kind
    kicker: str
    heading: str
    under: str = ""
    rows: tuple[SlideRow, ...] = ()
    count: str = ""
    count_words: str = ""
    phase: str = ""
    timer: str = ""
    mood: Mood = "calm"
    role: str = "accent"


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
    slide = _asked(snapshot) or _by_stage(snapshot, evaluation, on_the_table(recent), plan)
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
    if stage in (None, "rate") and (shown := _revealed(snapshot, table)) is not None:
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


# A round is open


def _asked(snapshot: Snapshot) -> Slide | None:
    """The question that is answered now, with its five level texts; none while no round is open."""
    by_criterion: dict[str, list[RevealCell]] = {}
    for criterion in snapshot.preset.criterion_ids:
        for case in snapshot.live():
            held = [r for r in case.rounds.get(criterion, ()) if r.status != "void"]
            if held and held[-1].status == "open":
                cell = reveal_cell(snapshot, case.id, criterion)
                if cell is not None:
                    by_criterion.setdefault(criterion, []).append(cell)
    if not by_criterion:
        return None
    waiting = [c for c, cells in by_criterion.items() if not all(x.states.complete for x in cells)]
    name = waiting[0] if waiting else list(by_criterion)[-1]
    cells = by_criterion[name]
    criterion_ = snapshot.preset.find_criterion(name)
    one = _one_at_a_time(cells)
    if one is not None:
        kicker = f"#{one.number}  {one.title}"
        if one.round > 1:
            kicker += f"  ·  vote {one.round}"
        count, words = _of(one.states), "have answered"
        if not one.states.asked:
            count, words = "", ""  # nobody votes yet
    else:
        kicker = f"{counted(len(cells), snapshot.preset.candidate)}, one question"
        answered, asked = sum(c.states.answered for c in cells), sum(c.states.asked for c in cells)
        count, words = f"{answered} of {asked}", "answers are in"
    return Slide(
        "question",
        kicker,
        f"{name} {criterion_.title}",
        under=criterion_.question,
        rows=tuple(SlideRow(str(level), text) for level, text in enumerate(criterion_.levels)),
        count=count,
        count_words=words,
    )


def _one_at_a_time(cells: Sequence[RevealCell]) -> RevealCell | None:
    """The cell that is answered now, where the room goes card by card; none where ballots are filled in."""
    begun = [c for c in cells if c.states.answered and not c.states.complete]
    if len(cells) > 1 and len(begun) > 1:
        return None
    if begun:
        return begun[0]
    return next((c for c in cells if not c.states.complete), cells[-1])


def _of(states: States) -> str:
    return f"{states.answered} of {states.asked}"


# Revealed


def _revealed(snapshot: Snapshot, table: Sequence[Cell]) -> Slide | None:
    found = []
    for use_case, criterion in table:
        case = snapshot.use_cases.get(use_case)
        if case is None or not case.live or criterion not in snapshot.preset.criterion_ids:
            continue
        cell = reveal_cell(snapshot, use_case, criterion)
        if cell is not None and cell.status == "revealed":
            found.append(cell)
    if not found:
        return None
    return _one_revealed(snapshot, found[0]) if len(found) == 1 else _many_revealed(found)


def _one_revealed(snapshot: Snapshot, cell: RevealCell) -> Slide:
    criterion = snapshot.preset.find_criterion(cell.criterion)
    pattern = cell.pattern
    assert pattern is not None, "a revealed cell has one"
    under = pattern.move + (f" Since the vote before: {cell.moved}." if cell.moved else "")
    stands = cell.agreed if cell.agreed is not None else cell.room_value
    word = "claimed" if cell.claimed else "agreed" if cell.agreed is not None else "the room says"
    rows = tuple(
        SlideRow(
            str(level),
            text,
            beside=word if level == stands else "",
            people=cell.states.levels[level],
            role="good" if level == stands else "",
        )
        for level, text in enumerate(criterion.levels)
    )
    return Slide(
        "reveal",
        f"#{cell.number}  {cell.title}  ·  {cell.criterion} {cell.criterion_title}",
        pattern.title,
        under=under,
        rows=rows,
        count=f"{cell.states.known} of {cell.states.asked}",
        count_words=_others(cell.states),
        role="warn" if pattern.contested else "good",
    )


def _others(states: States) -> str:
    words = ["gave a level"]
    if states.dont_know:
        words.append(f"{states.dont_know} cannot say")
    if states.abstain:
        words.append(f"{states.abstain} not their field")
    return ", ".join(words)


def _many_revealed(cells: Sequence[RevealCell]) -> Slide:
    criteria = {c.criterion for c in cells}
    apart = sum(c.pattern is not None and c.pattern.contested and c.agreed is None for c in cells)
    rows = []
    for cell in cells[:MOST_ROWS]:
        assert cell.pattern is not None
        name = cell.title if len(criteria) == 1 else f"{cell.criterion}  {cell.title}"
        rows.append(
            SlideRow(
                f"#{cell.number}",
                name,
                beside="agreed" if cell.agreed is not None else cell.pattern.title.lower(),
                counts=cell.states.levels,
                role="warn" if cell.pattern.contested else "good",
            )
        )
    first = cells[0]
    kicker = f"{first.criterion} {first.criterion_title}" if len(criteria) == 1 else "Revealed"
    heading = "All agreed" if not apart else f"{apart} to talk about"
    under = (
        "" if not apart else f"Of {len(cells)}. The lowest speaks first, then the highest, and only facts."
    )
    return Slide("reveals", kicker, heading, under=under, rows=tuple(rows), role="warn" if apart else "good")


# Everything else


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
