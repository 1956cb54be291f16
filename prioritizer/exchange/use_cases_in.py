"""Candidates from a file: whatever its form, one list of use cases and one of refused rows comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from prioritizer.errors import PrioritizerError
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
from prioritizer.exchange.lists_in import ENTRIES_LIMIT, looks_like_json, parse_json, parse_list, too_many
from prioritizer.text.clean import TITLE_LIMIT, clean_error, clean_text, is_blank

_TABLES = frozenset({".csv", ".tsv", ".tab", ".psv"})
_LISTS = frozenset({".md", ".markdown", ".txt", ".text"})
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".numbers"})
_NUMBERS = {
    "logins": ("logins", 99.0),
    "cases_month": ("cases a month", 1e9),
    "minutes_each": ("minutes each", 1e6),
}


@dataclass(frozen=True, slots=True)
class Candidate:
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
    source: dict[str, str] = field(default_factory=dict)
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


def read_use_cases(
    source: Path | bytes, *, mapping: FieldMapping = (), name: str | None = None, extra: bool = True
) -> Candidates:
    """Reads use cases from CSV or TSV, a plain or Markdown list, or JSON.

    A file's ending decides which; bytes and other endings are looked at.

    Args:
        source: A file, or what came from standard input.
        mapping: (field, column) pairs, or a mapping of field to column or columns; several
            columns may be tags. Empty: guessed from the header.
        name: What messages call the source.
        extra: Keep the cells of unmapped columns in `Candidate.source`.

    Raises:
        PrioritizerError: One sentence; nothing of the source was taken.
    """
    given = list(mapping_pairs(mapping))
    ending = source.suffix.lower() if isinstance(source, Path) else ""
    data, shown = read_bytes(source, name)
    if ending in _WORKBOOKS or data.startswith(b"PK\x03\x04"):
        raise PrioritizerError(
            f"“{shown}” is a workbook, and workbooks are not read yet. Save the sheet as CSV and import that."
        )
    text, encoding = decode(data, shown)
    sheet = _read_sheet(text, shown, encoding, ending, bool(given))
    if len(sheet.rows) > ENTRIES_LIMIT:
        raise too_many(shown)
    columns = find_columns(sheet, given)
    return _collect(sheet, columns, strict=bool(given), extra=extra, encoding=encoding)


def _read_sheet(text: str, shown: str, encoding: str, ending: str, mapped: bool) -> Sheet:
    if ending == ".json" or (ending not in _TABLES | _LISTS and looks_like_json(text)):
        return parse_json(text, shown)
    if ending in _TABLES or mapped:
        return parse_table(text, shown, encoding)
    if ending not in _LISTS and _looks_like_table(text, shown):
        return parse_table(text, shown, encoding)
    sheet = parse_list(text, shown)
    if not sheet.rows:
        raise PrioritizerError(f"“{shown}” is empty.")
    return sheet


def _looks_like_table(text: str, shown: str) -> bool:
    """Whether a text of unknown form is a table: its first line names a column of titles."""
    try:
        sheet = parse_table(text, shown)
    except PrioritizerError:
        return False
    return any(name == "title" for name, _ in suggest_mapping(sheet.headers)) and (
        len(sheet.headers) > 1 or sheet.headers[0].casefold() == "title"
    )


def _collect(sheet: Sheet, columns: Columns, *, strict: bool, extra: bool, encoding: str) -> Candidates:
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
    return Candidates(rows, refused, sheet.headers, mapping, encoding, sheet.delimiter)


def _reader(
    sheet: Sheet, places: dict[str, list[int]], others: list[tuple[int, str]], strict: bool
) -> Callable[[Row], Candidate | Refused]:
    """A function that reads one row; ``strict``: a number that is none refuses the row."""

    def cells(row: Row, name: str) -> list[str]:
        return [unguard(row.cells[i]) for i in places.get(name, ())]

    def read(row: Row) -> Candidate | Refused:
        source = {h: text for i, h in others if (text := clean_text(unguard(row.cells[i])).strip())}
        whole = clean_text(cells(row, "title")[0], lines=False)
        title = clean_text(whole, limit=TITLE_LIMIT, lines=False)
        if is_blank(title):
            return Refused(row.number, "it has no title")
        task = "\n".join(clean_text(c).strip() for c in cells(row, "task"))
        note = "\n".join(filter(None, (clean_text(c).strip() for c in cells(row, "note"))))
        if title != whole:  # nothing that was written is lost: the long form goes on in the task
            task = f"{whole}\n{task}".strip()
        numbers: dict[str, float] = {}
        for name, (words, most) in _NUMBERS.items():
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
            task=clean_text(task),
            note=clean_text(note),
            tags=read_tags(cells(row, "tag")),
            proposer=clean_text("".join(cells(row, "proposer")), limit=TITLE_LIMIT, lines=False),
            systems=read_systems(cells(row, "systems")) or None,
            logins=int(numbers["logins"]) if "logins" in numbers else None,
            cases_month=numbers.get("cases_month"),
            minutes_each=numbers.get("minutes_each"),
            source=source,
        )

    return read
