"""Rating, as a facilitator does it: with the keyboard, in a hurry, before a projector."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual import events

from prioritizer.errors import NotSaved
from prioritizer.model.session import UseCase
from prioritizer.tui.screens.form import Form
from prioritizer.tui.screens.rate import RateScreen
from prioritizer.workshop.commands.base import Command
from prioritizer.workshop.commands.frame import AddParticipant, AskCriterion, EditParticipant
from prioritizer.workshop.commands.rate import Reveal, Vote
from prioritizer.workshop.service import Done, Workshop
from tests.tui.conftest import HOSTILE, LARGE, SMALL, TITLES, MakeSession, OpenRoom, Room

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x36"])


def screen_of(room: Room) -> RateScreen:
    assert isinstance(room.app.screen, RateScreen)
    return room.app.screen


def cases(room: Room) -> list[UseCase]:
    return list(room.workshop.snapshot.live())


def level(room: Room, title: str, criterion: str) -> int | None:
    snapshot = room.workshop.snapshot
    case = next(u for u in snapshot.live() if u.title == title)
    return case.level(snapshot.preset.criterion_index()[criterion])


def tag(room: Room, title: str, criterion: str) -> str | None:
    snapshot = room.workshop.snapshot
    case = next(u for u in snapshot.live() if u.title == title)
    return case.evidence_tag(snapshot.preset.criterion_index()[criterion])


async def burst(room: Room, keys: Sequence[str]) -> None:
    """Keys that arrive in one read of the terminal: nothing waits for anything."""
    for key in keys:
        room.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await room.settle()


def spot(room: Room) -> tuple[str, str]:
    """(title, criterion) under the cursor."""
    at = screen_of(room).at
    assert at is not None
    return at[0].title, at[1].criterion.id


# Levels


@SIZES
async def test_a_digit_agrees_the_level_and_goes_on(
    open_room: OpenRoom, small_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(small_session, stage="rate", size=size) as room:
        assert spot(room) == (TITLES[0], "P1")
        await burst(room, ["3", "0", "4"])
        assert [level(room, t, "P1") for t in TITLES] == [3, 0, 4]
        assert spot(room) == (TITLES[0], "P2"), "after the last use case the next question begins"
        assert not room.app.mishaps


@SIZES
@pytest.mark.parametrize("preset", ["pilot-first", "pilot-first-quick", "regulated", "stalled-pilots"])
async def test_question_and_five_levels_are_always_on_the_screen(
    open_room: OpenRoom, make_session: MakeSession, size: tuple[int, int], preset: str
) -> None:
    async with open_room(make_session(preset=preset), stage="rate", size=size) as room:
        # By use case the rows are others, and the question above them is drawn by the same hand.
        for way in range(1 + (preset == "pilot-first-quick")):
            for each in room.workshop.snapshot.preset.criterion:
                screen_of(room).go(cases(room)[1].id, each.id)
                await room.pilot.pause()
                assert spot(room) == (TITLES[1], each.id)
                shown = " ".join(room.text().split())
                for words in (each.title, each.question, *each.levels):
                    assert " ".join(words.split()) in shown, (way, each.id, words)
                assert not [line for line in room.lines() if len(line) > size[0]]
            await room.press("t")


async def test_the_level_under_the_cursor_is_lit_in_the_question(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="rate") as room:
        panel = screen_of(room).query_one("#rate-question")
        dark = panel.rich_style.bgcolor
        lit = []
        for y in range(panel.size.height):
            strip = panel.render_line(y)
            if any(s.style and s.style.bgcolor != dark for s in strip):
                lit.append(strip.text)
        assert lit[0].startswith("▸3  Criteria are written")


async def test_fast_typing_neither_loses_nor_reorders_a_level(
    open_room: OpenRoom, make_session: MakeSession
) -> None:
    titles = [f"Use case {n}" for n in range(1, 41)]
    typed = [(7 * n + n // 3) % 5 for n in range(40)]
    async with open_room(make_session(titles), stage="rate") as room:
        await burst(room, [str(n) for n in typed])
        assert [level(room, t, "P1") for t in titles] == typed
        assert not screen_of(room).is_sending
        for left in range(39, 34, -1):
            await room.press("u")
            assert [level(room, t, "P1") for t in titles] == typed[:left] + [None] * (40 - left)
        await burst(room, ["u"] * 35)
        assert [level(room, t, "P1") for t in titles] == [None] * 40
        await burst(room, ["ctrl+y"] * 40)
        assert [level(room, t, "P1") for t in titles] == typed


KEYS = ["0", "1", "2", "3", "4", "x", "backspace", "up", "down", "left", "right", "o", "d", "m", "e", "u"]
KEYS += ["ctrl+y", "tab", "shift+tab", "t", "delete", "home", "end"]


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_burst_does_what_the_same_keys_do_slowly(
    open_room: OpenRoom, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    keys = chance.choices(KEYS, weights=[6] * 5 + [2] * (len(KEYS) - 5), k=40)
    seen = []
    for name in ("slow", "fast"):
        path = tmp_path / f"{name}.sqlite"
        with Workshop.create(path, preset="pilot-first-quick", title=name) as w:
            for n in range(4):
                w.add_use_case(f"Use case {n}")
        async with open_room(path, stage="rate") as room:
            if name == "fast":
                await burst(room, keys)
            else:
                for key in keys:
                    await burst(room, [key])
            stands = [(bytes(u.levels), bytes(u.evidence)) for u in cases(room)]
            seen.append((stands, spot(room), screen_of(room).by_criterion))
            assert not room.app.mishaps
    assert seen[0] == seen[1]


async def test_digits_and_arrows_keep_their_turns(open_room: OpenRoom, make_session: MakeSession) -> None:
    titles = [f"Use case {n}" for n in range(1, 9)]
    async with open_room(make_session(titles), stage="rate") as room:
        await burst(room, ["1", "down", "2", "d", "down", "up", "up", "3", "m", "right", "4", "left", "0"])
        assert [level(room, t, "P1") for t in titles] == [1, None, 3, None, 0, None, None, None]
        assert level(room, titles[3], "P2") == 4
        assert tag(room, titles[2], "P1") == "measured"


@contextmanager
def slow_disk(room: Room) -> Iterator[None]:
    """Nothing is saved inside; all of it afterwards."""
    free = threading.Event()
    room.workshop._writer.submit(lambda: free.wait(30))
    try:
        yield
    finally:
        free.set()


async def test_a_key_paints_its_cell_before_it_is_saved(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rate") as room:
        with slow_disk(room):
            room.app.post_message(events.Key("3", "3"))
            await room.pilot.pause()
            await room.pilot.pause()
            assert level(room, TITLES[0], "P1") is None
            assert " 3… " in room.text()
            assert "saving" in room.lines()[0]
            assert spot(room) == (TITLES[1], "P1")
        await room.settle()
        assert level(room, TITLES[0], "P1") == 3
        assert "3…" not in room.text()
        assert "saved" in room.lines()[0]


async def test_leaving_while_it_is_saved_loses_nothing(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rate") as room:
        with slow_disk(room):
            for key in ("3", "2", "left_square_bracket"):
                room.app.post_message(events.Key(key, key if len(key) == 1 else "["))
            await room.pilot.pause()
            await room.pilot.pause()
            assert not isinstance(room.app.screen, RateScreen)
        await room.settle()
        assert [level(room, t, "P1") for t in TITLES] == [3, 2, None]
        assert not room.app.mishaps


async def test_what_is_refused_is_said_and_taken_off_the_screen(
    open_room: OpenRoom, small_session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_room(small_session, stage="rate") as room:

        def full(command: Command) -> Future[Done]:
            future: Future[Done] = Future()
            future.set_exception(NotSaved("The disk is full; make room and press the key again."))
            return future

        with monkeypatch.context() as patched:
            patched.setattr(room.workshop, "submit", full)
            await room.press("3")
        assert "The disk is full" in room.said[-1]
        assert "3…" not in room.text()
        assert level(room, TITLES[0], "P1") is None
        await burst(room, ["up", "2"])
        assert level(room, TITLES[0], "P1") == 2


async def test_the_same_level_again_leaves_nothing_pending(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rate") as room:
        await room.press("3")
        assert "3…" not in room.text()
        assert not screen_of(room).is_sending


async def test_unknown_is_a_level_taken_away(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rate") as room:
        await burst(room, ["3", "up", "x"])
        assert level(room, TITLES[0], "P1") is None
        assert spot(room) == (TITLES[1], "P1"), "x goes on"
        assert "unknown counts as 1 and is never a pass" in room.text()
        await room.press("u")
        assert level(room, TITLES[0], "P1") == 3
        assert spot(room) == (TITLES[0], "P1"), "undo shows what it gave back"


async def test_backspace_takes_the_level_given_last_back(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rate") as room:
        await burst(room, ["3", "backspace"])
        assert level(room, TITLES[0], "P1") is None
        assert spot(room) == (TITLES[0], "P1")
        await burst(room, ["2", "3", "up", "up", "backspace"])
        assert [level(room, t, "P1") for t in TITLES] == [None, 3, None]
        await room.press("backspace")
        assert "no level to take back" in room.said[-1]


async def test_the_last_cell_says_so(open_room: OpenRoom, make_session: MakeSession) -> None:
    async with open_room(make_session(["One"], preset="pilot-first-quick"), stage="rate") as room:
        await burst(room, list("3333333"))
        assert spot(room) == ("One", "WOR")
        assert any("last cell" in words for words in room.said)
        await room.press("tab")
        assert "Every cell has a level" in room.said[-1]


# What it rests on


async def test_a_letter_after_a_digit_tags_that_level(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rate") as room:
        await burst(room, ["3", "d", "2", "o", "4", "m"])
        assert [level(room, t, "P1") for t in TITLES] == [3, 2, 4]
        assert [tag(room, t, "P1") for t in TITLES] == ["document", "opinion", "measured"]
        snapshot = room.workshop.snapshot
        assert cases(room)[2].agreed["P1"].measured_on is not None
        assert snapshot.preset.criterion[0].id == "P1"


async def test_after_moving_a_letter_tags_the_cell_under_the_cursor(
    open_room: OpenRoom, small_session: Path
) -> None:
    async with open_room(small_session, stage="rate") as room:
        await burst(room, ["3", "2", "up", "up", "r"])
        assert tag(room, TITLES[0], "P1") == "reported"
        assert tag(room, TITLES[1], "P1") is None
        await burst(room, ["e", "e", "e"])
        assert tag(room, TITLES[0], "P1") is None, "going round passes “not said”"
        await room.press("e")
        assert tag(room, TITLES[0], "P1") == "opinion"


async def test_a_tag_without_a_level_says_what_to_do(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rate") as room:
        await room.press("d")
        assert "Give a level first" in room.said[-1]


async def test_unproven_is_marked_until_there_is_a_document(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rate", size=LARGE) as room:
        screen_of(room).go(cases(room)[0].id, "D1")
        await room.press("3")
        assert "△ unproven" in room.text()
        await room.press("d")
        assert "△" not in room.text()


async def test_work_not_done_is_marked(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rate", size=LARGE) as room:
        screen_of(room).go(cases(room)[0].id, "P2")
        await room.press("0")
        assert "◇ to do" in room.text()


async def test_a_note_right_after_a_digit_is_for_that_level(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rate") as room:
        await burst(room, ["3", "n"])
        await room.type("57 past cases")
        await room.press("enter")
        assert cases(room)[0].agreed["P1"].note == "57 past cases"
        assert "✎" in room.text()
        assert spot(room) == (TITLES[1], "P1")
        await room.press("u")
        assert "P1" not in cases(room)[0].agreed


async def test_enter_edits_the_whole_cell(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rate") as room:
        await burst(room, ["2", "up", "enter"])
        assert isinstance(room.app.screen, Form)
        room.app.screen.query_one("#field-level").value = "4"  # type: ignore[attr-defined]
        room.app.screen.query_one("#field-evidence").value = "measured"  # type: ignore[attr-defined]
        room.app.screen.query_one("#field-measured_on").value = "2026-02-30"  # type: ignore[attr-defined]
        await room.press("ctrl+s")
        assert "There is no day 2026-02-30" in room.text()
        room.app.screen.query_one("#field-measured_on").value = "2026-02-28"  # type: ignore[attr-defined]
        await room.press("ctrl+s")
        assert level(room, TITLES[0], "P1") == 4
        assert tag(room, TITLES[0], "P1") == "measured"
        assert cases(room)[0].agreed["P1"].measured_on == "2026-02-28"


async def test_another_level_than_the_rooms_asks_for_the_reason(
    open_room: OpenRoom, small_session: Path
) -> None:
    with Workshop.open(small_session) as w:
        for name in ("Ann", "Bo", "Cy"):
            w.do(AddParticipant(name))
        for person, answer in zip(w.snapshot.participants, "233", strict=True):
            w.do(Vote(w.use_cases[0].id, "P1", person.id, answer))
    async with open_room(small_session, stage="rate") as room:
        assert "(3)" not in room.text(), "not before the reveal"
        room.workshop.do(Reveal(cases(room)[0].id, "P1"))
        screen_of(room).session_changed()
        await room.settle()
        assert "(3)" in room.text()
        assert "said by the room" in room.text()
        screen_of(room).go(cases(room)[0].id, "P1")
        await room.press("1")
        assert isinstance(room.app.screen, Form)
        await room.press("enter")
        assert isinstance(room.app.screen, Form), "an empty reason is none"
        await room.type("the log shows it")
        await room.press("enter")
        assert level(room, TITLES[0], "P1") == 1
        assert cases(room)[0].agreed["P1"].reason == "the log shows it"
        assert "≠" in room.text()
        screen_of(room).go(cases(room)[0].id, "P1")
        await room.press("3")
        assert level(room, TITLES[0], "P1") == 3, "the room's own level needs no reason"


async def test_claimed_where_the_role_is_absent(open_room: OpenRoom, small_session: Path) -> None:
    with Workshop.open(small_session) as w:
        w.do(AddParticipant("Ann", role="business"))
        w.do(AddParticipant("Dee", role="data"))
        w.do(EditParticipant(w.snapshot.participants[1].id, present=False))
    async with open_room(small_session, stage="rate", size=LARGE) as room:
        screen_of(room).go(cases(room)[0].id, "D3")
        await room.settle()
        assert "Data brings this; nobody with that role is here" in room.text()
        await room.press("3")
        assert "▽ claimed" in room.text()
        await room.press("d")
        assert "claimed" not in room.text(), "a document speaks for itself"


async def test_facts_stand_beside_the_level_they_support(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rate") as room:
        screen_of(room).go(cases(room)[0].id, "I1")
        await room.press("f")
        await room.type("ERP, Mail, Archive")
        await room.press("enter")
        await room.type("two")
        await room.press("ctrl+s")
        assert "is not a number" in room.text()
        await burst(room, ["backspace", "backspace", "backspace"])
        await room.type("2")
        await room.press("ctrl+s")
        case = cases(room)[0]
        assert case.systems == ("ERP", "Mail", "Archive")
        assert case.logins == 2
        assert "3 systems" in room.text()
        screen_of(room).go(case.id, "I3")
        await room.settle()
        assert "2 logins" in room.text()
        assert "3 systems" not in room.text()


async def test_a_deep_integration_is_said_to_score_low(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rate") as room:
        for criterion in ("I1", "I2", "I3", "I4"):
            screen_of(room).go(cases(room)[0].id, criterion)
            await room.settle()
            assert "A deep integration scores low" in room.text()


async def test_the_line_below_says_what_the_key_did(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rate") as room:
        screen_of(room).go(cases(room)[9].id, "D4")
        await room.settle()
        assert "R 66  ◐ Fix, then pilot: D4" in room.lines()[-2]
        await room.press("3")
        assert "R 66 → 68  ◐ Fix, then pilot → ● Pilot first" in room.lines()[-2]
        screen_of(room).go(cases(room)[8].id, "D4")
        await room.press("3")
        assert "R 56 → 58  still ◐ Fix, then pilot: " in room.lines()[-2]
        await burst(room, ["up", "up"])
        assert "→" not in room.lines()[-2]


# Both ways, gaps, pages


@SIZES
async def test_turning_keeps_the_cell(
    open_room: OpenRoom, sample_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(sample_session, stage="rate", size=size) as room:
        screen_of(room).go(cases(room)[4].id, "G2")
        await room.press("t")
        assert spot(room) == (cases(room)[4].title, "G2")
        assert "By use case" in room.text()
        assert "05 Autonomous procurement" in room.lines()[1]
        await room.press("2")
        assert level(room, cases(room)[4].title, "G2") == 2
        assert spot(room)[1] == "G3", "by use case the next question follows"
        await room.press("right")
        assert spot(room) == (cases(room)[5].title, "G3")
        await room.press("t")
        assert spot(room) == (cases(room)[5].title, "G3")


async def test_by_use_case_the_last_question_leads_to_the_next_use_case(
    open_room: OpenRoom, make_session: MakeSession
) -> None:
    async with open_room(make_session(preset="pilot-first-quick"), stage="rate") as room:
        await room.press("t")
        await burst(room, list("0123434" + "1"))
        assert [cases(room)[0].level(c) for c in range(7)] == [0, 1, 2, 3, 4, 3, 4]
        assert cases(room)[1].level(0) == 1
        assert spot(room) == (TITLES[1], "DAT")


async def test_next_gap_jumps_anywhere(open_room: OpenRoom, sample_session: Path) -> None:
    with Workshop.open(sample_session) as w:
        w.rate(w.use_cases[3], "B2", None)
        w.rate(w.use_cases[7], "P1", None)
    async with open_room(sample_session, stage="rate") as room:
        assert spot(room) == (cases(room)[7].title, "P1"), "it opens at the first gap"
        await room.press("tab")
        assert spot(room) == (cases(room)[3].title, "B2")
        await room.press("tab")
        assert spot(room) == (cases(room)[7].title, "P1"), "it goes round"
        await room.press("shift+tab")
        assert spot(room) == (cases(room)[3].title, "B2")
        await burst(room, ["2", "tab", "3", "tab"])
        assert "Every cell has a level" in room.said[-1]


async def test_pages_end_with_a_word(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rate") as room:
        await room.press("comma")
        assert room.said[-1] == "This is the first criterion."
        await burst(room, ["full_stop", "right", "l", "h"])
        assert spot(room)[1] == "P3"


async def test_a_criterion_switched_off_is_not_asked(open_room: OpenRoom, small_session: Path) -> None:
    with Workshop.open(small_session) as w:
        w.do(AskCriterion("P2", "off"))
    async with open_room(small_session, stage="rate") as room:
        await room.press("right")
        assert spot(room)[1] == "P3"
        assert "P2" not in room.lines()[1]


async def test_the_place_is_kept_from_stage_to_stage(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rate") as room:
        screen_of(room).go(cases(room)[6].id, "I3")
        await burst(room, ["t", "alt+5"])
        await room.press("alt+4")
        assert spot(room) == (cases(room)[6].title, "I3")
        assert "By use case" in room.text()


# Lists: filter, mouse, empty, hostile, long


async def test_the_filter_counts_and_esc_clears(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rate") as room:
        await room.press("slash")
        await room.type("claims")
        assert "1 of 12" in room.text()
        await room.press("enter", "2")
        assert level(room, "Voice agent that resolves claims", "P1") == 2
        await room.press("slash", "escape")
        assert len(screen_of(room).rows.keys) == 12
        await room.press("slash")
        await room.type("zzz")
        assert "esc shows all again" in room.text()
        await room.press("escape")
        assert len(screen_of(room).rows.keys) == 12


@SIZES
async def test_everything_with_the_mouse(
    open_room: OpenRoom, small_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(small_session, stage="rate", size=size) as room:
        await room.click("#rate-list", offset=(6, 1))
        assert spot(room) == (TITLES[1], "P1")
        panel = screen_of(room).query_one("#rate-question")
        line = next(y for y in range(panel.size.height) if panel.render_line(y).text.startswith(" 2  "))
        await room.click("#rate-question", offset=(10, line))
        assert level(room, TITLES[1], "P1") == 2
        legend = screen_of(room).query_one("#rate-notes").render_line(0).text
        await room.click("#rate-notes", offset=(legend.index("measured"), 0))
        assert tag(room, TITLES[1], "P1") == "measured"
        strip = screen_of(room).query_one("#rate-strip").render_line(0).text
        await room.click("#rate-strip", offset=(strip.index("P3"), 0))
        assert spot(room)[1] == "P3"
        await room.click("#rate-strip", offset=(2, 0))
        assert "By use case" in room.text()
        strip = screen_of(room).query_one("#rate-strip").render_line(0).text
        before = spot(room)[0]
        await room.click("#rate-strip", offset=(strip.index("‹"), 0))
        assert spot(room)[0] != before
        await room.click("#rate-list", offset=(6, 2), times=2)
        assert isinstance(room.app.screen, Form)
        await room.press("escape")


async def test_an_empty_session_says_where_to_go(open_room: OpenRoom, make_session: MakeSession) -> None:
    async with open_room(make_session([]), stage="rate") as room:
        assert "alt+2 goes to Collect" in room.text()
        await room.press("3", "d", "n", "tab", "t", "f", "enter", "x", "backspace", "right")
        assert not room.app.mishaps
        assert room.said


@SIZES
async def test_hostile_titles_show_as_they_are(
    open_room: OpenRoom, make_session: MakeSession, size: tuple[int, int]
) -> None:
    async with open_room(make_session(HOSTILE), stage="rate", size=size) as room:
        for _ in range(2):
            await burst(room, list("343210"))
            text = room.text()
            assert "[/nope]" in text or "By use case" in text
            assert "\x1b" not in text
            await room.press("n")
            await room.type("[/nope] [b]x")
            await room.press("enter", "t")
        assert not room.app.mishaps
        await room.press("c")


async def test_resizing_keeps_the_cell_and_the_question(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rate") as room:
        screen_of(room).go(cases(room)[10].id, "G4")
        await room.settle()
        for size in ((200, 60), (60, 20), (100, 24), (120, 36), (80, 24)):
            await room.resize(*size)
            assert spot(room) == (cases(room)[10].title, "G4")
            shown = " ".join(room.text().split())
            assert "5 of 5, with dates and budget" in shown
            assert cases(room)[10].title[:12] in shown
        assert not room.app.mishaps


LONG = " ".join(["a rather long text that no one will read to its end before the room is tired"] * 12)


def long_preset(path: Path) -> Path:
    """Thirty criteria with names of their own, in four dimensions, with texts of a thousand characters."""
    lines = ["format = 1", 'id = "long"', "version = 1", 'title = "Long"', 'language = "en"']
    roles = [
        ("alpha", "readiness"),
        ("beta", "readiness"),
        ("shape", "boundedness"),
        ("show", "demonstration"),
    ]
    for name, role in roles:
        lines += ["[[dimension]]", f'id = "{name}"', f'title = "{name.title()}"', f'role = "{role}"']
        lines += ["weight = 1.0"] if role == "readiness" else []
    for n in range(30):
        lines += ["[[criterion]]", f'id = "criterion-number-{n}"', f'dimension = "{roles[n % 4][0]}"']
        lines += [f'title = "Title {n}"', f'question = "Question {n}: {LONG}?"', "[criterion.levels]"]
        lines += [f'{level} = "Level {level} of {n}: {LONG}"' for level in range(5)]
    lines += ["[[class_rule]]", 'id = "bounded"', "[class_rule.rule]", 'all = ["criterion-number-2 >= 3"]']
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("size", [(60, 20), SMALL, LARGE, (200, 60)])
async def test_thirty_criteria_with_very_long_texts(
    open_room: OpenRoom, make_session: MakeSession, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = make_session(preset=str(long_preset(tmp_path / "long.toml")))
    async with open_room(path, stage="rate", size=size) as room:
        for n in (0, 4, 7, 29):
            screen_of(room).go(cases(room)[2].id, f"criterion-number-{n}")
            await room.settle()
            text = room.text()
            assert f"Question {n}:" in text
            for number in range(5):
                assert f"Level {number} of {n}:" in text
            assert TITLES[2][:10] in text, "the list still has its rows"
            assert "criterion-number" in room.lines()[1]
        await burst(room, ["3", "t", "2", "t"])
        assert cases(room)[2].level(29) == 2, "the very last cell keeps the cursor"
        assert not room.app.mishaps


async def test_two_thousand_use_cases(open_room: OpenRoom, make_session: MakeSession) -> None:
    from prioritizer.workshop.commands.collect import AddUseCases, NewUseCase

    path = make_session([])
    with Workshop.open(path) as w:
        w.do(AddUseCases([NewUseCase(title=f"Case {n}") for n in range(1, 2134)]))
    async with open_room(path, stage="rate", size=LARGE) as room:
        await burst(room, list("01234" * 4))
        assert [u.level(0) for u in cases(room)[:21]] == [0, 1, 2, 3, 4] * 4 + [None]
        await burst(room, ["end", "3"])
        assert cases(room)[-1].level(0) == 3
        assert spot(room) == ("Case 1", "P2")
        await burst(room, ["t", "tab", "t"])
        assert "21 of 2,133" in room.text() or "0 of 2,133" in room.text()
        assert not room.app.mishaps
