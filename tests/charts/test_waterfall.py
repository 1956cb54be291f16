"""The waterfall and the tornado as plain text."""

from __future__ import annotations

from prioritizer.charts.segments import row_text, row_width
from prioritizer.charts.tornado import Swing, tornado
from prioritizer.charts.waterfall import waterfall


def test_each_part_begins_where_the_one_before_ends() -> None:
    rows = waterfall([("A", 20, 30), ("B", 10, 70)], 28)
    assert [row_text(row) for row in rows] == [
        "A +20  ████░░",
        "B +10  ····██░░░░░░░░░░░░",
    ]


def test_a_tornado_reads_without_colour() -> None:
    rows = tornado([Swing("D1", 40, 60), Swing("P", 48, 52)], 50, 33)
    texts = [row_text(row) for row in rows]
    assert texts[0].count("▒") == texts[0].count("█") > texts[1].count("█") > 0
    assert all("┃" in each for each in texts)
    assert texts[0].startswith("D1   40 ")
    assert all(row_width(row) <= 33 for row in rows)
    assert tornado([], 50, 33) == []
