"""Looking at few pairs finds exactly what comparing every pair finds."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from prioritizer.workshop import likeness
from prioritizer.workshop.likeness import nearest_before
from prioritizer.workshop.near import LIKENESS, _plain
from tests.exchange.federal import FEDERAL

WORDS = (
    "route",
    "ticket",
    "tickets",
    "tikets",
    "triage",
    "summarise",
    "summarize",
    "call",
    "calls",
    "é",
    "漢字",
    "",
)
TITLES = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
    st.text("abc ", max_size=30),
    st.text(max_size=12),
    st.text("ab", min_size=200, max_size=260),
)


def every_pair(texts: list[str], kinds: list[int], first: int, least: int) -> list[tuple[int, int, int]]:
    """The rule as it is written down: each against all before it, the likest, of equals the earliest."""
    found = []
    for place in range(first, len(texts)):
        scores = [
            (-int(fuzz.ratio(texts[place], texts[other]) + 0.5), other)
            for other in range(place)
            if kinds[other] == kinds[place] and fuzz.ratio(texts[place], texts[other]) >= least
        ]
        if scores:
            score, other = min(scores)
            found.append((place, other, -score))
    return found


@given(st.lists(st.tuples(TITLES, st.integers(0, 2)), max_size=40), st.data())
@example([("", 0), ("", 0), ("", 1)], None)
def test_the_same_as_every_pair(rows: list[tuple[str, int]], data: st.DataObject | None) -> None:
    texts, kinds = [text for text, _ in rows], [kind for _, kind in rows]
    first = 0 if data is None else data.draw(st.integers(0, len(texts)))
    for least in (50, LIKENESS, 100):
        assert nearest_before(texts, kinds, first, least) == every_pair(texts, kinds, first, least)


@given(st.lists(TITLES, min_size=2, max_size=30))
def test_the_same_in_small_portions(texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(likeness, "_ROWS", 3)
        patch.setattr(likeness, "_FLUSH", 2)
        kinds = [0] * len(texts)
        assert nearest_before(texts, kinds, 0, LIKENESS) == every_pair(texts, kinds, 0, LIKENESS)


@pytest.mark.skipif(not FEDERAL.is_file(), reason="the public inventory is not at hand")
def test_the_same_for_real_titles() -> None:
    from prioritizer.workshop.importing import read_candidates

    rows = read_candidates(FEDERAL, None, [("title", "Use Case Name")]).rows
    texts = [_plain(title) for title in dict.fromkeys(row.title for row in rows)]
    kinds = [0] * len(texts)
    cut = len(texts) // 3
    expected = _by_matrix(texts)
    assert nearest_before(texts, kinds, 0, LIKENESS) == expected
    assert nearest_before(texts, kinds, cut, LIKENESS) == [each for each in expected if each[0] >= cut]
    assert len(expected) > 10


def _by_matrix(texts: list[str]) -> list[tuple[int, int, int]]:
    import numpy as np
    from rapidfuzz import process

    scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=LIKENESS, dtype=np.uint8)
    found = []
    for place in range(1, len(texts)):
        before = scores[place, :place]
        if before.any():
            other = int(before.argmax())  # the first of the largest
            found.append((place, other, int(before[other])))
    return found
