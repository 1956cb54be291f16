"""The service: several faces at one file, blindness, drafts, the library's promises."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from prioritizer import NotSaved, PrioritizerError, SessionRefused, Workshop
from prioritizer.workshop.commands.rate import Reveal
from prioritizer.workshop.commands.shortlist import Decide


def test_an_error_is_of_one_family() -> None:
    assert issubclass(SessionRefused, PrioritizerError)
    assert issubclass(NotSaved, PrioritizerError)


def test_open_or_create_names_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(SessionRefused, match=r"gone\.sqlite"):
        Workshop.open(tmp_path / "gone.sqlite")
    with pytest.raises(PrioritizerError, match="pilot-first"):
        Workshop.create(tmp_path / "s.sqlite", preset="pilot-frist")
    assert list(tmp_path.iterdir()) == []
    Workshop.create(tmp_path / "s.sqlite").close()
    with pytest.raises(PrioritizerError, match=r"s\.sqlite"):
        Workshop.create(tmp_path / "s.sqlite")


def test_our_own_command_line_beside_the_app(workshop: Workshop) -> None:
    code = (
        "from prioritizer import Workshop\n"
        f"with Workshop.open({str(workshop.path)!r}) as w: w.add_use_case('From elsewhere')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert "From elsewhere" not in [u.title for u in workshop.use_cases]
    # The next command plans on what is there now, without being told to look.
    made = workshop.add_use_case("After it")
    assert made.number == 5
    assert [u.title for u in workshop.use_cases][-2:] == ["From elsewhere", "After it"]
    assert workshop.refresh() is False


def test_before_a_reveal_nobody_sees_what_was_answered(tmp_path: Path) -> None:
    """Two sessions that differ only in an unrevealed answer look the same."""
    seen = []
    for answer in ("0", "4"):
        with Workshop.create(tmp_path / f"{answer}.sqlite", title="Same") as w:
            from prioritizer.workshop.commands.frame import AddParticipant

            w.do(AddParticipant("Ada"))
            first = w.add_use_case("A")
            w.rate(first, "P1", answer, by="Ada")
            case = w.use_cases[0]
            ranked = w.ranked(case.id).model_dump()
            ranked.pop("id")
            words = [(h.kind, h.words) for h in w.history()]
            seen.append((case.rounds["P1"][0].answers, ranked, words, w.undo(), w.redo()))
            w.do(Reveal())
            assert w.ranked(case.id).unknown.count("P1") == 0
    assert seen[0] == seen[1]


def test_a_draft_outlives_the_program(workshop: Workshop) -> None:
    workshop.keep_draft("collect.title", "half a tit").result()
    path = workshop.path
    workshop.close()
    with Workshop.open(path) as again:
        assert again.drafts() == {"collect.title": "half a tit"}
        again.keep_draft("collect.title", "").result()
        assert again.drafts() == {}


def test_a_burst_of_edits_keeps_its_order(workshop: Workshop) -> None:
    from prioritizer.workshop.commands.rate import Rate

    first = workshop.use_cases[0]
    futures = [workshop.submit(Rate(first.id, "P1", n % 5)) for n in range(50)]
    assert all(f.result() for f in futures)
    assert workshop.use_cases[0].level(0) == 49 % 5
    assert len([h for h in workshop.history() if h.kind == "rate"]) == 50


def test_closing_twice_is_fine_and_a_closed_session_says_so(tmp_path: Path) -> None:
    w = Workshop.create(tmp_path / "s.sqlite")
    w.close()
    w.close()
    with pytest.raises(PrioritizerError, match="closed"):
        w.add_use_case("Too late")


def test_names_stand_in_one_table_only(workshop: Workshop) -> None:
    first = workshop.use_cases[0]
    workshop.do(Decide(first.id, owner="Zoë Quill"))
    path = workshop.path
    workshop.close()
    import sqlite3

    connection = sqlite3.connect(path)
    try:
        tables = [r[0] for r in connection.execute("select name from sqlite_master where type='table'")]
        holding = [
            table
            for table in tables
            if any(
                "Zoë Quill" in str(value)
                for row in connection.execute(f'select * from "{table}"')
                for value in row
            )
        ]
    finally:
        connection.close()
    assert holding == ["name"]
