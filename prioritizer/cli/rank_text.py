"""The ranking for people: a table that fits the terminal, or linear text where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from prioritizer.cli.tables import Column, column_widths, table_row
from prioritizer.cli.words import condition_line, plain, signed, whole
from prioritizer.text.phrases import counted
from prioritizer.text.width import wrap

if TYPE_CHECKING:
    from prioritizer.model.ranking import Ranked, Ranking
    from prioritizer.model.session import Snapshot

BAR = 8
WIDE = 100
"""Columns from which the class has a column of its own."""
INDENT = 6

Before = Mapping[str, "Ranked"]
"""Where each use case stood before a what-if, by id."""


def rank_lines(
    snapshot: Snapshot, ranking: Ranking, width: int | None, before: Before | None = None
) -> Iterator[str]:
    """The whole ranking, lane by lane.

    Args:
        snapshot: The session, for the titles of its lanes.
        ranking: What to print.
        width: Of the terminal; none gives linear text.
        before: The stored ranking beside a what-if.
    """
    from prioritizer.workshop.views.weights import weights_line

    preset = snapshot.preset
    number = counted(len(ranking.use_cases), preset.candidate)
    head = f"{snapshot.title} · {number} · preset {preset.id} {preset.version}"
    for line in (head, weights_line(snapshot)):
        yield from [line] if width is None else wrap(line, width)
    if width is not None:
        yield from _table(snapshot, ranking.use_cases, width, before)
        return
    for lane, group in groupby(ranking.use_cases, key=lambda each: each.lane):
        yield ""
        yield f"{preset.lane_title(lane)}:"
        for each in group:
            yield from _linear(each, before)


def marks(ranked: Ranked, before: Before | None = None, *, tied: bool = True) -> list[str]:
    """What a row is marked with, in words."""
    found = ["demo trap"] if ranked.demo_trap else []
    found += ["overlooked"] if ranked.overlooked else []
    found += ["unproven"] if ranked.unproven else []
    found += ["claimed"] if ranked.claimed else []
    found += ["tied"] if ranked.tied and tied else []
    found += ["set aside by the room"] if ranked.overrides else []
    if ranked.coverage < 1:
        found.append(f"{whole(100 * ranked.coverage)} % known")
    old = before.get(ranked.id) if before is not None else None
    if old is not None and old.rank != ranked.rank:
        found.append(f"was {old.rank}")
    return found


def bar(score: float, width: int = BAR) -> str:
    """A score as shades: they print and copy everywhere."""
    filled = int(min(max(score, 0.0), 100.0) * width / 100 + 0.5)
    return "▓" * filled + "░" * (width - filled)


def interval(ranked: Ranked) -> str:
    """The least and the most that readiness can be, where that is not one number."""
    low, high = whole(ranked.readiness_low), whole(ranked.readiness_high)
    return "" if low == high else f"{low}–{high}"


def _table(snapshot: Snapshot, ranked: Sequence[Ranked], width: int, before: Before | None) -> Iterator[str]:
    columns = [
        Column("rank", align="right"),
        Column("#", align="right"),
        Column(snapshot.preset.candidate, share=3),
        *([Column("class")] if width >= WIDE else []),
        Column("readiness"),
        Column("", align="right"),
        Column("demo", align="right"),
        Column("gap", align="right"),
        Column("marks", share=2),
    ]
    rows = [_cells(each, width, before) for each in ranked]
    widths = column_widths(columns, rows, width)
    yield from table_row(columns, [c.title for c in columns], widths)
    place = 0
    for lane, group in groupby(ranked, key=lambda each: each.lane):
        yield ""
        yield from wrap(f"── {snapshot.preset.lane_title(lane)} ".ljust(width, "─"), width)
        for each in group:
            yield from table_row(columns, rows[place], widths)
            place += 1
            for line in _below(each):
                for part, text in enumerate(wrap(line, width - INDENT - 2)):
                    yield " " * (INDENT + 2 * bool(part)) + text


def _cells(ranked: Ranked, width: int, before: Before | None) -> list[str]:
    return [
        f"{ranked.rank}{'=' if ranked.tied else ''}",
        str(ranked.number),
        ranked.title,
        *([ranked.class_] if width >= WIDE else []),
        f"{bar(ranked.readiness)} {whole(ranked.readiness):>3}",
        interval(ranked),
        plain(ranked.demonstration),
        signed(ranked.gap),
        ", ".join(marks(ranked, before)),
    ]


def _linear(ranked: Ranked, before: Before | None) -> Iterator[str]:
    span = f" ({text})" if (text := interval(ranked)) else ""
    yield f"{ranked.rank}. #{ranked.number} {ranked.title}"
    facts = [
        f"readiness {whole(ranked.readiness)}{span}",
        ranked.class_ if ranked.class_ != "unknown" else "class unknown",
        f"demonstration {plain(ranked.demonstration)}",
        f"gap {signed(ranked.gap)}",
        *marks(ranked, before),
    ]
    yield f"   {' · '.join(facts)}"
    for line in _below(ranked):
        yield f"   {line}"


def _below(ranked: Ranked) -> list[str]:
    """Who does what by when; and the slice of what is not yet ready."""
    lines = [f"{each.of} set aside by {each.by} on {each.date}: {each.reason}" for each in ranked.overrides]
    if ranked.lane == "fix-then-pilot":
        lines += [f"• {condition_line(each)}" for each in (*ranked.conditions, *ranked.find_outs)]
    if ranked.lane == "not-yet" and ranked.slice:
        lines.append(f"start with: {ranked.slice}")
    return lines
