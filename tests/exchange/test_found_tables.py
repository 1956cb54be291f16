"""Tables and lists inside something else: a Markdown document, a mail, a sheet with a heading, a JSON object."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.csv_in import Refused
from prioritizer.exchange.pasted_in import read_pasted
from prioritizer.exchange.use_cases_in import Candidates, candidates_of, read_use_cases

DOCUMENT = """# Ideas of the workshop

What people wrote | what they meant.

| Title | Task | Tags |
|:------|:----:|-----:|
| Route **tickets** | Set the tag \\| the queue | support |
| **Draft the filing** | one<br>two |
| \\[TODO\\] plan | |  | one | too many |
| | no title | |

- not in the table

| Who | When |
| --- | --- |
| Ada | today |
"""


def rows(found: Candidates) -> list[tuple[int, str, str, tuple[str, ...]]]:
    return [(c.row, c.title, c.task, c.tags) for c in found.rows]


def test_the_table_of_a_markdown_document(tmp_path: Path) -> None:
    path = tmp_path / "ideas.md"
    path.write_text(DOCUMENT)
    for found in (
        read_use_cases(path),
        read_use_cases(DOCUMENT.encode()),
        candidates_of(read_pasted(DOCUMENT)),
        read_use_cases(path, mapping=[("title", "title"), ("task", "Task"), ("tag", "Tags")]),
    ):
        assert rows(found) == [
            (7, "Route **tickets**", "Set the tag | the queue", ("support",)),
            (8, "Draft the filing", "one\ntwo", ()),
        ]
        assert found.refused == [
            Refused(9, "it has 5 cells where the header has 3"),
            Refused(10, "it has no title"),
            Refused(12, "it stands outside the table"),
            Refused(16, "it stands in another table"),
        ]


def test_a_markdown_table_without_outer_bars() -> None:
    found = read_use_cases(b"Use case | Task\n--- | ---\nA | b\nC |\n")
    assert rows(found) == [(3, "A", "b", ()), (4, "C", "", ())]


def test_a_list_stays_a_list_where_no_table_has_titles(tmp_path: Path) -> None:
    path = tmp_path / "ideas.md"
    path.write_text("- A\n- B | b\n\nWho | When\n--- | ---\nAda | today\n")
    assert [c.title for c in read_use_cases(path).rows][:2] == ["A", "B | b"]


@pytest.mark.parametrize(
    "text", ["|\n" * 50_000, "|" * 100_000 + "\n" + "|-" * 100_000, "| \n|" + " " * 100_000]
)
def test_bars_without_end_are_read_in_bounded_time(text: str) -> None:
    with contextlib.suppress(PrioritizerError):
        assert len(read_use_cases(text.encode()).rows) <= 50_000


MAIL = """From: Ada <ada@example.org>
To: Ben <ben@example.org>
Subject: Ideas

> 1) Route support tickets
>> 2) Draft the filing
>
  * Extract contract clauses - and note
    which of them are missing
"""


def test_a_list_in_a_mail() -> None:
    found = read_use_cases(MAIL.encode())
    assert [(c.row, c.title) for c in found.rows] == [
        (5, "Route support tickets"),
        (6, "Draft the filing"),
        (8, "Extract contract clauses - and note which of them are missing"),
    ]
    pasted = candidates_of(read_pasted(MAIL))
    assert [c.title for c in pasted.rows][:2] == ["Route support tickets", "Draft the filing"]


def test_what_only_looks_like_a_mail_is_kept() -> None:
    found = read_use_cases(b"To: be or not\n> 5 days late\n")
    assert [(c.title, c.task) for c in found.rows] == [("To", "be or not"), ("> 5 days late", "")]


HEADING = [
    ["AI use cases 2025", "", "", ""],
    ["", "", "", ""],
    ["What", "", "How often", ""],
    ["Use case", "Description", "Cases per month", "Minutes each"],
    ["Route tickets", "Set the tag", "1200", "4"],
    ["Title", "", "", ""],
]


def as_csv(table: list[list[str]]) -> bytes:
    return "\n".join(";".join(row) for row in table).encode()


def as_xlsx(table: list[list[str]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in table:
        book.active.append([cell or None for cell in row])
    book.active.merge_cells("A1:D1")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("form", [as_csv, as_xlsx], ids=["csv", "xlsx"])
def test_the_header_may_stand_below_a_heading(form: object) -> None:
    assert callable(form)
    data: bytes = form(HEADING)
    for mapping in ([], [("title", "Use case"), ("task", "description"), ("cases_month", "Cases per month")]):
        found = read_use_cases(data, name="x.csv", mapping=mapping)
        assert [(c.row, c.title, c.task, c.cases_month) for c in found.rows] == [
            (5, "Route tickets", "Set the tag", 1200.0),
            (6, "Title", "", None),
        ]
        assert found.above == 2
        assert found.headers == ("Use case", "Description", "Cases per month", "Minutes each")


def test_a_row_of_words_is_no_header_below_a_header() -> None:
    found = read_use_cases(b"Name,Task\nTitle,Description\nA,b\n")
    assert [c.title for c in found.rows] == ["Title", "A"]
    assert found.above == 0


@pytest.mark.parametrize(
    "document",
    [
        {
            "workshop": {"date": "2025"},
            "data": {"ideas": [{"name": "A", "tags": [{"name": "x"}]}, {"name": "B"}]},
        },
        {"ideas": [{"title": "A", "tags": ["x"]}, {"title": "B"}], "count": [1, 2]},
    ],
)
def test_the_one_list_inside_a_json_object(document: object) -> None:
    found = read_use_cases(json.dumps(document).encode())
    assert [(c.title, c.tags) for c in found.rows] == [("A", ("x",)), ("B", ())]


def test_one_json_object_with_a_title_is_one_use_case() -> None:
    assert [c.title for c in read_use_cases(b'{"title": "Only one"}').rows] == ["Only one"]


def test_of_two_lists_in_a_json_object_none_is_guessed() -> None:
    with pytest.raises(PrioritizerError, match="should be a JSON array"):
        read_use_cases(b'{"a": [{"title": "A"}], "b": [{"title": "B"}]}')


def test_a_mark_of_utf_8_before_another_encoding() -> None:
    found = read_use_cases(b"\xef\xbb\xbf" + "title;task\nRechnung prüfen;5 €\n".encode("cp1252"))
    assert rows(found) == [(2, "Rechnung prüfen", "5 €", ())]
    assert found.encoding == "cp1252"


def test_a_pasted_sheet_with_a_heading() -> None:
    found = candidates_of(read_pasted("\n".join("\t".join(row) for row in HEADING)))
    assert [c.title for c in found.rows] == ["Route tickets", "Title"]
