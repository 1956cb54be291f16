"""Why a use case stands no higher: every rule that it fails, in the order in which lanes are decided.

Each failed rule says how high it lets the use case rise by itself; the lane of the
rules is the one of the first in this list (rubric §4).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.terms import CLASSES, LaneId
from prioritizer.scoring import gates as g
from prioritizer.scoring.dimensions import compared
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.scoring.findings import gate_findings
from prioritizer.scoring.lanes import LANE
from prioritizer.scoring.rules import GateRule

if TYPE_CHECKING:
    from prioritizer.model.preset import ClassRule

Kind = Literal["stop", "condition", "unknown", "rule"]


@dataclass(frozen=True, slots=True)
class Barrier:
    """One rule that is not met.

    Attributes:
        item: The gate, criterion or rule of the engine (``coverage``, ``class``, ``worth``,
            ``readiness``, ``dimension-X``); what a task of the session refers to.
        at_best: The highest lane that it leaves open.
        kind: ``unknown`` is lifted by finding out, the others by changing something.
        text: A clause in plain words, without a full stop.
    """

    item: str
    at_best: LaneId
    kind: Kind
    text: str


def barriers(snapshot: Snapshot, evaluation: Evaluation, use_case: UseCase) -> list[Barrier]:
    """Every failed rule, the one that decides the lane first. Empty for *Pilot first* by its facts.

    Gates that the room set aside do not bar; a lane that the room chose changes nothing here.
    """
    row = evaluation.row_of[use_case.id]
    found = _Finder(snapshot, evaluation, use_case, row)
    weak = found.weak()
    everything = [
        *found.gates(g.OUT, "out", "stop"),
        *found.gates(g.NOT_AN_AGENT, "not-an-agent", "stop"),
        *found.coverage("find-out"),
        *found.gates(g.STOP, "not-yet", "stop"),
        *found.open_ended(),
        *found.worth(),
        *weak,
        *found.gates(g.CONDITION, "fix-then-pilot", "condition"),
        *found.gates(g.MISSING, "fix-then-pilot", "unknown"),
        *found.not_bounded(),
        *found.undone(),
        *found.claimed(),
        *found.coverage("fix-then-pilot"),
        *([] if weak else found.low_dimensions()),
        *found.low_readiness(),
        *found.unknown_cells(),
    ]
    # A criterion that fails its gate is not said again as work to do, as a claim or as unknown.
    first: dict[str, Barrier] = {}
    for each in everything:
        first.setdefault(each.item, each)
    return list(first.values())


@dataclass(frozen=True)
class _Finder:
    snapshot: Snapshot
    evaluation: Evaluation
    use_case: UseCase
    row: int

    def gates(self, code: int, lane: LaneId, kind: Kind) -> list[Barrier]:
        columns, rules = self.evaluation.columns, self.evaluation.rules
        hit = [rule for i, rule in enumerate(rules.gates) if int(columns.gates[self.row, i]) == code]
        if not hit:
            return []
        return [
            Barrier(r.gate.id, lane, kind, self._gate_text(r, code, self._reasons[r.gate.id])) for r in hit
        ]

    @cached_property
    def _reasons(self) -> dict[str, str]:
        return {f.id: f.reason for f in gate_findings(self.evaluation, self.row, self.use_case)}

    def _gate_text(self, rule: GateRule, code: int, reason: str) -> str:
        gate = rule.gate
        if code == g.MISSING:
            what = rule.gate.question.rstrip("?") or gate.title
            return f"{gate.title} is not known: {self.snapshot.preset.gate_find_out(gate) or what}"
        if rule.column >= 0:
            # The finding begins with the criterion, whose title most gates share.
            criterion = self.snapshot.preset.criterion[rule.column]
            reason = reason.removeprefix(f"{criterion.id} {criterion.title}: ")
        return f"{gate.title}: {_bare(reason)}"

    def coverage(self, lane: LaneId) -> list[Barrier]:
        rules, t = self.evaluation.rules, self.evaluation.rules.thresholds
        share = compared(float(self.evaluation.columns.coverage[self.row]))
        too_low = share < t.find_out_coverage
        limit = t.find_out_coverage if lane == "find-out" else t.pilot_coverage
        if share >= limit or (lane == "fix-then-pilot" and too_low):
            return []
        known = int((self.evaluation.columns.levels[self.row, rules.scored] >= 0).sum())
        needed = math.ceil(compared(limit * len(rules.scored)))
        text = f"only {known} of {len(rules.scored)} questions have a level, and {needed} are needed"
        return [Barrier("coverage", lane, "unknown", text)]

    def open_ended(self) -> list[Barrier]:
        if CLASSES[int(self.evaluation.columns.classes[self.row])] != "open-ended":
            return []
        rule = self.snapshot.preset.class_rule[-1]
        return [Barrier("class", "not-yet", "rule", f"it is open-ended: {self._misses(rule, at_low=False)}")]

    def not_bounded(self) -> list[Barrier]:
        class_ = CLASSES[int(self.evaluation.columns.classes[self.row])]
        bounded = self.snapshot.preset.class_rule[0]
        if class_ == "partly":
            text = f"it is only partly bounded: {self._misses(bounded, at_low=False)}"
            return [Barrier("class", "fix-then-pilot", "rule", text)]
        if class_ == "unknown":
            text = f"whether it is bounded is not known: {self._misses(bounded, at_low=True)}"
            return [Barrier("class", "fix-then-pilot", "unknown", text)]
        return []

    def _misses(self, class_rule: ClassRule, *, at_low: bool) -> str:
        """The clauses that surely fail (or, ``at_low``, may fail), by their facts."""
        columns, preset = self.evaluation.columns, self.snapshot.preset
        index = preset.criterion_index()
        facts: dict[str, None] = {}
        for clause in class_rule.rule.clauses:
            column = index[clause.criterion]
            level = int(columns.levels[self.row, column])
            counted = int(columns.low[self.row, column])
            if level < 0 and (at_low or class_rule.rule.any):
                facts[f"nobody here knows {preset.criterion[column].title}"] = None
            elif level >= 0 and not _meets(counted, clause.cmp, clause.level):
                facts[f"{preset.criterion[column].title} is “{preset.criterion[column].levels[level]}”"] = (
                    None
                )
        return "; ".join(facts) or "its facts leave it open"

    def worth(self) -> list[Barrier]:
        rules, columns = self.evaluation.rules, self.evaluation.columns
        worth = int(columns.worth[self.row])
        if rules.worth < 0 or not 0 <= worth < rules.thresholds.worth_floor:
            return []
        criterion = self.snapshot.preset.criterion[rules.worth]
        return [Barrier("worth", "incubate", "rule", f"{criterion.title}: {criterion.levels[worth]}")]

    def weak(self) -> list[Barrier]:
        weak = self._below()
        t = self.evaluation.rules.thresholds
        if len(weak) < t.weak_dimensions:
            return []
        *first, last = [f"{title} ({score})" for _, title, score in weak]
        names = f"{', '.join(first)} and {last}" if first else last
        verb = "is" if len(weak) == 1 else "are"
        return [Barrier("dimension", "incubate", "rule", f"{names} {verb} below {t.dimension:g}")]

    def low_dimensions(self) -> list[Barrier]:
        t = self.evaluation.rules.thresholds
        return [
            Barrier(
                f"dimension-{id_}",
                "fix-then-pilot",
                "rule",
                f"{title} is {score}, and {t.dimension:g} is needed",
            )
            for id_, title, score in self._below()
        ]

    def _below(self) -> list[tuple[str, str, int]]:
        rules, columns, preset = self.evaluation.rules, self.evaluation.columns, self.snapshot.preset
        low = {}
        for position, dimension in enumerate(rules.readiness):
            score = compared(float(columns.scores[self.row, position]))
            if score < rules.thresholds.dimension:
                low[dimension.id] = math.floor(score)
        return [(d.id, d.title, low[d.id]) for d in preset.dimension if d.id in low]

    def undone(self) -> list[Barrier]:
        columns, preset = self.evaluation.columns, self.snapshot.preset
        return [
            Barrier(c.id, "fix-then-pilot", "condition", f"{c.title} is still to do: {c.levels[0]}")
            for i, c in enumerate(preset.criterion)
            if columns.undone[self.row, i]
        ]

    def claimed(self) -> list[Barrier]:
        rules, columns, preset = self.evaluation.rules, self.evaluation.columns, self.snapshot.preset
        return [
            Barrier(
                preset.criterion[i].id,
                "fix-then-pilot",
                "unknown",
                f"{preset.criterion[i].title} is only claimed: the role that knows it was absent",
            )
            for i in sorted(rules.scored.tolist())
            if columns.claimed[self.row, i]
        ]

    def low_readiness(self) -> list[Barrier]:
        t = self.evaluation.rules.thresholds
        score = compared(float(self.evaluation.columns.readiness[self.row]))
        if score >= t.readiness:
            return []
        text = f"readiness is {math.floor(score)}, and {t.readiness:g} is needed"
        return [Barrier("readiness", "fix-then-pilot", "rule", text)]

    def unknown_cells(self) -> list[Barrier]:
        """Only what would fail if the answer turned out to be 0, and nothing else bars."""
        columns, rules, preset = self.evaluation.columns, self.evaluation.rules, self.snapshot.preset
        if int(self.evaluation.columns.lanes[self.row]) == LANE["pilot-first"]:
            return []
        return [
            Barrier(
                preset.criterion[i].id,
                "fix-then-pilot",
                "unknown",
                f"{preset.criterion[i].title} is not known, and it could be “{preset.criterion[i].levels[0]}”",
            )
            for i in sorted(rules.scored.tolist())
            if columns.levels[self.row, i] < 0 and columns.counted[self.row, i] <= 1
        ]


def _meets(level: int, cmp: str, wanted: int) -> bool:
    return {
        ">=": level >= wanted,
        ">": level > wanted,
        "<=": level <= wanted,
        "<": level < wanted,
        "=": level == wanted,
    }[cmp]


def _bare(text: str) -> str:
    return text.rstrip(".")
