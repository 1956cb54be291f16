"""What every screen of a session shares: showing it after each change, carrying out commands, the stage bar."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from prioritizer.errors import PrioritizerError
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.background import start
from prioritizer.tui.screens.action_screen import ActionScreen
from prioritizer.tui.screens.stage_clock import StageClock
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.stagebar import StageBar

if TYPE_CHECKING:
    from prioritizer.tui.screens.form import Ask
    from prioritizer.workshop.commands.base import Command
    from prioritizer.workshop.service import Done, Workshop


def way_back(verb: str) -> str:
    """What stands behind the words of an undo: a wrong key may have been that one."""
    return hint(" · {app.redo} does it again") if verb == "undid" else ""


class StageCore(ActionScreen):
    """A screen of one stage of the open session.

    A stage composes its body in `compose_body` and shows the session in `show_session`,
    which runs when it comes up and after every change, whoever made it. The `on_mount` of a stage
    runs before the one here; Textual calls both, so that it must not call this one itself.
    """

    @property
    def workshop(self) -> Workshop:
        return self.prioritizer.workshop

    stage: ClassVar[str] = ""
    """The stage that it belongs to, where it is not one itself."""

    @cached_property
    def stage_clock(self) -> StageClock:
        """Tells when the timer says something else."""
        return StageClock(self)

    def compose(self) -> ComposeResult:
        yield StageBar(self.stage or self.name_in_table, id="stage-bar")
        yield from self.compose_body()
        yield KeyBar(self.name_in_table)

    def compose_body(self) -> ComposeResult:
        """The widgets between stage bar and footer."""
        yield from ()

    def show_session(self) -> None:
        """Shows the snapshot as it is now."""

    def on_mount(self) -> None:
        self.show_bar()
        self.show_session()
        self.stage_clock.tick()

    def on_screen_resume(self) -> None:
        # A dialog above may have changed the session; another process may have, too.
        start(self, "catch-up", self._catch_up)

    async def _catch_up(self) -> None:
        try:
            if await asyncio.to_thread(self.workshop.refresh):
                self.session_changed()
        except PrioritizerError as error:
            self.prioritizer.problem(error)
        except RuntimeError:
            return  # closed while it waited

    def theme_changed(self) -> None:
        self.call_after_refresh(self.session_changed)

    def session_changed(self) -> None:
        """After a change: bar and body show it."""
        if not self.is_attached or not self.prioritizer.has_session:
            return  # left while the change was on its way to the disk
        self.show_bar()
        self.stage_clock.follow()
        self.show_session()

    def show_bar(self, saved: str = "saved") -> None:
        """Title and save state in the stage bar."""
        self.query_one("#stage-bar", StageBar).show(
            self.workshop.snapshot.title,
            saved,
            private=self.prioritizer.private_screen,
            time=self.stage_clock.told(),
        )

    def minute_over(self) -> None:
        """The timer says something else."""
        self.show_bar()

    def show_saving(self) -> None:
        """Something is on its way to the disk."""
        self.query_one("#stage-bar", StageBar).saving()

    async def carry_out(self, command: Command, *, say: bool = False) -> Done | None:
        """Does a command off the event loop; what it did, or none when it was refused.

        "saving" stands in the stage bar until it is durable.
        """
        self.show_saving()
        return await self._wait(self.workshop.submit(command), "did" if say else "")

    async def _wait(self, future: Future[Done], verb: str) -> Done | None:
        try:
            done = await asyncio.wrap_future(future)
        except PrioritizerError as error:
            self.session_changed()
            self.prioritizer.problem(error)
            return None
        except Exception as error:  # a command that breaks must not end the session
            self.session_changed()
            self.prioritizer.mishap(error, "command")
            return None
        self.session_changed()
        if verb and done.words:
            extra = f" ({done.skipped} later changes kept)" if done.skipped else ""
            self.prioritizer.say(f"{verb}: {done.words}{extra}{way_back(verb)}")
        return done

    def ask(self, ask: Ask) -> None:
        """Shows a form, and carries out what its values mean."""

        async def answered(values: dict[str, str] | None) -> None:
            if values is not None:
                await self.carry_out(ask.command(values))

        self.app.push_screen(ask.form(), answered)

    def bring_back(self, draft: str, offer: Callable[[str], None]) -> None:
        """Offers what was half typed when the program ended last, where there is such a draft."""

        async def look() -> None:
            try:
                text = (await asyncio.to_thread(self.workshop.drafts)).get(draft, "")
            except (PrioritizerError, RuntimeError):
                return
            if text and self.is_attached:
                offer(text)

        start(self, f"draft {draft}", look)

    def screen_text(self) -> str:
        """What the screen shows, as plain text to copy."""
        return ""
