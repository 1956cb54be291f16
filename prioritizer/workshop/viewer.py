"""What may be seen: the one function behind every screen, export, command and log view.

Before a reveal a viewer sees who has answered, never what. This protects the room from
anchoring, not the file: whoever holds the file can read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from prioritizer.model.session import ABSTAIN, DONT_KNOW, HIDDEN, Round, Snapshot, UseCase, Weighting

if TYPE_CHECKING:
    from prioritizer.store import Conflict

_HIDE = bytes(HIDDEN if (b <= 4 or b in (DONT_KNOW, ABSTAIN)) else b for b in range(256))

HIDDEN_WEIGHTING = Weighting()
"""Somebody has weighed; how, is not to be seen before the reveal."""


VOID_WEIGHTING = Weighting(void=True)
"""Somebody had weighed; the reveal was taken back, so it counts for nothing."""


def visible(snapshot: Snapshot) -> Snapshot:
    """The snapshot as anybody may see it: the answers of unrevealed rounds are masked."""
    changed: dict[str, UseCase] = {}
    for use_case in snapshot.use_cases.values():
        if use_case.rounds and any(r.status != "revealed" for rs in use_case.rounds.values() for r in rs):
            rounds = {c: tuple(_masked(r) for r in rs) for c, rs in use_case.rounds.items()}
            changed[use_case.id] = replace(use_case, rounds=rounds)
    if not all(w.revealed for w in snapshot.weightings.values()):
        weightings = {p: _masked_weighting(w) for p, w in snapshot.weightings.items()}
        snapshot = replace(snapshot, weightings=weightings)
    if not changed:
        return snapshot
    return replace(snapshot, use_cases={**snapshot.use_cases, **changed})


def settleable(conflicts: Iterable[Conflict], snapshot: Snapshot) -> list[Conflict]:
    """Conflicts as anybody may know of them.

    Copies that gave a person different answers, or the same one, look alike until the reveal; then the
    same answer twice is nothing to settle any more.
    """
    revealed = {
        each.id
        for case in snapshot.use_cases.values()
        for rounds in case.rounds.values()
        for each in rounds
        if each.status == "revealed"
    }
    return [each for each in conflicts if each.table != "answer" or not _agree(each, revealed)]


def _agree(conflict: Conflict, revealed: set[str]) -> bool:
    """Whether all options of a revealed answer say what stands."""
    return conflict.key[2] in revealed and all(o.values == conflict.standing for o in conflict.options)


def _masked_weighting(each: Weighting) -> Weighting:
    if each.revealed:
        return each
    return VOID_WEIGHTING if each.void else HIDDEN_WEIGHTING


def _masked(each: Round) -> Round:
    if each.status == "revealed":
        return each
    return replace(each, answers=each.answers.translate(_HIDE))
