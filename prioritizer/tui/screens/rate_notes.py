"""Beside and below the rating list: what a level rests on, and what it does to its use case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prioritizer.charts.bars import bar, interval_bar
from prioritizer.charts.segments import Row
from prioritizer.model.session import UseCase
from prioritizer.text.width import cell_width, fit, wrap
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.screens.rank_rows import fit_to
from prioritizer.tui.screens.rate_rows import EVIDENCE, MARK_WORDS, UNKNOWN_WORDS, marks
from prioritizer.tui.styles import LANE_SIGNS
from prioritizer.tui.widgets.painted import LIT, Drawing
from prioritizer.workshop.views.rating import ALL_FACTS, Cell, Ladder, facts_words

if TYPE_CHECKING:  # it brings numpy
    from prioritizer.workshop.views.standing import Standing


def draw_notes(
    name: str,
    ladder: Ladder,
    cell: Cell,
    pending: str | None,
    facts: str,
    effect: Row,
    width: int,
    *,
    given: bool,
) -> Drawing:
    """Two lines: what the level rests on, and what it does.

    Args:
        name: Number and title of the use case.
        ladder: The criterion.
        cell: What stands there.
        pending: The level that is on its way to the disk, "x" for none; none if nothing is.
        facts: Raw facts that the level rests on, or "".
        effect: Readiness and lane of the use case, and how the last key changed them.
        width: Cells of a line.
        given: It is the level that was given last, and not the one under the cursor.
    """
    d = Drawing()
    d.line()
    level = cell.level if pending is None else int(pending) if pending.isdigit() else None
    name = name if given else ladder.criterion.id
    if level is None:
        d.put(f" {fit_to(name, max(12, width - 62))} ", "strong").put(f"not rated: {UNKNOWN_WORDS}", "warn")
        if facts:
            d.put(f" · {facts}")
    else:
        tail = _because(ladder, cell, facts) if pending is None else []
        d.put(
            f" {fit_to(name, max(12, width - 52 - (14 if tail else 0)))} = {level}{'…' * bool(pending)} ",
            "strong",
        )
        if pending is None and not cell.agreed:
            d.put("said by the room; its digit agrees it", "second")
        else:
            for tag in EVIDENCE:
                lit = LIT if tag == cell.evidence and pending is None else ""
                spot = f"evidence:{tag}"
                d.put(f"{'▸' if lit else ' '}{key_of(f'rate.{tag}')} ", f"{lit} accent strong", spot=spot)
                d.put(f"{tag} ", lit or "muted", spot=spot)
        d.put(" ").rows[-1].extend(tail)
    d.rows[-1] = _fitted(d.rows[-1], width)
    d.line(*_fitted([(" ", ""), *effect], width))
    return d


def _fitted(row: Row, width: int) -> Row:
    kept: Row = []
    left = width
    for text, role in row:
        cells = cell_width(text)
        if cells > left:
            kept.append((fit(text, left), role))
            return kept
        kept.append((text, role))
        left -= cells
    return kept


def _because(ladder: Ladder, cell: Cell, facts: str) -> Row:
    parts: Row = []

    def add(text: str, role: str = "") -> None:
        parts.extend([(" · ", "muted")] if parts else [])
        parts.append((text, role))

    for sign, word, role in marks(cell):
        if word == "note":
            add(f"{sign} {cell.note}")
        elif word in MARK_WORDS:
            add(f"{sign} {word}: {hint(MARK_WORDS[word])}", role)
        else:
            add(f"{sign} the room said {cell.room}: {cell.reason}" if cell.reason else f"{sign} {word}", role)
    if cell.measured_on:
        add(f"on {cell.measured_on}", "muted")
    if facts:
        add(facts)
    return parts


def effect_row(label: str, before: Standing | None, after: Standing | None, lane_sign: bool = True) -> Row:
    """Readiness and lane now, and how they changed: ``R 62 → 66, still Fix, then pilot: D4``."""
    if after is None:
        return [(f"{label}: ", "muted"), ("…", "muted")]
    moved = before is not None and before.readiness != after.readiness
    role = f"lane-{after.lane}"
    parts: Row = [(f"{label}  ", "muted")]
    if moved and before is not None:
        up = after.readiness > before.readiness
        parts += [("R ", ""), (f"{before.readiness} → {after.readiness}", "good" if up else "bad")]
    else:
        parts += [(f"R {after.readiness}", "strong")]
    parts += [("  ", "")]
    if before is not None and before.lane != after.lane:
        parts += [(f"{LANE_SIGNS[before.lane]} {before.lane_title} → ", "muted")]
    elif moved:
        parts += [("still ", "muted")]
    parts += [(f"{LANE_SIGNS[after.lane]} {after.lane_title}", role)]
    if after.overridden:
        parts += [(" ⚑", "mark")]
    if after.held_by:
        item, text = after.held_by[0]
        parts += [(f": {item}", "strong"), (f"  {text}", "muted")]
    return parts


def side_rows(
    use_case: UseCase,
    label: str,
    ladder: Ladder,
    cell: Cell,
    standing: Standing | None,
    width: int,
    height: int,
) -> Sequence[Row]:
    """The use case under the cursor: its task, its facts, this cell, where it stands."""
    room = max(10, width - 2)
    rows: list[Row] = []

    def add(text: str, role: str = "", most: int = 99) -> None:
        lines = wrap(text, room)
        if len(lines) > most:
            lines = [*lines[: most - 1], fit_to(f"{lines[most - 1]} …", room)]
        rows.extend([[(" ", ""), (line, role)] for line in lines])

    def gap() -> None:
        if rows and rows[-1]:
            rows.append([])

    add(f"{label} {use_case.title}", "strong", 3)
    if use_case.task:
        add(use_case.task, "muted", 4 if height < 30 else 8)
    facts = facts_words(use_case, ALL_FACTS)
    gap()
    rows.append(
        [(" Facts ", "accent strong"), (key_of("rate.facts"), "accent"), (" to change them", "muted")]
    )
    add(facts.replace(" · ", "\n") if facts else "none recorded", "" if facts else "muted", 8)
    gap()
    rows.append([(f" {fit_to(f'{ladder.criterion.id} {ladder.criterion.title}', room)}", "accent strong")])
    rows.extend(_cell_rows(ladder, cell, room))
    if standing is not None:
        gap()
        rows.extend(_standing_rows(standing, room))
    return rows


def _cell_rows(ladder: Ladder, cell: Cell, room: int) -> list[Row]:
    if cell.level is None:
        return [[(" ", ""), (line, "warn")] for line in wrap(UNKNOWN_WORDS, room)]
    rows: list[Row] = []
    said = [f"level {cell.level}" if cell.agreed else f"the room said {cell.level}"]
    if cell.evidence:
        said.append(cell.evidence + (f" on {cell.measured_on}" if cell.measured_on else ""))
    rows.append([(f" {', '.join(said)}", "")])
    for sign, word, role in marks(cell):
        if word == "note":
            text = f"{sign} {cell.note}"
        elif word in MARK_WORDS:
            text = f"{sign} {word}: {hint(MARK_WORDS[word])}"
        else:
            text = f"{sign} the room said {cell.room}: {cell.reason}"
        rows.extend([[(" ", ""), (line, role)] for line in wrap(text, room)[:5]])
    return rows


def _standing_rows(standing: Standing, room: int) -> list[Row]:
    rows: list[Row] = []
    lane = f"lane-{standing.lane}"
    flag = " ⚑" if standing.overridden else ""
    rows.append([(f" {LANE_SIGNS[standing.lane]} {standing.lane_title}{flag}", lane)])
    value = f" {standing.readiness:>3}"
    wide = max(4, room - 14)
    if standing.low == standing.high:
        picture = bar(standing.readiness, wide, role=lane)
    else:
        picture = interval_bar(standing.low, standing.readiness, standing.high, wide, role=lane)
        value += f" ({standing.low}–{standing.high})"
    rows.append([(" ", ""), *picture, (value, "strong")])
    for id_, title, score in standing.dimensions:
        shown = "–" if score is None else str(score)
        name = fit(f"{id_} {title}" if len(id_) < 3 else title, max(4, room - 16))
        rows.append([(f" {name} ", "muted"), *bar(score, 10, role="accent"), (f"{shown:>4}", "")])
    if standing.held_by:
        rows.append([])
        for item, text in standing.held_by[:3]:
            lines = wrap(f"{item}: {text}", room)
            rows.extend([[(" ", ""), (line, "")] for line in lines[:3]])
        if len(standing.held_by) > 3:
            rows.append([(f" and {len(standing.held_by) - 3} more", "muted")])
    return rows
