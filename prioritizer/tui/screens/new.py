"""New session: look at a preset before choosing it, then title and file."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from prioritizer.errors import PrioritizerError
from prioritizer.model.presets import LoadedPreset, load_preset, shipped_ids
from prioritizer.text.width import fit
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.background import start
from prioritizer.tui.screens.action_screen import ActionScreen
from prioritizer.tui.screens.new_preview import preview
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.rowlist import Look, RowList
from prioritizer.tui.widgets.textpane import Paragraph, TextPane
from prioritizer.workshop.service import Workshop

OWN = "!own"
_OWN_WORDS: list[Paragraph] = [
    ("A preset of your own", "strong"),
    ("A TOML file with your dimensions, questions, level texts, gates and lanes.", ""),
    ("", ""),
    ("Press ⏎ or {new.file} to choose the file; it is checked, and shown here before anything is made.", ""),
    ("", ""),
    ("To begin one from a shipped preset:", "muted"),
    ("prioritizer presets new my-preset.toml", "muted"),
]


class NewScreen(ActionScreen):
    """Presets at the left, the one under the cursor at the right."""

    name_in_table = "new"
    purpose = "Choose what will be asked: look through a preset at the right, then take it."
    BINDINGS = bindings_for("new")
    CSS_PATH: ClassVar = "new.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._presets: dict[str, LoadedPreset] = {}

    def compose(self) -> ComposeResult:
        yield Static(Content("New session · which questions?"), id="new-title")
        with Horizontal(id="new-body"):
            with Vertical(id="new-left"):
                yield RowList(self._row, id="new-list", empty="  looking for presets …")
            yield TextPane(id="new-preview", classes="raised")
        yield KeyBar(self.name_in_table)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        start(self, "presets", self._read_presets)

    async def _read_presets(self) -> None:
        try:
            for loaded in await asyncio.to_thread(lambda: [load_preset(each) for each in shipped_ids()]):
                self._presets[loaded.preset.id] = loaded
        except PrioritizerError as error:
            self.prioritizer.problem(error)
        self._fill()

    def _fill(self) -> None:
        self.query_one(RowList).set_rows([*self._presets, OWN])

    def _row(self, key: str, look: Look) -> Text:
        loaded = self._presets.get(key)
        text = Text(no_wrap=True, end="")
        if loaded is None:
            text.append(fit("  A TOML file of your own …", look.width), style_of(self.app, "accent"))
            return text
        text.append(fit(f"  {loaded.preset.title}", look.width))
        return text

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        loaded = self._presets.get(event.key or "")
        words = preview(loaded.preset) if loaded is not None else [(hint(p[0]), *p[1:]) for p in _OWN_WORDS]
        self.query_one(TextPane).show(words)

    async def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        await self.action_run("new.choose")

    def why_not(self, action_id: str) -> str | None:
        if action_id == "new.choose" and self.query_one(RowList).key is None:
            return "The presets are still being read."
        return None

    # Actions

    def do_new_choose(self) -> None:
        loaded = self._presets.get(self.query_one(RowList).key or "")
        if loaded is None:
            self.do_new_file()
        else:
            start(self, "ask", self._ask, loaded)

    async def _ask(self, loaded: LoadedPreset) -> None:
        from prioritizer.tui.screens.new_file import NewForm, default_folder

        folder = await asyncio.to_thread(default_folder)
        title = f"{loaded.preset.title} {dt.date.today().isoformat()}"

        def filled(values: dict[str, str] | None) -> None:
            if values is not None:
                self.call_later(self._make, loaded, values)

        await self.app.push_screen(NewForm(loaded.preset.title, folder, title), filled)

    async def _make(self, loaded: LoadedPreset, values: dict[str, str]) -> None:
        from prioritizer.tui.screens.new_file import checked_path, default_folder, made_folder

        def create() -> Workshop:
            path = made_folder(checked_path(values["path"], default_folder()))
            return Workshop.create(path, preset=loaded.origin, title=values["title"])

        await self.prioritizer.open_session(create, stage="frame")

    def do_new_file(self) -> None:
        from prioritizer.tui.screens.files import FilePicker

        def chosen(path: str | None) -> None:
            if path is not None:
                self.call_later(self._look_at, path)

        self.app.push_screen(
            FilePicker("A preset of your own", "It is checked and shown first.", suffixes={".toml"}), chosen
        )

    async def _look_at(self, path: str) -> None:
        try:
            loaded = await asyncio.to_thread(load_preset, path)
        except PrioritizerError as error:
            self.prioritizer.problem(error)
            return
        key = loaded.origin
        self._presets[key] = loaded
        self._fill()
        self.query_one(RowList).select(key)
        self.query_one(TextPane).show(preview(loaded.preset))

    def do_new_look(self) -> None:
        pane, rows = self.query_one(TextPane), self.query_one(RowList)
        (rows if pane.has_focus else pane).focus()

    async def do_new_back(self) -> None:
        from prioritizer.tui.screens.home import HomeScreen

        await self.prioritizer.show_screen(HomeScreen())
