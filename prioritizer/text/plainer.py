"""Text for a terminal that lacks our signs: every cell stays a cell, so that all columns stand.

A sign becomes one that resembles it, a letter with an accent the letter, anything else ``?`` as often as it is wide.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from prioritizer.text.width import graphemes

_OUTSIDE = re.compile(r"[ -~]?[^\x00-\x7f]+")
"""With the sign before, to which the first one may cling."""

_LIKE = {
    sign: other
    for signs, other in (
        ("─━┄┅┈┉╌╍═▔", "-"),
        ("│┃┆┇┊┋╎╏║▏▎▕▐", "|"),
        ("█▉▊▋▇▆▅", "#"),
        ("▄▌▍▃▒", "="),
        ("▁▂▖▗", "_"),
        ("▀▘▝", '"'),
        ("▓⊘", "%"),
        ("░", ":"),
        ("·•‧∙", "."),
        ("●▪■‣", "*"),
        ("◐≈≋±∝∓", "~"),
        ("◌○◦", "o"),
        ("◔", "c"),
        ("◉⊕", "@"),
        ("✕×✖", "x"),
        ("✓✔", "+"),
        ("◆", "#"),
        ("◇◫", "&"),
        ("→▶▸›≥⇥", ">"),
        ("←‹≤⏎⌫", "<"),
        ("↑▲△▵⇧", "^"),
        ("↓▼▽▿√", "v"),
        ("↔", "="),
        ("⚑", "P"),
        ("⚠≠", "!"),
        ("✎", "/"),
        ("…", "."),
        ("–—−‐", "-"),
        ("“”„", '"'),
        ("‘’′", "'"),
        ("€", "E"),
        ("αΑ", "a"),
        ("Σ§", "S"),
        ("\u00a0\u2800", " "),
    )
    for sign in signs
}
"""One sign of one cell each; signs that stand for different things in the same place stay different."""


def plainer(text: str, encoding: str) -> str:
    """``text`` with nothing in it that ``encoding`` lacks; as wide as before.

    Args:
        text: May hold control sequences of a terminal, which are plain already.
        encoding: Name of the terminal's character set, such as ``ascii`` or ``latin-1``.
    """
    if text.isascii():
        return text
    return _OUTSIDE.sub(lambda found: _run(found[0], encoding), text)


@lru_cache(maxsize=4096)
def _run(text: str, encoding: str) -> str:
    return "".join(_sign(sign, cells, encoding) for sign, cells in graphemes(text))


def _sign(sign: str, cells: int, encoding: str) -> str:
    if _has(encoding, sign):
        return sign
    if cells == 1 and len(sign) == 1 and (like := _LIKE.get(sign) or _drawn(ord(sign))):
        return like
    base, *others = list(unicodedata.normalize("NFKD", sign))
    # A letter without its accent is that letter still; a "½" of which the "1" is left would lie.
    if cells and base.isascii() and base.isprintable() and all(map(_clings, others)):
        return base.ljust(cells)
    return "?" * cells


def _clings(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or character == "\u200d"


def _drawn(code: int) -> str:
    """What of a line drawing, or of dots, is left; "" for anything else."""
    if 0x2500 <= code <= 0x257F:  # corners and crossings
        return "+"
    if 0x2800 < code <= 0x28FF:
        dots = (code - 0x2800).bit_count()
        return "." if dots < 3 else ":" if dots < 6 else "#"
    return ""


def _has(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
