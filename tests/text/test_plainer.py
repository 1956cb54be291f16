"""Where a terminal lacks our signs: every cell stays one, and what differs goes on to differ."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import prioritizer
from prioritizer.text.clean import clean_text
from prioritizer.text.plainer import plainer
from prioritizer.text.width import cell_width
from prioritizer.tui.styles import GATE_SIGNS, LANE_SIGNS

ROOT = Path(prioritizer.__file__).parent


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("● Pilot first — “x” …", '* Pilot first - "x" .'),
        ("╭──╮│╰╯", "+--+|++"),
        ("Zoë Müller, 50 €", "Zoe Muller, 50 E"),
        ("漢字", "????"),
        ("👩‍👩‍👧‍👦!", "??!"),
        ("é", "e"),
        ("½ day, m², ﬁne, Ａ", "? day, m2, ?ne, A "),  # "1 day" and "fne" would say something else
        ("1️⃣ first", "1  first"),
        ("e\u0301 n\u0303", "e n"),
        ("\x1b[38;5;3m● \x1b[0m", "\x1b[38;5;3m* \x1b[0m"),
    ],
)
def test_in_ascii(text: str, plain: str) -> None:
    assert plainer(text, "ascii") == plain


def test_what_a_character_set_has_stays() -> None:
    assert plainer("Zoë ● × ±", "latin-1") == "Zoë * × ±"
    assert plainer("Жанна ●", "koi8-r") == "Жанна *"


@given(
    st.text(
        alphabet=st.characters(categories=["L", "M", "N", "S", "P", "Zs"])
        | st.sampled_from("1e\u200d\ufe0f\u20e3")
    )
)
def test_as_wide_as_before(entered: str) -> None:
    text = clean_text(entered)
    made = plainer(text, "ascii")
    assert made.isascii()
    assert cell_width(made) == cell_width(text)


def test_signs_that_differ_go_on_to_differ() -> None:
    for signs in (LANE_SIGNS, GATE_SIGNS):
        assert len({plainer(s, "ascii") for s in signs.values()}) == len(signs)
    assert len({plainer(s, "ascii") for s in "·░▒▓█"}) == 5  # the shades of a share
    assert len({plainer(s, "ascii") for s in "▒█┃"}) == 3  # two directions, and as it is


def test_every_sign_that_the_screens_draw_has_one_that_resembles_it() -> None:
    lost: set[str] = set()
    for path in (*ROOT.glob("tui/**/*.py"), *ROOT.glob("charts/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                lost |= {c for c in node.value if not c.isascii() and plainer(c, "ascii") == "?"}
    assert lost == set()
