"""Exports of the usual boards and trackers, recognised by their documented shapes and mapped without hand work.

* Jira, "Export CSV": columns *Summary*, *Issue key*, and *Labels* as often as there are labels.
* Trello, "Export as JSON": one object with ``cards`` and ``lists``; archived cards have ``closed``.
* GitHub issues, as the REST API or ``gh issue list --json`` gives them: objects with ``title`` and ``labels``.
* Miro, "Export to spreadsheet (CSV)": the texts of sticky notes, one a row, without a header.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from prioritizer.exchange.csv_in import Refused, Row, Sheet
from prioritizer.exchange.fields import suggest_mapping
from prioritizer.text.clean import clean_text

Pairs = list[tuple[str, str]]

_NUMBERED = re.compile(r" \([0-9]+\)$")
_JIRA = {
    "summary": "title",
    "description": "task",
    "labels": "tag",
    "component/s": "tag",
    "components": "tag",
    "reporter": "proposer",
}
_NOTES = {
    "text": "title",
    "content": "title",
    "sticky note": "title",
    "sticky note text": "title",
    "tags": "tag",
    "tag": "tag",
    "frame": "tag",
    "author": "proposer",
    "created by": "proposer",
}
_NOTE_SIGNS = frozenset(
    {"frame", "type", "tags", "tag", "color", "colour", "author", "created by", "sticky note", "shape"}
)


def board_columns(headers: Sequence[str]) -> Pairs:
    """(field, column) pairs where the header is that of a known tracker; empty where it is not."""
    plain = [_NUMBERED.sub("", header).casefold() for header in headers]
    if "summary" in plain and ("issue key" in plain or "issue id" in plain):
        return _pairs(headers, plain, _JIRA)
    titles = [p for p in plain if _NOTES.get(p) == "title"]
    if len(titles) == 1 and _NOTE_SIGNS & set(plain):
        return _pairs(headers, plain, _NOTES)
    return []


def _pairs(headers: Sequence[str], plain: Sequence[str], fields: Mapping[str, str]) -> Pairs:
    found: Pairs = []
    for header, name in zip(headers, plain, strict=True):
        field = fields.get(name)
        if field is None or (field != "tag" and any(f == field for f, _ in found)):
            continue
        found.append((field, header))
    return found


def without_header(sheet: Sheet) -> Sheet:
    """A list of sticky notes that has no header: its first row is a note too, and must not be lost.

    A table of one column whose header is none of the words that people give to titles.
    """
    if len(sheet.headers) != 1 or sheet.header_row is None:
        return sheet
    known = suggest_mapping([sheet.headers[0], "another column"])
    if known or _NOTES.get(sheet.headers[0].casefold()):
        return sheet
    return Sheet(
        ("title",),
        [sheet.header_row, *sheet.rows],
        sheet.encoding,
        sheet.delimiter,
        sheet.refused,
        sheet.name,
        guarded=sheet.guarded,
    )


def board_of(document: Any, shown: str) -> Sheet | None:
    """The table in the JSON export of a known board; none where it is another document."""
    for recognise in (_trello, _github):
        sheet = recognise(document, shown)
        if sheet is not None:
            return sheet
    return None


def _trello(document: Any, shown: str) -> Sheet | None:
    if not isinstance(document, dict):
        return None
    cards, lists = document.get("cards"), document.get("lists")
    if not isinstance(cards, list) or not isinstance(lists, list):
        return None
    names = {_text(each.get("id")): _text(each.get("name")) for each in lists if isinstance(each, dict)}
    gone = {_text(each.get("id")) for each in lists if isinstance(each, dict) and each.get("closed") is True}

    def row(card: Mapping[str, Any]) -> tuple[list[str], str]:
        home = _text(card.get("idList"))
        why = "the card is archived" if card.get("closed") is True else ""
        if not why and home in gone:
            why = "its list is archived"
        cells = [
            _text(card.get("name")),
            _text(card.get("desc")),
            _labels(card.get("labels")),
            names.get(home, ""),
            _text(card.get("due")),
            _text(card.get("shortUrl") or card.get("url")),
        ]
        return cells, why

    return _table(cards, ("title", "task", "tag", "list", "due", "url"), row, shown)


def _github(document: Any, shown: str) -> Sheet | None:
    if not isinstance(document, list) or not document:
        return None
    first = document[0]
    if not isinstance(first, dict) or "title" not in first or not {"labels", "number", "state"} & set(first):
        return None
    if not any(key in first for key in ("html_url", "url", "number")):
        return None

    def row(issue: Mapping[str, Any]) -> tuple[list[str], str]:
        why = "it is a pull request, not an issue" if issue.get("pull_request") else ""
        user = issue.get("user") or issue.get("author")
        cells = [
            _text(issue.get("title")),
            _text(issue.get("body")),
            _labels(issue.get("labels")),
            _text(user.get("login")) if isinstance(user, dict) else _text(user),
            _text(issue.get("number")),
            _text(issue.get("state")),
            _text(issue.get("html_url") or issue.get("url")),
        ]
        return cells, why

    return _table(document, ("title", "task", "tag", "proposer", "number", "state", "url"), row, shown)


def _table(
    entries: Sequence[Any],
    headers: tuple[str, ...],
    row: Callable[[Mapping[str, Any]], tuple[list[str], str]],
    shown: str,
) -> Sheet:
    rows: list[Row] = []
    refused: list[Refused] = []
    for number, each in enumerate(entries, 1):
        if not isinstance(each, dict):
            refused.append(Refused(number, "it is not a card"))
            continue
        cells, why = row(each)
        if why:
            refused.append(Refused(number, why))
        else:
            rows.append(Row(number, number, cells))
    return Sheet(headers, rows, "utf-8", "", refused, shown, guarded=False)


def _labels(value: Any) -> str:
    """Names of labels, one a line: text or objects with a name; an unnamed one has only its colour."""
    if not isinstance(value, list):
        return ""
    names = [
        _text(each.get("name") or each.get("color")) if isinstance(each, dict) else _text(each)
        for each in value
    ]
    return "\n".join(clean_text(name, limit=200, lines=False) for name in names if name)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
