"""What if: what is tried out, as a value; nothing of it is ever stored."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from prioritizer.charts.segments import Row
from prioritizer.text.width import cell_width, fit
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.screens.rank_rows import fit_to
from prioritizer.tui.widgets.rowlist import HEADING

if TYPE_CHECKING:
    from prioritizer.model.session import Snapshot
    from prioritizer.workshop.views.whatif import WhatIf

STEP = 0.05
"""Five points of weight."""
BLEND_STEP = 0.1

GATES = f"{HEADING}gates"
"""Key of the heading above the gates of the use case under the cursor."""
LEVELS = f"{HEADING}levels"
"""Key of the heading above the levels of the use case under the cursor."""
SHOW = "show"
"""Key of the knob that mixes demonstration value in."""
_WEIGHT = "weight:"
_LEVEL = "level:"
_GATE = "gate:"


@dataclass(frozen=True)
class Trial:
    """Changes that are tried.

    Attributes:
        weights: Every readiness dimension's share, adding up to 1; none while they are as they are.
        levels: (use case, criterion) → level.
        answers: (use case, gate) → answer.
        blend: Share of demonstration value in the order.
    """

    weights: Mapping[str, float] | None = None
    levels: Mapping[tuple[str, str], int] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    blend: float = 0.0

    @property
    def changes(self) -> bool:
        """Whether anything differs from the session."""
        return self.could_be_decided or self.blend > 0

    @property
    def could_be_decided(self) -> bool:
        """Whether any of it may be stored; a blend with show never is."""
        return self.weights is not None or bool(self.levels) or bool(self.answers)

    def of(self, known: Container[str]) -> Trial:
        """Without use cases that are gone."""
        levels = {cell: level for cell, level in self.levels.items() if cell[0] in known}
        answers = {cell: answer for cell, answer in self.answers.items() if cell[0] in known}
        return replace(self, levels=levels, answers=answers)

    def as_what_if(self) -> WhatIf:
        """For the views."""
        from prioritizer.workshop.views.whatif import WhatIf

        return WhatIf(self.weights or {}, dict(self.levels), dict(self.answers), self.blend)

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
        if knob.startswith(_GATE) and use_case is not None:
            return self._with_answer(knob.removeprefix(_GATE), by, snapshot, use_case)
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

    def _with_answer(self, gate: str, by: int, snapshot: Snapshot, use_case: str) -> Trial:
        """More assumes that the gate is cleared, less takes that back."""
        cell = (use_case, gate)
        given = snapshot.use_cases[use_case].gates.get(gate)
        clear = next(g for g in snapshot.preset.questions if g.id == gate).clear.id
        answers = {c: answer for c, answer in self.answers.items() if c != cell}
        if by > 0 and (given is None or given.answer != clear):
            answers[cell] = clear
        return replace(self, answers=answers)


def knobs(snapshot: Snapshot) -> list[str]:
    """Keys of everything that can be tried, weights first."""
    off = {c for c, how in snapshot.asked.items() if how == "off"}
    ready = [d.id for d in snapshot.preset.with_role("readiness")]
    levels = [f"{_LEVEL}{c.id}" for c in snapshot.preset.criterion if c.id not in off]
    gates = [f"{_GATE}{gate.id}" for gate in snapshot.preset.questions]
    return [f"{HEADING}weights", *(f"{_WEIGHT}{d}" for d in ready), SHOW, GATES, *gates, LEVELS, *levels]


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
    if use_case is None or use_case not in snapshot.use_cases:
        return [(" ", "")]
    if knob.startswith(_GATE):
        return _gate_knob(knob.removeprefix(_GATE), trial, snapshot, use_case, width)
    id_ = knob.removeprefix(_LEVEL)
    criterion = snapshot.preset.find_criterion(id_)
    stood = level_in_session(snapshot, use_case, id_)
    level = trial.levels.get((use_case, id_), stood)
    fact = "nobody here knows" if level is None else criterion.levels[level]
    changed = (use_case, id_) in trial.levels
    return _knob(f"{id_} {criterion.title}", fact, _digit(level), _digit(stood), width, changed=changed)


def banner_rows(sentence: str, trial: Trial, width: int) -> list[Row]:
    """That this is not the ranking, loud; and what moved."""
    left = " WHAT IF — nothing of this is stored "
    keys = hint(
        " {rank.more} {rank.less} try  {rank.swap} other side  {rank.reset} as it is  {rank.decide} decide  {rank.back} back "
    )
    if cell_width(left) + cell_width(keys) > width:
        keys = hint(
            " {rank.more} {rank.less}  {rank.swap}  {rank.reset} as it is  {rank.decide} decide  {rank.back} "
        )
    gap = " " * max(0, width - cell_width(left) - cell_width(keys))
    if trial.blend > 0:
        sentence = "The order of a room that lets show count: lanes are set aside. It is never the ranking."
    elif not trial.changes:
        sentence = hint("Choose what to try, then {rank.more} and {rank.less}: the ranking follows at once.")
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


def _gate_knob(id_: str, trial: Trial, snapshot: Snapshot, use_case: str, width: int) -> Row:
    gate = next(g for g in snapshot.preset.questions if g.id == id_)
    titles = {a.id: a.title for a in gate.answers}
    given = snapshot.use_cases[use_case].gates.get(id_)
    stood = titles.get(given.answer, given.answer) if given is not None and given.answer else "?"
    tried = trial.answers.get((use_case, id_))
    cleared = given is not None and given.answer == gate.clear.id
    if tried is None:
        fact = "clear" if cleared else f"+ assumes it cleared: {gate.clear.title}"
        return _knob(gate.title, fact, stood, "", width, changed=False)
    return _knob(gate.title, f"{stood} → {titles[tried]}", "cleared", "", width, changed=True, arrow=False)


def _knob(
    title: str, fact: str, value: str, was: str, width: int, *, changed: bool, arrow: bool = True
) -> Row:
    """Its name, its value with the one that it had, and the fact that a level stands for."""
    shown, room = (f"{was} → {value}" if changed and arrow else value), 7 if fact else 12
    name = max(8, min(width - room - 3, 38 if fact else 44))
    # A long answer takes what its name leaves over; both end where the others end.
    spare = max(0, min(cell_width(shown) - room, name - cell_width(title)))
    name, room = name - spare, room + spare
    row: Row = [(" ", ""), (fit(title, name), ""), (" ", "")]
    row += [(fit(shown, room, align="right"), "mark strong" if changed else "strong")]
    left = width - name - room - 5
    return [*row, ("  ", ""), (fit_to(fact, left), "muted")] if fact and left > 8 else row


def _heading(knob: str, snapshot: Snapshot, use_case: str | None, width: int) -> Row:
    if knob not in (LEVELS, GATES):
        return [(" Weights, the others keep their ratios", "accent")]
    case = snapshot.use_cases.get(use_case or "")
    what = "Gates" if knob == GATES else "Levels"
    title = f"{what} of {case.number:02d} {case.title}" if case is not None else what
    return [(" ", ""), (fit_to(title, width - 2), "accent")]


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"


def _digit(level: int | None) -> str:
    return "?" if level is None else str(level)
