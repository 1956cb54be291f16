"""Weights on screen: by the room in each way, by everybody unseen, and late with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from prioritizer.tui.screens.form import Form
from prioritizer.tui.screens.weights import WeightsScreen
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants
from prioritizer.workshop.commands.rate import Rate
from prioritizer.workshop.commands.weights import GiveWeights
from prioritizer.workshop.service import Workshop

from .conftest import LARGE, SMALL, OpenRoom, Room


def weights(room: Room) -> dict[str, float]:
    found = room.workshop.snapshot.weights
    assert found is not None
    return {d: round(w, 4) for d, w in found.items()}


def words(room: Room) -> str:
    return " ".join(room.text().split())


async def fill(room: Room, *values: str) -> None:
    """Types into the fields one after another, Enter after each."""
    for value in values:
        await room.type(value)
        await room.press("enter")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_swing_with_the_sentence_to_say(
    open_room: OpenRoom, small_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(small_session, stage="frame", size=size) as room:
        await room.press("w")
        assert "which one first? It gets 100" in words(room)
        await room.press("s")
        assert isinstance(room.app.screen, Form)
        await fill(room, "100", "50", "30", "20", "")
        # 100 : 50 : 30 : 20, all together 200.
        assert weights(room) == {"P": 0.5, "D": 0.25, "I": 0.15, "G": 0.1}
        assert "swing weights, by the room" in words(room)
        await room.press("u")
        assert room.workshop.snapshot.weights is None


async def test_ranking_by_sum_reciprocal(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("w", "r")
        await fill(room, "1", "2", "3", "4")
        await room.press("ctrl+s")
        # 1/i + (5 − i)/4 by hand: 2, 1.25, 5/6, 1/2; their sum is 55/12.
        assert weights(room) == {"P": 0.4364, "D": 0.2727, "I": 0.1818, "G": 0.1091}
        assert "ranking, sum-reciprocal, by the room" in words(room)


async def test_contradicting_pairs_name_the_worst_of_them(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="frame", size=LARGE) as room:
        await room.press("w", "a")
        # P = D = I but P over G by 9, while D and I are as G: P against G cannot be kept.
        await fill(room, "1", "1", "9", "1", "1", "1", "")
        text = " ".join(room.app.screen.query_one("#weights-panel", Pane).text().split())
        assert "These comparisons contradict each other" in text
        assert "Saaty 1980" in text
        assert "Look again at P against G: 9 was said" in text
        await room.press("a")
        await fill(room, "1", "1", "1", "1", "1", "1", "")
        assert "contradict" not in words(room)
        assert room.workshop.snapshot.weights_method.startswith("comparison in pairs, consistency ratio 0.00")


@pytest.mark.parametrize(
    ("key", "typed", "says"),
    [
        ("p", ("40", "40", "40", "40"), "add up to 160, not to 100"),
        ("s", ("0", "0", "0", "0"), "all zero"),
        ("s", ("100", "heavy", "0", "0"), "“heavy” is not a number"),
        ("s", ("100", "-1", "0", "0"), "negative"),
        ("s", ("100", "nan", "0", "0"), "is not a number"),
        ("a", ("0", "1", "1", "1", "1", "1"), "P:D is 0"),
        ("r", ("0", "1", "2", "3"), "0 is no rank"),
    ],
)
async def test_what_is_no_weight_stays_in_the_form(
    open_room: OpenRoom, small_session: Path, key: str, typed: tuple[str, ...], says: str
) -> None:
    async with open_room(small_session, stage="frame", size=LARGE) as room:
        await room.press("w", key)
        await fill(room, *typed)
        await room.press("ctrl+s")
        assert says in words(room)
        assert isinstance(room.app.screen, Form)
        assert room.workshop.snapshot.weights is None


async def test_everybody_weighs_unseen_and_the_mean_is_taken(
    open_room: OpenRoom, small_session: Path
) -> None:
    with Workshop.open(small_session) as workshop:
        workshop.do(AddParticipants([AddParticipant("Ada"), AddParticipant("Ben")]))
    async with open_room(small_session, stage="frame", size=LARGE) as room:
        await room.press("w")
        people = room.workshop.snapshot.participants
        for person, points in zip(people, (("40", "30", "20", "10"), ("20", "30", "20", "30")), strict=True):
            screen = room.app.screen
            assert isinstance(screen, WeightsScreen)
            screen.query_one(RowList).select(f"p:{person.id}")
            await room.press("enter")
            assert room.app.screen.query_one("#field-w-P", Input).password
            await room.type(points[0])
            assert points[0] not in room.text()
            await fill(room, "", *points[1:])
        text = room.text()
        assert "2 of 2 have weighed" in text
        assert text.count("has weighed, unseen") == 2
        assert all(w.said == {} for w in room.workshop.snapshot.weightings.values())
        await room.press("t")
        assert "no mean yet" in room.said[-1]
        await room.press("v")
        text = words(room)
        # Swing: each adds up to 100, so the shares are what was typed. Mean 30 30 20 20; spread 14 0 0 14.
        assert "P 40 D 30 I 20 G 10" in text
        assert "people 30 % ± 14" in text
        assert room.workshop.snapshot.weights is None, "nothing is in force before it is taken"
        await room.press("t")
        assert weights(room) == {"P": 0.3, "D": 0.3, "I": 0.2, "G": 0.2}
        assert "mean of 2 people, who differ by up to 14 points" in words(room)
        await room.press("enter")
        assert "x clears them" in room.said[-1]
        await room.press("x")
        assert "0 of 2 have weighed" in room.text()
        assert weights(room) == {"P": 0.3, "D": 0.3, "I": 0.2, "G": 0.2}


async def test_after_rating_a_reason_is_asked_and_logged(open_room: OpenRoom, small_session: Path) -> None:
    with Workshop.open(small_session) as workshop:
        workshop.do(Rate(workshop.use_cases[0].id, "P1", 3))
    async with open_room(small_session, stage="frame", size=LARGE) as room:
        await room.press("w", "p")
        await fill(room, "40", "30", "20", "10")
        await room.press("enter")
        assert "Say why" in words(room)
        await room.type("the board wants proof first")
        await room.press("enter")
        (decision,) = room.workshop.snapshot.decisions
        assert "P 30 → 40 %, I 22 → 20 % and G 18 → 10 %" in decision.text
        assert "the board wants proof first" in decision.text
        await room.press("0")
        await room.type("back again")
        await room.press("enter")
        assert room.workshop.snapshot.weights is None
        assert len(room.workshop.snapshot.decisions) == 2


async def test_keys_that_cannot_be_used_yet_say_why(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("w")
        for key, says in (
            ("v", "Nobody has weighed yet"),
            ("t", "no mean yet"),
            ("x", "Nobody has weighed yet"),
            ("0", "the preset's already"),
        ):
            await room.press(key)
            assert says in room.said[-1]
        assert "the roster is empty" in room.text()


async def test_a_reveal_that_is_taken_back_leaves_void_weights(
    open_room: OpenRoom, small_session: Path
) -> None:
    """Once shown, never blind again: not by undo, not by undoing further and doing again."""
    with Workshop.open(small_session) as workshop:
        workshop.do(AddParticipants([AddParticipant("Ada"), AddParticipant("Ben")]))
        for person, first in zip(workshop.snapshot.participants, (100.0, 20.0), strict=True):
            workshop.do(GiveWeights(person.id, "swing", {"P": first, "D": 50.0, "I": 50.0, "G": 100.0}))
    async with open_room(small_session, stage="frame", size=LARGE) as room:
        await room.press("w", "v")
        assert "people 21 %" in words(room)
        await room.press("u")
        assert room.said[-1] == (
            "undid: the reveal of the weights; they were seen, so they are void and everybody weighs again"
            " · ^y does it again"
        )
        assert "0 of 2 have weighed" in words(room)
        assert words(room).count("void, was seen: weighs again") == 2
        assert "people 21 %" not in words(room)
        await room.press("v")
        assert "Nobody has weighed yet" in room.said[-1]
        # The giving undone and done again does not hide it either.
        room.workshop.undo()
        room.workshop.redo()
        assert [w.void for w in room.workshop.snapshot.weightings.values()] == [True, True]
        # One weighs anew, unseen; the other's stays void until there is an answer.
        person = room.workshop.snapshot.participants[0]
        room.workshop.do(GiveWeights(person.id, "swing", {"P": 10.0, "D": 50.0, "I": 50.0, "G": 100.0}))
        room.app.screen.session_changed()  # type: ignore[attr-defined]
        await room.settle()
        assert "1 of 2 have weighed" in words(room)
        assert "has weighed, unseen" in words(room)
        await room.press("v")
        assert "P 5 D 24 I 24 G 48" in words(room)
        panel = " ".join(room.app.screen.query_one("#weights-panel", Pane).text().split())
        assert "swing weights, by one person" in panel
