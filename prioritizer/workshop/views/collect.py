"""What Collect says about candidates: words typed or pasted, what resembles them, what their facts support."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.terms import Fact
from prioritizer.text.clean import clean_text
from prioritizer.text.phrases import counted
from prioritizer.workshop.views.card import hours_month

if TYPE_CHECKING:
    from prioritizer.model.preset import Preset

SHORTEST = 4
"""Letters from which a likeness says something."""

_WHOLE = 76.0
"""Likeness of whole titles, in per cent, from which they are worth a look."""

_PART = 88.0
"""Likeness of what is typed to a part of a title."""

FACTS: dict[Fact, str] = {
    "systems": "Systems",
    "logins": "Logins",
    "cases_month": "Cases a month",
    "minutes_each": "minutes each",
}


@dataclass(frozen=True, slots=True)
class Similar:
    """A use case whose title resembles another text."""

    id: str
    number: int
    title: str
    same: bool
    """Word for word, whatever the case."""


def folded_titles(snapshot: Snapshot) -> list[tuple[str, str]]:
    """(id, case-folded title) of every use case that could be meant again: parked ones too."""
    return [
        (u.id, u.title.casefold())
        for u in snapshot.use_cases.values()
        if u.title and not u.deleted and u.merged_into is None
    ]


def similar(titles: Sequence[tuple[str, str]], typed: str, most: int = 3) -> list[str]:
    """Ids of the use cases that resemble what is typed, the most alike first.

    Args:
        titles: From `folded_titles`.
        typed: A title, perhaps not finished.
        most: How many to give back.
    """
    from rapidfuzz import fuzz, process

    sought = clean_text(typed, limit=500, lines=False).strip().casefold()
    if len(sought) < SHORTEST:
        return []
    known = [title for _, title in titles]
    found: dict[int, float] = {}
    for _, score, i in process.extract(
        sought, known, scorer=fuzz.token_sort_ratio, limit=most, score_cutoff=_WHOLE
    ):
        found[i] = score
    for _, score, i in process.extract(
        sought, known, scorer=fuzz.partial_ratio, limit=4 * most, score_cutoff=_PART
    ):
        # A short title inside a long sentence is no likeness.
        if 2 * len(known[i]) >= len(sought):
            found[i] = max(found.get(i, 0.0), score - 1)
    best = sorted(found, key=lambda i: (-found[i], i))
    return [titles[i][0] for i in best[:most]]


def similar_to(snapshot: Snapshot, ids: Iterable[str], typed: str) -> list[Similar]:
    """The use cases of these ids, to be shown."""
    sought = typed.strip().casefold()
    cases = [snapshot.use_cases[i] for i in ids if i in snapshot.use_cases]
    return [Similar(u.id, u.number, u.title, u.title.casefold() == sought) for u in cases]


def merged_here(snapshot: Snapshot, use_case_id: str) -> list[UseCase]:
    """What was merged into a use case, and into those in turn."""
    found: list[UseCase] = []
    waiting = [use_case_id]
    while waiting:
        target = waiting.pop()
        for each in snapshot.use_cases.values():
            if each.merged_into == target and each not in found and not each.deleted:
                found.append(each)
                waiting.append(each.id)
    return sorted(found, key=lambda u: u.number)


def tag_counts(use_cases: Iterable[UseCase]) -> list[tuple[str, int]]:
    """Tags with how many use cases have them, the most frequent first."""
    counts: dict[str, int] = {}
    for each in use_cases:
        for tag in each.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))


def supports(preset: Preset, fact: Fact) -> str:
    """Which criteria a fact stands beside: ``I1 Systems in production``; "" for none."""
    return ", ".join(f"{c.id} {c.title}" for c in preset.criterion if fact in c.facts)


def fact_words(case: UseCase) -> list[str]:
    """The facts of a use case as short words: ``2 systems (CRM, tracker)``."""
    words: list[str] = []
    if case.systems is not None:
        names = f" ({', '.join(case.systems)})" if case.systems else ""
        words.append(f"{counted(len(case.systems), 'system')}{names}")
    if case.logins is not None:
        words.append(counted(case.logins, "login"))
    if case.cases_month is not None:
        words.append(f"{_number(case.cases_month)} cases a month")
    if case.minutes_each is not None:
        words.append(f"{_number(case.minutes_each)} minutes each")
    hours = hours_month(case.cases_month, case.minutes_each)
    if hours is not None:
        words.append(f"that is {hours:,} hours a month")
    return words


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"
