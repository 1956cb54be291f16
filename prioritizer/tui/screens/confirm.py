"""A question before something that should not happen by a slip of the hand: y, or Esc."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prioritizer.tui.widgets.keyline import KeyLine


class Confirm(ModalScreen[bool | None]):
    """Gives back true for y; none when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,Y", "yes", "Yes"),
        Binding("escape,n,N", "leave", "Leave"),
    ]

    def __init__(self, title: str, question: str, yes: str) -> None:
        """A question.

        Args:
            title: Of the dialog.
            question: One or two sentences: what would happen.
            yes: What the key y says, in a few words.
        """
        super().__init__()
        self._title = title
        self._question = question
        self._yes = yes

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static(Content(self._title), classes="dialog-title")
            yield Static(Content(self._question), classes="dialog-question")
            yield KeyLine([("y", self._yes, "yes"), ("esc", "leave it as it is", "leave")])

    def action_yes(self) -> None:
        self.dismiss(True)

    def action_leave(self) -> None:
        self.dismiss(None)
