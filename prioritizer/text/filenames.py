"""Files that we write: names made from titles, inside the folder that was asked for, never over another file."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
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


def write_new(path: Path, data: bytes, *, force: bool = False) -> Path:
    """Writes a file whole or not at all, and never silently over another.

    The bytes go to a temporary file beside it, to the disk, and then under their name, so that
    neither a full disk nor a power cut leaves half a file.

    Args:
        path: The new file; its folder must exist.
        data: All of it.
        force: Replace a file that is there.

    Returns:
        ``path``.

    Raises:
        PrioritizerError: The file is there already, or it cannot be written.
    """
    if path.is_dir():
        raise PrioritizerError(f"“{_shown(path)}” is a folder. Give the name of a file.")
    if not force and os.path.lexists(path):
        raise _exists(path)
    # Short and unlike any name of ours; the whole of a long title might not fit twice.
    temporary = path.with_name(f".new-{secrets.token_hex(6)}.tmp")
    try:
        _write_durably(temporary, data)
        if force:
            temporary.replace(path)
        else:
            _rename_new(temporary, path)
        _sync_folder(path.parent)
    except FileExistsError:
        raise _exists(path) from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise PrioritizerError(f"“{_shown(path)}” could not be written: {clean_error(reason)}.") from error
    finally:
        with contextlib.suppress(OSError, ValueError):
            temporary.unlink(missing_ok=True)
    return path


def _shown(path: Path) -> str:
    """A path for a message: whole, because its last part is the one that matters."""
    return clean_text(str(path), limit=1_000, lines=False)


def _exists(path: Path) -> PrioritizerError:
    return PrioritizerError(
        f"“{_shown(path)}” exists already. Choose another name, or add --force to replace it."
    )


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _rename_new(temporary: Path, path: Path) -> None:
    """Gives the file its name, failing where the name was taken meanwhile."""
    if os.name == "nt":  # rename itself refuses there
        temporary.rename(path)
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # No hard links on this file system (FAT, some network drives): a small gap is left.
        if os.path.lexists(path):
            raise FileExistsError from None
        temporary.rename(path)


def _sync_folder(folder: Path) -> None:
    """Makes the new name durable where the system can; the content is already."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cut_bytes(name: str, room: int) -> str:
    """The beginning of ``name`` in at most ``room`` bytes of UTF-8, with no torn letter or accent."""
    if len(name.encode()) <= room:
        return name
    end = len(name.encode()[:room].decode(errors="ignore"))
    while 0 < end < len(name) and unicodedata.category(name[end])[0] == "M":
        end -= 1
    return name[:end].rstrip(". ")
