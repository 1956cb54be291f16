"""Pictures for paper: well-formed, inside their frame, no number hidden, no text that is markup."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.charts.mirror import Entry
from prioritizer.charts.scatter import Point
from prioritizer.charts.svg_bars import Strip, bar_svg, dimensions_svg, strips_svg
from prioritizer.charts.svg_mirror import MOST, mirror_svg
from prioritizer.charts.svg_scatter import NUMBERED, scatter_svg
from prioritizer.text.clean import clean_text
from tests.text.corpus import FORMULAS, NASTY

NS = "{http://www.w3.org/2000/svg}"
SCORES = st.none() | st.floats(0, 100) | st.sampled_from([0.0, 60.0, 100.0])


def tree_of(picture: str) -> ElementTree.Element:
    root = ElementTree.fromstring(picture)
    assert root.tag == f"{NS}svg"
    assert root.get("role") == "img"
    assert root.findtext(f"{NS}title")
    assert not re.search(r' (?:style|class|on\w+|href|src)="', picture)
    return root


def texts(root: ElementTree.Element) -> list[str]:
    return [e.text or "" for e in root.iter(f"{NS}text")]


def marks(root: ElementTree.Element) -> list[tuple[float, float, str]]:
    """Where each bold number stands."""
    return [
        (float(e.get("x", "0")), float(e.get("y", "0")), e.text or "")
        for e in root.iter(f"{NS}text")
        if e.get("font-weight") == "600"
    ]


def test_every_point_has_its_number_and_none_covers_another() -> None:
    points = [Point(20 + n % 3, 95.0, n, "lane-not-yet") for n in range(1, 13)]
    root = tree_of(scatter_svg(points))
    found = marks(root)
    assert sorted(int(t) for _, _, t in found) == list(range(1, 13))
    apart = [math.dist(a[:2], b[:2]) for a in found for b in found if a is not b]
    assert min(apart) > 15


@given(st.lists(st.tuples(SCORES, SCORES), max_size=12))
def test_points_stay_in_the_frame(values: list[tuple[float | None, float | None]]) -> None:
    points = [Point(x, y, n, "lane-pilot-first") for n, (x, y) in enumerate(values, 1)]
    root = tree_of(scatter_svg(points, 600, 400))
    _, _, width, height = (float(v) for v in (root.get("viewBox") or "").split())
    known = [p for p in points if p.x is not None and p.y is not None]
    assert len(marks(root)) == len(known)
    assert all(0 <= x <= width and 0 <= y <= height for x, y, _ in marks(root))
    if len(known) < len(points):
        assert "without a demonstration value" in " ".join(texts(root))


def test_thousands_of_points_are_dots() -> None:
    points = [Point(n % 100, n % 97, n, "lane-find-out") for n in range(2_000)]
    picture = scatter_svg(points)
    assert len(marks(tree_of(picture))) == NUMBERED
    assert f"{2_000 - NUMBERED:,} further use cases are grey dots" in picture


def test_the_mirror_has_a_line_for_each_and_says_how_far() -> None:
    left = [Entry(n, f"Case {n}", "lane-pilot-first", n) for n in (1, 2, 3)]
    right = [Entry(n, f"Case {n}", "lane-pilot-first", place) for place, n in enumerate((3, 2, 1), 1)]
    root = tree_of(mirror_svg(left, right))
    assert len(list(root.iter(f"{NS}line"))) == 3
    assert [t for t in texts(root) if t[0] in "▲▼="] == ["▲ 2", "=", "▼ 2"]
    long = [Entry(n, "x", "", n) for n in range(MOST + 5)]
    assert f"The first {MOST} of {MOST + 5} are drawn." in mirror_svg(long, long)
    tree_of(mirror_svg([], []))


@given(SCORES, SCORES, SCORES)
def test_bars_are_as_long_as_their_value(value: float | None, low: float | None, high: float | None) -> None:
    root = tree_of(bar_svg(value, low, high, 100))
    widths = [float(r.get("width", "0")) for r in root.iter(f"{NS}rect")]
    assert all(0 <= w <= 100 for w in widths)
    assert len(widths) == (1 if value is None else 2)


def test_strips_and_dimensions() -> None:
    root = tree_of(strips_svg([Strip(1, "A", [0.75, 0.25, 0.0]), Strip(2, "B", [0.25, 0.75, 0.0])]))
    assert len(list(root.iter(f"{NS}rect"))) == 4
    assert "1: rank 1 75 %, rank 2 25 %" in (root.findtext(f"{NS}desc") or "")
    root = tree_of(dimensions_svg([("Data", 40), ("Owner", None)]))
    assert "–" in texts(root)
    tree_of(strips_svg([]))
    tree_of(dimensions_svg([]))


@pytest.mark.parametrize("raw", [*NASTY, *FORMULAS, "]]>", "&amp;", "</svg><script>"], ids=ascii)
def test_a_hostile_text_is_only_text(raw: str) -> None:
    text = clean_text(raw, limit=200)
    entries = [Entry(1, text, text, 1)]
    pictures = [
        mirror_svg(entries, entries, headings=(text, text), title=text or "x"),
        scatter_svg(
            [Point(1, 1, 1, text)], x_title=text, y_title=text, title=text or "x", legend={text: text}
        ),
        strips_svg([Strip(1, text, [1.0], text)], title=text or "x"),
        dimensions_svg([(text, 1)]),
        bar_svg(1, title=text or "x"),
    ]
    for picture in pictures:
        found = {e.tag.removeprefix(NS) for e in tree_of(picture).iter()}
        assert found <= {"svg", "title", "desc", "rect", "circle", "line", "text"}
