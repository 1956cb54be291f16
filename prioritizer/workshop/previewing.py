"""An import looked at before it is done: the columns, what each would fill, and what would happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.workshop.importing import ImportReport, import_use_cases, sort_out

if TYPE_CHECKING:
    from prioritizer.exchange.csv_in import Sheet
    from prioritizer.exchange.use_cases_in import Candidates
    from prioritizer.model.session import Snapshot
    from prioritizer.workshop.service import Workshop

FIELDS: tuple[tuple[str, str], ...] = (
    ("title", "Title"),
    ("task", "Task"),
    ("note", "Note"),
    ("tag", "Tags"),
    ("proposer", "Proposer"),
    ("systems", "Systems"),
    ("logins", "Logins"),
    ("cases_month", "Cases a month"),
    ("minutes_each", "Minutes each"),
)
"""(field of the import, how it is called)."""

SEVERAL = frozenset({"tag", "note", "systems"})
"""Fields that several columns may fill."""

_SAMPLE = 3


@dataclass(frozen=True)
class Preview:
    """What an import would do.

    Attributes:
        mapping: (field, column) pairs in force, given or guessed.
        added: Use cases that would enter.
        duplicates: Rows left out: same title and task.
        similar: Rows that enter and share a title with another.
        refused: Rows that cannot enter, with their reasons.
        first: A few titles, to see that the right column was taken.
        problem: Why nothing can be imported with this mapping; "" if it can.
    """

    mapping: tuple[tuple[str, str], ...]
    added: int = 0
    duplicates: int = 0
    similar: int = 0
    refused: tuple[tuple[int, str], ...] = ()
    first: tuple[str, ...] = ()
    problem: str = ""


class Source:
    """A file that was read once, and can be looked at with one mapping after another."""

    def __init__(self, path: Path) -> None:
        """Reads the file; may wait for a disk.

        Raises:
            PrioritizerError: It cannot be read.
        """
        from prioritizer.exchange.use_cases_in import read_sheet

        self._sheet: Sheet = read_sheet(path)
        self.name = path.name

    @property
    def columns(self) -> tuple[str, ...]:
        return self._sheet.headers

    @property
    def form(self) -> str:
        """What was read, in a few words: ``2,133 rows, 62 columns, cp1252``."""
        rows = len(self._sheet.rows) + len(self._sheet.refused)
        return f"{rows:,} rows, {len(self.columns)} columns, {self._sheet.encoding}"

    def example(self, column: str) -> str:
        """The first cell of a column that is not blank."""
        from itertools import islice

        from prioritizer.text.clean import clean_text

        place = self._sheet.column(column)
        for row in islice(self._sheet.rows, 200):
            text = clean_text(row.cells[place], limit=200, lines=False)
            if text:
                return text
        return ""

    def preview(self, snapshot: Snapshot, mapping: Sequence[tuple[str, str]] = ()) -> Preview:
        """What an import with this mapping would do; guessed from the header where it is empty."""
        try:
            candidates = self._candidates(mapping)
        except PrioritizerError as error:
            return Preview(tuple(mapping), problem=str(error))
        found = sort_out(snapshot, candidates.rows)
        return Preview(
            mapping=tuple(candidates.mapping),
            added=len(found.fresh),
            duplicates=len(found.duplicates),
            similar=len(found.similar),
            refused=tuple((each.row, each.reason) for each in candidates.refused),
            first=tuple(each.title for each in found.fresh[:_SAMPLE]),
        )

    def import_into(self, workshop: Workshop, mapping: Sequence[tuple[str, str]]) -> ImportReport:
        """Does it, in one transaction.

        Raises:
            PrioritizerError: The mapping does not hold, or nothing could be written.
        """
        return import_use_cases(workshop, self._candidates(mapping))

    def _candidates(self, mapping: Sequence[tuple[str, str]]) -> Candidates:
        from prioritizer.exchange.use_cases_in import candidates_of

        return candidates_of(self._sheet, list(mapping))
