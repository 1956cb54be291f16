"""Every change of the session in words, newest first; names and unrevealed answers never."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from prioritizer.errors import PrioritizerError
from prioritizer.text.moments import local_time
from prioritizer.text.width import fit
from prioritizer.tui.background import start
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.keyline import KeyLine
from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList

if TYPE_CHECKING:
    from prioritizer.tui.app import PrioritizerApp
    from prioritizer.workshop.history import HistoryEntry


_LIST = ("↓", "to the list", "list")
_CLOSE = ("esc", "close", "close")


class HistoryScreen(ModalScreen[None]):
    """The log, day by day, to read and to filter by words and by kinds."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape,H", "close", "Close"),
        Binding("down", "list", "To the list", show=False),
        Binding("tab", "kinds", "Kinds", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[HistoryEntry] = []
        self._kinds: list[str] = []
        """Only these; all where it is empty."""

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="wide-dialog"):
            yield Static(Content("History"), classes="dialog-title", id="history-title")
            yield Input(
                placeholder="type to filter by words, date or kind", id="history-filter", compact=True
            )
            yield RowList(self._row, id="history-list")
            yield KeyLine(())

    def on_mount(self) -> None:
        self.query_one("#history-filter", Input).focus()
        self.query_one(RowList).empty_text = "Reading the log …"
        start(self, "history", self._read)

    async def _read(self) -> None:
        app = cast("PrioritizerApp", self.app)
        try:
            self._entries = await asyncio.to_thread(app.workshop.history)
        except PrioritizerError as error:
            app.problem(error)
        if self.is_attached:
            self.query_one(RowList).empty_text = "No change is like that."
            self._fill()

    def _fill(self) -> None:
        words = self.query_one("#history-filter", Input).value.casefold().split()
        shown = [
            i
            for i in range(len(self._entries) - 1, -1, -1)
            if (not self._kinds or self._entries[i].kind in self._kinds)
            and all(w in self._searched(i) for w in words)
        ]
        rows: list[str] = []
        for i in shown:
            day = HEADING + local_time(self._entries[i].time)[:10]
            rows += [] if self._same_day(rows, day) else [day]
            rows.append(str(i))
        self.query_one(RowList).set_rows(rows)
        whole = f"{len(self._entries):,}"
        some = f"{len(shown):,} of {whole}" if words or self._kinds else whole
        which = "all kinds" if self._kinds else "kinds"
        self.query_one(KeyLine).show([_LIST, ("⇥", which, "kinds"), _CLOSE])
        kinds = f" · only {', '.join(self._kinds)}" if self._kinds else ""
        self.query_one("#history-title", Static).update(Content(f"History · {some} changes{kinds}"))

    def _same_day(self, rows: list[str], day: str) -> bool:
        return bool(rows) and HEADING + local_time(self._entries[int(rows[-1])].time)[:10] == day

    def _searched(self, index: int) -> str:
        entry = self._entries[index]
        return f"{local_time(entry.time)} {entry.verb} {entry.words} {entry.kind}".casefold()

    def _row(self, key: str, look: Look) -> Text:
        text = Text(no_wrap=True, end="")
        if key.startswith(HEADING):
            text.append(key[len(HEADING) :], f"bold {style_of(self.app, 'accent')}")
            return text
        entry = self._entries[int(key)]
        muted = style_of(self.app, "muted")
        text.append(f"  {local_time(entry.time)[11:]}  ", muted)
        verb = f"{entry.verb}: " if entry.verb else ""
        text.append(verb, style_of(self.app, "warn"))
        right = 16 if look.width > 90 else 0
        text.append(fit(entry.words, max(0, look.width - 12 - len(verb) - right)))
        text.append(fit(entry.kind, right, align="right"), muted)
        return text

    def on_input_changed(self, event: Input.Changed) -> None:
        self._fill()

    def action_list(self) -> None:
        self.query_one(RowList).focus()

    def action_kinds(self) -> None:
        """Which kinds to show, with how often each is there; all again where some were chosen."""
        if self._kinds:
            self._kinds = []
            self._fill()
            return
        from prioritizer.tui.screens.picker import Picker

        counts = Counter(entry.kind for entry in self._entries)
        options = [(kind, kind, f"{count:,}") for kind, count in sorted(counts.items())]

        def chosen(kinds: list[str] | None) -> None:
            if kinds is not None:
                self._kinds = kinds
                self._fill()

        self.app.push_screen(Picker("Which kinds of changes?", options, several=True), chosen)

    def action_close(self) -> None:
        self.dismiss(None)
