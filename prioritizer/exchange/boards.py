"""Exports of boards that are no plain table: sticky notes without a header, and boards as JSON.

* Miro, "Save as CSV": no description of the file could be found. Programs that read it take the first filled
  cell of a row for the text, and expect it with a header (*Text* or *Content*, *Tags*) and without one.
* Trello, "Export as JSON": one object with ``cards`` and ``lists``, as its REST API names their fields;
  archived cards and lists have ``closed``.
* GitHub issues: objects with ``title``, ``body`` and ``labels`` as in "REST API endpoints for issues". They come
  as an array, as an array a page (``gh api --paginate``, with ``--slurp`` inside another array), one a line, under
  ``items`` (search; ``gh project item-list``, there with ``content``), and under ``nodes`` of a GraphQL answer.

Tables of trackers are in `prioritizer.exchange.trackers`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from prioritizer.exchange.csv_in import Refused, Row, Sheet
from prioritizer.exchange.headers import field_of
from prioritizer.exchange.trackers import Pairs, pairs_of, plain_headers, tracker_columns
from prioritizer.text.clean import clean_text

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
_ISSUE_SIGNS = ("labels", "number", "state", "html_url", "url")
_DEEPEST = 6
"""How far down a GraphQL answer its ``nodes`` may lie."""


def board_columns(headers: Sequence[str]) -> Pairs:
    """(field, column) pairs where the header is that of a known tracker or board; empty where it is not."""
    if found := tracker_columns(headers):
        return found
    plain = plain_headers(headers)
    titles = [p for p in plain if _NOTES.get(p) == "title"]
    if len(titles) == 1 and _NOTE_SIGNS & set(plain):
        return pairs_of(headers, plain, _NOTES)
    return []


def without_header(sheet: Sheet) -> Sheet:
    """A list of sticky notes that has no header: its first row is a note too, and must not be lost.

    A table of one column whose header is none of the words that people give to titles.
    """
    if len(sheet.headers) != 1 or sheet.header_row is None:
        return sheet
    if field_of(sheet.headers[0]) or _NOTES.get(sheet.headers[0].casefold()):
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
    issues = _issues(document)
    if not issues:
        return None
    first = next((each for each in issues if isinstance(each, dict)), None)
    if first is None or "title" not in first or sum(sign in first for sign in _ISSUE_SIGNS) < 2:
        return None

    def row(issue: Mapping[str, Any]) -> tuple[list[str], str]:
        kind = issue.get("type") or issue.get("__typename")
        pull = issue.get("pull_request") or kind == "PullRequest"
        why = "it is a pull request, not an issue" if pull else ""
        user = issue.get("user") or issue.get("author")
        cells = [
            _text(issue.get("title")),
            _text(issue.get("body")),
            _labels(issue.get("labels")),
            _text(user.get("login")) if isinstance(user, dict) else _text(user),
            _text(issue.get("number")),
            _text(issue.get("state") or issue.get("status")),
            _text(issue.get("html_url") or issue.get("url")),
        ]
        return cells, why

    return _table(issues, ("title", "task", "tag", "proposer", "number", "state", "url"), row, shown)


def _issues(document: Any) -> list[Any]:
    """The issues in an answer of GitHub, whatever holds them; empty where it is something else."""
    if isinstance(document, list):
        if document and all(isinstance(page, list) for page in document):
            return [each for page in document for each in page]
        pages = [_issues(page) for page in document] if _are_answers(document) else []
        return [each for page in pages for each in page] if pages and all(pages) else document
    if not isinstance(document, dict):
        return []
    if isinstance(items := document.get("items"), list):
        return [_item(each) for each in items]
    return _nodes(document.get("data"), _DEEPEST)


def _are_answers(documents: list[Any]) -> bool:
    """Whether these are whole answers, one a page, and not issues."""
    return all(isinstance(each, dict) and "title" not in each for each in documents)


def _item(item: Any) -> Any:
    """An item of a project holds its issue under ``content``; labels and status stand beside it."""
    content = item.get("content") if isinstance(item, dict) else None
    if not isinstance(content, dict):
        return item
    beside = {key: item[key] for key in ("labels", "status") if key in item}
    named = {"title": item.get("title"), **content, **beside}
    return {"state": "", "number": "", **named}


def _nodes(value: Any, deep: int) -> list[Any]:
    if not isinstance(value, dict) or deep == 0:
        return []
    if isinstance(nodes := value.get("nodes"), list):
        return nodes
    if isinstance(edges := value.get("edges"), list):
        return [each.get("node") if isinstance(each, dict) else each for each in edges]
    return next((found for each in value.values() if (found := _nodes(each, deep - 1))), [])


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
    if isinstance(value, dict):  # GraphQL
        value = value.get("nodes")
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
