"""Lines as people write them down: a bullet in front, a title, perhaps a task behind a dash."""

from __future__ import annotations

import re

_PARTS = (" — ", " | ", "\t")
"""What parts a title from its task; a colon does not, because titles have colons."""

_BULLET = re.compile(r"\s*(?:[-*+•‣◦▪·–—]|\(?[0-9]{1,4}[.)])\s+(?:\[[ xX]?\]\s+)?")


def parted(line: str) -> tuple[str, str]:
    """Title and task of one line: ``title — task`` or ``title | task``; else it is all title."""
    for part in _PARTS:
        title, found, task = line.partition(part)
        if found and title.strip() and task.strip():
            return title.strip(), task.strip()
    return line.strip(), ""


def without_bullet(line: str) -> str:
    """The line without its bullet, number and check box."""
    bullet = _BULLET.match(line)
    return line[bullet.end() :] if bullet else line
