"""Backups: made before anything large happens to a session, verified, thinned, listed and brought back.

They lie in the user's data folder, one folder a session, so that neither a full stick nor a
synchronising tool takes them along with the session.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import NotSaved, PrioritizerError
from prioritizer.text.clean import clean_text
from prioritizer.text.filenames import safe_filename

if TYPE_CHECKING:
    from prioritizer.store import Store
    from prioritizer.store.salvage import Kept

NEWEST = 10
"""So many of the newest are kept, and of the older ones the last of each day."""

DAYS = 30
"""Days of which one is kept."""

_NAME = re.compile(r"(?P<stem>.*)\.(?P<time>\d{8}-\d{6})(?:-\d+)?\.(?P<reason>[a-z]+)\.sqlite")
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True)
class Backup:
    """One backup of a session.

    Attributes:
        path: The file.
        time: When it was made, UTC.
        reason: ``merge``, ``import``, ``migration``, ``restore`` or ``asked``.
        size: In bytes.
    """

    path: Path
    time: dt.datetime
    reason: str
    size: int


def backups_folder() -> Path:
    """Where all backups are, a folder for each session."""
    moved = os.environ.get("PRIORITIZER_BACKUPS")
    if moved:
        return Path(moved)
    from platformdirs import user_data_path

    return user_data_path("prioritizer", appauthor=False) / "backups"


def make_backup(store: Store, reason: str = "asked") -> Path:
    """Makes a verified backup of an open session, and thins the older ones.

    Raises:
        NotSaved: It could not be made, neither in the user's data folder nor beside the file.
    """
    problem = ""
    for folder in (backups_folder() / store.session_id, store.path.parent):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            made = store.verified_copy_to(_free(folder, store.path.stem, store.now(), reason))
        except (PrioritizerError, OSError) as error:
            problem = str(getattr(error, "strerror", None) or error).rstrip(".")
            continue
        thin(list_folder(folder, store.path.stem))
        return made
    raise NotSaved(
        f"Nothing was changed: no backup could be made first ({clean_text(problem, limit=400, lines=False)})."
    )


@contextlib.contextmanager
def backed_up(store: Store, reason: str) -> Iterator[Path]:
    """Makes a backup before the body changes the session; where the body fails, it goes again.

    Raises:
        NotSaved: No backup could be made; the body has not run.
    """
    made = make_backup(store, reason)
    try:
        yield made
    except BaseException:
        with contextlib.suppress(OSError):
            made.unlink()
        raise
    store.note_backup(made, reason)


def list_for(path: str | os.PathLike[str]) -> list[Backup]:
    """The backups of the session at a path, the newest first; empty where there is none.

    Raises:
        SessionRefused: What stands there is not a session, so that nobody knows which it was.
    """
    from prioritizer.store.copies import session_of

    place = Path(path)
    session = session_of(place)
    found = list_folder(place.parent, place.stem)
    if session is not None:
        found += list_folder(backups_folder() / session)
    return sorted(found, key=lambda b: (b.time, b.path.name), reverse=True)


def list_all() -> dict[str, list[Backup]]:
    """Every backup by the id of its session, the newest first: also of sessions that are lost."""
    found: dict[str, list[Backup]] = {}
    with contextlib.suppress(OSError):
        for folder in sorted(each for each in backups_folder().iterdir() if each.is_dir()):
            kept = list_folder(folder)
            if kept:
                found[folder.name] = kept
    return found


def list_folder(folder: Path, stem: str | None = None) -> list[Backup]:
    """The backups in a folder, the newest first.

    Args:
        folder: Any folder.
        stem: Only those of a session file of this name.
    """
    found: list[Backup] = []
    try:
        there = list(folder.iterdir())
    except OSError:
        return []
    for each in there:
        parts = _NAME.fullmatch(each.name)
        if parts is None or (stem is not None and parts["stem"] != _stem(stem)):
            continue
        with contextlib.suppress(OSError, ValueError):
            time = dt.datetime.strptime(parts["time"], _STAMP).replace(tzinfo=dt.UTC)
            found.append(Backup(each, time, parts["reason"], each.stat().st_size))
    return sorted(found, key=lambda b: (b.time, b.path.name), reverse=True)


def restore(backup: str | os.PathLike[str], to: str | os.PathLike[str]) -> Path:
    """Writes a backup out as a session file of its own, once it is found to be sound.

    What is entered into it from then on can be merged with the session that it is a backup of.

    Args:
        backup: The backup.
        to: A new name; nothing may stand there.

    Raises:
        SessionRefused: The backup is not sound.
        PrioritizerError: The name is taken.
        NotSaved: It could not be written.
    """
    from prioritizer.store import Store, read_copy

    source, target = Path(backup), Path(to).absolute()
    read_copy(source)
    with Store.open(source) as store:
        return store.copy_to(target)


def repair_file(path: Path, out: Path | None = None) -> Kept:
    """Saves what can be saved from a damaged file into a new one.

    Args:
        path: The file, which stays as it is.
        out: A new name; beside the file if none is given.

    Raises:
        SessionRefused: Nothing could be saved.
        PrioritizerError: The new name is taken.
        NotSaved: It could not be written.
    """
    from prioritizer.store.salvage import repair

    return repair(path, out if out is not None else path.with_name(f"{path.stem}.repaired{path.suffix}"))


def thin(backups: Sequence[Backup]) -> list[Path]:
    """Removes what is neither among the newest nor the last of its day; gives what went.

    Args:
        backups: Of one session, the newest first.
    """
    kept_days = {b.time.date() for b in backups[:NEWEST]}
    gone: list[Path] = []
    for each in backups[NEWEST:]:
        day = each.time.date()
        if day not in kept_days and len(kept_days) < DAYS:
            kept_days.add(day)
            continue
        with contextlib.suppress(OSError):
            each.path.unlink()
            gone.append(each.path)
    return gone


def _free(folder: Path, stem: str, now: dt.datetime, reason: str) -> Path:
    name, number = f"{_stem(stem)}.{now.astimezone(dt.UTC):{_STAMP}}", 1
    found = folder / f"{name}.{reason}.sqlite"
    while os.path.lexists(found):
        number += 1
        found = folder / f"{name}-{number}.{reason}.sqlite"
    return found


def _stem(stem: str) -> str:
    return safe_filename(stem, fallback="session")
