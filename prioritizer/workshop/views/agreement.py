"""Do we read the scales alike, do we agree on the order, and how does each person use the scale.

Undefined is shown as undefined. Who uses the scale how is for the facilitator on a private screen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prioritizer.model.session import ABSTAIN, DONT_KNOW, Round, Snapshot
from prioritizer.scoring.agreement import kendall_w, krippendorff_alpha
from prioritizer.text.phrases import counted

ALIKE = 0.8
ROUGHLY = 0.667
"""Krippendorff's own marks: from 0.8 on readings are reliable, below 0.667 not even tentatively."""

SAME_ORDER = 0.7
PARTLY = 0.4
"""Usual marks for Kendall's W: strong, and moderate agreement."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One criterion: whether people read its levels alike.

    Attributes:
        criterion: Id.
        title: Of the criterion.
        alpha: Krippendorff's α, ordinal; nan where it is undefined.
        people: How many gave a level.
        use_cases: How many of those cells have two levels or more.
        words: What it means.
    """

    criterion: str
    title: str
    alpha: float
    people: int
    use_cases: int
    words: str


@dataclass(frozen=True, slots=True)
class Order:
    """Whether people agree on the order of the use cases.

    Attributes:
        w: Kendall's W, corrected for ties; nan where it is undefined.
        people: Whose answers it rests on: those who gave a level in every cell that all the others gave one in.
        use_cases: How many are ordered.
        words: What it means.
    """

    w: float
    people: int
    use_cases: int
    words: str


@dataclass(frozen=True, slots=True)
class ScaleUse:
    """How one person uses the scale.

    Attributes:
        name: Who.
        levels: How often each level 0–4.
        dont_know: How often ``?``.
        abstain: How often ``-``.
        shift: Mean distance from the room value, in levels; nan without a level.
        words: What to know about it.
    """

    name: str
    levels: tuple[int, int, int, int, int]
    dont_know: int
    abstain: int
    shift: float
    words: str


@dataclass(frozen=True)
class AgreementView:
    """All three questions.

    Attributes:
        readings: Each criterion, those that are read least alike first.
        orders: By criterion: whether we agree on the order of the use cases by it.
        order: The same over everything that was asked.
        uses: How each person uses the scale; empty unless the screen is private.
    """

    readings: tuple[Reading, ...]
    orders: Mapping[str, Order]
    order: Order
    uses: tuple[ScaleUse, ...]


def readings(snapshot: Snapshot) -> tuple[Reading, ...]:
    """Each criterion with a revealed round, those that are read least alike first."""
    found = []
    for criterion in snapshot.preset.criterion:
        rounds = [last for _, last in _last_rounds(snapshot, criterion.id)]
        if not rounds or snapshot.how_asked(criterion.id) == "off":
            continue
        table = _table(snapshot, rounds)
        alpha = krippendorff_alpha(table)
        given = ~np.isnan(table)
        found.append(
            Reading(
                criterion.id,
                criterion.title,
                alpha,
                int(given.any(axis=1).sum()),
                int((given.sum(axis=0) >= 2).sum()),
                _reading_words(criterion.id, criterion.title, alpha),
            )
        )
    return tuple(sorted(found, key=lambda r: 2.0 if math.isnan(r.alpha) else r.alpha))


def order_agreement(snapshot: Snapshot, criterion: str | None = None) -> Order:
    """Kendall's W over the use cases.

    Args:
        snapshot: What anybody may see.
        criterion: By this criterion; else by the mean of what each person gave to each use case.
    """
    scores = _scores(snapshot, criterion)
    # W takes no gaps: use cases with too few answers go first, then people who are not complete.
    if scores.size:
        scores = scores[:, ~np.isnan(scores).all(axis=0)]
    if scores.size:
        most = (~np.isnan(scores)).sum(axis=1).max()
        scores = scores[(~np.isnan(scores)).sum(axis=1) * 2 >= most]
        scores = scores[:, ~np.isnan(scores).any(axis=0)]
    w = kendall_w(scores) if scores.ndim == 2 and scores.size else math.nan
    items, people = (int(n) for n in scores.shape) if scores.ndim == 2 else (0, 0)
    return Order(w, people, items, _order_words(w, people, items))


def scale_use(snapshot: Snapshot) -> tuple[ScaleUse, ...]:
    """Each person's use of the scale over the revealed rounds; for the facilitator alone."""
    rounds = [last for c in snapshot.preset.criterion_ids for _, last in _last_rounds(snapshot, c)]
    found = []
    for person in snapshot.participants:
        if not person.name:
            continue
        counts = [0] * 5
        dont_know = abstain = 0
        shifts: list[int] = []
        for each in rounds:
            code = each.answers[person.index] if person.index < len(each.answers) else 255
            if code <= 4:
                levels = each.levels()
                counts[code] += 1
                shifts.append(code - levels[(len(levels) - 1) // 2])
            dont_know += code == DONT_KNOW
            abstain += code == ABSTAIN
        if not (shifts or dont_know or abstain):
            continue
        shift = sum(shifts) / len(shifts) if shifts else math.nan
        five = (counts[0], counts[1], counts[2], counts[3], counts[4])
        found.append(
            ScaleUse(person.name, five, dont_know, abstain, shift, _use_words(five, dont_know, shift))
        )
    return tuple(found)


def _last_rounds(snapshot: Snapshot, criterion: str) -> Iterator[tuple[str, Round]]:
    for case in snapshot.live():
        last = next((r for r in reversed(case.rounds.get(criterion, ())) if r.status == "revealed"), None)
        if last is not None:
            yield case.id, last


def _table(snapshot: Snapshot, rounds: Sequence[Round]) -> npt.NDArray[np.float64]:
    """Participants × rounds; nan where no level was given."""
    table = np.full((len(snapshot.participants), len(rounds)), np.nan)
    for column, each in enumerate(rounds):
        for index, code in enumerate(each.answers[: len(table)]):
            if code <= 4:
                table[index, column] = code
    return table


def _scores(snapshot: Snapshot, criterion: str | None) -> npt.NDArray[np.float64]:
    """Use cases × participants: the mean of the levels that each person gave."""
    wanted = snapshot.preset.criterion_ids if criterion is None else (criterion,)
    given: dict[str, list[Round]] = {}
    for each in wanted:
        for case, last in _last_rounds(snapshot, each):
            given.setdefault(case, []).append(last)
    # A mean over other questions is no order: only use cases with as many rounds as the fullest count.
    full = max(map(len, given.values()), default=0)
    rows = []
    for rounds in given.values():
        if len(rounds) == full:
            table = _table(snapshot, rounds)
            # A person with a gap has no mean there.
            rows.append(table.sum(axis=1) / full)
    return np.array(rows) if rows else np.empty((0, 0))


def _reading_words(criterion: str, title: str, alpha: float) -> str:
    if math.isnan(alpha):
        return f"{criterion} {title}: undefined; too few levels, or all of them the same."
    if alpha >= ALIKE:
        return f"We read {criterion} {title} alike."
    if alpha >= ROUGHLY:
        return f"We read {criterion} {title} roughly alike."
    return f"We do not read {criterion} {title} alike: show the level texts again."


def _order_words(w: float, people: int, items: int) -> str:
    if math.isnan(w):
        return "Whether we agree on the order is undefined: that takes two people who rated the same two use cases apart."
    basis = f"{counted(people, 'person', 'people')}, {counted(items, 'use case')}"
    if w >= SAME_ORDER:
        return f"We agree on the order ({basis})."
    if w >= PARTLY:
        return f"We agree on the order in part ({basis})."
    return f"We do not agree on the order ({basis})."


def _use_words(levels: Sequence[int], dont_know: int, shift: float) -> str:
    total = sum(levels)
    parts = []
    if not math.isnan(shift) and abs(shift) >= 0.75:
        parts.append("mostly above the room" if shift > 0 else "mostly below the room")
    if total >= 5 and max(levels) >= 0.8 * total:
        parts.append(f"nearly always {levels.index(max(levels))}")
    if dont_know > total:
        parts.append("mostly does not know")
    return ", ".join(parts) or "uses the scale as the room does"


def agreement_view(snapshot: Snapshot, *, private: bool = False) -> AgreementView:
    """What the revealed rounds say about how we rate.

    Args:
        snapshot: What anybody may see.
        private: The screen was declared private, so that people may be named.
    """
    found = readings(snapshot)
    return AgreementView(
        found,
        {r.criterion: order_agreement(snapshot, r.criterion) for r in found},
        order_agreement(snapshot),
        scale_use(snapshot) if private else (),
    )


def measure(value: float) -> str:
    """An index as it is shown: two places, or that it is undefined."""
    return "undefined" if math.isnan(value) else f"{value:.2f}".replace("-", "−")
