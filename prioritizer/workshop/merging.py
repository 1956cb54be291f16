"""Bringing copies of one session together: merge, say in words what came, settle what is at odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prioritizer.errors import PrioritizerError
from prioritizer.text.phrases import counted
from prioritizer.workshop.at_odds import ToSettle, in_words
from prioritizer.workshop.other_copies import read_copies, same_file
from prioritizer.workshop.viewer import settleable

if TYPE_CHECKING:
    from prioritizer.store import Brought, Store
    from prioritizer.workshop.service import Workshop


@dataclass(frozen=True)
class Merged:
    """What a merge did.

    Attributes:
        operations: Changes that arrived.
        new: Ids of use cases that came.
        updated: Ids of use cases that changed.
        same: How many use cases are as they were.
        removed: Ids of use cases that went.
        to_settle: What is at odds now.
        refused: Copies that were not merged, each with the sentence why.
    """

    operations: int
    new: tuple[str, ...]
    updated: tuple[str, ...]
    same: int
    removed: tuple[str, ...]
    to_settle: tuple[ToSettle, ...]
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """The summary in one sentence."""
        if not self.operations:
            text = "Nothing new came: everything in the other copies is here already."
        else:
            parts = [
                f"{counted(len(self.new), 'use case')} new",
                f"{len(self.updated)} updated",
                f"{self.same} same",
            ]
            if self.removed:
                parts.append(f"{len(self.removed)} removed")
            text = f"Merged {counted(self.operations, 'change')}: {', '.join(parts)}."
        if self.to_settle:
            text += f" {len(self.to_settle)} to settle."
        if self.refused:
            text += f" {counted(len(self.refused), 'file')} refused."
        return text

    def document(self) -> dict[str, Any]:
        """The same for ``--json``."""
        return {
            "operations": self.operations,
            "new": list(self.new),
            "updated": list(self.updated),
            "same": self.same,
            "removed": list(self.removed),
            "to_settle": [
                {
                    "id": each.id,
                    "what": each.words,
                    "use_case": each.use_case,
                    "choices": [
                        {"value": c.words, "stands": c.stands, "why": c.why, "time": c.time}
                        for c in each.choices
                    ],
                }
                for each in self.to_settle
            ],
            "refused": [{"file": name, "reason": reason} for name, reason in self.refused],
        }


def merge_files(path: Path, others: Sequence[Path], out: Path | None, *, sure: bool) -> Merged:
    """Merges copies of one session, into the first or into a new file.

    Raises:
        SessionRefused: ``path``, or every other, is not a sound copy of the session.
        PrioritizerError: More than a fifth of the use cases would go, or ``out`` exists already.
    """
    from prioritizer.workshop.service import Workshop

    if out is None or same_file(out, path):
        with Workshop.open(path) as workshop:
            return merge_into(workshop, others, sure=sure)
    with Workshop.open(path) as workshop:
        workshop.on_file(lambda store: store.copy_to(out))
    try:
        with Workshop.open(out) as workshop:
            return merge_into(workshop, others, sure=sure, backup=False)
    except BaseException:
        out.unlink(missing_ok=True)  # made a moment ago, by us
        raise


def merge_into(
    workshop: Workshop, others: Sequence[Path], *, sure: bool = False, backup: bool = True
) -> Merged:
    """Brings what other copies have into an open session; undo takes it back as one.

    Args:
        workshop: The session.
        others: Copies of it; those that are not sound copies are reported, where at least one is.
        sure: Also where more than a fifth of the use cases would go.
        backup: Make a backup first.

    Raises:
        SessionRefused: None of the others is a sound copy of this session.
        PrioritizerError: More than a fifth of the use cases would go, and nobody is sure.
    """
    copies, refused = read_copies(workshop, others)
    if not copies:
        raise refused[0][1]

    def job(store: Store) -> Brought:
        if not backup or not any(store.difference(copy).theirs for copy in copies):
            return store.merge(copies, sure=sure)
        from prioritizer.workshop.backups import backed_up

        with backed_up(store, "merge"):
            return store.merge(copies, sure=sure)

    brought = workshop.on_file(job)
    there = sum(1 for u in workshop.snapshot.use_cases.values() if u.title)
    return Merged(
        operations=brought.operations,
        new=brought.new,
        updated=brought.updated,
        same=there - len(brought.new) - len(brought.updated) - len(brought.removed),
        removed=brought.removed,
        to_settle=tuple(conflicts_of(workshop)),
        refused=tuple((str(path), str(error)) for path, error in refused),
    )


def conflicts_of(workshop: Workshop, private: bool = False) -> list[ToSettle]:
    """All that is to be settled; people are named on a private screen only."""
    found = workshop.on_file(lambda store: store.conflicts(), reload=False)
    return in_words(settleable(found, workshop.snapshot), workshop.snapshot, private=private)


def settle_in(workshop: Workshop, conflict: str, choice: int) -> str:
    """Settles a conflict with one of its choices; returns what it was about.

    Raises:
        PrioritizerError: There is no such conflict or choice, or it cannot stand.
    """
    about = ""

    def job(store: Store) -> None:
        nonlocal about
        found = next((each for each in store.conflicts() if each.id == conflict), None)
        if found is None:
            raise PrioritizerError("That is settled already.")
        shown = in_words([found], workshop.snapshot)[0]
        if not 0 <= choice < len(shown.choices):
            raise PrioritizerError(f"There are {len(shown.choices)} things to choose from; take one of them.")
        # What stands is put first where none of the operations at odds wrote it.
        place = choice - (len(shown.choices) - len(found.options))
        store.settle(found, found.standing if place < 0 else found.options[place].values)
        about = shown.words

    workshop.on_file(job)
    return about


def would_remove(error: PrioritizerError) -> str:
    """What to ask before a merge that was refused because many use cases would go; "" for other refusals."""
    from prioritizer.store.merging import Removes

    if not isinstance(error, Removes):
        return ""
    return (
        f"{error.removed} of {counted(error.of, 'use case')} would go, because they were deleted or merged away in "
        "the other copy."
    )
