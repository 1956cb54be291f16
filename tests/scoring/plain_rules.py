"""The rules of the rubric (§1–4) said again, plainly and slowly, with exact fractions.

Nothing here is shared with ``prioritizer.scoring``: no arrays, no intervals. What an
unknown cell can do is found by trying all its five levels.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from prioritizer.model.preset import Gate, Preset, Rule
from prioritizer.model.session import Snapshot, UseCase

LANES = ["pilot-first", "fix-then-pilot", "incubate", "not-yet", "find-out", "not-an-agent", "out"]
CLASSES = ["bounded", "partly", "unknown", "open-ended"]

Levels = Mapping[str, int | None]


@dataclass
class Result:
    """What the rules say about one use case."""

    id: str
    title: str
    readiness: Fraction
    low: Fraction
    high: Fraction
    dimensions: dict[str, Fraction | None]
    coverage: Fraction
    demonstration: Fraction | None
    worth: int | None
    gates: dict[str, str]
    gates_by_rules: dict[str, str]
    class_: str
    lane: str
    lane_by_rules: str
    conditions: set[str] = field(default_factory=set)
    """Gates and criteria for which something has to be done or found out."""
    rank: int = 0
    tied: bool = False

    @property
    def gap(self) -> Fraction | None:
        return None if self.demonstration is None else self.demonstration - self.readiness


def exact(number: float) -> Fraction:
    """A decimal number of a preset, as it is written."""
    return Fraction(repr(number))


def nine(number: Fraction) -> Fraction:
    """As it is compared."""
    return round(number, 9)


class PlainRules:
    """The rules for one session."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.preset: Preset = snapshot.preset
        self.role = {d.id: d.role for d in self.preset.dimension}
        self.on = [c for c in self.preset.criterion if snapshot.asked.get(c.id) != "off"]
        self.scored = [c.id for c in self.on if self.role[c.dimension] in ("readiness", "boundedness")]

    # What stands in a cell

    def levels(self, use_case: UseCase) -> dict[str, int | None]:
        found: dict[str, int | None] = {}
        for column, criterion in enumerate(self.preset.criterion):
            level = use_case.levels[column]
            found[criterion.id] = self.room_value(use_case, criterion.id) if level == 255 else level
        return found

    def room_value(self, use_case: UseCase, criterion: str) -> int | None:
        closed = [r for r in use_case.rounds.get(criterion, ()) if r.status == "revealed"]
        if not closed:
            return None
        levels = sorted(a for a in closed[-1].answers if a in (0, 1, 2, 3, 4))
        if not levels:
            return None
        half, odd = divmod(len(levels), 2)
        return levels[half] if odd else levels[half - 1]

    # Scores

    def counted(self, levels: Levels) -> dict[str, int]:
        """Unknown counts as 1; a raise applies where its reason is a fact."""
        found = {c: 1 if level is None else level for c, level in levels.items()}
        for each in self.preset.raises:
            if self.always(each.when, levels):
                found[each.criterion] = max(found[each.criterion], each.to)
        return found

    def always(self, rule: Rule, levels: Levels) -> bool:
        return set(self.outcomes(rule, levels)) == {True}

    def outcomes(self, rule: Rule, levels: Levels) -> Iterator[bool]:
        """The rule over every way in which the unknown cells can turn out."""
        for full in self.completions(levels, {c.criterion for c in rule.clauses}):
            yield self.holds(rule, self.raised(full))

    def completions(self, levels: Levels, wanted: set[str]) -> Iterator[dict[str, int]]:
        wanted = wanted | {c.criterion for r in self.preset.raises for c in r.when.clauses}
        known = {c: level for c, level in levels.items() if level is not None}
        unknown = sorted(c for c in wanted if levels[c] is None)
        for choice in product(range(5), repeat=len(unknown)):
            yield {**known, **dict(zip(unknown, choice, strict=True))}

    def raised(self, full: Mapping[str, int]) -> dict[str, int]:
        """Levels after the raises; cells that are still missing stay away."""
        found = dict(full)
        for each in self.preset.raises:
            if each.criterion in found and self.holds(each.when, found):
                found[each.criterion] = max(found[each.criterion], each.to)
        return found

    def holds(self, rule: Rule, levels: Mapping[str, int]) -> bool:
        tests = []
        for clause in rule.clauses:
            level, wanted = levels[clause.criterion], clause.level
            tests.append(
                {
                    "<": level < wanted,
                    "<=": level <= wanted,
                    "=": level == wanted,
                    ">=": level >= wanted,
                    ">": level > wanted,
                }[clause.cmp]
            )
        return all(tests) if rule.all else any(tests)

    def dimensions(self, counted: Mapping[str, int]) -> dict[str, Fraction | None]:
        scores: dict[str, Fraction | None] = {}
        for dimension in self.preset.dimension:
            if dimension.role != "readiness":
                continue
            criteria = [c for c in self.on if c.dimension == dimension.id]
            if not criteria:
                scores[dimension.id] = None
                continue
            weights = [exact(c.weight) for c in criteria]
            levels = [counted[c.id] for c in criteria]
            value = sum((w * level for w, level in zip(weights, levels, strict=True)), Fraction(0)) / sum(
                weights
            )
            if self.preset.thresholds.cap:
                weakest = min(
                    1 if c.todo and level == 0 else level for c, level in zip(criteria, levels, strict=True)
                )
                value = min(value, Fraction(weakest + 1))
            scores[dimension.id] = 25 * value
        return scores

    def readiness(self, scores: Mapping[str, Fraction | None]) -> Fraction:
        total, weights = Fraction(0), Fraction(0)
        for id_, score in scores.items():
            if score is not None:
                weight = exact(self.snapshot.weight_of(id_))
                total, weights = total + weight * score, weights + weight
        return total / weights

    def filled(self, levels: Levels, level: int) -> dict[str, int | None]:
        return {c: level if found is None and c in self.scored else found for c, found in levels.items()}

    # Gates and class

    def gate_status(self, gate: Gate, use_case: UseCase, levels: Levels) -> str:
        if gate.kind == "question":
            given = use_case.gates.get(gate.id)
            return next((a.status for a in gate.answers if given and a.id == given.answer), "unknown")
        if gate.kind == "rule":
            assert gate.rule is not None
            outcomes = set(self.outcomes(gate.rule, levels))
            return "unknown" if len(outcomes) == 2 else gate.status if outcomes == {True} else "pass"
        assert gate.criterion is not None
        level = levels[gate.criterion]
        counts = -1 if level is None else level
        for each in self.preset.raises:
            if each.criterion == gate.criterion and self.always(each.when, levels):
                counts = max(counts, each.to)
        if level is None and counts <= max(gate.stop, gate.condition):
            return "unknown"
        if counts <= gate.stop:
            return "stop"
        if counts <= gate.condition:
            return "condition"
        column = self.preset.criterion_ids.index(gate.criterion)
        proof = use_case.levels[column] != 255 and use_case.evidence[column] in (2, 3)
        return "condition" if gate.proof and not proof else "pass"

    def class_of(self, levels: Levels) -> str:
        wanted = {c.criterion for rule in self.preset.class_rule for c in rule.rule.clauses}
        found = set()
        for full in self.completions(levels, wanted):
            ready = self.raised(full)
            found.add(next((r.id for r in self.preset.class_rule if self.holds(r.rule, ready)), "open-ended"))
        return found.pop() if len(found) == 1 else "unknown"

    # Lanes

    def decide(self, use_case: UseCase, *, set_aside: bool) -> tuple[str, dict[str, str]]:
        """The lane and the gates, with or without what the room set aside."""
        t = self.preset.thresholds
        levels = self.levels(use_case)
        gates = self.gates(use_case, levels, set_aside=set_aside)
        coverage = self.coverage(levels)
        class_ = self.class_of(levels)
        scores = [s for s in self.dimensions(self.counted(levels)).values() if s is not None]
        worth = self.worth(levels)
        statuses = set(gates.values())
        if "out" in statuses:
            return "out", gates
        if "not-an-agent" in statuses:
            return "not-an-agent", gates
        if nine(coverage) < exact(t.find_out_coverage):
            return "find-out", gates
        if "stop" in statuses or class_ == "open-ended":
            return "not-yet", gates
        weak = sum(nine(s) < exact(t.dimension) for s in scores)
        if (worth is not None and worth < t.worth_floor) or weak >= t.weak_dimensions:
            return "incubate", gates
        claimed = any(
            use_case.claimed[i] and use_case.levels[i] != 255
            for i, c in enumerate(self.preset.criterion)
            if c.id in self.scored
        )
        if (
            not claimed
            and nine(coverage) >= exact(t.pilot_coverage)
            and self.pilotable(use_case, levels, set_aside=set_aside)
            and self.pilotable(use_case, self.filled(levels, 0), set_aside=set_aside)
        ):
            return "pilot-first", gates
        return "fix-then-pilot", gates

    def pilotable(self, use_case: UseCase, levels: Levels, *, set_aside: bool) -> bool:
        t = self.preset.thresholds
        counted = self.counted(levels)
        scores = self.dimensions(counted)
        return (
            self.class_of(levels) == "bounded"
            and set(self.gates(use_case, levels, set_aside=set_aside).values()) <= {"pass"}
            and not self.undone(levels, counted)
            and all(nine(s) >= exact(t.dimension) for s in scores.values() if s is not None)
            and nine(self.readiness(scores)) >= exact(t.readiness)
        )

    def undone(self, levels: Levels, counted: Mapping[str, int]) -> list[str]:
        return [
            c.id
            for c in self.on
            if c.todo and self.role[c.dimension] == "readiness" and levels[c.id] == 0 and counted[c.id] == 0
        ]

    def gates(self, use_case: UseCase, levels: Levels, *, set_aside: bool) -> dict[str, str]:
        found = {g.id: self.gate_status(g, use_case, levels) for g in self.preset.gate}
        if set_aside:
            for target in use_case.overrides:
                if target in found and found[target] != "out":
                    found[target] = "pass"
        return found

    def coverage(self, levels: Levels) -> Fraction:
        if not self.scored:
            return Fraction(1)
        return Fraction(sum(levels[c] is not None for c in self.scored), len(self.scored))

    def worth(self, levels: Levels) -> int | None:
        ids = [c.id for c in self.on if self.role[c.dimension] == "worth"]
        return levels[ids[0]] if ids else None

    def demonstration(self, levels: Levels) -> Fraction | None:
        shown = [levels[c.id] for c in self.on if self.role[c.dimension] == "demonstration"]
        known = [level for level in shown if level is not None]
        return Fraction(25 * sum(known), len(known)) if known else None

    def result(self, use_case: UseCase) -> Result:
        levels = self.levels(use_case)
        counted = self.counted(levels)
        scores = self.dimensions(counted)
        by_rules, gates_by_rules = self.decide(use_case, set_aside=False)
        lane, gates = self.decide(use_case, set_aside=True)
        moved = use_case.overrides.get("lane")
        if moved is not None and moved.lane is not None and lane != "out":
            lane = moved.lane
        low, high = (
            self.readiness(self.dimensions(self.counted(self.filled(levels, end)))) for end in (0, 4)
        )
        conditions = {g for g, status in gates.items() if status in ("condition", "unknown")}
        conditions |= set(self.undone(levels, counted))
        return Result(
            id=use_case.id,
            title=use_case.title,
            readiness=self.readiness(scores),
            low=low,
            high=high,
            dimensions=scores,
            coverage=self.coverage(levels),
            demonstration=self.demonstration(levels),
            worth=self.worth(levels),
            gates=gates,
            gates_by_rules=gates_by_rules,
            class_=self.class_of(levels),
            lane=lane,
            lane_by_rules=by_rules,
            conditions=conditions,
        )

    # Order

    def ranking(self) -> list[Result]:
        def key(r: Result) -> tuple[int, int, Fraction, int]:
            return (
                LANES.index(r.lane),
                CLASSES.index(r.class_),
                -nine(r.readiness),
                5 if r.worth is None else -r.worth,
            )

        def by_title(r: Result) -> tuple[str, str]:
            return (unicodedata.normalize("NFC", r.title).casefold(), r.id)

        cases = [u for u in self.snapshot.use_cases.values() if u.live]
        results = sorted((self.result(u) for u in cases), key=by_title)
        results.sort(key=key)
        keys = [key(r) for r in results]
        for r, own in zip(results, keys, strict=True):
            r.rank = 1 + keys.index(own)
            r.tied = keys.count(own) > 1
        return results
