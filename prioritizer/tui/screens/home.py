"""Home: what the program is for, how to begin, and the sessions to go on with."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from prioritizer.text.clean import clean_text
from prioritizer.text.width import fit
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import key_of
from prioritizer.tui.background import start
from prioritizer.tui.screens.action_screen import ActionScreen
from prioritizer.tui.screens.home_words import ASKS, IDEA, NAME, STARTS, short_path, when
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList
from prioritizer.workshop.settings import Recent, save_settings

_START = {key: (title, words) for key, title, words in STARTS}


class HomeScreen(ActionScreen):
    """Where the app begins."""

    name_in_table = "home"
    purpose = "Choose a session to go on with, start a new one, or look at the sample."
    BINDINGS = bindings_for("home")
    CSS_PATH: ClassVar = "home.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._gone: frozenset[str] = frozenset()
        self._now = dt.datetime.now().astimezone()
        self._busy = False

    def compose(self) -> ComposeResult:
        with Vertical(id="home"):
            yield Static(Content(NAME), id="home-name")
            yield Static(Content(ASKS), id="home-asks")
            yield Static(Content(IDEA), id="home-idea")
            yield FilterLine(id="home-filter")
            yield RowList(self._row, id="home-list")
        yield KeyBar(self.name_in_table)

    def on_mount(self) -> None:
        self._fill()
        if self._recent:  # whoever has a session wants to go on with it
            self.query_one(RowList).select(self._recent[0].path)
        self.query_one(RowList).focus()
        start(self, "look", self._look_for_files)

    @property
    def _recent(self) -> tuple[Recent, ...]:
        return self.prioritizer.settings.recent

    async def _look_for_files(self) -> None:
        """Marks sessions that are gone; off the event loop, because a network drive may be slow to say."""
        paths = [r.path for r in self._recent]
        there = await asyncio.to_thread(lambda: [Path(p).is_file() for p in paths])
        self._gone = frozenset(p for p, found in zip(paths, there, strict=True) if not found)
        self.query_one(RowList).redraw()

    def _fill(self) -> None:
        words = self.query_one(FilterLine).words
        shown = [r.path for r in self._recent if all(w in f"{r.title} {r.path}".casefold() for w in words)]
        rows = [f"{HEADING}begin", *_START]
        if self._recent:
            rows += [f"{HEADING}gap", f"{HEADING}recent", *shown]
        self.query_one(RowList).set_rows(rows)
        self.query_one(FilterLine).count(len(shown), len(self._recent))

    def _row(self, key: str, look: Look) -> Text:
        text = Text(no_wrap=True, end="")
        accent, muted = style_of(self.app, "accent"), style_of(self.app, "muted")
        if key.startswith(HEADING):
            titles = {"begin": "Begin", "recent": "Go on with"}
            text.append(titles.get(key[1:], ""), f"bold {accent}")
            return text
        if key in _START:
            title, words = _START[key]
            text.append(f"  {key_of(key.replace('!', 'home.'))}  ", f"bold {style_of(self.app, 'mark')}")
            text.append(fit(title, 22))
            text.append(fit(words, max(0, look.width - 28)), muted)
            return text
        recent = next((r for r in self._recent if r.path == key), Recent(path=key))
        title = clean_text(recent.title, limit=200, lines=False) or Path(key).stem
        gone = key in self._gone
        room = look.width - 5
        text.append("  ✕  " if gone else "  ▸  ", style_of(self.app, "warn") if gone else accent)
        said = "not there any more" if gone else when(recent.opened, self._now)
        wide = min(44, room * 2 // 5)
        text.append(fit(title, wide), muted if gone else "")
        text.append(" " + fit(said, 19), style_of(self.app, "warn") if gone else muted)
        text.append(fit(short_path(key, room - wide - 20), max(0, room - wide - 20)), muted)
        return text

    def why_not(self, action_id: str) -> str | None:
        if action_id == "home.forget" and self._chosen() is None:
            return "The cursor is on no recent session."
        if action_id == "home.filter" and not self._recent:
            return "There is no recent session to filter yet."
        return None

    def _chosen(self) -> str | None:
        key = self.query_one(RowList).key
        return key if key is not None and not key.startswith("!") else None

    async def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        await self.action_run("home.choose")

    def on_filter_line_changed(self) -> None:
        self._fill()

    def on_filter_line_left(self) -> None:
        self._fill()
        if self.query_one(FilterLine).text:
            recent = [k for k in self.query_one(RowList).keys if k[0] not in f"!{HEADING}"]
            if recent:
                self.query_one(RowList).select(recent[0])
        self.query_one(RowList).focus()

    # Actions

    async def do_home_choose(self) -> None:
        key = self.query_one(RowList).key
        if key is None:
            return
        if key in _START:
            await self.action_run(key.replace("!", "home."))
        else:
            await self._open(key)

    async def _open(self, path: str) -> None:
        from prioritizer.workshop.service import Workshop

        if self._busy:
            return  # a second Enter while a slow disk opens the first
        self._busy = True
        try:
            opened = await self.prioritizer.open_session(lambda: Workshop.open(path))
        finally:
            self._busy = False
        if not opened:
            await self._look_for_files()

    def do_home_filter(self) -> None:
        self.query_one(FilterLine).open()

    def do_home_forget(self) -> None:
        path = self._chosen()
        if path is None:
            return
        self.prioritizer.settings = self.prioritizer.settings.forgetting(path)
        save_settings(self.prioritizer.settings)
        self._fill()
        self.prioritizer.say("Taken off the list; the file stays where it is.")

    async def do_home_sample(self) -> None:
        from prioritizer.workshop.sample import create_sample, sample_path

        # Each visit has a fresh one, and the list keeps the latest only.
        path = sample_path()
        for each in self._recent:
            if Path(each.path).parent == path.parent.resolve() and Path(each.path).match("sample*.sqlite"):
                self.prioritizer.settings = self.prioritizer.settings.forgetting(each.path)
        await self.prioritizer.open_session(lambda: create_sample(path), stage="rank")

    def do_home_open(self) -> None:
        from prioritizer.tui.screens.files import FilePicker

        def chosen(path: str | None) -> None:
            if path is not None:
                self.call_later(self._open, path)

        self.app.push_screen(
            FilePicker(
                "Open a session",
                "A session is one file; nothing is changed by looking.",
                start=self._folder(),
            ),
            chosen,
        )

    def do_home_backups(self) -> None:
        from prioritizer.tui.screens.backups import BackupsScreen

        def made(path: str | None) -> None:
            if path is not None:
                self.call_later(self._open, path)

        self.app.push_screen(BackupsScreen(self._chosen()), made)

    def _folder(self) -> str:
        """Where sessions were last."""
        return str(Path(self._recent[0].path).parent) if self._recent else ""

    async def do_home_new(self) -> None:
        from prioritizer.tui.screens.new import NewScreen

        await self.prioritizer.show_screen(NewScreen())

    async def do_home_quit(self) -> None:
        await self.prioritizer.action_leave()
