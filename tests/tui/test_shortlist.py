"""Stories of the stage Shortlist: choosing, owners and dates, overrides, conditions, slices, export."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.widgets import TextArea

from prioritizer.tui.screens.form import Form
from prioritizer.tui.screens.shortlist import ShortlistScreen
from prioritizer.tui.screens.shortlist_charter import CharterScreen
from prioritizer.tui.widgets.rowlist import HEADING, MORE, RowList
from prioritizer.workshop.commands.collect import Park
from prioritizer.workshop.commands.frame import SetSession
from prioritizer.workshop.service import Workshop

from .conftest import HOSTILE, LARGE, SMALL, MakeSession, OpenRoom, Room


def the_list(room: Room) -> RowList:
    assert isinstance(room.app.screen, ShortlistScreen)
    return room.app.screen.query_one("#shortlist-list", RowList)


def part(room: Room, name: str) -> list[int]:
    """Numbers of the use cases below a heading."""
    found: list[int] = []
    here = ""
    for key in the_list(room).keys:
        if key.startswith(MORE):
            continue
        if key.startswith(HEADING):
            here = key.removeprefix(HEADING)
        elif here == name:
            found.append(room.workshop.snapshot.use_cases[key].number)
    return found


async def go_to(room: Room, number: int) -> None:
    the_list(room).select(room.workshop.find(f"#{number}").id)
    await room.settle()


async def fill(room: Room, **values: str) -> None:
    """Puts words into the open form and saves it."""
    assert isinstance(room.app.screen, Form)
    for name, value in values.items():
        widget = room.app.screen.query_one(f"#field-{name}")
        if isinstance(widget, TextArea):
            widget.load_text(value)
        else:
            widget.value = value  # type: ignore[attr-defined]
    await room.settle()
    await room.press("ctrl+s")


def value(room: Room, name: str) -> str:
    """What stands in a field of the open form."""
    return str(room.app.screen.query_one(f"#field-{name}").value)  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [SMALL, LARGE, (200, 60)])
async def test_the_ranking_proposes_and_the_rule_stands_on_top(
    open_room: OpenRoom, sample_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(sample_session, stage="shortlist", size=size) as room:
        assert part(room, "on") == [2, 1, 3]
        assert part(room, "not") == [4, 10, 9, 11, 12]
        assert part(room, "traps") == [7, 8, 6, 5]
        text = room.text()
        assert "Decision rule" in text
        assert "The rules give the order" in text
        assert "nothing is decided yet" in text
        assert "overlooked" in text
        assert all(len(line) <= size[0] for line in room.lines())


async def test_the_traps_name_their_slices(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="shortlist", size=(200, 60)) as room:
        text = room.text()
        assert "slice: draft KPI commentary for the analyst" in text
        assert "One fix (“Permission”) brings it to “Pilot first”." in text


async def test_plus_and_minus_change_how_many(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="shortlist") as room:
        await room.press("plus")
        assert room.workshop.snapshot.top == 4
        assert part(room, "on") == [2, 1, 3, 4]
        await room.press("minus", "minus", "minus")
        assert part(room, "on") == [2]
        await room.press("minus")
        assert room.workshop.snapshot.top == 1
        assert any("at least one" in said for said in room.said)


async def test_the_first_choice_makes_the_proposal_a_decision(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="shortlist") as room:
        await go_to(room, 10)
        await room.press("space")
        assert part(room, "on") == [2, 1, 3, 10], "in the order of the rules"
        assert "The room chose four" in room.text()
        await go_to(room, 1)
        await room.press("space")
        assert part(room, "on") == [2, 3, 10]
        assert room.workshop.find("#1").chosen is False
        await room.press("u", "u")
        assert part(room, "on") == [2, 1, 3]
        assert room.workshop.find("#2").chosen is None, "one undo takes the whole decision back"
        assert "nothing is decided yet" in room.text()


async def test_taking_one_off_decides_for_the_others(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="shortlist") as room:
        await go_to(room, 1)
        await room.press("space")
        assert part(room, "on") == [2, 3]
        assert part(room, "not")[0] == 1, "its place in the ranking stays"
        await room.press("plus")
        assert part(room, "on") == [2, 3, 4], "the next that is open to be chosen, not the one left out"
        await room.press("minus")
        assert part(room, "on") == [2, 3]


async def test_a_accepts_what_is_proposed(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="shortlist") as room:
        await room.press("a")
        assert [u.number for u in room.workshop.use_cases if u.chosen] == [1, 2, 3]
        await room.press("a")
        assert any("decided already" in said for said in room.said)


async def test_owner_and_date(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="shortlist") as room:
        await go_to(room, 2)
        await room.press("enter")
        await fill(room, owner="Quality lead", due="+14", note="start small")
        two = room.workshop.find("#2")
        assert two.owner == "Quality lead"
        assert two.due == (dt.date.today() + dt.timedelta(days=14)).isoformat()
        assert f"Quality lead, by {two.due}" in room.text()
        assert "“start small”" in room.text()
        await room.press("enter")
        await fill(room, due="tomorrow")
        assert isinstance(room.app.screen, Form), "a bad date keeps the form and what was typed"
        assert "is not a date" in room.text()
        await room.press("escape")
        assert room.workshop.find("#2").due == two.due


async def test_the_room_is_asked_four_things_for_the_charter(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="shortlist") as room:
        await go_to(room, 2)
        await room.press("enter")
        for asked in ("Owner", "Date", "First fact to find", "Human-review point"):
            assert asked in room.text()
        await fill(
            room,
            owner="Quality lead",
            first_fact="Who keeps the version field",
            human_review="The triage lead",
        )
        two = room.workshop.find("#2")
        assert two.charter == {"first_fact": "Who keeps the version field", "human_review": "The triage lead"}
        await room.press("enter", "ctrl+s")
        assert room.workshop.find("#2").charter == two.charter, "what was not touched stays"
        await room.press("u")
        assert room.workshop.find("#2").charter == {}
        assert room.workshop.find("#2").owner == ""


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_rest_of_the_charter_is_written_later(
    open_room: OpenRoom, sample_session: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    from prioritizer.workshop.exporting import export_session

    async with open_room(sample_session, stage="shortlist", size=size) as room:
        await go_to(room, 2)
        await room.press("p")
        assert isinstance(room.app.screen, CharterScreen)
        assert "fields filled" in room.text()
        rows = room.app.screen.query_one(RowList)
        rows.select("not_in_scope")
        await room.press("enter")
        assert "Which cases does it leave alone, by name?" in room.text()
        await fill(room, text="Security [/reports]\n=1+1")
        assert "Security [/reports]" in room.text()
        rows.select("business_owner")
        await room.press("enter")
        await fill(room, text="Quality lead")
        assert room.workshop.find("#2").owner == "Quality lead", "it is the owner of the decision"
        rows.select("decision_date")
        await room.press("enter")
        await fill(room, text="someday")
        assert "is not a date" in room.text()
        await fill(room, text="2027-02-01")
        assert room.workshop.find("#2").due == "2027-02-01"
        rows.select("human_review")
        await room.press("enter")
        assert "Known so far" in room.text()
        await room.press("escape", "o")
        assert "not_in_scope" not in rows.keys, "only what is open"
        assert "target" in rows.keys
        await room.press("o")
        rows.select("not_in_scope")
        await room.press("x")
        assert room.workshop.find("#2").charter == {}
        await room.press("u")
        assert "Security" in room.workshop.find("#2").charter["not_in_scope"]
        export_session(room.workshop, tmp_path / "out")
        for name in ("charters.md", "shortlist.html", "session.json"):
            assert "Security" in (tmp_path / "out" / name).read_text("utf-8"), name
        await room.press("escape")
        assert not isinstance(room.app.screen, CharterScreen)


async def test_the_shortlist_is_copied_as_markdown(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="shortlist") as room:
        await room.press("y")
        assert room.app.clipboard.startswith("# Shortlist: ")
        assert "does not say whether it took them" in room.said[-1]
        assert "x writes files" in room.said[-1]


async def test_a_form_left_with_escape_changes_nothing(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="shortlist") as room:
        before = room.workshop.snapshot
        for key in ("enter", "o", "s", "x"):
            await room.press(key)
            assert isinstance(room.app.screen, Form)
            await room.press("escape")
        assert room.workshop.snapshot.use_cases == before.use_cases


async def test_override_of_a_lane_with_name_and_reason(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="shortlist", size=LARGE) as room:
        await go_to(room, 10)
        await room.press("o")
        assert "By the rules: Fix, then pilot" in room.text()
        await fill(room, by="Head of operations", reason="as it is")
        assert "is what the rules give already" in room.text()
        await fill(room, by="", reason="")
        await fill(room, lane="pilot-first")
        assert isinstance(room.app.screen, Form)
        assert "needs the name of who decides it, and a reason" in room.text()
        await fill(room, by="Head of operations", reason="consent is on its way")
        override = room.workshop.find("#10").overrides["lane"]
        assert (override.lane, override.by, override.reason) == (
            "pilot-first",
            "Head of operations",
            "consent is on its way",
        )
        text = room.text()
        assert "By the rules: Fix, then pilot." in text
        assert "lane set aside by Head of operations" in text
        await room.press("o")
        await fill(room, target="lift lane")
        assert not room.workshop.find("#10").overrides


async def test_out_cannot_be_overridden_or_chosen(open_room: OpenRoom, sample_session: Path) -> None:
    with Workshop.open(sample_session) as workshop:
        workshop.answer_gate("#5", "prohibited", "yes")
    async with open_room(sample_session, stage="shortlist") as room:
        await go_to(room, 5)
        await room.press("o")
        assert isinstance(room.app.screen, ShortlistScreen)
        assert any("#5 is out by law or policy; it cannot be overridden" in said for said in room.said)
        await room.press("space")
        assert room.workshop.find("#5").chosen is None
        assert any("cannot be put on the shortlist" in said for said in room.said)


async def test_who_does_what_by_when_one_condition_after_the_other(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="shortlist", size=LARGE) as room:
        await go_to(room, 9)
        await room.press("w")
        assert "1 of 5" in room.text()
        await fill(room, who="Data steward", when="2027-02-01")
        assert "2 of 5" in room.text()
        await fill(room, who="Legal", when="2027-03-01")
        await room.press("escape")
        tasks = room.workshop.find("#9").tasks
        assert (tasks["D1"].who, tasks["D1"].when) == ("Data steward", "2027-02-01")
        assert (tasks["D4"].who, tasks["D4"].when) == ("Legal", "2027-03-01")
        await go_to(room, 9)
        await room.press("space")
        assert "Data steward by 2027-02-01: get read access" in room.text()


async def test_nothing_to_settle_is_said(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="shortlist") as room:
        await go_to(room, 2)
        await room.press("w")
        assert any("Nothing has to be settled for #2" in said for said in room.said)


async def test_a_slice_becomes_a_use_case_that_keeps_its_parent(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="shortlist") as room:
        await go_to(room, 8)
        await room.press("s")
        assert value(room, "title").startswith("Classify the claim and list missing documents")
        await room.press("ctrl+s")
        made = room.workshop.find("#13")
        assert made.title == "Classify the claim and list missing documents for the handler"
        assert made.parent == room.workshop.find("#8").id
        assert the_list(room).key == made.id
        assert any("#13" in said for said in room.said)
        await room.press("u")
        assert len(room.workshop.use_cases) == 12


async def test_export_writes_says_where_and_asks_before_it_replaces(
    open_room: OpenRoom, sample_session: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    async with open_room(sample_session, stage="shortlist", size=LARGE) as room:
        await room.press("x")
        assert value(room, "folder") == str(sample_session.with_name("sample-export"))
        await fill(room, folder=str(folder))
        names = sorted(path.name for path in folder.iterdir())
        assert {"shortlist.md", "ranking.csv", "ranking.json"} <= set(names)
        assert f"files written to {folder}" in room.text().replace("\n", "")
        (folder / "shortlist.md").write_text("mine")

        await room.press("x")
        await fill(room, folder=str(folder), formats="md csv json")
        assert "There already" in room.text() or "there already" in room.text()
        await fill(room, replace="no")
        assert (folder / "shortlist.md").read_text() == "mine"

        await room.press("x")
        await fill(room, folder=str(folder), formats="md csv json")
        await fill(room, replace="yes")
        assert (folder / "shortlist.md").read_text(encoding="utf-8") != "mine"


async def test_export_into_a_file_is_one_sentence(
    open_room: OpenRoom, sample_session: Path, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("")
    async with open_room(sample_session, stage="shortlist") as room:
        await room.press("x")
        await fill(room, folder=str(tmp_path / "taken"))
        assert any("is a file, not a folder" in said for said in room.said)
        assert isinstance(room.app.screen, ShortlistScreen)


async def test_the_parking_lot_is_counted(open_room: OpenRoom, sample_session: Path) -> None:
    with Workshop.open(sample_session) as workshop:
        workshop.do(Park([workshop.find("#11").id, workshop.find("#12").id], why="later"))
    async with open_room(sample_session, stage="shortlist", size=(120, 44)) as room:
        assert "Parking lot 2" in room.text()


async def test_decider_and_a_missing_rule(open_room: OpenRoom, make_session: MakeSession) -> None:
    path = make_session(("One", "Two"))
    async with open_room(path, stage="shortlist") as room:
        assert "not written down yet; alt+1 goes to Frame" in room.text()
    with Workshop.open(path) as workshop:
        workshop.do(SetSession(decision_rule="Majority", decider="The board"))
    async with open_room(path, stage="shortlist") as room:
        assert "Majority" in room.text()
        assert "The board" in room.text()


async def test_an_empty_session_says_which_key_to_press(
    open_room: OpenRoom, make_session: MakeSession
) -> None:
    async with open_room(make_session(()), stage="shortlist") as room:
        assert "alt+2 goes to Collect" in room.text()
        await room.press("space", "x")
        assert any("nothing to choose from yet" in said for said in room.said)


async def test_filter_and_copy(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="shortlist") as room:
        await room.press("slash")
        await room.type("contract")
        assert part(room, "not") == [9]
        assert "2 of 12" in room.text()
        await room.press("escape")
        assert len(part(room, "not")) == 5
        await room.press("c")
        assert "Demo traps" in room.app.clipboard
        assert "Bug report triage" in room.app.clipboard


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_hostile_titles_names_and_reasons_stand_literally(
    open_room: OpenRoom, make_session: MakeSession, size: tuple[int, int]
) -> None:
    async with open_room(make_session(HOSTILE), stage="shortlist", size=size) as room:
        await room.press("space", "enter")
        await fill(room, owner="[@click=app.quit()]x[/]", due="2027-01-01", note="[/nope]")
        await room.press("o")
        await fill(room, by="[/nope]", reason="[bold]x[/]", lane="incubate")
        text = room.text()
        assert "[@click=app.quit()]x[/], by 2027-01-01" in text
        assert "[/nope]" in text
        assert "\x1b" not in text
        await room.resize(120, 30)
        await room.resize(80, 24)
        assert "[@click=app.quit()]x[/], by 2027-01-01" in room.text()


async def test_a_click_on_a_further_line_selects_its_use_case(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="shortlist") as room:
        await room.click("#shortlist-list", offset=(20, 5))
        assert the_list(room).key == room.workshop.find("#1").id
        await room.click("#shortlist-list", offset=(20, 5), times=2)
        assert isinstance(room.app.screen, Form)
