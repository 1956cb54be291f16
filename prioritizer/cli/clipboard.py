"""Text to the clipboard of the terminal that a command runs in, be it near or at the other end of ssh."""

from __future__ import annotations

import os
import sys

from prioritizer.errors import PrioritizerError
from prioritizer.text.clipboard import handed_over, osc52


def to_clipboard(text: str) -> str:
    """Hands a text to the terminal; what to say about it.

    Raises:
        PrioritizerError: Neither output is a terminal, so that there is nobody to hand it to.
    """
    terminal = next((each for each in (sys.stderr, sys.stdout) if each is not None and each.isatty()), None)
    if terminal is None or os.environ.get("TERM") == "dumb":
        raise PrioritizerError(
            "There is no terminal here whose clipboard could take it; write a file with --to DIR."
        )
    terminal.write(osc52(text))
    terminal.flush()
    return f"{handed_over(text, os.environ)} If pasting gives nothing, write a file with --to DIR."
