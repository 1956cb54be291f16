"""What every story on the screen needs: no settings of the person who runs it, files of its own, an open app."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from prioritizer.tui.app import PrioritizerApp
from prioritizer.workshop.service import Workshop

DEADLINE = 20.0
"""Seconds after which a wait for something that should come gives up."""

SMALL = (80, 24)
LARGE = (120, 36)

TITLES = ("Support ticket routing", "Board strategy copilot", "Contract clause extraction")
"""Of the small session."""

HOSTILE = (
    "[/nope]",
    "[@click=app.quit()]x[/]",
    "\x1b[31mred\x1b]52;c;ZXZpbA==\x07",
    "漢字の請求書を照合する",
    "👩‍👩‍👧‍👦 family desk é",
    "x" * 200,
)
"""Titles that end, or mislead, an app that reads them as markup or sends them to the terminal raw."""


@pytest.fixture(autouse=True)
def _nobodys_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, data and home are folders of this test; the terminal is an ordinary one."""
    monkeypatch.setenv("PRIORITIZER_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "documents"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "TEXTUAL_COLOR_SYSTEM", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "home").mkdir()


@pytest.fixture
def session_path(tmp_path: Path) -> Path:
    """A file name that nothing has yet."""
    return tmp_path / "session.sqlite"


MakeSession = Callable[..., Path]


@pytest.fixture
def make_session(session_path: Path) -> MakeSession:
    """Makes a session file with these titles and closes it."""

    def make(titles: Sequence[str] = TITLES, preset: str = "pilot-first", title: str = "Small") -> Path:
        with Workshop.create(session_path, preset=preset, title=title) as workshop:
            for each in titles:
                workshop.add_use_case(each)
        return session_path

    return make


@pytest.fixture
def small_session(make_session: MakeSession) -> Path:
    """A closed session with three use cases and nothing rated."""
    return make_session()


@pytest.fixture
def sample_session(tmp_path: Path) -> Path:
    """The sample session as a closed file: twelve use cases, all rated."""
    from prioritizer.workshop.sample import create_sample

    path = tmp_path / "sample.sqlite"
    create_sample(path).close()
    return path


class Room:
    """The app while a test drives it."""

    def __init__(self, app: PrioritizerApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.said = [n.message for n in app._notifications]
        """Every message shown so far, oldest first; the screen itself shows the last one only."""
        notify = app.notify

        def recorded(message: str, **how: Any) -> None:
            self.said.append(message)
            notify(message, **how)

        app.notify = recorded  # type: ignore[method-assign]

    @property
    def workshop(self) -> Workshop:
        return self.app.workshop

    async def settle(self) -> None:
        """Waits until keys, workers and commits are through."""
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        if self.app.has_session:
            # Jobs run one after another: when this one is through, those before it are.
            self.app.workshop._writer.call(lambda: None)
        await self.pilot.pause()

    async def until(self, there: Callable[[], bool]) -> None:
        """Waits for what a timer brings, no longer than it takes."""
        end = time.monotonic() + DEADLINE
        while not there():
            assert time.monotonic() < end, "it never came"
            await self.pilot.pause(0.01)
        await self.settle()

    async def press(self, *keys: str) -> None:
        """Presses keys, each to its end."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Types characters into whatever has the focus, as fast as a terminal brings them."""
        for c in text:
            self.app.post_message(events.Key(_character_to_key(c), c))
        await self.settle()

    async def click(self, *args: object, **kwargs: object) -> None:
        await self.pilot.click(*args, **kwargs)  # type: ignore[arg-type]
        await self.settle()

    async def paste(self, text: str) -> None:
        """What a terminal sends for a paste."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    def lines(self) -> list[str]:
        """The screen as lines of plain text."""
        return read_screen(self.app)

    def text(self) -> str:
        """The screen as plain text."""
        return "\n".join(self.lines())


def read_screen(app: PrioritizerApp) -> list[str]:
    """What stands on the screen, line by line, as a person would read it."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


OpenRoom = Callable[..., AbstractAsyncContextManager[Room]]


@pytest.fixture
def open_room() -> OpenRoom:
    """``async with open_room(path, stage="rate", size=SMALL) as room``; without a path: the home screen."""

    @asynccontextmanager
    async def opened(
        path: Path | None = None, *, stage: str | None = None, size: tuple[int, int] = SMALL
    ) -> AsyncIterator[Room]:
        app = PrioritizerApp(str(path) if path is not None else None, stage=stage)
        async with app.run_test(size=size, notifications=True) as pilot:
            room = Room(app, pilot)
            await room.settle()
            yield room
            assert app.mishaps == [], (
                "the app survived a mistake of its own; a test that expects it clears them"
            )

    return opened


Act = Callable[[], Awaitable[None]]
