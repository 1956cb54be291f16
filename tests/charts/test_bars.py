from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.charts.bars import Style, bar, interval_bar
from prioritizer.charts.segments import row_text, row_width
from prioritizer.charts.shares import distribution, strip
from prioritizer.text.clean import clean_text

VALUES = st.one_of(st.none(), st.floats(), st.integers(-50, 150))
STYLES: list[Style] = ["eighth", "shade", "ascii"]


@pytest.mark.parametrize(
    ("value", "style", "drawn"),
    [
        (0, "eighth", "          "),
        (100, "eighth", "██████████"),
        (55, "eighth", "█████▌    "),
        (99.9, "eighth", "█████████▉"),
        (70, "shade", "▓▓▓▓▓▓▓░░░"),
        (70, "ascii", "#######..."),
        (None, "eighth", "··········"),
        (math.nan, "ascii", ".........."),
        (-5, "ascii", ".........."),
        (1e9, "ascii", "##########"),
    ],
)
def test_bar(value: float | None, style: Style, drawn: str) -> None:
    assert row_text(bar(value, 10, style=style)) == drawn


def test_a_bar_is_full_only_when_the_value_is() -> None:
    assert row_text(bar(99.99, 20)) != row_text(bar(100, 20))


def test_a_bar_names_its_role() -> None:
    assert bar(50, 4, role="good") == [("██", "good"), ("  ", "muted")]


@given(VALUES, st.integers(-2, 60), st.sampled_from(STYLES))
def test_bars_take_their_width(value: float | None, width: int, style: Style) -> None:
    assert row_width(bar(value, width, style=style)) == max(width, 0)


@pytest.mark.parametrize(
    ("low", "value", "high", "drawn"),
    [
        (40, 60, 80, "····├─●─┤·"),
        (60, 60, 60, "······●···"),
        (0, 100, 100, "├────────●"),
        (60, 60, 90, "······●──┤"),
        (math.nan, 60, 90, "··········"),
    ],
)
def test_interval_bar(low: float, value: float, high: float, drawn: str) -> None:
    assert row_text(interval_bar(low, value, high, 10)) == drawn


def test_interval_bar_in_ascii() -> None:
    assert row_text(interval_bar(40, 60, 80, 10, ascii_only=True)) == "....[-o-]."


@given(st.floats(), st.floats(), st.floats(), st.integers(-1, 50))
def test_interval_bars_take_their_width(low: float, value: float, high: float, width: int) -> None:
    row = interval_bar(low, value, high, width)
    assert row_width(row) == max(width, 0)
    if width > 0 and not any(map(math.isnan, (low, value, high))):
        assert row_text(row).count("●") == 1


def test_distribution() -> None:
    rows = distribution([("0", 0), ("2", 2), ("don't know", 4)], 20)
    assert [row_text(r) for r in rows] == [
        "0                  0",
        "2        ████▌     2",
        "don't k… █████████ 4",
    ]


@given(
    st.lists(
        st.tuples(st.text(max_size=12).map(lambda t: clean_text(t, lines=False)), st.integers(0, 10**6))
    ),
    st.integers(-1, 60),
)
def test_distributions_take_their_width(counts: list[tuple[str, int]], width: int) -> None:
    rows = distribution(counts, width)
    assert all(row_width(row) == width for row in rows)
    assert len(rows) == (len(counts) if width > 0 else 0)
    if width >= 24:
        assert all(str(count) in row_text(row) for row, (_, count) in zip(rows, counts, strict=True))


def test_strip_is_darker_the_larger_the_share() -> None:
    assert row_text(strip([0.6, 0.3, 0.1, 0.02, 0.0], 5)) == "█▓▒░·"
    assert row_text(strip([0.6, 0.3, 0.1, 0.02, 0.0], 10)) == "██▓▓▒▒░░··"
    assert row_text(strip([0.0, 0.6, 0.0, 0.0], 2)) == "█·"
    assert row_text(strip([1.0, 0.0], 4, ascii_only=True)) == "##.."
    assert row_text(strip([], 3)) == "   "


@given(st.lists(st.floats(0, 1) | st.just(math.nan), max_size=40), st.integers(-1, 60))
def test_strips_take_their_width(shares: list[float], width: int) -> None:
    assert row_width(strip(shares, width)) == max(width, 0)
