"""Titles that are almost another one's: a slip of the keys, another order of the same words.

What is found is only reported; whether two are the same is the room's to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.model.session import Snapshot, UseCase

if TYPE_CHECKING:
    from prioritizer.exchange.use_cases_in import Candidate

LIKENESS = 88
"""Per cent from which two titles are reported: "Invoice matching" and "Invoices matching" are."""

MOST_PAIRS = 60_000_000
"""Comparisons of one import; beyond, only the titles of the first rows are looked at."""

_WORD = re.compile(r"[^\W_]+")
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

    Titles that are the same to the letter are not *near*: they are *similar* already, so of those only
    the first is looked at. Nor are those that differ in a number ("Part 1", "Part 2"), or have no word at all.
    """
    if not fresh:
        return []
    from prioritizer.workshop.likeness import nearest_before  # it brings numpy

    there: dict[str, UseCase] = {}
    for case in snapshot.use_cases.values():
        if case.title and not case.deleted:
            there.setdefault(case.title, case)
    room = max(1, MOST_PAIRS // (len(there) + len(fresh)))
    rows: dict[str, Candidate] = {}
    for each in fresh[:room]:
        if each.title not in there:
            rows.setdefault(each.title, each)
    titles = [*there, *rows]
    plain = [_plain(title) for title in titles]
    known: dict[tuple[str, ...], int] = {}
    # What has no word is a kind of its own; else its numbers make it one.
    kinds = [
        known.setdefault(tuple(_NUMBERS.findall(text)) if text else (title,), len(known))
        for title, text in zip(titles, plain, strict=True)
    ]
    cases, candidates = list(there.values()), list(rows.values())
    found: list[Near] = []
    for place, other, score in nearest_before(plain, kinds, len(cases), LIKENESS):
        row, likeness = candidates[place - len(cases)], min(score, 99)
        if other < len(cases):
            case = cases[other]
            found.append(Near(row.row, row.title, case.id, case.title, likeness, None, case.number))
        else:
            earlier = candidates[other - len(cases)]
            found.append(Near(row.row, row.title, None, earlier.title, likeness, earlier.row))
    return found


def _plain(title: str) -> str:
    """Words in order of the alphabet, without case and signs: "IT: help" and "help IT" are one."""
    return " ".join(sorted(_WORD.findall(title.casefold())))
