"""Words and small views of the home screen: paths and times as a person writes them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from prioritizer.text.clean import clean_text
from prioritizer.text.moments import moment
from prioritizer.text.width import cell_width, cut

NAME = "Prioritizer"
ASKS = "Which AI use case do we pilot first?"
IDEA = (
    "Collect candidates, rate them against facts that somebody could check, and hold what looks "
    "impressive beside the ranking instead of inside it."
)

STARTS: tuple[tuple[str, str, str], ...] = (
    ("!new", "New session", "look at the presets, choose one, begin"),
    ("!sample", "Sample session", "twelve rated use cases to look around in"),
    ("!open", "Open a file", "a session that is somewhere on this computer"),
)
"""(row key, title, what it does); the action of ``!new`` is ``home.new``."""


def short_path(path: str, width: int, home: Path | None = None) -> str:
    """A path for a person: ``~`` for their home, cut in the middle, because its end says most."""
    shown = clean_text(path, limit=4_000, lines=False)
    folder = str(home if home is not None else Path.home())
    if shown == folder or shown.startswith((folder + "/", folder + "\\")):
        shown = "~" + shown[len(folder) :]
    if cell_width(shown) <= width:
        return shown
    head = cut(shown, max(1, width // 4))
    tail = shown
    while tail and cell_width(tail) > width - cell_width(head) - 1:
        tail = tail[1:]
    return f"{head}…{tail}"


def when(opened: str, now: dt.datetime) -> str:
    """A UTC time as local words: ``today 14:03``, ``yesterday``, ``2026-05-02``.

    Args:
        opened: ISO 8601; "" or nonsense gives "".
        now: With a time zone, which is the one to speak in.
    """
    found = moment(opened)
    if found is None:
        return ""
    local = found.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if days == 0:
        return f"today {local:%H:%M}"
    return "yesterday" if days == 1 else f"{local:%Y-%m-%d}"
