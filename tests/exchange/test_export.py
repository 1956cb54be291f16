from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from markdown_it import MarkdownIt

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.export import write_exports
from prioritizer.exchange.markdown_charter import charters_md
from prioritizer.exchange.markdown_out import decision_log_md, find_out_md, parking_lot_md, shortlist_md
from prioritizer.model.report import (
    Report,
    ReportDecision,
    ReportItem,
    ReportLine,
    ReportOverride,
    ReportParked,
    ReportScore,
    ReportTask,
)
from prioritizer.text.clean import clean_text
from prioritizer.workshop.commands.frame import AddParticipant
from prioritizer.workshop.commands.rate import Reveal
from prioritizer.workshop.commands.shortlist import Decide, SetCharter
from prioritizer.workshop.exporting import build_report, export_session
from prioritizer.workshop.sample import create_sample
from tests.exchange.test_markdown import RICH, folded, read
from tests.text.corpus import FORMULAS, NASTY

ROUTING = ReportLine(
    rank=1,
    tied=False,
    id="a",
    number=1,
    title="Support ticket routing",
    task="Put a queue on every ticket",
    lane="pilot-first",
    lane_title="Pilot first",
    class_title="bounded",
    readiness=78,
    low=78,
    high=78,
    dimensions=(ReportScore("P", "Production viability", 81),),
    demonstration=16,
    gap=-62,
    marks=("overlooked",),
    weakest="Completeness: 80–95 %",
    owner="Queue lead",
    due="2026-05-01",
)
NEGOTIATOR = ReportLine(
    rank=8,
    tied=True,
    id="b",
    number=5,
    title="Autonomous procurement negotiator",
    task="Negotiate",
    lane="not-yet",
    lane_title="Not yet",
    class_title="open-ended",
    readiness=11,
    low=5,
    high=20,
    demonstration=100,
    gap=89,
    demo_trap=True,
    coverage=87,
    weakest="Open goal",
    slice="summarise supplier quotes for the buyer",
    conditions=(ReportTask("name an owner", "Head of buying", "2026-06-01", "G1"),),
    find_outs=(ReportTask("count the case types"),),
    lane_by_rules="Not yet",
    overrides=(ReportOverride("lane", "Kim", "the board asked", "2026-03-09"),),
)
REPORT = Report(
    title="Which first?",
    date="2026-03-09",
    preset_id="pilot-first",
    preset_version=1,
    preset_hash="0123456789abcdef",
    purpose="Choose one pilot",
    decision_rule="The named decider after hearing the ranking",
    decider="Head of operations",
    took_part=(("operations", 3), ("data", 1)),
    weights=(("Production viability", 0.3), ("Data", 0.7)),
    weights_how="from the preset",
    lines=(ROUTING, NEGOTIATOR),
    parked=(ReportParked(9, "Chat for all", "", "too wide", "Kim", "2026-07-01"),),
    decisions=(ReportDecision("2026-03-09", "Pilot #1", "Kim", "ready"),),
    items=(ReportItem("a", 1, "Support ticket routing", "P1", 3, "measured"),),
    legend=(("Readiness", "0 to 100: how near to production"),),
)
RANKING = {
    "session": {"title": "Which first?"},
    "use_cases": [{"rank": 1, "title": "Support ticket routing"}],
}


def test_the_shortlist_has_everything_on_one_page() -> None:
    page = shortlist_md(REPORT)
    text = folded(read(RICH.render(page)).text)
    for fact in (
        "Shortlist: Which first?",
        "2026-03-09",
        "Choose one pilot",
        "3 × operations, 1 × data",
        "The named decider",
        "Proposed by the ranking, not decided yet",
        "▓▓▓▓▓▓▓▓░░ 78 (78–78)",
        "−62",
        "overlooked",
        "Completeness: 80–95 %",
        "Queue lead",
        "2026-05-01",
        "Demo traps",
        "start with: summarise supplier quotes for the buyer",
        "name an owner (Head of buying, 2026-06-01); count the case types (nobody yet, no date)",
        "8 tied",
        "+89",
        "87 % known",
        "lane, by Kim on 2026-03-09, because: the board asked; by the rules it is in “Not yet”",
        "Production viability 30 %, Data 70 % (from the preset)",
        "pilot-first, version 1, hash 0123456789abcdef",
        "Readiness: 0 to 100: how near to production",
    ):
        assert fact in text, fact
    assert "No use case passes every rule" not in text
    assert len(page.splitlines()) < 60


def test_the_choice_of_the_room_goes_before_the_ranking() -> None:
    chosen = replace(REPORT, lines=(ROUTING, replace(NEGOTIATOR, chosen=True)))
    assert [line.number for line in chosen.shortlist()] == [5]
    assert [line.number for line in chosen.not_now()] == [1]
    assert "Chosen by the room." in shortlist_md(chosen)
    refused = replace(REPORT, lines=(replace(ROUTING, chosen=False), NEGOTIATOR))
    assert refused.shortlist() == ()
    assert "Nothing is ready to be piloted." in shortlist_md(refused)


def test_an_empty_first_lane_is_said() -> None:
    page = shortlist_md(replace(REPORT, lines=(replace(ROUTING, lane="fix-then-pilot"),)))
    assert "No use case passes every rule for a first pilot" in page


def test_an_empty_session_makes_a_page() -> None:
    empty = Report(title="T", date="2026-03-09", preset_id="p", preset_version=1, preset_hash="h")
    for write in (shortlist_md, decision_log_md, find_out_md, parking_lot_md):
        page = write(empty)
        assert page.startswith("# ")
        assert page.endswith("\n")
        assert not page.endswith("\n\n")


def test_the_other_lists() -> None:
    assert "| 2026-03-09 | Pilot #1 | Kim | ready |" in decision_log_md(REPORT)
    assert (
        "| 5 | Autonomous procurement negotiator | find out | count the case types | nobody yet | no date |"
        in (find_out_md(REPORT))
    )
    assert "| 9 | Chat for all |   | too wide | Kim | 2026-07-01 |" in parking_lot_md(REPORT)


@pytest.mark.parametrize("raw", NASTY + FORMULAS)
def test_nasty_text_in_every_field_stays_text(raw: str) -> None:
    text = clean_text(raw, limit=300)
    line = replace(
        NEGOTIATOR,
        title=text,
        task=text,
        weakest=text,
        owner=text,
        due=text,
        marks=(text,),
        slice=text,
        conditions=(ReportTask(text, text, text),),
        overrides=(ReportOverride(text, text, text, text),),
    )
    report = replace(
        REPORT,
        title=text,
        date=text,
        purpose=text,
        decision_rule=text,
        decider=text,
        took_part=((text, 2),),
        lines=(replace(line, chosen=True), replace(line, id="c")),
        parked=(ReportParked(1, text, text, text, text, text),),
        decisions=(ReportDecision(text, text, text, text),),
        legend=((text, text),),
    )
    allowed = {"h1", "h2", "p", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    for write in (shortlist_md, charters_md, decision_log_md, find_out_md, parking_lot_md):
        found = read(RICH.render(write(report)))
        assert set(found.tags) <= allowed
        if folded(text):
            assert folded(text) in folded(found.text)
    assert "a" not in read(MarkdownIt("commonmark").render(shortlist_md(report))).tags


def test_exports_are_written_into_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "march"
    written = write_exports(REPORT, RANKING, folder, ["md", "csv", "json", "md"])
    assert [p.name for p in written] == [
        "shortlist.md",
        "charters.md",
        "decision-log.md",
        "find-out.md",
        "parking-lot.md",
        "ranking.csv",
        "items.csv",
        "ballots.csv",
        "charters.csv",
        "tasks.csv",
        "ranking.json",
    ]
    assert sorted(p.name for p in folder.iterdir()) == sorted(p.name for p in written)
    assert json.loads((folder / "ranking.json").read_text()) == RANKING
    assert (folder / "shortlist.md").read_text(encoding="utf-8") == shortlist_md(REPORT)


def test_an_earlier_export_is_not_replaced_silently_nor_by_half(tmp_path: Path) -> None:
    (tmp_path / "find-out.md").write_text("mine")
    with pytest.raises(PrioritizerError, match=r"has find-out\.md already.*--force"):
        write_exports(REPORT, RANKING, tmp_path, ["md"])
    assert [p.name for p in tmp_path.iterdir()] == ["find-out.md"]
    write_exports(REPORT, RANKING, tmp_path, ["md"], force=True)
    assert (tmp_path / "find-out.md").read_text() != "mine"


def test_unknown_formats_and_places_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PrioritizerError, match=r"There is no export format “mdd”\. Did you mean “md”"):
        write_exports(REPORT, RANKING, tmp_path, ["mdd"])
    (tmp_path / "file").write_text("x")
    with pytest.raises(PrioritizerError, match="is a file, not a folder"):
        write_exports(REPORT, RANKING, tmp_path / "file", ["md"])
    with pytest.raises(PrioritizerError, match="could not be made"):
        write_exports(REPORT, RANKING, tmp_path / "file" / "sub", ["md"])


def test_every_format_of_the_sample_is_written(tmp_path: Path) -> None:
    with create_sample(tmp_path / "s.sqlite") as workshop:
        written = export_session(workshop, tmp_path / "out")
    assert {p.suffix for p in written} == {".md", ".html", ".csv", ".xlsx", ".pptx", ".json"}
    assert all(p.stat().st_size > 30 for p in written)


def test_a_writer_is_loaded_by_its_format_only(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom prioritizer.workshop.sample import create_sample\n"
        "from prioritizer.workshop.exporting import export_session\nfrom pathlib import Path\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "w = create_sample(folder / 's.sqlite')\nexport_session(w, folder / 'o', ['md', 'csv', 'json'])\nw.close()\n"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & {'jinja2', 'pptx', 'xlsxwriter', 'openpyxl', 'lxml'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_charters_say_what_is_known_and_who_is_to_answer_the_rest(tmp_path: Path) -> None:
    with create_sample(tmp_path / "s.sqlite") as workshop:
        case = workshop.find("#2")
        workshop.do(Decide(case.id, chosen=True, owner="Quality lead", due="2026-05-01"))
        workshop.do(
            SetCharter(
                case.id,
                {
                    "target": "half the *minutes*",
                    "budget_engineering": "40,000 EUR",
                    "budget_change": "8,000",
                },
            )
        )
        page = charters_md(build_report(workshop))
    assert page.count("\n## ") == 1
    text = folded(read(RICH.render(page)).text)
    for fact in (
        "#2 Bug report triage",
        "Business owner: Quality lead (from the session)",
        "Target: half the *minutes*",
        "Go or no-go: 2026-05-01",
        "Systems: Bug tracker, Source repository (2 systems)",
        "Stop threshold: open. At which value is it stopped at once? → Business",
        "as rated G2 3, reported",
        "The budget for change is 20 % of that for engineering",
    ):
        assert fact in text, fact


def test_unrevealed_answers_are_in_no_document(tmp_path: Path) -> None:
    with create_sample(tmp_path / "s.sqlite") as workshop:
        for name in ("Ada Zebra", "Ben Yak"):
            workshop.do(AddParticipant(name, role="data"))
        workshop.rate("#1", "P1", 0, by="Ada Zebra")
        workshop.rate("#1", "P1", 4, by="Ben Yak")
        before = {p.name: p.read_bytes() for p in export_session(workshop, tmp_path / "blind")}
        workshop.rate("#1", "P1", 4, by="Ada Zebra")
        again = {p.name: p.read_bytes() for p in export_session(workshop, tmp_path / "blind2")}
        assert {k: v for k, v in before.items() if k != "shortlist.pptx"} == {
            k: v for k, v in again.items() if k != "shortlist.pptx"
        }
        workshop.do(Reveal())
        open_ = {p.name: p.read_bytes() for p in export_session(workshop, tmp_path / "open")}
        named = {p.name: p.read_bytes() for p in export_session(workshop, tmp_path / "named", names=True)}
    rows = list(csv.DictReader(io.StringIO(open_["ballots.csv"].decode("utf-8-sig"))))
    assert [(r["participant"], r["answer"]) for r in rows] == [("participant 1", "4"), ("participant 2", "4")]
    assert len(before["ballots.csv"].splitlines()) == 1
    assert not [name for name, data in open_.items() if b"Zebra" in data]
    for name in ("ballots.csv", "session.json", "shortlist.html", "shortlist.md"):
        assert b"Ada Zebra" in named[name], name


def test_who_was_asked_and_gave_no_answer_is_in_the_ballots(tmp_path: Path) -> None:
    from prioritizer.workshop.commands.room import OpenRound

    with create_sample(tmp_path / "s.sqlite") as workshop:
        for name in ("Ada", "Ben", "Cem"):
            workshop.do(AddParticipant(name, role="data"))
        case = workshop.find("#1")
        workshop.do(OpenRound([case.id], ["P1"]))
        workshop.rate(case, "P1", 3, by="Ada")
        workshop.rate(case, "P1", 2, by="Cem")
        workshop.do(Reveal())
        written = export_session(workshop, tmp_path / "out")
        files = {p.name: p for p in written}
        rows = list(csv.DictReader(io.StringIO(files["ballots.csv"].read_bytes().decode("utf-8-sig"))))
        said = [(r["participant"], r["answer"]) for r in rows]
        assert said == [("participant 1", "3"), ("participant 2", "pending"), ("participant 3", "2")]
        book = openpyxl.load_workbook(files["session.xlsx"], read_only=True)
        assert [row[5] for row in book["Ballots"].iter_rows(min_row=2, values_only=True)] == [3, "pending", 2]
        book.close()

    from prioritizer.workshop.importing import read_document
    from prioritizer.workshop.restoring import restore

    document = read_document(files["session.json"])
    assert document is not None
    with restore(tmp_path / "again.sqlite", document) as again:
        export_session(again, tmp_path / "out2", ["csv"])
    assert (tmp_path / "out2" / "ballots.csv").read_bytes() == files["ballots.csv"].read_bytes()


def test_pending_rows_of_an_export_are_no_answers_when_they_come_back() -> None:
    from prioritizer.exchange.answers_found import Known
    from prioritizer.exchange.ballots_in import read_any_ballots

    table = b"participant,use_case,criterion,answer\r\nAda,#1,P1,3\r\nBen,#1,P1,pending\r\n"
    found = read_any_ballots(table, Known({}, {}))
    assert ([a.participant for a in found.rows], found.refused, found.blank) == (["Ada"], (), 1)


def test_the_mirror_on_paper_says_what_the_vote_alone_would_have_kept(tmp_path: Path) -> None:
    from prioritizer.facilitation.cut import Candidate
    from prioritizer.workshop.commands.running import CutList
    from prioritizer.workshop.views.cut import cut_view

    with create_sample(tmp_path / "s.sqlite") as workshop:
        ids = [u.id for u in workshop.use_cases][:4]
        workshop.do(
            CutList(
                [
                    Candidate(ids[0], 1, 3, 2, 0),
                    Candidate(ids[1], 2, 4, 3, 0),
                    Candidate(ids[2], 3, 0, 0, 9),
                    Candidate(ids[3], 4, 0, 0, 8),
                ],
                2,
            )
        )
        found = cut_view(workshop.snapshot)
        assert found is not None
        written = {
            p.name: p.read_text("utf-8") for p in export_session(workshop, tmp_path / "o", ["md", "html"])
        }
        report = build_report(workshop)
    assert found.words[4:40] in report.mirror
    assert "When the long list was cut: the vote alone would" in report.mirror
    for page in written["shortlist.md"], written["shortlist.html"]:
        assert "When the long list was cut" in page


def test_how_the_weights_were_found_is_printed(tmp_path: Path) -> None:
    from prioritizer.workshop.commands.weights import SetWeights

    with create_sample(tmp_path / "s.sqlite") as workshop:
        assert "(as the preset has them)" in shortlist_md(build_report(workshop))
        workshop.do(SetWeights({"P": 1, "D": 1, "I": 1, "G": 1}, "swing, by the room", "agreed"))
        report = build_report(workshop)
    assert report.weights_how.startswith("swing, by the room")
    assert "(swing, by the room" in shortlist_md(report)


def test_charters_and_tasks_are_tables_too(tmp_path: Path) -> None:
    with create_sample(tmp_path / "s.sqlite") as workshop:
        workshop.do(SetCharter(workshop.find("#2").id, {"human_review": "=the triage lead"}))
        files = {p.name: p for p in export_session(workshop, tmp_path / "o", ["csv", "xlsx", "pptx"])}
    rows = list(csv.DictReader(io.StringIO(files["charters.csv"].read_bytes().decode("utf-8-sig"))))
    review = next(r for r in rows if (r["number"], r["field"]) == ("2", "human_review"))
    assert review["text"] == "'=the triage lead", "guarded like every text"
    tasks = list(csv.DictReader(io.StringIO(files["tasks.csv"].read_bytes().decode("utf-8-sig"))))
    assert {t["kind"] for t in tasks} <= {"find out", "fix"}
    assert any(t["what"].startswith("have the use of the data assessed") for t in tasks)
    book = openpyxl.load_workbook(files["session.xlsx"], read_only=True)
    assert {"Charters", "Decisions"} <= set(book.sheetnames)
    assert "=the triage lead" in {row[4] for row in book["Charters"].iter_rows(values_only=True)}
    book.close()
    from pptx import Presentation

    notes = Presentation(str(files["shortlist.pptx"])).slides[0].notes_slide.notes_text_frame.text
    assert "Human-review point: =the triage lead" in notes
