"""What is drawn for a session, and around what: looked up once, before the draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.ballots import Ballots, ballots_in_force
from prioritizer.analysis.evidence import STATED, UNKNOWN, Small, grounds, limits
from prioritizer.analysis.simplex import CONCENTRATION, whole_concentrations
from prioritizer.model.robustness import SOURCES, Source
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.scoring.inputs import Inputs, make_inputs
from prioritizer.scoring.rules import Rules, compile_rules

ROOM = 4
"""What a cell rests on, besides the four of `evidence`: the ballots of the room."""


@dataclass(frozen=True)
class Drawn:
    """Everything that the draws need to know. n use cases, m criteria, k readiness dimensions.

    Attributes:
        rules: The compiled preset.
        inputs: What the ranking scores.
        numbers: (n,) a key for the random numbers of each use case.
        sources: What is drawn.
        weights: (k,) stated weights, normalised.
        concentrations: (k,) of the Dirichlet around them.
        ground: (n, m) int8 what each cell rests on.
        needed: (m,) bool: criteria on which a place in the ranking can depend.
        limits: (4, n, m) int16; see `evidence.limits`.
        uncertain: (n,) bool: its levels need random numbers.
        blank: (n, m) bool: stays unknown in every draw.
        ballots: For the cells whose level is the room's.
        people: Indices of the participants one of whom is taken in each draw.
        by_person: (q, people) int8 their levels in the cells of ``ballots``.
    """

    rules: Rules
    inputs: Inputs
    numbers: tuple[tuple[int, ...], ...]
    sources: frozenset[Source]
    weights: tuple[float, ...]
    concentrations: tuple[int, ...]
    ground: npt.NDArray[np.int8]
    needed: npt.NDArray[np.bool_]
    limits: Small
    uncertain: npt.NDArray[np.bool_]
    blank: npt.NDArray[np.bool_]
    ballots: Ballots
    people: npt.NDArray[np.intp]
    by_person: npt.NDArray[np.int8]


def find_drawn(
    snapshot: Snapshot,
    sources: frozenset[Source] = frozenset(SOURCES),
    concentration: int | None = None,
    rules: Rules | None = None,
) -> Drawn:
    """Looks everything up.

    Args:
        snapshot: The session as anybody may see it.
        sources: What is drawn; the rest stays as the ranking has it.
        concentration: How firmly the stated weights stand; as the session says, if left out.
        rules: The compiled preset of the same session, if at hand.
    """
    rules = rules if rules is not None else compile_rules(snapshot)
    if concentration is None:
        concentration = snapshot.weights_concentration or CONCENTRATION
    use_cases = list(snapshot.live())
    inputs = make_inputs(rules, use_cases)
    ballots = ballots_in_force(rules, use_cases)
    ground = _grounds(rules, use_cases, inputs, ballots)
    needed = _needed(rules)
    drawn_cells = needed & (ground != STATED) & (ground != ROOM)
    if "evidence" not in sources:
        drawn_cells[:] = False
    # Cells that no rule looks at need no level at all.
    blank = needed & (ground == UNKNOWN) & ~drawn_cells
    stated = [d.weight for d in rules.readiness]
    total = math.fsum(stated)
    people = ballots.people if "people" in sources else np.empty(0, dtype=np.intp)
    return Drawn(
        rules=rules,
        inputs=inputs,
        numbers=_keys(use_cases),
        sources=sources,
        weights=tuple(w / total if total > 0 else 0.0 for w in stated),
        concentrations=tuple(whole_concentrations(stated, concentration)) if total > 0 else (),
        ground=ground,
        needed=needed,
        limits=limits(inputs.levels, np.where(drawn_cells, ground, STATED).astype(np.int8)),
        uncertain=drawn_cells.any(axis=1),
        blank=blank,
        ballots=ballots,
        people=people,
        by_person=ballots.by_person(people),
    )


def _grounds(
    rules: Rules, use_cases: Sequence[UseCase], inputs: Inputs, ballots: Ballots
) -> npt.NDArray[np.int8]:
    n, m = inputs.levels.shape
    tags = np.frombuffer(b"".join(u.evidence for u in use_cases), dtype=np.uint8).reshape(n, m)
    ground = grounds(inputs.levels, tags, inputs.claimed)
    asked = ballots.room >= 0
    ground[ballots.rows[asked], ballots.columns[asked]] = ROOM
    return ground


def _needed(rules: Rules) -> npt.NDArray[np.bool_]:
    """All criteria but the mirror's and those that are switched off."""
    needed = np.zeros(rules.criteria, dtype=np.bool_)
    needed[rules.scored] = True
    if rules.worth >= 0:
        needed[rules.worth] = True
    clauses = [r.when for r in rules.raises] + [rule for _, rule in rules.classes]
    clauses += [g.rule for g in rules.gates if g.rule is not None]
    needed[[column for rule in clauses for column, _, _ in rule.clauses]] = True
    needed[[r.column for r in rules.raises]] = True
    needed[[g.column for g in rules.gates if g.column >= 0]] = True
    return needed


def _keys(use_cases: Sequence[UseCase]) -> tuple[tuple[int, ...], ...]:
    """Numbers name the streams: a card that comes or goes leaves those of the others alone."""
    seen: dict[int, int] = {}
    keys = []
    for use_case in use_cases:
        again = seen.get(use_case.number, 0)
        seen[use_case.number] = again + 1
        keys.append((use_case.number, again))
    return tuple(keys)
