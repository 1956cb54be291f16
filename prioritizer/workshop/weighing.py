"""From what people say about the dimensions to weights: one way for a room, a person and the command line."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_error
from prioritizer.text.nearest import did_you_mean

if TYPE_CHECKING:
    from prioritizer.analysis.weights import RankMethod
    from prioritizer.model.session import Snapshot

METHODS: dict[str, str] = {
    "swing": "swing weights",
    "sum-reciprocal": "ranking, sum-reciprocal",
    "rank-order-centroid": "ranking, rank-order centroid",
    "rank-sum": "ranking, rank sum",
    "rank-reciprocal": "ranking, rank reciprocal",
    "points": "100 points",
    "pairwise": "comparison in pairs",
    "direct": "set directly",
}
"""How weights can be found, the usual way first; id → as it is printed."""

RANKS: tuple[RankMethod, ...] = ("sum-reciprocal", "rank-order-centroid", "rank-sum", "rank-reciprocal")

CONTRADICTS = 0.10
"""Consistency ratio from which comparisons in pairs should be looked at again (Saaty 1980)."""

_ALIASES = {"ranking": "sum-reciprocal", "ahp": "pairwise", "100": "points", "100-points": "points"}


@dataclass(frozen=True, slots=True)
class Weighed:
    """Weights, and how they were found.

    Attributes:
        weights: By dimension, adding up to 1.
        how: In words, to be printed with the result.
        warning: What should be looked at again, in a sentence; "" for nothing.
        concentration: How firmly several people stand behind them; none for one voice.
    """

    weights: dict[str, float]
    how: str
    warning: str = ""
    concentration: int | None = None


def method_id(text: str) -> str:
    """A method by its id or a usual other name.

    Raises:
        PrioritizerError: With the nearest.
    """
    wanted = text.strip().casefold()
    wanted = _ALIASES.get(wanted, wanted)
    if wanted not in METHODS:
        hint = did_you_mean(wanted, [*METHODS, *_ALIASES]) or f" There are {', '.join(METHODS)}."
        raise PrioritizerError(f"There is no way to weigh called “{clean_error(text)}”.{hint}")
    return wanted


def dimensions(snapshot: Snapshot) -> list[str]:
    """Ids of the readiness dimensions: those that have a weight."""
    return [d.id for d in snapshot.preset.with_role("readiness")]


def items(snapshot: Snapshot, method: str) -> list[str]:
    """What is asked: each dimension, or each pair of them as ``P:D``."""
    ids = dimensions(snapshot)
    return [f"{a}:{b}" for a, b in combinations(ids, 2)] if method == "pairwise" else ids


def weigh(snapshot: Snapshot, method: str, said: Mapping[str, float]) -> Weighed:
    """The weights that follow from what was said.

    Args:
        snapshot: For its dimensions.
        method: Of `METHODS`.
        said: A number for each of `items`: swing 0–100 against the most worthwhile, ranks from 1, points that add
            up to 100, how many times one outweighs the other, or weights of any size.

    Raises:
        PrioritizerError: Something is missing, unknown or no weight.
    """
    from prioritizer.analysis.weights import from_ranks, hundred_points, swing

    method = method_id(method)
    if method == "pairwise":
        return _pairwise(snapshot, said)
    numbers = _in_order(snapshot, dimensions(snapshot), said)
    if method in ("swing", "direct"):
        found = swing(numbers)
    elif method == "points":
        found = hundred_points(numbers)
    else:
        low = next((n for n in numbers if n < 1), None)
        if low is not None:
            raise PrioritizerError(f"{low:g} is no rank; the most important has rank 1.")
        found = from_ranks(numbers, next(r for r in RANKS if r == method))
    weights = dict(zip(dimensions(snapshot), found.tolist(), strict=True))
    return Weighed(weights, METHODS[method])


def together(snapshot: Snapshot) -> Weighed | None:
    """The mean of what the participants said, once it is revealed; none while nobody did."""
    from prioritizer.analysis.weights import group

    each = each_persons(snapshot)
    if not each:
        return None
    ids = dimensions(snapshot)
    found = group([[weights[d] for d in ids] for weights in each.values()])
    ways = {snapshot.weightings[p].method for p in each}
    way = METHODS[next(iter(ways))] if len(ways) == 1 else "several ways of weighing"
    weights = dict(zip(ids, found.mean.tolist(), strict=True))
    if len(each) == 1:
        return Weighed(weights, f"{way}, by one person")
    widest = max(found.spread.tolist())
    how = f"{way}, mean of {len(each)} people, who differ by up to {100 * widest:.0f} points (standard deviation)"
    return Weighed(weights, how, concentration=found.concentration)


def each_persons(snapshot: Snapshot) -> dict[str, dict[str, float]]:
    """Participant id → that person's weights, of those that are revealed."""
    found = {}
    for person, w in snapshot.weightings.items():
        if w.revealed and w.method:
            # A file from elsewhere may hold what nobody could have said here.
            with contextlib.suppress(PrioritizerError):
                found[person] = weigh(snapshot, w.method, w.said).weights
    return found


def spread(snapshot: Snapshot) -> dict[str, float] | None:
    """Standard deviation over people by dimension; none for fewer than two."""
    from prioritizer.analysis.weights import group

    each = each_persons(snapshot)
    if len(each) < 2:
        return None
    ids = dimensions(snapshot)
    found = group([[weights[d] for d in ids] for weights in each.values()])
    return dict(zip(ids, found.spread.tolist(), strict=True))


def read_number(text: str, what: str) -> float:
    """A number as people write it: ``40``, ``40 %``, ``2,5`` or ``1/3``.

    Raises:
        PrioritizerError: It is none.
    """
    above, slash, below = text.strip().removesuffix("%").replace(",", ".").partition("/")
    try:
        number = float(above) / float(below) if slash else float(above)
    except (ValueError, ZeroDivisionError):
        number = math.nan
    if not math.isfinite(number):
        raise PrioritizerError(f"{what}: “{clean_error(text)}” is not a number.")
    return number


def _pairwise(snapshot: Snapshot, said: Mapping[str, float]) -> Weighed:
    from prioritizer.analysis.pairwise import Pairwise, most_inconsistent, pairwise

    ids = dimensions(snapshot)
    known = {f"{a}:{b}" for a in ids for b in ids}
    unknown = next((key for key in said if key not in known), None)
    if unknown is not None:
        raise PrioritizerError(f"There is no pair “{clean_error(unknown)}”; write it as {ids[0]}:{ids[-1]}.")
    matrix = [[1.0] * len(ids) for _ in ids]
    for i, a in enumerate(ids):
        matrix[i][i] = said.get(f"{a}:{a}", 1.0)
        for j in range(i + 1, len(ids)):
            ahead, back = said.get(f"{a}:{ids[j]}"), said.get(f"{ids[j]}:{a}")
            if ahead is None and back is None:
                raise PrioritizerError(f"The comparison of {a} with {ids[j]} is missing.")
            matrix[i][j] = ahead if ahead is not None else _inverse(back, ids[j], a)
            matrix[j][i] = back if back is not None else _inverse(ahead, a, ids[j])
    found = pairwise(matrix)
    ratio = found.consistency_ratio
    how = f"{METHODS['pairwise']}, consistency ratio {ratio:.2f} ({Pairwise.random_index_table})"
    warning = ""
    if ratio > CONTRADICTS:
        i, j, implied = most_inconsistent(matrix, found.weights)
        warning = (
            f"These comparisons contradict each other: their consistency ratio is {ratio:.2f}, above {CONTRADICTS:.2f} "
            f"({Pairwise.random_index_table}). Look again at {ids[i]} against {ids[j]}: {_times(matrix[i][j])} was "
            f"said, the others together say about {_times(implied)}."
        )
    return Weighed(dict(zip(ids, found.weights.tolist(), strict=True)), how, warning)


def _inverse(value: float | None, a: str, b: str) -> float:
    if not value:
        raise PrioritizerError(f"{a}:{b} is 0; say how many times {a} outweighs {b}, such as 3 or 1/3.")
    return 1.0 / value


def _times(ratio: float) -> str:
    return f"{ratio:.3g}" if ratio >= 1 else f"1/{1 / ratio:.3g}"


def _in_order(snapshot: Snapshot, ids: Sequence[str], said: Mapping[str, float]) -> list[float]:
    unknown = next((key for key in said if key not in ids), None)
    if unknown is not None:
        others = {d.id: d.role for d in snapshot.preset.dimension}
        if unknown in others:
            raise PrioritizerError(f"{unknown} has no weight: its role is {others[unknown]}, not readiness.")
        hint = did_you_mean(unknown, list(ids)) or f" There are {', '.join(ids)}."
        raise PrioritizerError(f"There is no readiness dimension “{clean_error(unknown)}”.{hint}")
    missing = next((d for d in ids if d not in said), None)
    if missing is not None:
        raise PrioritizerError(f"The number for {missing} is missing.")
    for d in ids:
        if said[d] < 0:
            raise PrioritizerError(f"{d} is negative ({said[d]:g}); 0 is the least.")
    return [said[d] for d in ids]
