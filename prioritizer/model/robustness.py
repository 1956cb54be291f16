"""What ``robustness --json`` prints: keys may be added, never removed or retyped.

Every share is a share of draws, never a chance of success.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from prioritizer.model.terms import LaneId

Source = Literal["weights", "people", "evidence", "scale"]
SOURCES: tuple[Source, ...] = ("weights", "people", "evidence", "scale")
"""What is drawn: weights around the stated ones; one participant's ballot for the room values;
levels by their evidence, and unknown ones; how far apart the five levels are."""

MoverKind = Literal["unknown", "opinion", "reported", "room", "weight", "people"]


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True, allow_inf_nan=False)


class Mover(_Out):
    """Something that decides whether a use case is in the top N.

    Attributes:
        kind: A cell that is unknown, an opinion or reported; one on which the room differs;
            the weight of a dimension; or whom one asks.
        item: The criterion or dimension; "" for people.
        share: How much of the variance of "is in the top N" it explains by itself, 0–1
            (first-order index, Sobol' 1993).
    """

    kind: MoverKind
    item: str
    share: float


class Endurance(_Out):
    """What one use case survives.

    Attributes:
        id: Of the use case.
        number: Its number.
        title: Its title.
        rank_acceptability: [rank, share] for every rank that it has in some draw.
        top_share: Share of draws in which it is among the first N.
        lane_share: Share of draws in each lane.
        confidence: Share of draws of the levels (the first 4,096) in which it is first under its own
            central weights; none where it is first in less than 1 % of the draws, or not worked out yet.
        central_weights: Mean weight of each dimension in the draws in which it is first;
            none where that is less than 1 %.
        movers: What decides whether it is in the top N, most telling first; empty while it is
            always in or never.
    """

    id: str
    number: int
    title: str
    rank_acceptability: list[tuple[int, float]]
    top_share: float
    lane_share: dict[LaneId, float]
    confidence: float | None
    central_weights: dict[str, float] | None
    movers: list[Mover]


class PairShares(_Out):
    """Pairwise winning for the rows shown.

    Attributes:
        use_cases: Their ids, in the order of the ranking.
        share: Row i, column k: share of draws in which i stands strictly above k.
    """

    use_cases: list[str]
    share: list[list[float]]


class Robustness(_Out):
    """How sure the ranking is. Use cases are in the order of the ranking.

    Attributes:
        draws: How many so far.
        asked: How many there will be.
        seed: Same file and seed, same numbers.
        top: N of "the top N".
        sources: Which of the four are drawn.
        weights: Stated weight of each readiness dimension, normalised.
        concentration: Of the Dirichlet around them; larger is firmer.
        ballots: How many participants' ballots one is taken from.
        use_cases: One each.
        pairwise: For the first rows.
    """

    draws: int
    asked: int
    seed: int
    top: int
    sources: dict[Source, bool]
    weights: dict[str, float]
    weights_method: str
    concentration: int
    ballots: int
    use_cases: list[Endurance]
    pairwise: PairShares

    @property
    def complete(self) -> bool:
        """Whether these are the final numbers."""
        return self.draws == self.asked
