"""What is half typed outlives the program, however it ends; in a real terminal, with the real signals."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from prioritizer.tui.drafts import AT_MOST
from prioritizer.workshop.service import Workshop
from tests.tui.conftest import OpenRoom
from tests.tui.test_terminal import DEADLINE, Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pty is needed")

TYPED = "Route tickets by topic"


def _signalled(number: signal.Signals) -> Callable[[Terminal], None]:
    return lambda terminal: terminal.process.send_signal(number)


def _window_closed(terminal: Terminal) -> None:
    """What is left of a terminal whose window was closed: nobody at the other end."""
    os.close(terminal._main)
    terminal._main = os.open(os.devnull, os.O_RDONLY)


ENDINGS = {
    "kill -9": _signalled(signal.SIGKILL),
    "SIGTERM": _signalled(signal.SIGTERM),
    "SIGHUP": _signalled(signal.SIGHUP),
    "closed terminal": _window_closed,
}


def kept(path: Path) -> list[str]:
    with Workshop.open(path) as workshop:
        return list(workshop.drafts().values())


def end(terminal: Terminal, ending: str) -> None:
    """Ends the app so, a second after what was typed was drawn."""
    terminal.wait_for(TYPED.encode())
    with contextlib.suppress(subprocess.TimeoutExpired):
        # 0.3 s are promised; a machine that does ten other things may take longer for the disk.
        terminal.process.wait(1.0)
    ENDINGS[ending](terminal)
    terminal.process.wait(DEADLINE)


def test_at_most_the_last_300_ms_are_missing() -> None:
    assert AT_MOST < 0.3


@pytest.mark.parametrize("ending", ENDINGS)
async def test_a_title_survives_and_is_offered(small_session: Path, open_room: OpenRoom, ending: str) -> None:
    terminal = Terminal("open", str(small_session))
    try:
        terminal.wait_for(b"Support ticket routing")
        terminal.send(b"\x1bOR")  # F3: from Gate back to Collect
        terminal.wait_for(b"press Enter")
        terminal.send(TYPED.encode())
        end(terminal, ending)
    finally:
        terminal.close()
    assert kept(small_session) == [TYPED]
    async with open_room(small_session, stage="collect") as room:
        assert room.app.screen.query_one("CandidateInput", Input).value == TYPED
        await room.press("enter")
        assert [u.title for u in room.workshop.use_cases][-1] == TYPED
    assert kept(small_session) == []


@pytest.mark.parametrize("ending", ["kill -9", "closed terminal"])
async def test_a_form_survives_and_is_offered(small_session: Path, open_room: OpenRoom, ending: str) -> None:
    terminal = Terminal("open", str(small_session))
    try:
        terminal.wait_for(b"Support ticket routing")
        terminal.send(b"\x1bOR")  # F3: from Gate back to Collect
        terminal.wait_for(b"press Enter")
        terminal.send(b"\x1bOR")  # and on to Frame
        terminal.wait_for(b"Decision rule")
        terminal.send(b"e")
        terminal.wait_for(b"leave as it was")
        terminal.send(TYPED.encode())
        end(terminal, ending)
    finally:
        terminal.close()
    (draft,) = kept(small_session)
    assert TYPED in json.loads(draft)["title"]
    async with open_room(small_session, stage="frame") as room:
        await room.press("e")
        assert TYPED in room.text()
        assert "What you had typed here before is back" in room.text()


async def test_a_form_that_names_no_place_keeps_what_is_typed_too(
    small_session: Path, open_room: OpenRoom
) -> None:
    from prioritizer.tui.screens.form import Field, Form

    def form(note: str) -> Form:
        return Form("Set a gate aside", [Field("reason", "Reason")], note=note)

    async with open_room(small_session, stage="gate") as room:
        room.app.push_screen(form("#1"))
        await room.settle()
        await room.type(TYPED)
        await room.until(lambda: bool(room.workshop.drafts()))
        room.app.pop_screen()  # as if the program had ended: neither saved nor left
        await room.settle()
        room.app.push_screen(form("#2"))
        await room.settle()
        assert TYPED not in room.text(), "the same form of another use case"
        await room.press("escape")
        room.app.push_screen(form("#1"))
        await room.settle()
        assert TYPED in room.text()
        await room.press("escape")
        assert room.workshop.drafts() == {}, "left on purpose is given up"


async def test_what_is_typed_unseen_is_kept_nowhere(small_session: Path, open_room: OpenRoom) -> None:
    from prioritizer.tui.screens.form import Field, Form

    async with open_room(small_session, stage="gate") as room:
        room.app.push_screen(Form("Weights", [Field("A", "A", masked=True)]))
        await room.settle()
        await room.type("40")
        await room.app.workers.wait_for_complete()
        form = room.app.screen
        assert isinstance(form, Form)
        assert form.values() == {"A": "40"}
        assert form._keeper is None
        await room.press("escape")
        assert room.workshop.drafts() == {}
