"""A preset to look at before choosing it: when it suits, what counts, what is asked, what may come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.model.terms import LANES
from prioritizer.tui.styles import LANE_SIGNS
from prioritizer.tui.widgets.textpane import Paragraph

if TYPE_CHECKING:
    from prioritizer.model.preset import Criterion, Gate, Preset

_BLANK: Paragraph = ("", "")
_BAR = 12
_ROLES = {
    "boundedness": "the class",
    "demonstration": "the mirror",
    "worth": "floor, tie-break",
}


def preview(preset: Preset) -> list[Paragraph]:
    """All of a preset in reading order, the decisive things first."""
    found: list[Paragraph] = [(preset.title, "strong"), (preset.summary, "")]
    if preset.suits:
        found.append(("Suits  ", preset.suits, ""))
    found += [_BLANK, *_what_counts(preset), _BLANK, *_lanes(preset), _BLANK, *_gates(preset)]
    for dimension in preset.dimension:
        found += [_BLANK, (f"{dimension.id} · {dimension.title}", "accent"), (dimension.meaning, "muted")]
        for criterion in preset.criteria_of(dimension.id):
            found += [_BLANK, *_criterion(preset, criterion)]
    if preset.agenda:
        found += [_BLANK, ("Agendas", "accent")]
        found += [(f"{a.title}  ", f"{a.people}, {a.candidates}".strip(", "), "") for a in preset.agenda]
    return found


def _what_counts(preset: Preset) -> list[Paragraph]:
    ready = preset.with_role("readiness")
    total = sum(d.weight for d in ready)
    wide = max(len(d.title) for d in preset.dimension)
    found: list[Paragraph] = [("What counts", "accent")]
    for dimension in preset.dimension:
        asked = len(preset.criteria_of(dimension.id))
        lead = f"{dimension.title:<{wide}}  "
        if dimension.role == "readiness":
            share = dimension.weight / total
            bar = "█" * round(share * _BAR)
            found.append((lead, f"{round(100 * share):>3} % {bar:<{_BAR * 2 // 5}} {asked} asked", ""))
        else:
            found.append((lead, f"{_ROLES[dimension.role]}, {asked} asked", "muted"))
    room = sum(1 for c in preset.criterion if c.asked == "room")
    rest = len(preset.criterion) - room
    found.append(
        (
            f"{room} are asked in the room, {rest} before by the role that knows."
            if rest
            else "All are asked in the room.",
            "muted",
        )
    )
    return found


def _lanes(preset: Preset) -> list[Paragraph]:
    found: list[Paragraph] = [("What may come out", "accent")]
    wide = min(18, max(len(preset.lane_title(lane)) for lane in LANES))
    for lane in LANES:
        text = next((t for t in preset.lane if t.id == lane), None)
        meaning = text.meaning if text is not None else ""
        found.append((f"{LANE_SIGNS[lane]} {preset.lane_title(lane):<{wide}}  ", meaning, "muted"))
    return found


def _gates(preset: Preset) -> list[Paragraph]:
    found: list[Paragraph] = [("Gates: never scored, never averaged", "accent")]
    for gate in preset.gate:
        found.append((f"{gate.title}  ", _gate(gate), "muted"))
    return found


def _gate(gate: Gate) -> str:
    if gate.kind == "question":
        return gate.question
    if gate.kind == "rule":
        return gate.reason or "a rule over several levels"
    parts = []
    if gate.stop >= 0:
        parts.append(f"{gate.criterion} at {_up_to(0, gate.stop)} stops")
    if gate.condition >= 0:
        parts.append(
            f"{'' if parts else f'{gate.criterion} '}at {_up_to(gate.stop + 1, gate.condition)} is a condition"
        )
    return ", ".join(parts)


def _up_to(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low}–{high}"


def _criterion(preset: Preset, criterion: Criterion) -> list[Paragraph]:
    role = next((r.title for r in preset.role if r.id == criterion.role), "")
    how = "in the room" if criterion.asked == "room" else f"before, by {role}"
    found: list[Paragraph] = [
        (f"{criterion.id} {criterion.title} · {how}", "strong"),
        (criterion.question, ""),
    ]
    found += [(f"  {level}  ", text, "muted") for level, text in enumerate(criterion.levels)]
    return found
