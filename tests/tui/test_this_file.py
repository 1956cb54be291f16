"""The file on screen: other copies found and brought in, what is at odds settled, backups brought back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from prioritizer.tui.screens.settle import SettleScreen
from prioritizer.tui.screens.this_file import FileScreen
from prioritizer.workshop.commands.collect import Delete
from prioritizer.workshop.service import Workshop
from prioritizer.workshop.settings import Settings, load_settings, save_settings
from tests.pictures.sessions import make_conflicted
from tests.tui.conftest import LARGE, SMALL, OpenRoom, Room


@pytest.fixture(autouse=True)
def _own_backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIORITIZER_BACKUPS", str(tmp_path / "backups"))


@pytest.fixture
def conflicted(small_session: Path) -> Path:
    """Named as Dropbox names the loser: 3 changes that the session lacks, which has 2 that it lacks."""
    copy = small_session.with_name("session (Ada's conflicted copy 2026-03-04).sqlite")
    shutil.copyfile(small_session, copy)
    with Workshop.open(copy) as there:
        there.rate("#1", "P1", 4)
        there.rate("#2", "P1", 3)
        there.add_use_case("From the copy")
    with Workshop.open(small_session) as here:
        here.rate("#1", "P1", 1)
        here.rate("#2", "P1", 0)
    return copy


def explained(room: Room, where: str = "more") -> str:
    """What is said about the row under the cursor, or where the file lies, however it is wrapped."""
    return " ".join(str(room.app.screen.query_one(f"#file-{where}", Static).content).split())


async def offered(room: Room) -> None:
    """Waits until the file's screen has come up by itself."""
    await room.until(lambda: isinstance(room.app.screen, FileScreen))


def levels(room: Room) -> list[int | None]:
    column = room.workshop.snapshot.preset.criterion_index()["P1"]
    return [case.level(column) for case in room.workshop.use_cases]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_conflict_copy_is_offered_brought_in_settled_and_undone(
    small_session: Path, conflicted: Path, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(small_session, stage="rate", size=size) as room:
        await offered(room)
        assert "has 3 changes that you don't have; you have 2 that it doesn't." in explained(room)
        await room.press("enter")
        assert "Merged 3 changes: 1 use case new, 0 updated, 3 same. 2 to settle." in room.text()
        assert "2 questions, one key each" in room.text()
        assert ("before a merge" in room.text()) == (size == LARGE)
        await room.press("enter")
        assert isinstance(room.app.screen, SettleScreen)
        text = room.text()
        assert "To settle · 1 of 2" in text
        assert "“Support ticket routing”: the level P1" in text or "“Board strategy copilot”" in text
        first = levels(room)
        await room.press("2")
        assert "To settle · 1 of 1" in room.text()
        assert levels(room) != first
        await room.press("u")
        assert "of 2" in room.text()
        assert levels(room) == first
        await room.press("2", "2")
        assert sorted(filter(None, levels(room))) == [3, 4]
        assert "Nothing to settle" in room.text()
        await room.press("u")
        assert "To settle · 1 of 1" in room.text()
        await room.press("1", "escape")
        assert ("no copy says otherwise" in room.text()) == (size == LARGE)
        assert "one key each" not in room.text()
        await room.press("escape")
        assert "From the copy" in room.text(), "the stage shows what came"
    before = conflicted.read_bytes()
    async with open_room(small_session, stage="rate", size=size) as room:
        assert not isinstance(room.app.screen, FileScreen), "nothing is left to ask about"
    assert conflicted.read_bytes() == before


async def test_a_merge_is_taken_back_where_it_was_made(
    small_session: Path, conflicted: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="collect") as room:
        await offered(room)
        before = levels(room)
        await room.press("u")
        assert room.said[-1].startswith("Nothing was brought in here")
        await room.press("enter")
        assert len(room.workshop.use_cases) == 4
        await room.press("u")
        assert levels(room) == before
        assert "Undid: a merge." in room.text()


async def test_conflicts_are_asked_about_when_the_file_is_opened(
    small_session: Path, conflicted: Path, open_room: OpenRoom
) -> None:
    Workshop.merge(small_session, conflicted)
    conflicted.unlink()
    async with open_room(small_session, stage="rate") as room:
        await offered(room)
        assert "2 questions, one key each" in room.text()
        await room.press("enter", "n")
        assert "To settle · 2 of 2" in room.text()
        await room.press("3")
        assert room.said[-1] == "There are 2 things to choose from: 1 to 2."
        await room.press("1", "1", "escape", "escape")
        assert room.workshop.conflicts() == []


async def test_a_copy_of_a_session_that_was_open_before(
    small_session: Path, tmp_path: Path, open_room: OpenRoom
) -> None:
    """Mailed, and opened under another name from another folder."""
    (tmp_path / "mail").mkdir()
    mailed = tmp_path / "mail" / "attachment.sqlite"
    shutil.copyfile(small_session, mailed)
    async with open_room(small_session) as room:
        assert load_settings().recent[0].session == room.workshop.snapshot.id
    with Workshop.open(small_session) as here:
        here.add_use_case("Only in mine")
    with Workshop.open(mailed) as there:
        there.add_use_case("Only in theirs")
    async with open_room(mailed, stage="collect") as room:
        await offered(room)
        assert "“session.sqlite” has 1 change that you don't have; you have 1 that it" in explained(room)
        await room.press("g")
        assert room.workshop.path == small_session.resolve()
        await offered(room)
        assert "“attachment.sqlite” has 1 change that you don't have; you have 1 that" in explained(room)
        await room.press("enter", "escape")
        assert {"Only in mine", "Only in theirs"} <= {u.title for u in room.workshop.use_cases}


async def test_a_file_is_chosen_to_bring_in(small_session: Path, tmp_path: Path, open_room: OpenRoom) -> None:
    other = tmp_path / "stick.sqlite"
    shutil.copyfile(small_session, other)
    with Workshop.open(other) as there:
        there.do(Delete([there.find("#1").id]))
    strange = tmp_path / "strange.sqlite"
    Workshop.create(strange).close()
    async with open_room(small_session, stage="collect") as room:
        await room.app.screen.action_run("app.merge")  # type: ignore[attr-defined]  # a stage, as the palette calls it
        await room.settle()
        await room.press("ctrl+u")
        await room.type(str(strange))
        await room.press("enter")
        assert "is another session" in room.said[-1]
        assert isinstance(room.app.screen, FileScreen)
        await room.press("m", "ctrl+u")
        await room.type(str(other))
        await room.press("enter")
        assert "1 of 3 use cases would go" in " ".join(room.text().split())
        await room.press("enter")
        assert len(room.workshop.use_cases) == 3
        await room.press("m", "ctrl+u")
        await room.type(str(other))
        await room.press("enter", "down", "down", "enter")
        assert "1 removed" in room.text()
        assert len(room.workshop.use_cases) == 2


async def test_whoever_types_is_told_and_not_interrupted(
    small_session: Path, conflicted: Path, open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prioritizer.tui.app import PrioritizerApp

    look = PrioritizerApp._look_around

    async def while_typing(app: PrioritizerApp, workshop: Workshop, keys: int) -> None:
        await look(app, workshop, keys - 1)

    monkeypatch.setattr(PrioritizerApp, "_look_around", while_typing)
    async with open_room(small_session, stage="collect") as room:
        await room.until(lambda: bool(room.said))
        assert room.said[-1] == "This file has changes in 1 other copy: F shows it."


async def test_a_synchronised_folder_is_named_with_what_to_do(
    small_session: Path, tmp_path: Path, open_room: OpenRoom
) -> None:
    (tmp_path / "Dropbox").mkdir()
    path = tmp_path / "Dropbox" / "s.sqlite"
    shutil.move(small_session, path)
    async with open_room(path, stage="rate") as room:
        await room.until(lambda: bool(room.said))
        assert "synchronised by Dropbox" in room.said[-1]
        await room.press("F")
        assert "synchronised by Dropbox" in explained(room, "where")
        assert "merge the copies" in explained(room, "where")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_backup_is_brought_back_from_home(
    small_session: Path, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(small_session, stage="collect", size=size) as room:
        await room.press("escape", "F", "b")
        assert "Backed up, and read back" in room.text()
        assert "asked for" in room.text()
        await room.press("escape")
    with Workshop.open(small_session) as here:
        here.add_use_case("After the backup")
    small_session.write_bytes(b"damaged")
    async with open_room(size=size) as room:
        await room.press("b")
        assert "Small" in room.text()
        assert "asked for" in room.text()
        await room.press("enter")
        field = room.app.screen.query_one("#field-path", Input)
        assert Path(field.value) == small_session.with_name("session restored.sqlite").resolve()
        await room.press("enter")
        assert room.workshop.path.name == "session restored.sqlite"
        assert [u.title for u in room.workshop.use_cases][-1] != "After the backup"
    assert small_session.read_bytes() == b"damaged"


async def test_no_backup_yet_and_a_damaged_one(small_session: Path, open_room: OpenRoom) -> None:
    save_settings(Settings())
    async with open_room() as room:
        await room.press("b")
        assert "There is no backup yet." in room.text()
        await room.press("enter", "escape")
    with Workshop.open(small_session) as here:
        made = here.back_up()
    made.write_bytes(made.read_bytes()[:5000])
    async with open_room() as room:
        await room.press("b", "enter", "enter")
        assert room.said[-1].startswith("“")
        assert not room.app.has_session


@pytest.mark.parametrize("private", [False, True])
async def test_people_at_odds_are_told_apart_by_role_and_named_on_a_private_screen(
    tmp_path: Path, open_room: OpenRoom, private: bool
) -> None:
    path = tmp_path / "conflicted.sqlite"
    make_conflicted(path)
    async with open_room(path, stage="rank") as room:
        await offered(room)
        room.app.private_screen = private
        await room.press("enter")
        assert isinstance(room.app.screen, SettleScreen)
        shown = [room.text()]
        await room.press("n")
        shown.append(room.text())
        text = " ".join(next(each for each in shown if "on the roster" in each).split())
        assert "on the roster: role" in text
        assert "“operations”" in text
        assert "“data”" in text
        assert ("Ada on the roster" in text) == private
        assert ("No name stands here" in text) == (not private)
        if not private:
            assert all(name not in text for name in ("Ada", "Ben"))
            assert "somebody (" in text
