"""Home: recent sessions; new, open, sample."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from prioritizer.errors import PrioritizerError
from prioritizer.text.width import fit
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.screens.base import ActionScreen
from prioritizer.tui.screens.form import Field, Form
from prioritizer.tui.widgets.rowlist import Look, RowList
from prioritizer.workshop.settings import save_settings

WELCOME = (
    "Prioritizer\n\n"
    "Which AI use case do we pilot first? Collect candidates, rate them against facts that somebody\n"
    "could check, and hold what looks impressive beside the ranking instead of inside it."
)


class HomeScreen(ActionScreen):
    """Where the app begins."""

    name_in_table = "home"
    purpose = "Choose a session to go on with, start a new one, or look at the sample."
    BINDINGS = bindings_for("home")

    def compose(self) -> ComposeResult:
        with Vertical(id="home"):
            yield Static(Content(WELCOME), id="home-welcome")
            yield Static(Content("Recent sessions"), classes="panel-title", id="home-recent-title")
            yield RowList(
                self._row,
                id="home-recent",
                empty="  None yet.  n starts a new session · s opens the sample · o opens a file",
            )
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._fill()
        self.query_one(RowList).focus()

    def _fill(self) -> None:
        self.query_one(RowList).set_rows([r.path for r in self.prioritizer.settings.recent])

    def _row(self, key: str, look: Look) -> Text:
        recent = next((r for r in self.prioritizer.settings.recent if r.path == key), None)
        text = Text(no_wrap=True, end="")
        title = recent.title if recent is not None else ""
        text.append(f"  {fit(title or Path(key).stem, 36)}  ")
        gone = not Path(key).exists()
        text.append(("not there any more: " if gone else "") + key, "dim")
        return text

    def why_not(self, action_id: str) -> str | None:
        if action_id in ("home.recent", "home.forget") and self.query_one(RowList).key is None:
            return "There is no recent session yet; n starts one, s opens the sample."
        return None

    async def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        await self.do_home_recent()

    async def do_home_recent(self) -> None:
        path = self.query_one(RowList).key
        if path is not None:
            await self._open(path)

    async def _open(self, path: str) -> None:
        from prioritizer.tui.app import _open

        await self.prioritizer.open_session(lambda: _open(path))

    def do_home_forget(self) -> None:
        path = self.query_one(RowList).key
        if path is None:
            return
        self.prioritizer.settings = self.prioritizer.settings.forgetting(path)
        save_settings(self.prioritizer.settings)
        self._fill()

    async def do_home_sample(self) -> None:
        from prioritizer.workshop.sample import open_sample

        await self.prioritizer.open_session(open_sample, stage="rank")

    def do_home_open(self) -> None:
        def check(values: object) -> None:
            assert isinstance(values, dict)
            if not Path(str(values["path"]).strip()).expanduser().is_file():
                raise PrioritizerError("There is no file at that path; check the spelling.")

        def opened(values: dict[str, str] | None) -> None:
            if values is not None:
                path = str(Path(values["path"].strip()).expanduser())
                self.call_later(self._open, path)

        fields = [Field("path", "Session file", hint="/path/to/session.sqlite")]
        self.app.push_screen(Form("Open a session", fields, check=check), opened)

    def do_home_new(self) -> None:
        from prioritizer.tui.screens.new import NewSessionScreen

        self.app.push_screen(NewSessionScreen())

    async def do_home_quit(self) -> None:
        await self.prioritizer.action_leave()
