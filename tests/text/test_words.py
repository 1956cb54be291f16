from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.errors import PrioritizerError
from prioritizer.text.dates import parse_date
from prioritizer.text.nearest import did_you_mean, nearest

COLUMNS = [
    "Use Case Name",
    "Agency",
    "Agency Abbreviation",
    "Bureau",
    "What is the intended purpose and expected benefits of the AI?",
]
TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("agency", "Agency"),
        ("Agecny", "Agency"),
        ("use case", "Use Case Name"),
        ("purpose", "What is the intended purpose and expected benefits of the AI?"),
        ("BUREAU ", "Bureau"),
    ],
)
def test_the_nearest_comes_first(word: str, first: str) -> None:
    assert nearest(word, COLUMNS)[0] == first


def test_nothing_near_is_nothing_said() -> None:
    assert nearest("zzzz", COLUMNS) == []
    assert did_you_mean("zzzz", COLUMNS) == ""
    assert did_you_mean("x", []) == ""


def test_did_you_mean() -> None:
    assert did_you_mean("Burau", ["Bureau"]) == " Did you mean “Bureau”?"
    assert did_you_mean("ab", ["abc", "abd", "abe"]) == " Did you mean “abc”, “abd” or “abe”?"
    assert "\x1b" not in did_you_mean("red", ["\x1b[31mred"])


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=8), st.integers(0, 5))
def test_only_known_words_are_offered(word: str, known: list[str], n: int) -> None:
    found = nearest(word, known, n)
    assert len(found) <= n
    assert set(found) <= set(known)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-10", "2026-03-10"),
        (" 2026-3-1 ", "2026-03-01"),
        ("+14", "2026-03-23"),
        ("+0", "2026-03-09"),
        ("2028-02-29", "2028-02-29"),
    ],
)
def test_dates(text: str, day: str) -> None:
    assert parse_date(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is not a date. Write it as 2026-03-09"),
        ("soon", "“soon” is not a date"),
        ("9.3.2026", "is not a date"),
        ("20260309", "is not a date"),
        ("2026-02-30", "There is no day 2026-02-30"),
        ("0000-01-01", "There is no day"),
        ("+14 days", "is not a date"),
        ("-3", "is not a date"),
        ("٢٠٢٦-٠٣-٠٩", "is not a date"),
        ("\x1b[31m", "\ufffd[31m"),
    ],
)
def test_what_is_no_date_gets_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(PrioritizerError) as caught:
        parse_date(text, today=TODAY)
    assert sentence in str(caught.value)


def test_too_far_ahead() -> None:
    with pytest.raises(PrioritizerError, match="too far ahead"):
        parse_date("+9999", today=date(9999, 1, 1))
