from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcswidth, wcwidth

from prioritizer.text.clean import clean_text
from prioritizer.text.width import _PLAIN, Align, cell_width, cut, fit, graphemes, wrap
from tests.text.corpus import FORMULAS, NASTY

CLEANED = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(clean_text)
FAMILY = "👩\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("plain", 5),
        ("漢字", 4),
        ("e\u0301", 1),
        (FAMILY, 2),
        ("🇩🇪", 2),
        ("👍🏽", 2),
        ("❤\ufe0f", 2),
        ("עברית", 5),
        ("▓▓░ …", 5),
        ("\x1b", 0),
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cell_width(text) == width


@given(CELLS := CLEANED)
def test_widths_agree_with_the_tables(text: str) -> None:
    # Spacing marks of some scripts count differently alone and in a string; terminals differ as well.
    plain = "".join(c for c in text if unicodedata.category(c) != "Mc")
    for line in plain.split("\n"):
        assert cell_width(line) == wcswidth(line)


@given(CELLS)
def test_graphemes_are_the_whole_text(text: str) -> None:
    assert "".join(sign for sign, _ in graphemes(text)) == text


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abc", 5, "abc  "),
        ("abcdef", 4, "abc…"),
        ("漢字漢字", 5, "漢字…"),
        ("漢字漢字", 4, "漢… "),
        (FAMILY + FAMILY, 3, FAMILY + "…"),
        ("abc", 1, "…"),
        ("a\nb", 3, "a b"),
        ("abc", 0, ""),
        ("", 2, "  "),
        ("\u0301abc", 3, "abc"),
    ],
)
def test_fit(text: str, width: int, shown: str) -> None:
    assert fit(text, width) == shown


def test_fit_aligns() -> None:
    assert fit("ab", 5, align="right") == "   ab"
    assert fit("ab", 5, align="center") == " ab  "


@given(CELLS, st.integers(0, 30), st.sampled_from(["left", "right", "center"]))
def test_fit_takes_exactly_its_width_between_other_text(text: str, width: int, align: Align) -> None:
    fitted = fit(text, width, align=align)
    assert cell_width(fitted) == width
    assert "\n" not in fitted


@pytest.mark.parametrize("text", NASTY + FORMULAS)
def test_fit_of_nasty_texts(text: str) -> None:
    assert cell_width("│" + fit(clean_text(text), 12) + "│") == 14


@given(CELLS, st.integers(0, 30))
def test_cut_is_a_beginning(text: str, width: int) -> None:
    beginning = cut(text, width)
    assert text.startswith(beginning)
    assert cell_width(beginning) <= width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 5, ["one", "two", "three"]),
        ("abcdefgh ij", 3, ["abc", "def", "gh", "ij"]),
        ("abcdefgh ij", 5, ["abcde", "fgh", "ij"]),
        ("abcdefgh i", 5, ["abcde", "fgh i"]),
        ("a\n\nb", 5, ["a", "", "b"]),
        ("", 5, [""]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("漢", 1, ["漢"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(CELLS, st.integers(2, 30))
def test_wrapped_lines_fit_and_nothing_visible_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_width(line) <= max(width, 2) for line in lines)
    visible = [s for part in text.split("\n") for s, cells in graphemes(part) if cells and s.strip()]
    shown = "".join("".join(lines).split())
    assert all(s.strip() in shown for s in visible if s.isalnum())


def test_signs_that_need_no_tables_are_one_cell_each_and_stand_alone() -> None:
    fast = [chr(c) for c in range(0x3000) if _PLAIN.fullmatch(chr(c))]
    assert len(fast) > 600
    for sign in fast:
        assert wcwidth(sign) == 1, hex(ord(sign))
        assert list(iter_graphemes(f"{sign}a{sign}")) == [sign, "a", sign], hex(ord(sign))
