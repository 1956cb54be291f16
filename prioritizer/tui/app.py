"""The app: holds the open session, shows one screen a stage, and says what went wrong."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textual.app import App
from textual.binding import Binding
from textual.content import Content

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_text
from prioritizer.tui.actions import STAGE_IDS
from prioritizer.tui.palette import ActionsProvider
from prioritizer.tui.themes import THEMES
from prioritizer.workshop.settings import Settings, load_settings, save_settings

if TYPE_CHECKING:
    from textual.screen import Screen

    from prioritizer.workshop.service import Workshop

SMALLEST = (80, 24)


class PrioritizerApp(App[int]):
    """Prioritizer in a terminal."""

    TITLE = "Prioritizer"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {ActionsProvider}  # noqa: RUF012  # Textual's own convention
    COMMAND_PALETTE_BINDING = "ctrl+p"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-narrow"),
        (100, "-wide"),
    ]
    BINDINGS = [Binding("ctrl+q", "leave", "Quit", show=False, priority=True)]  # noqa: RUF012

    def __init__(
        self, path: str | None = None, *, stage: str | None = None, settings: Settings | None = None
    ) -> None:
        super().__init__()
        self._first_path = path
        self._first_stage = stage
        self.settings = settings if settings is not None else load_settings()
        self._workshop: Workshop | None = None
        for theme in THEMES:
            self.register_theme(theme)
        known = {theme.name for theme in THEMES} | set(self.available_themes)
        self.theme = self.settings.theme if self.settings.theme in known else THEMES[0].name

    # The session

    @property
    def workshop(self) -> Workshop:
        """The open session."""
        assert self._workshop is not None, "a stage is shown only while a session is open"
        return self._workshop

    @property
    def has_session(self) -> bool:
        return self._workshop is not None

    async def on_mount(self) -> None:
        from prioritizer.tui.screens.home import HomeScreen

        if self._first_path is None:
            await self.push_screen(HomeScreen())
            return
        path = self._first_path
        if not await self.open_session(lambda: _open(path), stage=self._first_stage):
            await self.push_screen(HomeScreen())

    async def open_session(self, opener: Callable[[], Workshop], *, stage: str | None = None) -> bool:
        """Opens a session off the event loop and shows it; whether that worked."""
        try:
            workshop = await asyncio.to_thread(opener)
        except PrioritizerError as error:
            self.problem(error)
            return False
        self._drop_session()
        self._workshop = workshop
        self.settings = self.settings.remembering(workshop.path, workshop.snapshot.title)
        await asyncio.to_thread(save_settings, self.settings)
        await self.go_to(stage or suggested_stage(workshop))
        return True

    def _drop_session(self) -> None:
        if self._workshop is not None:
            self._workshop.close()
            self._workshop = None

    async def close_session(self) -> None:
        """Back to the home screen."""
        from prioritizer.tui.screens.home import HomeScreen

        await self._show_screen(HomeScreen())
        self._drop_session()

    async def go_to(self, stage: str) -> None:
        """Shows a stage."""
        from prioritizer.tui.screens import stage_screen

        await self._show_screen(stage_screen(stage))

    async def _show_screen(self, screen: Screen[object]) -> None:
        # One screen above the base at any time; a fresh one reads the session as it is now.
        if len(self.screen_stack) > 1:
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)

    async def action_leave(self) -> None:
        """Ends the app; everything acknowledged is saved already."""
        self._drop_session()
        self.exit(0)

    async def on_unmount(self) -> None:
        self._drop_session()

    # Saying things

    def say(self, words: str) -> None:
        """A short message that goes away by itself."""
        self.notify(clean_text(words, limit=400), markup=False, timeout=4)

    def problem(self, error: PrioritizerError | str) -> None:
        """One sentence about what went wrong and what to do."""
        title = error.title if isinstance(error, PrioritizerError) else "Not now"
        severity: Literal["error", "warning"] = "error" if isinstance(error, PrioritizerError) else "warning"
        self.notify(
            clean_text(str(error), limit=600),
            title=title,
            severity=severity,
            markup=False,
            timeout=8,
        )

    def remember_theme(self) -> None:
        """Keeps the theme for the next start."""
        self.settings = self.settings.model_copy(update={"theme": self.theme})
        save_settings(self.settings)


def suggested_stage(workshop: Workshop) -> str:
    """Where a session goes on: the first stage that still waits for something."""
    snapshot = workshop.snapshot
    live = list(snapshot.live())
    if not live:
        return "frame" if not snapshot.purpose else "collect"
    questions = [g.id for g in snapshot.preset.questions]
    if any(gate not in u.gates for u in live for gate in questions):
        return "gate"
    if any(255 in u.levels for u in live):
        return "rate"
    return "rank"


def plain(text: str) -> Content:
    """Outside text as content that is never read as markup."""
    return Content(text)


def _open(path: str) -> Workshop:
    from prioritizer.workshop.service import Workshop

    return Workshop.open(path)


def run_app(path: str | None = None, *, stage: str | None = None) -> int:
    """Runs the app until it is left.

    Args:
        path: A session file; none for the home screen.
        stage: Id of the stage to show first.

    Returns:
        The exit code.

    Raises:
        PrioritizerError: The terminal cannot show it, or the file is refused.
    """
    if os.environ.get("TERM") == "dumb":
        raise PrioritizerError(
            "This terminal (TERM=dumb) cannot show the app; use `prioritizer rank FILE` and the other "
            "commands, or another terminal."
        )
    if stage is not None and stage not in STAGE_IDS:
        raise PrioritizerError(f"There is no stage of that name; there are {', '.join(STAGE_IDS)}.")
    if path is not None:
        _open(path).close()  # a refused file is a sentence in the shell, not a screen that appears and goes
    result = PrioritizerApp(str(Path(path)) if path is not None else None, stage=stage).run()
    return result if result is not None else 0
