"""Reading what a command was given: sessions, sources, use cases."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError

if TYPE_CHECKING:
    from prioritizer.workshop.service import Workshop

STDIN = "-"
_MOST = 50_000_001


def open_session(file: str) -> Workshop:
    """Opens FILE; late, because the workshop is heavy."""
    from prioritizer.workshop.service import Workshop

    return Workshop.open(file)


def source_of(source: str) -> tuple[Path | bytes, str]:
    """What SOURCE names, and how messages call it: a path, or the bytes of stdin for ``-``.

    Raises:
        PrioritizerError: Nothing is connected to stdin.
    """
    if source != STDIN:
        return Path(source), source
    if sys.stdin is None or sys.stdin.isatty():
        raise PrioritizerError("Nothing comes in on stdin; pipe a file into it, or name the file.")
    return sys.stdin.buffer.read(_MOST), "stdin"
