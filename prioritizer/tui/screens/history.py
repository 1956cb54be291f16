"""Every change of the session in words, newest first; names and unrevealed answers never."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from prioritizer.errors import PrioritizerError
from prioritizer.tui.widgets.keyline import KeyLine
from prioritizer.tui.widgets.rowlist import Look, RowList

if TYPE_CHECKING:
    from prioritizer.tui.app import PrioritizerApp
    from prioritizer.workshop.service import HistoryEntry


class HistoryScreen(ModalScreen[None]):
    """The log, to read and to filter."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape,H", "close", "Close"),
        Binding("down", "list", "To the list", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[HistoryEntry] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="wide-dialog"):
            yield Static(Content("History"), classes="dialog-title", id="history-title")
            yield Input(placeholder="type to filter", id="history-filter", compact=True)
            yield RowList(self._row, id="history-list", empty="No change has these words.")
            yield KeyLine([("↓", "to the list", "list"), ("esc", "close", "close")])

    async def on_mount(self) -> None:
        workshop = cast("PrioritizerApp", self.app).workshop
        try:
            self._entries = await asyncio.to_thread(workshop.history)
        except PrioritizerError as error:
            cast("PrioritizerApp", self.app).problem(error)
        self._fill("")
        self.query_one("#history-filter", Input).focus()

    def _fill(self, wanted: str) -> None:
        words = wanted.casefold().split()
        keys = [
            str(i)
            for i in range(len(self._entries) - 1, -1, -1)
            if all(w in self._line(i).casefold() for w in words)
        ]
        self.query_one(RowList).set_rows(keys)
        shown = f"{len(keys)} of {len(self._entries)}" if words else f"{len(self._entries)}"
        self.query_one("#history-title", Static).update(Content(f"History · {shown} changes"))

    def _line(self, index: int) -> str:
        entry = self._entries[index]
        return f"{local_time(entry.time)}  {f'{entry.verb}: ' if entry.verb else ''}{entry.words}"

    def _row(self, key: str, look: Look) -> Text:
        return Text(" " + self._line(int(key)), no_wrap=True, end="")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def action_list(self) -> None:
        self.query_one(RowList).focus()

    def action_close(self) -> None:
        self.dismiss(None)


def local_time(utc: str) -> str:
    """A UTC time of the file as local date and time."""
    try:
        moment = dt.datetime.fromisoformat(utc)
    except ValueError:
        return utc
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"
