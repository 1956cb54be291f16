"""What leaves the room, as plain data: every writer of documents reads this and nothing else.

The workshop fills it after it has decided what the reader may see. Scores are integers,
rounded down, exactly as they stand on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass

from prioritizer.model.terms import LaneId


@dataclass(frozen=True, slots=True)
class ReportTask:
    """Who does what by when; ``item`` is the gate, criterion or rule that it clears."""

    what: str
    who: str = ""
    when: str | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class ReportOverride:
    """A gate or a lane that the room set aside."""

    of: str
    by: str
    reason: str
    date: str


@dataclass(frozen=True, slots=True)
class ReportScore:
    """The score of one dimension, 0–100; None where none of its criteria is switched on."""

    id: str
    title: str
    score: int | None


@dataclass(frozen=True, slots=True)
class ReportGate:
    """One gate of one use case; ``status`` after what the room set aside."""

    id: str
    title: str
    status: str
    answer: str = ""
    reason: str = ""
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class ReportField:
    """One field of a pilot charter: filled, or a question with somebody who is to answer it."""

    id: str
    title: str
    text: str = ""
    question: str = ""
    owner: str = ""
    source: str = ""
    """Where a text comes from that nobody wrote into the charter itself: the rated level, the facts."""


@dataclass(frozen=True, slots=True)
class ReportCharter:
    """The pilot charter of one use case, section by section."""

    number: int
    title: str
    sections: tuple[tuple[str, tuple[ReportField, ...]], ...]
    warnings: tuple[str, ...] = ()

    def counts(self) -> tuple[int, int]:
        """How many fields are filled, and how many are open."""
        fields = [field for _, each in self.sections for field in each]
        known = sum(1 for field in fields if field.text)
        return known, len(fields) - known


@dataclass(frozen=True, slots=True)
class ReportShown:
    """One place of the order by demonstration value; the rank is none where no facet is known."""

    number: int
    title: str
    lane: LaneId
    rank: int | None


@dataclass(frozen=True, slots=True)
class ReportSureness:
    """How often a use case has each rank over the weights that the room could have chosen."""

    number: int
    title: str
    lane: LaneId
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ReportBallot:
    """One answer of a revealed round."""

    participant: str
    use_case: str
    number: int
    title: str
    criterion: str
    round: int
    answer: str
    """``0`` to ``4``, ``?``, ``-``, or ``pending``: asked and not answered."""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One use case of the ranking, in rank order."""

    rank: int
    tied: bool
    id: str
    number: int
    title: str
    task: str
    lane: LaneId
    lane_title: str
    class_title: str
    readiness: int
    low: int
    high: int
    dimensions: tuple[ReportScore, ...] = ()
    demonstration: int | None = None
    gap: int | None = None
    demo_trap: bool = False
    marks: tuple[str, ...] = ()
    """Further marks in words, ready to print: overlooked, unproven P1, claimed D2 …"""
    coverage: int = 100
    """Per cent, rounded down."""
    weakest: str = ""
    """The fact that holds it back: the text of its lowest level."""
    owner: str = ""
    due: str | None = None
    chosen: bool | None = None
    note: str = ""
    """What the room said about the decision."""
    conditions: tuple[ReportTask, ...] = ()
    find_outs: tuple[ReportTask, ...] = ()
    change: str = ""
    """What would move it to a better lane, where the workshop knows better than its conditions."""
    lane_by_rules: str = ""
    """Title of the lane that the rules gave, where the room set it aside."""
    overrides: tuple[ReportOverride, ...] = ()
    slice: str = ""
    gates: tuple[ReportGate, ...] = ()
    unknown: tuple[str, ...] = ()
    """Criteria of readiness and boundedness without a level."""


@dataclass(frozen=True, slots=True)
class ReportNear:
    """A use case near to a first pilot, with the smallest set of fixes that makes it one."""

    number: int
    title: str
    fixes: tuple[ReportTask, ...]


@dataclass(frozen=True, slots=True)
class ReportParked:
    """A use case in the parking lot."""

    number: int
    title: str
    task: str = ""
    why: str = ""
    who: str = ""
    when: str | None = None


@dataclass(frozen=True, slots=True)
class ReportDecision:
    """One entry of the decision log."""

    date: str
    what: str
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One agreed level."""

    use_case: str
    number: int
    title: str
    criterion: str
    level: int | None
    evidence: str = ""
    note: str = ""
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A whole session for the reader."""

    title: str
    date: str
    preset_id: str
    preset_version: int
    preset_hash: str
    purpose: str = ""
    decision_rule: str = ""
    decider: str = ""
    took_part: tuple[tuple[str, int], ...] = ()
    """Roles and how many people had them; never names."""
    weights: tuple[tuple[str, float], ...] = ()
    """Dimension titles with their share of readiness, adding up to 1."""
    weights_how: str = ""
    top: int = 3
    lines: tuple[ReportLine, ...] = ()
    parked: tuple[ReportParked, ...] = ()
    decisions: tuple[ReportDecision, ...] = ()
    items: tuple[ReportItem, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    """Words that the reader may not know, with what they mean."""
    switched_off: tuple[str, ...] = ()
    """Criteria that this session left out."""
    charters: tuple[ReportCharter, ...] = ()
    """Of the shortlist."""
    by_show: tuple[ReportShown, ...] = ()
    """The order by demonstration value, which is never the ranking."""
    mirror: str = ""
    """What the two orders say to each other, in a sentence."""
    guides: tuple[float, float] = (60.0, 60.0)
    """Thresholds of readiness and of demonstration value."""
    sureness: tuple[ReportSureness, ...] = ()
    nearest: tuple[ReportNear, ...] = ()
    """The nearest to a first pilot where nothing can be one."""
    stability: str = ""
    """One line on how firm the shortlist is."""
    ballots: tuple[ReportBallot, ...] = ()
    people: tuple[str, ...] = ()
    """Names of who took part, only where somebody chose to print them."""

    @property
    def no_pilot(self) -> str:
        """That nothing can be piloted first, in a sentence; blank where something can, and where there is nothing."""
        if not self.lines or any(line.lane == "pilot-first" for line in self.lines):
            return ""
        if not self.nearest:
            return (
                "No use case passes every rule for a first pilot, and no fix that was found makes one pass."
            )
        return "No use case passes every rule for a first pilot. The nearest, with the smallest set of fixes:"

    @property
    def decided(self) -> bool:
        """Whether the room chose; else the shortlist is only what the ranking proposes."""
        return any(line.chosen for line in self.lines)

    def shortlist(self) -> tuple[ReportLine, ...]:
        """What the room chose; where it has not yet, the first ``top`` that are worth a place."""
        if self.decided:
            return tuple(line for line in self.lines if line.chosen)
        open_to_it = (x for x in self.lines if x.lane in SHORTLISTED and x.chosen is not False)
        return tuple(line for line, _ in zip(open_to_it, range(max(self.top, 0)), strict=False))

    def not_now(self) -> tuple[ReportLine, ...]:
        """Everything else, in rank order."""
        taken = {line.id for line in self.shortlist()}
        return tuple(line for line in self.lines if line.id not in taken)

    def demo_traps(self) -> tuple[ReportLine, ...]:
        """The use cases that a room choosing by show would have taken."""
        return tuple(line for line in self.lines if line.demo_trap)


SHORTLISTED: tuple[LaneId, ...] = ("pilot-first", "fix-then-pilot", "incubate")
"""Lanes from which the ranking proposes a shortlist."""
