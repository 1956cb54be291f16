"""How much of a report goes on the first page, so that a sponsor prints one sheet.

A browser says nothing about pages before it prints, so heights are estimated, in CSS pixels, for the
widest usual font and for paper as narrow as A4 and as short as Letter. The numbers are those of
``templates/style.css`` in print; a test prints the page and counts the sheets.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from prioritizer.exchange.changes import change, fixes
from prioritizer.model.report import Report, ReportLine
from prioritizer.text.clean import clean_text
from prioritizer.text.width import cell_width

WIDTH = 703
"""A4 without its margins."""
HEIGHT = 968
"""Letter without its margins, and a little air."""

EM = 9.6
LINE = 1.3
CELL = 0.52
"""Width of a letter of DejaVu Sans as a share of the font size, in English."""
RAGGED = 2.0
"""Letters' heights that a line loses on average because it is broken between words."""

PURPOSE, RULE, TITLE, TASK, FACT, STEP, CHANGE, REASON = 260, 260, 110, 190, 130, 90, 190, 150
"""Characters of each text in the tables and lists of the page; the Markdown has all of a longer one."""
STEPS = 2
"""Conditions of a use case on the first page."""
FIXES = 330
"""Characters of all that would make a use case a first pilot."""
TRAPS, OVERRIDES = 5, 4

_H2 = EM * 1.15 * LINE + EM * 1.15
_ROW = EM * 0.5 + 1
_HEAD = EM * 0.8 * LINE + EM * 0.5 + EM * 1.2
_QUIET = 0.86
_SMALL = 0.9


@dataclass(frozen=True)
class Fit:
    """How many lines stand on the first page."""

    picks: int
    not_now: int


def short(text: str, most: int) -> str:
    """One line of at most so many characters."""
    return clean_text(text, limit=most, lines=False)


def fit(report: Report) -> Fit:
    """What of the shortlist and of the list *not now* fits on the first page."""
    chosen, rest = report.shortlist(), report.not_now()
    room = HEIGHT - _around(report)
    picks = _taken(room, [pick_height(line) for line in chosen], least=1)
    room -= sum(pick_height(line) for line in chosen[:picks])
    if rest:
        room -= _H2 + _HEAD
    return Fit(picks, _taken(room, [rest_height(line) for line in rest[:200]], least=0))


def pick_height(line: ReportLine) -> float:
    """Height of one row of the shortlist."""
    tasks = [*line.conditions, *line.find_outs]
    steps = [f"{short(t.what, STEP)} ({t.who or 'nobody yet'}, {t.when or 'no date'})" for t in tasks[:STEPS]]
    name = (
        _text(short(line.title, TITLE), 0.29)
        + _text(f"#{line.number} · {line.lane_title} · {line.class_title}", 0.29, _QUIET)
        + (_text(short(line.task, TASK), 0.29, _SMALL) if line.task else 0)
        + (_text("x" * _marks(line), 0.29) if _marks(line) else 0)
    )
    condition = sum(_text(step, 0.175, _SMALL) for step in steps) or EM * LINE
    if len(tasks) > STEPS:
        condition += _text("and 12 more, in the list of conditions", 0.175, _QUIET)
    owner = _text(line.owner or "nobody yet", 0.11, _SMALL) + EM * LINE
    return max(name, condition, owner, _text(short(line.weakest, FACT), 0.16, _SMALL)) + _ROW


def rest_height(line: ReportLine) -> float:
    """Height of one row of *not now*."""
    name = _text(f"{short(line.title, TITLE)} #{line.number} " + "x" * _marks(line), 0.29)
    return max(name, _text(short(change(line), CHANGE), 0.33, _SMALL), _text(line.lane_title, 0.11)) + _ROW


def _around(report: Report) -> float:
    """Everything on the page but the rows of its two tables."""
    facts = [short(report.purpose, PURPOSE), short(report.decision_rule, RULE)]
    people = ", ".join(f"{count} × {role}" for role, count in report.took_part) + ", ".join(report.people)
    high = _text(short(f"Shortlist: {report.title}", TITLE), 1.0, 1.7) + EM * 1.5
    high += sum(_text(fact, 0.86) for fact in [*facts, people, report.decider, report.date] if fact)
    high += _H2 + EM * LINE + EM * 0.6 + _HEAD
    if report.no_pilot:
        high += EM * LINE + EM * 1.6
    if report.nearest:
        high += EM * 0.6
        for near in report.nearest:
            words = f"#99 {short(near.title, TITLE)}: {short(fixes(near), FIXES)}"
            high += _text(words, 0.96)
    if report.stability:
        high += _text(report.stability, 1.0, _QUIET) + EM * 0.6
    overrides = [(line, each) for line in report.lines for each in line.overrides]
    if overrides:
        high += _H2 + EM * 0.6
        for line, each in overrides[:OVERRIDES]:
            words = f"{short(line.title, TITLE)}{each.of}{each.by}{short(each.reason, REASON)}{line.lane_by_rules}"
            high += _text(words + " " * 60, 0.96)
        high += EM * LINE if len(overrides) > OVERRIDES else 0
    if traps := report.demo_traps():
        high += _H2 + EM * LINE + EM * 1.2
        for line in traps[:TRAPS]:
            words = f"{short(line.title, TITLE)}{short(line.slice, CHANGE)}" + " " * 50
            high += _text(words, 0.96)
        high += EM * LINE if len(traps) > TRAPS else 0
    rules = ", ".join(f"{title} 30 %" for title, _ in report.weights) + report.weights_how
    high += _H2 + _text("Weights: " + rules, 0.96, _SMALL) + EM * LINE * _SMALL + EM
    if report.switched_off:
        high += _text("Left out in this session: " + ", ".join(report.switched_off), 0.96, _SMALL)
    legend = " ".join(f"{word}: {meaning}." for word, meaning in report.legend)
    return high + _text(legend, 1.0, _QUIET)


def _text(text: str, share: float, size: float = 1.0) -> float:
    """Height of a paragraph in a column that has this share of the width."""
    room = max(WIDTH * share - EM * (0.5 + RAGGED * size), 1)
    lines = math.ceil(cell_width(text) * CELL * EM * size / room - 0.1)
    return max(lines, 1) * EM * size * LINE


def _marks(line: ReportLine) -> int:
    """Letters of the usual size that the marks of a row take, each in a box of its own."""
    marks = [*line.marks, *(["tied"] if line.tied else []), *(["demo trap"] if line.demo_trap else [])]
    marks += ["set aside by the room"] if line.overrides else []
    marks += ["99 % known"] if line.coverage < 100 else []
    return sum(math.ceil(cell_width(mark) * 0.85) + 3 for mark in marks)


def _taken(room: float, heights: Sequence[float], least: int) -> int:
    taken = 0
    for high in heights:
        if room < high and taken >= least:
            break
        room -= high
        taken += 1
    return taken
