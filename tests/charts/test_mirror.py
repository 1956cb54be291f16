from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prioritizer.charts.mirror import MIN_WIDTH, Entry, mirror
from prioritizer.charts.segments import row_text, row_width, rows_text
from prioritizer.text.clean import clean_text
from tests.text.corpus import NASTY

TITLE = st.text(st.characters(), max_size=50).map(lambda t: clean_text(t, limit=200, lines=False))


@st.composite
def orders(draw: st.DrawFn) -> tuple[list[Entry], list[Entry]]:
    titles = draw(st.lists(TITLE, max_size=15))
    numbers = draw(st.lists(st.integers(1, 100_000), min_size=len(titles), max_size=len(titles), unique=True))
    left = [Entry(n, t, "lane-not-yet") for n, t in zip(numbers, titles, strict=True)]
    right = draw(st.permutations(left))
    return left, right[: draw(st.integers(0, len(right)))]


def lines_of(left: list[Entry], right: list[Entry], width: int = 80, ascii_only: bool = False) -> list[str]:
    return [row_text(r) for r in mirror(left, right, width, ascii_only=ascii_only)]


ABC = [Entry(1, "alpha"), Entry(2, "beta"), Entry(3, "gamma")]


def test_both_orders_and_the_moves_are_written() -> None:
    lines = lines_of(ABC, [ABC[2], ABC[1], ABC[0]])
    assert [line.split()[:3] for line in lines] == [
        ["1", "alpha", "#1"],
        ["2", "beta", "#2"],
        ["3", "gamma", "#3"],
    ]
    assert lines[0].rstrip().endswith("▲ 2")
    assert lines[1].rstrip().endswith("=")
    assert "▼ 2" in lines[2]
    assert any(0x2800 < ord(c) <= 0x28FF for c in lines[0])


def test_ties_move_by_rank_and_not_by_place() -> None:
    left = [Entry(1, "a", rank=1), Entry(2, "b", rank=1), Entry(3, "c", rank=3)]
    right = [Entry(2, "b", rank=1), Entry(1, "a", rank=1), Entry(3, "c", rank=3)]
    assert all(line.rstrip().endswith("=") for line in lines_of(left, right))


def test_without_braille_the_moves_remain() -> None:
    text = "\n".join(lines_of(ABC, ABC[::-1], ascii_only=True))
    assert text.isascii()
    assert "^2" in text
    assert "v2" in text


def test_a_high_window_gets_two_rows_an_entry() -> None:
    assert len(mirror(ABC, ABC, 80, 6)) == 6
    assert len(mirror(ABC, ABC, 80, 5)) == 3
    assert len(mirror(ABC, ABC, 80, 7, headings=("By readiness", "By show"))) == 7


def test_twelve_use_cases_are_readable_at_80_columns() -> None:
    twelve = [Entry(n, "Autonomous procurement negotiator") for n in range(1, 13)]
    for line in lines_of(twelve, twelve[::-1]):
        assert line.count("Autonomous proc") == 2


def test_lines_that_are_not_meant_are_dotted() -> None:
    whole = rows_text(mirror(ABC, ABC[::-1], 80))
    dotted = rows_text(mirror(ABC, ABC[::-1], 80, highlight=[3]))

    def dots(text: str) -> int:
        return sum((ord(c) - 0x2800).bit_count() for c in text if 0x2800 < ord(c) <= 0x28FF)

    assert dots(dotted) < dots(whole)


@given(orders(), st.integers(MIN_WIDTH, 160), st.integers(0, 40), st.booleans())
def test_every_row_takes_its_width(
    both: tuple[list[Entry], list[Entry]], width: int, height: int, ascii_only: bool
) -> None:
    left, right = both
    rows = mirror(left, right, width, height, headings=("漢字", "👩\u200d👧"), ascii_only=ascii_only)
    assert all(row_width(row) == width for row in rows)
    assert len(rows) in (len(left) + 1, 2 * len(left) + 1)


@given(orders(), st.integers(-1, MIN_WIDTH))
def test_without_room_there_is_a_list(both: tuple[list[Entry], list[Entry]], width: int) -> None:
    left, right = both
    rows = mirror(left, right, width)
    assert all(row_width(row) == width for row in rows)
    assert len(rows) == (len(left) if width > 0 else 0)


def test_nasty_titles_stay_in_their_column() -> None:
    left = [Entry(n, clean_text(t, limit=200, lines=False)) for n, t in enumerate(NASTY, 1)]
    for width in (30, 80, 120):
        assert all(row_width(row) == width for row in mirror(left, left[::-1], width))
