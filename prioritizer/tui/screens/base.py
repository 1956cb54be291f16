"""What every screen shares: actions from the table, carrying out commands, the stage bar."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from concurrent.futures import Future
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen

from prioritizer.errors import PrioritizerError
from prioritizer.tui.actions import STAGE_IDS, actions_for, find_action
from prioritizer.tui.background import spoken_of, start
from prioritizer.tui.screens.stage_clock import StageClock
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.stagebar import CLOCK, StageBar

if TYPE_CHECKING:
    from prioritizer.tui.app import PrioritizerApp
    from prioritizer.tui.screens.form import Ask
    from prioritizer.tui.screens.this_file import FileScreen
    from prioritizer.workshop.commands.base import Command
    from prioritizer.workshop.service import Done, Workshop


class ActionScreen(Screen[object]):
    """A screen whose keys come from the table of actions."""

    name_in_table: ClassVar[str] = ""
    purpose: ClassVar[str] = ""
    """What the screen is for, in a sentence for ``?``."""
    AUTO_FOCUS = ""

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self.theme_changed())

    def on_unmount(self) -> None:
        # What is called holds this screen, and would hold it as long as the app runs.
        self.app.theme_changed_signal.unsubscribe(self)

    def theme_changed(self) -> None:
        """Words that were styled with the old theme are to be styled again."""
        self.refresh()

    @property
    def prioritizer(self) -> PrioritizerApp:
        return cast("PrioritizerApp", self.app)

    def why_not(self, action_id: str) -> str | None:
        """Why an action cannot be done now, in a sentence; none when it can."""
        return None

    async def _dispatch_message(self, message: Message) -> None:
        # Textual ends the whole app when one handler of a screen fails.
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            if self in self.app.screen_stack:  # one that was left may miss the session it showed
                self.prioritizer.mishap(error, f"{self.name_in_table} {type(message).__name__}")

    async def action_run(self, action_id: str) -> None:
        """Carries an action out, or says why not."""
        try:
            reason = self.why_not(action_id)
            if reason is not None:
                self.prioritizer.problem(reason)
                return
            action = find_action(action_id)
            result = getattr(self, action.method)()
            if inspect.isawaitable(result):
                with spoken_of(self.prioritizer, f"{action.text} …"):
                    await result
        except PrioritizerError as error:
            self.prioritizer.problem(error)
        except Exception as error:  # one action that fails must not take the session's screen away
            self.prioritizer.mishap(error, action_id)

    def do_app_help(self) -> None:
        from prioritizer.tui.screens.help import HelpScreen

        def chosen(action_id: object) -> None:
            if action_id:
                self.call_later(self.action_run, str(action_id))

        reasons = {a.id: reason for a in actions_for(self.name_in_table) if (reason := self.why_not(a.id))}
        keymap = self.prioritizer.keymap
        self.app.push_screen(
            HelpScreen(self.name_in_table, self.purpose, keymap=keymap, reasons=reasons), chosen
        )

    def do_app_theme(self) -> None:
        from prioritizer.tui.themes import THEMES

        names = [t.name for t in THEMES]
        here = names.index(self.app.theme) if self.app.theme in names else -1
        self.app.theme = names[(here + 1) % len(names)]
        self.prioritizer.remember_theme()
        self.prioritizer.say(f"Theme: {THEMES[(here + 1) % len(names)].name.removeprefix('prioritizer-')}")

    async def do_app_quit(self) -> None:
        await self.prioritizer.action_leave()


class StageScreen(ActionScreen):
    """A screen of one stage of the open session.

    A stage composes its body in `compose_body` and shows the session in `show_session`,
    which runs after every change, whoever made it.
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
            self.prioritizer.say(f"{verb}: {done.words}{extra}")
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

    # Actions that every stage has

    async def do_app_undo(self) -> None:
        await self._wait(self.workshop.submit_undo(), "undid")

    async def do_app_redo(self) -> None:
        await self._wait(self.workshop.submit_redo(), "did again")

    async def do_app_next_stage(self) -> None:
        await self._go_by(1)

    async def do_app_previous_stage(self) -> None:
        await self._go_by(-1)

    async def _go_by(self, step: int) -> None:
        place = STAGE_IDS.index(self.stage or self.name_in_table) + step
        if not 0 <= place < len(STAGE_IDS):
            edge = "last" if step > 0 else "first"
            self.prioritizer.problem(f"This is the {edge} stage.")
            return
        await self.prioritizer.go_to(STAGE_IDS[place])

    async def do_app_frame(self) -> None:
        await self.prioritizer.go_to("frame")

    async def do_app_collect(self) -> None:
        await self.prioritizer.go_to("collect")

    async def do_app_gate(self) -> None:
        await self.prioritizer.go_to("gate")

    async def do_app_rate(self) -> None:
        await self.prioritizer.go_to("rate")

    async def do_app_rank(self) -> None:
        await self.prioritizer.go_to("rank")

    async def do_app_shortlist(self) -> None:
        await self.prioritizer.go_to("shortlist")

    async def do_app_close(self) -> None:
        await self.prioritizer.close_session()

    def do_app_private(self) -> None:
        """Turns it off at once; turns it on once that was confirmed."""
        if self.prioritizer.private_screen:
            self._set_private(False)
            self.prioritizer.say("The screen counts as projected again: no name stands beside an answer.")
            return
        from prioritizer.tui.screens.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self._set_private(True)
                self.prioritizer.say("Private screen, until F9 again: lowest and highest are named now.")

        self.app.push_screen(
            Confirm(
                "Private screen",
                "Is this screen seen by nobody but you? Take the projector off it first. Then it names "
                "who gave the lowest and the highest level of what was revealed.",
                "nobody else sees it",
            ),
            answered,
        )

    def _set_private(self, private: bool) -> None:
        self.prioritizer.private_screen = private
        self.session_changed()

    def do_app_clock(self) -> None:
        from prioritizer.tui.screens.clock import ClockScreen

        self.app.push_screen(ClockScreen(), self._sent_to)

    def do_app_agreement(self) -> None:
        from prioritizer.tui.screens.agreement import AgreementScreen

        self.app.push_screen(AgreementScreen(), self._sent_to)

    def _sent_to(self, stage: object) -> None:
        self.session_changed()
        if stage:
            self.call_later(self.prioritizer.go_to, str(stage))

    def do_app_history(self) -> None:
        from prioritizer.tui.screens.history import HistoryScreen

        self.app.push_screen(HistoryScreen())

    def do_app_file(self) -> None:
        from prioritizer.tui.screens.this_file import FileScreen

        self.show_file(FileScreen())

    def show_file(self, screen: FileScreen) -> None:
        """The file's own screen; afterwards this one shows what it has changed."""

        def closed(path: str | None) -> None:
            if path is not None:
                self.call_later(self.prioritizer.open_path, path)
            else:
                self.session_changed()

        self.app.push_screen(screen, closed)

    def do_app_merge(self) -> None:
        from prioritizer.tui.screens.this_file import FileScreen

        screen = FileScreen()
        self.show_file(screen)
        screen.call_after_refresh(screen.action_merge)

    def do_app_settle(self) -> None:
        from prioritizer.tui.screens.settle import SettleScreen

        self.app.push_screen(SettleScreen(), lambda _: self.session_changed())

    def screen_text(self) -> str:
        """What the screen shows, as plain text to copy."""
        return ""

    def do_app_copy(self) -> None:
        text = self.screen_text()
        if not text:
            self.prioritizer.problem("There is nothing on this screen to copy.")
            return
        self.app.copy_to_clipboard(text)
        self.prioritizer.say("Copied, if your terminal allows it; Shortlist can write a file.")

    def on_stage_bar_picked(self, event: StageBar.Picked) -> None:
        if event.stage == CLOCK:
            self.do_app_clock()
            return
        self.call_later(self.prioritizer.go_to, event.stage)
