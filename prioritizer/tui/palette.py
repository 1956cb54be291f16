"""The command palette: what can be done here, with its key, and nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.worker import Worker

from prioritizer.tui.actions import Action, actions_for
from prioritizer.tui.actions.hints import written
from prioritizer.tui.screens.action_screen import ActionScreen

if TYPE_CHECKING:
    from prioritizer.tui.app import PrioritizerApp


class Palette(CommandPalette):
    """Textual's own. What goes wrong in its search, as when it is closed meanwhile, ends the search and not the session."""

    def run_worker(self, *args: Any, **kwargs: Any) -> Worker[Any]:
        return super().run_worker(*args, **{**kwargs, "exit_on_error": False})


class ActionsProvider(Provider):
    """Actions of the screen below the palette."""

    def _here(self) -> list[Action]:
        screen = self.screen
        if not isinstance(screen, ActionScreen) or not screen.is_attached:
            return []  # the stage was left while the palette looked
        return [a for a in actions_for(screen.name_in_table) if screen.why_not(a.id) is None]

    async def discover(self) -> Hits:
        for action in self._here():
            yield DiscoveryHit(
                self._shown(action), self._runner(action), text=action.text, help=action.tooltip
            )

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for action in self._here():
            score = max(matcher.match(action.text), matcher.match(action.tooltip) * 0.8)
            if score > 0:
                yield Hit(
                    score, self._shown(action), self._runner(action), text=action.text, help=action.tooltip
                )

    def _runner(self, action: Action) -> Callable[[], Awaitable[None]]:
        screen = self.screen
        assert isinstance(screen, ActionScreen)

        async def run() -> None:
            if screen.is_attached:
                await screen.action_run(action.id)

        return run

    def _shown(self, action: Action) -> Content:
        keys = written(action.keys_shown(cast("PrioritizerApp", self.app).keymap))
        return Content.assemble(action.text, (f"  {keys}" if keys else "", "$text-muted"))
