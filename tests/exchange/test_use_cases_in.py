from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.csv_in import Refused
from prioritizer.exchange.csv_out import write_csv
from prioritizer.exchange.fields import read_number, read_tags, suggest_mapping
from prioritizer.exchange.lists_in import split_entry
from prioritizer.exchange.use_cases_in import Candidate, read_use_cases
from prioritizer.text.clean import clean_text
from tests.exchange.federal import FEDERAL, needs_federal
from tests.text.corpus import FORMULAS, HONEST, NASTY


def titles(data: bytes | str) -> list[str]:
    raw = data.encode() if isinstance(data, str) else data
    return [c.title for c in read_use_cases(raw).rows]


def test_a_mapping_with_several_tags() -> None:
    data = b"Name,Agency,Bureau,Why\nRouting,A,B,because\nTriage,A,A,\n"
    found = read_use_cases(data, mapping=[("title", "name"), ("tag", "Agency"), ("tag", "Bureau")])
    assert found.rows == [
        Candidate(2, "Routing", tags=("A", "B"), source={"Why": "because"}),
        Candidate(3, "Triage", tags=("A",)),
    ]
    assert found.mapping == [("title", "Name"), ("tag", "Agency"), ("tag", "Bureau")]
    same = read_use_cases(data, mapping={"title": "Name", "tag": ["Agency", "Bureau"]})
    assert same.rows == found.rows


def test_every_field() -> None:
    data = (
        b"title;task;note;tags;proposer;systems;logins;cases_month;minutes_each\n"
        b"Routing;Route;n;a|b;Kim;CRM, ERP;2;1.200,5;3,5\n"
    )
    (row,) = read_use_cases(data).rows
    assert row == Candidate(2, "Routing", "Route", "n", ("a", "b"), "Kim", ("CRM", "ERP"), 2, 1200.5, 3.5)


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ([("title", "Nmae")], "has no column “Nmae”. Did you mean “Name”?"),
        ([("titel", "Name")], "A use case has no field “titel”. Did you mean “title”?"),
        ([("zzz", "Name")], "There are title, task"),
        ([("title", "Name"), ("title", "Agency")], "Two columns are mapped to title"),
        ([("tag", "Agency"), ("task", "Name")], None),
    ],
)
def test_wrong_mappings_get_a_sentence(mapping: list[tuple[str, str]], sentence: str | None) -> None:
    data = b"Name,Agency\nRouting,A\n"
    if sentence is None:
        assert read_use_cases(data, mapping=mapping).rows[0].title == "Routing"
        return
    with pytest.raises(PrioritizerError) as caught:
        read_use_cases(data, mapping=mapping)
    assert sentence in str(caught.value)


def test_no_column_of_titles(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("foo,bar\n1,2\n")
    with pytest.raises(PrioritizerError, match=r"Which column of .*Say --map title=COLUMN.*“foo”, “bar”"):
        read_use_cases(path)


def test_rows_without_a_title_are_refused_and_the_others_enter() -> None:
    found = read_use_cases("title,task\nA,1\n  ,2\n\u200d,3\nB\nC,4\n".encode())
    assert [c.title for c in found.rows] == ["A", "C"]
    assert [(r.row, r.reason.split(" where")[0]) for r in found.refused] == [
        (3, "it has no title"),
        (4, "it has no title"),
        (5, "it has 1 cell"),
    ]


def test_numbers_refuse_a_row_only_where_the_column_was_meant() -> None:
    data = b"title,volume\nA,about 300\nB,250\n"
    guessed = read_use_cases(data)
    assert guessed.refused == []
    assert guessed.rows[0].source == {"volume": "about 300"}
    assert guessed.rows[1].cases_month == 250
    meant = read_use_cases(data, mapping=[("title", "title"), ("cases_month", "volume")])
    assert meant.refused == [Refused(2, "“about 300” is not a number of cases a month")]
    assert [c.title for c in meant.rows] == ["B"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("300", 300),
        ("1,200", 1200),
        ("1 200", 1200),
        ("1\u00a0200", 1200),
        ("1'200", 1200),
        ("1,200.5", 1200.5),
        ("1.200,5", 1200.5),
        ("1.200.300", 1200300),
        ("3,5", 3.5),
        ("3.5", 3.5),
        ("-5", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        ("1e3", None),
        ("٣", None),
        ("0x10", None),
        ("", None),
        ("9" * 400, None),
    ],
)
def test_numbers_as_people_write_them(text: str, number: float | None) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", NASTY + FORMULAS + HONEST)
def test_nasty_cells_come_in_clean(text: str) -> None:
    data = write_csv(["title", "task", "other"], [["fine", text, text]])
    if len(text) > 50_000:
        data = write_csv(["title", "task", "other"], [["fine", text[:20_000], text[:20_000]]])
    (row,) = read_use_cases(data).rows
    assert row.task == clean_text(text.encode(errors="replace").decode()).strip()
    assert row.source.get("other", "") == row.task


@pytest.mark.parametrize("text", FORMULAS + HONEST)
def test_the_guard_is_taken_off_again(text: str) -> None:
    title = clean_text(text, lines=False)
    (row,) = read_use_cases(write_csv(["title"], [[title]])).rows
    assert row.title == title


def test_a_title_that_is_too_long_goes_on_in_the_task() -> None:
    long = "word " * 60
    (row,) = read_use_cases(f"title,task\n{long},and more\n".encode()).rows
    assert len(row.title) == 200
    assert row.title.endswith("…")
    assert row.task == long.strip() + "\nand more"


PLAIN_LIST = """
# Ideas

- Support ticket routing: put a queue on every ticket
* Bug triage — label and assign
+ more staff
1. First
12) Twelfth
- [ ] open box
- [x] **Bold title**: its task
• bullet
-5 % scrap
[TODO] plan
[/nope]
---
http://example.com/x
"""


def test_plain_and_markdown_lists() -> None:
    found = read_use_cases(PLAIN_LIST.encode())
    assert [(c.row, c.title, c.task) for c in found.rows] == [
        (4, "Support ticket routing", "put a queue on every ticket"),
        (5, "Bug triage", "label and assign"),
        (6, "more staff", ""),
        (7, "First", ""),
        (8, "Twelfth", ""),
        (9, "open box", ""),
        (10, "Bold title", "its task"),
        (11, "bullet", ""),
        (12, "-5 % scrap", ""),
        (13, "[TODO] plan", ""),
        (14, "[/nope]", ""),
        (16, "http://example.com/x", ""),
    ]


def test_lists_by_their_ending(tmp_path: Path) -> None:
    path = tmp_path / "ideas.md"
    path.write_text("- title, task\n- a, b\n")
    assert [c.title for c in read_use_cases(path).rows] == ["title, task", "a, b"]
    path = tmp_path / "ideas.csv"
    path.write_text("title,task\n- a,b\n")
    assert [c.title for c in read_use_cases(path).rows] == ["- a"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("A\nB\n", ["A", "B"]),
        ("Route, sort and file\nDraft, check\n", ["Route, sort and file", "Draft, check"]),
        ("title,task\nA,1\n", ["A"]),
        ("title\nA, b\n", ["A, b"]),
        ("Use case;Task\nA;1\n", ["A"]),
        ('["A", "B"]', ["A", "B"]),
        ("[A] first\n[B] second\n", ["[A] first", "[B] second"]),
        ('{"use_cases": [{"title": "A"}]}', ["A"]),
        ("- \n1.\n- A\n", ["A"]),
        ("A\rB", ["A", "B"]),
        ("A\u2028B", ["A", "B"]),
    ],
)
def test_what_standard_input_holds_is_seen(data: str, expected: list[str]) -> None:
    assert titles(data) == expected


@pytest.mark.parametrize(
    ("entry", "parts"),
    [
        ("Title: task: more", ("Title", "task: more")),
        ("Title — task", ("Title", "task")),
        ("Title – task", ("Title", "task")),
        ("Title -- task", ("Title", "task")),
        ("In-house re-use", ("In-house re-use", "")),
        ("12:30 call", ("12:30 call", "")),
        ("Title:", ("Title:", "")),
        ("**Bold:** task", ("Bold", "task")),
        (": odd", (": odd", "")),
        ("x" * 130 + ": y", ("x" * 130 + ": y", "")),
    ],
)
def test_title_and_task_are_parted(entry: str, parts: tuple[str, str]) -> None:
    assert split_entry(entry) == parts


def test_json_objects(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(
        json.dumps(
            [
                {
                    "title": "A",
                    "task": "t",
                    "tags": ["x", "y;z"],
                    "cases_month": 12.5,
                    "systems": ["CRM", "ERP"],
                },
                {"title": "B", "logins": 2, "deep": {"a": [1, None]}, "none": None},
                "C",
                {"title": ""},
            ]
        )
    )
    found = read_use_cases(path)
    assert [c.title for c in found.rows] == ["A", "B", "C"]
    assert found.rows[0].tags == ("x", "y", "z")
    assert found.rows[0].cases_month == 12.5
    assert found.rows[0].systems == ("CRM", "ERP")
    assert found.rows[1].logins == 2
    assert found.rows[1].source == {"deep": '{"a": [1, null]}'}
    assert found.refused == [Refused(4, "it has no title")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[1, 2]", "entry 1: it is neither a title nor an object"),
        ('{"a": 1}', "should be a JSON array"),
        ('[{"title": "A"]', "is not valid JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[" + "9" * 10_000 + "]", "number too large"),
        ('[{"foo": "A", "bar": 1}]', "Which column of"),
        ("", "is not valid JSON"),
    ],
)
def test_other_json_gets_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(PrioritizerError) as caught:
        read_use_cases(path)
    assert sentence in str(caught.value)


def test_workbooks_get_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"PK\x03\x04whatever")
    for source in (path, path.read_bytes()):
        with pytest.raises(PrioritizerError, match="is not a workbook, or is cut short"):
            read_use_cases(source)


@pytest.mark.parametrize("data", [b"", b"\n \n", b"# only a heading\n"])
def test_nothing_in_it(data: bytes) -> None:
    with pytest.raises(PrioritizerError, match="is empty"):
        read_use_cases(data)


@pytest.mark.parametrize("data", [b"- x\n" * 20_001, b"title,task\n" + b"x,y\n" * 20_001])
def test_more_than_a_session_can_hold(data: bytes) -> None:
    with pytest.raises(PrioritizerError, match="has more than 20,000 entries"):
        read_use_cases(data)


def test_guesses_from_headers() -> None:
    assert suggest_mapping(["Use Case Name", "Agency", "Bureau", "Description", "x"]) == [
        ("title", "Use Case Name"),
        ("tag", "Agency"),
        ("tag", "Bureau"),
        ("task", "Description"),
    ]
    assert suggest_mapping(["cases_month", "Minutes Each"]) == [
        ("cases_month", "cases_month"),
        ("minutes_each", "Minutes Each"),
    ]
    assert suggest_mapping(["whatever"]) == [("title", "whatever")]
    assert suggest_mapping(["a", "b"]) == []


def test_tags_once_each() -> None:
    assert read_tags(["HR; Finance", "hr", "Land, sea and air"]) == ("HR", "Finance", "Land, sea and air")


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda t: t.encode(errors="surrogatepass")))
def test_anything_gives_use_cases_or_one_sentence(data: bytes) -> None:
    try:
        found = read_use_cases(data, name="noise")
    except PrioritizerError:
        return
    for row in found.rows:
        assert row.title == clean_text(row.title, limit=200, lines=False)
        assert row.task == clean_text(row.task)


@needs_federal
def test_the_federal_inventory_with_one_mapping() -> None:
    purpose = "What is the intended purpose and expected benefits of the AI?"
    found = read_use_cases(
        FEDERAL, mapping=[("title", "Use Case Name"), ("task", purpose), ("tag", "Agency"), ("tag", "Bureau")]
    )
    assert len(found.rows) + len(found.refused) == 2_133
    assert len(found.rows) > 2_100
    assert all(row.title for row in found.rows)
    assert found.encoding == "cp1252"
    first = found.rows[0]
    assert first.row == 2
    assert first.tags
    assert "Stage of Development" in first.source
    assert not any("\r" in row.task for row in found.rows)
