"""What the projector shows of a round: the question while it is open, then what came out."""

from __future__ import annotations

from collections.abc import Sequence

from prioritizer.facilitation.roster import States
from prioritizer.model.session import Snapshot
from prioritizer.text.phrases import counted
from prioritizer.workshop.views.reveal import RevealCell, reveal_cell
from prioritizer.workshop.views.slide import MOST_ROWS, Slide, SlideRow

Cell = tuple[str, str]


def question_slide(snapshot: Snapshot) -> Slide | None:
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


def revealed_slide(snapshot: Snapshot, table: Sequence[Cell]) -> Slide | None:
    """What was just revealed, one cell or many; none where nothing of it stands any more."""
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
