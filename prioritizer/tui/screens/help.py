"""``?``: what this screen is for, and every action of it, to filter and to run."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from prioritizer.tui.actions import actions_for, find_action
from prioritizer.tui.widgets.rowlist import Look, RowList


class HelpScreen(ModalScreen[str | None]):
    """Gives back the id of the action to run, or none."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape", "close", "Close"),
        Binding("down", "list", "To the list", show=False),
    ]

    def __init__(self, screen_name: str, purpose: str) -> None:
        super().__init__()
        self._actions = {a.id: a for a in actions_for(screen_name)}
        self._purpose = purpose

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="wide-dialog"):
            yield Static(Content(self._purpose), id="help-purpose")
            yield Input(placeholder="type to filter, ↓ to the list, ⏎ runs it, esc closes", id="help-filter")
            yield RowList(self._row, id="help-list", empty="No action matches.")

    def on_mount(self) -> None:
        self._fill("")
        self.query_one("#help-filter", Input).focus()

    def _fill(self, wanted: str) -> None:
        words = wanted.casefold().split()
        keys = [
            a.id
            for a in self._actions.values()
            if all(w in f"{a.text} {a.tooltip} {a.key_text}".casefold() for w in words)
        ]
        self.query_one(RowList).set_rows(keys)

    def _row(self, key: str, look: Look) -> Text:
        action = find_action(key)
        text = Text(no_wrap=True, end="")
        text.append(f" {action.key_text or '–':<12}", "bold")
        text.append(f"{action.text:<16}")
        text.append(action.tooltip, "dim")
        return text

    def on_input_changed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        key = self.query_one(RowList).key
        if key is not None:
            self.dismiss(key)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(event.key)

    def action_list(self) -> None:
        self.query_one(RowList).focus()

    def action_close(self) -> None:
        self.dismiss(None)
