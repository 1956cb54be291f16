"""Home and the choice of a preset: how a session begins."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.widgets import Input

from prioritizer.errors import PrioritizerError
from prioritizer.tui.screens.files_listing import list_folder, matching, meant, parted
from prioritizer.tui.screens.home_words import short_path, when
from prioritizer.tui.screens.new_file import checked_path, free_path
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.tui.widgets.textpane import TextPane
from prioritizer.workshop.service import Workshop
from prioritizer.workshop.settings import Settings, save_settings
from tests.tui.conftest import HOSTILE, LARGE, SMALL, OpenRoom, Room


def name_of(room: Room) -> str:
    return str(getattr(room.app.screen, "name_in_table", type(room.app.screen).__name__))


# Home


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_first_visit_says_what_it_is_and_what_to_press(
    open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(size=size) as room:
        text = room.text()
        assert "Which AI use case do we pilot first?" in text
        assert "facts that somebody could check" in text
        for words in ("n  New session", "s  Sample session", "o  Open a file"):
            assert words in text
        assert "Go on with" not in text


async def test_the_sample_opens_ranked(open_room: OpenRoom) -> None:
    async with open_room() as room:
        await room.press("s")
        assert name_of(room) == "rank"
        assert len(list(room.workshop.snapshot.live())) == 12
        assert room.app.settings.recent[0].path == str(room.workshop.path.resolve())
        await room.press("q")
        assert "Go on with" in room.text()
        await room.press("enter")
        assert len(list(room.workshop.snapshot.live())) == 12
        await room.press("q", "s")
        assert room.workshop.path.name == "sample-2.sqlite"
        assert len(room.app.settings.recent) == 1, "only the latest sample is listed"


async def test_recent_sessions_and_one_that_is_gone(
    small_session: Path, tmp_path: Path, open_room: OpenRoom
) -> None:
    settings = Settings().remembering(tmp_path / "gone.sqlite", "[/nope] gone", "2026-01-02T03:04:05+00:00")
    save_settings(settings.remembering(small_session, "Small", ""))
    async with open_room(size=LARGE) as room:
        assert room.app.screen.query_one(RowList).key == str(small_session.resolve())
        gone = next(line for line in room.lines() if "[/nope] gone" in line)
        assert "✕" in gone
        assert "not there any more" in gone
        await room.press("down", "enter")
        assert name_of(room) == "home"
        assert "gone.sqlite" in room.said[-1]
        await room.press("x")
        assert "[/nope] gone" not in room.text()
        await room.press("up", "up", "up", "up", "down", "down", "down", "enter")
        assert name_of(room) == "gate"


async def test_recent_sessions_are_filtered(tmp_path: Path, open_room: OpenRoom) -> None:
    settings = Settings()
    for name in ("Alpha", "Beta", "Gamma", "Delta"):
        settings = settings.remembering(tmp_path / f"{name}.sqlite", f"Pilots {name}")
    save_settings(settings)
    async with open_room() as room:
        await room.press("slash")
        await room.type("gam pil")
        assert "1 of 4" in room.text()
        assert "Beta" not in room.text()
        await room.press("enter")
        assert room.app.screen.query_one(RowList).key == str(tmp_path / "Gamma.sqlite")
        await room.press("slash", "escape")
        assert "Beta" in room.text()


@pytest.mark.parametrize("title", HOSTILE)
async def test_hostile_titles_among_the_recent_ones(title: str, tmp_path: Path, open_room: OpenRoom) -> None:
    save_settings(Settings().remembering(tmp_path / "x.sqlite", title))
    async with open_room(size=LARGE) as room:
        assert "\x1b" not in room.text()
        await room.press("down", "up")
        assert name_of(room) == "home"


async def test_a_file_that_is_no_session_is_one_sentence(tmp_path: Path, open_room: OpenRoom) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_text("not a session")
    async with open_room() as room:
        await room.press("o")
        await room.press("ctrl+u")
        await room.type(str(path))
        await room.press("enter")
        assert name_of(room) == "home"
        assert room.said
        assert path.read_text() == "not a session"


async def test_a_path_on_the_command_line_that_is_gone(tmp_path: Path, open_room: OpenRoom) -> None:
    async with open_room(tmp_path / "gone.sqlite") as room:
        assert name_of(room) == "home"
        assert "gone.sqlite" in room.said[-1]


async def test_what_cannot_be_done_says_why(open_room: OpenRoom) -> None:
    async with open_room() as room:
        await room.press("x")
        assert room.said[-1] == "The cursor is on no recent session."
        await room.press("slash")
        assert room.said[-1] == "There is no recent session to filter yet."


async def test_by_mouse(open_room: OpenRoom) -> None:
    async with open_room() as room:
        line = next(i for i, each in enumerate(room.lines()) if "Sample session" in each)
        top = room.app.screen.query_one(RowList).region.y
        await room.pilot.click(RowList, offset=(8, line - top), times=2)
        await room.settle()
        assert name_of(room) == "rank"


# Choosing a file


async def test_a_file_is_found_by_completing_and_walking(
    small_session: Path, open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small_session.parent / "several sessions"
    folder.mkdir()
    small_session.rename(folder / "one.sqlite")
    monkeypatch.chdir(folder.parent)
    async with open_room() as room:
        await room.press("o")
        await room.type("sev")
        await room.press("tab")
        assert "one.sqlite" in room.text()
        await room.type("nothing like it")
        assert "Nothing here that fits." in room.text()
        await room.press("enter")
        assert "There is no file of that name" in room.text()
        await room.press(*["backspace"] * 15, "down", "home", "enter")  # up one folder
        assert "several sessions/" in room.text()
        await room.press("tab")  # from the list back to the path
        await room.type("sev")
        await room.press("tab", "o", "enter")
        assert "There is no file of that name" in room.text()
        await room.press("tab", "enter")
        assert name_of(room) == "gate"


def test_what_is_meant_by_a_path_typed_behind_another() -> None:
    assert meant("/here/there//data/x.csv") == "/data/x.csv"
    assert meant("/here/'/data/with space.csv' ") == "/data/with space.csv"
    assert meant("/here/~/x") == str(Path.home() / "x")
    assert meant("it's.csv") == "it's.csv"
    assert parted("/a/b/c") == ("/a/b", "c")
    assert parted("/a/b/") == ("/a/b", "")
    assert parted("") == (str(Path.home()), "")


def test_a_folder_is_listed_with_what_fits(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "zoo").mkdir(parents=True)
    for name in ("b.csv", "A.CSV", "c.txt", ".hidden.csv"):
        (folder / name).write_text("x")
    found = list_folder(str(folder), {".csv"})
    assert [e.name for e in found.entries] == ["zoo", "A.CSV", "b.csv"]
    assert [e.name for e in matching(found.entries, "b")] == ["b.csv"]
    assert [e.name for e in matching(found.entries, ".c")] == ["A.CSV", "b.csv"]
    assert list_folder(str(tmp_path / "none"), ()).problem


# A new session


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_presets_can_be_looked_at_before_choosing(open_room: OpenRoom, size: tuple[int, int]) -> None:
    async with open_room(size=size) as room:
        await room.press("n")
        text = room.text()
        for title in (
            "Pilot first",
            "Pilot first, quick",
            "Regulated",
            "Stalled pilots",
            "A TOML file of your own",
        ):
            assert title in text
        assert "90 to 180 minutes" in text
        assert "What counts" in text
        words = room.app.screen.query_one(TextPane).plain
        for part in (
            "30 %",
            "Fix, then pilot",
            "Is this prohibited by law",
            "P1 Telling right from wrong",
            "  4  ",
            "Agendas",
        ):
            assert part in words
        await room.press("tab", "pagedown", "pagedown")
        assert "What counts" not in room.text()
        await room.press("tab", "down")
        assert "Seven questions instead of twenty-four" in room.text()


async def test_a_new_session_is_made_and_framed(open_room: OpenRoom, tmp_path: Path) -> None:
    async with open_room() as room:
        await room.press("n", "down", "enter", "ctrl+u")
        await room.type("Pilots: spring/summer")
        assert room.app.screen.query_one("#field-path", Input).value.endswith("Pilots spring summer.sqlite")
        await room.press("ctrl+s")
        assert name_of(room) == "frame"
        assert room.workshop.snapshot.title == "Pilots: spring/summer"
        assert room.workshop.snapshot.preset.id == "pilot-first-quick"
        assert room.workshop.path.name == "Pilots spring summer.sqlite"
        assert len(room.app.screen_stack) == 2


async def test_what_is_offered_for_a_new_session_gives_way_to_what_is_typed(open_room: OpenRoom) -> None:
    async with open_room() as room:
        await room.press("n", "enter")
        await room.type("Monday")
        assert room.app.screen.query_one("#field-title", Input).value == "Monday"
        offered = Path(room.app.screen.query_one("#field-path", Input).value)
        await room.press("enter")
        await room.type("rooms v1.2")
        await room.press("enter")
        assert name_of(room) == "frame"
        assert room.workshop.snapshot.title == "Monday"
        assert room.workshop.path == offered.with_name("rooms v1.2.sqlite")


async def test_nothing_is_written_over(open_room: OpenRoom, tmp_path: Path) -> None:
    taken = tmp_path / "taken.sqlite"
    taken.write_text("mine")
    async with open_room() as room:
        await room.press("n", "enter", "enter", "ctrl+u")
        await room.type(str(taken))
        await room.press("enter")
        assert "There is a file of that name already" in room.text()
        await room.press("escape")
        assert name_of(room) == "new"
        await room.press("escape")
        assert name_of(room) == "home"
    assert taken.read_text() == "mine"


async def test_a_session_needs_a_title(open_room: OpenRoom) -> None:
    async with open_room() as room:
        await room.press("n", "enter", "ctrl+u", "ctrl+s")
        assert "A session needs a title" in room.text()


PRESET = """
format = 1
id = "mine"
version = 1
title = "[/nope] of ours"
language = "en"
[[dimension]]
id = "X"
title = "Fit"
role = "readiness"
weight = 1.0
[[dimension]]
id = "Y"
title = "Narrow"
role = "boundedness"
[[criterion]]
id = "X1"
dimension = "X"
title = "One"
question = "How far?"
levels = ["a", "b", "c", "d", "e"]
[[criterion]]
id = "Y1"
dimension = "Y"
title = "Two"
question = "How narrow?"
levels = ["a", "b", "c", "d", "e"]
[[class_rule]]
id = "bounded"
rule = { all = ["Y1 >= 3"] }
"""


async def test_a_preset_of_ones_own_is_shown_and_taken(open_room: OpenRoom, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(PRESET)
    async with open_room(size=LARGE) as room:
        await room.press("n", "f", "ctrl+u")
        await room.type(str(path))
        await room.press("enter")
        assert "[/nope] of ours" in room.text()
        assert "How narrow?" in room.app.screen.query_one(TextPane).plain
        await room.press("enter", "ctrl+s")
        assert room.workshop.snapshot.preset.id == "mine"


async def test_a_preset_with_a_mistake_is_one_sentence(open_room: OpenRoom, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(PRESET.replace('levels = ["a", "b", "c", "d", "e"]', 'levels = ["a"]', 1))
    async with open_room() as room:
        await room.press("n", "f", "ctrl+u")
        await room.type(str(path))
        await room.press("enter")
        assert name_of(room) == "new"
        assert "X1" in room.said[-1]


# Words and names


def test_times_as_people_say_them() -> None:
    now = dt.datetime(2026, 5, 2, 20, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert when("2026-05-02T12:03:00+00:00", now) == "today 14:03"
    assert when("2026-05-01T12:03:00", now) == "yesterday"
    assert when("2025-12-24T12:03:00+00:00", now) == "2025-12-24"
    assert when("", now) == ""
    assert when("soon", now) == ""


def test_paths_are_cut_in_the_middle() -> None:
    assert short_path("/home/me/a.sqlite", 40, Path("/home/me")) == "~/a.sqlite"
    assert short_path("/home/method/a.sqlite", 40, Path("/home/me")) == "/home/method/a.sqlite"
    cut = short_path("/a/long/way/to/the/session/of/today.sqlite", 24, Path("/home/me"))
    assert len(cut) == 24
    assert cut.startswith("/a/lon…")
    assert cut.endswith("today.sqlite")


def test_a_file_name_that_nothing_has_yet(tmp_path: Path) -> None:
    assert free_path(tmp_path, "A/B: c").name == "A B c.sqlite"
    (tmp_path / "A B c.sqlite").write_text("")
    assert free_path(tmp_path, "A/B: c").name == "A B c 2.sqlite"
    assert free_path(tmp_path, "../../etc/passwd").parent == tmp_path
    assert free_path(tmp_path, "").name == "session.sqlite"
    assert free_path(tmp_path / "not there", "x").name == "x.sqlite"


def test_a_name_without_a_folder_or_an_ending(tmp_path: Path) -> None:
    assert checked_path("monday", tmp_path) == tmp_path / "monday.sqlite"
    assert checked_path("Q1.2", tmp_path) == tmp_path / "Q1.2.sqlite"
    assert checked_path("monday.db", tmp_path) == tmp_path / "monday.db"
    assert checked_path(str(tmp_path / "a" / "b"), tmp_path / "c") == tmp_path / "a" / "b.sqlite"
    (tmp_path / "taken.sqlite").write_text("mine")
    with pytest.raises(PrioritizerError):
        checked_path("taken", tmp_path)


def test_paths_that_will_not_do(tmp_path: Path) -> None:
    for text in ("", "  ", str(tmp_path)):
        with pytest.raises(PrioritizerError):
            checked_path(text)


def test_creating_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    from prioritizer.tui.screens.new_file import made_folder

    path = made_folder(checked_path(str(tmp_path / "a" / "b" / "c.sqlite")))
    Workshop.create(path).close()
    assert path.exists()
