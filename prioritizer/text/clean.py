"""What outside text has to pass before it may stand in a session, on a screen or in a message.

A terminal obeys the text that it is given: an escape sequence in a title can move the
cursor, write the clipboard or reverse the reading order of a line. So everything that
comes from outside passes here once, at the entrance, and is plain text from then on.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

REPLACEMENT = "\ufffd"
ELLIPSIS = "…"
TEXT_LIMIT = 10_000
TITLE_LIMIT = 200
QUOTE_LIMIT = 80
MARKS_LIMIT = 8
"""Most combining marks on one character: a human script needs four, a prank two hundred."""

_JOINERS = frozenset("\u200c\u200d")  # ZWNJ, ZWJ: Persian and Indic spelling, emoji families
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_CACHED = 8192
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and symbols that print nothing

_MAY_CLING = re.compile(r"[^\0-\u02ff–—‘’“”„•…€™]")
"""What is not a character of western text; none of those is a mark."""

_BREAKS = re.compile(r"[\n\t\u2028\u2029]+")


class Cleaned(dict[str, str]):
    """Texts that have passed `clean_text` already, by names that have: nobody need look at them twice."""


class _Map(dict[int, int | str]):
    """For `str.translate`: each code point is looked up in the Unicode data once, when it is first met."""

    def __missing__(self, point: int) -> int | str:
        character = chr(point)
        category = unicodedata.category(character)
        kept: int | str = point
        if category in _REFUSED and character not in _JOINERS:
            kept = REPLACEMENT
        if len(self) < _CACHED:  # a hostile file must not fill the memory with a million entries
            self[point] = kept
        return kept


_CHARACTERS = _Map({0x09: " ", 0x0A: 0x0A, 0x2028: 0x0A, 0x2029: 0x0A})


def clean_text(value: str, *, limit: int = TEXT_LIMIT, lines: bool = True) -> str:
    r"""Returns ``value`` as plain text that is safe to store, to show and to compare.

    NFC; every line end becomes ``\n`` and every tab a space; control, format, surrogate,
    private and unassigned characters become U+FFFD, except the joiners that scripts and
    emoji need; at most eight combining marks follow each other. Cleaning twice changes nothing.

    Args:
        value: Anything from outside.
        limit: Most characters kept; what is longer ends in "…", which is counted.
        lines: False folds line ends and tabs into single spaces and strips: titles, names.
    """
    if len(value) <= limit and value.isascii() and value.isprintable():
        return value if lines else value.strip()  # nearly all text there is
    # Cut generously before the costly steps: what lies far beyond the limit cannot come back.
    rough = max(4 * limit, limit + 4096)
    text = value
    if not lines and len(text) > rough:
        text = text.strip(" \t\r\n")
    cut = len(text) > rough
    if cut:
        text = text[:rough]
    if not (text.isprintable() and text.isascii()):
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        if not text.isprintable():
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            if not lines:
                text = " ".join(part for each in _BREAKS.split(text) if (part := each.strip(" ")))
            if not text.replace("\n", "").isprintable():
                text = text.translate(_CHARACTERS)
        if not text.isascii():
            text = unicodedata.normalize("NFC", _cap_marks(text))
    if not lines:
        text = text.strip()
    if cut or len(text) > limit:
        text = _shorten(text, limit, lines)
    return text


def clean_error(value: object) -> str:
    """Returns outside text for quoting inside a message: one line, at most 80 characters."""
    return clean_text(str(value), limit=QUOTE_LIMIT, lines=False)


def is_blank(text: str) -> bool:
    """Whether ``text`` prints nothing: empty, spaces, joiners and marks without a letter."""
    if text[:1].isalnum() and text[0] not in _BLANK:
        return False  # nearly all text there is
    return all(c in _BLANK or unicodedata.category(c)[0] in "ZMC" for c in text)


def _cap_marks(text: str) -> str:
    """Drops the marks and joiners after the eighth in a row."""
    if not any(map(_clings, set(_MAY_CLING.findall(text)))):
        return text
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if _clings(character) else 0
        if run <= MARKS_LIMIT:
            kept.append(character)
    return "".join(kept)


def _shorten(text: str, limit: int, lines: bool) -> str:
    """Cuts to ``limit`` characters with an ellipsis, never between a letter and its marks."""
    if limit <= 1:
        return ELLIPSIS[: max(limit, 0)]
    end = min(limit - 1, len(text))
    while 0 < end < len(text) and (_clings(text[end]) or _is_skin(text[end]) or text[end - 1] in _JOINERS):
        end -= 1
    head = text[: end or limit - 1]
    return (head if lines else head.rstrip()) + ELLIPSIS


@lru_cache(maxsize=4096)
def _clings(character: str) -> bool:
    """Whether it is drawn onto the character before it: a combining mark or a joiner."""
    return character in _JOINERS or unicodedata.category(character)[0] == "M"


def _is_skin(character: str) -> bool:
    """Whether it colours the emoji before it."""
    return "\U0001f3fb" <= character <= "\U0001f3ff"
