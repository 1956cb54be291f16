"""The projector's window: an app of its own that shows one session and changes nothing."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from prioritizer.errors import PrioritizerError
from prioritizer.tui.actions.hints import hint, keys_in_words, use_keymap
from prioritizer.tui.actions.present import PRESENT
from prioritizer.tui.driver import driver_class
from prioritizer.tui.screens.present_rows import slide_rows, waiting_rows
from prioritizer.tui.terminal import STOPPED, lacks_signs, on_signals
from prioritizer.tui.themes import THEMES, for_terminal
from prioritizer.tui.widgets.painted import Drawing, Painted
from prioritizer.workshop.presenting import Presenter
from prioritizer.workshop.settings import load_settings

EVERY = 0.4
"""Seconds between two looks at the file; with a load, a change is on the wall within a second."""


class PresentScreen(Screen[None]):
    """The slide, from edge to edge."""

    CSS = "PresentScreen > Painted { height: 1fr; }"
    BINDINGS: ClassVar = [
        Binding(a.keys, f"app.run('{a.id}')", a.text, tooltip=a.tooltip, id=a.id) for a in PRESENT
    ]

    def __init__(self, presenter: Presenter) -> None:
        super().__init__()
        self._presenter = presenter

    def compose(self) -> ComposeResult:
        yield Painted(self._paint, id="slide")

    def _paint(self, width: int, height: int) -> Drawing:
        slide, trouble = self._presenter.slide(), bool(self._presenter.trouble)
        state = self._presenter.state()
        if slide is None:
            return Drawing(waiting_rows(state, width, height))
        if not trouble:
            state = hint("read-only · {present.close} closes · {present.theme} theme")
        return Drawing(slide_rows(slide, state, trouble, width, height))

    def repaint(self) -> None:
        """Shows the slide as it is now; only lines that changed are drawn."""
        self.query_one("#slide", Painted).repaint()


class PresentApp(App[int]):
    """Follows a session file."""

    TITLE = "Prioritizer"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [Binding("ctrl+q", "leave", "Quit", show=False, priority=True)]  # noqa: RUF012  # Textual's own convention

    def __init__(self, presenter: Presenter, *, every: float | None = EVERY, theme: str = "") -> None:
        """An app.

        Args:
            presenter: What it shows.
            every: Seconds between two looks; none where a test says when.
            theme: Name of a theme; the settings' one if empty.
        """
        super().__init__(driver_class=driver_class())
        self._presenter = presenter
        self._every = every
        self._looking = False
        for each in THEMES:
            self.register_theme(each)
        settings = load_settings()
        self.set_keymap(use_keymap(settings.keymap))
        wanted = theme or settings.theme
        self.theme = wanted if wanted in {t.name for t in THEMES} else THEMES[0].name

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        variables.update(for_terminal(self.current_theme, self.console.color_system, self.no_color))
        return variables

    async def on_mount(self) -> None:
        if not self.is_headless:
            on_signals(self._told_to_stop)
        keys_in_words(lacks_signs())
        await self.push_screen(PresentScreen(self._presenter))
        await self.look()
        if self._every is not None:
            self.set_interval(self._every, self.look)

    async def look(self) -> None:
        """Looks at the file, off the event loop, and shows what is there."""
        if self._looking:
            return  # a slow disk: the look before is still under way
        self._looking = True
        try:
            await asyncio.to_thread(self._presenter.look)
        finally:
            self._looking = False
        if isinstance(self.screen, PresentScreen):
            # Also where nothing is new: the timer goes on.
            self.screen.repaint()

    def action_run(self, action_id: str) -> None:
        if action_id == "present.close":
            self.action_leave()
            return
        names = [t.name for t in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def action_leave(self) -> None:
        self.exit(0)

    def action_help_quit(self) -> None:
        self.exit(0)

    def _told_to_stop(self, number: int) -> None:
        self.exit(STOPPED + number)

    def _fatal_error(self) -> None:
        # Textual would print a traceback with the values of all variables: titles, names, answers.
        from prioritizer.workshop.logbook import log_error

        if self._exception is not None:
            log_error(self._exception, "present")
        self._close_messages_no_wait()


def run_present(path: str) -> int:
    """Runs the window until it is closed.

    Returns:
        The exit code.

    Raises:
        PrioritizerError: The terminal cannot show it, or the file is refused.
    """
    from prioritizer.tui.terminal import check_terminal

    check_terminal()
    presenter = Presenter(path)
    try:
        presenter.first_look()
        app = PresentApp(presenter)
        result = app.run()
    finally:
        presenter.close()
    if app._exception is not None:
        raise PrioritizerError(
            f"The window made a mistake of its own and had to stop ({type(app._exception).__name__}). "
            "It writes nothing, so the session is as it was: open the window again."
        ) from app._exception
    return result if result is not None else 0
