"""What if: what is tried out, as a value; nothing of it is ever stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from prioritizer.charts.segments import Row
from prioritizer.text.width import cell_width, fit
from prioritizer.tui.screens.rank_rows import fit_to
from prioritizer.tui.widgets.rowlist import HEADING

if TYPE_CHECKING:
    from prioritizer.model.session import Snapshot
    from prioritizer.workshop.views.whatif import WhatIf

STEP = 0.05
"""Five points of weight."""
BLEND_STEP = 0.1

LEVELS = f"{HEADING}levels"
"""Key of the heading above the levels of the use case under the cursor."""
SHOW = "show"
"""Key of the knob that mixes demonstration value in."""
_WEIGHT = "weight:"
_LEVEL = "level:"


@dataclass(frozen=True)
class Trial:
    """Changes that are tried.

    Attributes:
        weights: Every readiness dimension's share, adding up to 1; none while they are as they are.
        levels: (use case, criterion) → level.
        blend: Share of demonstration value in the order.
    """

    weights: Mapping[str, float] | None = None
    levels: Mapping[tuple[str, str], int] = field(default_factory=dict)
    blend: float = 0.0

    @property
    def changes(self) -> bool:
        """Whether anything differs from the session."""
        return self.weights is not None or bool(self.levels) or self.blend > 0

    def as_what_if(self) -> WhatIf:
        """For the views."""
        from prioritizer.workshop.views.whatif import WhatIf

        return WhatIf(weights=self.weights or {}, levels=dict(self.levels), blend=self.blend)

    def turned(self, knob: str, by: int, snapshot: Snapshot, use_case: str | None) -> Trial:
        """The trial after one knob was turned; the same one where it cannot be turned further.

        Args:
            knob: Its key.
            by: +1 or −1.
            snapshot: The session as it is.
            use_case: The use case whose levels are tried.
        """
        if knob == SHOW:
            blend = round(min(1.0, max(0.0, self.blend + by * BLEND_STEP)), 6)
            return replace(self, blend=blend)
        if knob.startswith(_WEIGHT):
            return self._with_weight(knob.removeprefix(_WEIGHT), by, snapshot)
        if knob.startswith(_LEVEL) and use_case is not None:
            return self._with_level(knob.removeprefix(_LEVEL), by, snapshot, use_case)
        return self

    def _with_weight(self, dimension: str, by: int, snapshot: Snapshot) -> Trial:
        stored = stored_weights(snapshot)
        now = dict(self.weights or stored)
        wanted = round(min(1.0, max(0.0, now[dimension] + by * STEP)), 6)
        others = {d: w for d, w in now.items() if d != dimension}
        rest = sum(others.values())
        if rest <= 0:  # it has all the weight: the others come back in the ratios that they had
            others = {d: w for d, w in stored.items() if d != dimension}
            rest = sum(others.values())
        if rest <= 0:
            return self
        new = {d: wanted if d == dimension else (1 - wanted) * others[d] / rest for d in now}
        same = all(abs(new[d] - stored[d]) < 1e-9 for d in new)
        return replace(self, weights=None if same else new)

    def _with_level(self, criterion: str, by: int, snapshot: Snapshot, use_case: str) -> Trial:
        cell = (use_case, criterion)
        stored = level_in_session(snapshot, use_case, criterion)
        now = self.levels.get(cell, stored)
        # The first key on an unknown cell tries its lowest level.
        wanted = 0 if now is None else min(4, max(0, now + by))
        levels = {c: level for c, level in self.levels.items() if c != cell}
        if wanted != stored:
            levels[cell] = wanted
        return replace(self, levels=levels)


def knobs(snapshot: Snapshot) -> list[str]:
    """Keys of everything that can be tried, weights first."""
    off = {c for c, how in snapshot.asked.items() if how == "off"}
    ready = [d.id for d in snapshot.preset.with_role("readiness")]
    levels = [f"{_LEVEL}{c.id}" for c in snapshot.preset.criterion if c.id not in off]
    return [f"{HEADING}weights", *(f"{_WEIGHT}{d}" for d in ready), SHOW, LEVELS, *levels]


def knob_row(knob: str, trial: Trial, snapshot: Snapshot, use_case: str | None, width: int) -> Row:
    """One knob: what it is, where it stands, and where it stood."""
    if knob.startswith(HEADING):
        return _heading(knob, snapshot, use_case, width)
    if knob == SHOW:
        value = f"{round(trial.blend * 100)} %"
        return _knob("Demonstration mixed in", "", value, "0 %", width, changed=trial.blend > 0)
    if knob.startswith(_WEIGHT):
        id_ = knob.removeprefix(_WEIGHT)
        was = stored_weights(snapshot)[id_]
        now = (trial.weights or stored_weights(snapshot))[id_]
        title = snapshot.preset.find_dimension(id_).title
        changed = trial.weights is not None and abs(was - now) > 1e-9
        return _knob(title, "", _percent(now), _percent(was), width, changed=changed)
    id_ = knob.removeprefix(_LEVEL)
    if use_case is None or use_case not in snapshot.use_cases:
        return [(" ", "")]
    criterion = snapshot.preset.find_criterion(id_)
    stood = level_in_session(snapshot, use_case, id_)
    level = trial.levels.get((use_case, id_), stood)
    fact = "nobody here knows" if level is None else criterion.levels[level]
    changed = (use_case, id_) in trial.levels
    return _knob(f"{id_} {criterion.title}", fact, _digit(level), _digit(stood), width, changed=changed)


def banner_rows(sentence: str, trial: Trial, width: int) -> list[Row]:
    """That this is not the ranking, loud; and what moved."""
    left = " WHAT IF — nothing of this is stored "
    keys = " + − try   tab other side   0 as it is   esc back "
    if cell_width(left) + cell_width(keys) > width:
        keys = " + −   tab   0 as it is   esc back "
    gap = " " * max(0, width - cell_width(left) - cell_width(keys))
    if trial.blend > 0:
        sentence = "The order of a room that lets show count: lanes are set aside. It is never the ranking."
    elif not trial.changes:
        sentence = "Choose what to try, then + and −: the ranking follows at once."
    return [[(f"{left}{gap}{keys}", "loud")], [(" ", ""), (fit_to(sentence, width - 2), "strong")]]


def stored_weights(snapshot: Snapshot) -> dict[str, float]:
    """The session's weights as shares that add up to 1."""
    found = {d.id: snapshot.weight_of(d.id) for d in snapshot.preset.with_role("readiness")}
    total = sum(found.values())
    return {d: w / total for d, w in found.items()} if total > 0 else dict.fromkeys(found, 0.0)


def level_in_session(snapshot: Snapshot, use_case: str, criterion: str) -> int | None:
    """The agreed level, else the room's."""
    from prioritizer.workshop.commands.rate import room_value

    case = snapshot.use_cases[use_case]
    level = case.level(snapshot.preset.criterion_index()[criterion])
    return room_value(case, criterion) if level is None else level


def _knob(title: str, fact: str, value: str, was: str, width: int, *, changed: bool) -> Row:
    """Its name, its value with the one that it had, and the fact that a level stands for."""
    shown, room = (f"{was} → {value}" if changed else value), 7 if fact else 12
    name = max(8, min(width - room - 3, 38 if fact else 44))
    row: Row = [(" ", ""), (fit(title, name), ""), (" ", "")]
    row += [(fit(shown, room, align="right"), "mark strong" if changed else "strong")]
    left = width - name - room - 5
    return [*row, ("  ", ""), (fit_to(fact, left), "muted")] if fact and left > 8 else row


def _heading(knob: str, snapshot: Snapshot, use_case: str | None, width: int) -> Row:
    if knob != LEVELS:
        return [(" Weights, the others keep their ratios", "accent")]
    case = snapshot.use_cases.get(use_case or "")
    title = f"Levels of {case.number:02d} {case.title}" if case is not None else "Levels"
    return [(" ", ""), (fit_to(title, width - 2), "accent")]


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"


def _digit(level: int | None) -> str:
    return "?" if level is None else str(level)
