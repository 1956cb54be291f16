"""Counts with their noun, lists with "and", ids drawn together."""

from __future__ import annotations

import pytest

from prioritizer.text.phrases import counted, listed, ranges


def test_counted() -> None:
    assert counted(1, "use case") == "1 use case"
    assert counted(0, "use case") == "0 use cases"
    assert counted(2133, "use case") == "2,133 use cases"
    assert counted(3, "criterion", "criteria") == "3 criteria"


def test_listed() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("ids", "drawn"),
    [
        (["P2", "D1", "D2", "D3", "D4"], "P2, D1–D4"),
        (["I1", "I2"], "I1, I2"),
        (["I1", "I3"], "I1, I3"),
        (["VIA", "DAT"], "VIA, DAT"),
        (["A9", "A10", "A11"], "A9–A11"),
        (["1", "2", "3"], "1, 2, 3"),
        ([], ""),
    ],
)
def test_ranges(ids: list[str], drawn: str) -> None:
    assert ranges(ids) == drawn
