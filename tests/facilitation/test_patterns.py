"""The five patterns of rubric §5: its own vectors, the order of the tests, and plain counting as a witness."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from prioritizer.facilitation.patterns import (
    MOVES,
    find_pattern,
    interquartile_range,
    movement,
)

GOLDEN = [
    ([2, 2, 2, 3, 3, 2, 2, 3], "agreed", 0.81),
    ([3] * 7 + [0], "outlier", 0.65),
    ([0, 1, 2, 3, 4, 1, 2, 3], "wide", 0.19),
    ([1, 1, 1, 1, 3, 3, 3, 3], "two-camps", 0.17),
    ([0, 0, 0, 0, 4, 4, 4, 4], "two-camps", -1.0),
]


@pytest.mark.parametrize(("levels", "pattern", "agreement"), GOLDEN)
def test_the_vectors_of_the_rubric(levels: list[int], pattern: str, agreement: float) -> None:
    assert find_pattern(levels).id == pattern
    assert find_pattern(reversed(levels)).id == pattern


def test_the_standard_deviation_cannot_tell_them_apart() -> None:
    assert np.std(GOLDEN[1][0]) == pytest.approx(np.std(GOLDEN[3][0]), abs=0.01)


@pytest.mark.parametrize(
    ("levels", "pattern"),
    [
        ([], "thin"),
        ([0, 4], "thin"),  # thin comes before two camps
        ([0, 0, 4], "wide"),  # one person is no camp; one of three stands apart, and the range is 2
        ([2, 2, 4], "outlier"),
        ([2, 2, 2, 4, 4], "two-camps"),  # 40 % on one side
        ([2] * 5 + [4] * 2, "wide"),  # 28.6 % is below the share; two apart are too many below eight people
        ([2] * 6 + [4] * 2, "outlier"),  # two people, from eight on
        ([2] * 7 + [0, 4, 4], "wide"),  # three people apart
        ([0] * 7 + [2, 4, 4, 4], "wide"),  # 27 %
        ([0, 0, 1, 2, 2], "two-camps"),  # half of the smaller peak is allowed between them
        ([0, 0, 1, 1, 2, 2], "agreed"),  # more than half is not; and all are within one of 1
        ([1, 2, 3], "agreed"),
        ([3, 3, 3, 4, 2], "agreed"),
    ],
)
def test_the_order_and_the_edges(levels: list[int], pattern: str) -> None:
    assert find_pattern(levels).id == pattern


def by_the_words(levels: tuple[int, ...]) -> str:
    """The rubric once more, in other words, with numpy's quartiles."""
    n = len(levels)
    if n < 3:
        return "thin"
    m = sorted(levels)[(n - 1) // 2]
    for a, b in itertools.combinations(range(5), 2):
        at, bt = levels.count(a), levels.count(b)
        if (
            b - a >= 2
            and min(at, bt) >= 2
            and all(levels.count(k) <= min(at, bt) / 2 for k in range(a + 1, b))
        ):
            sides = (
                sum(abs(x - a) < abs(x - b) for x in levels),
                sum(abs(x - b) < abs(x - a) for x in levels),
            )
            if min(sides) / n >= 0.3:
                return "two-camps"
    far = sum(abs(x - m) >= 2 for x in levels)
    q1, q3 = np.quantile(levels, [0.25, 0.75])
    if q3 - q1 >= 2 or far >= 3:
        return "wide"
    if far == 1 or (far == 2 and n >= 8):
        return "outlier"
    return "agreed" if far == 0 else "wide"


def test_every_ballot_of_up_to_ten_people() -> None:
    for n in range(11):
        for levels in itertools.combinations_with_replacement(range(5), n):
            assert find_pattern(levels).id == by_the_words(levels), levels


def test_quartiles_are_interpolated() -> None:
    assert interquartile_range([0, 1, 2, 3]) == pytest.approx(1.5)
    assert interquartile_range([2]) == 0


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        ([2, 2, 2, 4, 4, 4], [3, 3, 3, 3, 3, 4], "2 → 3, camps merged"),
        ([3] * 7 + [0], [3] * 8, "stays 3, agreed now"),
        ([3] * 8, [3] * 7 + [0], "stays 3, apart now"),
        ([0, 0, 4, 4], [0, 0, 4, 4], "stays 0, still two camps"),
        ([0, 1, 2, 3, 4, 1, 2, 3], [2] * 7 + [4], "stays 2, outlier now"),
        ([], [2, 2, 2], "? → 2, agreed now"),
        ([2, 2, 2], [2], "stays 2, fewer answers now"),
    ],
)
def test_movement_in_words(before: list[int], now: list[int], words: str) -> None:
    assert movement(find_pattern(before), find_pattern(now)) == words


def test_two_people_apart_are_told_as_two() -> None:
    assert "Two people" in find_pattern([2] * 6 + [4] * 2).move
    assert find_pattern([2] * 7 + [4]).move == MOVES["outlier"]
