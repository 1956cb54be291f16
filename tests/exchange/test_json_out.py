"""JSON documents against the standard library: the same values in the same layout."""

from __future__ import annotations

import json
import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from prioritizer.exchange.json_out import to_json

NUMBERS = st.integers(-(2**80), 2**80) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_values_and_layout_are_those_of_the_standard_library(document: dict[str, Any]) -> None:
    text = to_json(document).decode()
    assert json.loads(text) == document
    assert json.dumps(json.loads(text), ensure_ascii=False, indent=2).count("\n") + 1 == text.count("\n")


def test_an_ordinary_document_is_the_same_to_the_byte() -> None:
    document = {"a": [], "b": {}, "é": ["\u2028", '"\\/', 0.1, -0.0, 50.0, 1e9, True, None, {"x": 1}]}
    assert to_json(document) == (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def test_what_json_has_not_is_null_or_replaced() -> None:
    assert json.loads(to_json({"a": math.nan, "b": (math.inf, 1)})) == {"a": None, "b": [None, 1]}
    assert json.loads(to_json({"a": "half \ud800"})) == {"a": "half ?"}
