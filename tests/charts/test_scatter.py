from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from prioritizer.charts.scatter import MIN_HEIGHT, MIN_WIDTH, Point, scatter
from prioritizer.charts.segments import row_text, row_width
from prioritizer.text.clean import clean_text

VALUE = st.one_of(
    st.none(), st.floats(allow_nan=True), st.floats(0, 100), st.sampled_from([0.0, 60.0, 100.0])
)
POINTS = st.lists(st.tuples(VALUE, VALUE), max_size=40).map(
    lambda found: [Point(x, y, i, "lane-out") for i, (x, y) in enumerate(found, 1)]
)


def drawing(points: list[Point], width: int = 80, height: int = 24) -> list[str]:
    return [row_text(r) for r in scatter(points, width, height, "Readiness", "Demonstration")]


def field(lines: list[str]) -> str:
    """Only what stands inside the axes."""
    return "\n".join(line[5:] for line in lines if line[4:5] in "│┤" and line[4:5])


def test_a_point_is_its_number_where_it_belongs() -> None:
    lines = drawing([Point(0, 0, 1), Point(100, 100, 2), Point(50, 50, 34)])
    assert lines[0].rstrip() == "Demonstration"
    assert lines[1].rstrip().endswith("2")
    bottom = next(line for line in lines if line.startswith("  0 ┤"))
    assert bottom[5] == "1"
    middle = next(line for line in lines if "34" in line[5:])
    assert 38 <= middle.index("34") <= 45
    assert "Readiness" in lines[-1]


def test_the_thresholds_are_lines() -> None:
    lines = drawing([])
    assert any(line.startswith(" 60 ┤┄┄") for line in lines)
    column = next(line.index("┼") for line in lines if "┼" in line)
    assert sum(line[column] == "┊" for line in lines) >= 15
    assert {"0", "20", "40", "60", "80", "100"} <= set(lines[-2].split())


def test_points_on_one_place_are_listed_together() -> None:
    assert "3·7" in field(drawing([Point(30, 30, 3), Point(30, 30, 7)]))


def test_neighbours_never_run_into_one_number() -> None:
    shown = field(drawing([Point(30, 30, 1), Point(31, 30, 2), Point(32, 30, 3)]))
    assert sorted(re.findall(r"\d+", shown)) == ["1", "2", "3"]


def test_what_has_no_room_or_no_value_is_named_below() -> None:
    crowd = [Point(50, 50, n) for n in range(1, 30)]
    lines = drawing([*crowd, Point(40, None, 99)], 40, 12)
    assert lines[-1].startswith("Not drawn: ")
    assert drawing([Point(40, None, 9)])[-1].rstrip() == "Not drawn: 9 not known"
    assert drawing([Point(float("nan"), 1, 9)])[-1].rstrip() == "Not drawn: 9 not known"


def test_no_point_is_moved_across_a_threshold() -> None:
    points = [Point(59, 30, n) for n in range(10, 13)] + [Point(61, 30, n) for n in range(20, 23)]
    lines = drawing(points, 60, 20)
    guide = next(line.index("┼") for line in lines if "┼" in line)
    for line in lines:
        for found in re.finditer(r"2[0-2]", line[5:] if line[4:5] == "│" else ""):
            assert found.start() + 5 >= guide


@given(POINTS, st.integers(MIN_WIDTH, 120), st.integers(MIN_HEIGHT, 40), st.booleans())
def test_every_row_takes_its_width_and_every_number_is_somewhere(
    points: list[Point], width: int, height: int, ascii_only: bool
) -> None:
    rows = scatter(points, width, height, "漢字", "Demonstration value", ascii_only=ascii_only)
    assert len(rows) == height
    assert all(row_width(row) == width for row in rows)
    lines = [row_text(row) for row in rows]
    if ascii_only:
        assert "".join(lines).replace("漢字", "").replace("…", "").isascii()
    if "…" not in lines[-1]:
        inside = [line[5:] for line in lines if line[4:5] in ("│", "┤", "|", "+")]
        numbers = set(re.findall(r"\d+", "\n".join([*inside, lines[-1] if "Not drawn" in lines[-1] else ""])))
        assert {str(p.number) for p in points} <= numbers


@given(POINTS, st.integers(-1, MIN_WIDTH), st.integers(-1, MIN_HEIGHT))
def test_without_room_the_points_are_listed(points: list[Point], width: int, height: int) -> None:
    rows = scatter(points, width, height)
    assert len(rows) <= max(height, 0)
    assert all(row_width(row) == width for row in rows)


def test_titles_of_any_script_fit() -> None:
    title = clean_text("示範價值👩\u200d👩\u200d👧" * 20)
    assert all(row_width(row) == 50 for row in scatter([Point(1, 1, 1)], 50, 15, title, title))
