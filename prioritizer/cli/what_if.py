"""``rank --what-if``: another weight, level or gate answer, tried on a copy and never stored."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_error
from prioritizer.text.nearest import did_you_mean

if TYPE_CHECKING:
    from prioritizer.model.session import Snapshot, UseCase
    from prioritizer.workshop.commands.base import Command

HOW = "Write P=40 for a weight in per cent, '#5:D1=3' for a level, '#5:prohibited=no' for a gate."


@dataclass(frozen=True)
class WhatIf:
    """A session as it would be.

    Attributes:
        snapshot: With the changes.
        words: One for each change.
        documents: The same for ``--json``.
    """

    snapshot: Snapshot
    words: tuple[str, ...]
    documents: tuple[dict[str, Any], ...]


def what_if(snapshot: Snapshot, specs: tuple[str, ...]) -> WhatIf:
    """Tries changes on a copy.

    Args:
        snapshot: The session.
        specs: ``P=40``, ``#5:D1=3`` or ``#5:prohibited=no``; later ones see the earlier.

    Raises:
        PrioritizerError: One of them cannot be understood, or cannot be.
    """
    weights: dict[str, float] = {}
    words: list[str] = []
    documents: list[dict[str, Any]] = []
    for spec in specs:
        left, equals, value = spec.rpartition("=")
        case, colon, item = left.rpartition(":")
        if not equals or not left.strip() or not value.strip():
            raise PrioritizerError(f"“{clean_error(spec)}” is no what-if. {HOW}")
        if not colon:
            dimension, share = _weight(snapshot, left.strip(), value)
            weights[dimension] = share
            words.append(f"{dimension} weighs {share * 100:g} %")
            documents.append({"kind": "weight", "dimension": dimension, "weight": share})
            continue
        snapshot, said, document = _answer(snapshot, case, item.strip(), value.strip())
        words.append(said)
        documents.append(document)
    if weights:
        snapshot = _weighed(snapshot, weights)
    return WhatIf(snapshot, tuple(words), tuple(documents))


def _weight(snapshot: Snapshot, dimension: str, value: str) -> tuple[str, float]:
    known = [d.id for d in snapshot.preset.with_role("readiness")]
    if dimension not in known:
        others = {d.id: d.role for d in snapshot.preset.dimension if d.id not in known}
        if dimension in others:
            raise PrioritizerError(
                f"{dimension} has no weight: its role is {others[dimension]}, not readiness."
            )
        hint = did_you_mean(dimension, known) or f" There are {', '.join(known)}."
        raise PrioritizerError(f"There is no readiness dimension “{clean_error(dimension)}”.{hint} {HOW}")
    try:
        percent = float(value.strip().removesuffix("%"))
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        raise PrioritizerError(f"“{clean_error(value)}” is no weight in per cent; it goes from 0 to 100.")
    return dimension, percent / 100


def _weighed(snapshot: Snapshot, wanted: dict[str, float]) -> Snapshot:
    """The wanted shares as they are; the other dimensions share what is left in their old ratio."""
    known = [d.id for d in snapshot.preset.with_role("readiness")]
    others = {d: snapshot.weight_of(d) for d in known if d not in wanted}
    taken, rest = sum(wanted.values()), sum(others.values())
    if taken > 1 + 1e-9:
        raise PrioritizerError(f"The weights add up to {taken * 100:g} %; more than 100 % cannot be.")
    left = max(1.0 - taken, 0.0)
    if left > 1e-9 and not rest > 0:
        raise PrioritizerError("The weights must add up to 100 %: no other dimension could take the rest.")
    shares = {d: wanted[d] if d in wanted else (left * others[d] / rest if rest > 0 else 0.0) for d in known}
    return replace(snapshot, weights=shares, weights_method="what-if")


def _answer(snapshot: Snapshot, case: str, item: str, value: str) -> tuple[Snapshot, str, dict[str, Any]]:
    from prioritizer.workshop.find import find_use_case

    found = find_use_case(snapshot, case.strip())
    if not found.live:
        raise PrioritizerError(f"#{found.number} is not in the ranking; bring it back with `unpark` first.")
    preset = snapshot.preset
    gates = [g.id for g in preset.questions]
    if item in preset.criterion_ids:
        return _level(snapshot, found, item, value)
    if item not in gates and not any(item == g.id for g in preset.gate):
        known = [*preset.criterion_ids, *gates]
        hint = did_you_mean(item, known) or f" Gates: {', '.join(gates)}."
        raise PrioritizerError(f"There is no criterion or gate “{clean_error(item)}”.{hint}")
    from prioritizer.workshop.commands.gate import AnswerGate

    answer = None if value == "?" else value
    after = _with(snapshot, AnswerGate(found.id, item, answer))
    given = after.use_cases[found.id].gates.get(item)
    document = {"kind": "gate", "use_case": found.id, "gate": item, "answer": given.answer if given else None}
    return after, f"#{found.number} {item} = {given.answer if given else 'unanswered'}", document


def _level(
    snapshot: Snapshot, found: UseCase, criterion: str, value: str
) -> tuple[Snapshot, str, dict[str, Any]]:
    from prioritizer.workshop.commands.rate import Rate, check_level

    level = None if value == "?" else check_level(value)
    after = _with(snapshot, Rate(found.id, criterion, level, reason="what if"))
    document = {"kind": "level", "use_case": found.id, "criterion": criterion, "level": level}
    return after, f"#{found.number} {criterion} = {'unknown' if level is None else level}", document


def _with(snapshot: Snapshot, command: Command) -> Snapshot:
    """The snapshot after a command that is planned and not carried out."""
    from prioritizer.model.changes import apply
    from prioritizer.workshop.commands.base import Given

    plan = command.plan(snapshot, Given(dt.datetime.now(dt.UTC), lambda: str(uuid.uuid4())))
    return apply(snapshot, plan.writes)
