"""Other copies of a session: found beside it, read without touching them, held against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError, SessionBusy, SessionRefused
from prioritizer.text.clean import clean_error
from prioritizer.text.phrases import counted

if TYPE_CHECKING:
    from prioritizer.store import Copy
    from prioritizer.workshop.service import Workshop

_DATE = r"\d{4}-?\d\d-?\d\d"
_SIBLINGS = re.compile(
    r"\s*(?:"
    r"\((?:[^()]*conflicted copy[^()]*|[^()]*SFConflict[^()]*|\d{1,3}|copy(?: \d+)?)\)"  # Dropbox, Nextcloud, Seafile
    rf"|\.sync-conflict-{_DATE}-.*"  # Syncthing
    rf"|_conflict-{_DATE}.*"  # ownCloud
    r"|\.Conflict(?:ed)?"  # Resilio
    r"| - (?:Copy|Kopie)(?: \(\d+\))?"  # Windows
    r"| copy(?: \d+)?"  # macOS
    r"| \d{1,2}"  # iCloud
    r"|-[A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*"  # OneDrive puts the machine's name there
    r"|\.rescue-\d{8}-\d{6}(?:-\d+)?"  # our own
    r")"
)
"""What synchronising tools put between the name of a file and its suffix."""


@dataclass(frozen=True)
class Compared:
    """How another copy of a session differs from this one.

    Attributes:
        path: The other copy.
        theirs: Changes that it has and this one has not.
        ours: Changes that this one has and it has not.
    """

    path: Path
    theirs: int
    ours: int

    @property
    def words(self) -> str:
        """For a dialog that offers to merge."""
        name = f"“{clean_error(self.path.name)}”"
        if not self.theirs and not self.ours:
            return f"{name} is the same as this session."
        if not self.theirs:
            return f"{name} is older: you have {counted(self.ours, 'change')} that it doesn't."
        have = f"{name} has {counted(self.theirs, 'change')} that you don't have"
        return f"{have}; you have {self.ours} that it doesn't." if self.ours else f"{have}."


def compare_with(workshop: Workshop, other: Path) -> Compared:
    """How another copy differs from an open session.

    Raises:
        SessionRefused: It is not a sound copy of this session.
    """
    copies, refused = read_copies(workshop, [other])
    if not copies:
        raise refused[0][1]
    found = workshop.on_file(lambda store: store.difference(copies[0]), reload=False)
    return Compared(other, found.theirs, found.ours)


def find_copies(workshop: Workshop, known: Sequence[Path] = ()) -> list[Compared]:
    """Copies of an open session that have something which it has not, most changes first.

    Args:
        workshop: The session.
        known: Files that may be copies of it, beside those that `siblings` finds; those that are gone,
            are not sound or are other sessions are passed over.
    """
    found: list[Compared] = []
    near = {each.resolve(): each for each in [*siblings(workshop.path), *known]}
    for path in near.values():
        if same_file(path, workshop.path):
            continue
        try:
            found.append(compare_with(workshop, path))
        except (SessionRefused, SessionBusy):
            continue
    return sorted((each for each in found if each.theirs), key=lambda c: (-c.theirs, c.path.name))


def read_copies(
    workshop: Workshop, paths: Sequence[Path]
) -> tuple[list[Copy], list[tuple[Path, PrioritizerError]]]:
    """Other copies, read without touching them, and why the rest could not be."""
    from prioritizer.store import read_copy

    copies: list[Copy] = []
    refused: list[tuple[Path, PrioritizerError]] = []
    for path in paths:
        try:
            copy = read_copy(path)
            if copy.session != workshop.snapshot.id:
                raise SessionRefused(
                    f"“{clean_error(path)}” is another session; only copies of one session can be merged. "
                    "`export` and `import` take its use cases over."
                )
            copies.append(copy)
        except (SessionRefused, SessionBusy) as error:
            refused.append((path, error))
    return copies, refused


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file; a file that is not there is no other one."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def siblings(path: Path) -> list[Path]:
    """Copies of a session beside it, named as synchronising tools name the loser of a conflict.

    Only those that hold the same session; they are looked at and not changed.
    """
    try:
        near = sorted(each for each in path.parent.iterdir() if each.suffix == path.suffix)
    except OSError:
        return []
    named = [
        each
        for each in near
        if each.stem.startswith(path.stem) and _SIBLINGS.fullmatch(each.stem[len(path.stem) :]) is not None
    ]
    if not named:
        return []
    session = _session_of(path)
    return [each for each in named if session is not None and _session_of(each) == session]


def _session_of(path: Path) -> str | None:
    from prioritizer.store.copies import session_of

    try:
        return session_of(path)
    except PrioritizerError:
        return None
