"""Ballots from tables, forms and answer files: all or nothing, with every wrong row named."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from prioritizer import PrioritizerError, Workshop
from prioritizer.exchange.answers_found import Known
from prioritizer.exchange.ballots_wide import find_cells, read_form_answer
from prioritizer.workshop.ballots import ballot_form, import_ballots, write_ballot
from prioritizer.workshop.commands.room import OpenRound
from prioritizer.workshop.views.reveal import reveal_cell
from prioritizer.workshop.views.room import room_view
from tests.room.conftest import NAMES, vote

HEAD = "participant,use_case,criterion,answer\n"


def levels(w: Workshop, place: int, criterion: str) -> tuple[int, ...]:
    found = reveal_cell(w.snapshot, w.use_cases[place].id, criterion)
    assert found is not None
    return found.states.levels


def refused(w: Workshop, text: str, *, partial: bool = False) -> str:
    before, log = w.snapshot, len(w.history())
    with pytest.raises(PrioritizerError) as caught:
        import_ballots(w, [(text.encode(), "b.csv")], partial=partial)
    assert (w.snapshot, len(w.history())) == (before, log), "nothing was written"
    return str(caught.value)


def test_a_tidy_table_is_one_round_revealed_and_one_undo(room: Workshop) -> None:
    rows = HEAD + "".join(
        f"{n},#{c},VIA,{a}\n" for c in (1, 2) for n, a in zip(NAMES, "3324?3-2", strict=True)
    )
    report = import_ballots(room, [(rows.encode(), "b.csv")])
    assert (report.answers, report.people, report.cells, report.revealed) == (16, 8, 2, True)
    assert levels(room, 0, "VIA") == (0, 0, 2, 3, 1)
    assert [h.words for h in room.history()][-1] == "16 answers"
    room.undo()
    assert room_view(room.snapshot).summary() == "No round was opened yet."


def test_every_wrong_row_is_named_and_nothing_enters(room: Workshop) -> None:
    said = refused(
        room,
        HEAD
        + "Ada,#1,VIA,3\nAdda,#1,VIA,3\nBen,#9,VIA,3\nCem,Route tikets,VIA,3\nDee,#1,VIB,3\nEva,#1,VIA,7\n"
        + "Ada,#1,VIA,2\nLea,#1,VIA,2\n,#1,VIA,2\nshort,row\n",
    )
    assert "9 rows are refused" in said
    for row in (
        "row 3: Nobody on the roster is called “Adda”. Nearest: Ada.",
        "row 4: There is no use case #9",
        "row 5: There is no use case “Route tikets”. Nearest: #1 Route tickets.",
        "row 6: There is no criterion “VIB”. Did you mean “VIA”",
        "row 7: “7” is not an answer: 0 to 4, ? (don't know) or - (not my field).",
        "row 8: Ada has answered #1 VIA already; a second ballot does not count.",
        "row 9: Lea does not vote in this session.",
        "row 10: it has no participant.",
        "row 11: it has 2 cells where the header has 4",
    ):
        assert row in said


def test_partial_lets_the_valid_rows_in(room: Workshop) -> None:
    rows = HEAD + "Ada,#1,VIA,3\nBen,#1,VIA,9\nCem,#1,VIA,\n"
    report = import_ballots(room, [(rows.encode(), None)], partial=True)
    assert (report.answers, [r.row for r in report.refused], report.blank) == (1, [3], 1)
    assert levels(room, 0, "VIA") == (0, 0, 0, 1, 0)
    assert "1 row is refused" in refused(room, HEAD + "Ben,#1,VIA,9\n", partial=True)


def test_a_vote_after_the_reveal_is_refused(room: Workshop) -> None:
    vote(room, 0, "VIA", "33333333")
    assert "row 2: #1 VIA is revealed" in refused(room, HEAD + "Ada,#1,VIA,2\n")


def test_ballots_join_the_round_that_is_open(room: Workshop) -> None:
    case = room.use_cases[0].id
    room.do(OpenRound([case], ["VIA"]))
    room.rate(case, "VIA", 2, by="Ada")
    assert "Ada has answered #1 VIA already" in refused(room, HEAD + "Ada,#1,VIA,2\nBen,#1,VIA,2\n")
    import_ballots(room, [((HEAD + "Ben,#1,VIA,4\n").encode(), None)])
    assert levels(room, 0, "VIA") == (0, 0, 1, 0, 1)
    assert len(room.use_cases[0].rounds["VIA"]) == 1


def test_a_workbook_is_read_like_a_table(room: Workshop, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Participant", "Use case", "Criterion", "Answer"],
        ["Ada", "#1", "VIA", 3],
        ["Ben", "#1", "VIA", "-"],
    ):
        sheet.append(row)
    book.save(tmp_path / "b.xlsx")
    assert import_ballots(room, [(tmp_path / "b.xlsx", None)]).answers == 2
    assert levels(room, 0, "VIA") == (0, 0, 0, 1, 0)


def test_a_form_s_export_with_one_row_a_person(room: Workshop) -> None:
    text = (
        "Timestamp,Your name,Viability [Route tickets],VIA #2,Data – Draft filings,Any comment?\n"
        "1/1,Ada,3 - with past cases,An expert must judge each output,?,fine\n"
        "1/2,Ben,3.0,Don’t know,,\n"
    )
    report = import_ballots(room, [(text.encode(), "form.csv")])
    assert (report.answers, report.cells, report.blank) == (5, 3, 1)
    assert levels(room, 0, "VIA") == (0, 0, 0, 2, 0)
    assert levels(room, 1, "VIA") == (0, 1, 0, 0, 0)


def test_columns_of_a_form_can_be_mapped(room: Workshop) -> None:
    text = "Wer,Frage 1,Frage 2\nAda,4,x\n"
    assert "Say --map participant=COLUMN" in refused(room, text)
    mapping = [("participant", "Wer"), ("VIA:#1", "Frage 1"), ("DAT:Draft filings", "frage 2")]
    with pytest.raises(PrioritizerError, match=r"row 2: “x” is not an answer.*\(column “Frage 2”\)"):
        import_ballots(room, [(text.encode(), None)], mapping=mapping)
    import_ballots(room, [(text.encode(), None)], mapping=mapping[:2])
    assert levels(room, 0, "VIA") == (0, 0, 0, 0, 1)
    with pytest.raises(PrioritizerError, match="names no cell"):
        import_ballots(room, [(text.encode(), None)], mapping=[("VIA", "Frage 1")])
    assert "headers that name a criterion" in refused(room, "Name,Colour\nAda,red\n")


def test_headers_name_cells_in_many_ways() -> None:
    known = Known(
        {"P1": ("Telling right from wrong", ("a",) * 5), "P3": ("If it is wrong", ("b",) * 5)},
        {1: "Tickets", 12: "Tickets for P1 teams"},
    )
    headers = [
        "P1 #12",
        "#1: if it is wrong",
        "p3 [Tickets]",
        "Telling right from wrong [Tickets for P1 teams]",
        "Tickets",
        "P1",
        "P11 #1",
        "#7 P1",
    ]
    assert find_cells(headers, known) == {
        0: ("P1", "#12"),
        1: ("P3", "#1"),
        2: ("P3", "#1"),
        3: ("P1", "#12"),
    }


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("3", "3"),
        ("4 – done", "4"),
        ("0: none", "0"),
        ("2.0", "2"),
        ("Level two.", "2"),
        ("?", "?"),
        ("–", "-"),
        ("I don't know", "?"),
        ("7", None),
        ("30", None),
        ("2.5", None),
        ("two", None),
    ],
)
def test_what_people_write_into_a_form(text: str, answer: str | None) -> None:
    assert read_form_answer(text, ("zero", "one", "level two", "three", "four")) == answer


def saved(w: Workshop, who: str, given: dict[int, str], **more: object) -> bytes:
    """An answer file as the ballot page saves it."""
    rows = [{"use_case": w.use_cases[i].id, "criterion": "VIA", "answer": a} for i, a in given.items()]
    document = {"format": "prioritizer-ballot", "version": 1, "session": w.snapshot.id, "participant": who}
    return json.dumps({**document, "answers": rows} | more).encode()


def test_answer_files_stay_blind(room: Workshop) -> None:
    report = import_ballots(room, [(saved(room, n, {0: "3", 1: "?"}), n) for n in NAMES[:3]])
    assert (report.answers, report.people, report.revealed) == (6, 3, False)
    assert levels(room, 0, "VIA") == (0, 0, 0, 0, 0)
    assert [p.name for p in room_view(room.snapshot).people if p.done] == list(NAMES[:3])
    with pytest.raises(PrioritizerError, match=r"Ada has answered #1 VIA already"):
        import_ballots(room, [(saved(room, "Ada", {0: "2"}), "again")])
    import_ballots(room, [(saved(room, "Dee", {0: "1"}), "d")], reveal=True)
    assert levels(room, 0, "VIA") == (0, 1, 0, 3, 0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"session": "another"}, "made for another session"),
        ({"version": 9}, "another version"),
        ({"format": "x"}, "no answer file"),
        ({"participant": ""}, "does not say who"),
        ({"answers": "no"}, "is damaged"),
        ({"answers": [3, {"use_case": 1}]}, "2 rows are refused"),
        ({"answers": [{"use_case": "#1", "criterion": "VIA", "answer": "9"}]}, "“9” is not an answer"),
    ],
)
def test_a_strange_answer_file_is_refused(room: Workshop, change: dict[str, object], says: str) -> None:
    with pytest.raises(PrioritizerError, match=says):
        import_ballots(room, [(saved(room, "Ada", {0: "3"}, **change), "f")])
    assert room_view(room.snapshot).cells == ()


def test_broken_json_is_a_sentence(room: Workshop) -> None:
    for text in ("{", '{"a":', "{" * 3000):
        assert "its JSON is broken" in refused(room, text)


def test_what_a_ballot_asks(room: Workshop) -> None:
    everything = ballot_form(room.snapshot)
    assert sum(len(cases) for _, cases in everything.asked()) == 21
    assert everything.people == NAMES
    room.do(OpenRound([room.use_cases[1].id], ["DAT", "INT"]))
    opened = ballot_form(room.snapshot)
    assert [(c.id, [u.number for u in cases]) for c, cases in opened.asked()] == [("DAT", [2]), ("INT", [2])]
    with pytest.raises(PrioritizerError, match="no criterion"):
        ballot_form(room.snapshot, criteria=["X"])


def test_paper_and_table_have_the_same_columns(room: Workshop, tmp_path: Path) -> None:
    form = ballot_form(room.snapshot, criteria=["VIA"], people=["Ada"])
    write_ballot(form, tmp_path / "b.csv")
    write_ballot(form, tmp_path / "b.md")
    write_ballot(form, tmp_path / "b.html", paper=True)
    table = (tmp_path / "b.csv").read_text("utf-8-sig").splitlines()
    assert table[0] == '"participant","use_case","criterion","answer"'
    assert "| participant | use_case | criterion | answer |" in (tmp_path / "b.md").read_text(
        "utf-8"
    ).replace("\\_", "_")
    page = (tmp_path / "b.html").read_text("utf-8")
    assert "<tr><th>participant</th><th>use_case</th><th>criterion</th><th>answer</th></tr>" in page
    assert "default-src &#x27;none&#x27;" in page
    filled = "\n".join(line.replace('""', '"3"') if n else line for n, line in enumerate(table))
    assert import_ballots(room, [(filled.encode(), None)]).answers == 3
    with pytest.raises(PrioritizerError, match="exists already"):
        write_ballot(form, tmp_path / "b.csv")
    with pytest.raises(PrioritizerError, match="says not what to write"):
        write_ballot(form, tmp_path / "b.pdf")
