"""A pane of styled lines made for its size: reasons in words, pictures. It scrolls where they are more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.binding import Binding
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from prioritizer.charts.segments import Row, rows_text
from prioritizer.tui.styles import strip_of

Make = Callable[[int, int], Sequence[Row]]
"""(width, height) → rows of (text, role)."""


class Pane(ScrollView):
    """Shows what ``make`` gives for its size; `remake` asks again.

    Nothing in it reads markup. With ``can_focus`` it is moved by the arrow keys.
    """

    DEFAULT_CSS = """
    Pane { background: $surface; scrollbar-size-vertical: 1; overflow-x: hidden; }
    """

    virtual_size = Reactive(Size(0, 0))
    """Another number of lines is no reason to lay out the whole screen, as it is in Textual: only a scrollbar
    that comes or goes is one."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("up,k", "by(-1)", "Up", show=False),
        Binding("down,j", "by(1)", "Down", show=False),
        Binding("pageup", "pages(-1)", "Page up", show=False),
        Binding("pagedown,space", "pages(1)", "Page down", show=False),
        Binding("home", "end_of(-1)", "Top", show=False),
        Binding("end", "end_of(1)", "Bottom", show=False),
    ]

    def __init__(
        self,
        make: Make,
        *,
        can_focus: bool = False,
        id: str | None = None,  # noqa: A002  # Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.can_focus = can_focus
        self._make = make
        self._made: list[Row] = []
        self._strips: list[Strip] = []
        self._made_for: tuple[int, int] | None = None

    def remake(self, *, top: bool = True) -> None:
        """Shows the lines as they are now, from the first one."""
        self._made_for = None
        if top:
            self.scroll_to(y=0, animate=False)
        self._fill()

    def text(self) -> str:
        """All of it as plain text, also what is scrolled away."""
        self._fill()
        return rows_text(self._made)

    def action_by(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_y + lines, animate=False)

    def action_pages(self, pages: int) -> None:
        self.action_by(pages * max(1, self.size.height - 1))

    def action_end_of(self, direction: int) -> None:
        self.scroll_to(y=0 if direction < 0 else self.virtual_size.height, animate=False)

    def on_resize(self) -> None:
        self._fill()

    def _fill(self) -> None:
        inside = self.scrollable_content_region
        wanted = (inside.width, inside.height)
        if self._made_for == wanted or not wanted[0]:
            return
        self._made_for = wanted
        self._made = [list(row) for row in self._make(*wanted)]
        before, base = self._strips, self.rich_style
        self._strips = [strip_of(self.app, row, wanted[0], base) for row in self._made]
        size = Size(wanted[0], len(self._made))
        if size != self.virtual_size or len(before) != len(self._strips):
            self.virtual_size = size
            # Textual looks at this when the widget's own size changes, and here only the content's did.
            self.call_after_refresh(self._show_scrollbars)
            self.refresh()
            return
        top, height = round(self.scroll_y), self.size.height
        pairs = zip(before[top : top + height], self._strips[top : top + height], strict=True)
        changed = [y for y, (old, new) in enumerate(pairs) if old != new]
        if changed:  # none would mean all of it
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def _show_scrollbars(self) -> None:
        self._scroll_update(self.virtual_size)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._made_for = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        self._fill()
        line = y + round(self.scroll_y)
        if 0 <= line < len(self._strips):
            return self._strips[line]
        return Strip.blank(self.scrollable_content_region.width, self.rich_style)
