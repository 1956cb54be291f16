"""Shown while the terminal is too small: one sentence instead of a broken screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from prioritizer.tui.actions.hints import key_of

WANTED = (80, 24)
"""Everything has its place from here on."""

SMALLEST = (60, 20)
"""Below this nothing useful can be shown."""


def too_small(size: Size) -> bool:
    """Whether a terminal cannot show the app."""
    return size.width < SMALLEST[0] or size.height < SMALLEST[1]


class SmallScreen(Screen[None]):
    """Covers whatever is open until the window is large enough again."""

    DEFAULT_CSS = """
    SmallScreen { align: center middle; }
    SmallScreen > Static { width: 100%; text-align: center; color: $foreground; }
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self._size = size

    def compose(self) -> ComposeResult:
        yield Static(Content(_sentence(self._size)), id="small-words")

    def show(self, size: Size) -> None:
        """The window has another size, and is still too small."""
        self._size = size
        if self.is_mounted:
            self.query_one("#small-words", Static).update(Content(_sentence(size)))


def _sentence(size: Size) -> str:
    return (
        f"Prioritizer needs {WANTED[0]}×{WANTED[1]}, this is {size.width}×{size.height}: enlarge the window.\n"
        f"Nothing is lost. {key_of('app.quit')} quits."
    )
