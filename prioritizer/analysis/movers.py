"""What decides whether a use case is in the top N.

From the same draws: the share of the variance of "is in the top N" that one thing explains
by itself (first-order index; Sobol' 1993; Saltelli et al. 2008, §4): Var(E[y | x]) / Var(y).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from prioritizer.analysis.bits import Floats
from prioritizer.analysis.drawn import ROOM, Drawn
from prioritizer.analysis.draws import CHUNK, TILE, Draws, tiles_of
from prioritizer.analysis.evidence import SAID, STATED, THOUGHT, UNKNOWN
from prioritizer.model.robustness import Mover, MoverKind
from prioritizer.model.terms import LEVELS

MOST = 5
"""Movers that are named for a use case."""

LEAST = 0.01
"""Share of variance below which nothing is said: chance alone makes thousandths."""

DRAWS = 1_024
"""First draws that are looked at: enough to tell which two or three things matter."""

_GROUPS = len(LEVELS) + 1
"""Of the draws by the level of one cell: unknown, and 0 to 4."""

_WAYS = 2 * _GROUPS

Bools = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]

KINDS: dict[int, MoverKind] = {
    UNKNOWN: "unknown",
    STATED: "opinion",
    SAID: "reported",
    THOUGHT: "opinion",
    ROOM: "room",
}
"""How a cell is named by what it rests on; one that is proven moves nothing."""


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
        tops: Row → (d,) whether it is in the top N, in the first draws.
        weights: (k, d) as drawn.
        people: (d,) whose ballot was taken; empty when nobody's.
    """
    rows = np.array(sorted(tops), dtype=np.intp)
    found: dict[int, list[Mover]] = {int(row): [] for row in rows}
    if not len(rows):
        return found
    top = np.stack([tops[row] for row in rows.tolist()])
    draws = top.shape[1]

    def keep(kinds: Sequence[MoverKind], item: str, shares: Floats) -> None:
        for row, kind, share in zip(rows.tolist(), kinds, shares.tolist(), strict=True):
            if share >= LEAST:
                found[row].append(Mover(kind=kind, item=item, share=share))

    if "weights" in drawn.sources:
        # A weight counts as two groups: at most the stated one, and more.
        for dimension, stated, now in zip(drawn.rules.readiness, drawn.weights, weights, strict=True):
            groups = (now[:draws] > stated).astype(np.intp)
            keep(["weight"] * len(rows), dimension.id, first_order(top, groups, 2))
    if len(drawn.people) > 1:
        keep(["people"] * len(rows), "", first_order(top, people[:draws], len(drawn.people)))
    for column, shares in by_cell(drawn, seed, rows, top):
        kinds = [KINDS[ground] for ground in drawn.ground[rows, column].tolist()]
        keep(kinds, drawn.rules.preset.criterion[column].id, shares)
    for own in found.values():
        own.sort(key=lambda m: -m.share)
        del own[MOST:]
    return found


def first_order(top: Bools, groups: npt.NDArray[np.intp], sizes: int) -> Floats:
    """Var(E[top | group]) / Var(top), 0–1; 0 where nothing varies.

    Less what groups that mean nothing would explain by chance (Kelley's epsilon squared, 1935).

    Args:
        top: (r, d) the outcomes.
        groups: (d,) which group each draw is in.
        sizes: How many groups there are.

    Returns:
        (r,).
    """
    every = np.bincount(groups, minlength=sizes)
    cells = (np.arange(len(top))[:, None] * sizes + groups)[top]
    inside = np.bincount(cells, minlength=len(top) * sizes).reshape(len(top), sizes)
    return explained(np.broadcast_to(every, inside.shape), inside)


def explained(every: Counts, inside: Counts) -> Floats:
    """The same from counts.

    Args:
        every: (…, g) draws in each group.
        inside: (…, g) those of them in the top N.

    Returns:
        (…).
    """
    groups = every.shape[-1]
    total, hits, used = (np.zeros(every.shape[:-1], dtype=np.int64) for _ in range(3))
    for group in range(groups):
        total += every[..., group]
        hits += inside[..., group]
        used += every[..., group] > 0
    share = hits / total
    varies = (hits > 0) & (hits < total) & (total > used)
    spread = np.zeros(every.shape[:-1])
    for group in range(groups):
        size = every[..., group]
        spread += size * (inside[..., group] / np.maximum(size, 1) - share) ** 2
    part = spread / total / np.where(varies, share * (1 - share), 1.0)
    part = 1 - (1 - part) * (total - 1) / np.where(varies, total - used, 1)
    return np.asarray(np.where(varies, np.maximum(part, 0.0), 0.0), dtype=np.float64)


def by_cell(drawn: Drawn, seed: int, rows: npt.NDArray[np.intp], top: Bools) -> Iterator[tuple[int, Floats]]:
    """Each criterion that is open for one of the rows, with what it explains for each.

    Args:
        drawn: The session.
        seed: Of the draws.
        rows: Use cases, ascending.
        top: (rows, d) whether each is in the top N, in the first draws.

    Yields:
        A column, and (rows,) its first-order index for each of them.
    """
    open_ = _open_cells(drawn, rows)
    columns = np.flatnonzero(open_.any(axis=0))
    every = np.zeros((len(columns), len(rows), _GROUPS), dtype=np.int64)
    inside = np.zeros_like(every)
    again = Draws(drawn, seed, rows)
    cells = np.arange(TILE, dtype=np.intp)[:, None] * _WAYS
    codes = np.empty((min(TILE, len(rows)), CHUNK), dtype=np.intp)
    for start in range(0, top.shape[1] if len(columns) else 0, CHUNK):
        person = again.person()
        now = top[:, start : start + CHUNK].view(np.int8)
        for a, b in tiles_of(len(rows)):
            levels = again.levels(a, b, person)[:, :, : now.shape[1]]
            code = codes[: b - a, : now.shape[1]]
            for place, column in enumerate(columns.tolist()):
                # One count for every use case, level and outcome; a criterion at a time fits the cache.
                np.add(2 * levels[column] + (now[a:b] + 2), cells[: b - a], out=code)
                counts = np.bincount(code.ravel(), minlength=(b - a) * _WAYS)
                by_cell = counts.reshape(b - a, _GROUPS, 2)
                every[place, a:b] += by_cell.sum(axis=2)
                inside[place, a:b] += by_cell[..., 1]
    shares = explained(every, inside)
    for place, column in enumerate(columns.tolist()):
        yield column, np.where(open_[:, column], shares[place], 0.0)


def _open_cells(drawn: Drawn, rows: npt.NDArray[np.intp]) -> Bools:
    """(rows, m) where the level is not the same in every draw."""
    limits = drawn.limits
    found = np.asarray(((limits > -1) & (limits < np.iinfo(np.int16).max)).any(axis=0))
    if len(drawn.people) > 1:
        differ = (drawn.by_person != drawn.by_person[:, :1]).any(axis=1)
        found[drawn.ballots.rows[differ], drawn.ballots.columns[differ]] = True
    result: Bools = found[rows]
    return result
