"""Two states of one session: what changed between them, and what that did to the ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from prioritizer.errors import PrioritizerError
from prioritizer.model.ranking import Ranked
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.text.clean import clean_text
from prioritizer.workshop.across import read_only
from prioritizer.workshop.views.plain import whole


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that differs; ``what`` is a criterion, a gate, or a word such as *owner*."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What changed about one use case.

    Attributes:
        status: ``added``, ``removed`` (parked, merged or deleted), ``changed`` or ``same``.
        moved: Places up (+) or down (−), where it is ranked in both.
        lane: Lane titles before and after; none where it is not ranked.
        readiness: Before and after, rounded down.
        levels: Agreed levels that differ.
        other: Gates, overrides, owner, dates, wording.
        cleared: Conditions that are gone.
        new: Conditions that are there now.
    """

    id: str
    number: int
    title: str
    status: str
    rank: tuple[int | None, int | None]
    moved: int | None
    lane: tuple[str | None, str | None]
    readiness: tuple[int | None, int | None]
    demonstration: tuple[int | None, int | None]
    levels: tuple[Changed, ...] = ()
    other: tuple[Changed, ...] = ()
    cleared: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both states and everything that differs."""

    title: str
    preset: str
    before: str
    after: str
    session: tuple[Changed, ...]
    use_cases: tuple[CaseChange, ...]
    """Every use case of either state, in the order of the later ranking; those without a change too."""

    def document(self) -> dict[str, Any]:
        """What ``compare --json`` prints."""
        return asdict(self)


def compare_files(one: Path, other: Path) -> Comparison:
    """Compares two states of one session, the earlier one first whatever the order given.

    Raises:
        PrioritizerError: They are not the same session, or one cannot be read.
    """
    states = []
    for path in (one, other):
        with read_only(path) as workshop:
            last = max((e.time for e in workshop.history()), default="")
            ranked = {u.id: u for u in workshop.ranking().use_cases}
            states.append((last, len(workshop.history()), path, workshop.snapshot, ranked))
    names = [clean_text(p.name, limit=200, lines=False) for p in (one, other)]
    if states[0][3].id != states[1][3].id:
        raise PrioritizerError(
            f"“{names[0]}” and “{names[1]}” are two different sessions; `prioritizer portfolio` shows "
            "several side by side."
        )
    # The log only grows: more operations means later. Equal logs stand as they were given.
    earlier, later = sorted(states, key=lambda s: (s[0], s[1]))
    before, after = earlier[3], later[3]
    return Comparison(
        title=after.title,
        preset=f"{after.preset.id} {after.preset.version}",
        before=clean_text(earlier[2].name, limit=200, lines=False),
        after=clean_text(later[2].name, limit=200, lines=False),
        session=tuple(_session(before, after)),
        use_cases=tuple(_use_cases(before, after, earlier[4], later[4])),
    )


def _session(before: Snapshot, after: Snapshot) -> Iterator[Changed]:
    for what in ("title", "purpose", "decision_rule", "decider"):
        yield from _differs(what.replace("_", " "), getattr(before, what), getattr(after, what))
    for dimension in after.preset.with_role("readiness"):
        shares = [_share(s, dimension.id) for s in (before, after)]
        yield from _differs(f"weight of {dimension.title}", *(f"{share} %" for share in shares))
    for criterion in after.preset.criterion_ids:
        yield from _differs(
            f"how {criterion} is asked", before.how_asked(criterion), after.how_asked(criterion)
        )


def _share(snapshot: Snapshot, dimension: str) -> int:
    weights = {d.id: snapshot.weight_of(d.id) for d in snapshot.preset.with_role("readiness")}
    total = sum(weights.values()) or 1.0
    return int(100 * weights[dimension] / total + 0.5)


def _use_cases(
    before: Snapshot, after: Snapshot, old: dict[str, Ranked], new: dict[str, Ranked]
) -> Iterator[CaseChange]:
    order = [*new, *(i for i in old if i not in new)]
    for case_id in order:
        one, other = before.use_cases.get(case_id), after.use_cases.get(case_id)
        was, now = old.get(case_id), new.get(case_id)
        case = other or one
        assert case is not None
        levels = tuple(_levels(after, one, other)) if one and other else ()
        others = tuple(_others(after, one, other)) if one and other else ()
        gone = _tasks(was) - _tasks(now) if was and now else set()
        come = _tasks(now) - _tasks(was) if was and now else set()
        moved = was.rank - now.rank if was and now else None
        lanes = (_lane(before, was), _lane(after, now))
        same = not (levels or others or gone or come or moved) and lanes[0] == lanes[1]
        status = "added" if was is None else "removed" if now is None else "same" if same else "changed"
        yield CaseChange(
            id=case_id,
            number=case.number,
            title=case.title,
            status=status,
            rank=(was.rank if was else None, now.rank if now else None),
            moved=moved,
            lane=lanes,
            readiness=(whole(was.readiness) if was else None, whole(now.readiness) if now else None),
            demonstration=(_shown(was), _shown(now)),
            levels=levels,
            other=others,
            cleared=tuple(sorted(gone)),
            new=tuple(sorted(come)),
        )


def _shown(ranked: Ranked | None) -> int | None:
    return None if ranked is None or ranked.demonstration is None else whole(ranked.demonstration)


def _lane(snapshot: Snapshot, ranked: Ranked | None) -> str | None:
    return None if ranked is None else snapshot.preset.lane_title(ranked.lane)


def _tasks(ranked: Ranked) -> set[str]:
    return {each.what for each in (*ranked.conditions, *ranked.find_outs)}


def _levels(snapshot: Snapshot, one: UseCase, other: UseCase) -> Iterator[Changed]:
    for criterion, column in snapshot.preset.criterion_index().items():
        yield from _differs(criterion, _level(one, column), _level(other, column))


def _level(case: UseCase, column: int) -> str:
    level = case.level(column)
    if level is None:
        return "unknown"
    tag = case.evidence_tag(column)
    claimed = ", claimed" if case.is_claimed(column) else ""
    return f"{level}{f' ({tag}{claimed})' if tag or claimed else ''}"


def _others(snapshot: Snapshot, one: UseCase, other: UseCase) -> Iterator[Changed]:
    for gate in snapshot.preset.questions:
        answers = [u.gates[gate.id].answer if gate.id in u.gates else "" for u in (one, other)]
        yield from _differs(gate.title, answers[0] or "unanswered", answers[1] or "unanswered")
    for target in sorted({*one.overrides, *other.overrides}):
        said = [u.overrides.get(target) for u in (one, other)]
        texts = [f"by {o.by}: {o.reason}" if o is not None else "by the rules" for o in said]
        yield from _differs(f"override of {target}", *texts)
    for what in ("title", "task", "owner", "due", "slice"):
        yield from _differs(what, getattr(one, what) or "none", getattr(other, what) or "none")
    chosen = {True: "yes", False: "no", None: "not decided"}
    yield from _differs("chosen", chosen[one.chosen], chosen[other.chosen])


def _differs(what: str, before: str, after: str) -> Iterator[Changed]:
    if before != after:
        yield Changed(what, before, after)
