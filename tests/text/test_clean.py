from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.text.clean import clean_error, clean_text, is_blank
from tests.text.corpus import FORMULAS, HONEST, NASTY

ANY = st.text(st.characters(), max_size=60)
SPIKY = st.text(
    st.sampled_from(
        "aé한e\u0301\u0323\u1161\u11a8\u1100\u200d\u200c\ufe0f\r\n\t \u2028\u202e\ud800\x1b👩🏽…\u0f71\u0f72"
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("plain", "plain"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("one\u2028two\u2029three", "one\ntwo\nthree"),
        ("safe\rEVIL", "safe\nEVIL"),
        ("\x1b[31m", "\ufffd[31m"),
        ("\x1b]52;c;ZXZpbA==\x07", "\ufffd]52;c;ZXZpbA==\ufffd"),
        ("\x9b31m", "\ufffd31m"),
        ("a\0b", "a\ufffdb"),
        ("\u202egpj.exe", "\ufffdgpj.exe"),
        ("\ud800", "\ufffd"),
        ("\ue000\U000f0000", "\ufffd\ufffd"),
        ("\ufeff\u200b\u00ad", "\ufffd\ufffd\ufffd"),
        ("\ufffe\u0378", "\ufffd\ufffd"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("[/nope]", "[/nope]"),
        ("a\tb", "a b"),
        ("  kept  ", "  kept  "),
        ("", ""),
    ],
)
def test_what_becomes_of_a_text(raw: str, cleaned: str) -> None:
    assert clean_text(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  a  ", "a"),
        ("a\n\tb", "a b"),
        ("a \r\n b", "a b"),
        ("\n\n", ""),
        ("a\u2028b", "a b"),
        ("two  spaces", "two  spaces"),
    ],
)
def test_one_line(raw: str, cleaned: str) -> None:
    assert clean_text(raw, lines=False) == cleaned


def test_a_long_text_ends_in_an_ellipsis_that_counts() -> None:
    cleaned = clean_text("x" * 100_000)
    assert len(cleaned) == 10_000
    assert cleaned.endswith("x…")
    assert clean_text("x" * 10_000) == "x" * 10_000


def test_a_cut_does_not_tear_a_sign_apart() -> None:
    assert clean_text("ab👩\u200d👧cd", limit=5) == "ab…"
    assert clean_text("abq\u0323\u0302xyz", limit=4) == "ab…"
    assert clean_text("ab👍🏽👍🏽", limit=4) == "ab…"


def test_marks_are_capped_at_eight() -> None:
    cleaned = clean_text("e" + "\u0301" * 200 + "x")
    assert sum(unicodedata.combining(c) > 0 for c in cleaned) <= 8
    assert cleaned[0] == "é"
    assert cleaned[-1] == "x"
    mixed = clean_text("e" + "\u200d\u0301" * 200)
    assert len(mixed) <= 9


def test_blanks_before_a_title_do_not_eat_it() -> None:
    assert clean_text(" " * 100_000 + "title", lines=False, limit=200) == "title"


def test_a_long_run_of_blanks_is_quick() -> None:
    assert clean_text((" " * 9_000 + "x") * 4 + "\n", lines=False).startswith("x")


@given(st.one_of(ANY, SPIKY), st.integers(0, 50), st.booleans())
def test_cleaning_twice_changes_nothing(text: str, limit: int, lines: bool) -> None:
    once = clean_text(text, limit=limit, lines=lines)
    assert clean_text(once, limit=limit, lines=lines) == once


@given(st.one_of(ANY, SPIKY), st.integers(0, 50), st.booleans())
def test_what_is_left_is_safe(text: str, limit: int, lines: bool) -> None:
    cleaned = clean_text(text, limit=limit, lines=lines)
    assert len(cleaned) <= limit
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode("utf-8")
    for character in cleaned:
        if character == "\n":
            assert lines
        elif character not in "\u200c\u200d":
            assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(st.one_of(ANY, SPIKY))
def test_canonically_equal_texts_become_equal(text: str) -> None:
    whole = "".join(c for c in text if unicodedata.category(c) != "Cs")
    assert clean_text(unicodedata.normalize("NFD", whole)) == clean_text(whole)


def test_every_code_point_is_settled() -> None:
    for start in range(0, 0x110000, 4096):
        block = "|".join(map(chr, range(start, start + 4096)))
        once = clean_text(block, limit=100_000)
        assert clean_text(once, limit=100_000) == once


@pytest.mark.parametrize("raw", NASTY + FORMULAS + HONEST)
def test_nasty_texts_become_plain(raw: str) -> None:
    for lines in (True, False):
        once = clean_text(raw, lines=lines)
        assert clean_text(once, lines=lines) == once
        assert not any(unicodedata.category(c) in {"Cs", "Co", "Cn"} for c in once)
        assert "\x1b" not in once
        assert "\u202e" not in once


@pytest.mark.parametrize("raw", ["", "   ", "\n\t", "\u200d\u200c", "\ufe0f", "\u3164\u2800", "\u3000"])
def test_nothing_to_see_is_blank(raw: str) -> None:
    assert is_blank(clean_text(raw))


def test_quoted_text_is_short() -> None:
    assert clean_error("a\nb\x1b") == "a b\ufffd"
    assert len(clean_error("x" * 300)) == 80
    assert clean_error(12) == "12"
