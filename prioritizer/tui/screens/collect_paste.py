"""Many lines at once: look at them, then add them in one step that one undo takes back."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prioritizer.text.clean import clean_text
from prioritizer.text.phrases import counted
from prioritizer.text.width import fit
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.keyline import KeyLine
from prioritizer.tui.widgets.rowlist import Look, RowList
from prioritizer.workshop.commands.collect import NewUseCase


class PasteScreen(ModalScreen[list[NewUseCase] | None]):
    """Gives back what is to be added, or none."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape", "leave", "Leave"),
        Binding("ctrl+s", "add", "Add", show=False),
        Binding("x,delete,space", "drop", "Leave out", show=False),
    ]

    def __init__(self, items: Sequence[NewUseCase], known: dict[str, int]) -> None:
        """A look at pasted lines.

        Args:
            items: From the lines.
            known: Case-folded title → number of the use case that has it already.
        """
        super().__init__()
        self._items = {str(i): item for i, item in enumerate(items)}
        self._known = known
        self._out: set[str] = set()

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="files-dialog"):
            yield Static("", classes="dialog-title", id="paste-title")
            yield RowList(self._row, id="paste-list")
            yield KeyLine(
                [("⏎", "add them", "add"), ("space", "leave one out", "drop"), ("esc", "add none", "leave")]
            )

    def on_mount(self) -> None:
        self.query_one(RowList).set_rows(list(self._items))
        self.query_one(RowList).focus()
        self._count()

    def _count(self) -> None:
        number = len(self._items) - len(self._out)
        self.query_one("#paste-title", Static).update(Content(f"Add {counted(number, 'use case')}?"))

    def _row(self, key: str, look: Look) -> Text:
        item = self._items[key]
        title = clean_text(item.title, limit=200, lines=False)
        number = self._known.get(title.casefold())
        muted = style_of(self.app, "muted")
        text = Text(no_wrap=True, end="")
        text.append(" – " if key in self._out else " + ", style_of(self.app, "mark"))
        said = f"≈ #{number} has this title" if number is not None else ""
        right = 24 if said else 0
        whole = f"{title}  {clean_text(item.task, limit=500, lines=False)}".rstrip()
        text.append(fit(whole, max(1, look.width - 3 - right)), muted if key in self._out else "")
        text.append(fit(said, right), style_of(self.app, "warn"))
        return text

    def on_row_list_chosen(self) -> None:
        self.action_add()

    def action_drop(self) -> None:
        """Leaves the line under the cursor out, or takes it in again."""
        rows = self.query_one(RowList)
        if rows.key is not None:
            self._out ^= {rows.key}
            rows.redraw(rows.key)
            rows.step(1)
            self._count()

    def action_add(self) -> None:
        kept = [item for key, item in self._items.items() if key not in self._out]
        self.dismiss(kept or None)

    def action_leave(self) -> None:
        self.dismiss(None)
