"""What a person copied somewhere and pasted here: cells, a table, JSON, or lines."""

from __future__ import annotations

from dataclasses import replace

from prioritizer.exchange.csv_in import Row, Sheet, parse_table
from prioritizer.exchange.fields import suggest_mapping
from prioritizer.exchange.header_row import below_headings
from prioritizer.exchange.lists_in import ENTRIES_LIMIT, looks_like_json, parse_json, too_many, unquoted
from prioritizer.exchange.markdown_table_in import parse_markdown_table
from prioritizer.exchange.trackers import as_written
from prioritizer.exchange.use_cases_in import looks_like_table
from prioritizer.text.clean import clean_text, is_blank
from prioritizer.text.lines import parted, without_bullet

SHOWN = "what was pasted"


def read_pasted(text: str) -> Sheet:
    """Reads pasted text as a table of raw cells.

    Raises:
        PrioritizerError: It begins like a table or like JSON and is none.
    """
    if looks_like_json(text):
        return parse_json(text, SHOWN)
    if (table := parse_markdown_table(text, SHOWN)) is not None:
        return table
    if looks_like_table(text, SHOWN):
        return as_written(below_headings(parse_table(text, SHOWN)))
    if _are_cells(text):
        return _cells(text)
    return _lines(text)


def _lines(text: str) -> Sheet:
    """Lines as people write them down: bullets and numbers are taken off."""
    rows: list[Row] = []
    for number, line in enumerate(unquoted(text.splitlines()), 1):
        title, task = parted(without_bullet(line))
        if not is_blank(clean_text(title, lines=False)):
            if len(rows) == ENTRIES_LIMIT:
                raise too_many(SHOWN)
            rows.append(Row(number, number, (title, task)))
    return Sheet(("title", "task"), rows, "utf-8", "", [], SHOWN, guarded=False)


def _are_cells(text: str) -> bool:
    """Whether every line has the same number of tabs, and more than one: two columns are title and task anyway."""
    counts = {line.count("\t") for line in text.splitlines() if line.strip()}
    return len(counts) == 1 and counts.pop() > 1


def _cells(text: str) -> Sheet:
    """Cells copied from a spreadsheet; without a header the first two columns are title and task."""
    sheet = parse_table(text, SHOWN)
    if sheet.header_row is None or any(field == "title" for field, _ in suggest_mapping(sheet.headers)):
        return sheet
    headers = ("title", "task", *(f"column {n}" for n in range(3, len(sheet.headers) + 1)))
    return replace(sheet, headers=headers[: len(sheet.headers)], rows=[sheet.header_row, *sheet.rows])
