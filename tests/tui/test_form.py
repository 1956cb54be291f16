"""The dialog that asks for words: fields, refusals, drafts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.widgets import Input, Select, TextArea

from prioritizer.errors import PrioritizerError
from prioritizer.tui.screens.form import Field, Form
from prioritizer.tui.widgets.keyline import KeyLine
from tests.tui.conftest import LARGE, SMALL, OpenRoom, Room

FIELDS = [
    Field("name", "Name", "Ana", "a name"),
    Field("role", "Role", "b", choices=[("Alpha [/nope]", "a"), ("Beta", "b")]),
    Field("note", "Note", "one\ntwo", lines=3),
    Field("last", "Last", "", "the last one"),
]


class Asked:
    """What a form gave back."""

    def __init__(self) -> None:
        self.values: list[dict[str, str] | None] = []

    def __call__(self, values: dict[str, str] | None) -> None:
        self.values.append(values)


async def ask(room: Room, form: Form) -> Asked:
    asked = Asked()
    room.app.push_screen(form, asked)
    await room.settle()
    return asked


async def test_values_come_back_by_their_ids(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        asked = await ask(room, Form("[/nope] title", FIELDS, note="A note [/nope]."))
        text = room.text()
        assert "[/nope] title" in text
        assert "A note [/nope]." in text
        assert room.app.screen.query_one("#field-name", Input).has_focus
        await room.type("bel")
        await room.press("ctrl+s")
        assert asked.values == [{"name": "Anabel", "role": "b", "note": "one\ntwo", "last": ""}]


async def test_a_suggestion_gives_way_to_what_is_typed(small_session: Path, open_room: OpenRoom) -> None:
    fields = [Field("n", "How many", "12", offered=True)]
    async with open_room(small_session, stage="frame") as room:
        asked = await ask(room, Form("t", fields))
        keys = room.app.screen.query_one(KeyLine)
        assert "next" not in room.lines()[keys.region.y], "one field has no next one"
        await room.type("8")
        await room.press("enter")
        assert asked.values == [{"n": "8"}]
        await ask(room, Form("t", [FIELDS[1]]))
        keys = room.app.screen.query_one(KeyLine)
        assert "⏎ save" in room.lines()[keys.region.y]
        assert "↓ the list" in room.lines()[keys.region.y]


async def test_the_keys_of_every_field_are_whole_at_80_columns(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="frame", size=SMALL) as room:
        await ask(room, Form("t", FIELDS))
        for field in FIELDS:
            line = room.app.screen.query_one(KeyLine)
            drawn = room.lines()[line.region.y][line.region.x : line.region.right].rstrip()
            assert drawn.split()[-1] in ("leave", "was"), f"{field.id}: {drawn}"
            assert "esc leave" in drawn
            await room.press("tab")


async def test_enter_goes_on_and_saves_on_the_last(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        asked = await ask(room, Form("t", [FIELDS[0], FIELDS[3]]))
        await room.press("enter")
        assert room.app.screen.query_one("#field-last", Input).has_focus
        await room.type("x")
        await room.press("enter")
        assert asked.values == [{"name": "Ana", "last": "x"}]


async def test_escape_leaves_it_as_it_was(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        asked = await ask(room, Form("t", FIELDS))
        await room.type("zzz")
        await room.press("escape")
        assert asked.values == [None]


async def test_a_refusal_is_shown_and_nothing_typed_is_lost(small_session: Path, open_room: OpenRoom) -> None:
    def check(values: Mapping[str, str]) -> None:
        if values["name"] != "Ben":
            raise PrioritizerError("Only “Ben” [/nope] will do.")

    async with open_room(small_session, stage="frame") as room:
        asked = await ask(room, Form("t", FIELDS, check=check))
        await room.type("bel")
        await room.press("ctrl+s")
        assert "Only “Ben” [/nope] will do." in room.text()
        assert room.app.screen.query_one("#field-name", Input).value == "Anabel"
        await room.press("ctrl+u")
        await room.type("Ben")
        await room.press("ctrl+s")
        assert [v["name"] for v in asked.values if v] == ["Ben"]


async def test_a_choice_is_picked(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        asked = await ask(room, Form("t", FIELDS, focus="role"))
        assert room.app.screen.query_one("#field-role", Select).has_focus
        await room.press("down", "up", "enter", "ctrl+s")
        assert asked.values[0] is not None
        assert asked.values[0]["role"] == "a"


async def test_enter_saves_on_a_last_field_that_is_a_choice(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        asked = await ask(room, Form("t", [FIELDS[0], FIELDS[1]]))
        await room.press("enter")
        assert room.app.screen.query_one("#field-role", Select).has_focus
        assert "↓ the list" in room.text()
        await room.press("enter")
        assert asked.values == [{"name": "Ana", "role": "b"}]


async def test_by_mouse(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        asked = await ask(room, Form("t", FIELDS))
        line = room.app.screen.query_one(KeyLine)
        x = room.lines()[line.region.y].index("^s") - line.region.x
        await room.click(KeyLine, offset=(x, 0))
        assert asked.values[0] is not None


@pytest.mark.parametrize("size", [SMALL, LARGE, (60, 20)])
async def test_keys_and_errors_are_never_pushed_out(
    size: tuple[int, int], small_session: Path, open_room: OpenRoom
) -> None:
    def check(values: Mapping[str, str]) -> None:
        raise PrioritizerError("Refused, in a sentence that is there to be read.")

    fields = [Field(f"f{i}", f"Field {i}", str(i), lines=1 + i % 3) for i in range(14)]
    async with open_room(small_session, stage="frame", size=size) as room:
        await ask(room, Form("A long form", fields, check=check, note="With a note."))
        await room.press("ctrl+s")
        text = room.text()
        assert "saves on the last" in text
        assert "Refused, in a sentence" in text
        for _ in range(13):
            await room.press("tab")
        assert room.app.focused is room.app.screen.query_one("#field-f13")
        assert "Field 13" in room.text()


async def test_long_labels_stand_above_their_fields(small_session: Path, open_room: OpenRoom) -> None:
    label = "A question that is a good deal longer than a label"
    async with open_room(small_session, stage="frame") as room:
        await ask(room, Form("t", [Field("a", label, "answer")]))
        line = next(i for i, each in enumerate(room.lines()) if label in each)
        assert "answer" in room.lines()[line + 1]


async def test_what_is_half_typed_is_kept_and_brought_back(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await ask(room, Form("t", FIELDS, draft="try"))
        await room.type(" and more")
        await room.press("tab", "tab")
        await room.type("zero ")
        await room.until(lambda: "zero one" in room.workshop.drafts().get("try", ""))
    async with open_room(small_session, stage="frame") as room:
        await ask(room, Form("t", FIELDS, draft="try"))
        assert room.app.screen.query_one("#field-name", Input).value == "Ana and more"
        assert room.app.screen.query_one("#field-note", TextArea).text.startswith("zero one")
        assert "is back" in room.text()
        await room.type("!")
        assert room.app.screen.query_one("#field-name", Input).value == "Ana and more!", (
            "gone on with at its end"
        )
        await room.press("escape")
        await room.settle()
        assert room.workshop.drafts() == {}
        await ask(room, Form("t", FIELDS, draft="try"))
        assert room.app.screen.query_one("#field-name", Input).value == "Ana"


async def test_a_draft_that_is_no_draft_is_passed_over(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        for text in ("[]", "{", '{"name": 7}', '{"other": "x"}'):
            room.workshop.keep_draft("try", text).result()
            await ask(room, Form("t", FIELDS, draft="try"))
            assert room.app.screen.query_one("#field-name", Input).value == "Ana"
            await room.press("escape")
