"""Words to read: wrapped to the width, scrolled, never read as markup."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from prioritizer.text.width import wrap
from prioritizer.tui.styles import style_of

Paragraph = tuple[str, str] | tuple[str, str, str]
"""(text, role), or (lead, text, role): the lead stands at the left and the text hangs beside it."""

LEAD = "lead-"
"""A role that begins so is the lead's alone."""


class TextPane(Widget, can_focus=True):
    """Paragraphs with roles (`styles.style_of`).

    It changes with every step of a cursor elsewhere. Textual's own scroll view lays the whole
    screen out again for that; here only these lines are drawn.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TextPane { background: $surface; height: 1fr; }
    """
    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("up,k", "by(-1)", "Up", show=False),
        Binding("down,j", "by(1)", "Down", show=False),
        Binding("pageup", "pages(-1)", "Page up", show=False),
        Binding("pagedown,space", "pages(1)", "Page down", show=False),
        Binding("home", "by(-100000)", "Top", show=False),
        Binding("end", "by(100000)", "Bottom", show=False),
    ]

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002  # Textual's own name
        classes: str | None = None,
        can_focus: bool = True,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.can_focus = can_focus
        self._paragraphs: list[Paragraph] = []
        self._lines: list[tuple[str, str, str]] = []
        self._wrapped_at = -1
        self._first = 0

    def show(self, paragraphs: Sequence[Paragraph], *, keep_place: bool = False) -> None:
        """Replaces the words; goes to their beginning unless the place is to be kept."""
        if list(paragraphs) == self._paragraphs:
            return
        self._paragraphs = list(paragraphs)
        self._wrapped_at = -1
        if not keep_place:
            self._first = 0
        # Only a pane that is as high as its words makes the screen lay itself out again.
        self.refresh(layout=self.styles.is_auto_height)

    @property
    def plain(self) -> str:
        """All of it as plain text."""
        return "\n".join("".join(p[:-1]).rstrip() for p in self._paragraphs)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines that the words need; Textual asks where the height is *auto*."""
        return sum(len(_hang(p, max(1, width - 1))) for p in self._paragraphs)

    def action_by(self, lines: int) -> None:
        self._to(self._first + lines)

    def action_pages(self, pages: int) -> None:
        self._to(self._first + pages * max(1, self.size.height - 1))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._to(self._first + 2)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._to(self._first - 2)

    def _to(self, first: int) -> None:
        last = max(0, len(self._lines) - self.size.height)
        first = max(0, min(first, last))
        if first != self._first:
            self._first = first
            self.refresh()

    def _wrap(self) -> None:
        width = self.size.width - 1  # the last column says whether there is more
        if width < 1 or width == self._wrapped_at:
            return
        self._wrapped_at = width
        self._lines = [line for paragraph in self._paragraphs for line in _hang(paragraph, width)]
        self._first = max(0, min(self._first, len(self._lines) - self.size.height))

    def render_line(self, y: int) -> Strip:
        self._wrap()
        width = self.size.width
        base = self.rich_style
        row = y + self._first
        strip = self._strip(*self._lines[row], base) if row < len(self._lines) else Strip.blank(width, base)
        more = self._more(y)
        if not more or width < 2:
            return strip.adjust_cell_length(width, base)
        named = style_of(self.app, "accent")
        mark = Strip([Segment(more, base + Style.parse(named) if named else base)])
        return Strip.join([strip.adjust_cell_length(width - 1, base), mark])

    def _more(self, y: int) -> str:
        """A sign in the last column: there are lines above the first one, or below the last."""
        if y == 0 and self._first > 0:
            return "▲"
        below = self._first + self.size.height < len(self._lines)
        return "▼" if below and y == self.size.height - 1 else ""

    def _strip(self, lead: str, text: str, role: str, base: Style) -> Strip:
        named = style_of(self.app, role.removeprefix(LEAD))
        style = base + Style.parse(named) if named else base
        only_lead = role.startswith(LEAD)
        strong = (style if only_lead else base) + Style(bold=True)
        return Strip([Segment(lead, strong), Segment(text, base if only_lead else style)])


def _hang(paragraph: Paragraph, width: int) -> list[tuple[str, str, str]]:
    if len(paragraph) == 2:
        text, role = paragraph
        return [("", line, role) for line in wrap(text, width)]
    lead, text, role = paragraph
    lines = wrap(text, max(8, width - len(lead)))
    return [(lead if i == 0 else " " * len(lead), line, role) for i, line in enumerate(lines)]
