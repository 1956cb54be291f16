"""Collect: type and Enter, paste many, see what is similar; mark, park, merge, record facts."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widgets import Input

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot
from prioritizer.text.clean import clean_text
from prioritizer.text.lines import parted
from prioritizer.text.phrases import counted
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import key_of
from prioritizer.tui.background import spoken_of, start
from prioritizer.tui.drafts import DraftKeeper
from prioritizer.tui.screens.collect_board import CollectBoard
from prioritizer.tui.screens.collect_input import CandidateInput
from prioritizer.workshop.commands.collect import AddUseCases, NewUseCase
from prioritizer.workshop.views.collect import folded_titles, similar, similar_to

if TYPE_CHECKING:
    from prioritizer.workshop.alike import Choice
    from prioritizer.workshop.importing import ImportReport
    from prioritizer.workshop.previewing import Source

DRAFT = "collect.title"
_ENDINGS = frozenset({".csv", ".tsv", ".json", ".md", ".markdown", ".txt", ".xlsx"})


class CollectScreen(CollectBoard):
    """An input that is always ready, above the list of candidates."""

    name_in_table = "collect"
    purpose = "Collect candidates: type a title and press Enter. {collect.list} goes to the list, where single keys work."
    BINDINGS = bindings_for("collect")
    CSS_PATH: ClassVar = "collect.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._titles: tuple[Snapshot | None, list[tuple[str, str]]] = (None, [])
        self._keeper: DraftKeeper | None = None

    def compose_body(self) -> ComposeResult:
        yield CandidateInput(
            placeholder="type a use case and press Enter   (“title — task” takes the task along)",
            id="collect-title",
            select_on_focus=False,
        )
        yield from self.compose_list()

    def on_mount(self) -> None:
        self._keeper = DraftKeeper(self, self.workshop, DRAFT)
        self.query_one(CandidateInput).focus()
        here = self.prioritizer.place.get("use_case")
        if here is not None:
            self.rows.select(here)
        self.bring_back(DRAFT, self._offer)

    def _offer(self, text: str) -> None:
        line = self.query_one(CandidateInput)
        if self._keeper is not None:
            self._keeper.found(text)
        if not line.value:
            line.value = text
            line.action_end()
            self.prioritizer.say("What you had begun to type is back.")

    # Typing

    def on_candidate_input_left(self) -> None:
        self.rows.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id != "collect-title":
            return
        if self._keeper is not None:
            self._keeper.keep(event.value)
        start(self, "similar", self._look_for_similar, event.value)

    async def _look_for_similar(self, typed: str) -> None:
        snapshot = self.workshop.snapshot
        if self._titles[0] is not snapshot:
            self._titles = (snapshot, folded_titles(snapshot))
        title = parted(typed)[0]
        ids = await asyncio.to_thread(similar, self._titles[1], title)
        found = similar_to(snapshot, ids, title)
        if found != self._similar:
            self._similar = found
            self.say_what_there_is()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id != "collect-title":
            return
        text = event.value
        if not text.strip():
            self.rows.focus()
            return
        event.input.value = ""  # at once: the next title may be typed while this one is written
        title, task = parted(text)
        if not await self._add([NewUseCase(title, task)]) and not event.input.value:
            event.input.value = text
            event.input.action_end()
        if self._keeper is not None:
            self._keeper.flush()  # what is in the session now must not be offered again after a crash

    def on_candidate_input_pasted(self, event: CandidateInput.Pasted) -> None:
        start(self, "import", self._look_at_paste, event.text)

    async def _look_at_paste(self, text: str) -> None:
        from prioritizer.workshop.previewing import Source

        try:
            source = await asyncio.to_thread(Source.pasted, text)
        except PrioritizerError as error:
            self.prioritizer.problem(error)
            return
        if not source.is_list:
            self._show_import(source)
            return
        from prioritizer.tui.screens.collect_review import ReviewScreen

        found = await asyncio.to_thread(source.preview, self.workshop.snapshot)
        if not found.fresh:
            if found.duplicates:
                self.prioritizer.say("All of it is here already: the same title and task.")
            return

        def looked(choices: dict[int, Choice] | None) -> None:
            if choices is not None:
                start(self, "import", self._add_pasted, source, choices)

        self.app.push_screen(ReviewScreen(found.fresh), looked)

    async def _add_pasted(self, source: Source, choices: dict[int, Choice]) -> None:
        self.show_saving()
        try:
            report = await asyncio.to_thread(source.import_into, self.workshop, (), choices)
        except PrioritizerError as error:
            self.session_changed()
            self.prioritizer.problem(error)
            return
        self._imported(report)

    async def _add(self, items: list[NewUseCase]) -> bool:
        done = await self.carry_out(AddUseCases(items))
        if done is None:
            return False
        if not self.is_attached:
            return True
        if self._lot:
            self._lot = False
            self.show_session()
        self.rows.select(done.made[-1])
        return True

    def do_collect_add(self) -> None:
        self.query_one(CandidateInput).focus()

    # From a file

    def do_collect_import(self) -> None:
        from prioritizer.tui.screens.files import FilePicker

        def chosen(path: str | None) -> None:
            if path is not None:
                start(self, "import", self._look_at, path)

        note = "CSV, XLSX, JSON, Markdown or plain lines. You look at what would happen first."
        self.app.push_screen(FilePicker("Import use cases", note, suffixes=_ENDINGS), chosen)

    async def _look_at(self, path: str) -> None:
        from prioritizer.workshop.previewing import Source

        name = clean_text(Path(path).name, limit=80, lines=False)
        try:
            with spoken_of(self.prioritizer, f"Reading {name} …"):
                source = await asyncio.to_thread(Source.read, Path(path))
        except PrioritizerError as error:
            self.prioritizer.problem(error)
            return
        self._show_import(source)

    def _show_import(self, source: Source) -> None:
        from prioritizer.tui.screens.collect_import import ImportScreen

        self.app.push_screen(ImportScreen(source, self.workshop), self._imported)

    def _imported(self, report: ImportReport | None) -> None:
        """Shows what came in, and says what did not."""
        if report is None:
            return
        self.session_changed()
        if not self.is_attached:
            return
        if self._lot:
            self._lot = False
            self.show_session()
        parts = [f"Added {counted(report.added, 'use case')}"]
        if report.merged:
            parts.append(f"{len(report.merged):,} merged")
        if report.skipped:
            parts.append(f"{len(report.skipped):,} similar left out")
        if report.duplicates:
            parts.append(f"{counted(len(report.duplicates), 'duplicate')} left out")
        if report.refused:
            rows = ", ".join(f"{each.row:,}" for each in report.refused[:5])
            more = " …" if len(report.refused) > 5 else ""
            parts.append(f"{counted(len(report.refused), 'row')} refused ({rows}{more})")
        self.prioritizer.say(f"{'; '.join(parts)}. {key_of('app.undo', typing=True)} takes all of it back.")
        if report.ids:
            self.rows.select(report.ids[0])
