"""Which of very many texts are almost the same: exactly those that comparing each pair would find.

Comparing two titles costs little, but two thousand titles are two million pairs. Most pairs differ in
length, or in the letters that they are made of, by more than the likeness allows; that is seen for
thousands of pairs at once, and only what is left is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

_BINS = 16
"""Classes of letters, by the low bits of their code."""

_ROWS = 64
"""Texts that are held against all others of about their length at a time."""

_FLUSH = 50_000
"""Pairs that are compared in one go, so that a hostile list fills no memory."""

_PLACES = 1 << 40


@dataclass(frozen=True, slots=True)
class _Texts:
    """Texts in the order of their kind and length.

    Attributes:
        places: Position of each in the list that was given.
        kinds: Texts of different kinds are never alike.
        lengths: In characters.
        letters: (`_BINS`, n): how many characters of each class.
    """

    places: Ints
    kinds: Ints
    lengths: Ints
    letters: npt.NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.places)

    def position(self, kinds: Ints, lengths: Ints) -> Ints:
        """Where texts of such a kind and length begin."""
        return np.searchsorted((self.kinds << 32) + self.lengths, (kinds << 32) + lengths)


def nearest_before(
    texts: Sequence[str], kinds: Sequence[int], first: int, likeness: int
) -> list[tuple[int, int, int]]:
    """For each text from ``first`` on the one before it that it resembles most; of equals the earliest.

    Args:
        texts: Any.
        kinds: Of each text; those of different kinds are not alike, whatever they say.
        first: The texts before this position are not compared with each other.
        likeness: Per cent from which two are alike, as ``rapidfuzz.fuzz.ratio`` counts.

    Returns:
        (position, position of the other, per cent) of those that resemble one, in their order.
    """
    known = _sorted(texts, kinds, 0, first)
    own = _sorted(texts, kinds, first, len(texts))
    # likeness% of the characters of both stay, so at most the rest is put in or taken out.
    least = -(-likeness * own.lengths // (200 - likeness))
    most = (200 - likeness) * own.lengths // likeness
    found = _Found(texts, likeness)
    _hold_against(own, own, own.position(own.kinds, least), np.arange(len(own)), found)
    _hold_against(own, known, known.position(own.kinds, least), known.position(own.kinds, most + 1), found)
    return found.best()


class _Found:
    """Pairs that may be alike, compared when there are many; the best of each text is kept."""

    def __init__(self, texts: Sequence[str], likeness: int) -> None:
        self.likeness = likeness
        self._texts = texts
        self._waiting: list[tuple[Ints, Ints]] = []
        self._count = 0
        self._best = np.full(len(texts), -1, dtype=np.int64)
        """Per cent and, turned round so that the earliest is the largest, place: in one number."""

    def add(self, one: Ints, other: Ints) -> None:
        """Pairs by their places."""
        self._waiting.append((np.maximum(one, other), np.minimum(one, other)))
        self._count += len(one)
        if self._count >= _FLUSH:
            self._compare()

    def _compare(self) -> None:
        from rapidfuzz import fuzz, process

        if not self._waiting:
            return
        later = np.concatenate([pair[0] for pair in self._waiting])
        earlier = np.concatenate([pair[1] for pair in self._waiting])
        self._waiting, self._count = [], 0
        texts = self._texts
        scores = process.cpdist(
            [texts[place] for place in later.tolist()],
            [texts[place] for place in earlier.tolist()],
            scorer=fuzz.ratio,
            score_cutoff=self.likeness,
            dtype=np.uint8,
        ).astype(np.int64)
        alike = np.flatnonzero(scores)
        np.maximum.at(self._best, later[alike], (scores[alike] + 1) * _PLACES - 1 - earlier[alike])

    def best(self) -> list[tuple[int, int, int]]:
        self._compare()
        places = np.flatnonzero(self._best >= 0)
        scores, turned = np.divmod(self._best[places], _PLACES)
        return list(zip(places.tolist(), (_PLACES - 1 - turned).tolist(), scores.tolist(), strict=True))


def _sorted(texts: Sequence[str], kinds: Sequence[int], start: int, end: int) -> _Texts:
    some = texts[start:end]
    lengths = np.fromiter(map(len, some), np.int64, len(some))
    codes = np.frombuffer("".join(some).encode("utf-32-le", "surrogatepass"), np.uint32) & (_BINS - 1)
    cells = np.repeat(np.arange(len(some)) * _BINS, lengths) + codes
    letters = np.bincount(cells, minlength=len(some) * _BINS).reshape(len(some), _BINS)
    kind = np.array(kinds[start:end], dtype=np.int64)
    order = np.lexsort((lengths, kind))
    return _Texts(
        order + start,
        kind[order],
        lengths[order],
        np.ascontiguousarray(np.minimum(letters[order].T, 1_000), dtype=np.int16),
    )


def _hold_against(own: _Texts, others: _Texts, low: Ints, high: Ints, found: _Found) -> None:
    """Finds the pairs that may be alike: of each of ``own``, the others from ``low`` to before ``high``."""
    allowed = 100 - found.likeness
    own_share, others_share = allowed * own.lengths, allowed * others.lengths
    for start in range(0, len(own), _ROWS):
        rows = slice(start, min(start + _ROWS, len(own)))
        left, right = int(low[rows].min()), int(high[rows].max())
        if left >= right:
            continue
        # What is in one and not in the other, counted by class, is never more than what was put in or taken out.
        apart = np.zeros((rows.stop - start, right - left), dtype=np.int16)
        part = np.empty_like(apart)
        for one, other in zip(own.letters[:, rows], others.letters[:, left:right], strict=True):
            np.subtract(one[:, None], other, out=part)
            np.abs(part, out=part)
            apart += part
        row, column = np.nonzero(apart <= (own_share[rows].max() + others_share[left:right].max()) // 100)
        percent = 100 * apart[row, column].astype(np.int64)
        row, column = row + start, column + left
        near = percent <= own_share[row] + others_share[column]
        near &= (column >= low[row]) & (column < high[row])
        found.add(own.places[row[near]], others.places[column[near]])
