"""The page: whole, escaped, and loading nothing; also in a real browser."""

from __future__ import annotations

import base64
import hashlib
import http.server
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from prioritizer.exchange.html_out import report_html
from prioritizer.text.clean import clean_text
from prioritizer.text.width import cell_width
from tests.exchange.reports import report_of, sample_report
from tests.text.corpus import FORMULAS, HONEST, NAMES, NASTY

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SAFE_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "nav", "section", "figure"),
    *("figcaption", "h1", "h2", "h3", "p", "dl", "dt", "dd", "ul", "li", "table", "thead", "tbody", "tr"),
    *("th", "td", "div", "span", "strong", "a"),
    *("svg", "desc", "rect", "circle", "line", "text"),
}
ATTACKS = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "<svg onload=\"document.title='owned'\">",
    "</style><script>document.title='owned'</script>",
    "</title></svg><iframe src=//HOST/frame></iframe>",
    '"><link rel=stylesheet href=//HOST/x.css>',
    "' onmouseover='document.title=1' x='",
    "javascript:document.title='owned'",
    "{{ 7*7 }} {% raw %}",
    '<base href="//HOST/"><a ping=//HOST/ping href=//HOST/a>x</a>',
    "<meta http-equiv=refresh content='0;url=//HOST/refresh'>",
    "<object data=//HOST/o></object><embed src=//HOST/e>",
    "<!--",
    "]]>",
    "&lt;script&gt;",
    "%3Cscript%3E",
)


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, key, value or "") for key, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(page: str) -> Page:
    found = Page()
    found.feed(page)
    found.close()
    return found


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_the_page_of_the_sample(tmp_path: Path) -> None:
    page = report_html(sample_report(tmp_path))
    text = folded(parsed(page).text)
    for fact in (
        "Shortlist: Which use case do we pilot first? (sample)",
        "Proposed by the ranking, not decided yet",
        "overlooked",
        "demo trap",
        "start with: pre-fill the access request form for the manager to approve",
        "Pilot charter: #2 Bug report triage",
        "400 cases a month, 6 minutes each: 40 hours a month",
        "open: Who says go or no-go, alone?",
        "The mirror",
        "get read access by a service account in test",
        "hash 85875a484edf3f27",
    ):
        assert fact in text, fact
    assert page.count("<svg") >= 3
    assert len(page) < 150_000


def test_the_policy_allows_its_own_style_and_nothing_else(tmp_path: Path) -> None:
    page = report_html(sample_report(tmp_path))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    allowed = policy[1].replace("&#39;", "'")
    assert allowed == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert page.index("Content-Security-Policy") < page.index("<style>")
    found = parsed(page)
    assert set(found.tags) <= SAFE_TAGS
    assert not [a for a in found.attributes if a[1] in ("src", "style", "srcset") or a[1].startswith("on")]
    assert all(value.startswith("#") for _, key, value in found.attributes if key == "href")
    assert not re.search(r"url\(|@import", style[1])


@pytest.mark.parametrize("raw", [*NASTY, *FORMULAS, *HONEST, *NAMES, *ATTACKS], ids=ascii)
def test_a_hostile_text_is_only_text(raw: str) -> None:
    text = clean_text(raw, limit=300)
    found = parsed(report_html(report_of(text)))
    assert set(found.tags) <= SAFE_TAGS
    assert not [a for a in found.attributes if a[1].startswith("on") or a[1] in ("src", "style")]
    assert all(value.startswith("#") for _, key, value in found.attributes if key == "href")
    assert folded(text) in folded(found.text)
    # What fits on the first page depends on how long the text is: the harmless one is as long.
    benign = parsed(report_html(report_of("x" * max(cell_width(text), 1))))
    if text.strip():  # a blank text leaves whole paragraphs out
        assert found.tags == benign.tags


def test_unknown_and_overridden_things_are_said() -> None:
    text = folded(parsed(report_html(report_of("word"))).text)
    for fact in ("tied", "not known", "90 % known", "set aside by the room", "by the rules it is in “word”"):
        assert fact in text


def test_a_long_list_is_cut_and_says_so(tmp_path: Path) -> None:
    report = report_of("word")
    line, parked = report.lines[1], report.parked[0]
    lines = [replace(line, id=str(n), number=n, rank=n) for n in range(1, 2_001)]
    page = report_html(replace(report, lines=tuple(lines), parked=(parked,) * 2_000, charters=()))
    assert len(page) < 1_500_000
    text = folded(parsed(page).text)
    for fact in ("and 1900 more; the CSV", "and 1900 more; the Markdown", "and 3700 more; the find-out list"):
        assert fact in text, fact


class Ears(http.server.BaseHTTPRequestHandler):
    heard: list[str] = []  # noqa: RUF012 - the server makes a new handler for each request

    def do_GET(self) -> None:
        self.heard.append(self.path)
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def host() -> Iterator[str]:
    """A server that notes whatever is asked of it."""
    Ears.heard = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ears)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine; .ci/run installs it")
def test_no_script_runs_and_nothing_is_fetched_in_a_browser(tmp_path: Path, host: str) -> None:
    assert BROWSER is not None
    everything = " ".join(a.replace("HOST", host) for a in (*ATTACKS, *NASTY[4:], *FORMULAS))
    page = tmp_path / "page.html"
    page.write_text(report_html(report_of(clean_text(everything, limit=6_000))), encoding="utf-8")
    control = tmp_path / "control.html"
    control.write_text(f"<title>x</title><img src=//{host}/img><script>document.title='owned'</script>")
    control.write_text(control.read_text().replace("//", "http://"))

    def opened(path: Path, profile: str) -> str:
        argv = [BROWSER or "", *FLAGS, f"--user-data-dir={tmp_path / profile}", "--virtual-time-budget=2000"]
        done = subprocess.run(
            [*argv, "--dump-dom", path.as_uri()], capture_output=True, text=True, timeout=60, check=True
        )
        return done.stdout

    # The same ears and eyes do notice a page that is not ours.
    assert "<title>owned</title>" in opened(control, "one")
    assert "/img" in Ears.heard
    Ears.heard.clear()
    document = opened(page, "two")
    assert "<title>owned</title>" not in document
    assert "Shortlist: " in document
    assert not re.search(r"<(?:script|iframe|img|object|embed|link|base)\b", document)
    assert Ears.heard == []
