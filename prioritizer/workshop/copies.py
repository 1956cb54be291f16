"""The part of the service that knows of other copies of the session, and of backups."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from prioritizer.store import Store
    from prioritizer.workshop.at_odds import ToSettle
    from prioritizer.workshop.backups import Backup
    from prioritizer.workshop.merging import Merged
    from prioritizer.workshop.other_copies import Compared
    from prioritizer.workshop.service import Workshop

T = TypeVar("T")


class Copies(ABC):
    """What a `Workshop` can do with other copies of its session."""

    @staticmethod
    def merge(
        path: str | os.PathLike[str],
        *others: str | os.PathLike[str],
        out: str | os.PathLike[str] | None = None,
        sure: bool = False,
    ) -> Merged:
        """Brings copies of one session together.

        Args:
            path: One of them.
            others: The others.
            out: A new file for the result; without it, ``path`` takes in what the others have.
            sure: Also where more than a fifth of the use cases would go.

        Raises:
            SessionRefused: ``path``, or every other, is not a sound copy of the session.
            PrioritizerError: Many use cases would go and nobody is sure, or ``out`` exists already.
        """
        from prioritizer.workshop.merging import merge_files

        target = None if out is None else Path(out)
        return merge_files(Path(path), [Path(other) for other in others], target, sure=sure)

    def bring_in(self, *others: str | os.PathLike[str], sure: bool = False) -> Merged:
        """Brings into this session what other copies of it have; undo takes that back as one.

        Raises:
            SessionRefused: None of the others is a sound copy of this session.
            PrioritizerError: More than a fifth of the use cases would go, and nobody is sure.
        """
        from prioritizer.workshop.merging import merge_into

        return merge_into(cast("Workshop", self), [Path(other) for other in others], sure=sure)

    def compare(self, other: str | os.PathLike[str]) -> Compared:
        """How another copy of this session differs: how many changes each has that the other has not.

        Raises:
            SessionRefused: It is not a sound copy of this session.
        """
        from prioritizer.workshop.other_copies import compare_with

        return compare_with(cast("Workshop", self), Path(other))

    def other_copies(self, known: Iterable[str | os.PathLike[str]] = ()) -> list[Compared]:
        """Copies of this session that have something which it has not, most changes first.

        Args:
            known: Files that were open before and may be copies of it; beside those, what lies next to
                this file under the name of a synchronising tool's conflict copy is looked at.
        """
        from prioritizer.workshop.other_copies import find_copies

        return find_copies(cast("Workshop", self), [Path(each) for each in known])

    def conflicts(self, *, private: bool = False) -> list[ToSettle]:
        """What people in different copies have changed without knowing of each other.

        Args:
            private: Only the facilitator sees it, so people are named.
        """
        from prioritizer.workshop.merging import conflicts_of

        return conflicts_of(cast("Workshop", self), private)

    def settle(self, conflict: str, choice: int) -> str:
        """Settles a conflict, in one edit; returns in words what it was about.

        Args:
            conflict: Its id.
            choice: Place among its choices, from 0; 0 keeps what stands.

        Raises:
            PrioritizerError: There is no such conflict or choice, or it cannot stand.
        """
        from prioritizer.workshop.merging import settle_in

        return settle_in(cast("Workshop", self), conflict, choice)

    def backups(self) -> list[Backup]:
        """The backups of this session, the newest first."""
        from prioritizer.workshop.backups import list_for

        return list_for(cast("Workshop", self).path)

    def back_up(self, reason: str = "asked") -> Path:
        """Makes a verified backup in the user's data folder; see `prioritizer.workshop.backups`.

        Raises:
            NotSaved: It could not be made.
        """
        from prioritizer.workshop.backups import make_backup

        def job(store: Store) -> Path:
            made = make_backup(store, reason)
            store.note_backup(made, reason)
            return made

        return self.on_file(job, reload=False)

    @abstractmethod
    def on_file(self, job: Callable[[Store], T], *, reload: bool = True) -> T:
        """As `Workshop.on_file`."""
