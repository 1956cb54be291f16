"""The terminal's clipboard: OSC 52 hands text to it and gets no answer, so what is said about it is careful."""

from __future__ import annotations

import base64
from collections.abc import Mapping

MOST_BYTES = 74_994
"""Bytes that hterm, and terminals that followed it, take: 100,000 in base 64 with what stands around them."""


def osc52(text: str) -> str:
    """The escape sequence that asks a terminal to put ``text`` into the clipboard."""
    return f"\x1b]52;c;{base64.b64encode(text.encode(errors='replace')).decode()}\x07"


def handed_over(text: str, environment: Mapping[str, str]) -> str:
    """What to say after it: that nobody knows whether it arrived, and what to do if it did not.

    Args:
        text: What was handed over.
        environment: Of the process; tmux and screen stand between us and the terminal.
    """
    size = len(text.encode(errors="replace"))
    said = f"{len(text):,} characters were handed to the terminal, which does not say whether it took them."
    if size > MOST_BYTES:
        said += f" Many terminals take at most {MOST_BYTES:,} bytes, and this is more."
    if environment.get("TMUX"):
        return f"{said} tmux passes them on only after: set -g set-clipboard on."
    if environment.get("STY"):
        return f"{said} GNU screen does not pass them on."
    return said
