"""An import to look at first: which column fills which field, and what would happen."""

from __future__ import annotations

import asyncio

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prioritizer.model.session import Snapshot
from prioritizer.text.clean import clean_text
from prioritizer.text.phrases import counted
from prioritizer.text.width import fit
from prioritizer.tui.background import start
from prioritizer.tui.screens.picker import Picker
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.keyline import KeyLine
from prioritizer.tui.widgets.rowlist import Look, RowList
from prioritizer.tui.widgets.textpane import Paragraph, TextPane
from prioritizer.workshop.previewing import FIELDS, SEVERAL, Preview, Source

Mapping = tuple[tuple[str, str], ...]
_TITLES = dict(FIELDS)
_KEYS = (
    ("⏎", "choose the column", "choose"),
    ("x", "no column", "drop"),
    ("^s", "import", "import"),
    ("esc", "leave", "leave"),
)


class ImportScreen(ModalScreen[Mapping | None]):
    """Gives back the mapping to import with, or none."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape", "leave", "Leave"),
        Binding("ctrl+s,i", "import", "Import"),
        Binding("x,delete", "drop", "No column", show=False),
    ]

    def __init__(self, source: Source, snapshot: Snapshot) -> None:
        super().__init__()
        self._source = source
        self._snapshot = snapshot
        self._mapping: Mapping = ()
        self._preview: Preview | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="wide-dialog"):
            name = clean_text(self._source.name, limit=200, lines=False)
            yield Static(Content(f"Import {name}"), classes="dialog-title")
            yield Static(Content(self._source.form), classes="dialog-note")
            yield RowList(self._row, id="import-fields")
            yield TextPane(id="import-preview", can_focus=False)
            yield KeyLine(_KEYS)

    def on_mount(self) -> None:
        rows = self.query_one(RowList)
        rows.set_rows([field for field, _ in FIELDS])
        rows.focus()
        self._look()

    def _look(self) -> None:
        start(self, "preview", self._look_again)

    async def _look_again(self) -> None:
        found = await asyncio.to_thread(self._source.preview, self._snapshot, self._mapping)
        self._preview = found
        if not found.problem:
            self._mapping = found.mapping
        self.query_one(RowList).redraw()
        self.query_one(TextPane).show(_words(found))

    def _row(self, key: str, look: Look) -> Text:
        text = Text(f"  {fit(_TITLES[key], 15)}", no_wrap=True, end="")
        columns = self._columns(key)
        muted = style_of(self.app, "muted")
        if not columns:
            text.append(fit("–", look.width - 17), muted)
            return text
        names = " + ".join(columns)
        example = self._source.example(columns[0])
        wide = (look.width - 17) // 2
        text.append(fit(f"← {names}", wide), style_of(self.app, "accent"))
        text.append(" " + fit(example, max(1, look.width - 18 - wide)), muted)
        return text

    def _columns(self, field: str) -> list[str]:
        return [column for name, column in self._mapping if name == field]

    def on_row_list_chosen(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        """Which column fills the field under the cursor."""
        field = self.query_one(RowList).key
        if field is None:
            return
        used = {column: _TITLES[name] for name, column in self._mapping}
        options = [
            (c, c, f"→ {used[c]}" if c in used else self._source.example(c)) for c in self._source.columns
        ]

        def chosen(columns: list[str] | None) -> None:
            if columns is not None:
                self._map(field, columns)

        several = field in SEVERAL
        title = f"Which column has the {_TITLES[field].lower()}?"
        self.app.push_screen(Picker(title, options, chosen=self._columns(field), several=several), chosen)

    def action_drop(self) -> None:
        """No column fills this field."""
        field = self.query_one(RowList).key
        if field == "title":
            self.query_one(TextPane).show(
                [("Every use case needs a title, so one column must have them.", "warn")]
            )
        elif field is not None:
            self._map(field, [])

    def _map(self, field: str, columns: list[str]) -> None:
        others = [(f, c) for f, c in self._mapping if f != field and c not in columns]
        order = [name for name, _ in FIELDS]
        mapping = [*others, *((field, c) for c in columns)]
        self._mapping = tuple(sorted(mapping, key=lambda pair: order.index(pair[0])))
        self._look()

    def action_import(self) -> None:
        found = self._preview
        if found is not None and not found.problem and found.added:
            self.dismiss(self._mapping)

    def action_leave(self) -> None:
        self.dismiss(None)


def _words(found: Preview) -> list[Paragraph]:
    """What the import would do."""
    if found.problem:
        return [("! ", found.problem, "lead-warn")]
    lines: list[Paragraph] = [
        (
            "+ ",
            f"{counted(found.added, 'use case')} would enter, in one step that one undo takes back",
            "lead-good",
        )
    ]
    if found.duplicates:
        lines.append(
            ("= ", f"{counted(found.duplicates, 'duplicate')} left out: same title and task", "muted")
        )
    if found.similar:
        lines.append(("≈ ", f"{found.similar:,} with a title that another has too: they enter", "muted"))
    if found.refused:
        row, reason = found.refused[0]
        lines.append(
            (
                "! ",
                f"{counted(len(found.refused), 'row')} refused, the first is row {row}: {reason}",
                "lead-warn",
            )
        )
    if found.first:
        lines.append(("  ", "Beginning with: " + " · ".join(found.first), "muted"))
    return lines
