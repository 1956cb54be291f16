"""Text measured in terminal cells: 漢 takes two, an accent none, a family of emoji two together.

Text is cut between graphemes only, so that neither half a family nor a lone accent is left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

ELLIPSIS = "…"
Align = Literal["left", "right", "center"]

_PLAIN = re.compile(
    "[ -~\u00a1-\u00a8\u00aa-\u00ac\u00af-\u02ff\u0391-\u03c9\u2010-\u2027\u2039\u203a\u2190-\u2193\u21b0-\u21ff"
    "\u2212\u2213\u221a\u2248\u2260-\u2265\u2295-\u2298\u232b\u23ce\u2500-\u25a9\u25b2-\u25b5\u25b8-\u25bf\u25c6-\u25e6"
    "\u2691\u2713\u2715\u270e]*"
)
"""Text of which each character is a sign of its own and takes one cell: Latin, and the signs that
our screens are drawn with. Measuring it needs no tables, whose loading the first screen would wait
for. Emoji begin as some symbols do, so that these are left out (© ® ↔ ▶)."""


def cell_width(text: str) -> int:
    """Cells that ``text`` takes on one line of a terminal; control characters take none."""
    return len(text) if _plain(text) else _measure(text)


def graphemes(text: str) -> Iterator[tuple[str, int]]:
    """The visible signs of ``text`` with their widths; together they are ``text``."""
    if _plain(text):
        for character in text:
            yield character, 1
        return
    # Loading the tables takes longer than many a command: only text that needs them pays.
    from wcwidth import iter_graphemes

    for each in iter_graphemes(text):
        yield each, _grapheme_width(each)


def cut(text: str, width: int) -> str:
    """The longest beginning of ``text`` that takes at most ``width`` cells."""
    if _plain(text):
        return text[: max(width, 0)]
    used = 0
    kept: list[str] = []
    for sign, cells in graphemes(text):
        used += cells
        if used > width:
            break
        kept.append(sign)
    return "".join(kept)


def fit(text: str, width: int, *, align: Align = "left") -> str:
    """Returns ``text`` in exactly ``width`` cells: cut with "…" where too long, else padded.

    Line ends become spaces, and marks without a letter at the beginning are dropped, because they
    would be drawn onto whatever stands before the text.
    """
    if width <= 0:
        return ""
    text = _one_line(text)
    cells = cell_width(text)
    if cells > width:
        text = cut(text, width - 1) + ELLIPSIS
        cells = cell_width(text)
    gap = width - cells
    if align == "right":
        return " " * gap + text
    if align == "center":
        return " " * (gap // 2) + text + " " * (gap - gap // 2)
    return text + " " * gap


def wrap(text: str, width: int) -> list[str]:
    """Breaks ``text`` into lines of at most ``width`` cells, at spaces where there are any.

    Line ends in ``text`` are kept; an empty text is one empty line. Nothing is cut off: a sign
    that is wider than ``width`` stands alone on its line.
    """
    found: list[str] = []
    for paragraph in text.split("\n"):
        found.extend(_wrap_paragraph(_one_line(paragraph), max(width, 1)))
    return found


def _plain(text: str) -> bool:
    return (text.isascii() and text.isprintable()) or _PLAIN.fullmatch(text) is not None


def _wrap_paragraph(text: str, width: int) -> list[str]:
    if cell_width(text) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    used = 0
    for word in text.split(" "):
        cells = cell_width(word)
        if line and used + 1 + cells <= width:
            line, used = f"{line} {word}", used + 1 + cells
            continue
        if line:
            lines.append(line)
        line, used = word, cells
        if cells > width:
            *whole, line = _break_word(word, width)
            lines.extend(whole)
            used = cell_width(line)
    lines.append(line)
    return lines


def _break_word(word: str, width: int) -> list[str]:
    pieces = [""]
    used = 0
    for sign, cells in graphemes(word):
        if pieces[-1] and used + cells > width:
            pieces.append("")
            used = 0
        pieces[-1] += sign
        used += cells
    return pieces


def _one_line(text: str) -> str:
    if _plain(text):
        return text
    text = text.replace("\n", " ")
    start = 0
    while start < len(text) and (
        text[start] in "\u200c\u200d" or unicodedata.category(text[start])[0] in "MC"
    ):
        start += 1
    return text[start:]


@lru_cache(maxsize=8192)
def _measure(text: str) -> int:
    return sum(cells for _, cells in graphemes(text))


@lru_cache(maxsize=8192)
def _grapheme_width(grapheme: str) -> int:
    from wcwidth import wcswidth

    return max(0, wcswidth(grapheme))
