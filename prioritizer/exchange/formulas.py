"""Text that a spreadsheet would run: guarded on the way out, and set free again on the way in.

A cell that begins with ``=``, ``+``, ``-`` or ``@`` is a formula to a spreadsheet. The guard is the
apostrophe that people know; a text that has one already gets another, so that the way back is exact.
"""

from __future__ import annotations

import re

_RISKY = re.compile(r"'*(?:[\t\r]|\s*[=+\-@＝＋－＠])")
_GUARDED = re.compile(r"'+(?:[\t\r]|\s*[=+\-@＝＋－＠])")


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might take ``text`` for a formula."""
    return _RISKY.match(text) is not None


def guard(text: str) -> str:
    """Returns ``text`` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if is_risky(text) else text


def unguard(text: str) -> str:
    """Takes off what `guard` put on."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text
