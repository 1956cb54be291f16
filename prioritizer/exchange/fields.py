"""Which column fills which field of a use case, and how the cells of each are read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.boards import board_columns
from prioritizer.exchange.csv_in import Sheet
from prioritizer.exchange.headers import FIELDS, SEVERAL, field_of
from prioritizer.text.clean import clean_error, clean_text
from prioritizer.text.nearest import did_you_mean

FieldMapping = Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]
Columns = list[tuple[str, int]]

_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_GROUPED_DOTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_LIST = re.compile(r"[;|\n]")
_SYSTEMS = re.compile(r"[;|\n,]")


def suggest_mapping(headers: Sequence[str]) -> list[tuple[str, str]]:
    """Guesses (field, column) pairs from header names; empty where nothing is telling."""
    found: list[tuple[str, str]] = []
    for header in headers:
        field = field_of(header)
        if field is None or (field not in SEVERAL and any(f == field for f, _ in found)):
            continue
        found.append((field, header))
    if len(headers) == 1 and not found:
        found.append(("title", headers[0]))
    return found


def find_columns(sheet: Sheet, mapping: FieldMapping) -> Columns:
    """Resolves a mapping to (field, column position) pairs.

    Raises:
        PrioritizerError: An unknown field, a column that does not exist, a field filled twice, no title.
    """
    columns: Columns = []
    for field, column in mapping_pairs(mapping):
        name = field.strip().lower()
        if name not in FIELDS:
            hint = did_you_mean(name, FIELDS) or f" There are {', '.join(FIELDS)}."
            raise PrioritizerError(f"A use case has no field “{clean_error(field)}”.{hint}")
        if name not in SEVERAL and any(f == name for f, _ in columns):
            raise PrioritizerError(
                f"Two columns are mapped to {name}; only {', '.join(sorted(SEVERAL))} take several."
            )
        columns.append((name, sheet.column(column)))
    guesses = board_columns(sheet.headers) or suggest_mapping(sheet.headers)
    if not columns:
        columns = [(field, sheet.headers.index(header)) for field, header in guesses]
    elif not any(field == "title" for field, _ in columns):
        # Whoever maps only the tags still means the column that is called "Title".
        columns += [(f, sheet.headers.index(h)) for f, h in guesses if f == "title"]
    if not any(field == "title" for field, _ in columns):
        names = ", ".join(f"“{clean_error(h)}”" for h in sheet.headers[:8])
        raise PrioritizerError(
            f"Which column of “{sheet.name}” has the titles? Say --map title=COLUMN. Its columns are {names}"
            f"{' and more' if len(sheet.headers) > 8 else ''}."
        )
    return columns


def read_number(text: str) -> float | None:
    """Reads a count as people write it: ``1,200``, ``1 200``, ``1.200,5``, ``12.5``; None where it is no number."""
    plain = re.sub(r"[\s'’]", "", text)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _GROUPED_DOTS.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif plain.count(",") == 1:
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        return None
    number = float(plain)
    return number if math.isfinite(number) and number <= 1e9 else None


def read_tags(texts: Iterable[str]) -> tuple[str, ...]:
    """Tags from cells: parted at semicolons, bars and line ends, each once whatever its case."""
    return _unique(part for text in texts for part in _LIST.split(clean_text(text)))


def read_systems(texts: Iterable[str]) -> tuple[str, ...]:
    """System names from cells; here commas part as well."""
    return _unique(part for text in texts for part in _SYSTEMS.split(clean_text(text)))


def _unique(parts: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for part in parts:
        name = clean_text(part, limit=200, lines=False)
        if name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:50]


def mapping_pairs(mapping: FieldMapping) -> Iterator[tuple[str, str]]:
    """The (field, column) pairs of a mapping in either form."""
    if not isinstance(mapping, Mapping):
        yield from mapping
        return
    for field, columns in mapping.items():
        for column in [columns] if isinstance(columns, str) else columns:
            yield field, column
