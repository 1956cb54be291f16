"""``?``: what this screen is for, and every action of it, to filter and to run."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from prioritizer.text.width import fit
from prioritizer.tui.actions import Action, actions_for, find_action
from prioritizer.tui.actions.hints import written
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.keyline import KeyLine
from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList

LISTS = "In every list: ↑ ↓ or j k move, pgup pgdn home end jump, ⏎ opens or edits, a double click too."
_KEYS = (("⏎", "do it", "run"), ("↓", "to the list", "list"), ("esc", "close", "close"))


class HelpScreen(ModalScreen[str | None]):
    """Gives back the id of the action to run, or none."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape", "close", "Close"),
        Binding("down", "list", "To the list", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
    ]

    def __init__(
        self,
        screen_name: str,
        purpose: str,
        *,
        keymap: Mapping[str, str] | None = None,
        reasons: Mapping[str, str] | None = None,
    ) -> None:
        """Help for a screen.

        Args:
            screen_name: Its name in the table.
            purpose: What it is for, in a sentence.
            keymap: The user's own keys.
            reasons: Action id → why it cannot be done now.
        """
        super().__init__()
        self._actions = {a.id: a for a in actions_for(screen_name)}
        self._purpose = purpose
        self._keymap = keymap or {}
        self._reasons = reasons or {}

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="wide-dialog"):
            yield Static(Content(self._purpose), id="help-purpose")
            yield Static(Content(LISTS), classes="dialog-note")
            yield Input(placeholder="type to filter", id="help-filter", compact=True)
            yield RowList(self._row, id="help-list", empty="No action matches.")
            yield Static("", id="help-full")
            yield KeyLine(_KEYS)

    def on_mount(self) -> None:
        self._fill("")
        self.query_one("#help-filter", Input).focus()

    def _fill(self, wanted: str) -> None:
        words = wanted.casefold().split()
        found = [a for a in self._actions.values() if self._matches(a, words)]
        own = [a.id for a in found if not _shared(a)]
        shared = [a.id for a in found if _shared(a)]
        keys = [f"{HEADING}own", *own] if own else []
        keys += [f"{HEADING}shared", *shared] if shared else []
        self.query_one(RowList).set_rows(keys)

    def _matches(self, action: Action, words: list[str]) -> bool:
        text = f"{action.text} {action.tooltip} {action.keys_shown(self._keymap)} {action.id}".casefold()
        return all(w in text for w in words)

    def _row(self, key: str, look: Look) -> Text:
        text = Text(no_wrap=True, end="")
        if key.startswith(HEADING):
            title = "Here" if key.endswith("own") else "Everywhere"
            text.append(f" {title}", f"bold {style_of(self.app, 'accent')}")
            return text
        action = find_action(key)
        text.append(f" {fit(written(action.keys_shown(self._keymap)) or '–', 12)} ", "bold")
        text.append(f"{fit(action.text, 15)} ")
        text.append(fit(self._words(key), max(1, look.width - 30)), style_of(self.app, "muted"))
        return text

    def on_input_changed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        # A narrow terminal cuts the line; here is all of it.
        self.query_one("#help-full", Static).update(Content(self._words(event.key)), layout=False)

    def _words(self, key: str | None) -> str:
        if key is None or key not in self._actions:
            return ""
        reason = self._reasons.get(key)
        words = self._actions[key].tooltip
        return f"{words} (not now: {reason})" if reason else words

    def on_input_submitted(self) -> None:
        self.action_run()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(event.key)

    def action_run(self) -> None:
        """Closes, and does what is under the cursor."""
        key = self.query_one(RowList).key
        if key is not None:
            self.dismiss(key)

    def action_list(self) -> None:
        self.query_one(RowList).focus()

    def action_page(self, direction: int) -> None:
        """From the line for words too, as the sentence above it says."""
        self.query_one(RowList).action_page(direction)

    def action_close(self) -> None:
        self.dismiss(None)


def _shared(action: Action) -> bool:
    return action.id.startswith("app.")
