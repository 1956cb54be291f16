"""A screen above a stage that shows the session as it changes; it closes back to the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.tui.screens.base import StageScreen

if TYPE_CHECKING:
    from textual.screen import Screen


class AboveScreen(StageScreen):
    """Like a stage, it follows every edit, also those of another process; it has no stage bar."""

    def show_bar(self, saved: str = "saved") -> None:
        """There is none here."""

    def show_saving(self) -> None:
        """There is none here."""

    def minute_over(self) -> None:
        """Nothing here tells the time."""

    def replace_with(self, screen: Screen[object]) -> None:
        """Another one in its place; whoever opened the first waits for the last."""
        self.app.switch_screen(screen)
