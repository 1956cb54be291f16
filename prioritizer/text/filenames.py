"""Names of files that we write: made from titles, inside the folder that was asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import REPLACEMENT, clean_error, clean_text

NAME_BYTES = 120
"""Longest name in UTF-8: below every file system's 255, with room for a long folder on Windows."""

_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "clock$", "conin$", "conout$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)
_BLANKS = re.compile(r"\s+")


def safe_filename(
    title: str, suffix: str = "", *, taken: Collection[str] = (), fallback: str = "untitled"
) -> str:
    """Returns a file name for ``title`` that every system accepts and no shell mistakes.

    Separators, control and bidirectional characters, device names, leading dots and dashes and
    trailing dots and spaces go; what is left keeps its letters in any script.

    Args:
        title: Any text.
        suffix: Appended as it is, for example ``.md`` or ``-charter.md``.
        taken: Names already used in the folder; compared without regard to case. A number
            is put before ``suffix`` where the name is one of them.
        fallback: The name where nothing of ``title`` is left.
    """
    from pathvalidate import sanitize_filename

    name = clean_text(title, limit=1_000, lines=False).replace(REPLACEMENT, "")
    # Separators part words: "build/test" must not become "buildtest".
    name = re.sub(r"[\\/:|]+", " ", name)
    name = str(sanitize_filename(name, platform="universal"))
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    name = _BLANKS.sub(" ", name).lstrip(". -~").rstrip(". ")
    if name.split(".")[0].strip().casefold() in _DEVICES:
        name = f"file {name}"
    room = NAME_BYTES - len(suffix.encode())
    used = {each.casefold() for each in taken}
    name = _cut_bytes(name, room) or fallback
    found = name + suffix
    number = 2
    while found.casefold() in used:
        tail = f" {number}"
        found = _cut_bytes(name, room - len(tail)) + tail + suffix
        number += 1
    return found


def inside(folder: Path, name: str) -> Path:
    """Returns ``folder / name`` where that is a file right inside ``folder``.

    Raises:
        PrioritizerError: ``name`` would lead elsewhere.
    """
    plain = name not in ("", ".", "..") and not any(c in name for c in "/\\\0")
    drive = len(name) > 1 and name[1] == ":"
    if not plain or drive:
        raise PrioritizerError(f"“{clean_error(name)}” is not a plain file name, so nothing was written.")
    return folder / name


def _cut_bytes(name: str, room: int) -> str:
    """The beginning of ``name`` in at most ``room`` bytes of UTF-8, with no torn letter or accent."""
    if len(name.encode()) <= room:
        return name
    end = len(name.encode()[:room].decode(errors="ignore"))
    while 0 < end < len(name) and unicodedata.category(name[end])[0] == "M":
        end -= 1
    return name[:end].rstrip(". ")
