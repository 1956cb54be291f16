"""The session as a file: where it lies, what is to be settled, other copies of it, its backups."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prioritizer.errors import PrioritizerError
from prioritizer.text.phrases import counted
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.background import start
from prioritizer.tui.screens.this_file_rows import SETTLE, FileRows
from prioritizer.tui.widgets.keyline import KeyLine
from prioritizer.tui.widgets.rowlist import Look, RowList

if TYPE_CHECKING:
    from prioritizer.tui.app import PrioritizerApp

_FIRST = (
    ("⏎", "do it", "choose"),
    ("m", "bring in another copy", "merge"),
    ("b", "back up now", "backup"),
)
_UNDO = ("u", "undo", "undo")
_CLOSE = ("esc", "close", "close")


class FileScreen(ModalScreen[str | None]):
    """What the file needs, and what it has; gives back the path of a session to open instead, or none."""

    CSS_PATH: ClassVar = "this_file.tcss"
    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape,q,F", "close", "Close"),
        Binding("m", "merge", "Bring in another copy"),
        Binding("g", "go", "Go on in that copy", show=False),
        Binding("b", "backup", "Back up now"),
        Binding("u,ctrl+z", "undo", "Undo"),
    ]

    def __init__(self, rows: FileRows | None = None) -> None:
        """A screen.

        Args:
            rows: What was found already; looked for if none is given.
        """
        super().__init__()
        self._rows = rows if rows is not None else FileRows()
        self._given = rows is not None
        self._result = ""
        self._merges = 0
        self._busy = False

    @property
    def _app(self) -> PrioritizerApp:
        return cast("PrioritizerApp", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="files-dialog"):
            yield Static(Content("This file"), id="file-title")
            yield Static("", id="file-where")
            yield Static("", id="file-result")
            yield RowList(self._row, id="file-list")
            yield Static("", id="file-more")
            yield KeyLine((*_FIRST, _CLOSE))

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self._show()
        if not self._given:
            start(self, "file", self._read)

    async def _read(self, select: str = "") -> None:
        app = self._app
        try:
            self._rows = await asyncio.to_thread(FileRows.read, app.workshop, app.known_copies())
        except PrioritizerError as error:
            app.problem(error)
        self._show(select)

    def _show(self, select: str = "") -> None:
        self.query_one("#file-where", Static).update(Content(self._rows.where(self._app.workshop.path)))
        result = self.query_one("#file-result", Static)
        result.update(Content(self._result))
        result.display = bool(self._result)
        undo = (_UNDO,) if self._merges else ()
        self.query_one(KeyLine).show((*_FIRST, *undo, _CLOSE))
        rows = self.query_one(RowList)
        rows.set_rows(self._rows.keys())
        if select:
            rows.select(select)
        self._explain()

    def _row(self, key: str, look: Look) -> Text:
        return self._rows.line(key, look.width, self.app)

    def on_row_list_moved(self) -> None:
        self._explain()

    def _explain(self) -> None:
        key = self.query_one(RowList).key
        self.query_one("#file-more", Static).update(Content(self._rows.explain(key) if key else ""))

    async def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        await self.action_choose()

    # What can be done

    async def action_choose(self) -> None:
        """What the row under the cursor offers."""
        key = self.query_one(RowList).key
        if key == SETTLE:
            self.settle()
        elif key in self._rows.copies:
            self.bring_in(self._rows.copies[key].path)
        elif key in self._rows.backups:
            self._restore(self._rows.backups[key].path)

    def settle(self) -> None:
        """What is at odds, one after the other."""
        from prioritizer.tui.screens.settle import SettleScreen

        def closed(_: object) -> None:
            start(self, "file", self._read)

        self.app.push_screen(SettleScreen(), closed)

    def action_merge(self) -> None:
        """Any copy, wherever it lies."""
        from prioritizer.tui.screens.files import FilePicker

        def chosen(path: str | None) -> None:
            if path is not None:
                self.bring_in(Path(path))

        self.app.push_screen(
            FilePicker(
                "Bring in another copy of this session",
                "What it has comes in here and can be undone as one; the copy itself stays as it is.",
                start=str(self._app.workshop.path.resolve().parent),
            ),
            chosen,
        )

    def bring_in(self, path: Path, *, sure: bool = False) -> None:
        """Merges a copy, and says in words what came."""
        self._begin(lambda: self._bring_in(path, sure=sure), f"Reading {path.name} …")

    async def _bring_in(self, path: Path, *, sure: bool) -> None:
        from prioritizer.workshop.merging import would_remove

        app = self._app
        try:
            merged = await asyncio.to_thread(app.workshop.bring_in, path, sure=sure)
        except PrioritizerError as error:
            self._result = ""
            question = would_remove(error)
            if question:
                self.call_later(self._ask, path, question)
            else:
                app.problem(error)
        else:
            self._merges += bool(merged.operations)
            self._result = merged.words + (" u takes it back." if merged.operations else "")
        await self._read(SETTLE if self._result else "")

    def _ask(self, path: Path, question: str) -> None:
        from prioritizer.tui.screens.picker import Picker

        def answered(chosen: list[str] | None) -> None:
            if chosen == ["yes"]:
                self.bring_in(path, sure=True)

        self.app.push_screen(
            Picker(
                question, [("no", "Leave the session as it is", ""), ("yes", "Bring it in all the same", "")]
            ),
            answered,
        )

    def action_undo(self) -> None:
        """Takes back what was brought in here."""
        if not self._merges:
            self._app.problem(
                hint("Nothing was brought in here; {app.undo} on the stages undoes anything else.")
            )
            return

        async def undo() -> None:
            try:
                words = await asyncio.to_thread(self._app.workshop.undo)
            except PrioritizerError as error:
                self._app.problem(error)
            else:
                self._merges -= 1
                self._result = f"Undid: {words}."
            await self._read()

        self._begin(undo, "Undoing …")

    def action_go(self) -> None:
        """On with the other copy, which is then offered this one."""
        key = self.query_one(RowList).key
        if key in self._rows.copies:
            self.dismiss(str(self._rows.copies[key].path))

    def action_backup(self) -> None:
        """A verified backup, now."""

        async def back_up() -> None:
            try:
                made = await asyncio.to_thread(self._app.workshop.back_up)
            except PrioritizerError as error:
                self._result = ""
                self._app.problem(error)
            else:
                self._result = f"Backed up, and read back: {made.name}."
            await self._read()

        self._begin(back_up, "Backing up …")

    def _restore(self, backup: Path) -> None:
        from prioritizer.tui.screens.backups import restore_form

        def answered(values: dict[str, str] | None) -> None:
            if values is not None:
                start(self, "restore", self._restored, backup, values["path"])

        self.app.push_screen(restore_form(backup, self._app.workshop.path), answered)

    async def _restored(self, backup: Path, to: str) -> None:
        from prioritizer.tui.screens.backups import write_out

        path = await write_out(self._app, backup, to)
        if path is not None:
            self.dismiss(path)

    def _begin(self, work: Callable[[], Coroutine[Any, Any, None]], meanwhile: str) -> None:
        """One thing at a time, off the event loop, with a word about it while it lasts."""
        if self._busy:
            return
        self._busy = True
        self._result = meanwhile
        self._show()

        async def whole() -> None:
            try:
                await work()
            finally:
                self._busy = False

        start(self, "file", whole)

    def action_close(self) -> None:
        self.dismiss(None)


def asks_for(rows: FileRows) -> str:
    """What a file that was just opened should be asked about, in a few words; "" for nothing."""
    parts = [f"{rows.to_settle} to settle"] if rows.to_settle else []
    if rows.copies:
        parts.append(f"changes in {counted(len(rows.copies), 'other copy', 'other copies')}")
    return " and ".join(parts)
