"""An import to look at first: which column fills which field, what resembles what, and what would happen."""

from __future__ import annotations

import asyncio

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import ProgressBar, Static

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_text
from prioritizer.text.phrases import counted
from prioritizer.text.width import fit
from prioritizer.tui.background import start
from prioritizer.tui.screens.collect_review import ReviewScreen
from prioritizer.tui.screens.picker import Picker
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.keyline import Key, KeyLine
from prioritizer.tui.widgets.rowlist import Look, RowList
from prioritizer.tui.widgets.textpane import Paragraph, TextPane
from prioritizer.workshop.alike import Choice
from prioritizer.workshop.importing import ImportReport
from prioritizer.workshop.previewing import FIELDS, SEVERAL, Preview, Source
from prioritizer.workshop.service import Workshop

Mapping = tuple[tuple[str, str], ...]
_TITLES = dict(FIELDS)
_COLUMN: tuple[Key, ...] = (("⏎", "column", "choose"), ("x", "no column", "drop"))
_END: tuple[Key, ...] = (("^s", "import", "import"), ("esc", "leave", "leave"))


class ImportScreen(ModalScreen[ImportReport | None]):
    """Gives back what was imported, or none."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape", "leave", "Leave"),
        Binding("ctrl+s,i", "import", "Import"),
        Binding("x,delete", "drop", "No column", show=False),
        Binding("s", "review", "Similar titles", show=False),
        Binding("t", "sheet", "Another sheet", show=False),
    ]

    def __init__(self, source: Source, workshop: Workshop) -> None:
        super().__init__()
        self._source = source
        self._workshop = workshop
        self._mapping: Mapping = ()
        self._preview: Preview | None = None
        self._choices: dict[int, Choice] | None = None
        """None until somebody has looked at what resembles what."""
        self._busy = False

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="wide-dialog"):
            name = clean_text(self._source.name, limit=200, lines=False)
            yield Static(Content(f"Import {name}"), classes="dialog-title")
            yield Static("", classes="dialog-note", id="import-form")
            yield ProgressBar(show_percentage=False, show_eta=False, id="import-progress")
            yield RowList(self._row, id="import-fields")
            yield TextPane(id="import-preview", can_focus=False)
            yield KeyLine((*_COLUMN, *_END), id="import-keys")

    def on_mount(self) -> None:
        rows = self.query_one(RowList)
        rows.set_rows([field for field, _ in FIELDS])
        rows.focus()
        self._show_busy("")
        self._look()

    def _show_busy(self, words: str) -> None:
        """Says what goes on, beside a bar that moves; "" when it is over."""
        self._busy = bool(words)
        self.query_one(ProgressBar).display = self._busy
        self.query_one("#import-form", Static).update(Content(words or self._source.form))

    def _look(self) -> None:
        self._choices = None
        start(self, "preview", self._look_again)

    async def _look_again(self) -> None:
        found = await asyncio.to_thread(self._source.preview, self._workshop.snapshot, self._mapping)
        self._preview = found
        if not found.problem:
            self._mapping = found.mapping
        self.query_one(RowList).redraw()
        self._say()

    def _say(self) -> None:
        found = self._preview
        if found is None:
            return
        self.query_one(TextPane).show(_words(found, self._choices))
        keys: list[Key] = [*_COLUMN]
        if len(self._source.sheets) > 1:
            keys.append(("t", "sheet", "sheet"))
        if found.doubts:
            keys.append(("s", "similar titles", "review"))
        self.query_one(KeyLine).show([*keys, *_END])

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

    def action_sheet(self) -> None:
        """Another sheet of the workbook."""
        if len(self._source.sheets) < 2 or self._busy:
            return

        def chosen(sheets: list[str] | None) -> None:
            if sheets:
                start(self, "sheet", self._turn, sheets[0])

        options = [(name, name, "") for name in self._source.sheets]
        self.app.push_screen(Picker("Which sheet?", options, chosen=[self._source.sheet]), chosen)

    async def _turn(self, sheet: str) -> None:
        self._show_busy(f"Reading the sheet “{sheet}” …")
        try:
            self._source = await asyncio.to_thread(self._source.with_sheet, sheet)
        except PrioritizerError as error:
            self.query_one(TextPane).show([("! ", str(error), "lead-warn")])
            return
        finally:
            self._show_busy("")
        self._mapping = ()
        self._look()

    def action_review(self) -> None:
        """Row by row, what becomes of those that resemble another."""
        found = self._preview
        if found is not None and found.doubts and not self._busy:
            self._ask(found, then_import=False)

    def _ask(self, found: Preview, *, then_import: bool) -> None:
        def chosen(choices: dict[int, Choice] | None) -> None:
            if choices is None:
                return
            self._choices = choices
            self._say()
            if then_import:
                self.action_import()

        doubts = found.doubts
        screen = ReviewScreen(doubts, found.added - len(doubts), self._choices or {})
        self.app.push_screen(screen, chosen)

    def action_import(self) -> None:
        found = self._preview
        if found is None or found.problem or not found.added or self._busy:
            return
        if found.doubts and self._choices is None:
            self._ask(found, then_import=True)
        else:
            start(self, "import", self._import, found)

    async def _import(self, found: Preview) -> None:
        self._show_busy(f"Writing {counted(found.added, 'use case')} …")
        try:
            report = await asyncio.to_thread(
                self._source.import_into, self._workshop, self._mapping, self._choices
            )
        except PrioritizerError as error:
            self.query_one(TextPane).show([("! ", str(error), "lead-warn")])
            self._show_busy("")
            return
        self.dismiss(report)

    def action_leave(self) -> None:
        if not self._busy:
            self.dismiss(None)


def _words(found: Preview, choices: dict[int, Choice] | None) -> list[Paragraph]:
    """What the import would do."""
    if found.problem:
        return [("! ", found.problem, "lead-warn")]
    chosen = list((choices or {}).values())
    skipped, merged = chosen.count("skip"), chosen.count("merge")
    lines: list[Paragraph] = [
        (
            "+ ",
            f"{counted(found.added - skipped - merged, 'use case')} would enter, in one step that one undo takes back",
            "lead-good",
        )
    ]
    if found.duplicates:
        lines.append(
            ("= ", f"{counted(found.duplicates, 'duplicate')} left out: same title and task", "muted")
        )
    if found.doubts:
        what = (
            "s looks at them, and so does ^s"
            if choices is None
            else f"{merged:,} merged, {skipped:,} left out"
        )
        verb = "resembles" if len(found.doubts) == 1 else "resemble"
        lines.append(("≈ ", f"{counted(len(found.doubts), 'row')} {verb} another by title: {what}", "warn"))
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
