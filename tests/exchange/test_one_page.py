"""The shortlist is one page, on A4 and on Letter: printed by a real browser, and counted."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from prioritizer.exchange.html_out import report_html
from prioritizer.model.report import Report, ReportTask
from tests.exchange.reports import decided_report, sample_report
from tests.room.browser import Browser, browsing, find_browser

BROWSER = find_browser()
PAPERS = {"A4": (8.27, 11.69), "Letter": (8.5, 11.0)}
LONG = (
    "Meeting the metadata standards for permanent records by identifying data within the document, classifying and "
    "summarising it, and filing it where the schedule of the office wants it, each with the person who looks at it. "
)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine; .ci/run installs it")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert BROWSER is not None
    with browsing(BROWSER, tmp_path_factory.mktemp("browser")) as found:
        yield found


def pages(browser: Browser, paper: str) -> int:
    """How many sheets the open page takes, with no more margin than it asks for."""
    width, height = PAPERS[paper]
    done = browser.call("Page.printToPDF", paperWidth=width, paperHeight=height, preferCSSPageSize=True)
    pdf = base64.b64decode(done["data"])
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def sample(folder: Path) -> Report:
    return sample_report(folder)


def decided(folder: Path) -> Report:
    return decided_report(folder)


def many(folder: Path) -> Report:
    """Sixty use cases, two fifths of them demo traps with long slices."""
    report = decided_report(folder)
    spare = report.not_now()[-1]
    further = [
        replace(spare, id=f"x{n}", number=100 + n, title=f"{LONG[:60]} {n}", slice=LONG, demo_trap=n % 5 < 2)
        for n in range(50)
    ]
    return replace(report, lines=(*report.lines, *further))


def wordy(folder: Path) -> Report:
    """Everything that people can write is as long as people write it."""
    report = decided_report(folder)
    tasks = tuple(ReportTask(LONG, "Kim Lee, operations", "2026-12-01") for _ in range(4))
    lines = tuple(
        replace(line, title=line.title + " " + LONG[:120], task=LONG * 3, weakest=LONG, conditions=tasks)
        for line in report.lines
    )
    return replace(report, lines=lines, purpose=LONG * 3, decision_rule=LONG * 3, title=LONG)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("make", [sample, decided, many, wordy])
def test_the_shortlist_is_the_first_page_and_no_more(
    tmp_path: Path, browser: Browser, paper: str, make: Callable[[Path], Report]
) -> None:
    page = tmp_path / "shortlist.html"
    page.write_text(report_html(make(tmp_path)), encoding="utf-8")
    browser.open(page)
    all_pages = pages(browser, paper)
    sections = browser.run(
        "(() => { const s = document.querySelectorAll('section.page'); s.forEach(e => e.remove()); return s.length })()"
    )
    assert sections >= 3
    assert pages(browser, paper) == 1
    assert all_pages > sections
