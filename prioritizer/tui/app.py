"""The app: holds the open session, shows one screen a stage, and says what went wrong."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import gc
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast
from weakref import WeakSet

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.worker import WorkerCancelled, WorkerFailed

from prioritizer.errors import PrioritizerError
from prioritizer.tui.actions import all_actions
from prioritizer.tui.actions.hints import key_of, keys_in_words, use_keymap
from prioritizer.tui.background import spoken_of, start
from prioritizer.tui.driver import driver_class
from prioritizer.tui.screens.small import SmallScreen, too_small
from prioritizer.tui.telling import Telling
from prioritizer.tui.terminal import HANGUP, STOPPED, lacks_signs, on_signals
from prioritizer.tui.themes import THEMES, for_terminal
from prioritizer.workshop.settings import Settings, load_settings, save_settings

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.command import Provider
    from textual.dom import DOMNode
    from textual.screen import Screen

    from prioritizer.tui.drafts import DraftKeeper
    from prioritizer.workshop.service import Workshop


def _palette() -> type[Provider]:
    """The palette's part, loaded when it is first opened."""
    from prioritizer.tui.palette import ActionsProvider

    return ActionsProvider


class PrioritizerApp(Telling):
    """Prioritizer in a terminal."""

    TITLE = "Prioritizer"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {_palette}  # noqa: RUF012  # Textual's own convention
    COMMAND_PALETTE_BINDING = "ctrl+p"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-narrow"),
        (116, "-wide"),
    ]
    BINDINGS = [Binding("ctrl+q", "leave", "Quit", show=False, priority=True)]  # noqa: RUF012

    def __init__(
        self,
        path: str | None = None,
        *,
        stage: str | None = None,
        settings: Settings | None = None,
        workshop: Workshop | None = None,
    ) -> None:
        """An app.

        Args:
            path: A session to open when the app is there; none for the home screen.
            stage: Id of the stage to show first.
            settings: The user's settings; read from their file if none are given.
            workshop: A session that is open already, instead of ``path``.
        """
        if workshop is not None and stage is None:
            stage = suggested_stage(workshop)
        # The sheet of the first screen stands beside the app's own: one that comes later has all be read again.
        first = "home" if workshop is None or stage is None else stage
        super().__init__(driver_class=driver_class(), css_path=["app.tcss", f"screens/{first}.tcss"])
        self._first_path = path
        self._first_stage = stage
        self.settings = settings if settings is not None else load_settings()
        self._workshop = workshop
        self.keymap: Mapping[str, str] = {}
        """The user's own keys by action id; only actions that exist."""
        self.place: dict[str, str] = {}
        """Where the cursor stood, for screens to come back to: ``use_case`` is shared by all stages."""
        self.marks: set[str] = set()
        """Use cases that are marked, by id: they stay so from stage to stage."""
        self.private_screen = False
        """Declared by the facilitator: nobody else sees this screen, so names may stand beside answers."""
        self.keepers: WeakSet[DraftKeeper] = WeakSet()
        """Half-typed texts that may still wait to be written."""
        self._keys = 0
        """Keys and pastes so far: what comes up by itself stands back while somebody types."""
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_with(self.settings.theme)

    def _begin_with(self, name: str) -> None:
        """The theme of the first paint."""
        if name in self.available_themes and name != THEMES[0].name:
            self.theme = name
            return
        # Setting the reactive would read every style sheet a second time before the first paint.
        # Ours is as dark as Textual's own default, so that its colours are all that differs.
        self.set_reactive(App.theme, THEMES[0].name)
        self.set_class(True, f"-theme-{THEMES[0].name}", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        variables.update(for_terminal(self.current_theme, self.console.color_system, self.no_color))
        return variables

    # The session

    @property
    def workshop(self) -> Workshop:
        """The open session."""
        assert self._workshop is not None, "a stage is shown only while a session is open"
        return self._workshop

    @property
    def has_session(self) -> bool:
        return self._workshop is not None

    def get_default_screen(self) -> Screen[object]:
        """The screen at the bottom: home, unless a session comes at once."""
        if self._first_path is None and self._workshop is None:
            return _home()
        return super().get_default_screen()

    async def on_mount(self) -> None:
        if not self.is_headless:
            on_signals(self._told_to_stop)
        keys_in_words(lacks_signs())
        self._take_keymap()
        await self._show_first()

    def on_ready(self) -> None:
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    async def _show_first(self) -> None:
        path = self._first_path
        if self._workshop is not None:
            await self._show_session(self._workshop, self._first_stage)
        elif path is not None:
            if not await self.open_session(lambda: open_workshop(path), stage=self._first_stage):
                await self.push_screen(_home())
        else:
            self._cover_if_small()

    async def open_session(self, opener: Callable[[], Workshop], *, stage: str | None = None) -> bool:
        """Opens a session off the event loop and shows it; whether that worked."""
        try:
            with spoken_of(self, "Opening the session …"):
                workshop = await asyncio.to_thread(opener)
        except PrioritizerError as error:
            self.problem(error)
            return False
        except Exception as error:
            self.mishap(error, "open")
            return False
        self._drop_session()
        self._workshop = workshop
        await self._show_session(workshop, stage)
        return True

    async def _show_session(self, workshop: Workshop, stage: str | None) -> None:
        self.place.clear()
        self.marks = set()
        self.private_screen = False
        await self.go_to(stage or suggested_stage(workshop))
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        shown = workshop.snapshot
        self.settings = self.settings.remembering(workshop.path, shown.title, now, shown.id)
        await asyncio.to_thread(save_settings, self.settings)
        start(self, "file", self._look_around, workshop, self._keys)

    async def _look_around(self, workshop: Workshop, keys: int) -> None:
        """Offers what a file that was just opened should be asked about: conflicts, other copies, its folder."""
        await self._session_shown()
        if workshop is not self._workshop:
            return
        from prioritizer.tui.screens.base import StageScreen
        from prioritizer.tui.screens.this_file import FileScreen, asks_for
        from prioritizer.tui.screens.this_file_rows import FileRows

        try:
            rows = await asyncio.to_thread(FileRows.read, workshop, self.known_copies())
        except (PrioritizerError, RuntimeError):
            return  # gone or closed meanwhile; whoever works on it is told
        if rows.place:
            self.problem(rows.place)
        asked = asks_for(rows)
        if not asked or workshop is not self._workshop:
            return
        screen = self.screen
        if self._keys == keys and isinstance(screen, StageScreen):
            screen.show_file(FileScreen(rows))
        else:  # a dialog must not take keys that were meant for something else
            self.say(f"This file has {asked}: {key_of('app.file')} shows it.")

    async def _session_shown(self) -> None:
        """Waits until the stage has read the session and painted it: only then is there time for more."""
        await self._painted()
        screen = self.screen
        for reading in [w for w in self.workers if w.node is screen]:
            with contextlib.suppress(WorkerFailed, WorkerCancelled):
                await reading.wait()
        await self._painted()

    async def _painted(self) -> None:
        """Waits for the next paint; not for ever, as a screen may go before it is painted."""
        done = asyncio.Event()
        self.call_after_refresh(done.set)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), 1)

    def known_copies(self) -> list[str]:
        """Files opened before that hold the same session as the one that is open."""
        here = self.workshop.snapshot.id
        return [r.path for r in self.settings.recent if r.session == here]

    async def open_path(self, path: str) -> bool:
        """Opens a session in place of the one that is open."""
        return await self.open_session(lambda: open_workshop(path))

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste):
            self._keys += 1
        await super().on_event(event)

    def action_command_palette(self) -> None:
        from prioritizer.tui.palette import Palette

        if self.use_command_palette and not Palette.is_open(cast("App[object]", self)):
            self.push_screen(Palette(id="--command-palette"))

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """As in Textual, but never too early, and no action that breaks ends the app.

        A key can be there before the screen that has just come up has any widget: the screen then does it
        once it has.
        """
        screen = self.screen
        if default_namespace is screen and not screen.is_mounted:
            screen.call_later(self.run_action, action, default_namespace, namespaces)
            return True
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Exception as error:
            self.mishap(error, "action")
            return True

    def _drop_session(self) -> None:
        if self._workshop is not None:
            for keeper in self.keepers:
                keeper.flush()
            self._workshop.close()
            self._workshop = None

    async def close_session(self) -> None:
        """Back to the home screen."""
        await self.show_screen(_home())
        self._drop_session()

    async def go_to(self, stage: str) -> None:
        """Shows a stage."""
        from prioritizer.tui.screens import stage_screen

        await self.show_screen(stage_screen(stage))

    async def show_screen(self, screen: Screen[object]) -> None:
        """Shows a screen in place of the one that is there.

        It is current when this returns, and on the screen a moment later. The old one is not waited
        for: whoever calls this may be one of its own handlers, which has to end first.
        """
        # One screen above the base at any time; a fresh one reads the session as it is now.
        if isinstance(self.screen, SmallScreen):
            self.pop_screen()
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)
        self._cover_if_small()

    async def action_leave(self) -> None:
        """Ends the app; everything acknowledged is saved already."""
        self._drop_session()
        self.exit(0)

    def action_help_quit(self) -> None:
        """Ctrl+C is how people leave other programs: say how one leaves this one."""
        self.say(f"{key_of('app.quit')} quits; everything is saved already.")

    async def on_unmount(self) -> None:
        self._drop_session()

    # The terminal

    def on_resize(self, event: events.Resize) -> None:
        self.call_later(self._cover_if_small)

    def _cover_if_small(self) -> None:
        covered = self.screen if isinstance(self.screen, SmallScreen) else None
        if not too_small(self.size):
            if covered is not None:
                self.pop_screen()
        elif covered is not None:
            covered.show(self.size)
        else:
            self.push_screen(SmallScreen(self.size))

    def terminal_gone(self) -> None:
        """Nobody is at the other end of the terminal any more."""
        self._told_to_stop(HANGUP)

    def _told_to_stop(self, number: int) -> None:
        self._drop_session()
        self.exit(STOPPED + number)

    def _take_keymap(self) -> None:
        known = {action.id for action in all_actions()}
        fixed = {action.id for action in all_actions() if action.fixed}
        self.keymap = use_keymap(self.settings.keymap)
        if self.keymap:
            self.set_keymap(self.keymap)
        if unknown := [i for i in self.settings.keymap if i not in known]:
            self.problem(
                f"Your settings give keys to “{unknown[0]}”, which is no action; docs/keys.md has the ids."
            )
        elif unmoved := [i for i, keys in self.settings.keymap.items() if i in fixed and keys.strip()]:
            self.problem(
                f"Your settings give keys to “{unmoved[0]}”, whose keys are what they say and stay as they are."
            )

    def remember_theme(self) -> None:
        """Keeps the theme for the next start."""
        self.settings = self.settings.with_theme(self.theme)
        save_settings(self.settings)


def _home() -> Screen[object]:
    """A new home screen, which reads the recent sessions as they are now."""
    from prioritizer.tui.screens.home import HomeScreen

    return HomeScreen()


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


def open_workshop(path: str) -> Workshop:
    """Opens a session; the service is loaded only now, after the first paint."""
    from prioritizer.workshop.service import Workshop

    return Workshop.open(path)
