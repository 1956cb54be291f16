"""Title and file of a new session: the file is named after the title, and nothing is written over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from textual.widgets import Input

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_error
from prioritizer.text.filenames import safe_filename
from prioritizer.tui.screens.form import Field, Form

SUFFIX = ".sqlite"
FOLDER = "Prioritizer"
_ENDING = re.compile(r"\.[A-Za-z]\w{0,9}$")


def default_folder() -> Path:
    """Where new sessions go: in the documents folder where there is one, else among the user's data."""
    from platformdirs import user_data_path, user_documents_path

    documents = user_documents_path()
    return documents / FOLDER if documents.is_dir() else user_data_path("prioritizer", appauthor=False)


def free_path(folder: Path, title: str) -> Path:
    """A path in a folder for a session of this title, which nothing has yet."""
    try:
        taken = [entry.name for entry in folder.iterdir()]
    except OSError:
        taken = []
    return folder / safe_filename(title, SUFFIX, taken=taken, fallback="session")


def checked_path(text: str, folder: Path | None = None) -> Path:
    """The path that was typed, whole.

    Args:
        text: What was typed; a name that does not end as a file does gets the ending of a session.
        folder: Where a name without a folder goes; into the working folder if none.

    Raises:
        PrioritizerError: It is empty, a folder, or there already.
    """
    if not text.strip():
        raise PrioritizerError("A session needs a file: give it a path.")
    path = Path(text.strip()).expanduser()
    if folder is not None and path.name == str(path):
        path = folder / path
    if path.is_dir():
        raise PrioritizerError("That is a folder; add the name of a file to it.")
    if path.name and not _ENDING.search(path.name):
        path = path.with_name(path.name + SUFFIX)
    if path.exists():
        raise PrioritizerError("There is a file of that name already; choose another name.")
    return path


def made_folder(path: Path) -> Path:
    """The path, its folder made where it was missing.

    Raises:
        PrioritizerError: The folder cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = clean_error(error.strerror or "it is refused")
        raise PrioritizerError(f"The folder {clean_error(path.parent)} cannot be made: {reason}.") from None
    return path


class NewForm(Form):
    """Asks for title and file; while the file's name is not touched, it follows the title."""

    def __init__(self, preset_title: str, folder: Path, title: str) -> None:
        self._folder = folder
        self._offered = str(free_path(folder, title))
        super().__init__(
            f"New session · {preset_title}",
            [
                Field(
                    "title",
                    "What is this session called?",
                    title,
                    "for example: Pilots 2026, service operations",
                    offered=True,
                ),
                Field("path", "Its file", self._offered, offered=True),
            ],
            check=self._check_both,
            note="Everything you do is saved into this one file at once; send it, copy it, open it again.",
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        super().on_input_changed(event)
        path = self.query_one("#field-path", Input)
        if event.input.id == "field-title" and path.value == self._offered:
            self._offered = str(free_path(self._folder, event.value))
            path.value = self._offered

    def _check_both(self, values: Mapping[str, str]) -> None:
        if not values["title"].strip():
            raise PrioritizerError("A session needs a title: what will be decided here.")
        checked_path(values["path"], self._folder)
