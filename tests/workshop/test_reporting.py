"""What the paper says of a session in which everything is decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from prioritizer.charts.svg_bars import Strip, strips_svg
from prioritizer.exchange.changes import change, fixes
from prioritizer.exchange.html_out import report_html
from prioritizer.exchange.markdown_out import decision_log_md, shortlist_md
from prioritizer.model.report import Report
from prioritizer.workshop.commands.shortlist import Decide
from prioritizer.workshop.exporting import build_report
from prioritizer.workshop.report_lists import sure_words
from prioritizer.workshop.sample import create_sample
from prioritizer.workshop.service import Workshop
from tests.exchange.reports import decide_everything, decided_report, sample_report


def test_every_decision_has_a_date_and_who_decided(tmp_path: Path) -> None:
    moment = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
    with create_sample(tmp_path / "s.sqlite", clock=lambda: moment) as workshop:
        decide_everything(workshop)
        report = build_report(workshop)
        what = {d.what: (d.date, d.by) for d in report.decisions}
        day = moment.astimezone().date().isoformat()
        chosen = "#2 Bug report triage: chosen for a pilot, owned by Kim Lee, by 2026-12-15"
        assert what[chosen] == (day, "Alex Roy, head of operations")
        assert what["#9 Contract clause extraction: not chosen"][0] == day
        assert all(d.date and d.by for d in report.decisions)
        workshop.undo()
        workshop.do(Decide(next(u.id for u in workshop.use_cases if u.number == 3), chosen=True))
        decisions = [d.what for d in build_report(workshop).decisions]
    assert "#3 Compliance document first draft: chosen for a pilot, owned by nobody yet" in decisions


@pytest.mark.parametrize("said", ["not a time", "0001-01-01T00:00:00Z", "2026-03-04T12:00:00"])
def test_a_log_with_times_that_are_none_is_survived(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else wrote the file: its checksums are right, and its times are what they are."""
    with create_sample(tmp_path / "s.sqlite") as workshop:
        decide_everything(workshop)
        log = [replace(entry, time=said) for entry in workshop._writer.call(workshop._store.history)]
        monkeypatch.setattr(workshop._store, "history", lambda: log)
        assert any("chosen for a pilot" in d.what for d in build_report(workshop).decisions)
        assert workshop.pace().observed == ()
        assert len(workshop.history()) == len(log)


def test_one_who_owns_a_pilot_did_not_decide_about_it(tmp_path: Path) -> None:
    log = decision_log_md(decided_report(tmp_path))
    assert "| Kim Lee |" not in log


def test_what_the_room_left_out_is_marked_everywhere(tmp_path: Path) -> None:
    report = decided_report(tmp_path)
    line = next(line for line in report.lines if line.number == 9)
    assert "left out by the room" in line.marks
    assert "left out by the room" in shortlist_md(report)


def test_paper_calls_a_use_case_by_one_number(tmp_path: Path) -> None:
    mirror = sample_report(tmp_path).mirror
    assert "#5, #6, #8 and #7" in mirror
    assert "05" not in mirror


def words(report: Report) -> set[str]:
    return {word for word, _ in report.legend}


def test_the_legend_explains_the_marks_that_stand_there_and_no_others(tmp_path: Path) -> None:
    sample, decided = words(sample_report(tmp_path)), words(decided_report(tmp_path))
    assert {"Readiness", "Demonstration", "Gap", "Demo trap", "Overlooked", "Unproven"} == sample
    assert {"Set aside by the room", "Left out by the room"} <= decided


@pytest.mark.parametrize(
    ("gate", "answer", "said"),
    [
        ("needs-agent", "rule", "A fixed rule or a form does it."),
        ("prohibited", "yes", "A law or a policy forbids it."),
    ],
)
def test_where_no_fact_moves_it_the_paper_says_why(tmp_path: Path, gate: str, answer: str, said: str) -> None:
    with create_sample(tmp_path / "s.sqlite") as workshop:
        case = next(u for u in workshop.use_cases if u.number == 2)
        workshop.answer_gate(case, gate, answer)
        report = build_report(workshop)
    line = next(line for line in report.lines if line.number == 2)
    assert change(line) == said
    row = next(row for row in shortlist_md(report).splitlines() if "Bug report triage" in row)
    assert said in row


def test_what_is_ready_and_left_out_does_not_wait_for_a_place(tmp_path: Path) -> None:
    line = sample_report(tmp_path).lines[3]
    assert line.lane == "pilot-first"
    assert "only the number of places" in change(line)
    assert change(replace(line, chosen=False)) == "ready; the room left it out"


def test_a_share_that_no_binary_number_holds_is_the_same_everywhere(tmp_path: Path) -> None:
    """100 × 0.29 is a hair under 29."""
    report = sample_report(tmp_path)
    assert "#2 29 %" in sure_words(report, ((2, 0.29),))
    assert "rank 1 29 %" in strips_svg([Strip(2, "A", (0.29, 0.71))])


def test_where_nothing_can_be_piloted_the_three_nearest_stand_with_their_fixes(tmp_path: Path) -> None:
    """The rubric's sentence for an empty first lane, on paper as on screen."""
    with create_sample(tmp_path / "s.sqlite") as workshop:
        for number in (1, 2, 3, 4):
            case = next(u for u in workshop.use_cases if u.number == number)
            workshop.rate(case, "D1", 2)
        report = build_report(workshop)
    assert [line.lane for line in report.lines if line.lane == "pilot-first"] == []
    assert len(report.nearest) == 3
    fix = "get read access by a service account in test (Data, no date)"
    page, markdown = report_html(report), shortlist_md(report)
    for near in report.nearest:
        assert fix in fixes(near)
        assert f"- **{near.title}** (\\#{near.number}): " in markdown
        assert f"<strong>#{near.number} {near.title}</strong>: " in page
    assert "The nearest, with the smallest set of fixes:" in markdown
    assert "The nearest, with the smallest set of fixes:" in page


def test_nothing_is_called_near_where_nothing_is(tmp_path: Path) -> None:
    with Workshop.create(tmp_path / "s.sqlite", title="Nothing yet") as workshop:
        empty = build_report(workshop)
        assert "nearest" not in shortlist_md(empty)
        assert "nearest" not in report_html(empty)
        workshop.answer_gate(workshop.add_use_case("Forbidden"), "prohibited", "yes")
        out = build_report(workshop)
    with Workshop.create(tmp_path / "t.sqlite", title="Only a title") as workshop:
        workshop.add_use_case("Nothing known")
        unknown = build_report(workshop)
    found = unknown.nearest[0].fixes
    assert len(found) > 20
    assert fixes(unknown.nearest[0]).endswith(f"; and {len(found) - 5} more")
    assert "and no fix that was found makes one pass" in shortlist_md(out)
    assert "and no fix that was found makes one pass" in report_html(out)
