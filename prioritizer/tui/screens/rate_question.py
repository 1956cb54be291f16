"""The question that is being rated, with its five levels: always on the screen, whatever its length.

Pure functions from what is asked to what is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from prioritizer.charts.segments import Segment
from prioritizer.text.width import cell_width, fit, wrap
from prioritizer.tui.widgets.painted import LIT, Drawing
from prioritizer.workshop.views.rating import Ladder

_INDENT = 4
"""Cells before a level's text: blank, digit, two blanks."""
_EDGE = 1


def lines_needed(ladder: Ladder, width: int) -> int:
    """Lines that a question takes with nothing left out."""
    question, levels = _wrapped(ladder, width)
    return 1 + bool(ladder.meaning) + len(question) + sum(map(len, levels))


def panel_height(asked: Sequence[Ladder], current: Ladder, width: int, most: int) -> int:
    """Lines for the question: the same for all of them where that can be, so that nothing jumps.

    Args:
        asked: Every question.
        current: The one that is asked now.
        width: Cells of a line.
        most: Lines that there are at most.
    """
    needs = [lines_needed(each, width) for each in asked]
    usual = max((n for n in needs if n <= most), default=most)
    return min(most, max(usual, lines_needed(current, width)))


def draw_question(
    ladder: Ladder,
    level: int | None,
    rated: tuple[int, int],
    width: int,
    height: int,
    *,
    doing: str = "rated",
    pick: bool = True,
) -> Drawing:
    """The question, its levels, who brings it, and how many have it.

    Args:
        ladder: The question.
        level: The level under the cursor, which is lit.
        rated: How many have a level, of how many.
        width: Cells of a line.
        height: Lines; long texts are cut so that every level has its line.
        doing: What has been done to those that have it; "" leaves their number out.
        pick: Whether a click on a level gives it.
    """
    question, levels = _wrapped(ladder, width)
    spare = height - 1 - len(question) - sum(map(len, levels))
    meaning = bool(ladder.meaning) and spare >= 1
    question, levels = _cut(question, levels, height - 1 - meaning)

    d = Drawing()
    progress = f"{rated[0]:,} of {rated[1]:,} {doing} " if doing else ""
    title = f" {ladder.criterion.id} · {ladder.criterion.title} "
    who, role = ladder.brought_by, "warn" if ladder.absent else "muted"
    if cell_width(title) + cell_width(who) + 2 > width:
        who = who.replace("; nobody with that role is here", "; nobody here")
    room = width - cell_width(who) - 2
    d.line((title if cell_width(title) <= room else fit(title, max(room, width // 2)), "accent strong"))
    d.right([(f"{'⚠ ' if ladder.absent else ''}{who} ", role)], width)
    if not d.rows[-1][-1][0].strip().endswith(who) and ladder.absent:
        d.right([("⚠ ", "warn")], width)
    if meaning:
        d.line((" " + _said(ladder.meaning, width - cell_width(progress) - 4), "muted"))
        d.right([(progress, "muted")], width)
    for line in question:
        d.line((f" {line}", "strong"))
    for number, lines in enumerate(levels):
        lit = LIT if number == level else ""
        for place, line in enumerate(lines):
            sign = "▸" if lit else " "
            lead = f"{sign}{number}  " if place == 0 else " " * _INDENT
            d.line((lead, f"{lit} accent strong"), (line, lit))
            if lit:
                d.put(" " * max(0, width - _INDENT - cell_width(line)), lit)
            if pick:
                d.whole_line(f"level:{number}", width, "Agree this level and go on")
    return d


def _said(meaning: str, width: int) -> str:
    """As much of it as fits: its first statement whole where that can be."""
    if cell_width(meaning) <= width:
        return meaning
    first = next((meaning.split(stop)[0] for stop in (": ", "; ", ". ") if stop in meaning), meaning)
    return f"{first}." if cell_width(first) < width else fit(meaning, width)


def _wrapped(ladder: Ladder, width: int) -> tuple[list[str], list[list[str]]]:
    return _wrap_all(ladder.criterion.question, ladder.criterion.levels, width)


@lru_cache(maxsize=256)
def _wrap_all(question: str, levels: tuple[str, ...], width: int) -> tuple[list[str], list[list[str]]]:
    room = max(10, width - _INDENT - _EDGE)
    return wrap(question, max(10, width - 1 - _EDGE)), [wrap(text, room) for text in levels]


def _cut(question: list[str], levels: list[list[str]], height: int) -> tuple[list[str], list[list[str]]]:
    """The same within ``height`` lines: the longest texts give way first, and every level keeps a line."""
    question = _shortened(question, max(1, height - sum(map(len, levels)), 2))
    longest = max(map(len, levels))
    while longest > 1 and len(question) + sum(min(longest, len(lines)) for lines in levels) > height:
        longest -= 1
    levels = [_shortened(lines, longest) for lines in levels]
    return _shortened(question, max(1, height - sum(map(len, levels)))), levels


def _shortened(lines: list[str], most: int) -> list[str]:
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    return [*lines[: most - 1], fit(last + " …", max(cell_width(last), 2)).rstrip()[:-1].rstrip() + "…"]


def draw_strip(
    asked: Sequence[Ladder], counts: Sequence[int], total: int, current: int, width: int
) -> Drawing:
    """The criteria in one line, each with its progress; the dimension of the current one is spelled out.

    Args:
        asked: The criteria.
        counts: How many use cases have a level, for each.
        total: How many use cases there are.
        current: Index of the criterion that is asked now.
        width: Cells of the line.
    """
    d = Drawing()
    d.line().put(" By criterion ", "strong", spot="turn", tip="One use case across all criteria instead")
    d.put(" ")
    room = width - 15
    pieces = _pieces(asked, counts, total, current, short=False)
    if _wide(pieces) > room:
        pieces = _pieces(asked, counts, total, current, short=True)
    first, last = 0, len(pieces)
    if _wide(pieces) > room:
        here = next((i for i, p in enumerate(pieces) if p[2] == str(current)), 0)
        first, last = _window(pieces, here, room - 2)
    if first > 0:
        d.put("‹", "muted")
    for text, role, index in pieces[first:last]:
        tip = ""
        if index:
            ladder = asked[int(index)]
            tip = f"{ladder.criterion.id} {ladder.criterion.title}: {counts[int(index)]:,} of {total:,} rated"
        d.put(text, role, spot=f"criterion:{index}" if index else "", tip=tip)
    if last < len(pieces):
        d.put("›", "muted")
    return d


_Piece = tuple[str, str, str]
"""(text, role, index of the criterion or "")."""


def _pieces(
    asked: Sequence[Ladder], counts: Sequence[int], total: int, current: int, *, short: bool
) -> list[_Piece]:
    pieces: list[_Piece] = []
    here = asked[current].criterion.dimension
    groups: dict[str, list[int]] = {}
    for index, ladder in enumerate(asked):
        groups.setdefault(ladder.criterion.dimension, []).append(index)
    for dimension, members in groups.items():
        if pieces:
            pieces.append((" ", "", ""))
        folded = short and dimension != here and len(members) > 1
        if folded:
            pieces.append((fit(dimension, min(6, cell_width(dimension))), "muted", str(members[0])))
        for index in members:
            sign, role = progress_sign(counts[index], total)
            name = asked[index].criterion.id
            if folded:
                pieces.append((sign, role, str(index)))
            elif index == current:
                pieces.append((f"[{name}{sign}]", f"{LIT} strong", str(index)))
            else:
                pieces.append((f"{fit(name, min(8, cell_width(name)))}{sign} ", role, str(index)))
    return pieces


def progress_sign(count: int, total: int) -> tuple[str, str]:
    """How far something is, as a sign with its role."""
    if total and count >= total:
        return "●", "good"
    return ("◐", "accent") if count else ("○", "muted")


def _wide(pieces: Sequence[_Piece]) -> int:
    return sum(cell_width(text) for text, _, _ in pieces)


def _window(pieces: Sequence[_Piece], here: int, room: int) -> tuple[int, int]:
    """As many pieces around one as fit."""
    first, last = here, here + 1
    used = cell_width(pieces[here][0])
    grew = True
    while grew:
        grew = False
        if last < len(pieces) and used + cell_width(pieces[last][0]) <= room:
            used += cell_width(pieces[last][0])
            last, grew = last + 1, True
        if first > 0 and used + cell_width(pieces[first - 1][0]) <= room:
            first, grew = first - 1, True
            used += cell_width(pieces[first][0])
    return first, last


def draw_case_strip(
    label: str, title: str, place: tuple[int, int], rated: tuple[int, int], width: int
) -> Drawing:
    """The use case that is asked about, where it stands in the list, and how far it is."""
    d = Drawing()
    d.line().put(" By use case ", "strong", spot="turn", tip="One criterion across all use cases instead")
    d.put(" ").put("‹ ", "accent", spot="step:-1", tip="The use case before")
    end: list[Segment] = [
        (f"{rated[0]} of {rated[1]} rated · use case {place[0]:,} of {place[1]:,} ", "muted")
    ]
    room = max(8, width - 13 - 6 - cell_width(end[0][0]))
    name = f"{label} {title}"
    d.put(fit(name, min(room, cell_width(name))), f"{LIT} strong")
    d.put(" ›", "accent", spot="step:1", tip="The use case after")
    return d.right(end, width)
