"""Text that drives terminals, spreadsheets or markup: it goes in, and comes out as text."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome, Run
from tests.text.corpus import FORMULAS, HONEST, NASTY

MARKUP = (
    "[/nope]",
    "[@click=app.quit()]x[/]",
    "\x1b[31mred\x1b[0m",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x9b31m",
    "[TODO] Q3",
)


def short(text: str) -> str:
    """A name for a test: some texts are a hundred thousand signs long."""
    return ascii(text[:24])


def harmless(outcome: Outcome) -> None:
    """Nothing on either stream that a terminal would obey."""
    for text in (outcome.out, outcome.err):
        for character in text:
            if character not in "\n\u200c\u200d":
                assert unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn"), repr(character)


def passable(text: str) -> bool:
    """Whether a shell can hand it over: no NUL and no lone surrogate."""
    return ("\0" not in text and text.isprintable()) or all(c not in text for c in ("\0", "\ud800"))


@pytest.mark.parametrize(
    "title", [t for t in (*MARKUP, *NASTY, *FORMULAS, *HONEST) if passable(t)], ids=short
)
def test_a_hostile_title_shows_as_text(run: Run, empty: Path, tmp_path: Path, title: str) -> None:
    added = run("add", empty, "--task", title, "--tag", title, "--", title)
    harmless(added)
    if added.code:
        assert added.code == 2
        assert "title" in added.err
        return
    stored = run("list", empty, "--json").json()["use_cases"][0]["title"]
    if title in MARKUP and title.isprintable():
        assert stored == title
    for args in (["list", empty], ["rank", empty], ["why", empty, "#1"], ["history", empty], ["undo", empty]):
        outcome = run(*args)
        harmless(outcome)
        assert outcome.code == 0
    run("redo", empty)
    for args in (["list", empty, "--json"], ["rank", empty, "--json"]):
        outcome = run(*args)
        harmless(outcome)
        assert outcome.json()["use_cases"][0]["title"] == stored
    assert stored in run("list", empty).out
    # Workbook and deck are read back with other libraries in tests/exchange.
    formats = (part for f in ("md", "html", "csv", "json") for part in ("--format", f))
    harmless(run("export", empty, "--to", tmp_path / "paper", *formats))
    for path in (tmp_path / "paper").iterdir():
        text = path.read_text("utf-8-sig")
        harmless(Outcome(0, text.replace("\r\n", "\n"), ""))
    with (tmp_path / "paper" / "ranking.csv").open(encoding="utf-8-sig", newline="") as file:
        cell = next(csv.DictReader(file))["title"]
    assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))


@pytest.mark.parametrize("text", [t for t in (*MARKUP, *NASTY) if passable(t)], ids=short)
def test_hostile_arguments_are_told_as_text(run: Run, sample: Path, text: str) -> None:
    for args in (
        ["rate", sample, "--", text, "P1", "3"],
        ["rate", sample, "--", "#1", text, "3"],
        ["rate", sample, "--", "#1", "P1", text],
        ["gate", sample, "--", "#1", "prohibited", text],
        ["rank", sample, f"--what-if={text}"],
        ["list", f"--no-such{text}"],
        ["presets", "show", "--", text],
        ["import", sample, "-", f"--map={text}"],
        [f"x{text}"],
    ):
        outcome = run(*args, stdin="title\nx\n")
        assert outcome.code == 2, args
        assert outcome.out == ""
        assert outcome.err.strip()
        harmless(outcome)


def test_hostile_rows_come_in_and_go_out(run: Run, empty: Path) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["title", "task"])
    writer.writerows(
        [text, f"{n}"] for n, text in enumerate((*MARKUP, *NASTY, *FORMULAS)) if "\ud800" not in text
    )
    report = run("import", empty, "-", "--map", "title=title", "--map", "task=task", stdin=buffer.getvalue())
    assert report.code == 0
    harmless(report)
    for args in (["list", empty], ["rank", empty], ["rank", empty, "--json"]):
        harmless(run(*args))
