"""New files, written whole and never silently over another one; how a message names a file."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_error, clean_text


def shown(path: Path) -> str:
    """A path for a message: whole, because its last part is the one that matters."""
    return f"“{clean_text(str(path), limit=1_000, lines=False)}”"


def temporary_beside(path: Path) -> Path:
    """A new name in the same folder: short, because the whole of a long title might not fit twice, and unlike any of ours."""
    return path.with_name(f".new-{secrets.token_hex(6)}.tmp")


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
        raise PrioritizerError(f"{shown(path)} is a folder. Give the name of a file.")
    if not force and os.path.lexists(path):
        raise _exists(path)
    temporary = temporary_beside(path)
    try:
        _write_durably(temporary, data)
        if force:
            temporary.replace(path)
        else:
            rename_new(temporary, path)
        sync_folder(path.parent)
    except FileExistsError:
        raise _exists(path) from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise PrioritizerError(f"{shown(path)} could not be written: {clean_error(reason)}.") from error
    finally:
        with contextlib.suppress(OSError, ValueError):
            temporary.unlink(missing_ok=True)
    return path


def rename_new(temporary: Path, path: Path) -> None:
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


def sync_folder(folder: Path) -> None:
    """Makes the new name durable where the system can; the content is already."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exists(path: Path) -> PrioritizerError:
    return PrioritizerError(
        f"{shown(path)} exists already. Choose another name, or add --force to replace it."
    )


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
