"""The deck, read back: five slides, native charts, and nothing that a spreadsheet behind them would run."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation

from prioritizer.exchange.pptx_out import report_pptx
from prioritizer.model.terms import LaneId
from prioritizer.text.clean import clean_text
from tests.exchange.reports import report_of, sample_report
from tests.text.corpus import FORMULAS, HONEST, NASTY


def deck_of(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def words(slide: Any) -> str:
    found = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
    found += [c.text for s in slide.shapes if s.has_table for row in s.table.rows for c in row.cells]
    return "\n".join(found)


def test_the_deck_of_the_sample(tmp_path: Path) -> None:
    deck = deck_of(report_pptx(sample_report(tmp_path)))
    slides = list(deck.slides)
    assert [s.shapes.title.text for s in slides] == [
        "Shortlist: Which use case do we pilot first? (sample)",
        "The order by readiness",
        "Readiness against demonstration value",
        "The mirror: what choosing by show would have picked",
        "What has to happen next, by whom, by when",
    ]
    assert (deck.slide_width, deck.slide_height) == (12191695, 6858000)
    charts = [s.chart for slide in slides for s in slide.shapes if s.has_chart]
    assert len(charts) == 3
    order = charts[0].plots[0]
    assert list(order.categories)[-1] == "#2 Bug report triage"
    assert list(order.series[0].values)[-1] == 79
    xy = [list(s.iter_values()) for s in charts[1].plots[0].series]
    assert xy[0] == [25, 16, 33, 25]
    assert "unproven D3" in words(slides[0])
    assert "summarise supplier quotes" in words(slides[3])
    assert "no date" in words(slides[4])
    for slide in slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
            if shape.has_chart:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")


@pytest.mark.parametrize("raw", [*NASTY, *FORMULAS, *HONEST, "http://x/y", "ftp://x"], ids=ascii)
def test_a_hostile_text_is_only_text(raw: str) -> None:
    text = clean_text(raw, limit=300)
    data = report_pptx(report_of(text))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                tree = etree.fromstring(archive.read(name))
                assert not tree.xpath("//*[@TargetMode='External']")
                assert not tree.xpath("//*[local-name()='hlinkClick']")
            if name.endswith(".xlsx"):
                inner = zipfile.ZipFile(io.BytesIO(archive.read(name)))
                for part in (n for n in inner.namelist() if "worksheets/" in n):
                    assert not re.search(rb"<f[ >]|<hyperlink", inner.read(part))
                book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
                assert not [c for row in book.worksheets[0].iter_rows() for c in row if c.data_type == "f"]
    deck = deck_of(data)
    assert len(deck.slides) == 5
    shown = clean_text(text, limit=50, lines=False)
    assert shown in words(deck.slides[0])


def test_a_value_that_is_not_known_is_no_zero() -> None:
    deck = deck_of(report_pptx(report_of("word")))
    mirror = next(s.chart for s in deck.slides[3].shapes if s.has_chart)
    assert list(mirror.plots[0].series[1].values) == [None, 90]
    assert "1 use cases are not drawn" in words(deck.slides[2])


def test_an_empty_session_makes_five_slides() -> None:
    report = replace(report_of("x"), lines=(), by_show=(), charters=())
    deck = deck_of(report_pptx(report))
    assert len(deck.slides) == 5
    assert "Nothing is ready to be piloted." in words(deck.slides[0])


def test_points_on_one_spot_are_named_together() -> None:
    report = report_of("x")
    lines = tuple(
        replace(report.lines[0], id=str(n), number=n, readiness=r, demonstration=d)
        for n, r, d in ((7, 46, 0), (8, 46, 0), (9, 60, 0))
    )
    deck = deck_of(report_pptx(replace(report, lines=lines)))
    (chart,) = (s.chart for s in deck.slides[2].shapes if s.has_chart)
    xml = etree.tostring(chart._chartSpace).decode()
    labels = re.findall(r"<a:t>([^<]*)</a:t>", xml)
    assert "7, 8" in labels
    assert "9" in labels
    assert "8" not in labels
    assert len(list(chart.plots[0].series[0].iter_values())) == 3, "every point is in the chart"


def test_lanes_of_one_name_all_have_their_bars() -> None:
    """A preset may call two lanes the same."""
    report = report_of("x")
    lanes: tuple[LaneId, ...] = ("pilot-first", "incubate", "not-yet")
    lines = tuple(
        replace(report.lines[0], id=str(n), number=n, lane=lane, lane_title="Later", readiness=10 * n)
        for n, lane in enumerate(lanes, 1)
    )
    deck = deck_of(report_pptx(replace(report, lines=lines)))
    (chart,) = (s.chart for s in deck.slides[1].shapes if s.has_chart)
    values = [v for series in chart.plots[0].series for v in series.values if v is not None]
    assert sorted(values) == [10, 20, 30]


def test_no_series_follows_a_shorter_one() -> None:
    """LibreOffice draws nothing of a series when a longer one follows it."""
    report = report_of("x")
    lanes: tuple[LaneId, ...] = ("pilot-first", "not-yet", "not-yet", "incubate", "not-yet")
    lines = tuple(
        replace(report.lines[0], id=str(n), number=n, lane=lane, readiness=10 * n, demonstration=n)
        for n, lane in enumerate(lanes, 1)
    )
    deck = deck_of(report_pptx(replace(report, lines=lines)))
    (chart,) = (s.chart for s in deck.slides[2].shapes if s.has_chart)
    sizes = [len(list(series.iter_values())) for series in chart.plots[0].series]
    assert sizes == [3, 1, 1]
