"""Tables fit their width; numbers are rounded down; terminals are told from pipes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from prioritizer import Workshop
from prioritizer.cli.progress import working
from prioritizer.cli.rank_text import bar, rank_lines
from prioritizer.cli.streams import table_width
from prioritizer.cli.tables import Column, table
from prioritizer.cli.words import plain, signed, whole
from prioritizer.text.width import cell_width


def test_scores_are_rounded_down_and_never_show_a_threshold_they_missed() -> None:
    assert whole(59.999999) == 59
    assert whole(59.9999999999) == 60
    assert (signed(-0.5), signed(0.0), signed(20.4), signed(None), plain(None)) == (
        "−1",
        "0",
        "+20",
        "–",
        "–",
    )
    assert (bar(0), bar(50), bar(100)) == ("░" * 8, "▓" * 4 + "░" * 4, "▓" * 8)


@pytest.mark.parametrize("width", [72, 80, 100, 120, 200])
def test_the_ranking_fits_the_terminal(sample: Path, width: int) -> None:
    with Workshop.open(sample) as workshop:
        workshop.add_use_case("漢字 " * 60, "x")
        workshop.add_use_case("long" * 40)
        lines = list(rank_lines(workshop.snapshot, workshop.ranking(), width))
    assert max(map(cell_width, lines)) <= width
    text = "\n".join(lines)
    for wanted in (
        "── Pilot first ─",
        "── Find out ─",
        "demo trap",
        "overlooked",
        "79",
        "−55",
        "0–100",
        "0 %",
    ):
        assert wanted in text


def test_tied_places_are_marked(sample: Path) -> None:
    with Workshop.open(sample) as workshop:
        workshop.add_use_case("A twin")
        workshop.add_use_case("B twin")
        lines = list(rank_lines(workshop.snapshot, workshop.ranking(), 100))
    assert sum("13=" in line and "tied" in line for line in lines) == 2


@pytest.mark.parametrize("width", [30, 60, 100])
def test_a_table_wraps_its_wide_columns(width: int) -> None:
    columns = [Column("#", align="right"), Column("title", share=2), Column("tags", share=1), Column("")]
    rows = [["1", "some words that are many and long", "one, two, three, four", ""], ["22", "x", "", ""]]
    lines = list(table(columns, rows, width))
    assert max(map(cell_width, lines)) <= width
    assert " ".join("".join(lines).split()).startswith("# title tags")
    assert all(word in " ".join(lines) for word in ("many", "four", "22"))


class _Terminal:
    def isatty(self) -> bool:
        return True


def test_a_table_only_where_a_terminal_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert table_width(False) is None
    monkeypatch.setattr(sys, "stdout", _Terminal())
    monkeypatch.setenv("COLUMNS", "90")
    monkeypatch.setenv("TERM", "xterm")
    assert table_width(False) == 90
    assert table_width(True) is None
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb"), ("COLUMNS", "50")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            assert table_width(False) is None


def test_no_bar_where_stderr_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with working("Importing"):
        pass
    assert capsys.readouterr().err == ""


def test_a_bar_appears_after_a_while_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    written: list[str] = []
    shown = threading.Event()

    class Stream(_Terminal):
        def write(self, text: str) -> None:
            written.append(text)
            shown.set()

        def flush(self) -> None:
            pass

    monkeypatch.setattr(sys, "stderr", Stream())
    monkeypatch.setattr("prioritizer.cli.progress.PATIENCE", 0.0)
    with working("Importing"):
        assert shown.wait(30)
    assert "Importing" in written[0]
    assert written[-1] == "\r\x1b[K"
