"""The line that is always ready: a title, Enter; a paste of many lines adds them all."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input


class CandidateInput(Input):
    """An input that does not drop the lines of a paste but the first."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("down,up", "leave", "To the list", show=False),
    ]

    @dataclass
    class Pasted(Message):
        """Several lines were pasted."""

        text: str

    @dataclass
    class Left(Message):
        """To the list, with what was typed kept."""

    def _on_paste(self, event: events.Paste) -> None:
        if sum(1 for line in event.text.splitlines() if line.strip()) > 1:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(event.text))

    def action_leave(self) -> None:
        self.post_message(self.Left())
