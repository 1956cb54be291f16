"""JSON that is put together from pieces is the JSON that the standard library writes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.model import spelling
from prioritizer.model.spelling import Speller, canonical_json
from prioritizer.text.clean import Cleaned
from tests.text.corpus import NASTY

TEXTS = st.one_of(
    st.sampled_from([t for t in NASTY if t.isprintable()]), st.text('ab"\\\n\x00\u2028é漢😀/', max_size=8)
)


def plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize("room", [5_000_000, 10])
@given(values=st.lists(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=5), max_size=8))
def test_spelled_as_json_and_as_a_text_inside_json(room: int, values: list[dict[str, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spelling, "_KEPT", room)
        speller = Speller()
        for value in values:
            made = speller.spell(Cleaned(value))
            assert str(made) == canonical_json(value) == plain(value)
            assert b"".join(made.quoted).decode() == plain(plain(value))
            assert list(made.value.items()) == list(json.loads(str(made)).items())
            assert type(made.value) is Cleaned
