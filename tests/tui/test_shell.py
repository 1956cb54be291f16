"""The app around the screens: actions and keys, small terminals, themes, keymap, what survives and what refuses."""

from __future__ import annotations

import io
import json
import os
import pkgutil
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
from textual.widgets import Input

import prioritizer.tui.screens
from prioritizer.errors import PrioritizerError
from prioritizer.tui import run_app
from prioritizer.tui.actions import ACTIONS, GLOBAL, STAGE_IDS, actions_for, all_actions
from prioritizer.tui.app import PrioritizerApp
from prioritizer.tui.screens.action_screen import ActionScreen
from prioritizer.tui.screens.small import SmallScreen
from prioritizer.tui.screens.stage_core import StageCore
from prioritizer.tui.themes import THEMES
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants, SetSession
from prioritizer.workshop.service import Workshop
from tests.tui.conftest import HOSTILE, LARGE, SMALL, MakeSession, OpenRoom
from tests.tui.test_hints import WALK


def screens() -> dict[str, type[ActionScreen]]:
    """Every screen of the app by its name in the table."""
    for module in pkgutil.iter_modules(prioritizer.tui.screens.__path__):
        import_module(f"prioritizer.tui.screens.{module.name}")
    found: dict[str, type[ActionScreen]] = {}
    waiting: list[type[ActionScreen]] = [ActionScreen]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.name_in_table:
                found[each.name_in_table] = each
    return found


# What it says at the edge


async def test_a_burst_of_refusals_shows_the_last_one_and_the_next_action_takes_it_away(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="rank") as room:
        for number in range(4):
            room.app.problem(f"No, for the reason {number}.")
        await room.settle()
        assert [n.message for n in room.app._notifications] == ["No, for the reason 3."]
        room.app.problem(PrioritizerError("The disk is full."))
        await room.press("question_mark", "escape")
        assert [n.message for n in room.app._notifications] == ["The disk is full."]


# The one table of actions


def test_ids_are_unique_and_name_their_screen() -> None:
    assert [i for i, n in Counter(a.id for a in ACTIONS).items() if n > 1] == []
    for action in ACTIONS:
        assert action.id.partition(".")[0] in {*action.where, "app"}, action.id


def test_every_action_has_its_method_on_every_screen_it_is_for() -> None:
    known = screens()
    wanted = {name for a in ACTIONS for name in a.where if name != GLOBAL}
    assert wanted <= set(known)
    missing = [
        (name, action.method)
        for name, screen in known.items()
        for action in actions_for(name)
        if not callable(getattr(screen, action.method, None))
    ]
    assert missing == []


def test_no_two_actions_of_a_screen_share_a_key() -> None:
    for name in screens():
        keys = [key for action in actions_for(name) for key in action.key_names()]
        assert [key for key, n in Counter(keys).items() if n > 1] == [], name


def test_every_screen_says_what_it_is_for_and_every_action_what_it_does() -> None:
    for name, screen in screens().items():
        assert screen.purpose.endswith("."), name
    for action in ACTIONS:
        assert action.text, action.id
        assert action.tooltip, action.id
        assert not action.tooltip.endswith("."), action.id
        assert "[" not in action.tooltip, "a tooltip is read as markup"


@pytest.mark.parametrize("stage", STAGE_IDS)
async def test_seven_keys_at_most_fit_the_last_line(
    stage: str, small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage=stage, size=SMALL) as room:
        room.app.screen.query_one(RowList).focus()
        await room.settle()
        shown = [action.id for action, _ in room.app.screen.query_one(KeyBar).shown()]
        assert len(shown) <= 8
        assert "app.help" in shown
        assert "app.undo" in shown
        wanted = [a.id for a in actions_for(stage) if a.footer]
        if stage == STAGE_IDS[-1]:
            wanted.remove("app.next-stage")  # there is none
        assert [a for a in wanted if a not in shown] == [], "it does not fit 80 columns"


async def test_while_words_are_typed_only_keys_that_work_then_are_shown(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="collect") as room:
        assert isinstance(room.app.focused, Input)
        line = room.lines()[-1]
        assert "esc To the list" in line
        assert "^z Undo" in line
        assert "F4 Next stage" in line
        assert "/ Filter" not in line
        await room.press("escape")
        line = room.lines()[-1]
        assert "u Undo" in line
        assert "/ Filter" in line


async def test_a_click_on_a_key_does_what_the_key_does(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        x = room.lines()[-1].index("Next stage")
        await room.click(KeyBar, offset=(x, 0))
        assert room.app.screen.name_in_table == "collect"  # type: ignore[attr-defined]


async def test_the_last_stage_offers_no_next_one(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="shortlist") as room:
        assert "Next stage" not in room.lines()[-1]
        await room.press("]")
        assert room.said[-1] == "This is the last stage."


def test_every_key_of_an_action_is_in_the_list_of_keys() -> None:
    shown = {action.id: action.key_text for action in all_actions()}
    assert shown["app.help"] == "? F12", "the footer names F12 while words are typed"
    assert shown["app.undo"] == "u ^z"
    assert shown["app.next-stage"] == "] F4"
    assert shown["sure.back"] == "esc q s"


# Going about


@pytest.mark.parametrize("size", [SMALL, LARGE, (200, 60)])
async def test_through_all_stages_and_back(
    small_session: Path, open_room: OpenRoom, size: tuple[int, int]
) -> None:
    async with open_room(small_session, stage="frame", size=size) as room:
        seen = ["frame"]
        for _ in range(5):
            await room.press("f4")
            seen.append(room.app.screen.name_in_table)  # type: ignore[attr-defined]
        assert tuple(seen) == STAGE_IDS
        await room.press("f4")
        assert room.said[-1] == "This is the last stage."
        for _ in range(5):
            await room.press("f3")
        assert room.app.screen.name_in_table == "frame"  # type: ignore[attr-defined]
        assert len(room.app.screen_stack) == 2


async def test_alt_and_a_digit_as_terminals_send_it(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("trade_mark_sign")  # what Textual makes of ESC 2
        assert room.app.screen.name_in_table == "collect"  # type: ignore[attr-defined]


async def test_a_click_on_a_stage_goes_there(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.click("#stage-bar", offset=(room.lines()[0].index("Collect") + 1, 0))
        assert room.app.screen.name_in_table == "collect"  # type: ignore[attr-defined]


async def test_closing_goes_home_and_lets_go_of_the_file(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("q")
        assert not room.app.has_session
        assert room.app.screen.name_in_table == "home"  # type: ignore[attr-defined]
        with Workshop.open(small_session) as workshop:
            workshop.add_use_case("From outside")


async def test_what_another_process_adds_is_there_when_the_screen_comes_back(
    small_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(small_session, stage="frame") as room:
        with Workshop.open(small_session) as other:
            other.add_use_case("From outside")
        await room.press("f4")
        assert "From outside" in room.text()


# Undo and redo in words


async def test_undo_and_redo_say_what_they_did(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("u")
        assert room.said[-1] == "undid: adding “Contract clause extraction” · ^y does it again"
        assert len(list(room.workshop.snapshot.live())) == 2
        await room.press("ctrl+y")
        assert room.said[-1] == "did again: adding “Contract clause extraction”"
        assert len(list(room.workshop.snapshot.live())) == 3
        await room.press("ctrl+y")
        assert room.said[-1] == "There is nothing to redo."


async def test_history_lists_and_filters(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("H")
        assert "adding “Board strategy copilot”" in room.text()
        await room.type("copilot")
        assert "Contract" not in room.text()
        await room.press("escape")
        assert room.app.screen.name_in_table == "frame"  # type: ignore[attr-defined]


async def test_history_is_read_by_kinds_and_across_an_undo(small_session: Path, open_room: OpenRoom) -> None:
    with Workshop.open(small_session) as workshop:
        workshop.do(AddParticipants([AddParticipant("Ada Lovelace", role="data")]))
        workshop.rate("#1", "P1", 2, by="Ada Lovelace")
        workshop.rate("#2", "P1", 3)
        workshop.undo()
    async with open_room(small_session, stage="collect") as room:
        await room.press("escape", "H")
        text = room.text()
        assert "undid: the level of “Board strategy copilot” P1" in text
        assert "an answer to “Support ticket routing” P1" in text
        assert "a change of the roster" in text
        assert "Ada" not in text
        await room.press("tab", "down")
        assert "Which kinds of changes?" in room.text()
        await room.press("space", "down", "space", "enter")  # the first and the third
        text = room.text()
        assert "only add, create" in text
        assert "roster" not in text
        await room.type("session itself")
        assert "1 of 8 changes" in room.text()
        await room.press("tab")
        assert "only" not in room.text()


# A terminal that is too small


async def test_too_small_is_one_sentence_and_comes_back(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="collect") as room:
        await room.type("half")
        await room.resize(50, 15)
        assert isinstance(room.app.screen, SmallScreen)
        assert "needs 80×24, this is 50×15: enlarge" in room.text()
        await room.resize(40, 10)
        assert "40×10" in room.text()
        await room.resize(*SMALL)
        assert room.app.screen.query_one("#collect-title", Input).value == "half"


async def test_begun_too_small(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame", size=(30, 8)) as room:
        assert isinstance(room.app.screen, SmallScreen)
        await room.resize(*LARGE)
        assert "The session" in room.text()


async def test_small_with_a_dialog_open(small_session: Path, open_room: OpenRoom) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.press("enter")
        await room.resize(30, 10)
        await room.resize(*SMALL)
        assert "saves on the last" in room.text()
        await room.press("escape")
        assert len(room.app.screen_stack) == 2


# Themes, keymap, settings


async def test_themes_are_switched_and_remembered(
    small_session: Path, open_room: OpenRoom, tmp_path: Path
) -> None:
    async with open_room(small_session, stage="frame") as room:
        await room.app.screen.action_run("app.theme")  # type: ignore[attr-defined]
        await room.settle()
        assert room.app.theme == THEMES[1].name
    assert json.loads((tmp_path / "config" / "settings.json").read_text())["theme"] == THEMES[1].name
    assert PrioritizerApp().theme == THEMES[1].name


def _settings(tmp_path: Path, **values: object) -> None:
    folder = tmp_path / "config"
    folder.mkdir(exist_ok=True)
    (folder / "settings.json").write_text(json.dumps(values))


async def test_keys_of_ones_own(small_session: Path, open_room: OpenRoom, tmp_path: Path) -> None:
    _settings(tmp_path, keymap={"app.next-stage": " n , f9,", "frame.add": "ctrl+t"})
    async with open_room(small_session, stage="frame") as room:
        assert "n Next stage" in room.lines()[-1]
        assert "^t Add people" in room.lines()[-1]
        await room.press("n")
        assert room.app.screen.name_in_table == "collect"  # type: ignore[attr-defined]
        await room.press("escape", "question_mark")
        await room.type("next stage")
        assert "n F9" in room.text()
        await room.press("escape", "f9")
        assert room.app.screen.name_in_table == "gate"  # type: ignore[attr-defined]


async def test_a_key_for_an_action_that_does_not_exist_is_said(
    small_session: Path, open_room: OpenRoom, tmp_path: Path
) -> None:
    _settings(tmp_path, keymap={"collect.[/nope]": "z"})
    async with open_room(small_session, stage="frame") as room:
        assert "collect.[/nope]" in room.said[0]


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"recent": 3, "keymap": [], "theme": 7}', "\x00", '{"theme": "no such"}']
)
async def test_settings_that_cannot_be_read_cost_nothing(
    text: str, small_session: Path, open_room: OpenRoom, tmp_path: Path
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.json").write_text(text)
    async with open_room(small_session, stage="frame") as room:
        assert room.app.theme == THEMES[0].name


async def test_no_color_is_respected(
    small_session: Path, open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_room(small_session, stage="collect") as room:
        colors = set()
        for filter_ in room.app._filters:
            for strip in room.app.screen._compositor.render_strips():
                for segment in strip.apply_filter(filter_, room.app.screen.styles.background):
                    style = segment.style
                    if style is not None:
                        colors |= {c.triplet for c in (style.color, style.bgcolor) if c is not None}
        assert colors
        assert all(c is None or c.red == c.green == c.blue for c in colors)


# The palette


async def test_the_palette_offers_what_makes_sense_now_with_its_key(
    make_session: MakeSession, open_room: OpenRoom
) -> None:
    async with open_room(make_session([]), stage="collect") as room:
        await room.press("ctrl+p")
        await room.type("import")
        await room.until(lambda: "i ^o" in room.text())
        await room.press("escape")
        await room.press("ctrl+p")
        await room.type("bring back")
        await room.until(lambda: "No matches found" in room.text())


# What survives


async def test_a_command_that_breaks_leaves_the_session_as_it_was(
    small_session: Path, open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(self: SetSession, snapshot: object, given: object) -> object:
        raise KeyError("secret title")

    async with open_room(small_session, stage="frame") as room:
        before = room.workshop.snapshot
        with monkeypatch.context() as patched:
            patched.setattr(SetSession, "plan", broken)
            await room.app.screen.carry_out(SetSession(title="x"))  # type: ignore[attr-defined]
            await room.settle()
        assert room.said[-1].startswith("The program made a mistake of its own here (KeyError)")
        assert room.workshop.snapshot is before
        await room.app.screen.carry_out(SetSession(title="After"))  # type: ignore[attr-defined]
        assert room.workshop.snapshot.title == "After"
        room.app.mishaps.clear()
    log = (tmp_path / "config" / "prioritizer.log").read_text()
    assert "KeyError" in log
    assert "secret" not in log


async def test_an_action_or_a_handler_that_breaks_does_not_end_the_app(
    small_session: Path, open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prioritizer.tui.screens.frame import FrameScreen

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    async with open_room(small_session, stage="frame") as room:
        with monkeypatch.context() as patched:
            patched.setattr(FrameScreen, "do_frame_add", broken)
            await room.press("a")
            assert "ZeroDivisionError" in room.said[-1]
            patched.setattr(FrameScreen, "_show_detail", broken)
            await room.press("down")
            assert len(room.app.mishaps) == 2
        await room.press("down")
        room.app.mishaps.clear()


@pytest.mark.parametrize("stage", STAGE_IDS)
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_hostile_titles_stand_there_to_the_letter(
    stage: str, size: tuple[int, int], make_session: MakeSession, open_room: OpenRoom
) -> None:
    path = make_session(HOSTILE, title="[/nope] [@click=app.quit()]x[/]")
    async with open_room(path, stage=stage, size=size) as room:
        text = room.text()
        assert "\x1b" not in text
        assert "[/nope]" in room.lines()[0]
        if stage != "frame":
            assert "[@click=app.quit()]x[/]"[:14] in text
            assert "漢字の" in text
        for key in ("down", "down", "enter"):
            await room.press(key)
        assert room.app.is_running


# What refuses to start


def test_a_terminal_without_the_signs_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    for name in ("__stdin__", "__stdout__", "__stderr__"):
        monkeypatch.setattr(sys, name, Terminal(io.BytesIO(), encoding="latin-1"))
    # Where a driver of ours draws, plainer signs take their place: test_terminal.py.
    monkeypatch.setenv("TEXTUAL_DRIVER", "somebody.elses:Driver")
    with pytest.raises(PrioritizerError, match="set to latin-1, which lacks the signs"):
        run_app()


def test_a_dumb_terminal_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    with pytest.raises(PrioritizerError, match="TERM=dumb"):
        run_app(None)


def test_a_pipe_is_told_so() -> None:
    if os.isatty(0) and os.isatty(2):
        pytest.skip("the tests run in a terminal of their own")
    with pytest.raises(PrioritizerError, match="needs a terminal"):
        run_app(None)


# A screen that comes up


@pytest.mark.parametrize("stage", STAGE_IDS)
async def test_a_screen_that_comes_up_shows_the_session_once(
    stage: str, sample_session: Path, open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[StageCore] = []
    first = StageCore.on_mount

    def counted(screen: StageCore) -> None:
        shown.append(screen)
        first(screen)

    async with open_room(sample_session, stage="frame") as room:
        monkeypatch.setattr(StageCore, "on_mount", counted)
        for way in (*WALK[stage], ("rank.sure", "sure.stability")) if stage == "rank" else WALK[stage]:
            await room.app.go_to(stage)
            await room.settle()
            for action in way:
                screen = room.app.screen
                assert isinstance(screen, ActionScreen)
                await screen.action_run(action)
                await room.settle()
        assert len({type(each) for each in shown}) >= 1
        assert [type(s).__name__ for i, s in enumerate(shown) if s in shown[:i]] == []


async def test_a_palette_whose_search_breaks_ends_nothing(
    open_room: OpenRoom, sample_session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when keys close it faster than its search has begun; Textual would end the app."""
    from textual.command import CommandList, CommandPalette
    from textual.css.query import NoMatches

    def gone(self: CommandPalette, search_value: str) -> None:
        raise NoMatches(f"No {CommandList.__name__} any more")

    async with open_room(sample_session, stage="rank") as room:
        monkeypatch.setattr(CommandPalette, "_search_for", gone)
        await room.press("ctrl+p")
        for letter in "wh":
            await room.pilot.press(letter)
            await room.pilot.pause()
        monkeypatch.undo()
        await room.press("escape")
        assert room.app.is_running
        await room.press("ctrl+p")
        await room.type("mirror")
        assert type(room.app.screen).__name__ == "Palette"
        await room.press("escape")
