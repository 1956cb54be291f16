"""A question before something that should not happen by a slip of the hand: y, n or Esc."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prioritizer.tui.widgets.keyline import Key, KeyLine


class Confirm(ModalScreen[bool | None]):
    """Gives back true for y, false for n where n means something, and none when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,Y", "yes", "Yes"),
        Binding("n,N", "no", "No"),
        Binding("escape", "leave", "Leave"),
    ]

    def __init__(self, title: str, question: str, yes: str, no: str = "") -> None:
        """A question.

        Args:
            title: Of the dialog.
            question: One or two sentences: what would happen.
            yes: What the key y says, in a few words.
            no: What the key n says; "" where it only leaves.
        """
        super().__init__()
        self._title = title
        self._question = question
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static(Content(self._title), classes="dialog-title")
            yield Static(Content(self._question), classes="dialog-question")
            keys: list[Key] = [("y", self._yes, "yes")]
            if self._no:
                keys.append(("n", self._no, "no"))
            yield KeyLine([*keys, ("esc", "leave it as it is", "leave")])

    def action_yes(self) -> None:
        self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False if self._no else None)

    def action_leave(self) -> None:
        self.dismiss(None)
