"""The filter of a list: ``/`` opens it, "3 of 41" stands in it, esc clears it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static


class FilterLine(Horizontal):
    """Hidden until it is opened; Enter or ↓ goes to the list and keeps the filter, esc clears it.

    The screen answers `Changed` with new rows, tells `count` how many are left, and on `Left`
    gives the focus back to its list.
    """

    DEFAULT_CSS = """
    FilterLine { height: 1; display: none; background: $panel; }
    FilterLine.-shown { display: block; }
    FilterLine > .filter-sign { width: 3; color: $primary; text-style: bold; }
    FilterLine > Input { width: 1fr; }
    FilterLine > .filter-count { width: auto; padding: 0 1; color: $text-muted; }
    """
    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape", "clear", "Clear", show=False),
        Binding("down", "leave", "To the list", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another text to filter by; "" for none."""

        line: FilterLine
        text: str

        @property
        def control(self) -> FilterLine:
            return self.line

    @dataclass
    class Left(Message):
        """Back to the list."""

        line: FilterLine

        @property
        def control(self) -> FilterLine:
            return self.line

    _input: Input | None = None
    """Made when the line is first opened: every screen has one, and hardly any is painted with it."""
    _count: Static | None = None
    _counted = ""

    @property
    def text(self) -> str:
        """What is filtered by."""
        return self._input.value if self._input is not None else ""

    @property
    def words(self) -> list[str]:
        """The same as case-folded words, all of which must occur."""
        return self.text.casefold().split()

    def open(self) -> None:
        """Shows it and takes the focus."""
        self.add_class("-shown")
        if self._input is None:
            self._input = Input(
                placeholder="filter: words in any order, esc clears", compact=True, select_on_focus=False
            )
            self._count = Static(Content(self._counted), classes="filter-count")
            self.mount(Static(Content(" / "), classes="filter-sign"), self._input, self._count)
        self._input.focus()

    def clear(self) -> bool:
        """Takes the filter off; whether there was one."""
        had = self.has_class("-shown")
        if self._input is not None:
            self._input.value = ""
        self.remove_class("-shown")
        return had

    def count(self, shown: int, all_of_them: int) -> None:
        """Says how many of the list are left."""
        words = f"{shown:,} of {all_of_them:,}"
        if words != self._counted:
            self._counted = words
            if self._count is not None:
                self._count.update(Content(words))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_leave()

    def action_clear(self) -> None:
        self.clear()
        self.post_message(self.Left(self))

    def action_leave(self) -> None:
        if not self.text:
            self.clear()
        self.post_message(self.Left(self))
