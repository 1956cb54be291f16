"""How sure: strips and sentences that come in blocks while every key goes on working; one thing at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from prioritizer.model.robustness import Robustness
from prioritizer.tui.screens.rank import RankScreen
from prioritizer.tui.screens.rank_why import ReadScreen
from prioritizer.tui.screens.stability import StabilityScreen
from prioritizer.tui.screens.sure import SureScreen
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import HEADING, RowList
from prioritizer.workshop.commands.ballot import BallotAnswer, CastBallots
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants, SetSession
from prioritizer.workshop.commands.gate import AnswerGate
from prioritizer.workshop.commands.rate import Rate
from prioritizer.workshop.service import Workshop

from .conftest import HOSTILE, LARGE, SMALL, MakeSession, OpenRoom, Room


def the_list(room: Room) -> RowList:
    assert isinstance(room.app.screen, SureScreen)
    return room.app.screen.query_one("#sure-list", RowList)


def list_lines(room: Room) -> list[str]:
    """The list without what stands beside it."""
    where = the_list(room).region
    return [line[where.x : where.right].rstrip() for line in room.lines()[where.y : where.bottom]]


def on(room: Room, screen: type[object]) -> bool:
    return isinstance(room.app.screen, screen)


def ids(room: Room) -> list[str]:
    return [key for key in the_list(room).keys if not key.startswith(HEADING)]


@pytest.mark.parametrize("size", [SMALL, LARGE, (200, 60)])
async def test_a_strip_and_a_sentence_for_each(
    open_room: OpenRoom, sample_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(sample_session, stage="rank", size=size) as room:
        await room.press("s")
        found = room.workshop.robustness(top=3)
        assert ids(room) == [each.id for each in found.use_cases]
        text = room.text()
        assert "10,000 draws" in text
        assert "never a chance of success" in text
        first = found.use_cases[0]
        line = next(line for line in list_lines(room) if "02 Bug report triage" in line)
        assert f"{int(100 * first.top_share)} %" in line
        assert set("█▓▒░·│") & set(line), "the strip reads without colour"
        assert f"In the top 3 in {int(100 * first.top_share)} % of draws; what could move it" in text
        assert "No clear order between" in text
        assert all(len(line) <= size[0] for line in room.lines())
        await room.press("end")
        assert "In no draw in the top 3" in room.text()
        await room.press("escape")
        assert on(room, RankScreen)
        assert len(room.app.screen_stack) == 2


async def test_enter_shows_ranks_pairs_and_central_weights(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank") as room:
        await room.press("s", "enter")
        assert isinstance(room.app.screen, ReadScreen)
        text = room.app.screen.query_one(Pane).text()
        assert "It stands above" in text
        assert "Where it is first they are, on average" in text
        assert "Confidence: with these it is first in" in text
        await room.press("escape")
        assert on(room, SureScreen)


async def test_each_source_has_a_key(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank", size=LARGE) as room:
        await room.press("s")
        for key, source, title in (
            ("1", "weights", "Weights"),
            ("2", "people", "People"),
            ("3", "evidence", "Evidence"),
            ("4", "scale", "Scale"),
        ):
            await room.press(key)
            assert f"{key} – {title} off" in room.text()
            alone = room.workshop.robustness(top=3, without=[source]).use_cases
            shown = [line.split("│")[-1].split()[1] for line in list_lines(room) if "│" in line]
            assert [int(s) for s in shown] == [int(100 * e.top_share + 1e-9) for e in alone]
            await room.press(key)
            assert f"{key} ✓ {title}" in room.text()


async def test_all_sources_off_leave_one_order(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank", size=LARGE) as room:
        await room.press("s", "1", "2", "3", "4")
        text = room.text()
        assert text.count("In the top 3 in every draw") >= 3
        assert "No clear order" not in text


class Gate:
    """Lets the draws on block by block, so that a test stands between two of them."""

    def __init__(self, workshop: Workshop) -> None:
        self.blocks = list(workshop.robustness_in_blocks(top=3))
        self.free = threading.Semaphore(0)
        self.waiting = 0
        self.given: list[tuple[int, int]] = []
        self.ended: list[int] = []
        self.runs = 0

    def __call__(self, *_: Any, going_on: Callable[[], bool], **__: Any) -> Iterator[Robustness]:
        self.runs += 1
        return self._run(self.runs, going_on)

    def _run(self, run: int, going_on: Callable[[], bool]) -> Iterator[Robustness]:
        for number, block in enumerate(self.blocks):
            self.waiting += 1
            self.free.acquire()
            if not going_on():
                self.ended.append(run)
                return
            self.given.append((run, number))
            yield block


async def _until(room: Room, there: Callable[[], bool]) -> None:
    """Like `Room.until`, while a worker still waits."""
    for _ in range(2_000):
        if there():
            return
        await room.pilot.pause(0.005)
    raise AssertionError("it never came")


async def test_keys_are_handled_between_blocks(
    open_room: OpenRoom, sample_session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_room(sample_session, stage="rank") as room:
        gate = Gate(room.workshop)
        assert len(gate.blocks) >= 4
        monkeypatch.setattr(room.workshop, "robustness_in_blocks", gate)
        await room.pilot.press("s")
        await _until(room, lambda: gate.waiting == 1)
        assert "Drawing" in room.text(), "nothing is there yet, and the screen is"
        moved = []
        for number, block in enumerate(gate.blocks):
            gate.free.release()
            done = number + 1 == len(gate.blocks)
            words = f"{block.draws:,} draws" if done else f"{block.draws:,} of 10,000 draws"
            await _until(room, lambda words=words: words in room.text())  # type: ignore[misc]  # bound now
            # The next block is under way, and held back: this key is handled all the same.
            await room.pilot.press("down")
            moved.append(the_list(room).key)
        assert moved == ids(room)[1 : 1 + len(gate.blocks)], "one row further after every block"
        assert gate.given == [(1, n) for n in range(len(gate.blocks))]
        await room.settle()


async def test_an_edit_ends_the_draws_and_begins_new_ones(
    open_room: OpenRoom, sample_session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workshop.open(sample_session) as workshop:
        workshop.do(Rate(workshop.find("#2").id, "D1", 0, reason="a trial"))
    async with open_room(sample_session, stage="rank") as room:
        gate = Gate(room.workshop)
        monkeypatch.setattr(room.workshop, "robustness_in_blocks", gate)
        await room.pilot.press("s")
        await _until(room, lambda: gate.waiting == 1)
        gate.free.release()
        await _until(room, lambda: gate.given == [(1, 0)] and gate.waiting == 2)
        await room.pilot.press("u")
        await _until(room, lambda: gate.runs == 2 and gate.waiting == 3)
        for _ in range(len(gate.blocks) + 1):
            gate.free.release()
        await room.settle()
        assert gate.ended == [1], "the first run ended where it stood"
        assert gate.given == [(1, 0), *((2, n) for n in range(len(gate.blocks)))]
        monkeypatch.undo()
        await room.press("escape")
        assert on(room, RankScreen)
        assert "4 of 12 can be piloted first" in room.text(), "what was undone there shows here"


async def test_nothing_rated_is_a_sentence(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="rank") as room:
        await room.press("s")
        assert "Nothing has been rated yet" in room.text()
        await room.press("enter", "1", "escape")
        assert on(room, RankScreen)


async def test_no_use_cases_at_all(open_room: OpenRoom, make_session: MakeSession) -> None:
    async with open_room(make_session([]), stage="rank") as room:
        await room.press("s")
        assert on(room, RankScreen)
        assert any("nothing to rank yet" in said for said in room.said)


async def test_hostile_titles_stand_literally(open_room: OpenRoom, make_session: MakeSession) -> None:
    path = make_session(HOSTILE)
    with Workshop.open(path) as workshop:
        for n, use_case in enumerate(workshop.use_cases):
            workshop.do(Rate(use_case.id, "P1", n % 5))
    async with open_room(path, stage="rank", size=LARGE) as room:
        await room.press("s")
        assert "[@click=app.quit()]x[/]" in room.text()
        assert "\x1b" not in room.text()
        await room.press("t")
        assert isinstance(room.app.screen, StabilityScreen)
        for _ in HOSTILE:
            await room.press("full_stop")
        assert "\x1b" not in room.text()


async def test_copied_as_text(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="rank") as room:
        await room.press("s", "c")
        assert "In the top 3 in" in room.app.clipboard
        await room.press("t", "c")
        assert "Tornado of 02 Bug report triage" in room.app.clipboard


# One thing at a time


def stability(room: Room) -> str:
    assert isinstance(room.app.screen, StabilityScreen)
    return room.app.screen.query_one(Pane).text()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_intervals_tornado_and_swaps(
    open_room: OpenRoom, sample_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(sample_session, stage="rank", size=size) as room:
        await room.press("s", "t")
        text = stability(room)
        assert "how far each can move while 02 stays first" in text
        assert "├" in text
        assert "●" in text
        assert "Tornado of 02 Bug report triage" in text
        assert "┃" in text
        assert "▒" in text
        assert "█" in text
        assert "the smallest change that swaps two neighbours" in text
        await room.press("full_stop")
        assert "Tornado of 01 Support ticket routing" in stability(room)
        await room.press("comma", "comma")
        assert "Tornado of 05 Autonomous procurement" in stability(room), "round to the last"
        await room.press("t")
        assert on(room, SureScreen)
        await room.press("escape")
        assert on(room, RankScreen)


async def test_people_are_counted_and_named_only_on_a_private_screen(
    open_room: OpenRoom, make_session: MakeSession
) -> None:
    """Two of three say 3 and one says 0; without one of the two the lower median is 0, and Two leads."""
    path = make_session(("One", "Two"), preset="pilot-first-quick")
    with Workshop.open(path) as workshop:
        workshop.do(SetSession(top=1))
        made = workshop.do(AddParticipants([AddParticipant(name) for name in ("Ada", "Ben", "Cem")])).made
        one, two = (case.id for case in workshop.use_cases)
        for use_case in (one, two):
            for gate in workshop.snapshot.preset.questions:
                workshop.do(AnswerGate(use_case, gate.id, gate.clear.id))
            for criterion in workshop.snapshot.preset.criterion_ids:
                if (use_case, criterion) != (one, "DAT"):
                    level = 4 if (use_case, criterion) == (one, "INT") else 3
                    workshop.do(Rate(use_case, criterion, level))
        answers = [BallotAnswer(person, one, "DAT", a) for person, a in zip(made, "330", strict=True)]
        workshop.do(CastBallots(answers, reveal=True))
    async with open_room(path, stage="rank") as room:
        await room.press("s", "t")
        words = "Leaving one person out changes the shortlist for two of the three who answered."
        assert words in " ".join(stability(room).split())
        assert not any(name in stability(room) for name in ("Ada", "Ben", "Cem"))
        await room.press("f9", "y")
        assert "private screen" in stability(room)
        assert "Without Ada: 01 out, 02 in" in stability(room)
        assert "Without Ben: 01 out, 02 in" in stability(room)
        assert "Cem" not in stability(room), "without whom nothing changes"


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_how_closely_the_weights_are_drawn_is_said(
    open_room: OpenRoom, sample_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(sample_session, stage="rank", size=size) as room:
        await room.press("s")
        c = room.workshop.robustness(draws=1_024).concentration
        # The standard deviation of a Dirichlet: √(w (1 − w) / (c + 1)).
        spread = round(100 * (0.30 * 0.70 / (c + 1)) ** 0.5)
        assert f"Weights around P 30 ± {spread}" in room.text()
        assert f"concentration {c}" in room.text()
        await room.press("1")
        assert "Weights as they stand: P 30" in room.text()
        assert "concentration" not in room.text()
