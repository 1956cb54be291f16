"""Similar titles at an import: kept, skipped or merged, a row at a time or all of them; undo takes all back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from prioritizer.errors import PrioritizerError
from prioritizer.workshop.alike import Choice, checked_choice
from prioritizer.workshop.importing import ImportReport, import_use_cases, read_candidates
from prioritizer.workshop.service import Workshop

SOURCE = (
    "title,task,tag,cases per month\n"
    "Support ticket routing,Send each ticket to the right queue,support,400\n"  # row 2: same title
    "Support tickets routing,,desk,\n"  # row 3: almost
    "Invoice matching,,,\n"  # row 4: new
    "Invoice matching,With the purchase order,finance,\n"  # row 5: same title as row 4
    "Invoices matching,,books,\n"  # row 6: almost row 4
    "Nothing like it,,,\n"  # row 7
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Workshop]:
    with Workshop.create(tmp_path / "s.sqlite") as workshop:
        workshop.add_use_case("Support ticket routing")
        yield workshop


def imported(workshop: Workshop, similar: Choice = "keep", **choices: Choice) -> ImportReport:
    found = read_candidates(SOURCE.encode(), "ideas.csv")
    by_row = {int(row.removeprefix("row")): choice for row, choice in choices.items()}
    return import_use_cases(workshop, found, similar=similar, choices=by_row)


def live(workshop: Workshop) -> list[str]:
    return [u.title for u in workshop.use_cases]


def test_all_are_kept_unless_somebody_says_otherwise(room: Workshop) -> None:
    report = imported(room)
    assert (report.added, len(report.similar), len(report.near)) == (6, 2, 2)
    assert [m.row for m in report.similar] == [2, 5]
    assert [n.row for n in report.near] == [3, 6]
    assert len(live(room)) == 7


def test_all_are_skipped(room: Workshop) -> None:
    report = imported(room, "skip")
    assert (report.added, [n.row for n in report.skipped]) == (2, [2, 3, 5, 6])
    assert live(room) == ["Support ticket routing", "Invoice matching", "Nothing like it"]


def test_merging_fills_what_the_other_lacks_and_keeps_where_it_came_from(room: Workshop) -> None:
    report = imported(room, "merge")
    assert (report.added, [n.row for n in report.merged]) == (2, [2, 3, 5, 6])
    assert live(room) == ["Support ticket routing", "Invoice matching", "Nothing like it"]
    routing, invoices, _ = room.use_cases
    assert (routing.task, routing.cases_month) == ("Send each ticket to the right queue", 400)
    assert set(routing.tags) == {"support", "desk"}
    assert invoices.task == "With the purchase order"
    assert set(invoices.tags) == {"finance", "books"}
    doubles = {u.title: u.merged_into for u in room.snapshot.use_cases.values() if u.merged_into}
    assert doubles == {
        "Support ticket routing": routing.id,
        "Support tickets routing": routing.id,
        "Invoice matching": invoices.id,
        "Invoices matching": invoices.id,
    }
    assert room.undo() == "the import of 6 use cases"
    assert (live(room), room.use_cases[0].task, room.use_cases[0].tags) == (
        ["Support ticket routing"],
        "",
        (),
    )


def test_what_the_other_has_already_stays(room: Workshop) -> None:
    from prioritizer.workshop.commands.collect import EditUseCase

    room.do(EditUseCase(room.use_cases[0].id, task="Its own words"))
    imported(room, "merge")
    assert room.use_cases[0].task == "Its own words"


def test_each_row_can_have_a_choice_of_its_own(room: Workshop) -> None:
    report = imported(room, row2="merge", row3="skip", row7="skip")
    assert [n.row for n in report.merged] == [2]
    assert [n.row for n in report.skipped] == [3]
    assert live(room).count("Support ticket routing") == 1
    assert "Nothing like it" not in live(room), "a row that resembles nothing can be left out as well"
    assert live(room).count("Invoice matching") == 2


def test_a_double_of_a_skipped_row_follows_it_to_what_stays(room: Workshop) -> None:
    # Row 3 resembles the session's use case; row 2 is skipped, row 3 merged: into the session's.
    imported(room, row2="skip", row3="merge")
    assert set(room.use_cases[0].tags) == {"desk"}
    # Where the row that all others resemble was left out by hand, the next one stands for them.
    assert live(room).count("Invoices matching") == 1


def test_the_one_that_was_left_out_by_hand_is_no_target(tmp_path: Path) -> None:
    with Workshop.create(tmp_path / "t.sqlite") as workshop:
        imported(workshop, row4="skip", row5="merge", row6="merge")
        assert "Invoice matching" in live(workshop), "row 5 stands for both"


def test_a_row_whose_double_went_meanwhile_is_kept(room: Workshop) -> None:
    from prioritizer.workshop.commands.collect import Delete

    # It was to be merged when the list was looked at; nothing that was read may vanish for that.
    room.do(Delete([room.use_cases[0].id]))
    report = imported(room, row2="merge", row7="merge")
    assert {"Support ticket routing", "Nothing like it"} <= set(live(room))
    assert (report.added, report.merged) == (6, ())


def test_what_was_merged_away_leads_to_what_stayed(room: Workshop) -> None:
    from prioritizer.workshop.commands.collect import MergeInto

    kept = room.add_use_case("The one desk")
    room.do(MergeInto(room.use_cases[0].id, kept.id))
    imported(room, "merge")
    assert set(room.snapshot.use_cases[kept.id].tags) == {"support", "desk"}


def test_a_dry_run_says_the_same_and_writes_nothing(room: Workshop) -> None:
    before = room.path.read_bytes()
    found = read_candidates(SOURCE.encode(), "ideas.csv")
    report = import_use_cases(room, found, similar="merge", dry_run=True)
    assert (report.added, len(report.merged)) == (2, 4)
    assert room.path.read_bytes() == before


def test_an_unknown_choice_is_refused() -> None:
    with pytest.raises(PrioritizerError, match="keep, skip, merge"):
        checked_choice("drop")


def test_on_the_command_line(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from prioritizer.cli.app import app

    path, source = tmp_path / "s.sqlite", tmp_path / "ideas.csv"
    with Workshop.create(path) as workshop:
        workshop.add_use_case("Support ticket routing")
    source.write_text(SOURCE, encoding="utf-8")
    run = CliRunner().invoke(app, ["import", str(path), str(source), "--similar", "merge", "--json"])
    assert run.exit_code == 0, run.output
    report = json.loads(run.stdout)
    assert (report["added"], [m["row"] for m in report["merged"]]) == (2, [2, 3, 5, 6])
    assert report["skipped"] == []
