"""What every screen shares: its keys and what they do come from the table of actions."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, ClassVar, cast

from textual.message import Message
from textual.screen import Screen

from prioritizer.errors import PrioritizerError
from prioritizer.tui.actions import actions_for, find_action
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.background import spoken_of

if TYPE_CHECKING:
    from prioritizer.tui.app import PrioritizerApp


class ActionScreen(Screen[object]):
    """A screen whose keys come from the table of actions."""

    name_in_table: ClassVar[str] = ""
    purpose: ClassVar[str] = ""
    """What the screen is for, in a sentence for ``?``."""
    AUTO_FOCUS = ""

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self.theme_changed())
        for action in actions_for(self.name_in_table):
            # A user's key for what has none of its own: there is no binding that Textual could move.
            if not action.keys and (keys := self.prioritizer.keymap.get(action.id)):
                self._bindings.bind(keys, f"run('{action.id}')", action.text, show=False)

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
        self.prioritizer.refusals_over()
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
            HelpScreen(self.name_in_table, hint(self.purpose), keymap=keymap, reasons=reasons), chosen
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
