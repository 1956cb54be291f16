"""The terminal around the app: whether it can show it, and what happens when the system ends it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable

from prioritizer.errors import PrioritizerError

STOPPED = 128
"""Added to a signal's number for the exit code, as shells do."""

HANGUP = 1
"""Number of the signal that a closed terminal sends; Windows has no name for it."""


def check_terminal() -> None:
    """Refuses what cannot show the app.

    Raises:
        PrioritizerError: Says what can be done instead.
    """
    if os.environ.get("TERM") == "dumb":
        raise PrioritizerError(
            "This terminal (TERM=dumb) cannot show the app; use `prioritizer rank FILE` and the other "
            "commands, or another terminal."
        )
    # Textual reads keys from stdin and draws to stderr; on Windows it draws to stdout.
    shown = sys.__stdout__ if sys.platform == "win32" else sys.__stderr__
    if sys.__stdin__ is None or shown is None or not (sys.__stdin__.isatty() and shown.isatty()):
        raise PrioritizerError(
            "The app needs a terminal to show itself and to be typed into, and this is a pipe or a file; "
            "use `prioritizer rank FILE` and the other commands."
        )
    if lacks_signs() and not speaks_plainly():
        # Python would write each sign as \u25cf, and no line would fit any more.
        raise PrioritizerError(
            f"This terminal is set to {shown.encoding}, which lacks the signs that the app draws with; set it to UTF-8, "
            "or use `prioritizer rank FILE` and the other commands."
        )


def character_set() -> str:
    """Name of the terminal's character set; ``PRIORITIZER_ASCII`` makes it ASCII."""
    if os.environ.get("PRIORITIZER_ASCII", "0") not in ("", "0"):
        return "ascii"
    shown = sys.__stdout__ if sys.platform == "win32" else sys.__stderr__
    return (shown.encoding if shown is not None else "") or "utf-8"


def lacks_signs() -> bool:
    """Whether the terminal cannot show what the app draws with."""
    try:
        "▄●✓⣿".encode(character_set())
    except UnicodeEncodeError:
        return True
    return False


def speaks_plainly() -> bool:
    """Whether our driver draws, which writes plainer signs where the terminal lacks ours."""
    return sys.platform != "win32" and not os.environ.get("TEXTUAL_DRIVER")


def on_signals(stop: Callable[[int], None]) -> None:
    """Has ``stop`` called with the number of the signal when the system ends the program.

    Textual would die at once and leave the terminal in its own mode, mouse reports and all.
    """
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, stop, number)
