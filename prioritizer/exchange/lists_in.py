"""Use cases as people write them down: one a line, perhaps as a Markdown list, perhaps as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.boards import board_of
from prioritizer.exchange.csv_in import CELL_LIMIT, COLUMN_LIMIT, Row, Sheet
from prioritizer.exchange.headers import field_of
from prioritizer.text.clean import clean_error, clean_text

ENTRY_LIMIT = 20_000
"""Characters of one line that are read at all."""

ENTRIES_LIMIT = 20_000
"""Use cases in one source: twice what the program is measured with."""

_BULLET = re.compile(r"(?:[-*+•‣◦▪·–—]|\(?[0-9]{1,4}[.)])(?:\s+|$)")
_CHECKBOX = re.compile(r"\[[ xX]?\](?:\s+|$)")
_HEADING = re.compile(r"#{1,6}\s")
_MAIL_HEAD = re.compile(r"(?:From|To|Cc|Bcc|Date|Sent|Subject|Reply-To):\s", re.IGNORECASE)
_QUOTED = re.compile(r"[ \t]{0,3}>(?:[ \t]?>){0,50}[ \t]?")
_RULE = re.compile(r"--|(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|```.*|~~~.*|={3,}")
_BOLD = re.compile(r"(\*\*|__)(?P<bold>[^*_]+?)(?P<colon>:?)\1(?P<rest>.*)", re.DOTALL)
_PARTING = re.compile(r":\s+|\s+[—–]\s+|\s+--\s+")
_BLANK = re.compile(r"[ \t\r\n]*")
_LONGEST_TITLE = 120
_DEEPEST = 6
"""How far down in an object its list of use cases may lie."""


def parse_list(text: str, shown: str) -> Sheet:
    """Reads a plain or Markdown list as a table with the columns *title* and *task*.

    Bullets, numbers and check boxes are taken off; headings, rules and blank lines are passed over.
    "Title: task" and "Title — task" are parted. Row numbers are line numbers.
    """
    rows: list[Row] = []
    for number, entry in _entries(unquoted(re.split(r"\r\n|[\r\n\u2028\u2029]", text))):
        if len(rows) == ENTRIES_LIMIT:
            raise too_many(shown)
        rows.append(Row(number, number, split_entry(entry)))
    return Sheet(("title", "task"), rows, "utf-8", "", [], shown)


def _entries(lines: list[str]) -> Iterator[tuple[int, str]]:
    """(line number, text without its bullet) of each entry; an indented line goes on with the bullet above it."""
    open_at, parts = 0, [""]
    for number, line in enumerate(lines, 1):
        entry = clean_text(line, limit=ENTRY_LIMIT, lines=False)
        bullet = _BULLET.match(entry)
        if open_at and entry and not bullet and line[:1] in " \t" and not _RULE.fullmatch(entry):
            parts.append(entry)
            continue
        if open_at:
            yield open_at, " ".join(parts)
            open_at = 0
        if not entry or _HEADING.match(entry) or _RULE.fullmatch(entry):
            continue
        if bullet:
            entry = entry[bullet.end() :]
        if box := _CHECKBOX.match(entry):
            entry = entry[box.end() :]
        if entry and bullet:
            open_at, parts = number, [entry]
        elif entry:
            yield number, entry
    if open_at:
        yield open_at, " ".join(parts)


def unquoted(lines: list[str]) -> list[str]:
    """Lines of a mail without its head and the signs of what it quotes; other lines as they are.

    Two lines or more that begin with ``>`` are a quotation; a single one may mean "more than".
    Lines that are taken off stand as blank ones, so that numbers of lines stay.
    """
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    last = first
    while last < len(lines) and _MAIL_HEAD.match(lines[last]):
        last += 1
    if last - first >= 2 and (last == len(lines) or not lines[last].strip()):
        lines = [*[""] * last, *lines[last:]]
    if sum(_QUOTED.match(line) is not None for line in lines) < 2:
        return lines
    return [line[quoted.end() :] if (quoted := _QUOTED.match(line)) else line for line in lines]


def is_entry(line: str) -> bool:
    """Whether a line begins with a bullet or a number, as an entry of a list does."""
    bullet = _BULLET.match(line.strip()[:ENTRY_LIMIT])
    return bullet is not None and not _RULE.fullmatch(line.strip()[:ENTRY_LIMIT])


def too_many(shown: str) -> PrioritizerError:
    """The refusal of a source with more entries than are read."""
    return PrioritizerError(
        f"“{shown}” has more than {ENTRIES_LIMIT:,} entries, which is more than is read at once."
    )


def split_entry(entry: str) -> tuple[str, str]:
    """Parts "Title: task" or "Title — task"; a text without either is all title."""
    if bold := _BOLD.fullmatch(entry):
        entry = bold["bold"] + bold["colon"] + bold["rest"]
    parting = _PARTING.search(entry, 1, _LONGEST_TITLE)
    if parting is None:
        return entry.strip(), ""
    title, task = entry[: parting.start()].strip(), entry[parting.end() :].strip()
    return (title, task) if title and task else (entry.strip(), "")


def looks_like_json(text: str) -> bool:
    """Whether a text without a telling name may be JSON: ``[TODO] plan`` is not."""
    return bool(re.match(r'\ufeff?\s*(?:\{\s*["}]|\[\s*[\["{\]])', text))


def parse_json(text: str, shown: str) -> Sheet:
    """Reads an array of titles or of objects, an object that holds one under ``use_cases``, or one object a line.

    The keys are the columns; row numbers count the entries from 1. A key that stands twice in one
    object is numbered, as a header that stands twice in a table.

    Raises:
        PrioritizerError: It is no JSON, or has another form.
    """
    try:
        document = _document(text.removeprefix("\ufeff"), shown)
    except json.JSONDecodeError as error:
        raise PrioritizerError(
            f"“{shown}” is not valid JSON: {clean_error(error.msg)}, line {error.lineno}, column {error.colno}."
        ) from None
    except (RecursionError, ValueError):
        raise PrioritizerError(
            f"“{shown}” is JSON that is nested too deeply or has a number too large."
        ) from None
    if (board := board_of(document, shown)) is not None:
        return board
    if isinstance(document, dict):
        document = _list_in(document)
    if not isinstance(document, list):
        raise PrioritizerError(f"“{shown}” should be a JSON array of titles, or of objects with a title.")
    columns: dict[str, int] = {}
    entries: list[dict[str, str]] = []
    for number, each in enumerate(document, 1):
        entry = {"title": each} if isinstance(each, str) else each
        if not isinstance(entry, dict):
            raise PrioritizerError(
                f"“{shown}”, entry {number}: it is neither a title nor an object with a title."
            )
        # Keys are cleaned here, because a column name is shown and compared like any other.
        cells = {clean_text(k, limit=300, lines=False) or "column": _as_text(v) for k, v in entry.items()}
        for key in cells:
            columns.setdefault(key, len(columns))
        entries.append(cells)
    if len(columns) > COLUMN_LIMIT or len(columns) * len(entries) > CELL_LIMIT:
        raise PrioritizerError(f"“{shown}” has {len(columns):,} different keys, which is more than is read.")
    rows = [Row(n, n, tuple(e.get(c, "") for c in columns)) for n, e in enumerate(entries, 1)]
    return Sheet(tuple(columns) or ("title",), rows, "utf-8", "", [], shown, guarded=False)


def _list_in(document: dict[str, Any]) -> Any:
    """The list of use cases inside an object; the object itself where it holds none, or more than one."""
    if isinstance(document.get("use_cases"), list):
        return document["use_cases"]
    if _has_title(document):
        return [document]
    found = list(_lists(document, _DEEPEST))
    return found[0] if len(found) == 1 else document


def _lists(document: dict[str, Any], deep: int) -> Iterator[list[Any]]:
    for value in document.values():
        if isinstance(value, list) and value and all(_has_title(each) for each in value):
            yield value
        elif isinstance(value, dict) and deep:
            yield from _lists(value, deep - 1)


def _has_title(entry: Any) -> bool:
    return isinstance(entry, dict) and any(field_of(key) == "title" for key in entry)


def _document(text: str, shown: str) -> Any:
    """The one document in a text; of several, one after the other, a list of all.

    Raises:
        json.JSONDecodeError: With the place in the whole text.
    """
    decoder = json.JSONDecoder(object_pairs_hook=_numbered)
    found: list[Any] = []
    place = _BLANK.match(text).end()  # type: ignore[union-attr]  # it matches nothing, too
    while place < len(text) or not found:
        each, end = decoder.raw_decode(text, place)
        found.append(each)
        if len(found) > ENTRIES_LIMIT:
            raise too_many(shown)
        place = _BLANK.match(text, end).end()  # type: ignore[union-attr]  # as above
    if len(found) == 1:
        return found[0]
    if all(isinstance(each, list) for each in found):
        return [entry for each in found for entry in each]
    return found


def _numbered(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entry = dict(pairs)
    if len(entry) == len(pairs):
        return entry
    entry, seen = {}, dict.fromkeys(entry, 1)
    for key, value in pairs:
        name = key
        while name in entry:
            seen[key] += 1
            name = f"{key} ({seen[key]})"
        entry[name] = value
    return entry


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(v, str | int | float) for v in value):
        return "\n".join(str(v) for v in value)
    if isinstance(value, list) and all(isinstance(v, dict) and isinstance(v.get("name"), str) for v in value):
        return "\n".join(v["name"] for v in value)  # labels and systems, as trackers write them
    return json.dumps(value, ensure_ascii=False)
