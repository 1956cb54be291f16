"""Titles that are almost another one's: a slip of the keys, another order of the same words.

What is found is only reported; whether two are the same is the room's to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.model.session import Snapshot

if TYPE_CHECKING:
    from prioritizer.exchange.use_cases_in import Candidate

LIKENESS = 88
"""Per cent from which two titles are reported: "Invoice matching" and "Invoices matching" are."""

MOST_PAIRS = 60_000_000
"""Comparisons of one import; beyond, only the titles of the first rows are looked at."""

_CHUNK = 400
_WORDS = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Near:
    """A row whose title is almost another's.

    Attributes:
        row: Of the source.
        title: Its title.
        of: Id of the other; none where it is a row of the same source that was not written.
        of_title: What the other is called.
        likeness: Per cent, below 100.
        of_row: Where the other is a row of the same source: which.
        of_number: Where the other has a number in the session.
    """

    row: int
    title: str
    of: str | None
    of_title: str
    likeness: int
    of_row: int | None = None
    of_number: int | None = None


def near_titles(snapshot: Snapshot, fresh: Sequence[Candidate]) -> list[Near]:
    """For each fresh candidate the nearest title in the session, or in an earlier row.

    Titles that are the same to the letter are not *near*: they are *similar* already. Nor are
    those that differ in a number ("Part 1", "Part 2").
    """
    if not fresh:
        return []
    there = [u for u in snapshot.use_cases.values() if u.title and not u.deleted]
    known = [_plain(u.title) for u in there]
    own = [_plain(c.title) for c in fresh]
    everything = [*known, *own]
    titles = [*(u.title for u in there), *(c.title for c in fresh)]
    room = max(1, MOST_PAIRS // max(1, len(everything)))
    found: list[Near] = []
    for start in range(0, min(len(own), room), _CHUNK):
        chunk = own[start : start + _CHUNK]
        # Only what stands before a row is compared with it, so that each pair is told once.
        others = everything[: len(known) + start + len(chunk)]
        for offset, place, score in _best(chunk, others, len(known) + start, titles):
            candidate = fresh[start + offset]
            if place < len(known):
                case = there[place]
                near = Near(candidate.row, candidate.title, case.id, case.title, score, None, case.number)
            else:
                other = fresh[place - len(known)]
                near = Near(candidate.row, candidate.title, None, other.title, score, other.row)
            found.append(near)
    return found


def _best(
    chunk: Sequence[str], others: Sequence[str], first: int, titles: Sequence[str]
) -> list[tuple[int, int, int]]:
    """(position in the chunk, position among the others, likeness) of the nearest, where one is near."""
    import numpy as np
    from rapidfuzz import fuzz, process

    scores = process.cdist(
        chunk, others, scorer=fuzz.ratio, score_cutoff=LIKENESS, dtype=np.uint8, workers=-1
    )
    found: list[tuple[int, int, int]] = []
    for offset in np.flatnonzero(scores.any(axis=1)).tolist():
        text = chunk[offset]
        row = scores[offset, : first + offset]
        places = np.flatnonzero(row)
        for place in places[np.argsort(-row[places].astype(int), kind="stable")].tolist():
            if titles[place] != titles[first + offset] and _NUMBERS.findall(
                others[place]
            ) == _NUMBERS.findall(text):
                found.append((offset, place, min(int(row[place]), 99)))
                break
    return found


def _plain(title: str) -> str:
    """Words in order of the alphabet, without case and signs: "IT: help" and "help IT" are one."""
    return " ".join(sorted(_WORDS.sub(" ", title.casefold()).split()))
