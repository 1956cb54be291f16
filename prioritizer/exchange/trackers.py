"""Tables as trackers and whiteboards export them, known by their headers and mapped without hand work.

Where each header comes from:

* Jira, "Export CSV (all fields)" and the CSV of a list: headers of exports in public repositories. *Labels*,
  *Components*, *Sprint* and *Comment* stand once for each value; a tracker that calls its issues work items
  renames *Issue key*. Rows wider than the header occur, and are refused by number.
* Azure DevOps, "Export to CSV": Microsoft's "Import, update, and export bulk work items with CSV files". Tags are
  parted with semicolons, descriptions are HTML, people are ``Name <mail>``.
* Asana, Linear and Trello (the CSV of its paid plans): headers in the tests of programs that import them.
* GitLab, "Export issues to CSV": its documentation, and an issue of its own project that quotes the header.
* GitHub Projects, "Exporting your projects data": a TSV with the columns of the view.
* Mural, the CSV of sticky notes: the header in the notes of programs that read it.
* Microsoft Planner, "Export plan to Excel": headers in programs that read it.

Labels in one cell are parted with commas by Asana, Linear, GitLab, GitHub, Trello and Mural, and only there is
a comma read so: a department in somebody's own list may be called "Research, Development".
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from prioritizer.exchange.csv_in import Refused, Row, Sheet

Pairs = list[tuple[str, str]]
Reading = Callable[[str], str]

_NUMBERED = re.compile(r" \([0-9]+\)$")
_MAIL = re.compile(r"\s*<[^<>]*>\s*$")
_COLOUR = re.compile(r" \((?:green|yellow|orange|red|purple|blue|sky|lime|pink|black)(?:_(?:dark|light))?\)$")
_TAG = re.compile(r"(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>])")
_PARTS = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"script", "style"})


@dataclass(frozen=True)
class Tracker:
    """How one kind of table is known, and what its columns mean; all names are in lower case.

    Attributes:
        signs: Headers that it has, all of them.
        fields: The field that a header fills.
        reads: How the cells of a header are turned into what a person would have written.
        archived: A header whose cell is ``true`` where the row is put away.
    """

    signs: frozenset[str]
    fields: Mapping[str, str]
    reads: Mapping[str, Reading] = field(default_factory=dict)
    archived: str = ""


def _commas(cell: str) -> str:
    return "\n".join(part.strip() for part in cell.split(","))


def _coloured(cell: str) -> str:
    """``Urgent (red_dark), Support (green)``: the names alone."""
    return "\n".join(_COLOUR.sub("", part.strip()) for part in cell.split(","))


def _name(cell: str) -> str:
    return _MAIL.sub("", cell)


def plain_of_html(cell: str) -> str:
    """The text of a description that is HTML, in one pass over it; what is no tag stays as it is."""
    found: list[str] = []
    hidden = ""  # the tag whose end is waited for
    first, *pieces = cell.split("<")
    found.append(first)
    for piece in pieces:
        if hidden == "--":
            _, end, rest = piece.partition("-->")
            if end:
                hidden = ""
                found.append(rest)
            continue
        if piece.startswith("!--"):
            _, end, rest = piece.partition("-->")
            hidden = "" if end else "--"
            found.append(rest)
            continue
        tag, close = _TAG.match(piece), piece.find(">")
        if tag is None or close < 0:
            if not hidden:
                found.append("<" + piece)
            continue
        name = tag[2].casefold()
        if hidden:
            if not (tag[1] and name == hidden):
                continue
            hidden = ""
        elif name in _UNSEEN and not tag[1]:
            hidden = name
            continue
        found.append(("\n" if name in _PARTS else "") + piece[close + 1 :])
    lines = html.unescape("".join(found)).replace("\xa0", " ").splitlines()
    return "\n".join(kept for line in lines if (kept := " ".join(line.split())))


_ISSUE = {
    "summary": "title",
    "description": "task",
    "labels": "tag",
    "component/s": "tag",
    "components": "tag",
    "reporter": "proposer",
}
TRACKERS = (
    *(
        Tracker(frozenset({"summary", key}), _ISSUE)
        for key in ("issue key", "issue id", "work item key", "work item id")
    ),
    Tracker(
        frozenset({"card name", "card description", "labels"}),
        {"card name": "title", "card description": "task", "labels": "tag"},
        {"labels": _coloured},
        archived="archived",
    ),
    Tracker(
        frozenset({"work item type", "title"}),
        {"title": "title", "description": "task", "tags": "tag", "created by": "proposer"},
        {"description": plain_of_html, "created by": _name},
    ),
    Tracker(
        frozenset({"task id", "name", "section/column"}),
        {"name": "title", "notes": "task", "tags": "tag"},
        {"tags": _commas},
    ),
    Tracker(
        frozenset({"id", "team", "title", "status", "estimate"}),
        {"title": "title", "description": "task", "labels": "tag", "creator": "proposer"},
        {"labels": _commas},
    ),
    Tracker(
        frozenset({"title", "issue id", "url", "state"}),
        {"title": "title", "description": "task", "labels": "tag", "author": "proposer"},
        {"labels": _commas},
    ),
    Tracker(
        frozenset({"title", "url", "assignees"}), {"title": "title", "labels": "tag"}, {"labels": _commas}
    ),
    Tracker(
        frozenset({"text", "bg color", "sticky type"}),
        {"text": "title", "area": "tag", "tags": "tag"},
        {"text": html.unescape, "area": html.unescape, "tags": _commas},
    ),
    Tracker(
        frozenset({"task name", "bucket name"}),
        {
            "task name": "title",
            "description": "task",
            "notes": "task",
            "labels": "tag",
            "created by": "proposer",
        },
    ),
)


def tracker_columns(headers: Sequence[str]) -> Pairs:
    """(field, column) pairs where the header is that of a known tracker; empty where it is not."""
    plain = plain_headers(headers)
    tracker = _tracker(plain)
    return pairs_of(headers, plain, tracker.fields) if tracker is not None else []


def as_written(sheet: Sheet) -> Sheet:
    """The table of a tracker with its cells as a person would have written them; any other as it is.

    Labels come one a line, HTML becomes text, ``Name <mail>`` the name, and what is archived is refused.
    """
    plain = plain_headers(sheet.headers)
    tracker = _tracker(plain)
    if tracker is None:
        return sheet
    reads = [(place, tracker.reads[name]) for place, name in enumerate(plain) if name in tracker.reads]
    away = plain.index(tracker.archived) if tracker.archived in plain else None
    rows: list[Row] = []
    refused = list(sheet.refused)
    for row in sheet.rows:
        if away is not None and row.cells[away].strip().casefold() == "true":
            refused.append(Refused(row.number, "the card is archived"))
            continue
        cells = list(row.cells)
        for place, read in reads:
            cells[place] = read(cells[place])
        rows.append(row._replace(cells=cells))
    return replace(sheet, rows=rows, refused=refused)


def plain_headers(headers: Sequence[str]) -> list[str]:
    """Headers to compare: lower case, and without the number that a repeated one was given."""
    return [_NUMBERED.sub("", header).casefold() for header in headers]


def pairs_of(headers: Sequence[str], plain: Sequence[str], fields: Mapping[str, str]) -> Pairs:
    """(field, column) pairs; only tags may come from several columns."""
    found: Pairs = []
    for header, name in zip(headers, plain, strict=True):
        filled = fields.get(name)
        if filled is None or (filled != "tag" and any(f == filled for f, _ in found)):
            continue
        found.append((filled, header))
    return found


def _tracker(plain: Sequence[str]) -> Tracker | None:
    names = frozenset(plain)
    return next((each for each in TRACKERS if each.signs <= names), None)
