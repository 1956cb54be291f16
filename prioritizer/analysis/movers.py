"""What decides whether a use case is in the top N.

From the same draws: the share of the variance of "is in the top N" that one thing explains
by itself (first-order index; Sobol' 1993; Saltelli et al. 2008, §4): Var(E[y | x]) / Var(y).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.analysis.drawn import ROOM, Drawn
from prioritizer.analysis.draws import CHUNK, TILE, Draws, tiles_of
from prioritizer.analysis.evidence import SAID, UNKNOWN
from prioritizer.model.preset import LEVELS
from prioritizer.model.robustness import Mover, MoverKind

MOST = 5
"""Movers that are named for a use case."""

LEAST = 0.01
"""Share of variance below which nothing is said: chance alone makes thousandths."""

DRAWS = 1_024
"""Draws that are looked at, at most: enough to tell which two or three things matter."""

WAYS = 2 * len(LEVELS)

Bools = npt.NDArray[np.bool_]


def movers(
    drawn: Drawn,
    seed: int,
    tops: dict[int, Bools],
    weights: Floats,
    people: npt.NDArray[np.intp],
) -> dict[int, list[Mover]]:
    """What moves some use cases into the top N and out of it.

    Args:
        drawn: The session.
        seed: Of the draws.
        tops: Row → (d,) whether it is in the top N; the first `DRAWS` are looked at.
        weights: (k, d) as drawn.
        people: (d,) whose ballot was taken; empty when nobody's.
    """
    tops = {row: top[:DRAWS] for row, top in tops.items()}
    rows = np.array(sorted(tops), dtype=np.intp)
    found = _cell_movers(drawn, seed, rows, tops)
    for row, top in tops.items():
        found[row] += _weight_movers(drawn, top, weights)
        found[row] += _people_mover(drawn, top, people)
        found[row].sort(key=lambda m: -m.share)
        del found[row][MOST:]
    return found


def first_order(top: Bools, groups: npt.NDArray[np.intp], sizes: int) -> float:
    """Var(E[top | group]) / Var(top), 0–1; 0 where nothing varies.

    Less what groups that mean nothing would explain by chance (Kelley's epsilon squared, 1935).

    Args:
        top: (d,) the outcome.
        groups: (d,) which group each draw is in.
        sizes: How many groups there are.
    """
    every = np.bincount(groups, minlength=sizes)
    inside = np.bincount(groups[top], minlength=sizes)
    return _index(every.tolist(), inside.tolist())


def _index(every: list[int], inside: list[int]) -> float:
    total, groups = sum(every), sum(n > 0 for n in every)
    share = sum(inside) / total
    if not 0 < share < 1 or total <= groups:
        return 0.0
    spread = sum(n * (k / n - share) ** 2 for n, k in zip(every, inside, strict=True) if n)
    explained = spread / total / (share * (1 - share))
    return float(max(1 - (1 - explained) * (total - 1) / (total - groups), 0.0))


def _weight_movers(drawn: Drawn, top: Bools, weights: Floats) -> list[Mover]:
    """A weight counts as two groups: at most the stated one, and more."""
    if "weights" not in drawn.sources:
        return []
    found = []
    for dimension, stated, now in zip(drawn.rules.readiness, drawn.weights, weights, strict=True):
        more = now[: len(top)] > stated
        share = first_order(top, more.astype(np.intp), 2)
        if share >= LEAST:
            found.append(Mover(kind="weight", item=dimension.id, share=share))
    return found


def _people_mover(drawn: Drawn, top: Bools, people: npt.NDArray[np.intp]) -> list[Mover]:
    if len(drawn.people) < 2:
        return []
    share = first_order(top, people[: len(top)], len(drawn.people))
    return [Mover(kind="people", item="", share=share)] if share >= LEAST else []


def _cell_movers(
    drawn: Drawn, seed: int, rows: npt.NDArray[np.intp], tops: dict[int, Bools]
) -> dict[int, list[Mover]]:
    columns = np.flatnonzero(_open_cells(drawn, rows).any(axis=0))
    every = np.zeros((len(columns), len(rows), len(LEVELS)), dtype=np.int64)
    inside = np.zeros_like(every)
    again = Draws(drawn, seed, rows)
    draws = min((len(top) for top in tops.values()), default=0)
    cells = np.arange(len(columns) * TILE, dtype=np.intp).reshape(len(columns), TILE) * WAYS
    for start in range(0, draws if len(columns) else 0, CHUNK):
        person = again.person()
        used = min(CHUNK, draws - start)
        for a, b in tiles_of(len(rows)):
            levels = again.levels(a, b, person)[columns, :, :used]
            top = np.stack([tops[row][start : start + used] for row in rows[a:b].tolist()])
            # One count for every criterion, use case, level and outcome.
            code = cells[..., None][:, : b - a] + (2 * levels + top)
            counts = np.bincount(code.ravel(), minlength=cells.size * WAYS)
            by_cell = counts.reshape(len(columns), TILE, len(LEVELS), 2)[:, : b - a]
            every[:, a:b] += by_cell.sum(axis=3)
            inside[:, a:b] += by_cell[..., 1]
    criteria = drawn.rules.preset.criterion
    found: dict[int, list[Mover]] = {int(row): [] for row in rows}
    for position, row in enumerate(rows.tolist()):
        for place, column in enumerate(columns.tolist()):
            share = _index(every[place, position].tolist(), inside[place, position].tolist())
            if share >= LEAST:
                kind = _kind(int(drawn.ground[row, column]))
                found[row].append(Mover(kind=kind, item=criteria[column].id, share=share))
    return found


def _open_cells(drawn: Drawn, rows: npt.NDArray[np.intp]) -> Bools:
    """(rows, m) where the level is not the same in every draw."""
    limits = drawn.limits
    found = np.asarray(((limits > -1) & (limits < np.iinfo(np.int16).max)).any(axis=0))
    if len(drawn.people) > 1:
        differ = (drawn.by_person != drawn.by_person[:, :1]).any(axis=1)
        found[drawn.ballots.rows[differ], drawn.ballots.columns[differ]] = True
    result: Bools = found[rows]
    return result


def _kind(ground: int) -> MoverKind:
    if ground == UNKNOWN:
        return "unknown"
    if ground == ROOM:
        return "room"
    return "reported" if ground == SAID else "opinion"
