"""The ballot page in a real browser: it fetches nothing, sends nothing, fits a phone, and saves a file."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from prioritizer import Workshop
from prioritizer.exchange.ballot_page import ballot_page
from prioritizer.workshop.ballots import ballot_form
from prioritizer.workshop.commands.collect import AddUseCases, NewUseCase
from prioritizer.workshop.commands.frame import AddParticipant
from prioritizer.workshop.views.room import room_view
from tests.cli.conftest import run_command
from tests.room.browser import Browser, browsing, find_browser
from tests.text.corpus import NASTY

CHROMIUM = find_browser()
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; Debian's package is chromium")
HOSTILE = '</script><script>document.title="pwned"</script>"><img src=x onerror=alert(1)>'


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert CHROMIUM is not None
    with browsing(CHROMIUM, tmp_path_factory.mktemp("browser")) as made:
        yield made


def saved_file(folder: Path) -> Path:
    for _ in range(250):
        found = list(folder.glob("*.json"))
        if found:
            return found[0]
        time.sleep(0.02)
    raise TimeoutError("nothing was saved")


@needs_browser
def test_a_ballot_goes_out_and_comes_back(room: Workshop, browser: Browser, tmp_path: Path) -> None:
    room.do(AddUseCases([NewUseCase(HOSTILE, task="<b>bold</b> & more")]))
    room.do(AddParticipant("Zoë “Z” O'Neil, Jr."))
    path, page, downloads = room.path, tmp_path / "ballot.html", tmp_path / "saved"
    downloads.mkdir()
    room.close()
    assert run_command("ballot", path, "-o", page).code == 0

    browser.events.clear()
    browser.call("Browser.setDownloadBehavior", session=None, behavior="allow", downloadPath=str(downloads))
    browser.call(
        "Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True
    )
    browser.open(page)
    assert browser.run("document.title") == "Trial: ballot"
    assert browser.run("document.documentElement.scrollWidth") <= 360, "it fits a phone"
    assert (
        browser.run("Math.min(...[...document.querySelectorAll('label')].slice(1).map(l => l.offsetHeight))")
        >= 36
    )
    assert browser.run("document.querySelectorAll('fieldset').length") == 28
    assert browser.run("document.querySelectorAll('img').length") == 0
    assert "No one can tell right from wrong" in browser.run("document.body.innerText")

    def press(script: str) -> str:
        browser.run(script)
        return str(browser.run("document.getElementById('done').textContent"))

    assert press("document.getElementById('save').click()") == "Say who you are first."
    browser.run("document.getElementById('who').value = document.getElementById('who').options[9].value")
    assert press("document.getElementById('save').click()") == "Nothing is answered yet."
    for place, value in enumerate("34?-0"):
        press(f'document.querySelector(\'input[name="{place}"][value="{value}"]\').click()')
    assert press("0") == "5 of 28 answered"
    assert "past cases" in browser.run("document.getElementById('says0').textContent")
    assert "hand the file" in press("document.getElementById('save').click()")

    answers = saved_file(downloads)
    document = json.loads(answers.read_text("utf-8"))
    assert document["participant"] == "Zoë “Z” O'Neil, Jr."
    assert [a["answer"] for a in document["answers"]] == list("34?-0")
    urls = {
        e["params"]["request"]["url"]
        for e in browser.events
        if e.get("method") == "Network.requestWillBeSent"
    }
    assert all(u.startswith(("file:", "blob:")) for u in urls), urls
    assert [e for e in browser.events if e.get("method") == "Log.entryAdded"] == [], (
        "the policy was never hit"
    )

    done = run_command("ballots", path, answers)
    assert done.code == 0, done.err
    assert "5 answers of 1 person to 5 cells, not revealed yet." in done.err
    with Workshop.open(path) as again:
        view = room_view(again.snapshot)
        assert [c.states.hidden for c in view.cells] == [1] * 5
    assert run_command("ballots", path, answers).code == 2, "a second ballot of the same person"


@needs_browser
def test_the_policy_holds_against_the_page_itself(room: Workshop, browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "ballot.html"
    page.write_text(ballot_page(ballot_form(room.snapshot)), encoding="utf-8")
    browser.open(page)
    browser.events.clear()
    browser.run("window.caught = 0; document.addEventListener('securitypolicyviolation', () => caught++)")
    browser.run("fetch('http://127.0.0.1:9/x').catch(() => 0); new Image().src = 'http://127.0.0.1:9/y'; 0")
    browser.run(
        "var s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)"
    )
    for _ in range(100):
        if browser.run("caught") >= 3:
            break
        time.sleep(0.02)
    assert browser.run("caught") >= 3
    assert browser.run("window.ran") is None


def test_no_text_of_a_session_can_leave_its_place(room: Workshop) -> None:
    for text in NASTY:
        if text.strip() and text.isprintable() and len(text) < 1000:
            room.do(AddUseCases([NewUseCase(f"x{text}", task=text)]))
    page = ballot_page(ballot_form(room.snapshot, people=[HOSTILE, "=1+1"]))
    assert len(re.findall("<script", page)) == 2
    assert "<img" not in page
    assert not re.search(r'(?:src|href)="', page)
    assert not re.search(r"https?://", page)
    data = re.search(r'id="ballot">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert json.loads(data[1])["session"] == room.snapshot.id


def test_the_page_holds_no_answer(room: Workshop) -> None:
    before = ballot_page(ballot_form(room.snapshot, criteria=["VIA"]))
    assert "checked" not in before.replace(":checked", "")
