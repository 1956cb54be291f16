"""The pilot charter of one use case: what is known, what is open and who can answer it; each field is edited here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prioritizer.model.report import ReportCharter, ReportField
from prioritizer.text.clean import clean_text
from prioritizer.text.width import fit
from prioritizer.tui.screens.form import Ask
from prioritizer.tui.screens.shortlist_forms import charter_command, charter_form
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.keyline import Key, KeyLine
from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList
from prioritizer.tui.widgets.textpane import Paragraph, TextPane
from prioritizer.workshop.commands.base import Command

_TITLE_WIDTH = 22


class CharterScreen(ModalScreen[None]):
    """Every field of a charter; what is changed is in the session at once, and undo takes it back."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape", "leave", "Back"),
        Binding("e", "edit", "Write", show=False),
        Binding("x,delete", "clear", "Take the words away", show=False),
        Binding("o", "only_open", "Only what is open", show=False),
        Binding("u,ctrl+z", "undo", "Undo", show=False),
        Binding("ctrl+y", "redo", "Redo", show=False),
    ]

    def __init__(
        self,
        look: Callable[[], ReportCharter | None],
        use_case: str,
        carry_out: Callable[[Command], Awaitable[object]],
        undo: Callable[[], Awaitable[None]],
        redo: Callable[[], Awaitable[None]],
    ) -> None:
        """The charter of a use case.

        Args:
            look: Gives the charter as it is now; none where the use case is gone.
            use_case: Its id.
            carry_out: Does a command.
            undo: Takes the last change back.
            redo: Does it again.
        """
        super().__init__()
        self._look = look
        self._use_case = use_case
        self._carry_out = carry_out
        self._undo = undo
        self._redo = redo
        self._charter: ReportCharter | None = None
        self._fields: dict[str, ReportField] = {}
        self._open_only = False

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="wide-dialog"):
            yield Static("", classes="dialog-title", id="charter-title")
            yield RowList(self._row, id="charter-fields", empty="  Nothing is open.")
            yield TextPane(id="charter-field", can_focus=False)
            yield KeyLine(self._keys(), id="charter-keys")

    def _keys(self) -> list[Key]:
        return [
            ("⏎", "write", "edit"),
            ("x", "clear", "clear"),
            ("o", "all fields" if self._open_only else "only open", "only_open"),
            ("u", "undo", "undo"),
            ("esc", "back", "leave"),
        ]

    def on_mount(self) -> None:
        self._show()
        rows = self.query_one(RowList)
        rows.focus()
        first = next((key for key, field in self._fields.items() if not field.text), None)
        if first is not None:
            rows.select(first)
        self._words()

    def _show(self) -> None:
        charter = self._look()
        if charter is None:
            self.dismiss()
            return
        self._charter = charter
        self._fields = {f.id: f for _, fields in charter.sections for f in fields}
        keys: list[str] = []
        for title, fields in charter.sections:
            shown = [f.id for f in fields if not (self._open_only and f.text)]
            if shown:
                keys += [HEADING + title, *shown]
        rows = self.query_one(RowList)
        rows.show_rows(keys)
        known, unknown = charter.counts()
        title = f"Pilot charter · #{charter.number} {charter.title}"
        counts = f"\n{known} fields filled, {unknown} open"
        warning = "".join(f"\n! {each}" for each in charter.warnings)
        self.query_one("#charter-title", Static).update(Content(f"{title}{counts}{warning}"))
        self.query_one(KeyLine).show(self._keys())
        self._words()

    def _row(self, key: str, look: Look) -> Text:
        text = Text(no_wrap=True, end="")
        if key.startswith(HEADING):
            text.append(fit(key.removeprefix(HEADING), look.width), style_of(self.app, "accent"))
            return text
        field = self._fields[key]
        text.append(" ✓ " if field.text else " ? ", style_of(self.app, "good" if field.text else "warn"))
        text.append(fit(field.title, _TITLE_WIDTH) + " ")
        rest = max(1, look.width - _TITLE_WIDTH - 4)
        if field.text:
            text.append(fit(clean_text(field.text, limit=500, lines=False), rest))
        else:
            text.append(fit(f"{field.question}  → {field.owner}", rest), style_of(self.app, "muted"))
        return text

    def _words(self) -> None:
        """The field under the cursor in full."""
        field = self._fields.get(self.query_one(RowList).key or "")
        words: list[Paragraph] = []
        if field is not None and field.text:
            words = [("", field.text, "")]
            if field.source:
                words.append(("", f"{field.source}; what you write takes its place", "muted"))
        elif field is not None:
            words = [("", field.question, ""), ("", f"to be answered by: {field.owner}", "muted")]
        self.query_one(TextPane).show(words)

    def on_row_list_moved(self) -> None:
        self._words()

    def on_row_list_chosen(self) -> None:
        self.action_edit()

    def action_edit(self) -> None:
        """Writes the field under the cursor."""
        field = self._fields.get(self.query_one(RowList).key or "")
        if field is None or self._charter is None:
            return
        ask: Ask = charter_form(self._use_case, self._charter.number, field)

        async def answered(values: dict[str, str] | None) -> None:
            if values is not None:
                await self._do(ask.command(values))

        self.app.push_screen(ask.form(), answered)

    async def action_clear(self) -> None:
        """Takes away what was written; what the session knows stands there again."""
        field = self._fields.get(self.query_one(RowList).key or "")
        if field is not None and field.text:
            await self._do(charter_command(self._use_case, field.id, ""))

    async def _do(self, command: Command) -> None:
        await self._carry_out(command)
        if self.is_attached:
            self._show()

    async def action_undo(self) -> None:
        await self._undo()
        if self.is_attached:
            self._show()

    async def action_redo(self) -> None:
        await self._redo()
        if self.is_attached:
            self._show()

    def action_only_open(self) -> None:
        """Only what nobody knows yet, or everything."""
        self._open_only = not self._open_only
        key = self.query_one(RowList).key
        self._show()
        if key is not None and key in self.query_one(RowList).keys:
            self.query_one(RowList).select(key)

    def action_leave(self) -> None:
        self.dismiss()
