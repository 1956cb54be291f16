"""Weights: by the room, or blind by each participant and then together; a late change is a decision."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import UNKNOWN, Snapshot
from prioritizer.model.spelling import canonical_json
from prioritizer.text.phrases import listed
from prioritizer.workshop.commands.base import Draftsman, Given, Plan, clean_line, clean_note
from prioritizer.workshop.weighing import dimensions, method_id, weigh

SAME = 1e-9


@dataclass(frozen=True)
class SetWeights:
    """Replaces the weights of the readiness dimensions; none brings the preset's back.

    Once something is rated everybody sees whom a weight helps: then it needs a reason, and
    becomes a line of the decision log.
    """

    kind: ClassVar[str] = "weights"
    weights: Mapping[str, float] | None
    method: str = "direct"
    reason: str = ""
    concentration: int | None = None
    warning: str = ""
    """What should be looked at again, in a sentence; it is kept with the weights."""

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        new = None if self.weights is None else check_weights(snapshot, self.weights)
        reason = clean_note(self.reason)
        if _differ(snapshot, new) and is_rated(snapshot):
            if not reason:
                raise PrioritizerError(
                    "Something is rated already, so other weights are a decision: give the reason for it, "
                    "which is printed with the result, or try them as a what-if in Rank."
                )
            text = f"Weights changed after rating: {_moved(snapshot, new)}. {reason}"
            d.put("decision", (d.make(),), text=text, date=given.today)
        if new is None:
            d.put("session", (), weights=None)
            return d.plan()
        value: dict[str, Any] = {"weights": new, "method": clean_line(self.method)}
        if reason:
            value["reason"] = reason
        if self.warning:
            value["warning"] = clean_note(self.warning)
        if self.concentration is not None:
            value["concentration"] = self.concentration
        d.put("session", (), weights=canonical_json(value))
        return d.plan()


@dataclass(frozen=True)
class GiveWeights:
    """How one participant weighs the dimensions: blind, until all of it is revealed."""

    kind: ClassVar[str] = "weighing"
    participant: str
    method: str
    said: Mapping[str, float]

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        person = snapshot.participant(self.participant)
        if person is None:
            raise PrioritizerError("That person is not on the roster.")
        if any(w.revealed for w in snapshot.weightings.values()):
            raise PrioritizerError("The weights are revealed; clear them to let everybody weigh again.")
        method = method_id(self.method)
        weigh(snapshot, method, self.said)
        said = {key: float(value) for key, value in self.said.items()}
        d = Draftsman(snapshot, given)
        d.put("weighting", (person.id,), method=method, said=canonical_json(said), revealed=0)
        return d.plan()


@dataclass(frozen=True)
class RevealWeights:
    """Everybody sees how everybody weighed."""

    kind: ClassVar[str] = "weights-revealed"

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        hidden = [person for person, w in snapshot.weightings.items() if not w.revealed and not w.void]
        if not hidden:
            seen = any(w.revealed for w in snapshot.weightings.values())
            state = "are revealed already" if seen else "of nobody are there yet"
            raise PrioritizerError(f"The weights {state}, so there is nothing to reveal.")
        d = Draftsman(snapshot, given)
        for person in hidden:
            d.put("weighting", (person,), revealed=1)
        return d.plan()


@dataclass(frozen=True)
class ClearWeights:
    """Takes what everybody said away, so that all can weigh again; the weights in force stay."""

    kind: ClassVar[str] = "weights-cleared"

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        if not snapshot.weightings:
            raise PrioritizerError("Nobody has weighed yet, so there is nothing to clear.")
        d = Draftsman(snapshot, given)
        for person in snapshot.weightings:
            d.put("weighting", (person,), method=None, said=None, revealed=None)
        return d.plan()


def is_rated(snapshot: Snapshot) -> bool:
    """Whether any live use case has a level, or a round that was asked."""
    blank = bytes([UNKNOWN])
    return any(u.levels.strip(blank) or any(u.rounds.values()) for u in snapshot.live())


def check_weights(snapshot: Snapshot, weights: Mapping[str, float]) -> dict[str, float]:
    """Weights by readiness dimension, normalised to sum 1.

    Raises:
        PrioritizerError: A dimension is unknown or missing, or a weight is no weight.
    """
    known = dimensions(snapshot)
    for dimension, weight in weights.items():
        if dimension not in known:
            raise PrioritizerError(
                f"There is no readiness dimension “{clean_line(dimension)}”. Known: {', '.join(known)}."
            )
        if not math.isfinite(weight) or weight < 0:
            raise PrioritizerError(f"The weight of {dimension} must be a number that is not negative.")
    missing = [dimension for dimension in known if dimension not in weights]
    if missing:
        raise PrioritizerError(f"The weight of {missing[0]} is missing.")
    total = math.fsum(weights.values())
    if not total > 0:
        raise PrioritizerError("The weights are all zero; at least one dimension must count.")
    return {dimension: weights[dimension] / total for dimension in known}


def _shares(snapshot: Snapshot, weights: Mapping[str, float] | None) -> dict[str, float]:
    """As shares; the preset's where there are none."""
    stated = weights or {d.id: d.weight for d in snapshot.preset.with_role("readiness")}
    total = math.fsum(stated.values())
    return {d: w / total for d, w in stated.items()} if total > 0 else dict(stated)


def _differ(snapshot: Snapshot, new: Mapping[str, float] | None) -> bool:
    old, now = _shares(snapshot, snapshot.weights), _shares(snapshot, new)
    return any(abs(old.get(d, 0.0) - w) > SAME for d, w in now.items())


def _moved(snapshot: Snapshot, new: Mapping[str, float] | None) -> str:
    old, now = _shares(snapshot, snapshot.weights), _shares(snapshot, new)
    moved = [
        f"{d} {round(100 * old.get(d, 0.0))} → {round(100 * w)} %"
        for d, w in now.items()
        if abs(old.get(d, 0.0) - w) > SAME
    ]
    return listed(moved)
