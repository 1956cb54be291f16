"""An import looked at before it is done: the columns, what each would fill, what resembles what, and what would happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.headers import SEVERAL as SEVERAL  # for faces, which do not know the exchange
from prioritizer.workshop.alike import Choice
from prioritizer.workshop.importing import ImportReport, import_use_cases, sort_out
from prioritizer.workshop.near import Near

if TYPE_CHECKING:
    from prioritizer.exchange.csv_in import Sheet
    from prioritizer.exchange.use_cases_in import Candidate, Candidates
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

_SAMPLE = 3


@dataclass(frozen=True)
class Fresh:
    """A row that would enter.

    Attributes:
        row: Its number in the source.
        title: What it is called.
        task: What it does.
        other: What it resembles, if anything.
        other_task: What that one does.
    """

    row: int
    title: str
    task: str
    other: Near | None = None
    other_task: str = ""


@dataclass(frozen=True)
class Preview:
    """What an import would do.

    Attributes:
        mapping: (field, column) pairs in force, given or guessed.
        fresh: Rows that would enter.
        duplicates: Rows left out: same title and task.
        refused: Rows that cannot enter, with their reasons.
        problem: Why nothing can be imported with this mapping; "" if it can.
    """

    mapping: tuple[tuple[str, str], ...]
    fresh: tuple[Fresh, ...] = ()
    duplicates: int = 0
    refused: tuple[tuple[int, str], ...] = ()
    problem: str = ""

    @property
    def added(self) -> int:
        """How many would enter."""
        return len(self.fresh)

    @property
    def doubts(self) -> tuple[Fresh, ...]:
        """Those that resemble another."""
        return tuple(each for each in self.fresh if each.other is not None)

    @property
    def first(self) -> tuple[str, ...]:
        """A few titles, to see that the right column was taken."""
        return tuple(each.title for each in self.fresh[:_SAMPLE])


class Source:
    """A table that was read once, and can be looked at with one mapping after another."""

    def __init__(self, sheet: Sheet, name: str, path: Path | None = None) -> None:
        self._sheet = sheet
        self._path = path
        self.name = name

    @classmethod
    def read(cls, path: Path, sheet: str | None = None) -> Source:
        """Reads a file; may wait for a disk.

        Raises:
            PrioritizerError: It cannot be read.
        """
        from prioritizer.exchange.use_cases_in import read_sheet

        return cls(read_sheet(path, sheet=sheet), path.name, path)

    @classmethod
    def pasted(cls, text: str) -> Source:
        """Reads what was pasted: cells of a spreadsheet, a table, JSON, or lines as people write them.

        Raises:
            PrioritizerError: It begins like a table or like JSON and is none.
        """
        from prioritizer.exchange.pasted_in import read_pasted

        return cls(read_pasted(text), "what was pasted")

    @property
    def is_list(self) -> bool:
        """Whether it has titles and tasks only, so that there is nothing to map."""
        return not self._sheet.delimiter and self._sheet.headers == ("title", "task")

    @property
    def columns(self) -> tuple[str, ...]:
        return self._sheet.headers

    @property
    def sheets(self) -> tuple[str, ...]:
        """All sheets, where it is a workbook."""
        return self._sheet.sheets

    @property
    def sheet(self) -> str:
        """The sheet that was read."""
        return self._sheet.title

    def with_sheet(self, sheet: str) -> Source:
        """Another sheet of the same workbook; may wait for a disk.

        Raises:
            PrioritizerError: It cannot be read.
        """
        return Source.read(self._path, sheet) if self._path is not None else self

    @property
    def form(self) -> str:
        """What was read, in a few words: ``2,133 rows, 62 columns, cp1252``."""
        rows = len(self._sheet.rows) + len(self._sheet.refused)
        words = f"{rows:,} rows, {len(self.columns)} columns"
        if self._sheet.above:
            words += f", {self._sheet.above} above the header"
        if len(self.sheets) > 1:
            return f"{words}, sheet “{self.sheet}” of {len(self.sheets)}"
        return words if self.sheets else f"{words}, {self._sheet.encoding}"

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
        others = found.doubts()
        by_row = {each.row: each for each in found.fresh}
        return Preview(
            mapping=tuple(candidates.mapping),
            fresh=tuple(_fresh(each, others.get(each.row), snapshot, by_row) for each in found.fresh),
            duplicates=len(found.duplicates),
            refused=tuple((each.row, each.reason) for each in candidates.refused),
        )

    def import_into(
        self,
        workshop: Workshop,
        mapping: Sequence[tuple[str, str]],
        choices: Mapping[int, Choice] | None = None,
    ) -> ImportReport:
        """Does it, in one transaction.

        Raises:
            PrioritizerError: The mapping does not hold, or nothing could be written.
        """
        return import_use_cases(workshop, self._candidates(mapping), choices=choices)

    def _candidates(self, mapping: Sequence[tuple[str, str]]) -> Candidates:
        from prioritizer.exchange.use_cases_in import candidates_of

        return candidates_of(self._sheet, list(mapping))


def _fresh(
    candidate: Candidate, other: Near | None, snapshot: Snapshot, by_row: Mapping[int, Candidate]
) -> Fresh:
    task = ""
    if other is not None and other.of is not None:
        task = snapshot.use_cases[other.of].task
    elif other is not None and other.of_row is not None and other.of_row in by_row:
        task = by_row[other.of_row].task
    return Fresh(candidate.row, candidate.title, candidate.task, other, task)
