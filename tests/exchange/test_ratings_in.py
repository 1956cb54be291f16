from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.csv_in import Refused
from prioritizer.exchange.csv_out import items_csv, write_csv
from prioritizer.exchange.ratings_in import (
    GateRow,
    LevelRow,
    read_gates,
    read_levels,
)
from prioritizer.model.report import ReportItem


def test_levels() -> None:
    data = b"use_case,criterion,level,evidence,note\n#1,P1,3,Measured,in May\nRouting,P2,0,,\n"
    found = read_levels(data)
    assert found.rows == [
        LevelRow(2, "#1", "P1", 3, "measured", "in May"),
        LevelRow(3, "Routing", "P2", 0),
    ]
    assert found.refused == []


def test_levels_need_only_three_columns_in_any_order() -> None:
    found = read_levels(b"Level;Use case;CRITERION;whatever\n4;Routing;P1;x\n")
    assert found.rows == [LevelRow(2, "Routing", "P1", 4)]


@pytest.mark.parametrize("level", ["5", "-1", "3.5", "nan", "1e999", "three", "٣", "?", "3 4", "x" * 500])
def test_what_is_no_level_refuses_its_row(level: str) -> None:
    found = read_levels(write_csv(["use_case", "criterion", "level"], [["a", "P1", level], ["b", "P1", "2"]]))
    assert [r.row for r in found.refused] == [2]
    assert "is not a level: 0, 1, 2, 3 or 4" in found.refused[0].reason
    assert found.rows == [LevelRow(3, "b", "P1", 2)]


def test_other_reasons_to_refuse() -> None:
    found = read_levels(b"use_case,criterion,level,evidence\n,P1,3,\na,,3,\na,P1,,\na,P1,3,mesured\na,P1\n")
    assert found.rows == []
    assert found.refused == [
        Refused(2, "it has no use_case"),
        Refused(3, "it has no criterion"),
        Refused(4, "it has no level"),
        Refused(5, "“mesured” is not an evidence tag. Did you mean “measured”?"),
        Refused(6, "it has 2 cells where the header has 4 (line 6)"),
    ]


def test_gates() -> None:
    found = read_gates(b"use_case,gate,answer,note\nA,prohibited,No,asked legal\nB,stability,yes,\n")
    assert found.rows == [
        GateRow(2, "A", "prohibited", "no", "asked legal"),
        GateRow(3, "B", "stability", "yes"),
    ]
    assert read_gates(b"use_case,gate,answer\nA,prohibited,\n").refused == [Refused(2, "it has no answer")]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"use_case,criterion,levl\na,P1,3\n", "has no column level. It needs use_case, criterion, level"),
        (b"use_case,criterion,levl\na,P1,3\n", "Did you mean “levl”?"),
        (b"a,b\n1,2\n", "has no column use_case and none called criterion and none called level"),
        (b"", "is empty"),
        (b"PK\x03\x04", "is not a workbook, or is cut short"),
    ],
)
def test_wrong_headers_get_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(PrioritizerError) as caught:
        read_levels(data, "levels.csv")
    assert sentence in str(caught.value)
    assert "levels.csv" in str(caught.value)


def test_our_own_table_of_levels_is_read_again() -> None:
    items = [
        ReportItem("id-1", 1, "=Routing", "P1", 3, "measured", "-5 % scrap", True),
        ReportItem("id-2", 2, "B", "P1", 0),
        ReportItem("id-3", 3, "C", "P1", None),
    ]
    found = read_levels(items_csv(items))
    assert found.rows == [
        LevelRow(2, "id-1", "P1", 3, "measured", "-5 % scrap"),
        LevelRow(3, "id-2", "P1", 0),
    ]
    assert found.refused == [Refused(4, "it has no level")]


@given(st.binary(max_size=150).map(lambda b: b"use_case,criterion,level\n" + b))
def test_any_bytes_give_rows_or_a_sentence(data: bytes) -> None:
    try:
        found = read_levels(data)
    except PrioritizerError:
        return
    assert all(row.level in range(5) for row in found.rows)
