"""Ballots from a file and onto one: what is refused is shown row by row before anything is written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prioritizer.errors import PrioritizerError
from prioritizer.text.phrases import counted
from prioritizer.tui.background import start
from prioritizer.tui.screens.files import FilePicker
from prioritizer.tui.screens.form import Field, Form
from prioritizer.tui.widgets.keyline import KeyLine
from prioritizer.tui.widgets.textpane import TextPane

if TYPE_CHECKING:
    from prioritizer.tui.screens.base import StageScreen
    from prioritizer.workshop.ballots import BallotReport

SUFFIXES = (".csv", ".tsv", ".xlsx", ".json", ".txt")


class Refused(ModalScreen[bool | None]):
    """Every row that was refused; gives back true where the others are to enter."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape", "leave", "Leave"),
        Binding("p,P", "partial", "Let the others enter"),
    ]

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self._file = name
        self._words = words

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="files-dialog"):
            yield Static(Content(self._file), classes="dialog-title")
            yield TextPane(id="refused-rows")
            yield KeyLine([("p", "let the valid rows enter", "partial"), ("esc", "write nothing", "leave")])

    def on_mount(self) -> None:
        pane = self.query_one(TextPane)
        pane.show([(line, "") for line in self._words.split("\n")])
        pane.focus()

    def action_partial(self) -> None:
        self.dismiss(True)

    def action_leave(self) -> None:
        self.dismiss(None)


def import_file(screen: StageScreen, then: Callable[[BallotReport], None]) -> None:
    """Asks for a file and reads it: all rows enter, or none, or on request the valid ones.

    Args:
        screen: Which asks.
        then: Called once answers have entered.
    """

    async def read(path: Path, partial: bool) -> None:
        from prioritizer.workshop.ballots import import_ballots

        try:
            report = await asyncio.to_thread(import_ballots, screen.workshop, [(path, None)], partial=partial)
        except PrioritizerError as error:
            if "\n" in str(error) and not partial:
                screen.app.push_screen(
                    Refused(path.name, str(error)), lambda yes: again(path) if yes else None
                )
            else:
                screen.prioritizer.problem(error)
            return
        screen.prioritizer.say(report_words(report))
        then(report)

    def again(path: Path) -> None:
        start(screen, "ballots", read, path, True)

    def chosen(path: str | None) -> None:
        if path is not None:
            start(screen, "ballots", read, Path(path), False)

    note = "participant,use_case,criterion,answer · a form's export with a row a person · a ballot page's answer file"
    screen.app.push_screen(
        FilePicker("Read answers", note, suffixes=SUFFIXES, start=str(screen.workshop.path.parent)), chosen
    )


def report_words(report: BallotReport) -> str:
    """What an import did, in a sentence; no answer is in it."""
    state = "revealed" if report.revealed else "not revealed yet"
    text = (
        f"{counted(report.answers, 'answer')} of {counted(report.people, 'person', 'people')} to "
        f"{counted(report.cells, 'cell')}, {state}."
    )
    if report.refused:
        text += f" {counted(len(report.refused), 'row')} refused."
    return text


def page_form(session: Path) -> Form:
    """Where to write a ballot, and which kind."""
    fields = [
        Field("path", "File", str(session.with_name("ballot.html")), ".html, .md or .csv"),
        Field(
            "kind",
            "As .html",
            "page",
            choices=(("a page to fill in, also on a phone", "page"), ("a page to print", "paper")),
        ),
    ]

    def check(values: object) -> None:
        assert isinstance(values, dict)
        path = Path(values["path"].strip()).expanduser()
        if not values["path"].strip():
            raise PrioritizerError("Give the file a name: .html is a page, .md paper, .csv a blank table.")
        if path.exists():
            raise PrioritizerError("A file of that name is there already; choose another name.")

    note = "It asks the open rounds, else everything that is asked in the room. Nothing is fetched or sent."
    return Form("Write a ballot", fields, check=check, note=note)
