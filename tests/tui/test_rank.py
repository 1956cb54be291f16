"""Stories of the stage Rank: lanes, reasons, marks, filter, and the way on to the other stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from prioritizer.tui.screens.rank import RankScreen
from prioritizer.tui.screens.rank_why import ReadScreen
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import HEADING, RowList
from prioritizer.workshop.commands.collect import AddUseCases, NewUseCase, Park
from prioritizer.workshop.commands.rate import Rate
from prioritizer.workshop.commands.shortlist import Assign, SetOverride
from prioritizer.workshop.service import Workshop

from .conftest import HOSTILE, LARGE, SMALL, MakeSession, OpenRoom, Room

ORDER = [2, 1, 3, 4, 10, 9, 11, 12, 7, 8, 6, 5]


def the_list(room: Room) -> RowList:
    assert isinstance(room.app.screen, RankScreen)
    return room.app.screen.query_one("#rank-list", RowList)


def numbers(room: Room) -> list[int]:
    cases = room.workshop.snapshot.use_cases
    return [cases[key].number for key in the_list(room).keys if not key.startswith(HEADING)]


def line_of(room: Room, words: str) -> str:
    """The line of the list that has these words."""
    where = the_list(room).region
    lines = [line[where.x : where.right] for line in room.lines()[where.y : where.bottom]]
    return next(line for line in lines if words in line)


def reasons(room: Room) -> str:
    return room.app.screen.query_one("#rank-why", Pane).text()


@pytest.mark.parametrize("size", [SMALL, LARGE, (200, 60)])
async def test_the_sample_stands_in_its_lanes_and_whole(
    open_room: OpenRoom, sample_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(sample_session, stage="rank", size=size) as room:
        assert numbers(room) == ORDER
        text = room.text()
        for title in ("Pilot first", "Fix, then pilot", "Incubate", "Not yet"):
            assert title in text
        for use_case in room.workshop.use_cases:
            assert use_case.title[:24] in text, "all twelve are on the screen at once"
        assert "4 of 12 can be piloted first" in text
        assert "overlooked" in line_of(room, "Support ticket routing")
        trap = line_of(room, "Autonomous procurement")
        assert "demo trap" in trap
        assert "100" in trap
        assert "+88" in trap
        assert all(len(line) <= size[0] for line in room.lines())


async def test_the_bars_and_numbers_are_whole_and_rounded_down(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="rank", size=(200, 60)) as room:
        line = line_of(room, "Bug report triage")
        assert " 79 " in line, "79.625 is shown as 79"
        assert " 81  75  87  75" in line, "each dimension as a whole number"
        assert "−55" in line


async def test_reasons_follow_the_cursor_and_enter_shows_all(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="rank", size=LARGE) as room:
        assert "02 Bug report triage" in reasons(room)
        await room.press("down")
        assert "01 Support ticket routing" in reasons(room)
        assert "Production viability 81" in reasons(room)
        await room.press("enter")
        assert isinstance(room.app.screen, ReadScreen)
        assert "Why it is in “Pilot first”" in room.text()
        await room.press("escape")
        assert isinstance(room.app.screen, RankScreen)


async def test_b_says_why_it_stands_above_the_next(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank") as room:
        await room.press("b")
        assert isinstance(room.app.screen, ReadScreen)
        assert "Why 02 stands above 01" in room.text()
        await room.press("escape", "end", "b")
        assert any("Nothing stands below it" in said for said in room.said)


async def test_conditions_say_who_does_what_by_when(open_room: OpenRoom, sample_session: Path) -> None:
    with Workshop.open(sample_session) as workshop:
        ten = workshop.find("#10")
        workshop.do(Assign(ten.id, "D4", who="The data officer", when="2027-01-15"))
    async with open_room(sample_session, stage="rank") as room:
        await room.press("down", "down", "down", "down")
        assert "The data officer: have the use of the data assessed" in reasons(room)
        assert "by 2027-01-15" in reasons(room)


async def test_an_override_shows_the_lane_that_the_rules_gave(
    open_room: OpenRoom, sample_session: Path
) -> None:
    with Workshop.open(sample_session) as workshop:
        five = workshop.find("#5")
        workshop.do(SetOverride(five.id, "lane", "Head of operations", "the board insists", "incubate"))
    async with open_room(sample_session, stage="rank", size=(200, 60)) as room:
        line = line_of(room, "Autonomous procurement")
        assert "⚑ by the rules: Not yet" in line
        assert "demo trap" in line
    async with open_room(sample_session, stage="rank") as room:
        assert "demo trap ⚑✕" in line_of(room, "Autonomous procu"), "the sign of the lane that the rules gave"
        assert "✕ Not yet" in room.text(), "which the heading of that lane explains"


async def test_coverage_claims_and_intervals_are_marked(open_room: OpenRoom, sample_session: Path) -> None:
    with Workshop.open(sample_session) as workshop:
        one = workshop.find("#1")
        workshop.do(Rate(one.id, "I4", None))
        workshop.do(Rate(one.id, "P2", None))
    async with open_room(sample_session, stage="rank", size=(200, 60)) as room:
        line = line_of(room, "Support ticket routing")
        assert "90 % known" in line
        row = room.app.screen._row(room.workshop.find("#1").id)  # type: ignore[attr-defined]
        assert f"{row.readiness_low}–{row.readiness_high}" in line


async def test_the_filter_counts_and_escape_shows_all(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank") as room:
        await room.press("slash")
        await room.type("claims voice")
        assert "1 of 12" in room.text()
        assert numbers(room) == [8]
        await room.press("enter")
        assert the_list(room).has_focus
        await room.press("escape")
        assert numbers(room) == ORDER


async def test_filter_by_number(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank") as room:
        await room.press("slash")
        await room.press("number_sign", "9")
        assert numbers(room) == [9]


async def test_a_change_re_ranks_and_undo_brings_it_back(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank", size=LARGE) as room:
        assert isinstance(room.app.screen, RankScreen)
        await room.app.screen.carry_out(Rate(room.workshop.find("#10").id, "D4", 3))
        await room.settle()
        assert "5 of 12 can be piloted first" in room.text()
        await room.press("u")
        assert "4 of 12 can be piloted first" in room.text()
        assert any(said.startswith("undid") for said in room.said)


async def test_the_cursor_is_shared_with_the_other_stages(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank") as room:
        await room.press("down", "down")
        three = room.workshop.find("#3").id
        assert room.app.place["use_case"] == three
        await room.app.go_to("rank")
        await room.settle()
        assert the_list(room).key == three


async def test_an_empty_session_says_which_key_to_press(
    open_room: OpenRoom, make_session: MakeSession
) -> None:
    async with open_room(make_session(()), stage="rank") as room:
        assert "alt+2" in room.text()
        await room.press("m")
        assert any("nothing to rank" in said for said in room.said)
        await room.press("c")
        assert any("nothing on this screen" in said for said in room.said)


async def test_copy_has_all_rows(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank") as room:
        await room.press("c")
        copied = room.app.clipboard
        assert (
            copied.index("Bug report triage") < copied.index("Demand forecast") < copied.index("Autonomous")
        )
        assert "● Pilot first" in copied
        assert "demo trap" in copied


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_hostile_titles_stand_literally(
    open_room: OpenRoom, make_session: MakeSession, size: tuple[int, int]
) -> None:
    async with open_room(make_session(HOSTILE), stage="rank", size=size) as room:
        text = room.text()
        assert "[/nope]" in text
        assert "[@click=app.quit()]x[/]" in text
        assert "漢字" in text
        assert "\x1b" not in text
        for _ in HOSTILE:
            await room.press("enter", "escape", "down")
        await room.resize(100, 30)
        await room.resize(80, 24)
        assert len(numbers(room)) == len(HOSTILE)


async def test_a_click_selects_and_a_double_click_opens_the_reasons(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="rank") as room:
        await room.click("#rank-list", offset=(20, 4))
        assert the_list(room).key == room.workshop.find("#3").id
        await room.click("#rank-list", offset=(20, 4), times=2)
        assert isinstance(room.app.screen, ReadScreen)


async def test_resizing_moves_the_reasons_beside_and_below(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank") as room:
        pane, rows = room.app.screen.query_one("#rank-why", Pane), the_list(room)
        assert pane.region.y > rows.region.y
        await room.resize(140, 40)
        assert pane.region.x > rows.region.x
        assert "Why it is in" in pane.text()
        await room.resize(80, 24)
        assert pane.region.y > rows.region.y
        assert numbers(room) == ORDER


# When nothing can be piloted first


@pytest.fixture
def no_pilot(sample_session: Path) -> Path:
    """The sample without what is ready: 04 has one thing to settle, 01 to 03 are parked."""
    with Workshop.open(sample_session) as workshop:
        workshop.do(Park([workshop.find(f"#{n}").id for n in (1, 2, 3)]))
        workshop.do(Rate(workshop.find("#4").id, "D4", 2))
        workshop.do(Assign(workshop.find("#4").id, "D4", who="Privacy office", when="2027-01-15"))
    return sample_session


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_three_nearest_are_named_when_the_first_lane_is_empty(
    open_room: OpenRoom, no_pilot: Path, size: tuple[int, int]
) -> None:
    async with open_room(no_pilot, stage="rank", size=size) as room:
        text = room.text()
        assert "Nothing is in “Pilot first”; nearest are 04 (one fix), 10 (one fix) and 09" in text
        assert "Privacy office by 2027-01-15: have the use of the data assessed" in text
        assert "Invoice-to-PO" in line_of(room, "Invoice-to-PO"), "the list is still there"
        await room.press("n")
        assert isinstance(room.app.screen, ReadScreen)
        assert "Data: get read access by a service account in test" in room.text()
        await room.press("escape")
        await room.resize(100, 30)
        assert "nearest are 04" in room.text()


async def test_a_session_that_knows_nothing_says_what_to_do(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rank") as room:
        assert "Too little is known to rank" in room.text()
        assert "alt+4" in room.text()


# What if


async def test_a_weight_is_tried_live_and_nothing_is_stored(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="rank") as room:
        before = room.workshop.snapshot
        await room.press("w")
        assert "WHAT IF — nothing of this is stored" in room.text()
        await room.press("plus", "plus")
        assert "30 % → 40 %" in room.text()
        assert "30 % → 26 %" in room.text(), "the others keep their ratios"
        await room.press("minus", "minus")
        assert "→ 40 %" not in room.text()
        await room.press("escape")
        assert "WHAT IF" not in room.text()
        assert room.workshop.snapshot is before


async def test_a_level_is_tried_and_the_lane_follows(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank", size=LARGE) as room:
        await room.press("down", "down", "down", "down", "w")
        knobs = room.app.screen.query_one("#rank-knobs", RowList)
        knobs.select("level:D4")
        await room.settle()
        await room.press("plus")
        assert "2 → 3" in room.text()
        line = line_of(room, "Sales call")
        assert "was ◐" in line
        assert "What if: one changes its lane." in room.text()
        await room.press("0")
        assert "was ◐" not in line_of(room, "Sales call")
        await room.press("w")
        assert room.workshop.find("#10").level(7) == 2


async def test_show_is_mixed_in_and_the_arrows_say_who_moves(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="rank", size=LARGE) as room:
        await room.press("w")
        room.app.screen.query_one("#rank-knobs", RowList).select("show")
        await room.press(*["plus"] * 10)
        assert numbers(room)[:4] == [8, 6, 5, 7]
        assert numbers(room)[-1] == 1
        assert "▲9" in line_of(room, "Voice agent")
        assert "▼10" in line_of(room, "Support ticket")
        assert "It is never the ranking" in room.text()
        await room.press("escape")
        assert numbers(room) == ORDER


async def test_an_answer_of_a_gate_is_whole_in_a_what_if(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank", size=LARGE) as room:
        await room.press("w")
        knobs = room.app.screen.query_one("#rank-knobs", RowList)
        rows = [knobs.render_line(y).text.rstrip() for y in range(12)]
        gate, other = (next(row for row in rows if title in row) for title in ("Needs an agent", "Stability"))
        assert gate.endswith("It needs an agent")
        assert len(gate) == len(other), "it ends where the others end"


async def test_tab_changes_sides_and_undo_is_refused_in_a_what_if(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="rank") as room:
        entries = len(room.workshop.history())
        await room.press("w", "tab")
        assert the_list(room).has_focus
        await room.press("tab")
        assert room.app.screen.query_one("#rank-knobs").has_focus
        await room.press("u")
        assert any("nothing of it to undo" in said for said in room.said)
        assert len(room.workshop.history()) == entries
        await room.resize(130, 40)
        assert "WHAT IF" in room.text()
        await room.press("w", "plus")
        assert any("w begins one" in said for said in room.said)


async def test_a_gate_is_assumed_cleared(open_room: OpenRoom, sample_session: Path) -> None:
    with Workshop.open(sample_session) as workshop:
        workshop.answer_gate("#2", "stability", "yes")
    async with open_room(sample_session, stage="rank", size=LARGE) as room:
        the_list(room).select(room.workshop.find("#2").id)
        assert "in “Pilot first”" not in line_of(room, "Bug report triage")
        entries = len(room.workshop.history())
        await room.press("w")
        knobs = room.app.screen.query_one("#rank-knobs", RowList)
        knobs.select("gate:stability")
        await room.press("plus")
        assert "cleared" in room.text()
        assert numbers(room)[0] == 2, "it is first again"
        assert "▲" in line_of(room, "Bug report triage")
        await room.press("minus")
        assert numbers(room)[0] == 1
        await room.press("plus", "0")
        assert numbers(room)[0] == 1, "one key back"
        assert len(room.workshop.history()) == entries, "nothing of it was stored"


async def test_what_was_tried_can_be_decided_with_a_reason(open_room: OpenRoom, sample_session: Path) -> None:
    with Workshop.open(sample_session) as workshop:
        workshop.answer_gate("#2", "stability", "yes")
    async with open_room(sample_session, stage="rank", size=LARGE) as room:
        case = room.workshop.find("#2").id
        the_list(room).select(case)
        await room.press("d")
        assert "w begins one" in room.said[-1]
        await room.press("w", "d")
        assert "Nothing is tried yet" in room.said[-1]
        knobs = room.app.screen.query_one("#rank-knobs", RowList)
        knobs.select("show")
        await room.press("plus", "d")
        assert "never stored" in room.said[-1]
        await room.press("minus")
        knobs.select("gate:stability")
        await room.press("plus")
        knobs.select("level:P2")
        await room.press("minus", "d")
        before = room.workshop.snapshot
        await room.press("enter")
        assert "Say why" in room.text(), "not without a reason"
        await room.type("IT has promised to keep it")
        await room.press("enter")
        after = room.workshop.snapshot
        assert after.use_cases[case].gates["stability"].answer == "no"
        column = after.preset.criterion_index()["P2"]
        assert after.use_cases[case].level(column) == (before.use_cases[case].level(column) or 0) - 1
        assert "IT has promised to keep it" in after.decisions[-1].text
        assert "WHAT IF" not in room.text()
        await room.press("u")
        assert room.workshop.snapshot.use_cases[case].gates["stability"].answer == "yes"


async def test_an_unknown_level_can_be_tried(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rank") as room:
        await room.press("w")
        room.app.screen.query_one("#rank-knobs", RowList).select("level:P1")
        await room.press("plus", "plus", "plus")
        assert "? → 2" in room.text()
        await room.press("minus", "minus", "minus")
        assert "? → 0" in room.text()


# Other presets, long sessions


async def test_another_preset_speaks_its_own_words(open_room: OpenRoom, make_session: MakeSession) -> None:
    path = make_session(("Invoice bot", "Claims bot"), preset="stalled-pilots")
    with Workshop.open(path) as workshop:
        for use_case in workshop.use_cases:
            for gate in workshop.snapshot.preset.questions:
                workshop.answer_gate(use_case, gate.id, gate.clear.id)
            for criterion in workshop.snapshot.preset.criterion:
                workshop.rate(use_case, criterion.id, 3)
    async with open_room(path, stage="rank") as room:
        text = room.text()
        assert "2 of 2 in “Release first”" in text
        assert "● Release first 2" in text
        assert " I D G O " in text, "the first letters of its dimensions"
        assert "=1 02 Claims bot" in text, "tied ranks are shown as tied"
        assert "=1 01 Invoice bot" in text
        await room.press("w")
        assert "Integration" in room.text()


async def test_a_long_session_builds_only_the_rows_that_are_looked_at(
    open_room: OpenRoom, make_session: MakeSession
) -> None:
    path = make_session(())
    with Workshop.open(path) as workshop:
        workshop.do(AddUseCases([NewUseCase(f"Candidate {n}") for n in range(2133)]))
    async with open_room(path, stage="rank", size=LARGE) as room:
        screen = room.app.screen
        assert isinstance(screen, RankScreen)
        assert len(numbers(room)) == 2133
        assert len(screen._rows) < 100
        await room.press("down", "pagedown", "end")
        assert the_list(room).key == the_list(room).keys[-1]
        assert len(screen._rows) < 200
        await room.press("slash")
        await room.type("2107")
        assert numbers(room) == [2108]
        await room.press("escape", "m")
        assert "Nothing has been rated for demonstration value yet" in room.text()
