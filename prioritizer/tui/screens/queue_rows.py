"""What the contested queue looks like: pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.charts.segments import Row
from prioritizer.text.phrases import counted
from prioritizer.text.width import fit, wrap
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.screens.reveal_rows import PATTERN_ROLES, PATTERN_SIGNS

if TYPE_CHECKING:  # it brings numpy
    from prioritizer.workshop.views.queue import QueueItem, QueueView


NOT_BEGUN = "No ballot was revealed yet: what the room sees differently is known after one; {rate.ballot} in Rate opens it."
WIDE = 90
"""Cells from which "decides" stands beside its share of draws."""


def item_row(item: QueueItem, place: int, skipped: bool, width: int) -> Row:
    """One contested cell: what it is, its pattern, whether it can change the result.

    Args:
        item: The cell.
        place: In the queue, from 1.
        skipped: There is no time for it.
        width: Of the list.
    """
    value = "?" if item.room_value is None else str(item.room_value)
    often = f"{item.often:>2} %" if item.often else ""
    last = 15 if width >= WIDE else 10
    decides = "decides " if item.decides and (width >= WIDE or not often) else ""
    words = f"{'◆' if item.decides else ' '} {fit(decides, 8) if width >= WIDE else decides}{often}"
    room = max(8, width - 4 - 4 - 9 - 12 - 8 - last - 2)
    return [
        (f"{place:3} ", "muted"),
        (f"{item.number:02d} ", "strong"),
        (fit(item.title, room), "muted" if skipped else ""),
        (" ", ""),
        (fit(item.criterion, 8), "strong"),
        (" ", ""),
        (fit(f"{PATTERN_SIGNS[item.pattern.id]} {item.pattern.title}", 12), PATTERN_ROLES[item.pattern.id]),
        (fit(f" ({value}) r{item.rounds}", 8), "second"),
        (fit(words, last), "mark strong" if item.decides else "second"),
    ]


def why_rows(item: QueueItem, width: int) -> list[Row]:
    """What to do about it, and why it stands where it stands."""
    sentence = f"{item.words[:1].upper()}{item.words[1:]}."
    rows: list[Row] = [[(f" {line}", "strong")] for line in wrap(item.pattern.move, max(10, width - 2))]
    return [*rows, *([(f" {line}", "")] for line in wrap(sentence, max(10, width - 2)))]


def head_words(view: QueueView) -> str:
    """How far the minutes reach, or that there is nothing to reach for yet."""
    return view.talk.words() if view.begun else hint(NOT_BEGUN)


def short_words(view: QueueView) -> str:
    """What is left, in a line: cells, minutes, and what there is no time for."""
    talk = view.talk
    if view.practice is not None:
        return "a practice item first, which calibrates the room"
    if not talk.cells:
        return "nothing is contested any more"
    text = f"next of {counted(talk.cells, 'contested cell')}, about {counted(round(talk.needs), 'minute')}"
    if talk.minutes_left is not None:
        text += f"; {max(int(talk.minutes_left), 0)} left"
        text += f": no time for {talk.skipped}" if talk.skipped else ", all fit"
    return text


def side_rows(view: QueueView | None, width: int, height: int) -> list[Row]:
    """The queue beside the reveal: how far the minutes reach, and the next few."""
    if view is None:
        return [[(" …", "muted")]]
    rows: list[Row] = [[(" What next", "accent strong"), (hint("  {queue.next} opens it"), "muted")]]
    rows += [[(f" {line}", "muted")] for line in wrap(head_words(view), max(10, width - 2))]
    rows.append([])
    if view.practice is not None:
        rows += [[(f" {line}", "mark")] for line in wrap(view.practice.title, max(10, width - 2))]
    for place, item in enumerate(view.items):
        if place == view.talk.fits and place:
            rows.append([(" no time for:", "warn")])
        sign, role = PATTERN_SIGNS[item.pattern.id], PATTERN_ROLES[item.pattern.id]
        head = f" {item.number:02d} {item.criterion} "
        mark = "◆" if item.decides else " "
        rows.append([(mark, "mark"), (head, "strong"), (f"{sign} {item.pattern.title}", role)])
        rows.append([("    ", ""), (fit(item.title, max(4, width - 5)), "muted")])
        if len(rows) >= height - 1:
            break
    return rows
