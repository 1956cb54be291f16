"""Candidates from a file: whatever its form, one list of use cases and one of refused rows comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.boards import without_header
from prioritizer.exchange.csv_in import Refused, Row, Sheet, parse_table
from prioritizer.exchange.decode import decode, read_bytes
from prioritizer.exchange.fields import (
    Columns,
    FieldMapping,
    find_columns,
    mapping_pairs,
    read_number,
    read_systems,
    read_tags,
    suggest_mapping,
)
from prioritizer.exchange.formulas import unguard
from prioritizer.exchange.header_row import below_headings
from prioritizer.exchange.lists_in import ENTRIES_LIMIT, looks_like_json, parse_json, parse_list, too_many
from prioritizer.exchange.markdown_table_in import parse_markdown_table
from prioritizer.exchange.trackers import as_written
from prioritizer.exchange.workbook_in import is_workbook, read_workbook
from prioritizer.text.clean import TITLE_LIMIT, Cleaned, clean_error, clean_text, is_blank

_TABLES = frozenset({".csv", ".tsv", ".tab", ".psv"})
_JSON = frozenset({".json", ".jsonl", ".ndjson"})
_LISTS = frozenset({".md", ".markdown", ".txt", ".text"})
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".numbers"})
_NUMBERS = {
    "logins": ("logins", 99.0),
    "cases_month": ("cases a month", 1e9),
    "minutes_each": ("minutes each", 1e6),
}

_KEPT_CELLS = 50_000
"""Different cells whose clean text is remembered while a table is read."""


class Candidate(NamedTuple):
    """One use case as a source has it; every text is cleaned."""

    row: int
    title: str
    task: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    proposer: str = ""
    systems: tuple[str, ...] | None = None
    logins: int | None = None
    cases_month: float | None = None
    minutes_each: float | None = None
    source: Mapping[str, str] = MappingProxyType({})
    """Cells of the columns that are not mapped, by column; blank ones are left out."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a source holds, with what a preview wants to say about it."""

    rows: list[Candidate]
    refused: list[Refused]
    headers: tuple[str, ...]
    mapping: list[tuple[str, str]]
    """The (field, column) pairs that were used, given or guessed."""
    encoding: str = "utf-8"
    delimiter: str = ""
    sheet: str = ""
    """The sheet of a workbook that was read."""
    sheets: tuple[str, ...] = ()
    """All sheets of the workbook."""
    above: int = 0
    """Filled rows above the header, which are not read."""


def read_use_cases(
    source: Path | bytes,
    *,
    mapping: FieldMapping = (),
    name: str | None = None,
    extra: bool = True,
    sheet: str | None = None,
) -> Candidates:
    """Reads use cases from CSV or TSV, a workbook, a plain or Markdown list, JSON, or a board's export.

    A file's ending decides which; bytes and other endings are looked at.

    Args:
        source: A file, or what came from standard input.
        mapping: (field, column) pairs, or a mapping of field to column or columns; several
            columns may be tags. Empty: guessed from the header.
        name: What messages call the source.
        extra: Keep the cells of unmapped columns in `Candidate.source`.
        sheet: Name or number of the sheet of a workbook; the first with content if none.

    Raises:
        PrioritizerError: One sentence; nothing of the source was taken.
    """
    given = list(mapping_pairs(mapping))
    table = read_sheet(source, name=name, columns=[column for _, column in given], sheet=sheet)
    return candidates_of(table, given, extra=extra)


def read_sheet(
    source: Path | bytes, *, name: str | None = None, columns: Sequence[str] = (), sheet: str | None = None
) -> Sheet:
    """Reads a source as a table of raw cells, whatever its form.

    Args:
        source: A file, or what came from standard input.
        name: What messages call the source.
        columns: Columns that somebody named, so that it is a table and no list.
        sheet: As for `read_use_cases`.

    Raises:
        PrioritizerError: It cannot be read, or holds nothing.
    """
    ending = source.suffix.lower() if isinstance(source, Path) else ""
    data, shown = read_bytes(source, name)
    table = below_headings(_read_any(data, shown, ending, columns, sheet), columns)
    if len(table.rows) > ENTRIES_LIMIT:
        raise too_many(shown)
    return as_written(table)


def _read_any(data: bytes, shown: str, ending: str, columns: Sequence[str], sheet: str | None) -> Sheet:
    """The table in a source, by its content first: a workbook may have any name."""
    if is_workbook(data) or ending in _WORKBOOKS:
        return read_workbook(data, shown, sheet, most=ENTRIES_LIMIT)
    if sheet is not None:
        raise PrioritizerError(f"“{shown}” is not a workbook, so it has no sheets; leave --sheet out.")
    text, encoding = decode(data, shown)
    return replace(_read_sheet(text, shown, encoding, ending, columns), encoding=encoding)


def candidates_of(sheet: Sheet, mapping: FieldMapping = (), *, extra: bool = True) -> Candidates:
    """Reads use cases from the rows of a table.

    Args:
        sheet: From `read_sheet`.
        mapping: As for `read_use_cases`.
        extra: Keep the cells of unmapped columns in `Candidate.source`.

    Raises:
        PrioritizerError: A mapped column is missing, or there is none for titles.
    """
    given = list(mapping_pairs(mapping))
    columns = find_columns(sheet, given)
    return _collect(sheet, columns, strict=bool(given), extra=extra)


def _read_sheet(text: str, shown: str, encoding: str, ending: str, columns: Sequence[str]) -> Sheet:
    if ending in _JSON or (ending not in _TABLES | _LISTS and looks_like_json(text)):
        return parse_json(text, shown)
    if ending not in _TABLES and (table := parse_markdown_table(text, shown, columns)) is not None:
        return table
    if columns:
        return parse_table(text, shown, encoding)
    if ending in _TABLES:
        return without_header(parse_table(text, shown, encoding))
    if ending not in _LISTS and looks_like_table(text, shown):
        return parse_table(text, shown, encoding)
    sheet = parse_list(text, shown)
    if not sheet.rows:
        raise PrioritizerError(f"“{shown}” is empty.")
    return sheet


def looks_like_table(text: str, shown: str) -> bool:
    """Whether a text of unknown form is a table: its header names a column of titles."""
    try:
        sheet = below_headings(parse_table(text, shown))
    except PrioritizerError:
        return False
    return any(name == "title" for name, _ in suggest_mapping(sheet.headers)) and (
        len(sheet.headers) > 1 or sheet.headers[0].casefold() == "title"
    )


def _collect(sheet: Sheet, columns: Columns, *, strict: bool, extra: bool) -> Candidates:
    rows: list[Candidate] = []
    refused = list(sheet.refused)
    places: dict[str, list[int]] = {}
    for name, position in columns:
        places.setdefault(name, []).append(position)
    used = {position for _, position in columns}
    others = [(i, h) for i, h in enumerate(sheet.headers) if i not in used] if extra else []
    read = _reader(sheet, places, others, strict)
    for row in sheet.rows:
        found = read(row)
        if isinstance(found, Refused):
            refused.append(found)
        else:
            rows.append(found)
    refused.sort()
    mapping = [(name, sheet.headers[position]) for name, position in columns]
    return Candidates(
        rows,
        refused,
        sheet.headers,
        mapping,
        sheet.encoding,
        sheet.delimiter,
        sheet.title,
        sheet.sheets,
        sheet.above,
    )


class _Cells(dict[str, str]):
    """The clean text of each cell, cleaned once per spelling.

    Args:
        free: Takes off what our own tables put before text that a spreadsheet would run.
    """

    def __init__(self, free: Callable[[str], str]) -> None:
        super().__init__()
        self._free = free

    def __missing__(self, cell: str) -> str:
        text = clean_text(self._free(cell)).strip()
        if len(self) < _KEPT_CELLS:
            self[cell] = text
        return text


def _reader(
    sheet: Sheet, places: dict[str, list[int]], others: list[tuple[int, str]], strict: bool
) -> Callable[[Row], Candidate | Refused]:
    """A function that reads one row; ``strict``: a number that is none refuses the row."""
    free = unguard if sheet.guarded else str
    others = sorted(others, key=lambda each: each[1])  # as JSON has them: nobody need sort each row
    names = [header for _, header in others]
    pick = [position for position, _ in others]
    kept = _Cells(free)
    tags: dict[tuple[str, ...], tuple[str, ...]] = {}

    def unmapped(given: Sequence[str]) -> Cleaned:
        """Most cells of a long list are blank, or stand in it many times."""
        cells = [given[position] for position in pick]
        texts = [*map(kept.__getitem__, filter(None, cells))]
        found = zip(compress(names, cells), texts, strict=True)
        return Cleaned(found) if all(texts) else Cleaned(each for each in found if each[1])

    def tags_of(given: list[str]) -> tuple[str, ...]:
        """The same ones again and again: a department, a stage."""
        key = tuple(given)
        found = tags.get(key)
        if found is None:
            found = read_tags(given)
            if len(tags) < 5_000:
                tags[key] = found
        return found

    def cells(row: Row, name: str) -> list[str]:
        return [free(row.cells[i]) for i in places.get(name, ())]

    mapped = [(name, *of) for name, of in _NUMBERS.items() if name in places]
    plain = not places.keys() - {"title", "task", "tag"}
    title_at, task_at, tags_at = places["title"][0], places.get("task", ()), places.get("tag", ())

    def read(row: Row) -> Candidate | Refused:
        given = row.cells
        source = unmapped(given)
        whole = clean_text(free(given[title_at]), lines=False)
        title = whole if len(whole) <= TITLE_LIMIT else clean_text(whole, limit=TITLE_LIMIT, lines=False)
        if is_blank(title):
            return Refused(row.number, "it has no title")
        task = "\n".join([clean_text(free(given[at])).strip() for at in task_at])
        if title != whole:  # nothing that was written is lost: the long form goes on in the task
            task = clean_text(f"{whole}\n{task}".strip())
        own_tags = tags_of([free(given[at]) for at in tags_at])
        if plain:
            return Candidate(row.number, title, task, tags=own_tags, source=source)
        note = "\n".join(filter(None, (clean_text(c).strip() for c in cells(row, "note"))))
        numbers: dict[str, float] = {}
        for name, words, most in mapped:
            text = "".join(cells(row, name)).strip()
            if not text:
                continue
            number = read_number(text)
            if number is not None and number <= most and (name != "logins" or number.is_integer()):
                numbers[name] = number
            elif strict:
                return Refused(row.number, f"“{clean_error(text)}” is not a number of {words}")
            else:
                source[sheet.headers[places[name][0]]] = clean_text(text)
        return Candidate(
            row=row.number,
            title=title,
            task=task,
            note=clean_text(note),
            tags=own_tags,
            proposer=clean_text("".join(cells(row, "proposer")), limit=TITLE_LIMIT, lines=False),
            systems=read_systems(cells(row, "systems")) or None,
            logins=int(numbers["logins"]) if "logins" in numbers else None,
            cases_month=numbers.get("cases_month"),
            minutes_each=numbers.get("minutes_each"),
            source=source,
        )

    return read
