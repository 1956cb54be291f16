"""Ballot: the room commits before it discusses; one line of cards for each use case."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Input

from prioritizer.errors import PrioritizerError
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.background import start
from prioritizer.tui.screens import room_pages as pages
from prioritizer.tui.screens.ballot_board import PRACTICE, BallotBoard, CardLine
from prioritizer.tui.widgets.painted import Painted
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.workshop.ballots import cards
from prioritizer.workshop.commands.rate import Reveal
from prioritizer.workshop.commands.room import OpenRound
from prioritizer.workshop.views.balloting import missing_words, practise

if TYPE_CHECKING:
    from prioritizer.workshop.ballots import BallotReport

NO_PEOPLE = "Nobody who is here votes; {app.frame} goes to Frame, where people are added."
PRACTISING = (
    "This is the practice item, of which nothing is kept; ⏎ on an empty line goes on to the first use case."
)
NO_CASE = "No use case is under the cursor; {app.collect} goes to Collect."


class BallotScreen(BallotBoard):
    """Cards up: everybody shows a card at once, one line is typed from left to right."""

    name_in_table = "ballot"
    purpose = (
        "The blind ballot: all cards go up at once and are typed in roster order, 3324?3-2 and Enter. "
        "The screen shows who has answered and never what, until the reveal. Whoever holds the file can read it."
    )
    BINDINGS = bindings_for("ballot")

    def why_not(self, action_id: str) -> str | None:
        if not action_id.startswith("ballot.") or action_id == "ballot.back":
            return None
        if not self.asked:
            return hint(pages.NOTHING_ASKED)
        if action_id in ("ballot.enter", "ballot.pass") and not self.people:
            return hint(NO_PEOPLE)
        if action_id == "ballot.open-one" and self.cell is None:
            return hint(NO_CASE)
        return None

    # The line

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.complain("")
        self.query_one("#ballot-seats", Painted).repaint()

    def on_card_line_entered(self, event: CardLine.Entered) -> None:
        event.stop()
        self._enter(event.text.strip())

    def on_card_line_stepped(self, event: CardLine.Stepped) -> None:
        event.stop()
        self.rows.step(event.by)

    def do_ballot_enter(self) -> None:
        text, self.line.value = self.line.value, ""
        self._enter(text.strip())

    def _give_back(self, line: str, words: str) -> None:
        """Says what is wrong with a line; it stands there again, unless the next one was begun."""
        if not self.line.value:
            with self.prevent(Input.Changed):
                self.line.value = line
                self.line.cursor_position = len(line)
        self.complain(words)
        self.repaint()

    def _enter(self, line: str) -> None:
        if line and not self.people:
            self._give_back(line, hint(NO_PEOPLE))
            return
        if self.practising:
            self._practise(line)
            return
        cell, ladder = self.cell, self.ladder
        if cell is None or ladder is None:
            self.prioritizer.problem(hint(NO_CASE))
            return
        if not line:
            self._on()
            return
        if cell.status == "revealed":
            words = f"#{cell.number} {ladder.criterion.id} is revealed; {key_of('reveal.revote')} on the reveal ({key_of('ballot.reveal')}) votes again about it."
            self._give_back(line, words)
            return
        try:
            command = cards(
                self.workshop.snapshot, cell.use_case, ladder.criterion.id, line, masked=self.masked
            )
        except PrioritizerError as error:
            self._give_back(line, str(error))
            return
        spot = (cell.use_case, ladder.criterion.id)
        self.send(command, {spot: "in"})
        self.rows.redraw(cell.use_case)
        if len(command.answers) == len(self.people):
            self._on()

    def _practise(self, line: str) -> None:
        if not line:
            self._end_practice()
            return
        try:
            self.practised = practise(self.workshop.snapshot, line, masked=self.masked)
        except PrioritizerError as error:
            self._give_back(line, str(error))
            return
        self.complain("")
        self.rows.redraw(PRACTICE)

    def _end_practice(self) -> None:
        self.prioritizer.place[pages.PRACTISED] = "yes"
        self.practised = None
        self.show_page(next(iter(self.cells), ""))

    def _on(self) -> None:
        """To the next use case that waits for answers: below, else from the top."""
        ladder = self.ladder
        assert ladder is not None
        keys = [key for key in self.rows.keys if key != PRACTICE]
        here = keys.index(self.rows.key) if self.rows.key in keys else -1
        for key in (*keys[here + 1 :], *keys[: here + 1]):
            if not self.cells[key].complete and self.pending((key, ladder.criterion.id)) is None:
                self.rows.select(key)
                return

    # Moving

    def do_ballot_down(self) -> None:
        self.rows.step(1)

    def do_ballot_up(self) -> None:
        self.rows.step(-1)

    def do_ballot_next(self) -> None:
        self._turn(1)

    def do_ballot_previous(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        target = self.page + by
        if not 0 <= target < len(self.asked):
            self.prioritizer.problem(
                f"This is the {'last' if by > 0 else 'first'} criterion asked in the room."
            )
            return
        self._to_page(target)

    def _to_page(self, page: int) -> None:
        self.page = page
        self.line.value = ""
        self.complain("")
        self.show_page()
        keys = [key for key in self.rows.keys if key != PRACTICE or self.shows_practice]
        waiting = next((k for k in keys if k == PRACTICE or not self.cells[k].complete), "")
        if waiting:
            self.rows.select(waiting)
        self._remember()

    def _remember(self) -> None:
        cell, ladder = self.cell, self.ladder
        if cell is not None and ladder is not None:
            pages.remember(self.prioritizer, cell.use_case, ladder.criterion.id)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self.practised = None
        self._remember()
        self.complain("")
        self.repaint()

    def on_painted_picked(self, event: Painted.Picked) -> None:
        event.stop()
        kind, _, value = event.value.partition(":")
        if kind == "page":
            self._to_page(int(value))

    def on_click(self) -> None:
        self.line.focus()

    async def do_ballot_back(self) -> None:
        if self.line.value:
            self.line.value = ""
            self.complain("")
            return
        await self.prioritizer.go_to("rate")

    # Masking, opening, revealing

    def do_ballot_mask(self) -> None:
        self.masked = not self.masked
        self.line.password = self.masked
        self.prioritizer.say(
            "What is typed is hidden now." if self.masked else "What is typed can be read again."
        )

    def do_ballot_open(self) -> None:
        self._open(None, self.ladder.criterion.id if self.ladder is not None else None)

    def do_ballot_open_one(self) -> None:
        cell, ladder = self.cell, self.ladder
        assert cell is not None
        assert ladder is not None
        self._open(cell.use_case, ladder.criterion.id)

    def do_ballot_open_everything(self) -> None:
        self._open(None, None)

    def _open(self, use_case: str | None, criterion: str | None) -> None:
        async def work() -> None:
            command = OpenRound(
                None if use_case is None else [use_case], None if criterion is None else [criterion]
            )
            done = await self.carry_out(command)
            if done is not None:
                self.prioritizer.say(f"Done: {done.words}. Answers stay hidden until the reveal.")

        start(self, "open", work)

    async def do_ballot_reveal(self) -> None:
        await self.landed()
        ladder = self.ladder
        assert ladder is not None
        criterion = ladder.criterion.id
        if not any(c.status == "open" for c in self.cells.values()):
            if any(c.status == "revealed" for c in self.cells.values()):
                await self._to_reveal()
                return
            if self.practising:
                self.prioritizer.problem(PRACTISING)
                return
            self.prioritizer.problem(f"Nobody has answered {criterion} yet; type a line of cards first.")
            return
        words = missing_words(self.workshop.snapshot, criterion)
        if not words:
            await self._reveal(criterion)
            return
        from prioritizer.tui.screens.confirm import Confirm

        async def answered(yes: bool | None) -> None:
            if yes:
                await self._reveal(criterion)

        question = f"{words} Reveal {criterion} without them? They stand as pending in this round for ever."
        self.app.push_screen(Confirm("Reveal", question, "reveal now"), answered)

    async def _reveal(self, criterion: str) -> None:
        opened = next((c.use_case for c in self.cells.values() if c.status == "open"), "")
        if await self.carry_out(Reveal(None, criterion)) is not None:
            await self._to_reveal(opened)

    async def _to_reveal(self, use_case: str = "") -> None:
        from prioritizer.tui.screens.reveal import RevealScreen

        self._remember()
        ladder = self.ladder
        if use_case and ladder is not None:
            pages.remember(self.prioritizer, use_case, ladder.criterion.id)
        await self.prioritizer.show_screen(RevealScreen())

    async def do_ballot_reveal_all(self) -> None:
        await self.landed()
        snapshot = self.workshop.snapshot
        opened = [
            x.criterion.id
            for x in self.asked
            if any(r.status == "open" for u in snapshot.live() for r in u.rounds.get(x.criterion.id, ()))
        ]
        if not opened:
            self.prioritizer.problem("No round is open; type a line of cards first.")
            return
        missing = [f"{c}: {words}" for c in opened if (words := missing_words(snapshot, c))]

        async def reveal(yes: bool | None = True) -> None:
            if yes and await self.carry_out(Reveal()) is not None:
                self.page = next(i for i, x in enumerate(self.asked) if x.criterion.id == opened[0])
                self.show_page()
                await self._to_reveal(next(iter(self.cells), ""))

        if not missing:
            await reveal()
            return
        from prioritizer.tui.screens.confirm import Confirm

        more = f" And {len(missing) - 3} more criteria." if len(missing) > 3 else ""
        question = f"{' '.join(missing[:3])}{more} Reveal all the same? They stand as pending for ever."
        self.app.push_screen(Confirm("Reveal everything", question, "reveal now"), reveal)

    async def do_ballot_pass(self) -> None:
        from prioritizer.tui.screens.keyboard import KeyboardScreen

        await self.landed()
        ladder = self.ladder
        assert ladder is not None
        opened = any(
            r.status == "open" for u in self.workshop.snapshot.live() for rs in u.rounds.values() for r in rs
        )
        if not opened and await self.carry_out(OpenRound(None, [ladder.criterion.id])) is None:
            return
        self._remember()
        await self.prioritizer.show_screen(KeyboardScreen())

    # Files

    def do_ballot_import(self) -> None:
        from prioritizer.tui.screens.ballot_files import import_file

        def read(report: BallotReport) -> None:
            self.session_changed()
            if report.revealed:
                start(self, "reveal", self._to_reveal)

        import_file(self, read)

    def do_ballot_page(self) -> None:
        from prioritizer.tui.screens.ballot_files import page_form

        snapshot = self.workshop.snapshot

        async def answered(values: dict[str, str] | None) -> None:
            if values is None:
                return
            from prioritizer.workshop.ballots import ballot_form, write_ballot

            path = Path(values["path"].strip()).expanduser()
            try:
                form = ballot_form(snapshot)
                written = await asyncio.to_thread(write_ballot, form, path, paper=values["kind"] == "paper")
            except PrioritizerError as error:
                self.prioritizer.problem(error)
                return
            self.prioritizer.say(f"Wrote {written.name}; {key_of('ballot.import')} reads the answers back.")

        self.app.push_screen(page_form(self.workshop.path), answered)
