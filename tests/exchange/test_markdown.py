from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from prioritizer.exchange.markdown_text import escape, table
from prioritizer.text.clean import clean_text
from tests.text.corpus import FORMULAS, HONEST, NAMES, NASTY

STRICT = MarkdownIt("commonmark")
RICH = MarkdownIt("gfm-like")

TRICKY = (
    "*bold* _em_ **x** __y__ ~~z~~",
    "[text](http://x) ![img](http://y)",
    "<http://x> <b>b</b> <!-- c -->",
    "http://example.com www.example.com a@b.com mailto:a@b.com example.com",
    "https://example.com/a_b?c=d&e=f",
    "# heading",
    "## ",
    "- bullet",
    "+ bullet",
    "* bullet",
    "1. one",
    "12) two",
    "> quote",
    "---",
    "===",
    "***",
    "    code",
    "\tcode",
    "~~~",
    "`code` ``x``",
    "&amp; &lt; &#65; &copy AT&T",
    "a | b \\| c \\\\| d",
    "ends in \\",
    "[x]: http://y",
    "[^1]: note",
    "- [ ] task",
    "| a | b |\n|---|---|",
    "a\nb\n\nc",
    "javascript:alert(1)",
    "$x$ {y} ^z^ :smile:",
    "!important",
    "\\*not\\*",
    "Setext\n===",
    "1.",
    "-",
    "R&D, Q&A",
)
TEXT = st.text(
    st.sampled_from("ab1. -+*_`[]()<>!|\\#&;~:/@=\n\t\"'^$") | st.characters(), max_size=40
) | st.sampled_from(TRICKY)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    tags.close()
    return tags


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("reader", [STRICT, RICH], ids=["commonmark", "gfm"])
@pytest.mark.parametrize("text", TRICKY + NASTY + FORMULAS + HONEST + NAMES)
def test_a_hostile_text_is_only_text(reader: MarkdownIt, text: str) -> None:
    cleaned = clean_text(text)
    found = read(reader.render(escape(cleaned)))
    assert folded(found.text) == folded(cleaned)
    assert set(found.tags) <= {"p"}


@pytest.mark.parametrize("text", TRICKY + NASTY + FORMULAS + HONEST)
def test_a_hostile_text_stays_in_its_cell(text: str) -> None:
    cleaned = clean_text(text)
    page = "\n".join(table(["a", "b"], [[escape(cleaned), "end"]]))
    found = read(RICH.render(page))
    assert found.tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    assert folded(found.text) == folded(f"a b {cleaned} end")


@given(TEXT)
def test_any_text_is_only_text(text: str) -> None:
    cleaned = clean_text(text)
    for reader in (STRICT, RICH):
        found = read(reader.render(escape(cleaned)))
        assert folded(found.text) == folded(cleaned)
        assert set(found.tags) <= {"p"}
        listed = read(reader.render(f"- {escape(cleaned)}"))
        assert set(listed.tags) <= {"ul", "li", "p"}
        assert folded(listed.text) == folded(cleaned)
        heading = read(reader.render(f"# Shortlist: {escape(cleaned)}"))
        assert heading.tags == ["h1"]
        assert folded(heading.text) == folded(f"Shortlist: {cleaned}")
        bold = read(reader.render(f"x **{escape(cleaned)}** y")) if escape(cleaned) else None
        assert bold is None or set(bold.tags) <= {"p", "strong"}


@given(TEXT, TEXT)
def test_any_texts_stay_in_their_cells(first: str, second: str) -> None:
    one, two = clean_text(first), clean_text(second)
    found = read(RICH.render("\n".join(table(["a", "b"], [[escape(one), escape(two)]]))))
    assert found.tags.count("td") == 2
    assert set(found.tags) <= {"table", "thead", "tr", "th", "tbody", "td"}
    assert folded(found.text) == folded(f"a b {one} {two}")


def test_ordinary_text_stays_readable() -> None:
    for plain in (
        "Support ticket routing",
        "Invoice-to-PO (2024): 5 % less",
        "R&D, Q&A",
        "it's 3.5 days",
        "漢字",
    ):
        assert escape(plain) == plain


def test_numbers_are_aligned_to_the_right() -> None:
    assert table(["n", "t"], [["1", ""]], right=[0]) == ["| n | t |", "| --: | --- |", "| 1 |   |"]


def test_html_entities_are_not_needed() -> None:
    assert html.unescape(escape("<b>")) == escape("<b>")
