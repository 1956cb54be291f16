"""Small parts of sentences: counts with their noun, lists with "and"."""

from __future__ import annotations

from collections.abc import Sequence


def counted(number: int, noun: str, many: str = "") -> str:
    """``1 use case``, ``2,133 use cases``."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """``a``; ``a and b``; ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def ranges(ids: Sequence[str]) -> str:
    """``P2, D1–D4``: neighbours that differ in their number only are drawn together."""
    runs: list[list[str]] = []
    for each in ids:
        if runs and _follows(runs[-1][-1], each):
            runs[-1].append(each)
        else:
            runs.append([each])
    return ", ".join(f"{r[0]}–{r[-1]}" if len(r) > 2 else ", ".join(r) for r in runs)


def _follows(before: str, after: str) -> bool:
    stem = before.rstrip("0123456789")
    if not stem or stem == before or not after.startswith(stem) or not after[len(stem) :].isdecimal():
        return False
    return int(after[len(stem) :]) == int(before[len(stem) :]) + 1
