"""Exports of boards and trackers, made up here in their documented shapes, map without hand work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.use_cases_in import Candidate, read_use_cases

JIRA = """\
Summary,Issue key,Issue id,Issue Type,Status,Project key,Reporter,Created,Labels,Labels,Labels,Component/s,Description
Route support tickets,OPS-12,10012,Task,To Do,OPS,kim,2026-03-01,support,routing,,Helpdesk,"Set the queue
of every ticket"
Draft filings,OPS-13,10013,Story,In Progress,OPS,lee,2026-03-02,compliance,,,,
"""

TRELLO = {
    "id": "b1",
    "name": "Ideas for the pilot",
    "closed": False,
    "lists": [
        {"id": "l1", "name": "New", "closed": False},
        {"id": "l2", "name": "Old", "closed": True},
    ],
    "labels": [{"id": "x", "name": "support", "color": "green"}],
    "cards": [
        {
            "id": "c1",
            "name": "Route tickets",
            "desc": "Set the *queue*",
            "closed": False,
            "idList": "l1",
            "labels": [{"name": "support", "color": "green"}, {"name": "", "color": "red"}],
            "due": "2026-04-01T10:00:00.000Z",
            "shortUrl": "https://trello.example/c/1",
        },
        {"id": "c2", "name": "Archived card", "desc": "", "closed": True, "idList": "l1", "labels": []},
        {
            "id": "c3",
            "name": "In an archived list",
            "desc": "",
            "closed": False,
            "idList": "l2",
            "labels": [],
        },
        {"id": "c4", "name": " ", "desc": "", "closed": False, "idList": "l1", "labels": []},
    ],
}

GITHUB = [
    {
        "number": 7,
        "title": "Triage bug reports",
        "body": "Propose a component\r\nand a severity.",
        "state": "open",
        "user": {"login": "kim", "id": 1},
        "labels": [{"name": "engineering", "color": "aaa"}, {"name": "triage"}],
        "html_url": "https://github.example/o/r/issues/7",
    },
    {
        "number": 8,
        "title": "Fix the build",
        "body": None,
        "state": "open",
        "user": {"login": "lee"},
        "labels": [],
        "pull_request": {"url": "https://github.example/pulls/8"},
    },
]


def written(folder: Path, name: str, document: object) -> Path:
    path = folder / name
    text = document if isinstance(document, str) else json.dumps(document)
    path.write_text(text, encoding="utf-8")
    return path


def test_jira(tmp_path: Path) -> None:
    found = read_use_cases(written(tmp_path, "jira.csv", JIRA))
    one, two = found.rows
    assert (one.title, one.task, one.proposer) == (
        "Route support tickets",
        "Set the queue\nof every ticket",
        "kim",
    )
    assert one.tags == ("support", "routing", "Helpdesk")
    assert one.source["Issue key"] == "OPS-12"
    assert (two.title, two.task, two.tags) == ("Draft filings", "", ("compliance",))
    assert ("title", "Summary") in found.mapping


def test_a_summary_is_a_task_where_no_tracker_wrote_it() -> None:
    (row,) = read_use_cases(b"Title,Summary\nRouting,Route it\n").rows
    assert (row.title, row.task) == ("Routing", "Route it")


def test_trello(tmp_path: Path) -> None:
    found = read_use_cases(written(tmp_path, "board.json", TRELLO))
    assert found.rows == [
        Candidate(
            1,
            "Route tickets",
            "Set the *queue*",
            tags=("support", "red"),
            source={
                "list": "New",
                "due": "2026-04-01T10:00:00.000Z",
                "url": "https://trello.example/c/1",
            },
        )
    ]
    assert [(r.row, r.reason) for r in found.refused] == [
        (2, "the card is archived"),
        (3, "its list is archived"),
        (4, "it has no title"),
    ]


def test_github_issues(tmp_path: Path) -> None:
    found = read_use_cases(written(tmp_path, "issues.json", GITHUB))
    (one,) = found.rows
    assert (one.title, one.task) == ("Triage bug reports", "Propose a component\nand a severity.")
    assert (one.tags, one.proposer) == (("engineering", "triage"), "kim")
    assert one.source["number"] == "7"
    assert [(r.row, r.reason) for r in found.refused] == [(2, "it is a pull request, not an issue")]
    by_tool = [
        {
            "number": 9,
            "title": "By the tool",
            "labels": [{"name": "x"}],
            "url": "https://x",
            "author": {"login": "lee"},
        }
    ]
    (row,) = read_use_cases(json.dumps(by_tool).encode()).rows
    assert (row.title, row.tags, row.proposer) == ("By the tool", ("x",), "lee")


def test_sticky_notes_without_a_header_lose_none(tmp_path: Path) -> None:
    notes = 'Route support tickets\n"Draft filings, and check them"\n"two\nlines"\n'
    found = read_use_cases(written(tmp_path, "miro.csv", notes))
    assert [(c.row, c.title) for c in found.rows] == [
        (1, "Route support tickets"),
        (2, "Draft filings, and check them"),
        (3, "two lines"),
    ]


@pytest.mark.parametrize("header", ["title", "Use case", "Name", "text", "Sticky note"])
def test_a_column_with_a_header_keeps_it_as_one(tmp_path: Path, header: str) -> None:
    found = read_use_cases(written(tmp_path, "list.csv", f"{header}\nRouting\n"))
    assert [c.title for c in found.rows] == ["Routing"]


def test_sticky_notes_with_columns(tmp_path: Path) -> None:
    notes = "Frame,Type,Text,Tags,Author\nIdeas,sticky_note,Route tickets,support,Kim\nIdeas,sticky_note,,,\n"
    found = read_use_cases(written(tmp_path, "miro.csv", notes))
    (one,) = found.rows
    assert (one.title, one.tags, one.proposer) == ("Route tickets", ("Ideas", "support"), "Kim")
    assert [r.row for r in found.refused] == [3]


@pytest.mark.parametrize(
    "document",
    [
        {"cards": 1, "lists": []},
        {"cards": [1, None, "x", []], "lists": [None]},
        {"cards": [{"name": {"a": 1}, "labels": [1, None, {"name": []}], "idList": []}], "lists": [{}]},
        [{"title": ["a"], "labels": "x", "number": {}}],
        [{"title": "a", "labels": [], "number": 1}, 3],
    ],
)
def test_a_board_of_another_shape_is_no_traceback(document: object) -> None:
    try:
        found = read_use_cases(json.dumps(document).encode(), name="b.json")
    except PrioritizerError:
        return
    assert all(c.title for c in found.rows)


ISSUE = {"number": 1, "title": "Route tickets", "body": "Set the queue", "labels": [{"name": "support"}]}
OTHER = {"number": 2, "title": "Draft filings", "body": "", "labels": []}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ISSUE]) + json.dumps([OTHER]),  # gh api --paginate: an array a page
        json.dumps([[ISSUE], [OTHER]]),  # gh api --paginate --slurp
        json.dumps(ISSUE) + "\n" + json.dumps(OTHER) + "\n",  # JSON lines
        json.dumps({"total_count": 2, "incomplete_results": False, "items": [ISSUE, OTHER]}),  # search
        json.dumps(
            {
                "data": {
                    "repository": {
                        "issues": {
                            "nodes": [
                                {**ISSUE, "labels": {"nodes": [{"name": "support"}]}},
                                {**OTHER, "labels": {"nodes": []}},
                            ],
                            "pageInfo": {"hasNextPage": False},
                        }
                    }
                }
            }
        ),  # GraphQL
        json.dumps(
            {
                "items": [
                    {
                        "content": {"type": "Issue", **{k: v for k, v in ISSUE.items() if k != "labels"}},
                        "title": "Route tickets",
                        "labels": ["support"],
                        "status": "Todo",
                    },
                    {
                        "content": {"type": "DraftIssue", "title": "Draft filings", "body": ""},
                        "status": "Todo",
                    },
                ],
                "totalCount": 2,
            }
        ),  # gh project item-list --format json
    ],
    ids=["pages", "slurped", "lines", "search", "graphql", "project"],
)
@pytest.mark.parametrize("name", ["issues.json", "issues.jsonl", "-"])
def test_github_in_every_form_in_which_it_answers(tmp_path: Path, text: str, name: str) -> None:
    found = read_use_cases(text.encode() if name == "-" else written(tmp_path, name, text))
    assert [(c.title, c.task, c.tags) for c in found.rows] == [
        ("Route tickets", "Set the queue", ("support",)),
        ("Draft filings", "", ()),
    ]
    assert not found.refused


def test_lines_of_json_whose_third_is_broken_say_which() -> None:
    with pytest.raises(PrioritizerError, match="line 3"):
        read_use_cases(b'{"title": "a"}\n{"title": "b"}\n{"title" "c"}\n', name="x.json")


def test_a_key_that_stands_twice_loses_neither_value() -> None:
    (row,) = read_use_cases(b'[{"title": "a", "title": "b", "extra": 1}]', name="x.json").rows
    assert row.title == "a"
    assert row.source["title (2)"] == "b"
