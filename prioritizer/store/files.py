"""The session file as a file: which one it is, new files made whole, and messages that name it."""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from prioritizer.errors import NotSaved, PrioritizerError
from prioritizer.text.clean import clean_text

Identity = tuple[int, int]
"""Device and inode."""

_open: Counter[Identity] = Counter()
_lock = threading.Lock()


def shown(path: Path) -> str:
    """A path for a message: whole, because its last part is the one that matters."""
    return f"“{clean_text(str(path), limit=1_000, lines=False)}”"


def identity(path: Path) -> Identity | None:
    """Which file stands at the path now, or None where none does."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino)


def hold(file: Identity, first: Callable[[], None]) -> None:
    """Remembers that this process has the file open through SQLite, until `release`.

    Args:
        file: Which file.
        first: Looks at the file directly; called only while no connection of ours is open, because
            POSIX releases every lock that a process has on a file when it closes any handle of it.
    """
    with _lock:
        if not _open[file]:
            first()
        _open[file] += 1


def release(file: Identity) -> None:
    """The counterpart of `hold`."""
    with _lock:
        _open[file] -= 1
        if not _open[file]:
            del _open[file]


def temporary_beside(path: Path) -> Path:
    """A new name in the same folder, short and unlike any of ours."""
    return path.with_name(f".new-{secrets.token_hex(6)}.tmp")


@contextlib.contextmanager
def built_beside(path: Path) -> Iterator[Path]:
    """Gives a temporary path; what stands there at the end gets its name, if nothing has it.

    Raises:
        PrioritizerError: The name is taken.
        NotSaved: The folder cannot be written.
    """
    if os.path.lexists(path):
        raise _taken(path)
    temporary = temporary_beside(path)
    try:
        yield temporary
        _sync(temporary)
        _rename_new(temporary, path)
        _sync_folder(path.parent)
    except FileExistsError:
        raise _taken(path) from None
    except (OSError, ValueError) as error:
        reason = clean_text(getattr(error, "strerror", None) or str(error), limit=200, lines=False)
        raise NotSaved(f"{shown(path)} could not be written: {reason}.") from error
    finally:
        for rest in (temporary, temporary.with_name(temporary.name + "-journal")):
            with contextlib.suppress(OSError, ValueError):
                rest.unlink(missing_ok=True)


def _taken(path: Path) -> PrioritizerError:
    return PrioritizerError(f"{shown(path)} exists already. Choose another name.")


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


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
