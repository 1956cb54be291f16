"""A list of any length that draws only the lines on the screen.

Every list of the app is one of these: rows have keys, the cursor stays with its key when
the order changes, and a row is drawn by the screen as styled text. Nothing in it reads markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.actions import SkipAction
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

HEADING = "§"
"""Keys that start so are headings: drawn, and never under the cursor."""

MORE = "§+"
"""Keys that start so are further lines of the row above: a click on one is a click on that row."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a row is to be drawn."""

    width: int
    cursor: bool
    """The cursor is here and the list has the focus."""
    column: int
    """Column of the cursor, for lists of cells; else −1."""


Draw = Callable[[str, Look], Text]

TOGETHER = 110
"""Cells over which the eye still finds what belongs to a title at the other end of its line."""


class RowList(ScrollView, can_focus=True):
    """A virtual list with a row cursor and, optionally, a column cursor."""

    DEFAULT_CSS = """
    RowList { height: 1fr; background: $surface; scrollbar-size-vertical: 1; overflow-x: hidden; }
    RowList:focus { background: $surface; }
    """

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(-1)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
        Binding("left,h", "column(-1)", "Left", show=False),
        Binding("right,l", "column(1)", "Right", show=False),
        # A binding like the others, because keys that were caught here would overtake them.
        Binding("enter", "choose", "Choose", show=False),
    ]

    HANDED_ON = frozenset({"enter"})
    """Keys that it passes to its screen as a message, so that they stay the screen's own."""

    @dataclass
    class Moved(Message):
        """The cursor stands on another row or column."""

        row_list: RowList
        key: str | None
        column: int

        @property
        def control(self) -> RowList:
            return self.row_list

    @dataclass
    class Chosen(Message):
        """Enter or a double click on a row."""

        row_list: RowList
        key: str

        @property
        def control(self) -> RowList:
            return self.row_list

    def __init__(
        self,
        draw: Draw,
        *,
        header: Callable[[Look], Text] | None = None,
        columns: int = 0,
        column_at: Callable[[int, int], int] | None = None,
        empty: str = "",
        widest: int = 0,
        id: str | None = None,  # noqa: A002  # Textual's own name
    ) -> None:
        """A list.

        Args:
            draw: Gives the text of a row.
            header: Gives the line above the rows, if there is one.
            columns: How many columns the cursor moves over; 0 for none.
            column_at: (x, width) → column under the mouse, or −1.
            empty: What stands in an empty list, perhaps in several lines: what to press.
            widest: Cells that a row takes at most, so that its ends stay together in a wide window; 0 for all.
            id: As in Textual.
        """
        super().__init__(id=id)
        self._draw = draw
        self._header = header
        self._columns = columns
        self._column_at = column_at
        self._widest = widest
        self._keys: list[str] = []
        self._index: dict[str, int] = {}
        self._cursor = -1
        self._column = 0
        self._cache: dict[tuple[str, Look], Strip] = {}
        self.empty_text = empty
        self.moves = 0
        """How often the cursor has moved; tells one that went away and came back from one that stayed."""

    # What it holds

    @property
    def keys(self) -> Sequence[str]:
        return self._keys

    @property
    def key(self) -> str | None:
        """Key under the cursor."""
        return self._keys[self._cursor] if 0 <= self._cursor < len(self._keys) else None

    @property
    def column(self) -> int:
        return self._column if self._columns else -1

    def set_columns(self, columns: int) -> None:
        """Changes how many columns the cursor moves over."""
        self._columns = columns
        self._column = max(0, min(self._column, columns - 1))
        self.redraw()

    def set_rows(self, keys: Sequence[str]) -> None:
        """Replaces the rows; the cursor stays with its key, or else about where it was."""
        old, place = self.key, self._cursor
        self._keys = list(keys)
        self._index = {key: i for i, key in enumerate(self._keys)}
        if old is not None and old in self._index:
            self._cursor = self._index[old]
        else:
            self._cursor = self._nearest(max(0, min(place, len(self._keys) - 1)))
        self.virtual_size = Size(self.size.width, len(self._keys) + self._top)
        self.redraw()
        self.call_after_refresh(self._show_cursor)
        if self.key != old:
            self.post_message(self.Moved(self, self.key, self.column))

    def show_rows(self, keys: Sequence[str], *, first_stays: bool = False) -> None:
        """Draws everything again, and replaces the rows where they are others now.

        Args:
            keys: Of all rows.
            first_stays: Who stands on the first row waits for what comes first, and stays there.
        """
        if self._keys == list(keys):
            self.redraw()
            return
        at_first = bool(self._keys) and self.key == self._keys[0]
        self.set_rows(keys)
        if first_stays and at_first and keys:
            self.select(keys[0])

    def redraw(self, key: str | None = None) -> None:
        """Draws all rows again, or one."""
        if key is None:
            self._cache.clear()
            self.refresh()
            return
        for cached in [c for c in self._cache if c[0] == key]:
            del self._cache[cached]
        line = self._line_of(key)
        if line is not None:
            self.refresh(Region(0, line, self.size.width, 1))

    def _redraw_whole(self, key: str) -> None:
        """A row with its further lines."""
        self.redraw(key)
        row = self._index.get(key, len(self._keys)) + 1
        while row < len(self._keys) and self._keys[row].startswith(MORE):
            self.redraw(self._keys[row])
            row += 1

    def select(self, key: str, column: int | None = None) -> None:
        """Puts the cursor on a row."""
        if key in self._index:
            self._go(self._index[key], column)

    def select_column(self, column: int) -> None:
        """Puts the cursor on a column."""
        self._go(self._cursor, column)

    def step(self, by: int) -> bool:
        """Moves the cursor by rows, over headings; whether it moved."""
        target = self._cursor
        for _ in range(abs(by)):
            target = self._next(target, 1 if by > 0 else -1)
        moved = target != self._cursor
        self._go(target)
        return moved

    def step_column(self, by: int) -> bool:
        """Moves the cursor by columns; whether it moved."""
        target = max(0, min(self._column + by, self._columns - 1))
        moved = target != self._column
        self._go(self._cursor, target)
        return moved

    # Moving

    def action_move(self, by: int) -> None:
        self.step(by)

    def action_page(self, direction: int) -> None:
        self.step(direction * max(1, self.size.height - self._top - 1))

    def action_edge(self, direction: int) -> None:
        self._go(self._nearest(0 if direction < 0 else len(self._keys) - 1, direction < 0))

    def action_column(self, by: int) -> None:
        if self._columns:
            self.step_column(by)

    def action_choose(self) -> None:
        if self.key is None:
            raise SkipAction  # an empty list leaves the key to its screen
        self.post_message(self.Chosen(self, self.key))

    def on_click(self, event: events.Click) -> None:
        row = event.y + round(self.scroll_y) - self._top
        if event.y < self._top and self._column_at is not None and self._cursor >= 0:
            over = self._column_at(event.x, self._across)
            self._go(self._cursor, over if over >= 0 else None)
        if event.y < self._top or not 0 <= row < len(self._keys):
            return
        while row and self._keys[row].startswith(MORE):
            row -= 1
        if self._keys[row].startswith(HEADING):
            return
        column = self._column_at(event.x, self._across) if self._column_at else None
        self._go(row, column if column is not None and column >= 0 else None)
        if event.chain == 2 and self.key is not None:
            self.post_message(self.Chosen(self, self.key))

    def _go(self, row: int, column: int | None = None) -> None:
        if column is not None:
            column = max(0, min(column, max(0, self._columns - 1)))
        if row == self._cursor and column in (None, self._column):
            return
        old = self.key
        self.moves += 1
        self._cursor = row
        if column is not None:
            self._column = column
        self._show_cursor()
        for key in (old, self.key):
            if key is not None:
                self._redraw_whole(key)
        if self._columns and self._header is not None:
            self.refresh(Region(0, 0, self.size.width, 1))
        self.post_message(self.Moved(self, self.key, self.column))

    def _next(self, row: int, direction: int) -> int:
        target = row + direction
        while 0 <= target < len(self._keys):
            if not self._keys[target].startswith(HEADING):
                return target
            target += direction
        return row

    def _nearest(self, row: int, down: bool = True) -> int:
        if not self._keys:
            return -1
        if not self._keys[row].startswith(HEADING):
            return row
        found = self._next(row, 1 if down else -1)
        if found == row:
            found = self._next(row, -1 if down else 1)
        return found if found != row else -1

    def _show_cursor(self) -> None:
        if self._cursor < 0:
            return
        room = self.size.height - self._top
        first = round(self.scroll_y)
        # A heading above the first row of its group is worth showing too.
        wanted = self._cursor
        if wanted > 0 and self._keys[wanted - 1].startswith(HEADING):
            wanted -= 1
        last = self._cursor
        while last + 1 < len(self._keys) and self._keys[last + 1].startswith(MORE):
            last += 1
        if wanted < first:
            self.scroll_to(y=wanted, animate=False)
        elif last >= first + room > 0:
            self.scroll_to(y=min(last - room + 1, self._cursor), animate=False)

    # Drawing

    @property
    def _across(self) -> int:
        """Cells that a row has: without the scrollbar, which would hide the last one."""
        there = self.scrollable_content_region.width
        return min(there, self._widest) if self._widest else there

    @property
    def _top(self) -> int:
        return 1 if self._header is not None else 0

    def _line_of(self, key: str) -> int | None:
        index = self._index.get(key)
        if index is None:
            return None
        line = index - round(self.scroll_y) + self._top
        return line if self._top <= line < self.size.height else None

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._keys) + self._top)
        self.redraw()
        self.call_after_refresh(self._show_cursor)

    def on_focus(self) -> None:
        self._focus_changed()

    def on_blur(self) -> None:
        self._focus_changed()

    def _focus_changed(self) -> None:
        if self.key is not None:
            self.redraw(self.key)
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._cache.clear()

    def render_line(self, y: int) -> Strip:
        across, width = self._across, self.scrollable_content_region.width
        base = self.rich_style
        if y < self._top and self._header is not None:
            look = Look(across, cursor=self.has_focus, column=self.column)
            return self._strip(self._header(look), width, base)
        row = y + round(self.scroll_y) - self._top
        if not 0 <= row < len(self._keys):
            words = self.empty_text.split("\n") if not self._keys else []
            if 0 <= y - self._top < len(words):
                return self._strip(Text(words[y - self._top], no_wrap=True, end=""), width, base)
            return Strip.blank(width, base)
        key = self._keys[row]
        owner = row
        while owner and self._keys[owner].startswith(MORE):
            owner -= 1
        here = owner == self._cursor
        look = Look(across, cursor=here and self.has_focus, column=self.column if here else -1)
        cached = self._cache.get((key, look))
        if cached is None:
            style = base
            if here:
                name = "rowlist--cursor" if self.has_focus else "rowlist--place"
                style = base + self.get_component_rich_style(name, partial=True)
            cached = self._strip(self._draw(key, look), width, style)
            self._cache[key, look] = cached
        return cached

    COMPONENT_CLASSES = {"rowlist--cursor", "rowlist--place"}  # noqa: RUF012  # Textual's own convention
    DEFAULT_CSS += """
    RowList > .rowlist--cursor { background: $block-cursor-background; text-style: bold; }
    RowList > .rowlist--place { background: $block-hover-background; text-style: bold; }
    """

    def _strip(self, text: Text, width: int, style: Style) -> Strip:
        segments = list(text.render(self.app.console))
        strip = Strip(Segment.apply_style(segments, style))
        return strip.adjust_cell_length(width, style).simplify()
