from __future__ import annotations

import csv
import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.exchange.csv_out import items_csv, ranking_csv, write_csv
from prioritizer.exchange.formulas import guard, unguard
from prioritizer.exchange.json_out import to_json
from prioritizer.model.report import ReportItem
from prioritizer.text.clean import clean_text
from tests.text.corpus import FORMULAS, HONEST, NASTY


def parsed(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_the_form() -> None:
    assert write_csv(["a", "b"], [["x", 1]]) == b'\xef\xbb\xbf"a","b"\r\n"x","1"\r\n'


@pytest.mark.parametrize(
    "text", [*FORMULAS, "-5 % scrap", "+ more staff", "- bullet", "\r=1", " -1", "\n=1", "'=1"]
)
def test_formulas_are_guarded(text: str) -> None:
    assert parsed(write_csv(["h"], [[text]]))[1] == ["'" + text]


@pytest.mark.parametrize("text", ["plain", "a=b", "5-3", "'quoted' words", "", "漢字", "[=x]"])
def test_other_text_is_left_alone(text: str) -> None:
    assert parsed(write_csv(["h"], [[text]]))[1] == [text]


def test_numbers_are_numbers() -> None:
    row = parsed(write_csv(["h"] * 7, [[-5, -0.5, 79.625, None, math.nan, True, False]]))[1]
    assert row == ["-5", "-0.5", "79.625", "", "", "yes", "no"]


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(NASTY + FORMULAS + HONEST))
def test_the_guard_comes_off_exactly(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_stay_in_their_cell(text: str) -> None:
    cleaned = clean_text(text)
    assert [unguard(c) for c in parsed(write_csv(["h", "i"], [[cleaned, "end"]]))[1]] == [cleaned, "end"]


def test_a_surrogate_does_not_end_the_export() -> None:
    assert write_csv(["h"], [["\ud800"]]).endswith(b'"?"\r\n')


def test_items() -> None:
    rows = parsed(items_csv([ReportItem("id", 7, "T", "P1", 3, "measured", "n", True)]))
    assert rows[0] == ["use_case", "number", "title", "criterion", "level", "evidence", "note", "claimed"]
    assert rows[1] == ["id", "7", "T", "P1", "3", "measured", "n", "yes"]


RANKING = {
    "session": {"id": "s"},
    "use_cases": [
        {
            "rank": 1,
            "tied": False,
            "id": "a",
            "title": "=Routing",
            "readiness": 79.625,
            "dimensions": {"P": 80.0, "D": None},
            "gap": -63.5,
            "claimed": ["P1", "D2"],
            "gates": [{"id": "D1", "answer": None, "status": "pass", "reason": ""}],
            "conditions": [],
            "overridden": None,
            "new_key": {"deep": [1, {"x": 2}]},
        },
        {
            "rank": 2,
            "title": "B",
            "gates": [{"id": "worth", "answer": None, "status": "condition", "reason": "low"}],
            "conditions": [{"gate": "D1", "what": "get access", "who": "Kim", "when": None}],
            "overridden": {"of": "lane", "by": "room", "reason": "why", "date": "2026-03-09"},
        },
    ],
}


def test_the_ranking_becomes_one_row_a_use_case() -> None:
    header, first, second = parsed(ranking_csv(RANKING))
    one, two = dict(zip(header, first, strict=True)), dict(zip(header, second, strict=True))
    assert one["title"] == "'=Routing"
    assert one["readiness"] == "79.625"
    assert one["gap"] == "-63.5"
    assert (one["dimensions.P"], one["dimensions.D"]) == ("80.0", "")
    assert one["claimed"] == "P1; D2"
    assert one["gates.D1.status"] == "pass"
    assert one["new_key.deep"] == '[1, {"x": 2}]'
    assert two["conditions"] == "get access (Kim, no date)"
    assert (two["overridden.of"], two["overridden.date"]) == ("lane", "2026-03-09")
    assert one["overridden.of"] == ""
    kinds = [h.split(".")[0] for h in header]
    assert kinds == sorted(kinds, key=kinds.index)


def test_an_empty_ranking_has_a_header() -> None:
    assert parsed(ranking_csv({"use_cases": []}))[0][:3] == ["rank", "tied", "id"]


def test_json_is_json() -> None:
    assert to_json({"a": [1.5, math.nan, ("漢", math.inf)]}).decode() == (
        '{\n  "a": [\n    1.5,\n    null,\n    [\n      "漢",\n      null\n    ]\n  ]\n}\n'
    )
