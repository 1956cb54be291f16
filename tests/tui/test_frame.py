"""Frame as a story: purpose, roster, what is asked, what fits in the time."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from prioritizer.facilitation.capacity import Rates
from prioritizer.facilitation.clock import Pace
from prioritizer.tui.screens.frame_forms import typed_person
from prioritizer.tui.screens.weights import WeightsScreen
from prioritizer.tui.widgets.rowlist import HEADING, RowList
from prioritizer.tui.widgets.textpane import TextPane
from prioritizer.workshop.service import Workshop
from tests.tui.conftest import HOSTILE, LARGE, SMALL, MakeSession, OpenRoom, Room


def cursor(room: Room, key: str) -> None:
    room.app.screen.query_one("#frame-list", RowList).select(key)


def person(room: Room, name: str) -> str:
    return next(p.id for p in room.workshop.snapshot.participants if p.name == name)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_an_empty_session_says_what_to_fill_in(
    make_session: MakeSession, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(make_session([]), stage="frame", size=size) as room:
        text = room.text()
        assert "what this group must choose, and for what" in text
        assert "a adds people by name and role" in text
        assert "set the minutes or the agenda" in room.app.screen.query_one("#frame-time", TextPane).plain


async def test_the_front_page_is_filled_in_one_dialog(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("down", "enter")
        await room.type("Choose what [/nope] operations pilots.")
        await room.press("tab")
        await room.type("The lower level stands.")
        await room.press("tab")
        await room.type("Ana")
        await room.press("enter")
        await room.type("Ben")
        await room.press("enter")
        await room.type("90")
        await room.press("ctrl+s")
        snapshot = room.workshop.snapshot
        assert snapshot.purpose == "Choose what [/nope] operations pilots."
        assert (snapshot.decision_rule, snapshot.decider) == ("The lower level stands.", "Ana")
        assert (snapshot.facilitator, snapshot.minutes, snapshot.title) == ("Ben", 90, "Small")
        assert "Choose what [/nope] operations pilots." in room.text()
        await room.press("u")
        assert room.workshop.snapshot.purpose == ""
        assert room.workshop.snapshot.minutes is None


@pytest.mark.parametrize(
    ("minutes", "said"), [("ninety", "is not a whole number"), ("0", "1 to 1440"), ("9999", "1 to 1440")]
)
async def test_a_length_that_is_none_is_refused_where_it_stands(
    minutes: str, said: str, small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="frame") as room:
        cursor(room, "s:minutes")
        await room.press("enter")
        await room.type(minutes)
        await room.press("ctrl+s")
        assert said in room.text()
        assert room.app.screen.query_one("#field-minutes", Input).value == minutes
        assert room.workshop.snapshot.minutes is None


async def test_an_agenda_brings_its_minutes(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame", size=LARGE) as room:
        await room.press("g", "down", "down", "enter", "ctrl+s")
        assert room.workshop.snapshot.agenda == "min90"
        assert room.workshop.snapshot.minutes == 90
        cursor(room, "s:agenda")
        await room.settle()
        assert "Silent capture" in room.text()
        assert "3 use cases × 8 criteria in the room need 14 minutes; you have 45" in " ".join(
            room.app.screen.query_one("#frame-time", TextPane).plain.split()
        )


# The roster


async def test_every_role_is_named_where_people_are_typed(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        line = next(line for line in room.lines() if "⏎ adds" in line)
        for role in room.workshop.snapshot.preset.role:
            assert role.title.lower() in line


async def test_people_are_added_by_typing(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("a")
        for line in ("Ana, data", "Ben, op", "Cyd"):
            await room.type(line)
            await room.press("enter")
        assert [(p.name, p.role) for p in room.workshop.snapshot.participants] == [
            ("Ana", "data"),
            ("Ben", "operations"),
            ("Cyd", None),
        ]
        assert room.app.screen.query_one("#frame-person", Input).value == ""
        assert "Integration (I1–I4)" in " ".join(room.text().split())
        await room.press("ctrl+z")
        assert [p.name for p in room.workshop.snapshot.participants if p.name] == ["Ana", "Ben"]


async def test_a_role_that_does_not_exist_is_refused_and_kept(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("a")
        await room.type("Ana, wizardry")
        await room.press("enter")
        assert "There is no role “wizardry”" in room.said[-1]
        line = room.app.screen.query_one("#frame-person", Input)
        assert line.value == "Ana, wizardry"
        await room.type("!")
        assert line.value == "Ana, wizardry!", "one goes on typing where one was"
        await room.press("ctrl+u")
        assert line.value == ""
        await room.press("escape")
        assert room.app.screen.query_one("#frame-list", RowList).has_focus


async def test_a_pasted_list_of_people_is_one_step(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("a")
        await room.paste("Ana, data\n\nBen, operations\r\n[/nope], business\n")
        assert [p.name for p in room.workshop.snapshot.participants] == ["Ana", "Ben", "[/nope]"]
        assert "[/nope]" in room.text()
        await room.press("ctrl+z")
        assert [p.name for p in room.workshop.snapshot.participants if p.name] == []


async def test_a_pasted_list_with_the_same_name_twice_adds_nobody(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("a")
        await room.paste("Ana\nAna")
        assert "stands in the list twice" in room.said[-1]
        assert room.workshop.snapshot.participants == ()


async def test_here_and_away_and_who_votes(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("a")
        await room.paste("Ana, data\nBen")
        await room.press("escape")
        cursor(room, f"p:{person(room, 'Ana')}")
        await room.press("v")
        assert "2 here, 1 vote" in room.text()
        await room.press("space")
        assert "1 here, 1 vote" in room.text()
        assert "Data (P2, D1–D4)" in " ".join(room.text().split())
        await room.press("u", "u")
        assert "2 here, 2 vote" in room.text()
        await room.press("enter")
        await room.type("bel")
        await room.press("ctrl+s")
        assert person(room, "Anabel")


def test_a_line_is_a_name_and_perhaps_a_role(small_session: Path) -> None:
    with Workshop.open(small_session) as workshop:
        snapshot = workshop.snapshot
        assert typed_person(snapshot, "Ana").role is None
        assert typed_person(snapshot, "Smith, Ana, Integration").name == "Smith, Ana"
        assert typed_person(snapshot, "Ana, comp").role == "compliance"
        assert typed_person(snapshot, "Ana, ").role is None


# What is asked


async def test_a_criterion_is_switched(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        cursor(room, "c:D3")
        await room.press("r")
        assert room.workshop.snapshot.how_asked("D3") == "room"
        assert "9 in the room, 15 before" in room.text()
        await room.press("b")
        assert room.workshop.snapshot.how_asked("D3") == "before"
        await room.press("o")
        assert room.workshop.snapshot.how_asked("D3") == "off"
        await room.press("space")
        assert room.workshop.snapshot.how_asked("D3") == "room"
        await room.press("u")
        assert room.workshop.snapshot.how_asked("D3") == "off"


async def test_one_that_carries_a_gate_cannot_be_switched_off(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="frame") as room:
        cursor(room, "c:D1")
        await room.press("o")
        assert room.said[-1].startswith("D1 carries a gate or a part of the class")
        assert room.workshop.snapshot.how_asked("D1") == "before"
        await room.press("space")
        assert room.workshop.snapshot.how_asked("D1") == "room", "space passes over what is refused"
        await room.press("enter")
        assert "off: it leaves" not in room.text()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_question_and_five_levels_can_be_read(
    small_session: Path, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(small_session, stage="frame", size=size) as room:
        cursor(room, "c:P1")
        await room.settle()
        if size == SMALL:
            await room.press("enter")
        text = " ".join(room.text().split())
        assert "How is it decided whether one output" in text
        assert "No one can say what a correct output is" in text
        assert "At least 200 past cases" in text


async def test_keys_that_need_something_under_the_cursor_say_so(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="frame") as room:
        for key, words in (
            ("v", "somebody"),
            ("r", "question"),
            ("b", "question"),
            ("o", "question"),
            ("space", "switches"),
        ):
            await room.press(key)
            assert words in room.said[-1]


# Weights


async def test_w_opens_the_weights_and_what_changed_shows_here(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="frame", size=LARGE) as room:
        cursor(room, "w:P")
        await room.settle()
        assert "from the preset “Pilot first”" in room.text()
        for way_in in ("w", "enter"):
            await room.press(way_in)
            assert isinstance(room.app.screen, WeightsScreen)
            await room.press("escape")
        await room.press("w", "p")
        for points in ("40", "30", "20", "10", ""):
            await room.type(points)
            await room.press("enter")
        await room.press("escape")
        assert room.app.screen.name_in_table == "frame"  # type: ignore[attr-defined]
        assert "set in this session: 100 points, by the room" in " ".join(room.text().split())


# Around


async def test_the_filter_keeps_headings_of_what_is_left(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("slash")
        await room.type("authen")
        rows = room.app.screen.query_one("#frame-list", RowList)
        assert list(rows.keys) == [f"{HEADING}asked", "c:I3"]
        assert "1 of 38" in room.text()
        await room.press("enter")
        assert rows.has_focus
        await room.press("escape")
        assert len(rows.keys) > 30


async def test_tab_goes_from_part_to_part(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        rows = room.app.screen.query_one("#frame-list", RowList)
        seen = []
        for _ in range(4):
            await room.press("tab")
            seen.append(rows.key)
        assert seen == ["!add", "c:P1", "w:P", "s:title"]


async def test_half_a_name_outlives_the_program(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("a")
        await room.type("Half a na")
        await room.until(lambda: room.workshop.drafts() == {"frame.person": "Half a na"})
    async with open_room(small_session, stage="frame") as room:
        assert room.app.screen.query_one("#frame-person", Input).value == "Half a na"
        await room.press("enter")
        assert [p.name for p in room.workshop.snapshot.participants] == ["Half a na"]
        await room.until(lambda: room.workshop.drafts() == {})


async def test_everything_as_text(sample_session: Path, open_room: OpenRoom) -> None:
    async with open_room(sample_session, stage="frame") as room:
        text = room.app.screen.screen_text()  # type: ignore[attr-defined]
        assert "Decision rule" in text
        assert "P1" in text
        assert "use cases × 8 criteria" in text


async def test_hostile_names_and_titles(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame", size=LARGE) as room:
        await room.press("a")
        await room.paste("\n".join(HOSTILE))
        await room.press("escape")
        assert len(room.workshop.snapshot.participants) == len(HOSTILE)
        assert "[@click=app.quit()]x[/]" in room.text()
        assert "\x1b" not in room.text()
        for _ in HOSTILE:
            await room.press("down")
        await room.resize(*SMALL)
        assert "What fits in the time" in room.text()


@pytest.mark.parametrize("preset", ["pilot-first-quick", "regulated", "stalled-pilots"])
async def test_every_preset_can_be_framed(
    preset: str, make_session: MakeSession, open_room: OpenRoom
) -> None:
    async with open_room(make_session(preset=preset), stage="frame", size=LARGE) as room:
        first = room.workshop.snapshot.preset.criterion[0]
        cursor(room, f"c:{first.id}")
        await room.settle()
        assert first.title in room.text()


# Tables, rules, consequences, pace


async def test_people_at_a_table_vote_as_one(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("t")
        assert "Add the people who sit at the table first" in room.said[-1]
        await room.press("a")
        for line in ("Ana, data", "Ben, data", "Cyd"):
            await room.type(line)
            await room.press("enter")
        await room.press("escape", "t", "down", "space", "space", "enter")
        assert "2 people listen from now on" in " ".join(room.text().split())
        await room.press("ctrl+s")
        people = room.workshop.snapshot.participants
        assert [(p.name, p.role, p.voter) for p in people] == [
            ("Ana", "data", False),
            ("Ben", "data", False),
            ("Cyd", None, True),
            ("Table 1", "data", True),
        ]
        assert "4 here, 2 vote" in room.text()
        await room.press("u")
        assert [p.voter for p in room.workshop.snapshot.participants if p.name] == [True, True, True]


async def test_late_and_leaving_people_are_logged(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("a")
        await room.type("Ana")
        await room.press("enter", "escape")
        cursor(room, f"p:{person(room, 'Ana')}")
        await room.press("space", "space")
        assert [h.kind for h in room.workshop.history()][-2:] == ["roster", "roster"]


async def test_whoever_leads_does_not_vote(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("a")
        await room.type("Lea")
        await room.press("enter", "escape")
        cursor(room, "s:facilitator")
        await room.press("enter")
        await room.type("Lea")
        await room.press("ctrl+s")
        assert [p.voter for p in room.workshop.snapshot.participants] == [False]


async def test_the_rule_for_a_deadlock_is_chosen_at_the_start(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="frame") as room:
        cursor(room, "s:deadlock")
        await room.settle()
        assert "the lower level stands until a fact is shown" in room.text()
        await room.press("enter", "down", "down", "enter", "ctrl+s")
        assert room.workshop.snapshot.deadlock == "decider"
        assert "the named decider decides" in room.text()


async def test_what_follows_from_asking_it_another_way_is_said(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="frame", size=LARGE) as room:
        await room.press("a")
        await room.type("Ana, operations")
        await room.press("enter", "escape")
        cursor(room, "c:P2")
        await room.settle()
        detail = " ".join(room.app.screen.query_one("#frame-detail", TextPane).plain.split())
        assert "becomes a blind ballot: 3 more cells for 1 voter" in detail
        await room.press("r")
        assert "becomes a blind ballot" in room.said[-1]
        await room.press("b")
        assert "nobody here has that role: its levels stand as claimed" in room.said[-1]
        await room.press("o")
        assert "it counts for nothing, and the shortlist says so" in room.said[-1]


async def test_what_fits_is_reckoned_with_the_pace_of_this_room(
    small_session: Path, open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Pace(Rates(seconds_a_cell=60.0), ("seconds_a_cell",))
    monkeypatch.setattr(Workshop, "pace", lambda self: slow)
    async with open_room(small_session, stage="frame", size=LARGE) as room:
        said = " ".join(room.app.screen.query_one("#frame-time", TextPane).plain.split())
        assert "3 use cases × 8 criteria in the room need 33 minutes" in said  # 24 × (1 + 0.15 × 2.5)
        assert "Reckoned with your own pace: 60 s of silence a cell." in said
