"""The reveal and the contested queue: distribution, pattern and move; agreed, voted again, parked, decided."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from prioritizer import Workshop
from prioritizer.model.session import UseCase
from prioritizer.tui.screens.ballot import BallotScreen
from prioritizer.tui.screens.confirm import Confirm
from prioritizer.tui.screens.form import Form
from prioritizer.tui.screens.queue import QueueScreen
from prioritizer.tui.screens.rate import RateScreen
from prioritizer.tui.screens.reveal import RevealScreen
from prioritizer.workshop.ballots import cards
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants, SetSession
from prioritizer.workshop.commands.rate import Reveal
from prioritizer.workshop.commands.settle import SetDeadlock
from tests.tui.conftest import LARGE, SMALL, MakeSession, OpenRoom, Room
from tests.tui.test_ballot import NAMES, on, typed

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE])
CELLS = ("22233223", "11113333", "01234123", "33333330", "3?-?????")
"""agreed, two camps, wide, outlier, thin: the vectors of the rubric, by hand."""
MOVES = {
    0: ("AGREED", "Take it, move on."),
    1: ("TWO CAMPS", "Are we rating the same use case? Rewrite it or split it."),
    2: ("WIDE", "Nobody knows. Park it as find out, with an owner and a date."),
    3: ("OUTLIER", "One person sees something. What fact? 60 seconds, then re-vote."),
    4: ("THIN", "Wait for more answers, or mark the level as claimed."),
}
TITLES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")


@pytest.fixture
def session(make_session: MakeSession) -> Path:
    path = make_session(TITLES, preset="pilot-first-quick")
    with Workshop.open(path) as w:
        w.do(SetSession(facilitator="Lea", minutes=60))
        w.do(AddParticipants([AddParticipant(n) for n in (*NAMES, "Lea")]))
        for case, line in zip(w.use_cases, CELLS, strict=True):
            w.do(cards(w.snapshot, case.id, "VIA", line))
        w.do(Reveal())
    return path


def board(room: Room) -> RevealScreen:
    return cast(RevealScreen, room.app.screen)


def case(room: Room, place: int) -> UseCase:
    return room.workshop.use_cases[place]


def level(room: Room, place: int) -> int | None:
    return case(room, place).level(0)


async def to(room: Room, place: int) -> None:
    """To the reveal of a use case."""
    room.app.place.update({"use_case": case(room, place).id, "rate.criterion": "VIA"})
    await room.app.show_screen(RevealScreen())
    await room.settle()


def flat(room: Room) -> str:
    return " ".join(room.text().split())


# What it shows


@SIZES
async def test_every_pattern_with_its_move_and_counts(
    session: Path, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(session, stage="rate", size=size) as room:
        for place, (pattern, move) in MOVES.items():
            await to(room, place)
            assert f"{pattern} {move}" in flat(room)
            counts = [CELLS[place].count(str(n)) for n in range(5)]
            for number, words in enumerate(case_levels(room)):
                line = next(x for x in room.lines() if words[:30] in x)
                assert (str(counts[number]) if counts[number] else "·") in line[:26], line
        assert "level 1 · ? 6 · – 1 · pending 0 · not asked 1" in flat(room), "the five states"


def case_levels(room: Room) -> tuple[str, ...]:
    return room.workshop.snapshot.preset.find_criterion("VIA").levels


async def test_bars_are_as_long_as_their_counts(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate", size=LARGE) as room:
        await to(room, 1)
        lines = [x for x in room.lines() if "█" in x]
        assert len(lines) == 2
        assert [line.count("█") for line in lines] == [9, 9], "half of the people, half of 18 cells"


async def test_agreement_on_request(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        await to(room, 1)
        assert "+0.17" not in room.text()
        await room.press("a")
        text = room.text()
        for value in ("+0.81", "+0.17", "+0.19", "+0.65"):  # published with the patterns
            assert value in text
        await room.press("a")
        assert "+0.17" not in room.text()


@SIZES
async def test_lowest_and_highest_only_on_a_private_screen(
    session: Path, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(session, stage="rate", size=size) as room:
        await to(room, 3)
        assert not any(name in room.text() for name in NAMES)
        await room.press("f9", "y")
        assert "Lowest: Hal · Highest: Ada, Ben, Cem, Dee, Eva and 2 more" in flat(room)
        await room.press("f9")
        # The toast is gone by now in a room; here it must not name anybody either.
        assert not any(name in room.text() for name in NAMES)


# Agreeing


async def test_one_key_agrees_and_goes_on(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        await to(room, 0)
        await room.press("enter")
        assert level(room, 0) == 2
        assert board(room).rows.key == case(room, 1).id
        await room.press("d")  # a document, for the level that was just agreed
        assert case(room, 0).evidence_tag(0) == "document"
        await room.press("t")
        assert on(room, Form)
        await room.type("page 4")
        await room.press("ctrl+s")
        assert case(room, 0).agreed["VIA"].note == "page 4"


@SIZES
async def test_another_level_wants_a_reason(
    session: Path, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(session, stage="rate", size=size) as room:
        await to(room, 3)
        await room.press("1")
        assert "The room said 3" in flat(room)
        await room.press("enter")
        assert "Write the reason" in flat(room)
        assert level(room, 3) is None
        await room.type("the bank said so")
        await room.press("enter")
        assert level(room, 3) == 1
        await to(room, 3)
        assert "✓ 1 ≠3" in flat(room)
        assert "the bank said so" in room.workshop.use_cases[3].agreed["VIA"].reason


async def test_all_that_the_room_agrees_on_in_one_key(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        await to(room, 1)
        await room.press("A")
        assert [level(room, n) for n in range(5)] == [2, None, None, None, None]
        await room.press("A")
        assert "No cell" in room.said[-1]
        await room.press("u")
        assert level(room, 0) is None


async def test_taking_back_and_nothing_to_take(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        await to(room, 0)
        await room.press("enter", "backspace")
        assert level(room, 0) is None
        await room.press("backspace")
        assert "no agreed level" in room.said[-1]
        await room.press("d")
        assert "Agree a level first" in room.said[-1]


# Voting again


@SIZES
async def test_a_re_vote_is_about_that_cell_and_shows_what_moved(
    session: Path, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(session, stage="rate", size=size) as room:
        await to(room, 1)
        before = {u.id: u.rounds for u in room.workshop.use_cases}
        await room.press("v")
        assert on(room, BallotScreen)
        assert "round 2: 0 of 8" in flat(room)
        await typed(room, "33333332")
        await room.press("ctrl+r")
        assert "1 → 3, camps merged" in flat(room)
        assert "round 2" in room.text()
        rounds = case(room, 1).rounds["VIA"]
        assert [r.status for r in rounds] == ["revealed", "revealed"]
        assert rounds[0] == before[case(room, 1).id]["VIA"][0], "a revealed round never changes"
        others = [u for u in room.workshop.use_cases if u.id != case(room, 1).id]
        assert all(u.rounds == before[u.id] for u in others)


async def test_after_three_rounds_the_rule_decides(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        await to(room, 1)
        for _ in range(2):
            await room.press("v")
            await typed(room, "11113333")
            await room.press("ctrl+r")
        await room.press("v")
        assert "now the rule decides" in room.said[-1]
        await room.press("x")
        assert level(room, 1) == 1, "the lower of two camps stands"
        assert "By the rule agreed at the start: the lower level stands" in room.said[-1]


async def test_un_reveal_voids_the_round_and_says_so(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        await to(room, 1)
        await room.press("delete")
        assert room.said[-1].startswith("Round 1 of #2 VIA is void: its answers count for nothing now")
        assert case(room, 1).rounds["VIA"][0].status == "void"
        assert "Beta" not in "".join(room.lines()[:-4])
        await room.press("u")
        assert case(room, 1).rounds["VIA"][0].status == "revealed"


async def test_an_open_round_shows_who_is_missing_and_is_not_agreed(
    session: Path, open_room: OpenRoom
) -> None:
    async with open_room(session, stage="rate") as room:
        await to(room, 1)
        await room.press("v")
        await room.press("escape", "v")
        assert on(room, RevealScreen)
        assert "Waiting for Ada, Ben, Cem, Dee, Eva and 3 more" in flat(room)
        await room.press("enter")
        assert "A round is open here" in room.said[-1]
        assert level(room, 1) is None


# What else becomes of a cell


@pytest.mark.parametrize(
    ("rule", "keys", "agreed", "owner"),
    [
        ("lower", [], 1, ""),
        ("decider", ["down", "ctrl+s"], 0, ""),
        ("park", ["A", "d", "a", "ctrl+s"], 1, "Ada"),
    ],
)
async def test_the_rule_by_one_key(
    session: Path, open_room: OpenRoom, rule: str, keys: list[str], agreed: int, owner: str
) -> None:
    with Workshop.open(session) as w:
        w.do(SetDeadlock(rule))  # type: ignore[arg-type]  # one of the three, as the table says
        w.do(SetSession(decider="Dee"))
    async with open_room(session, stage="rate") as room:
        await to(room, 1)
        await room.press("x")
        if rule == "decider":
            assert "Dee decides" in flat(room)
            keys = ["ctrl+s"]
        await room.press(*keys)
        assert level(room, 1) == agreed
        assert (case(room, 1).tasks["VIA"].who if owner else "") == owner


@SIZES
async def test_parked_as_find_out_with_owner_and_date(
    session: Path, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(session, stage="rate", size=size) as room:
        await to(room, 2)
        await room.press("p", "ctrl+s")
        assert "needs an owner" in flat(room)
        await room.type("Ada")
        await room.press("enter")
        await room.press("ctrl+u")
        await room.type("2026-05-31")
        await room.press("ctrl+s")
        task = case(room, 2).tasks["VIA"]
        assert (task.who, task.when) == ("Ada", "2026-05-31")
        await to(room, 2)
        assert "stands as claimed" in flat(room)


async def test_too_few_answers_are_claimed(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        await to(room, 4)
        await room.press("C")
        assert level(room, 4) == 3
        assert case(room, 4).is_claimed(0)
        await to(room, 4)
        assert "✓ 3 ▽" in flat(room)


@pytest.mark.parametrize(("key", "status", "left"), [("y", "revealed", 2), ("n", "void", None)])
async def test_another_wording_asks_for_its_meaning(
    session: Path, open_room: OpenRoom, key: str, status: str, left: int | None
) -> None:
    async with open_room(session, stage="rate") as room:
        await to(room, 0)
        await room.press("enter", "up", "e")
        await room.type(" two")
        await room.press("ctrl+s")
        assert on(room, Confirm)
        assert "Same meaning?" in room.text()
        await room.press("escape")
        assert case(room, 0).title == "Alpha", "left: nothing changed"
        await room.press("e")
        await room.type(" two")
        await room.press("ctrl+s", key)
        await room.settle()
        assert case(room, 0).title == "Alpha two"
        assert case(room, 0).rounds["VIA"][0].status == status
        assert level(room, 0) == left


async def test_collect_asks_for_the_meaning_too(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="collect") as room:
        await room.press("escape", "enter")
        await room.type(" two")
        await room.press("ctrl+s")
        assert "Same meaning?" in room.text()
        await room.press("n")
        await room.settle()
        assert case(room, 0).rounds["VIA"][0].status == "void"


# The queue


@SIZES
async def test_n_goes_through_the_queue(session: Path, open_room: OpenRoom, size: tuple[int, int]) -> None:
    async with open_room(session, stage="rate", size=size) as room:
        await room.press("w")
        assert on(room, QueueScreen)
        assert "4 contested cells, about 10 minutes" in flat(room)
        assert "If time ends now, all 4 keep the room value as it stands" in flat(room)
        seen = []
        await room.press("n")
        for _ in range(4):
            seen.append(board(room).rows.key)
            await room.press("n")
        assert len(set(seen)) == 4
        assert board(room).rows.key == seen[0], "it goes round"
        assert case(room, 0).id not in seen
        await room.press("x")
        await room.press("s")
        assert "3 contested cells" in flat(room)


async def test_where_too_few_can_say_the_key_that_claims_is_offered(
    session: Path, open_room: OpenRoom
) -> None:
    async with open_room(session, stage="rate") as room:
        await to(room, 4)
        assert "THIN" in flat(room)
        assert "C claim" in flat(room)
        await to(room, 1)
        assert "C claim" not in flat(room)


async def test_the_queue_ends(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        for place in (1, 2, 3):
            await to(room, place)
            await room.press("enter")
        await to(room, 4)
        await room.press("C", "n")
        assert "Nothing is contested" in room.said[-1]
        await room.press("s")
        assert "Nothing is contested" in flat(room)


async def test_a_queue_before_any_reveal_says_what_comes_first(
    make_session: MakeSession, open_room: OpenRoom
) -> None:
    async with open_room(make_session(preset="pilot-first-quick"), stage="rate") as room:
        await room.press("w", "y")
        assert "Nothing is contested" not in flat(room)
        assert "No ballot was revealed yet" in flat(room)
        assert "b in Rate opens it" in flat(room)


async def test_practice_stands_first_in_a_fresh_queue(make_session: MakeSession, open_room: OpenRoom) -> None:
    async with open_room(make_session(preset="pilot-first-quick"), stage="rate") as room:
        await room.press("w")
        assert "Practice: remind people of open timesheets" in room.text()
        await room.press("enter")
        assert on(room, BallotScreen)
        assert "throw" in room.text()
        await room.press("escape", "w", "y")
        assert "Practice" not in room.text()


async def test_what_is_skipped_if_time_ends(session: Path, open_room: OpenRoom) -> None:
    import datetime as dt

    from prioritizer.model.running import Phase
    from prioritizer.workshop.commands.running import RunAgenda

    start = dt.datetime(2026, 3, 9, 12, 0, tzinfo=dt.UTC)
    with Workshop.open(session) as w:
        agenda = w.snapshot.preset.agenda[0]
        w.do(SetSession(agenda=agenda.id, minutes=agenda.minutes))
        done = [
            Phase(
                s.id,
                "running" if s.id == "contested" else "skipped",
                start.isoformat() if s.id == "contested" else None,
            )
            for s in agenda.step
        ]
        w.do(RunAgenda(done, agenda.id))
    async with open_room(session, stage="rate") as room:
        room.workshop._clock = lambda: start + dt.timedelta(minutes=agenda.minutes - 6)
        await room.press("w")
        # Six minutes for four cells of two and a half: two fit.
        assert "6 minutes left: 2 fit, 2 are skipped" in flat(room)
        assert "no time for these: they keep the room value" in room.text()


# Hostile and empty


async def test_nothing_asked_yet(make_session: MakeSession, open_room: OpenRoom) -> None:
    async with open_room(make_session(preset="pilot-first-quick"), stage="rate") as room:
        await room.press("v")
        assert "b opens the ballot" in room.text()
        for key in (
            "enter",
            "2",
            "v",
            "p",
            "x",
            "C",
            "a",
            "d",
            "t",
            "e",
            "delete",
            "backspace",
            "right",
            "A",
        ):
            await room.press(key)
        assert on(room, RevealScreen)
        await room.press("escape", "w", "y", "enter", "p", "x", "n")
        assert not room.app.mishaps


@SIZES
async def test_everything_with_the_mouse(session: Path, open_room: OpenRoom, size: tuple[int, int]) -> None:
    async with open_room(session, stage="rate", size=size) as room:
        await to(room, 0)
        await room.click("#reveal-list", offset=(6, 4))
        assert board(room).rows.key == case(room, 3).id
        panel = board(room).query_one("#reveal-cell")
        lines = [panel.render_line(y).text for y in range(panel.size.height)]
        await room.click("#reveal-cell", offset=(10, next(y for y, x in enumerate(lines) if "▸3" in x)))
        assert level(room, 3) == 3
        strip = board(room).query_one("#reveal-strip").render_line(0).text
        await room.click("#reveal-strip", offset=(strip.index("DAT"), 0))
        assert "was not asked about DAT yet" in flat(room)


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_q_goes_back_and_closes_no_session(session: Path, open_room: OpenRoom, key: str) -> None:
    async with open_room(session, stage="rate") as room:
        for opener in ("v", "w"):
            await room.press(opener, key)
            assert room.app.has_session
            assert isinstance(room.app.screen, RateScreen)
