"""What an import leaves in memory is what the file holds: text that is known to be clean is not looked at twice."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from prioritizer import Workshop
from prioritizer.workshop.importing import check_file, import_use_cases, read_candidates

NASTY = (
    "[TODO] plan",
    "\x1b[31mred",
    "two\r\nlines\tand a tab",
    'quotes " and \\ back',
    "e\u0301clair",
    "\u202egpj.exe",
    "漢字 👩‍👩‍👧",
    "a\u2028b",
    "'=1+1",
    "e" + "\u0301" * 200,
    "  ",
    "\u00a0x",
)


def a_list(rows: int) -> bytes:
    """A table whose unmapped columns, in no order of the alphabet, hold what nobody should trust."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["Title", "Zebra", "Notes\x07 of\nold", "apple", "Tags"])
    for row in range(rows):
        nasty = [NASTY[(row + column) % len(NASTY)] for column in range(3)]
        table.writerow([f"Case {row}", *nasty, f"unit {row % 3}; b"])
    return text.getvalue().encode()


def test_the_snapshot_after_an_import_is_the_one_that_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    for _ in range(2):  # into an empty session, and beside use cases that are there
        with Workshop.create(path) if not path.exists() else Workshop.open(path) as workshop:
            rows = 60 + len(workshop.use_cases)
            import_use_cases(
                workshop, read_candidates(a_list(rows), "list", [("title", "Title"), ("tag", "Tags")])
            )
            after = workshop.snapshot
        with Workshop.open(path) as workshop:
            again = workshop.snapshot
        assert after.use_cases == again.use_cases
        assert list(after.use_cases) == list(again.use_cases)
        for case in again.use_cases.values():
            assert list(case.source.items()) == list(after.use_cases[case.id].source.items())
        assert [u.number for u in again.use_cases.values()] == list(range(1, len(again.use_cases) + 1))
        assert check_file(path) == []
    assert len(again.use_cases) == 120


def test_an_import_is_taken_back_and_done_again_whole(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with Workshop.create(path) as workshop:
        import_use_cases(workshop, read_candidates(a_list(80), "list", [("title", "Title"), ("tag", "Tags")]))
        before = workshop.snapshot
        workshop.undo()
        assert workshop.use_cases == []
        workshop.redo()
        assert workshop.snapshot.use_cases == before.use_cases
    assert check_file(path) == []
