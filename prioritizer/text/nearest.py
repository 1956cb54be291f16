"""The words that somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable

from prioritizer.text.clean import clean_error

_ENOUGH = 62.0
"""Likeness in per cent below which a suggestion would only puzzle."""

_TELLING = 3
"""Letters from which a part of a name points to it."""


def nearest(word: str, known: Iterable[str], n: int = 3) -> list[str]:
    """Returns up to ``n`` of ``known`` that are most like ``word``, best first, whatever their case."""
    from rapidfuzz import fuzz, process

    names = list(dict.fromkeys(known))
    folded = [k.casefold() for k in names]
    sought = word.casefold().strip()
    found = process.extract(sought, folded, scorer=fuzz.WRatio, limit=n, score_cutoff=_ENOUGH)
    near = [index for _, _, index in found]
    # One word of a long column name is unlike the whole of it, and yet what was meant.
    if len(sought) >= _TELLING:
        near += [i for i, k in enumerate(folded) if sought in k and i not in near]
    return [names[i] for i in near[:n]]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Returns " Did you mean “A” or “B”?" for the end of a message, or "" where nothing is near."""
    names = [f"“{clean_error(k)}”" for k in nearest(word, known)]
    if not names:
        return ""
    head = ", ".join(names[:-1])
    return f" Did you mean {head + ' or ' if head else ''}{names[-1]}?"
