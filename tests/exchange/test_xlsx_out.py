"""The workbook, read back by another library and by looking at its XML."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from prioritizer.exchange.xlsx_out import report_xlsx
from prioritizer.text.clean import clean_text
from tests.exchange.reports import report_of, sample_report
from tests.text.corpus import FORMULAS, HONEST, NAMES, NASTY

# openpyxl does not know the solid data bars of Excel 2010, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

SHEETS = [
    "Ranking",
    "Levels",
    "Gates",
    "Conditions",
    "Parking lot",
    "Charters",
    "Decisions",
    "Ballots",
    "About",
]


def test_the_workbook_of_the_sample(tmp_path: Path) -> None:
    report = sample_report(tmp_path)
    data = report_xlsx(report)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == SHEETS
    ranking = book["Ranking"]
    header = [c.value for c in ranking[1]]
    rows = [dict(zip(header, (c.value for c in row), strict=True)) for row in ranking.iter_rows(min_row=2)]
    assert [r["No."] for r in rows] == [2, 1, 3, 4, 10, 9, 11, 12, 7, 8, 6, 5]
    assert [r["Readiness"] for r in rows[:3]] == [79, 78, 78]
    assert all(isinstance(r[k], int) for r in rows for k in ("Rank", "Readiness", "Demonstration", "Gap"))
    assert rows[0]["Production viability"] == 81
    assert str(rows[-1]["Marks"]).startswith("demo trap")
    assert ranking.freeze_panes == "E2"
    assert ranking.column_dimensions["D"].width == pytest.approx(40, abs=1)
    bars = [r.type for rule in ranking.conditional_formatting for r in rule.rules]
    assert bars == ["dataBar"] * 6
    assert book["Levels"].max_row == 1 + len(report.items)
    assert book["Conditions"].max_row > 20
    assert book["About"]["B1"].value == "Text"
    assert data == report_xlsx(report)


@pytest.mark.parametrize(
    "raw", [*NASTY, *FORMULAS, *HONEST, *NAMES, "_x000D_ _x0041_", "http://x/y"], ids=ascii
)
def test_a_hostile_text_is_a_text_cell(raw: str) -> None:
    text = clean_text(raw, limit=10_000)
    data = report_xlsx(report_of(text))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if "worksheets/" in n]
        # No formula, no link, and nothing of another file.
        assert not any(re.search(r"<f[ >]|<hyperlink", sheet) for sheet in sheets)
        assert not [n for n in archive.namelist() if "external" in n.lower() or n.endswith("vbaProject.bin")]
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert all(c.data_type in ("s", "n") for c in cells)
    assert all(c.hyperlink is None for c in cells)
    if text:
        titles = [c.value for c in book["Ranking"]["D"][1:]]
        # openpyxl leaves the escape of a literal _x…_ as it is written
        assert [t.replace("_x005F", "") if isinstance(t, str) else t for t in titles] == [text, text]


def test_an_edited_formula_stays_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(report_of("=1+1"))))
    assert book["Ranking"]["D2"].quotePrefix is True


def test_text_longer_than_a_cell_is_cut_not_dropped() -> None:
    report = report_of("x")
    for long in ("x" * 40_000, "😀" * 30_000):
        line = replace(report.lines[0], task=long)
        book = openpyxl.load_workbook(io.BytesIO(report_xlsx(replace(report, lines=(line,)))))
        found = next(
            c.value
            for row in book["Ranking"].iter_rows(min_row=2)
            for c in row
            if str(c.value)[:2] == long[:2]
        )
        assert len(str(found)) > 15_000
        assert str(found).endswith("…")


def test_an_empty_session_has_all_sheets() -> None:
    report = replace(report_of("x"), lines=(), items=(), parked=(), charters=())
    assert openpyxl.load_workbook(io.BytesIO(report_xlsx(report))).sheetnames == SHEETS
