"""Words to read: wrapped to the width, scrolled, never read as markup."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from prioritizer.text.width import wrap
from prioritizer.tui.styles import style_of

Paragraph = tuple[str, str] | tuple[str, str, str]
"""(text, role), or (lead, text, role): the lead stands at the left and the text hangs beside it."""


LEAD = "lead-"
"""A role that begins so is the lead's alone."""


class TextPane(ScrollView, can_focus=True):
    """Paragraphs with roles (`styles.style_of`); only lines on the screen are drawn."""

    DEFAULT_CSS = """
    TextPane { background: $surface; scrollbar-size-vertical: 1; overflow-x: hidden; height: 1fr; }
    """
    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("up,k", "scroll_up", "Up", show=False),
        Binding("down,j", "scroll_down", "Down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown,space", "page_down", "Page down", show=False),
        Binding("home", "scroll_home", "Top", show=False),
        Binding("end", "scroll_end", "Bottom", show=False),
    ]

    def __init__(self, *, id: str | None = None, can_focus: bool = True) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self.can_focus = can_focus
        self._paragraphs: Sequence[Paragraph] = ()
        self._lines: list[tuple[str, str, str]] = []
        self._wrapped_at = -1

    def show(self, paragraphs: Sequence[Paragraph], *, keep_place: bool = False) -> None:
        """Replaces the words; goes to their beginning unless the place is to be kept."""
        if list(paragraphs) == list(self._paragraphs):
            return
        self._paragraphs = list(paragraphs)
        self._wrapped_at = -1
        self._wrap()
        if not keep_place:
            self.scroll_to(y=0, animate=False)
        self.refresh()

    @property
    def plain(self) -> str:
        """All of it as plain text."""
        return "\n".join("".join(p[:-1]).rstrip() for p in self._paragraphs)

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width
        if width < 1 or width == self._wrapped_at:
            return
        self._wrapped_at = width
        self._lines = [line for paragraph in self._paragraphs for line in _hang(paragraph, width)]
        self.virtual_size = Size(width, len(self._lines))

    def on_resize(self) -> None:
        self._wrap()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        self._wrap()
        base = self.rich_style
        row = y + round(self.scroll_y)
        if not 0 <= row < len(self._lines):
            return Strip.blank(self.size.width, base)
        lead, text, role = self._lines[row]
        only_lead = role.startswith(LEAD)
        named = style_of(self.app, role.removeprefix(LEAD))
        style = base + Style.parse(named) if named else base
        strong = (style if only_lead else base) + Style(bold=True)
        strip = Strip([Segment(lead, strong), Segment(text, base if only_lead else style)])
        return strip.adjust_cell_length(self.size.width, base)


def _hang(paragraph: Paragraph, width: int) -> list[tuple[str, str, str]]:
    if len(paragraph) == 2:
        text, role = paragraph
        return [("", line, role) for line in wrap(text, width)]
    lead, text, role = paragraph
    lines = wrap(text, max(8, width - len(lead)))
    return [(lead if i == 0 else " " * len(lead), line, role) for i, line in enumerate(lines)]
