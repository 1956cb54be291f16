"""The screen of a stage, with the actions that every stage has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.tui.actions import STAGE_IDS
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.screens.stage_core import StageCore
from prioritizer.tui.widgets.stagebar import CLOCK, StageBar

if TYPE_CHECKING:
    from prioritizer.tui.screens.this_file import FileScreen


class StageScreen(StageCore):
    """A screen of one stage of the open session; see `StageCore`."""

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
                self.prioritizer.say(
                    hint("Private screen, until {app.private} again: lowest and highest are named now.")
                )

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
