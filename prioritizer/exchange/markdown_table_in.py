"""Tables of Markdown documents, by the rules of GitHub Flavored Markdown: pipes, and a line of dashes below the header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from prioritizer.exchange.boards import board_columns
from prioritizer.exchange.csv_in import COLUMN_LIMIT, Refused, Row, Sheet, name_columns
from prioritizer.exchange.fields import suggest_mapping
from prioritizer.exchange.lists_in import ENTRIES_LIMIT, is_entry, too_many

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")
_LONGEST = 20_000
"""Characters of a line of dashes."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_WRAPPED = re.compile(r"(\*\*|__|`)(?P<inner>[^*_`]+)\1")


def parse_markdown_table(text: str, shown: str, columns: Sequence[str] = ()) -> Sheet | None:
    """Reads the first table that has a column of titles; none where there is no such table.

    Entries of lists and rows of other tables are refused by their line; other text is passed over.

    Args:
        text: The document.
        shown: What messages call it.
        columns: Columns that somebody named: the table has to have them instead.

    Raises:
        PrioritizerError: It has more rows than are read.
    """
    if "|" not in text or "-" not in text:
        return None
    lines = re.split(r"\r\n|[\r\n\u2028\u2029]", text)
    tables = list(_tables(lines))
    chosen = next((t for t in tables if _meant(t[1], columns)), None)
    if chosen is None:
        return None
    start, headers, end = chosen
    rows: list[Row] = []
    refused = [
        Refused(n, "it stands in another table")
        for first, _, last in tables
        if first != start
        for n in range(first + 3, last + 1)
    ]
    inside = {n for first, _, last in tables for n in range(first + 1, last + 1)}
    refused += [
        Refused(n, "it stands outside the table")
        for n, line in enumerate(lines, 1)
        if n not in inside and is_entry(line)
    ]
    for number in range(start + 3, end + 1):
        cells = [_plain(cell) for cell in split_row(lines[number - 1])]
        if len(cells) > len(headers) and any(cells[len(headers) :]):
            refused.append(Refused(number, f"it has {len(cells)} cells where the header has {len(headers)}"))
        elif any(cells):
            if len(rows) == ENTRIES_LIMIT:
                raise too_many(shown)
            blanks = [""] * (len(headers) - len(cells))
            rows.append(Row(number, number, (*cells[: len(headers)], *blanks)))
    return Sheet(headers, rows, "utf-8", "|", sorted(refused), shown, guarded=False)


def split_row(line: str) -> list[str]:
    """The cells of one line, as they are written."""
    line = line.strip()
    cells: list[str] = []
    start = 0
    for bar in _BAR.finditer(line):
        cells.append(line[start : bar.end() - 1].strip())
        start = bar.end()
    cells.append(line[start:].strip())
    if line.startswith("|"):
        cells = cells[1:]
    return cells[:-1] if len(cells) > 1 and not cells[-1] else cells


def _tables(lines: list[str]) -> Iterator[tuple[int, tuple[str, ...], int]]:
    """(place of the header, header, place behind the last row) of each table."""
    place = 0
    while place < len(lines) - 1:
        rule = lines[place + 1]
        if "|" in lines[place] and "|" in rule and len(rule) < _LONGEST and _RULE.fullmatch(rule):
            headers = [_plain(cell) for cell in split_row(lines[place])]
            if len(headers) == len(split_row(rule)) <= COLUMN_LIMIT:
                end = place + 2
                while end < len(lines) and "|" in lines[end]:
                    end += 1
                yield place, name_columns(headers), end
                place = end
                continue
        place += 1


def _meant(headers: tuple[str, ...], columns: Sequence[str]) -> bool:
    if columns:
        return {c.strip().casefold() for c in columns} <= {h.casefold() for h in headers}
    return any(field == "title" for field, _ in board_columns(headers) or suggest_mapping(headers))


def _plain(cell: str) -> str:
    """A cell without what only makes it bold, a line break, or safe from being read as markup."""
    if wrapped := _WRAPPED.fullmatch(cell):
        cell = wrapped["inner"]
    return _ESCAPED.sub(r"\1", _BREAK.sub("\n", cell))
