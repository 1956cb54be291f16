"""A block of lines that its screen draws whole; parts of it can be clicked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rich.segment import Segment as RichSegment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from prioritizer.charts.segments import Row, Segment, exactly, row_width, rows_text
from prioritizer.tui.styles import drawn

LIT = "lit"
"""A role that begins so stands on the colour of the cursor."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Cells of one line that can be clicked."""

    line: int
    start: int
    end: int
    value: str
    tip: str = ""


@dataclass
class Drawing:
    """Rows of (text, role), put together from left to right and from top to bottom."""

    rows: list[Row] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    _measured: tuple[Row, int, int] | None = field(default=None, repr=False, compare=False)
    """A row, how many of its parts were measured, and how wide they are together."""

    def _width(self) -> int:
        """Cells that the last line takes; a strip of spots asks after each of them."""
        row, known, width = self.rows[-1], 0, 0
        if self._measured is not None and self._measured[0] is row:
            _, known, width = self._measured
        width += row_width(row[known:])
        self._measured = row, len(row), width
        return width

    def line(self, *parts: Segment) -> Drawing:
        """Begins a line."""
        self.rows.append(list(parts))
        return self

    def put(self, text: str, role: str = "", *, spot: str = "", tip: str = "") -> Drawing:
        """Goes on in the last line; with ``spot`` what is put can be clicked."""
        start = self._width() if spot else 0
        self.rows[-1].append((text, role))
        if spot:
            self.spots.append(Spot(len(self.rows) - 1, start, self._width(), spot, tip))
        return self

    def whole_line(self, spot: str, width: int, tip: str = "") -> Drawing:
        """The whole last line can be clicked."""
        self.spots.append(Spot(len(self.rows) - 1, 0, width, spot, tip))
        return self

    def right(self, parts: Iterable[Segment], width: int) -> Drawing:
        """Puts parts at the right end of the last line, if they find room there."""
        parts = list(parts)
        gap = width - row_width(self.rows[-1]) - row_width(parts)
        if gap >= 1:
            self.rows[-1] += [(" " * gap, ""), *parts]
        return self


Paint = Callable[[int, int], Drawing]
"""(width, height) → what stands there."""


class Painted(Widget):
    """Shows what ``paint`` gives for its size; `repaint` draws again only the lines that changed."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Painted { height: 1; background: $surface; }
    Painted > .painted--lit { background: $block-cursor-background 35%; text-style: bold; }
    """
    COMPONENT_CLASSES = {"painted--lit"}  # noqa: RUF012  # Textual's own convention

    @dataclass
    class Picked(Message):
        """A spot was clicked."""

        painted: Painted
        value: str
        chain: int
        """1 for a click, 2 for a double click."""

        @property
        def control(self) -> Painted:
            return self.painted

    def __init__(self, paint: Paint, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._paint = paint
        self._drawing = Drawing()
        self._strips: list[Strip] = []
        self._painted_for: tuple[int, int] | None = None

    def repaint(self) -> None:
        """Asks for the lines again and refreshes those that differ."""
        old, size = self._strips, self._painted_for
        self._painted_for = None
        self._fill()
        if size != self._painted_for or len(old) != len(self._strips):
            self.refresh()
            return
        changed = [y for y, (a, b) in enumerate(zip(old, self._strips, strict=True)) if a != b]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def text(self) -> str:
        """What stands there, without styles."""
        self._fill()
        return rows_text(self._drawing.rows)

    def _fill(self) -> None:
        wanted = (self.size.width, self.size.height)
        if self._painted_for == wanted or not wanted[0]:
            return
        self._painted_for = wanted
        self._drawing = self._paint(*wanted)
        base = self.rich_style
        lit = base + self.get_component_rich_style("painted--lit", partial=True)
        self._strips = [self._strip(row, wanted[0], base, lit) for row in self._drawing.rows[: wanted[1]]]

    def _strip(self, row: Row, width: int, base: Style, lit: Style) -> Strip:
        parts: list[RichSegment] = []
        ground = base
        for words, role in exactly(row, width):
            bare = role.removeprefix(LIT)
            # A line that ends lit is lit to its end.
            ground = lit if bare != role or (not role and ground is lit and not words.strip()) else base
            if words:
                parts.append(drawn(self.app, words, bare.strip(), ground))
        return Strip(parts).adjust_cell_length(width, base).simplify()

    def on_resize(self) -> None:
        self._painted_for = None
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._painted_for = None

    def render_line(self, y: int) -> Strip:
        self._fill()
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, self.rich_style)

    def _spot(self, x: int, y: int) -> Spot | None:
        return next((s for s in self._drawing.spots if s.line == y and s.start <= x < s.end), None)

    def on_click(self, event: events.Click) -> None:
        spot = self._spot(event.x, event.y)
        if spot is not None:
            event.stop()
            self.post_message(self.Picked(self, spot.value, event.chain))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        spot = self._spot(event.x, event.y)
        self.tooltip = Content(spot.tip) if spot is not None and spot.tip else None
