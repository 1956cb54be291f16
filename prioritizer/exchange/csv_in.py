"""Tables as people send them: any encoding, any of four delimiters, line breaks inside cells.

Nothing is dropped silently: every column gets a name, and a row that does not fit is reported.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.decode import decode, read_bytes
from prioritizer.text.clean import clean_text
from prioritizer.text.nearest import did_you_mean

COLUMN_LIMIT = 2_000
CELL_LIMIT = 10_000_000
DELIMITERS = (",", ";", "\t", "|")

_SAMPLE_ROWS = 60
_SAMPLE_LENGTH = 300_000
_SEP = re.compile(r'"?sep=([^"\r\n])"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_NO_DELIMITER = "\x1f"


class Row(NamedTuple):
    """One record of a table."""

    number: int
    """As a spreadsheet shows it: the header is row 1, and blank rows count."""
    line: int
    """Line of the file where it begins; larger than ``number`` after cells with line breaks."""
    cells: Sequence[str]


class Refused(NamedTuple):
    """A row that was not taken, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was found: header names are cleaned, cells are not yet."""

    headers: tuple[str, ...]
    rows: list[Row]
    encoding: str
    delimiter: str
    refused: list[Refused]
    name: str = "the input"
    guarded: bool = True
    """Text that a spreadsheet would run carries an apostrophe, as our own CSV has it."""
    header_row: Row | None = None
    """The row of the header as it stands, where it was one."""
    above: int = 0
    """Filled rows above the header: a heading of the whole sheet, names of groups of columns."""
    title: str = ""
    """Of the sheet, where the source is a workbook."""
    sheets: tuple[str, ...] = ()
    """All sheets of a workbook."""

    def column(self, wanted: str) -> int:
        """Position of a column by its name, whatever its case.

        Raises:
            PrioritizerError: There is none; the sentence offers the nearest names.
        """
        name = clean_text(wanted, limit=HEADER_LIMIT, lines=False)
        if name in self.headers:
            return self.headers.index(name)
        folded = [h.casefold() for h in self.headers]
        if folded.count(name.casefold()) == 1:
            return folded.index(name.casefold())
        hint = did_you_mean(name, self.headers) or f" Its columns are {quoted(self.headers)}."
        raise PrioritizerError(f"“{self.name}” has no column “{clean_text(name, limit=80)}”.{hint}")


HEADER_LIMIT = 300
"""Header names are sentences in some inventories; longer ones are cut."""


def quoted(names: Sequence[str], most: int = 8) -> str:
    """Some column names for a message."""
    shown = ", ".join(f"“{clean_text(n, limit=40)}”" for n in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def read_table(source: Path | bytes, name: str | None = None) -> Sheet:
    """Reads a CSV, TSV or similar table.

    Args:
        source: A file, or bytes from standard input.
        name: What messages call it.

    Raises:
        PrioritizerError: No text, empty, too large, or a quote that is never closed.
    """
    data, shown = read_bytes(source, name)
    text, encoding = decode(data, shown)
    return parse_table(text, shown, encoding)


def parse_table(text: str, shown: str, encoding: str = "utf-8") -> Sheet:
    """`read_table` for text that is decoded already."""
    delimiter: str | None = None
    first_line = 1
    if sep := _SEP.match(text):
        delimiter, text, first_line = sep[1], text[sep.end() :], 2
    if delimiter is None:
        delimiter = find_delimiter(text)
    rows: list[Row] = []
    refused: list[Refused] = []
    headers: tuple[str, ...] = ()
    header_row: Row | None = None
    cells = 0
    for row in _records(text, delimiter or _NO_DELIMITER, shown, first_line):
        if not headers:
            if _blank(row.cells):
                continue
            headers, header_row = name_columns(row.cells), row
            if len(headers) > COLUMN_LIMIT:
                raise PrioritizerError(
                    f"“{shown}” has {len(headers):,} columns; at most {COLUMN_LIMIT:,} are read."
                )
            continue
        if len(row.cells) != len(headers):
            if _blank(row.cells):
                continue
            if len(row.cells) < len(headers) or not _blank(row.cells[len(headers) :]):
                refused.append(Refused(row.number, _ragged(row, len(headers))))
                continue
            row = row._replace(
                cells=row.cells[: len(headers)]
            )  # delimiters after the last cell carry nothing
        elif _blank(row.cells):
            continue
        cells += len(headers)
        if cells > CELL_LIMIT:
            raise PrioritizerError(
                f"“{shown}” has more than {CELL_LIMIT:,} cells, which is more than is read."
            )
        rows.append(row)
    if not headers:
        raise PrioritizerError(f"“{shown}” is empty.")
    return Sheet(headers, rows, encoding, delimiter, refused, shown, header_row=header_row)


def find_delimiter(text: str) -> str:
    """The delimiter whose column count is the most consistent; ``""`` where the table has one column.

    A candidate has to part the header, and at least half of the rows: a comma in the only
    header of a list, or in some of its cells, makes no table.
    """
    sample = text[:_SAMPLE_LENGTH]
    best = (0.0, 0)
    found = ""
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        counts = _column_counts(sample, delimiter, whole=len(sample) == len(text))
        if not counts or counts[0] < 2 or sum(c > 1 for c in counts) * 2 < len(counts):
            continue
        score = (counts.count(counts[0]) / len(counts), counts[0])
        if score > best:
            best, found = score, delimiter
    return found


def name_columns(cells: Sequence[str]) -> tuple[str, ...]:
    """Header names for every column: empty and repeated ones are numbered, none is dropped."""
    cleaned = [clean_text(cell, limit=HEADER_LIMIT, lines=False) for cell in cells]
    taken = set(cleaned)
    names: list[str] = []
    seen: dict[str, int] = {}
    for position, wanted in enumerate(cleaned, 1):
        name = wanted or f"column {position}"
        if name in seen or (not wanted and name in taken):
            number = seen.get(name, 1) + 1
            while f"{name} ({number})" in taken:
                number += 1
            seen[name] = number
            name = f"{name} ({number})"
            taken.add(name)
        else:
            seen[name] = 1
        names.append(name)
    return tuple(names)


def _records(text: str, delimiter: str, shown: str, first_line: int) -> Iterator[Row]:
    # StringIO with newline="" parts lines at CR, LF and CRLF alike and leaves those in cells as they are.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    line = first_line
    try:
        for cells in reader:
            number += 1
            yield Row(number, line, cells)
            line = first_line + reader.line_num
    except csv.Error as error:
        raise _broken(str(error), line, first_line + reader.line_num - 1, shown) from None


def _broken(error: str, line: int, now: int, shown: str) -> PrioritizerError:
    if "unexpected end" in error:
        what = "a quote is opened there and never closed"
    elif "field larger" in error:
        what = f"a cell is longer than {csv.field_size_limit():,} characters; perhaps a quote is never closed"
    elif "expected after" in error:
        where = f" on line {now}" if now != line else ""
        what = (
            f"text follows a closing quote{where}. Either a quote is not closed, "
            'or a quote inside a cell is not doubled ("")'
        )
    else:
        what = "the row cannot be read as a table"
    return PrioritizerError(f"“{shown}”, the row that begins on line {line}: {what}.")


def _ragged(row: Row, columns: int) -> str:
    cells = len(row.cells)
    return f"it has {cells} cell{'s' if cells != 1 else ''} where the header has {columns} (line {row.line})"


def _blank(cells: Sequence[str]) -> bool:
    return not any(cell and not cell.isspace() for cell in cells)


def _column_counts(sample: str, delimiter: str, *, whole: bool) -> list[int]:
    counts: list[int] = []
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if len(cells) > 1 or not _blank(cells):
                counts.append(len(cells))
            if len(counts) > _SAMPLE_ROWS:
                break
    except csv.Error:
        return counts  # what came before it tells enough; the real reading names the place
    if not whole and len(counts) <= _SAMPLE_ROWS and len(counts) > 1:
        counts.pop()  # the sample ended inside it
    return counts
