"""The ballot: cards up, pass the keyboard, files; who has answered is shown, what never is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from textual.screen import Screen

from prioritizer import Workshop
from prioritizer.model.session import ABSTAIN, DONT_KNOW
from prioritizer.tui.screens.ballot import BallotScreen
from prioritizer.tui.screens.confirm import Confirm
from prioritizer.tui.screens.keyboard import KeyboardScreen
from prioritizer.tui.screens.reveal import RevealScreen
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants, SetSession
from prioritizer.workshop.commands.rate import Reveal
from tests.tui.conftest import LARGE, SMALL, TITLES, MakeSession, OpenRoom, Room

NAMES = ("Ada", "Ben", "Cem", "Dee", "Eva", "Fay", "Gil", "Hal")


def with_people(path: Path, names: Sequence[str] = NAMES) -> Path:
    with Workshop.open(path) as w:
        w.do(SetSession(facilitator="Lea", minutes=60))
        w.do(AddParticipants([AddParticipant(n) for n in (*names, "Lea")]))
    return path


@pytest.fixture
def session(make_session: MakeSession) -> Path:
    return with_people(make_session(preset="pilot-first-quick"))


def ballot(room: Room) -> BallotScreen:
    return cast(BallotScreen, room.app.screen)


def on(room: Room, screen: type[Screen[Any]]) -> bool:
    """Whether this kind of screen is shown."""
    return isinstance(room.app.screen, screen)


def given(path: Path, place: int, criterion: str) -> list[int]:
    """What stands in the file, whatever is shown: the last round of a cell."""
    with Workshop.open(path) as w:
        hidden: Any = w._snapshot
        case = list(hidden.live())[place]
        return list(case.rounds[criterion][-1].answers)


async def typed(room: Room, *lines: str) -> int:
    """Types each line and Enter; how many keys that were."""
    for line in lines:
        await room.type(line)
        await room.press("enter")
    return sum(len(line) + 1 for line in lines)


async def start(room: Room) -> None:
    """To the ballot, and over the practice item."""
    await room.press("b", "enter")


# Cards up


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_line_for_each_use_case(session: Path, open_room: OpenRoom, size: tuple[int, int]) -> None:
    async with open_room(session, stage="rate", size=size) as room:
        await start(room)
        assert "all cards up at once" in room.text()
        await typed(room, "3324?3-2", "2 2 2 2, 4 4 4 4", "33333333")
        for _, title in zip(range(3), TITLES, strict=True):
            line = next(x for x in room.lines() if title in x)
            assert "8 of 8 have answered" in line
        assert "VIA is complete: ^r reveals it" in room.text()
    assert given(session, 0, "VIA") == [3, 3, 2, 4, DONT_KNOW, 3, ABSTAIN, 2]
    assert given(session, 1, "VIA") == [2, 2, 2, 2, 4, 4, 4, 4]


@pytest.mark.parametrize("people", [5, 8, 25])
async def test_at_most_one_key_and_a_fifth_for_an_answer(
    make_session: MakeSession, open_room: OpenRoom, people: int
) -> None:
    names = [f"Person {n:02d}" for n in range(people)]
    path = with_people(make_session(preset="pilot-first-quick"), names)
    async with open_room(path, stage="rate") as room:
        await start(room)
        keys = await typed(room, *["3" * people] * 3)
        answers = sum(c.answered for c in ballot(room).cells.values())
        assert answers == 3 * people
        assert keys / answers <= 1.2


@pytest.mark.parametrize("place", [0, 4, 7, 24])
async def test_a_mistyped_one_is_put_right_in_four_keys(
    make_session: MakeSession, open_room: OpenRoom, place: int
) -> None:
    people = max(8, place + 1)
    path = with_people(make_session(preset="pilot-first-quick"), [f"P{n:02d}" for n in range(people)])
    letter = "abcdefghijklmnopqrstuvwxy"[place]
    async with open_room(path, stage="rate") as room:
        await start(room)
        await typed(room, "3" * people)
        keys = ["up", letter, "1", "enter"]
        assert len(keys) <= 4
        await room.press(*keys)
    assert given(path, 0, "VIA") == [1 if i == place else 3 for i in range(people)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("3324?3-", "Position 8 (Hal) is missing"),
        ("33", "Position 3 (Cem) is missing"),
        ("332433212", "Position 9 is one too many"),
        ("3359333", "Position 3 (Cem): “5” is no answer"),
        ("333x3333", "Position 4 (Dee): “x” is no answer"),
        ("z1", "There is nobody at that place"),
        ("3=7", "Position 3 (Cem): “7” is no answer"),
    ],
)
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_is_wrong_is_said_with_place_and_name(
    session: Path, open_room: OpenRoom, line: str, words: str, size: tuple[int, int]
) -> None:
    async with open_room(session, stage="rate", size=size) as room:
        await start(room)
        await typed(room, line)
        assert words in " ".join(room.text().split())
        assert ballot(room).line.value == line, "nothing that was typed is lost"
        assert room.workshop.snapshot.use_cases[room.workshop.use_cases[0].id].rounds == {}
        await room.press("f6")
        await room.press("enter")
        assert line not in room.text()
        assert "“" not in room.lines()[-3] + room.lines()[-2], "masked: what was typed is not repeated"


async def test_the_next_card_is_lit_while_typing(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate", size=LARGE) as room:
        await start(room)
        seats = "a Ada· b Ben·"
        assert seats in " ".join(room.text().split())
        await room.type("33")
        assert "a Ada▪ b Ben▪ c Cem·" in " ".join(room.text().split())


async def test_masked_on_request(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        await start(room)
        await room.type("3324")
        assert "3324" in room.text()
        await room.press("f6")
        assert "3324" not in room.text()
        assert "••••" in room.text()
        await room.type("3333")
        await room.press("enter")
    assert given(session, 0, "VIA") == [3, 3, 2, 4, 3, 3, 3, 3]


async def test_late_and_leaving_people(session: Path, open_room: OpenRoom) -> None:
    from prioritizer.workshop.commands.seating import SetPresent

    async with open_room(session, stage="rate") as room:
        await start(room)
        await typed(room, "33333333")
        room.workshop.do(SetPresent([room.workshop.snapshot.participants[1].id], False))
        room.workshop.do(AddParticipants([AddParticipant("Ivy")]))
        await room.press("tab", "shift+tab")
        await room.press("up")
        ballot(room).session_changed()
        await room.settle()
        assert "7 of 8 have answered" in room.text()
        assert "Missing: Ivy." in room.text()
        assert "Ben" not in room.text()
        await room.press("h", "2", "enter")
        assert "8 of 8 have answered" in room.text()


async def test_practice_comes_first_and_nothing_of_it_is_kept(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        before = len(room.workshop.history())
        await room.press("b")
        assert ballot(room).practising
        await typed(room, "22224444")
        assert "TWO CAMPS Are we rating the same use case?" in room.text()
        assert "⏎ on an empty line goes on" in room.text()
        await room.press("ctrl+r")
        assert room.said[-1].startswith("This is the practice item")
        await typed(room, "3333333")
        assert "Position 8 (Hal) is missing" in room.text()
        await room.press("escape")
        assert len(room.workshop.history()) == before
        await room.press("enter")
        assert not ballot(room).practising
        assert "Practice" not in "".join(room.lines()[:-4])
        await room.press("escape", "b")
        assert not ballot(room).shows_practice, "once is enough"


async def test_no_practice_where_something_was_revealed(session: Path, open_room: OpenRoom) -> None:
    from prioritizer.workshop.ballots import cards

    with Workshop.open(session) as w:
        w.do(cards(w.snapshot, w.use_cases[0].id, "DAT", "33333333"))
        w.do(Reveal())
    async with open_room(session, stage="rate") as room:
        await room.press("b")
        assert not ballot(room).shows_practice


async def test_a_revealed_cell_takes_no_card(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        await start(room)
        await typed(room, "33333333", "33333333", "33333333")
        await room.press("ctrl+r")
        assert on(room, RevealScreen)
        await room.press("b")
        await typed(room, "22222222")
        assert "is revealed" in room.text()
    assert given(session, 0, "VIA") == [3] * 8


async def test_reveal_with_people_missing_asks(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        await start(room)
        await room.press("ctrl+r")
        assert "Nobody has answered VIA yet" in room.said[-1]
        await room.press("ctrl+o")
        await typed(room, "33333333")
        await room.press("ctrl+r")
        assert on(room, Confirm)
        assert "more have not answered 2 cells" in " ".join(room.text().split())
        await room.press("n")
        assert on(room, BallotScreen)
        await room.press("ctrl+r", "y")
        assert on(room, RevealScreen)
        assert "pending 0" in room.text()
        await room.press("down")
        assert "pending 8" in room.text()


async def test_rounds_for_one_all_or_everything(session: Path, open_room: OpenRoom) -> None:
    def open_cells(room: Room) -> int:
        return sum(
            r.status == "open" for u in room.workshop.use_cases for rs in u.rounds.values() for r in rs
        )

    async with open_room(session, stage="rate") as room:
        await start(room)
        await room.app.screen.run_action("run('ballot.open-one')")
        await room.settle()
        assert open_cells(room) == 1
        await room.press("ctrl+o")
        assert open_cells(room) == 3
        assert room.said[-1].startswith("Done: opening 2 rounds")
        await room.press("ctrl+o")
        assert "open already" in room.said[-1]
        await room.app.screen.run_action("run('ballot.open-everything')")
        await room.settle()
        assert open_cells(room) == 21
        await room.press("ctrl+z")
        assert open_cells(room) == 3


async def test_the_criteria_asked_in_the_room_are_its_pages(
    make_session: MakeSession, open_room: OpenRoom
) -> None:
    path = with_people(make_session())
    async with open_room(path, stage="rate") as room:
        await room.press("right", "b")  # P2 is brought before the session
        assert [x.criterion.id for x in ballot(room).asked] == [
            "P1",
            "P3",
            "G2",
            "B1",
            "B3",
            "V1",
            "V2",
            "V3",
        ]
        await room.press("enter", "tab")
        assert "P3 ·" in room.text()
        await room.press("shift+tab", "shift+tab")
        assert "first criterion" in room.said[-1]


async def test_nobody_to_ask_says_where_to_go(make_session: MakeSession, open_room: OpenRoom) -> None:
    async with open_room(make_session(preset="pilot-first-quick"), stage="rate") as room:
        await room.press("b")
        assert "alt+1 goes to Frame" in room.text()
        await room.press("enter", "3", "enter", "f5", "ctrl+r")
        assert not room.app.mishaps


async def test_no_use_cases_says_where_to_go(make_session: MakeSession, open_room: OpenRoom) -> None:
    async with open_room(with_people(make_session([], preset="pilot-first-quick")), stage="rate") as room:
        await room.press("b", "enter")
        assert "alt+2 goes to Collect" in room.text()
        await room.press("enter", "3", "enter", "f5", "ctrl+r", "tab")
        assert not room.app.mishaps


async def test_everything_with_the_mouse(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        await start(room)
        strip = ballot(room).query_one("#ballot-strip").render_line(0).text
        await room.click("#ballot-strip", offset=(strip.index("DAT"), 0))
        assert "DAT ·" in room.text()
        await room.click("#ballot-list", offset=(6, 2))
        await room.type("33333333")
        await room.press("enter")
        assert "8 of 8" in next(x for x in room.lines() if TITLES[2] in x)


# Pass the keyboard


def board(room: Room) -> KeyboardScreen:
    return cast(KeyboardScreen, room.app.screen)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_one_masked_ballot_a_person(
    make_session: MakeSession, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    path = with_people(make_session(preset="pilot-first-quick"), ("Ada", "Ben", "Cem"))
    async with open_room(path, stage="rate", size=size) as room:
        await start(room)
        await room.press("f5")
        assert "Hand the keyboard to Ada" in " ".join(room.text().split())
        await room.press("enter")
        assert "Ballot of Ada" in room.text()
        shown = [room.text()]
        await room.press("3", "question_mark", "minus")
        shown.append(room.text())
        assert "All answered, thank you" in room.text()
        assert room.text().count("answered") >= 3
        await room.press("up", "up", "4")  # the first one again
        await room.press("enter")
        text = " ".join(room.text().split())
        assert "Hand the keyboard to Ben" in text
        assert all(title not in text for title in TITLES), "nothing of the last ballot is on the screen"
        await room.press("enter", "2", "2", "escape", "escape")
        assert on(room, BallotScreen)
        await room.press("down", "down", "down")
        assert "Missing: Ben, Cem." in room.text()
    assert given(path, 0, "VIA")[:2] == [4, 2]
    assert given(path, 1, "VIA")[:2] == [DONT_KNOW, 2]
    assert given(path, 2, "VIA")[0] == ABSTAIN


async def test_two_ballots_that_differ_look_alike(
    make_session: MakeSession, open_room: OpenRoom, tmp_path: Path
) -> None:
    texts: list[tuple[list[str], list[str]]] = []
    for keys in ("333", "0?-"):
        path = tmp_path / f"{len(texts)}.sqlite"
        make_session(preset="pilot-first-quick").rename(path)
        with_people(path, ("Ada", "Ben", "Cem"))
        async with open_room(path, stage="rate") as room:
            await start(room)
            await room.press("f5", "enter")
            seen = []
            for key in keys:
                await room.type(key)
                seen.append(room.text())
            await room.press("enter")
            seen.append(room.text())
            texts.append((seen, room.said))
    assert texts[0] == texts[1]


async def test_a_criterion_at_a_time_and_back(make_session: MakeSession, open_room: OpenRoom) -> None:
    path = with_people(make_session(TITLES[:2], preset="pilot-first-quick"), ("Ada", "Ben", "Cem"))
    async with open_room(path, stage="rate") as room:
        await start(room)
        await room.app.screen.run_action("run('ballot.open-everything')")
        await room.settle()
        await room.press("f5", "down", "enter")
        assert "Ballot of Ben" in room.text()
        await room.press("3", "3")
        assert "DAT ·" in room.text(), "the next criterion follows"
        await room.press("left", "1")
        assert "VIA ·" in room.text()
        await room.press("enter", "enter")
        assert "INT ·" in room.text()
        await room.press("escape")
        assert "Hand the keyboard to Cem" in " ".join(room.text().split())
        await room.press("up", "enter")
        assert "DAT ·" in room.text(), "back where the first gap is"
        await room.press("u", "ctrl+z", "alt+5", "H")
        assert on(room, KeyboardScreen), "nothing leads to what others said"


# Files


async def chosen(room: Room, path: Path) -> None:
    await room.press("f7")
    await room.press("ctrl+u")
    await room.type(str(path))
    await room.press("enter")
    await room.settle()


async def test_answers_from_a_file(session: Path, open_room: OpenRoom, tmp_path: Path) -> None:
    rows = ["participant,use_case,criterion,answer", *(f"{n},#1,VIA,{i % 5}" for i, n in enumerate(NAMES))]
    (tmp_path / "b.csv").write_text("\n".join(rows), encoding="utf-8")
    async with open_room(session, stage="rate") as room:
        await start(room)
        await chosen(room, tmp_path / "b.csv")
        assert "8 answers of 8 people to 1 cell, revealed." in room.said
        assert on(room, RevealScreen)


async def test_a_file_with_a_mistake_enters_whole_or_not_at_all(
    session: Path, open_room: OpenRoom, tmp_path: Path
) -> None:
    rows = "participant,use_case,criterion,answer\nAda,#1,VIA,3\nAdda,#1,VIA,3\nBen,#1,VIA,7\n"
    (tmp_path / "b.csv").write_text(rows, encoding="utf-8")
    async with open_room(session, stage="rate") as room:
        await start(room)
        await chosen(room, tmp_path / "b.csv")
        text = " ".join(room.text().split())
        assert "2 rows are refused" in text
        assert "row 3" in text
        assert "Ada" in text
        await room.press("escape")
        assert not room.workshop.use_cases[0].rounds
        await chosen(room, tmp_path / "b.csv")
        await room.press("p")
        await room.settle()
        assert "1 answer of 1 person to 1 cell, revealed. 2 rows refused." in room.said


async def test_a_ballot_page_is_written(session: Path, open_room: OpenRoom) -> None:
    async with open_room(session, stage="rate") as room:
        await start(room)
        await room.press("f8", "ctrl+s")
        await room.settle()
        assert "Wrote ballot.html" in room.said[-1]
        assert "<form" in session.with_name("ballot.html").read_text(encoding="utf-8")
        await room.press("f8", "ctrl+s")
        assert "is there already" in " ".join(room.text().split())
        await room.press("escape")
