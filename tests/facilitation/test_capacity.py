"""What fits in the time: the reference values of rubric §7, and what follows from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.facilitation.capacity import capacity, minutes_shown, most_criteria, most_use_cases


@pytest.mark.parametrize(
    ("use_cases", "criteria", "minutes"),
    [(8, 5, 23), (12, 5, 34), (12, 8, 55), (20, 5, 58), (12, 16, 110)],
)
def test_reference_values(use_cases: int, criteria: int, minutes: int) -> None:
    assert minutes_shown(capacity(use_cases, criteria).talk) == minutes


def test_parts_by_hand() -> None:
    # 12 × 8 = 96 cells: 96 × 12 s = 19.2 min; 96 × 0.15 × 2.5 = 36 min; 96 × 9 answers × 0.6 s = 8.64 min.
    found = capacity(12, 8, voters=9)
    assert (round(found.silent, 6), round(found.discussion, 6), round(found.entry, 6)) == (19.2, 36.0, 8.64)
    assert minutes_shown(found.total) == 64
    assert capacity(12, 8).entry == 0


def test_nothing_needs_nothing() -> None:
    assert capacity(0, 8, 9).total == 0
    assert most_use_cases(45, 0) == 0
    assert most_criteria(45, 0) == 0


@given(st.integers(0, 500), st.integers(1, 30), st.integers(0, 30))
def test_what_is_said_to_fit_fits_and_one_more_does_not(minutes: int, criteria: int, voters: int) -> None:
    most = most_use_cases(minutes, criteria, voters)
    assert minutes_shown(capacity(most, criteria, voters).total) <= minutes
    assert minutes_shown(capacity(most + 1, criteria, voters).total) > minutes


@given(st.integers(0, 500), st.integers(1, 200), st.integers(0, 30))
def test_the_same_for_criteria(minutes: int, use_cases: int, voters: int) -> None:
    most = most_criteria(minutes, use_cases, voters)
    assert minutes_shown(capacity(use_cases, most, voters).total) <= minutes
    assert minutes_shown(capacity(use_cases, most + 1, voters).total) > minutes
