"""Choosing from a list of words, one or several, with a filter."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from prioritizer.text.clean import clean_text
from prioritizer.text.width import fit
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.keyline import Key, KeyLine
from prioritizer.tui.widgets.rowlist import Look, RowList

_RIGHT = 30


class Picker(ModalScreen[list[str] | None]):
    """Gives back the values chosen, or none when it was left."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape", "leave", "Leave"),
        Binding("down", "list", "To the list", show=False),
        Binding("space", "mark", "Mark", show=False),
        Binding("ctrl+s", "take", "Take", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        options: Sequence[tuple[str, str, str]],
        *,
        chosen: Collection[str] = (),
        several: bool = False,
    ) -> None:
        """A picker.

        Args:
            title: Of the dialog.
            options: (value, what is shown, what stands beside it).
            chosen: Values that are chosen already.
            several: Whether more than one may be chosen, with space.
        """
        super().__init__()
        self._title = title
        self._options = {value: (shown, beside) for value, shown, beside in options}
        self._chosen = [value for value in self._options if value in chosen]
        self._several = several

    def compose(self) -> ComposeResult:
        keys: list[Key] = [("⏎", "take", "take"), ("↓", "to the list", "list")]
        if self._several:
            keys.append(("space", "mark several", "mark"))
        keys.append(("esc", "leave", "leave"))
        with Vertical(id="dialog", classes="files-dialog"):
            yield Static(Content(self._title), classes="dialog-title")
            yield Input(placeholder="type to filter", id="picker-filter", compact=True)
            yield RowList(self._row, id="picker-list", empty="  Nothing has these words.")
            yield KeyLine(keys)

    def on_mount(self) -> None:
        self._fill("")
        if self._chosen:
            self.query_one(RowList).select(self._chosen[0])
        self.query_one("#picker-filter", Input).focus()

    def _fill(self, wanted: str) -> None:
        words = wanted.casefold().split()
        keys = [v for v, (shown, _) in self._options.items() if all(w in shown.casefold() for w in words)]
        self.query_one(RowList).set_rows(keys)

    def _row(self, key: str, look: Look) -> Text:
        shown, beside = self._options[key]
        text = Text(no_wrap=True, end="")
        text.append(" ● " if key in self._chosen else "   ", style_of(self.app, "mark"))
        right = min(_RIGHT, look.width // 3) if beside else 0
        text.append(fit(clean_text(shown, lines=False), look.width - 3 - right))
        text.append(fit(clean_text(beside, lines=False), right, align="right"), style_of(self.app, "muted"))
        return text

    def on_input_changed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        self.action_take()

    def on_row_list_chosen(self) -> None:
        self.action_take()

    def action_take(self) -> None:
        """What is marked, else what is under the cursor."""
        key = self.query_one(RowList).key
        if self._several and self._chosen:
            self.dismiss(self._chosen)
        elif key is not None:
            self.dismiss([key])

    def action_mark(self) -> None:
        rows = self.query_one(RowList)
        if not self._several or rows.key is None:
            return
        if rows.key in self._chosen:
            self._chosen.remove(rows.key)
        else:
            self._chosen.append(rows.key)
        rows.redraw(rows.key)
        rows.step(1)

    def action_list(self) -> None:
        self.query_one(RowList).focus()

    def action_leave(self) -> None:
        self.dismiss(None)
