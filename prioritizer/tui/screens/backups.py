"""Every backup on this computer, to bring one back: also of sessions that are lost or damaged."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_text
from prioritizer.text.filenames import safe_filename
from prioritizer.text.width import fit
from prioritizer.tui.background import start
from prioritizer.tui.screens.form import Field, Form
from prioritizer.tui.screens.home_words import short_path, when
from prioritizer.tui.screens.new_file import SUFFIX, checked_path, default_folder
from prioritizer.tui.screens.this_file_rows import FileRows
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.keyline import KeyLine
from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList

if TYPE_CHECKING:
    from prioritizer.tui.app import PrioritizerApp
    from prioritizer.workshop.backups import Backup
    from prioritizer.workshop.settings import Recent


class BackupsScreen(ModalScreen[str | None]):
    """Gives back the path of a session that was made from a backup, or none."""

    CSS_PATH: ClassVar = "this_file.tcss"
    BINDINGS = [Binding("escape,q", "close", "Close")]  # noqa: RUF012  # Textual's own convention

    def __init__(self, first: str | None = None) -> None:
        """A screen.

        Args:
            first: Path of the session whose backups come first.
        """
        super().__init__()
        self._first = first
        self._sessions: dict[str, list[Backup]] = {}
        self._rows = FileRows()

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="files-dialog"):
            yield Static(Content("Backups"), classes="dialog-title")
            yield Static(
                Content(
                    "Made and read back before each import, merge and change of format: the last ten of a session, "
                    "and one a day before those."
                ),
                classes="dialog-note",
            )
            yield RowList(self._row, id="backups-list", empty="  There is no backup yet.")
            yield Static("", id="file-more")
            yield KeyLine([("⏎", "bring it back as a new file", "choose"), ("esc", "close", "close")])

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        start(self, "backups", self._read)

    @property
    def _recent(self) -> tuple[Recent, ...]:
        return cast("PrioritizerApp", self.app).settings.recent

    async def _read(self) -> None:
        from prioritizer.workshop.backups import list_all

        found = await asyncio.to_thread(list_all)
        wanted = next((r.session for r in self._recent if r.path == self._first), "")
        # The session under the cursor first, then whatever was backed up last.
        order = sorted(found, key=lambda s: (s == wanted, found[s][0].time), reverse=True)
        self._sessions = {session: found[session] for session in order}
        rows: list[str] = []
        for session, backups in self._sessions.items():
            rows += [f"{HEADING}gap"] if rows else []
            rows += [f"{HEADING}{session}", *(f"backup {each.path}" for each in backups)]
            self._rows.backups.update({f"backup {each.path}": each for each in backups})
        self.query_one(RowList).set_rows(rows)
        self._explain()

    def _row(self, key: str, look: Look) -> Text:
        session = key[len(HEADING) :]
        if not key.startswith(HEADING) or session not in self._sessions:
            return self._rows.line(key, look.width, self.app)
        known = next((r for r in self._recent if r.session == session), None)
        newest = self._sessions[session][0]
        title = known.title if known is not None and known.title else newest.path.name.split(".")[0]
        said = f"last backed up {when(newest.time.isoformat(), dt.datetime.now().astimezone())}"
        text = Text(no_wrap=True, end="")
        shown = clean_text(title, limit=200, lines=False)
        text.append(fit(shown, look.width - 34), f"bold {style_of(self.app, 'accent')}")
        text.append(fit(said, 34, align="right"), style_of(self.app, "muted"))
        return text

    def on_row_list_moved(self) -> None:
        self._explain()

    def _explain(self) -> None:
        key = self.query_one(RowList).key
        path = self._rows.backups[key].path if key in self._rows.backups else None
        self.query_one("#file-more", Static).update(Content(short_path(str(path), 70) if path else ""))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_choose()

    def action_choose(self) -> None:
        """Asks for the name of the new file, and writes it."""
        key = self.query_one(RowList).key
        if key not in self._rows.backups:
            return
        backup = self._rows.backups[key].path
        session = backup.parent.name
        beside = next((Path(r.path) for r in self._recent if r.session == session), None)

        def answered(values: dict[str, str] | None) -> None:
            if values is not None:
                start(self, "restore", self._restore, backup, values["path"])

        self.app.push_screen(restore_form(backup, beside), answered)

    async def _restore(self, backup: Path, to: str) -> None:
        path = await write_out(cast("PrioritizerApp", self.app), backup, to)
        if path is not None:
            self.dismiss(path)

    def action_close(self) -> None:
        self.dismiss(None)


def restore_form(backup: Path, beside: Path | None) -> Form:
    """Asks where a backup is to be written.

    Args:
        backup: The backup.
        beside: The session that it is of, where that is known.
    """
    stem = beside.stem if beside is not None else backup.name.split(".")[0]
    folder = beside.parent if beside is not None and beside.parent.is_dir() else default_folder()
    name = safe_filename(f"{stem} restored", SUFFIX, taken=_names(folder), fallback="session")

    def check(values: Mapping[str, str]) -> None:
        checked_path(values["path"])

    return Form(
        "Bring a backup back",
        [Field("path", "As the file", str(folder / name))],
        check=check,
        note="It becomes a session of its own; what you enter there can be merged with the one it comes from.",
    )


def _names(folder: Path) -> list[str]:
    try:
        return [each.name for each in folder.iterdir()]
    except OSError:
        return []


async def write_out(app: PrioritizerApp, backup: Path, to: str) -> str | None:
    """Writes a backup out; the path of the session, or none where that failed, which is said."""
    from prioritizer.tui.screens.new_file import made_folder
    from prioritizer.workshop.backups import restore

    try:
        return str(await asyncio.to_thread(lambda: restore(backup, made_folder(checked_path(to)))))
    except PrioritizerError as error:
        app.problem(error)
        return None
