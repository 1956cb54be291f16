"""Choosing a file: type its path, or walk to it; Tab completes."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from prioritizer.text.clean import clean_error, clean_text
from prioritizer.text.width import fit
from prioritizer.tui.background import start
from prioritizer.tui.screens.files_listing import (
    Entry,
    Listing,
    list_folder,
    matching,
    meant,
    parted,
    size_words,
)
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.keyline import KeyLine
from prioritizer.tui.widgets.rowlist import Look, RowList

_UP = "../"
_KEYS = (
    ("⏎", "take it", "take"),
    ("tab", "complete", "complete"),
    ("↓", "to the list", "list"),
    ("esc", "leave", "leave"),
)


class FilePicker(ModalScreen[str | None]):
    """Gives back the path of a file that is there, or none."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape", "leave", "Leave"),
        Binding("tab", "complete", "Complete", priority=True, show=False),
        Binding("down", "list", "To the list", show=False),
    ]

    def __init__(
        self, title: str, note: str = "", *, suffixes: Collection[str] = (), start: str = ""
    ) -> None:
        """A picker.

        Args:
            title: Of the dialog.
            note: A sentence below it.
            suffixes: Endings to list; whatever is typed in full is taken all the same.
            start: Folder to begin in; the current one if empty.
        """
        super().__init__()
        self._title = title
        self._note = note
        self._suffixes = frozenset(suffixes)
        self._start = start
        self._listing = Listing("", ())
        self._entries: dict[str, Entry] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="files-dialog"):
            yield Static(Content(self._title), classes="dialog-title")
            if self._note:
                yield Static(Content(self._note), classes="dialog-note")
            yield Input(placeholder="path of the file", id="files-path", compact=True, select_on_focus=False)
            yield Static("", id="form-error")
            yield RowList(self._row, id="files-list", empty="  Nothing here that fits.")
            yield KeyLine(_KEYS)

    def on_mount(self) -> None:
        start = self._start if self._start and Path(self._start).is_dir() else str(Path.cwd())
        path = self.query_one("#files-path", Input)
        path.value = start.rstrip(os.sep) + os.sep
        path.action_end()
        path.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._complain("")
        start(self, "files", self._read, event.value)

    async def _read(self, typed: str) -> None:
        folder, begun = parted(typed)
        if folder != self._listing.folder:
            self._listing = await asyncio.to_thread(list_folder, folder, self._suffixes)
        if self._listing.problem:
            self._complain(f"This folder cannot be read: {clean_error(self._listing.problem)}.")
        self._entries = {e.name: e for e in matching(self._listing.entries, begun)}
        above = [_UP] if not begun and Path(folder).parent != Path(folder) else []
        self.query_one(RowList).set_rows([*above, *self._entries])
        if begun and self._entries:
            self.query_one(RowList).select(next(iter(self._entries)))

    def _row(self, key: str, look: Look) -> Text:
        text = Text(no_wrap=True, end="")
        entry = self._entries.get(key)
        if entry is None or entry.folder:
            text.append(
                fit(f"  {clean_text(key.rstrip('/'), lines=False)}/", look.width),
                style_of(self.app, "accent"),
            )
            return text
        text.append(fit(f"  {clean_text(key, lines=False)}", look.width - 12))
        text.append(fit(size_words(entry.size), 11, align="right"), style_of(self.app, "muted"))
        return text

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self._put(event.key, take=True)

    def _put(self, name: str, *, take: bool = False) -> None:
        path = self.query_one("#files-path", Input)
        folder, _ = parted(path.value)
        if name == _UP:
            name, folder = "", str(Path(folder).resolve().parent)
        entry = self._entries.get(name)
        whole = str(Path(folder) / name) if name else folder
        if entry is None or entry.folder:
            whole = whole.rstrip(os.sep) + os.sep
        elif take:
            self.dismiss(whole)
            return
        path.value = whole
        path.action_end()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self._take()

    async def _take(self) -> None:
        typed = self.query_one("#files-path", Input).value
        path = Path(meant(typed))
        found = await asyncio.to_thread(_kind, path)
        if found == "file":
            self.dismiss(str(path))
        elif found == "folder":
            self._put(next(iter(self._entries), ""))
            self.query_one(RowList).focus()
        else:
            self._complain("There is no file of that name; Tab completes what is there.")

    def _complain(self, words: str) -> None:
        self.query_one("#form-error", Static).update(Content(words))

    async def action_take(self) -> None:
        """What Enter does where the focus is."""
        rows = self.query_one(RowList)
        if rows.has_focus and rows.key is not None:
            self._put(rows.key, take=True)
        else:
            await self._take()

    def action_complete(self) -> None:
        """Tab: the first name that fits; back from the list to the path."""
        path = self.query_one("#files-path", Input)
        rows = self.query_one(RowList)
        if rows.has_focus:
            path.focus()
        elif rows.key is not None and rows.key != _UP:
            self._put(rows.key)

    def action_list(self) -> None:
        self.query_one(RowList).focus()

    def action_leave(self) -> None:
        self.dismiss(None)


def _kind(path: Path) -> str:
    try:
        return "file" if path.is_file() else "folder" if path.is_dir() else ""
    except (OSError, ValueError):
        return ""
