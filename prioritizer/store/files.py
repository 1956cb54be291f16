"""The session file as a file: which one it is, new files made whole, and messages that name it."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from prioritizer.errors import NotSaved, PrioritizerError
from prioritizer.text.clean import clean_text
from prioritizer.text.newfile import rename_new, shown, sync_folder, temporary_beside

Identity = tuple[int, int]
"""Device and inode."""

_open: Counter[Identity] = Counter()
_lock = threading.Lock()


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
        rename_new(temporary, path)
        sync_folder(path.parent)
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


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
