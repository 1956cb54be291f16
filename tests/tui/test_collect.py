"""Collect as a story: type, paste, similar, mark, park, merge, facts, import."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from rich.text import Text
from textual.widgets import Input, ProgressBar, TextArea

from prioritizer.tui.screens.collect_forms import joined, parts
from prioritizer.tui.screens.collect_import import ImportScreen
from prioritizer.tui.screens.collect_review import ReviewScreen
from prioritizer.tui.widgets.rowlist import Look, RowList
from prioritizer.tui.widgets.textpane import TextPane
from prioritizer.workshop.previewing import Source
from prioritizer.workshop.service import Workshop
from tests.tui.conftest import HOSTILE, LARGE, SMALL, TITLES, MakeSession, OpenRoom, Room


def live(room: Room) -> list[str]:
    return [u.title for u in room.workshop.snapshot.live()]


def the_input(room: Room) -> Input:
    return room.app.screen.query_one("#collect-title", Input)


def the_list(room: Room) -> RowList:
    return room.app.screen.query_one("#collect-list", RowList)


def cursor(room: Room, title: str) -> None:
    the_list(room).select(next(u.id for u in room.workshop.snapshot.use_cases.values() if u.title == title))


def said(room: Room) -> str:
    """The line below the input."""
    return next(line for line in room.lines()[4:6] if line.strip())


# Typing


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_input_is_ready_and_an_empty_list_says_what_to_do(
    make_session: MakeSession, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(make_session([]), stage="collect", size=size) as room:
        assert the_input(room).has_focus
        assert "Nothing here yet." in room.text()
        await room.type("Sort the mail")
        await room.press("enter")
        assert live(room) == ["Sort the mail"]
        assert the_input(room).value == ""
        assert the_input(room).has_focus
        await room.type("SOX: quarterly evidence | collect it from six systems")
        await room.press("enter")
        second = list(room.workshop.snapshot.live())[1]
        assert (second.title, second.task) == ("SOX: quarterly evidence", "collect it from six systems")
        assert the_list(room).key == second.id
        await room.press("ctrl+z", "ctrl+z")
        assert live(room) == []


async def test_keys_typed_while_one_is_written_belong_to_the_next(
    make_session: MakeSession, open_room: OpenRoom
) -> None:
    async with open_room(make_session([]), stage="collect") as room:
        await room.pilot.press(*"one", "enter", *"two", "enter", *"thr")
        await room.settle()
        assert live(room) == ["one", "two"]
        assert the_input(room).value == "thr"


async def test_a_title_of_blanks_adds_nothing(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.press("space", "space", "enter")
        assert len(live(room)) == 3
        assert the_list(room).has_focus


async def test_a_title_that_could_not_be_saved_is_gone_on_with(
    small_session: Path, open_room: OpenRoom
) -> None:
    away = small_session.with_suffix(".away")
    async with open_room(small_session, stage="collect") as room:
        await room.type("Triage of claims")
        small_session.rename(away)
        await room.press("enter")
        away.rename(small_session)
        assert len(live(room)) == 3
        assert the_input(room).value == "Triage of claims"
        await room.type("!")
        assert the_input(room).value == "Triage of claims!", "one goes on typing where one was"
        await room.press("enter")
        assert live(room)[-1] == "Triage of claims!"


async def test_what_is_similar_is_shown_while_typing(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.type("support tick")
        assert "similar: #1 Support ticket routing" in said(room)
        await room.type("et routing")
        assert "there already: #1 Support ticket routing" in said(room)
        await room.press("ctrl+u")
        assert "3 use cases" in said(room)


async def test_half_a_title_outlives_the_program(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.type("Half a ti")
        await room.until(lambda: room.workshop.drafts() == {"collect.title": "Half a ti"})
    async with open_room(small_session, stage="collect") as room:
        assert the_input(room).value == "Half a ti"
        assert room.said == ["What you had begun to type is back."]
        await room.type("tle")
        await room.press("enter")
        assert live(room)[-1] == "Half a title"
        await room.until(lambda: room.workshop.drafts() == {})


# Pasting


async def test_many_lines_are_looked_at_and_added_in_one_step(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.paste("- one — with a task\n2. two\n\n[/nope]\nsupport ticket routing\n")
        assert isinstance(room.app.screen, ReviewScreen)
        text = room.text()
        assert "Add 4 use cases?" in text
        assert "≈ #1 99 %: Support ticket routing" in text
        await room.press("down", "down", "down", "space")
        assert "Add 3 use cases?" in room.text()
        await room.press("enter")
        assert live(room) == [*TITLES, "one", "two", "[/nope]"]
        assert list(room.workshop.snapshot.live())[3].task == "with a task"
        await room.press("ctrl+z")
        assert live(room) == list(TITLES)


async def test_a_paste_can_be_left(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.paste("one\ntwo")
        await room.press("escape")
        assert live(room) == list(TITLES)


async def test_one_line_is_pasted_into_the_input(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.paste("just one\n")
        assert the_input(room).value == "just one"
        await room.paste("\n \n")
        assert the_input(room).value == "just one"


# Marks, parking, merging, deleting


async def test_parking_and_bringing_back(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.press("escape", "home", "space", "space")
        assert "2 marked" in said(room)
        await room.press("p")
        assert live(room) == [TITLES[2]]
        assert "1 use case · 2 parked" in said(room)
        assert "parking 2 use cases" in room.said[-1]
        await room.press("v")
        assert "Parking lot: 2 use cases" in said(room)
        assert TITLES[0] in room.text()
        assert TITLES[2] not in room.text()
        await room.press("p")
        assert "parked already" in room.said[-1]
        await room.press("home", "enter")
        await room.type("waits for the new queue")
        await room.press("ctrl+s")
        assert "Support ticket routing  waits for the" in room.text()
        await room.press("b")
        assert live(room) == [TITLES[0], TITLES[2]]
        await room.press("v", "u", "u", "u")
        assert live(room) == list(TITLES)


async def test_the_cut_of_a_long_list(make_session: MakeSession, open_room: OpenRoom) -> None:
    async with open_room(make_session([f"Case {i}" for i in range(40)]), stage="collect") as room:
        await room.press("escape", "P")
        assert "Mark those to keep" in room.said[-1]
        await room.press("slash")
        await room.type("case 1")
        assert "13 of 40" in room.text()
        await room.press("enter", "asterisk")
        assert "13 marked" in said(room)
        await room.press("escape", "P")
        assert len(live(room)) == 13
        assert len(list(room.workshop.snapshot.parked())) == 27
        await room.press("u")
        assert len(live(room)) == 40


async def test_marks_stay_from_stage_to_stage(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.press("escape", "home", "space")
        await room.press("left_square_bracket", "right_square_bracket", "escape")
        assert "1 marked" in said(room)
        await room.press("asterisk", "asterisk")
        assert "marked" not in said(room)


async def test_merging_shows_the_lineage_and_is_one_step(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect", size=LARGE) as room:
        await room.press("escape", "home", "m")
        assert "Mark those that are the same" in room.said[-1]
        await room.press("space", "space", "m")
        assert live(room) == [TITLES[2]]
        assert "merging 2 use cases into another" in room.said[-1]
        text = room.text()
        assert "⊕ Merged" in text
        assert f"#1 {TITLES[0]}" in text
        assert f"#2 {TITLES[1]}" in text
        await room.press("u")
        assert live(room) == list(TITLES)


async def test_deleting_and_undo(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.press("escape", "home", "x")
        assert live(room) == list(TITLES[1:])
        assert TITLES[0] in room.said[-1]
        await room.press("u")
        assert live(room) == list(TITLES)


async def test_keys_on_an_empty_list_say_why_not(make_session: MakeSession, open_room: OpenRoom) -> None:
    async with open_room(make_session([]), stage="collect") as room:
        await room.press("escape")
        for key in ("e", "f", "space", "x", "p", "m", "slash", "asterisk", "t", "b", "P"):
            before = len(room.said)
            await room.press(key)
            assert len(room.said) == before + 1, key
        await room.press("v", "b")
        assert room.said[-1] == "The parking lot is empty."


# Wording and facts


async def test_the_wording_is_edited(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.press("escape", "home", "enter", "ctrl+u")
        await room.type("Sort tickets")
        await room.press("tab")
        await room.type("Read each one.")
        await room.press("enter")
        await room.type("Set its queue.")
        await room.press("tab", "tab")
        await room.type("support, quick win")
        await room.press("enter")
        await room.type("Ana")
        await room.press("enter")
        case = room.workshop.snapshot.use_cases[str(the_list(room).key)]
        assert (case.title, case.task) == ("Sort tickets", "Read each one.\nSet its queue.")
        assert (case.tags, case.proposer) == (("quick win", "support"), "Ana")
        await room.press("u")
        case = room.workshop.snapshot.use_cases[case.id]
        assert (case.title, case.task, case.tags) == (TITLES[0], "", ())


async def test_an_empty_title_is_refused_where_it_stands(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.press("escape", "home", "enter", "ctrl+u", "ctrl+s")
        assert "A use case needs a title" in room.text()
        await room.press("escape")
        assert live(room) == list(TITLES)


async def test_a_half_edited_task_outlives_the_program(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.press("escape", "home", "enter", "tab")
        await room.type("Half a task")
        await room.until(lambda: any("Half a task" in text for text in room.workshop.drafts().values()))
    async with open_room(small_session, stage="collect") as room:
        await room.press("escape", "home", "enter")
        assert room.app.screen.query_one("#field-task", TextArea).text == "Half a task"
        assert "is back" in room.text()
        await room.press("ctrl+s")
        assert next(iter(room.workshop.snapshot.live())).task == "Half a task"
        assert room.workshop.drafts() == {}


async def test_facts_are_recorded_with_what_they_support(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect", size=LARGE) as room:
        await room.press("escape", "home", "f")
        assert "I1 Systems in production" in room.text()
        await room.type("CRM, Mail archive")
        await room.press("enter")
        await room.type("2")
        await room.press("enter")
        await room.type("3,000")
        await room.press("enter")
        await room.type("4.5")
        await room.press("enter")
        case = next(iter(room.workshop.snapshot.live()))
        assert (case.systems, case.logins, case.cases_month, case.minutes_each) == (
            ("CRM", "Mail archive"),
            2,
            3000.0,
            4.5,
        )
        assert "225 hours a month" in " ".join(room.text().split())
        await room.press("u")
        assert next(iter(room.workshop.snapshot.live())).systems is None


@pytest.mark.parametrize(
    ("field", "bad"), [("logins", "two"), ("logins", "1.5"), ("minutes", "-3"), ("cases", "1e999")]
)
async def test_a_fact_that_is_no_number_is_refused(
    field: str, bad: str, small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.press("escape", "home", "f")
        room.app.screen.query_one(f"#field-{field}", Input).value = bad
        await room.press("ctrl+s")
        assert next(iter(room.workshop.snapshot.live())).logins is None
        assert room.app.screen.query_one(f"#field-{field}", Input).value == bad


def test_names_with_commas_stay_whole() -> None:
    assert parts(joined(["a, b", "c"])) == ["a, b", "c"]
    assert parts(joined(["a", "b"])) == ["a", "b"]
    assert parts(" a ,, b;") == ["a ,, b"]
    assert parts("") == []


# Filter and tags


async def test_filter_by_words_in_any_order_and_by_number(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.press("escape", "slash")
        await room.type("extraction contract")
        assert "1 of 3" in room.text()
        await room.press("escape")
        assert "of 3" not in room.text()
        await room.press("slash")
        await room.type("#2")
        assert len(the_list(room).keys) == 1
        await room.type(" nothing")
        assert "Nothing has these words" in room.text()


async def test_only_what_has_a_tag(sample_session: Path, open_room: OpenRoom) -> None:
    async with open_room(sample_session, stage="collect") as room:
        await room.press("escape", "t")
        await room.type("support")
        await room.press("enter")
        assert "only “support”: 1" in said(room)
        assert len(the_list(room).keys) == 1
        await room.press("escape")
        assert len(the_list(room).keys) == 12
        await room.press("t")
        await room.type("support")
        await room.press("enter", "t")
        await room.type("all of them")
        await room.press("enter")
        assert len(the_list(room).keys) == 12


# Import


CSV = (
    "Name,Agency,Bureau,Volume,Who\n"
    'Sort mail,"Interior, Dept of",Land,300,Ana\n'
    "Sort mail,Energy,,x,Ben\n"
    ",Energy,,1,\n"
    "[/nope],Energy,,7,\n"
)


def test_the_fields_of_an_import_are_those_that_are_read() -> None:
    from prioritizer.exchange import headers
    from prioritizer.workshop import previewing

    assert tuple(name for name, _ in previewing.FIELDS) == headers.FIELDS
    assert previewing.SEVERAL == headers.SEVERAL


async def open_import(room: Room, path: Path) -> None:
    await room.press("escape", "i", "ctrl+u")
    await room.type(str(path))
    await room.press("enter")
    await room.settle()
    assert isinstance(room.app.screen, ImportScreen), room.said


async def test_an_import_is_looked_at_before_it_is_done(
    small_session: Path, open_room: OpenRoom, tmp_path: Path
) -> None:
    path = tmp_path / "in.csv"
    path.write_text(CSV)
    async with open_room(small_session, stage="collect", size=LARGE) as room:
        await open_import(room, path)
        text = room.text()
        assert "← Name" in text
        assert "← Agency + Bureau" in text
        assert "1 row refused, the first is row 4" in text
        await room.press("down", "down", "down", "down", "enter")
        await room.type("who")
        await room.press("enter")
        assert "← Who" in room.text()
        await room.press("ctrl+s")
        added = list(room.workshop.snapshot.live())[3:]
        assert [u.title for u in added] == ["Sort mail", "[/nope]"] or [u.title for u in added] == [
            "Sort mail",
            "Sort mail",
            "[/nope]",
        ]
        assert added[0].proposer == "Ana"
        assert added[0].tags == ("Interior, Dept of", "Land")
        assert "2 rows refused (3, 4)" in room.said[-1]
        assert "[/nope]" in room.text()
        await room.press("u")
        assert live(room) == list(TITLES)


async def test_a_file_whose_titles_are_not_found_asks_for_the_column(
    small_session: Path, open_room: OpenRoom, tmp_path: Path
) -> None:
    path = tmp_path / "in.csv"
    path.write_text("Alpha,Beta\nSort mail,x\nDraft reply,y\n")
    async with open_room(small_session, stage="collect") as room:
        await open_import(room, path)
        assert "Which column" in room.text()
        await room.press("ctrl+s")
        assert isinstance(room.app.screen, ImportScreen), "nothing to import yet"
        await room.press("enter")
        await room.type("alph")
        await room.press("enter")
        assert "2 use cases would enter" in room.text()
        await room.press("ctrl+s")
        assert live(room)[3:] == ["Sort mail", "Draft reply"]


async def test_an_import_can_be_left(small_session: Path, open_room: OpenRoom, tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text(json.dumps(["One", {"title": "Two"}]))
    async with open_room(small_session, stage="collect") as room:
        await open_import(room, path)
        assert "2 use cases would enter" in room.text()
        await room.press("escape")
        assert live(room) == list(TITLES)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04junk", b'"unclosed\nx'])
async def test_a_file_that_cannot_be_read_is_one_sentence(
    content: bytes, small_session: Path, open_room: OpenRoom, tmp_path: Path
) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    async with open_room(small_session, stage="collect") as room:
        await room.press("escape", "i", "ctrl+u")
        await room.type(str(path))
        await room.press("enter")
        assert not isinstance(room.app.screen, ImportScreen)
        assert "in.csv" in room.said[-1]
        assert live(room) == list(TITLES)


ALIKE = "title,task\nSupport ticket routing,Each to its queue\nBug reports triage,\nNew thing,\n"


async def test_what_resembles_another_is_decided_row_by_row(
    make_session: MakeSession, open_room: OpenRoom, tmp_path: Path
) -> None:
    path = tmp_path / "in.csv"
    path.write_text(ALIKE)
    room_path = make_session(["Support ticket routing", "Bug report triage"])
    async with open_room(room_path, stage="collect", size=SMALL) as room:
        await open_import(room, path)
        assert "2 rows resemble another by title" in room.text()
        await room.press("s")
        assert isinstance(room.app.screen, ReviewScreen)
        assert "same title: Support ticket" in room.text()
        await room.press("m", "s")
        assert "Add 1 use case, merge 1?" in room.text()
        await room.press("enter")
        assert "1 merged, 1 left out" in room.text()
        await room.press("ctrl+s")
        assert live(room) == ["Support ticket routing", "Bug report triage", "New thing"]
        assert next(room.workshop.snapshot.live()).task == "Each to its queue"
        assert "Added 1 use case; 1 merged; 1 similar left out" in room.said[-1]
        await room.press("u")
        assert live(room) == ["Support ticket routing", "Bug report triage"]
        assert next(room.workshop.snapshot.live()).task == ""


async def test_a_long_import_shows_that_it_goes_on(
    make_session: MakeSession, open_room: OpenRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "in.csv"
    path.write_text("title\nSort mail\nDraft reply\n")
    may_go_on = threading.Event()
    write = Source.import_into

    def slow(*args: Any) -> Any:
        may_go_on.wait(30)
        return write(*args)

    monkeypatch.setattr(Source, "import_into", slow)
    async with open_room(make_session([]), stage="collect", size=SMALL) as room:
        await open_import(room, path)
        assert not room.app.screen.query_one(ProgressBar).display
        await room.pilot.press("ctrl+s")
        await room.pilot.pause()
        try:
            assert "Writing 2 use cases …" in room.text()
            assert room.app.screen.query_one(ProgressBar).display
            await room.pilot.press("escape", "ctrl+s", "s", "t")
            assert isinstance(room.app.screen, ImportScreen), "what is being written cannot be left"
        finally:
            may_go_on.set()
        await room.settle()
        assert live(room) == ["Sort mail", "Draft reply"]


async def test_all_that_resemble_another_are_decided_at_once(
    make_session: MakeSession, open_room: OpenRoom
) -> None:
    path = make_session(["Support ticket routing", "Bug report triage"])
    async with open_room(path, stage="collect", size=SMALL) as room:
        await room.paste("Support tickets routing\nBug reports triage\nNew thing")
        await room.press("S")
        assert "Add 1 use case?" in room.text()
        await room.press("M")
        assert "Add 1 use case, merge 2?" in room.text()
        await room.press("enter")
        assert live(room) == ["Support ticket routing", "Bug report triage", "New thing"]


async def test_cells_of_a_spreadsheet_are_pasted_with_a_mapping(
    make_session: MakeSession, open_room: OpenRoom
) -> None:
    async with open_room(make_session([]), stage="collect", size=LARGE) as room:
        await room.paste("Sort mail\tby queue\tAna\nDraft reply\tfor a clerk\tBo\n")
        assert isinstance(room.app.screen, ImportScreen)
        assert "← title" in room.text()
        assert "2 use cases would enter" in room.text()
        await room.press("ctrl+s")
        assert live(room) == ["Sort mail", "Draft reply"]
        await room.paste('[\n  {"title": "From JSON", "labels": ["x"]}\n]')
        await room.press("ctrl+s")
        assert live(room)[-1] == "From JSON"


async def test_an_export_of_a_tracker_maps_itself_and_one_undo_takes_it_back(
    make_session: MakeSession, open_room: OpenRoom
) -> None:
    """The header is that of Asana's CSV; its description is called *Notes*, its labels are parted with commas."""
    table = (
        "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,"
        "Due Date,Tags,Notes,Projects,Parent task\n"
        '12,2026-09-01,,2026-09-02,Sort mail,To do,Lan,,,2026-09-30,"mail,desk",by queue,Ideas,\n'
        "13,2026-09-01,,2026-09-02,Draft reply,To do,Lan,,,,,for a clerk,Ideas,\n"
    )
    async with open_room(make_session([]), stage="collect", size=LARGE) as room:
        await room.paste(table)
        assert "← Name" in room.text()
        assert "← Notes" in room.text()
        await room.press("ctrl+s")
        cases = {u.title: u for u in room.workshop.snapshot.live()}
        assert cases["Sort mail"].task == "by queue"
        assert set(cases["Sort mail"].tags) == {"mail", "desk"}
        await room.press("escape", "u")
        assert live(room) == []


@pytest.mark.parametrize("name", ["noise.csv", "cut.xlsx", "locked.xlsx", "deep.json", "quote.csv"])
async def test_a_file_that_cannot_be_read_is_one_sentence_and_changes_nothing(
    small_session: Path, open_room: OpenRoom, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(
        {
            "noise.csv": bytes((i * 37 + (i >> 8) * 11) % 256 for i in range(5_000)),
            "cut.xlsx": b"PK\x03\x04" + b"x" * 200,
            "locked.xlsx": b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "deep.json": b"[" * 10_000 + b"]" * 10_000,
            "quote.csv": b'Title,Task\na,"b\nc,d\n',
        }[name]
    )
    async with open_room(small_session, stage="collect") as room:
        before = live(room)
        await room.press("escape", "i", "ctrl+u")
        await room.type(str(path))
        await room.press("enter")
        await room.settle()
        assert not isinstance(room.app.screen, ImportScreen)
        assert name in room.said[-1]
        assert len(room.said) == 1
        assert live(room) == before


async def test_a_paste_that_is_broken_json_is_one_sentence(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.paste('[{"title": "From\n JSON"')
        assert "not valid JSON" in room.said[-1]


async def test_another_sheet_of_a_workbook_is_chosen_on_the_screen(
    make_session: MakeSession, open_room: OpenRoom, tmp_path: Path
) -> None:
    import xlsxwriter

    path = tmp_path / "ideas.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, title in (("First", "One"), ("Second", "Two")):
            sheet = book.add_worksheet(name)
            sheet.write_column(0, 0, ["Title", title])
    async with open_room(make_session([]), stage="collect", size=SMALL) as room:
        await open_import(room, path)
        assert "sheet “First” of 2" in room.text()
        await room.press("t")
        await room.type("sec")
        await room.press("enter")
        assert "sheet “Second” of 2" in room.text()
        await room.press("ctrl+s")
        assert live(room) == ["Two"]


# Hostile, large, resized


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_hostile_titles_are_typed_shown_and_kept(
    make_session: MakeSession, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(make_session([]), stage="collect", size=size) as room:
        await room.paste("\n".join(HOSTILE))
        await room.press("enter", "escape")
        assert len(live(room)) == len(HOSTILE)
        text = room.text()
        assert "[/nope]" in text
        assert "[@click=app.quit()]x[/]" in text
        assert "漢字の請求書を照合する" in text
        assert "\x1b" not in text
        await room.press("home", *["down"] * 6, "enter", "escape", "f", "escape")
        await room.press("a")
        await room.type("[/nope]")
        assert "there already: #1 [/nope]" in said(room)


async def test_columns_stay_straight_with_wide_signs(make_session: MakeSession, open_room: OpenRoom) -> None:
    from prioritizer.text.width import cell_width

    path = make_session([])
    with Workshop.open(path) as workshop:
        for title in (*HOSTILE, "plain"):
            workshop.add_use_case(title, tags=["zzz"])
    async with open_room(path, stage="collect") as room:
        ends = {cell_width(line) for line in room.lines() if line.endswith("zzz")}
        assert len(ends) == 1


async def test_a_long_list_is_quick_to_filter_and_move_in(
    make_session: MakeSession, open_room: OpenRoom
) -> None:
    path = make_session([])
    with Workshop.open(path) as workshop:
        from prioritizer.workshop.commands.collect import AddUseCases, NewUseCase

        workshop.do(AddUseCases([NewUseCase(f"Case {i}", tags=[f"agency {i % 17}"]) for i in range(2133)]))
    async with open_room(path, stage="collect") as room:
        drawn: list[str] = []
        rows = the_list(room)
        draw = rows._draw

        def counting(key: str, look: Look) -> Text:
            drawn.append(key)
            return draw(key, look)

        rows._draw = counting
        await room.press("escape", "end", "pageup", "home", "pagedown")
        assert len(drawn) < 200, "only lines on the screen are drawn"
        drawn.clear()
        await room.press("down")
        assert len(drawn) <= 3, "a step draws the line that was left and the one that was reached"
        await room.press("slash")
        await room.type("agency 3 case 20")
        assert 0 < len(rows.keys) < 60
        assert f"{len(rows.keys)} of 2,133" in room.text()


async def test_it_is_laid_out_anew_when_the_window_changes(sample_session: Path, open_room: OpenRoom) -> None:
    async with open_room(sample_session, stage="collect") as room:
        await room.press("escape", "home")
        assert not room.app.screen.query_one("#collect-detail").display
        await room.resize(*LARGE)
        assert "200 hours a month" in room.app.screen.query_one("#collect-detail", TextPane).plain
        await room.resize(60, 20)
        assert "Support ticket routing" in room.text()
        await room.resize(200, 60)
        assert "Support ticket routing" in room.text()


async def test_the_list_as_text_to_copy(sample_session: Path, open_room: OpenRoom) -> None:
    async with open_room(sample_session, stage="collect") as room:
        await room.press("escape", "c")
        lines = str(room.app._clipboard).split("\n")
        assert len(lines) == 12
        assert lines[0].startswith("#1\tSupport ticket routing\t")
