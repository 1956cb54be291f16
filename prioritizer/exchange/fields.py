"""The fields of a use case that an import can fill, and how a column is read into each."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.csv_in import Sheet
from prioritizer.text.clean import clean_error, clean_text
from prioritizer.text.nearest import did_you_mean

FIELDS = ("title", "task", "note", "tag", "proposer", "systems", "logins", "cases_month", "minutes_each")
SEVERAL = frozenset({"tag", "note", "systems"})
"""Fields that more than one column may fill."""

FieldMapping = Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]
Columns = list[tuple[str, int]]

_KNOWN_HEADERS = {
    "title": "title|use case|use case name|use case title|name|usecase|candidate|idea|initiative|opportunity",
    "task": "task|description|use case description|what it does|purpose|summary|problem",
    "note": "note|notes|comment|comments|remark|remarks",
    "tag": "tag|tags|label|labels|category|topic|theme|department|team|unit|agency|bureau",
    "proposer": "proposer|proposed by|submitted by|submitter|contact|author",
    "systems": "systems|system names|systems touched|applications",
    "logins": "logins|auth models|authentication models",
    "cases_month": "cases month|cases a month|cases per month|volume|volume per month|monthly volume",
    "minutes_each": "minutes each|minutes|minutes per case|minutes a case|handling time",
}
_GUESSES = {name: field for field, names in _KNOWN_HEADERS.items() for name in names.split("|")}
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_GROUPED_DOTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_LIST = re.compile(r"[;|\n]")
_SYSTEMS = re.compile(r"[;|\n,]")


def suggest_mapping(headers: Sequence[str]) -> list[tuple[str, str]]:
    """Guesses (field, column) pairs from header names; empty where nothing is telling."""
    found: list[tuple[str, str]] = []
    for header in headers:
        field = _GUESSES.get(_plain(header))
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
    from prioritizer.exchange.boards import board_columns  # it asks this module in turn

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


def _plain(header: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", header.casefold()).split())
