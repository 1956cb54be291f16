"""The board of the ballot: one criterion, its use cases, everybody in the order of the line, and the line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from prioritizer.text.width import fit, wrap
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.screens import room_pages as pages
from prioritizer.tui.screens.ballot_rows import cell_row, draw_seats, page_sign, practice_rows, seat_lines
from prioritizer.tui.screens.rate_question import draw_question, panel_height
from prioritizer.tui.screens.sending import SendingScreen
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.painted import Drawing, Painted
from prioritizer.tui.widgets.rowlist import TOGETHER, Look, RowList
from prioritizer.workshop.views.balloting import (
    BallotCell,
    Practised,
    Seat,
    ballot_cells,
    balloted,
    missing_words,
    practice_of,
    progress_of,
    seats,
    typed,
)

if TYPE_CHECKING:
    from prioritizer.model.session import Snapshot
    from prioritizer.workshop.views.rating import Ladder

PRACTICE = "practice"
"""Key of the row of the practice item."""

_FIXED = 6
"""Lines of stage bar, strip, entry, two of what is said, and key bar."""


class CardLine(Input):
    """The line of cards.

    It takes Enter and the arrows itself, in the order in which keys come: a binding would run after
    the keys that follow it, and a burst of lines would become one.
    """

    @dataclass
    class Entered(Message):
        """A line was ended with Enter."""

        text: str

    @dataclass
    class Stepped(Message):
        """An arrow was pressed."""

        by: int

    def on_key(self, event: events.Key) -> None:
        steps = {"up": -1, "down": 1}
        if event.key == "enter":
            text, self.value = self.value, ""
            self.post_message(self.Entered(text))
        elif event.key in steps:
            self.post_message(self.Stepped(steps[event.key]))
        else:
            return
        event.stop()
        event.prevent_default()


class BallotBoard(SendingScreen):
    """What stands on the screen of the ballot, and where its cursor is."""

    CSS_PATH = "ballot.tcss"
    stage = "rate"

    def __init__(self) -> None:
        super().__init__()
        self.seen: Snapshot | None = None
        self.asked: tuple[Ladder, ...] = ()
        self.page = 0
        self.cells: dict[str, BallotCell] = {}
        self.people: tuple[Seat, ...] = ()
        self.practised: Practised | None = None
        """What the practice cards look like, until one goes on."""
        self.masked = False
        self._signs: list[tuple[str, str]] = []
        self._complaint = ""
        self._placed = False

    def compose_body(self) -> ComposeResult:
        yield Painted(self._draw_strip, id="ballot-strip")
        yield Painted(self._draw_question, id="ballot-question", classes="raised")
        yield RowList(self._draw_row, widest=TOGETHER, id="ballot-list")
        yield Painted(self._draw_seats, id="ballot-seats", classes="raised")
        with Horizontal(id="ballot-entry", classes="raised"):
            yield Static(Content(" Cards ▸ "), id="ballot-label")
            yield CardLine(id="ballot-line", compact=True, select_on_focus=False)
        yield Painted(self._draw_said, id="ballot-said", classes="raised")

    def on_mount(self) -> None:
        self.rows.can_focus = False
        self.line.focus()

    # What is where

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one("#ballot-list", RowList)

    @property
    def line(self) -> CardLine:
        """The line of cards."""
        return self.query_one("#ballot-line", CardLine)

    @property
    def ladder(self) -> Ladder | None:
        """The criterion that is balloted."""
        return self.asked[self.page] if self.asked else None

    @property
    def cell(self) -> BallotCell | None:
        """The cell under the cursor; none on the practice item."""
        return self.cells.get(self.rows.key or "")

    @property
    def practising(self) -> bool:
        """The cursor is on the practice item."""
        return self.rows.key == PRACTICE

    # Showing

    def show_session(self) -> None:
        self.seen = snapshot = self.workshop.snapshot
        self.asked, self.people = balloted(snapshot), seats(snapshot)
        self._show_placeholder()
        if not self.asked:
            self.rows.empty_text = f"  {hint(pages.NOTHING_ASKED)}"
            self.rows.set_rows([])
            self.repaint()
            return
        if not self._placed:
            self._placed = True
            self.page = pages.page_of(self.asked, self.prioritizer.place.get("rate.criterion", ""))
            self.show_page(self.prioritizer.place.get("use_case", ""))
            return
        self.page = min(self.page, len(self.asked) - 1)
        self.show_page()

    def show_page(self, use_case: str = "") -> None:
        """The use cases of this criterion; the cursor goes to ``use_case``, or else stays."""
        ladder = self.ladder
        if ladder is None or self.seen is None:
            return
        self._signs = [page_sign(x) for x in progress_of(self.seen, [x.criterion.id for x in self.asked])]
        self.cells = {c.use_case: c for c in ballot_cells(self.seen, ladder.criterion.id)}
        rows = self.rows
        rows.empty_text = hint("  No use cases yet.  {app.collect} goes to Collect, where they are typed in.")
        keys = [PRACTICE] if self.shows_practice else []
        keys += list(self.cells)
        if list(rows.keys) != keys:
            rows.set_rows(keys)
        # A room that has not practised begins with the practice item.
        if use_case and not self.shows_practice:
            rows.select(use_case)
        rows.redraw()
        self.repaint()
        self.call_after_refresh(self.lay_out)

    @property
    def shows_practice(self) -> bool:
        """The room has not calibrated yet."""
        known = pages.PRACTISED in self.prioritizer.place
        return not known and self.seen is not None and practice_of(self.seen) is not None

    def _show_placeholder(self) -> None:
        people = len(self.people)
        self.line.placeholder = (
            f"{people} cards in this order, then ⏎: 0–4, ? nobody can say, - not my field"
            if people
            else hint("Nobody who is here votes: {app.frame} goes to Frame, where people are added")
        )

    def repaint(self) -> None:
        """Everything but the list."""
        for name in ("#ballot-strip", "#ballot-question", "#ballot-seats", "#ballot-said"):
            self.query_one(name, Painted).repaint()

    def complain(self, words: str) -> None:
        """Says what is wrong with the line; "" when it is not."""
        self._complaint = words
        self.query_one("#ballot-said", Painted).repaint()

    def on_resize(self) -> None:
        self.call_after_refresh(self.lay_out)

    def lay_out(self) -> None:
        """Gives the question and the seats their lines."""
        ladder = self.ladder
        if ladder is None or not self.query("#ballot-question"):
            return  # left while this waited for the next picture
        width, height = self.size
        across, _ = seat_lines(self.people, width, self._most_seats)
        lines = min(self._most_seats, max(1, -(-len(self.people) // across)))
        body = height - _FIXED - lines
        most = max(7, body - max(5, body * 3 // 8))
        question = panel_height(self.asked, ladder, width, most) + (height >= 30)
        for name, wanted in (("#ballot-question", question), ("#ballot-seats", lines)):
            styles = self.query_one(name, Painted).styles
            if styles.height is None or styles.height.value != wanted:
                styles.height = wanted

    @property
    def _most_seats(self) -> int:
        return 2 if self.size.height < 30 else 4

    # Drawing

    def _draw_strip(self, width: int, height: int) -> Drawing:
        if not self.asked:
            return Drawing().line((" Ballot", "strong"))
        done = sum(c.complete for c in self.cells.values())
        end = f"{done:,} of {len(self.cells):,} complete"
        return pages.draw_pages("Ballot", self.asked, self.page, self._signs, end, width)

    def _draw_question(self, width: int, height: int) -> Drawing:
        if self.ladder is None:
            return Drawing()
        return draw_question(self.ladder, None, (0, 0), width, height, doing="", pick=False)

    def _draw_row(self, key: str, look: Look) -> Text:
        if key == PRACTICE and self.seen is not None:
            item = practice_of(self.seen)
            return segments(
                self.app,
                [
                    (" ✎ ", "mark"),
                    (item.title if item else "", "mark"),
                    (f"  ⏎ on an empty line {'goes on' if self.practised else 'skips it'}", "muted"),
                ],
            )
        cell = self.cells.get(key)
        if cell is None or self.ladder is None:
            return Text("")
        pending = self.pending((key, self.ladder.criterion.id)) is not None
        return segments(self.app, cell_row(f"{cell.number:02d}", cell, pending, look.width))

    def _draw_seats(self, width: int, height: int) -> Drawing:
        if not self.people or self.seen is None:
            return Drawing().line((hint(" Nobody who is here votes; {app.frame} goes to Frame."), "warn"))
        now = typed(self.seen, self.line.value)
        cell = self.cell
        given = cell.given if cell is not None else (False,) * len(self.people)
        return draw_seats(self.people, given, now.signs, now.place, width, height)

    def _draw_said(self, width: int, height: int) -> Drawing:
        d = Drawing()
        if self._complaint:
            return _wrapped(d, self._complaint, "bad", width, height)
        if self.practising and self.seen is not None:
            if self.practised is not None:
                for row in practice_rows(self.practised, width):
                    d.line(*row)
                return d
            item = practice_of(self.seen)
            _wrapped(d, item.task if item else "", "", width, max(1, height - 1))
            return _wrapped(
                d, "Type the cards as for a real one; they are thrown away.", "muted", width, height
            )
        cell = self.cell
        if cell is None or self.ladder is None or self.seen is None:
            return d
        if cell.status == "revealed":
            words = hint(
                "This cell is revealed. {ballot.reveal} shows it; only a re-vote there ({reveal.revote}) asks about it again."
            )
        elif all(c.complete for c in self.cells.values()):
            words = f"{self.ladder.criterion.id} is complete: " + hint(
                "{ballot.reveal} reveals it, {ballot.next} goes on; e3 puts one right."
            )
        elif cell.complete:
            words = hint(
                "All who are here have answered. Typing again replaces; e3 puts one right; {ballot.reveal} reveals."
            )
        elif cell.answered:
            missing = [s.name for s, given in zip(self.people, cell.given, strict=True) if not given]
            words = f"Missing: {', '.join(missing)}."
        else:
            words = f"{cell.number:02d} {cell.title}: all cards up at once, then one line of them."
        _wrapped(d, words, "muted", width, 1)
        rest = missing_words(self.seen, self.ladder.criterion.id)
        if height > 1 and rest:
            d.line((f" {self.ladder.criterion.id}: {rest}", "muted"))
        return d


def _wrapped(d: Drawing, words: str, role: str, width: int, height: int) -> Drawing:
    lines, room = wrap(words, max(10, width - 2)), height - len(d.rows)
    if 0 < room < len(lines):  # what has no room is missed with a sign
        lines = [*lines[: room - 1], fit(" ".join(lines[room - 1 :]), max(10, width - 2))]
    for line in lines[: max(room, 0)]:
        d.line((f" {line}", role))
    return d
