"""A line of keys in a dialog: what can be pressed, and clicked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from prioritizer.text.width import cell_width
from prioritizer.tui.actions.hints import written

Key = tuple[str, str, str]
"""(key as written, what it does, action of the screen; "" where it is only said)."""


class KeyLine(Widget):
    """Shows keys with words; a click on one does what the key does."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine { height: 1; background: $panel; }
    KeyLine > .keyline--key { color: $footer-key-foreground; text-style: bold; }
    KeyLine > .keyline--text { color: $text-muted; }
    """
    COMPONENT_CLASSES = {"keyline--key", "keyline--text"}  # noqa: RUF012  # Textual's own convention

    def __init__(self, keys: Sequence[Key], *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._keys = tuple(keys)
        self._places: list[tuple[int, int, str]] = []

    def show(self, keys: Sequence[Key]) -> None:
        """Shows other keys."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.refresh()

    async def on_click(self, event: events.Click) -> None:
        for start, end, action in self._places:
            if start <= event.x < end and action:
                await self.screen.run_action(action)
                return

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        key_style = base + self.get_component_rich_style("keyline--key", partial=True)
        text_style = base + self.get_component_rich_style("keyline--text", partial=True)
        self._places.clear()
        parts: list[Segment] = []
        x = 0
        for sign, text, action in self._keys:
            key = written(sign)
            width = cell_width(key) + cell_width(text) + 4
            parts += [Segment(f"{key} ", key_style), Segment(f"{text}   ", text_style)]
            self._places.append((x, x + width - 3, action))
            x += width
        return Strip(parts).adjust_cell_length(self.size.width, base)
