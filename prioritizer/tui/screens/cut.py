"""The cut of a long list: two quick ladders seat what could be piloted, votes fill the seats that remain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from prioritizer.text.phrases import counted
from prioritizer.text.width import cell_width, fit, wrap
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.drafts import DraftKeeper
from prioritizer.tui.screens.above import AboveScreen
from prioritizer.tui.screens.cut_forms import VOTES, draft_of, marks_from, seats_form, with_value
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.painted import Drawing, Painted
from prioritizer.tui.widgets.rowlist import Look, RowList
from prioritizer.workshop.commands.running import CutList
from prioritizer.workshop.views.cut import Mark, ladders, marks_of, trial, usual_seats, votes_words

if TYPE_CHECKING:
    from prioritizer.model.session import Snapshot
    from prioritizer.tui.screens.form import Form
    from prioritizer.workshop.views.cut import Trial

DRAFT = "collect.cut"
_SEATS = {
    "first": ("●", "bounded, data", "good"),
    "voted": ("◐", "by vote", "accent"),
    "tied": ("=", "tied, no seat", "warn"),
    "out": ("·", "is parked", "muted"),
}
_CELL = 8
_SEAT = 16
_MOST_VOTES = 999
_WIDEST = 64
"""Cells of a title; numbers that stand farther away are not read with it."""


def _bindings() -> list[BindingType]:
    digits = [Binding(str(n), f"value({n})", show=False) for n in range(10)]
    return bindings_for("cut") + digits


class CutScreen(AboveScreen):
    """Every card with its two levels and its votes, and at once what would become of it."""

    name_in_table = "cut"
    purpose = (
        "Cut a long list. A vote alone keeps what shows well, so first say of every card whether it is bounded and "
        "whether its data is within reach; those that are both are seated, and votes fill the seats that remain."
    )
    BINDINGS = _bindings()
    CSS_PATH: ClassVar = "cut.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._marks: dict[str, Mark] = {}
        self._seats = 0
        self._tried: tuple[Snapshot, Trial] | None = None
        self._typed: tuple[str, int] | None = None
        self._keeper: DraftKeeper | None = None

    def compose(self) -> ComposeResult:
        yield Painted(self._head, id="cut-head", classes="raised")
        yield Painted(self._question, id="cut-question", classes="raised")
        yield RowList(
            self._row,
            header=self._header,
            columns=3,
            column_at=self._column_at,
            id="cut-list",
            empty="\n   There is nothing to cut yet.",
        )
        yield KeyBar(self.name_in_table)

    def on_mount(self) -> None:
        snapshot = self.workshop.snapshot
        self._marks, self._seats = marks_of(snapshot), usual_seats(snapshot)
        self._keeper = DraftKeeper(self, self.workshop, DRAFT)
        self._list.focus()
        self.bring_back(DRAFT, self._offer)

    def _offer(self, text: str) -> None:
        if self._keeper is not None:
            self._keeper.found(text)
        kept = marks_from(text)
        if kept is not None:
            marks, seats = kept
            self._marks, self._seats = {**marks, **self._marks}, seats
            self._again()

    @property
    def _list(self) -> RowList:
        return self.query_one(RowList)

    @property
    def tried(self) -> Trial:
        """What the cut would do, worked out once for each mark."""
        snapshot = self.workshop.snapshot
        if self._tried is None or self._tried[0] is not snapshot:
            self._tried = (snapshot, trial(snapshot, self._marks, max(self._seats, 1)))
        return self._tried[1]

    # Showing

    def show_session(self) -> None:
        keys = [c.id for c in self.tried.candidates]
        if list(self._list.keys) != keys:
            self._list.set_rows(keys)
        self._show()

    def _again(self) -> None:
        self._tried = None
        self._show()

    def _show(self) -> None:
        self._list.redraw()
        self.query_one("#cut-head", Painted).repaint()
        self.query_one("#cut-question", Painted).repaint()

    def _head(self, width: int, height: int) -> Drawing:
        found, drawing = self.tried, Drawing()
        seated = len(found.view.first) + len(found.view.voted)
        drawing.line(
            (f" {counted(len(found.candidates), 'use case')}, {counted(self._seats, 'seat')}: ", "strong"),
            (f"{len(found.view.first)} bounded with data, {len(found.view.voted)} by vote", "good"),
            (f", {self._seats - seated} free" if seated < self._seats else "", "muted"),
        )
        said = wrap(found.view.words, max(width - 2, 20))
        for line in said[: height - 1]:
            drawing.line((f" {line}", "muted"))
        return drawing

    def _question(self, width: int, height: int) -> Drawing:
        drawing = Drawing()
        if self._list.column == VOTES:
            drawing.line((" Votes", "strong accent"))
            drawing.line((f" {votes_words(len(self.tried.candidates))}", ""))
            drawing.line(
                (hint(" Count hands: {cut.more} and {cut.less} for one vote, or type the number."), "muted")
            )
            return drawing
        ladder = ladders()[max(self._list.column, 0)]
        drawing.line(
            (f" {ladder.title.capitalize()}  ", "strong accent"), (fit(ladder.question, width - 12), "")
        )
        for level, text in enumerate(ladder.levels):
            sign = "✓" if level >= ladder.enough else " "
            drawing.line((f"  {level} {sign} ", "strong"), (fit(text, width - 7), ""))
        return drawing

    def _header(self, look: Look) -> Text:
        title = self._title_room(look.width)
        names = [*(ladder.title for ladder in ladders()), "votes"]
        cells = "".join(fit(name, _CELL, align="right") for name in names)
        return segments(self.app, [(f"    #  {fit('use case', title)}{cells}  ", "muted")])

    def _title_room(self, width: int) -> int:
        return min(max(width - 7 - 3 * _CELL - 2 - _SEAT, 8), _WIDEST)

    def _column_at(self, x: int, width: int) -> int:
        place = x - 7 - self._title_room(width)
        return place // _CELL if 0 <= place < 3 * _CELL else -1

    def _row(self, key: str, look: Look) -> Text:
        case = self.workshop.snapshot.use_cases[key]
        mark = self._marks.get(key, Mark())
        sign, words, role = _SEATS[self.tried.seating.get(key, "out")]
        enough = [ladder.enough for ladder in ladders()]
        parts = [
            (fit(str(case.number), 5, align="right"), "muted"),
            ("  ", ""),
            (fit(case.title, self._title_room(look.width)), ""),
        ]
        for place, value in enumerate((mark.bounded, mark.data)):
            said = "·" if value is None else f"{value}{' ✓' if value >= enough[place] else '  '}"
            parts.append(self._cell(said, look.column == place, "good" if "✓" in said else "muted"))
        parts.append(self._cell(str(mark.votes) if mark.votes else "·", look.column == VOTES, "accent"))
        parts.append((fit(f"  {sign} {words}", _SEAT + 2), role))
        return segments(self.app, parts)

    @staticmethod
    def _cell(text: str, here: bool, role: str) -> tuple[str, str]:
        padded = (
            fit(text, _CELL, align="right")
            if cell_width(text) > 1
            else fit(f"{text}  ", _CELL, align="right")
        )
        return (padded, f"here {role}" if here else role)

    def screen_text(self) -> str:
        found = self.tried
        cases = self.workshop.snapshot.use_cases
        rows = [
            f"#{c.number}\t{cases[c.id].title}\t{_said(c.bounded)}\t{_said(c.data)}\t{c.votes}\t"
            f"{_SEATS[found.seating.get(c.id, 'out')][1]}"
            for c in found.candidates
        ]
        return "\n".join([*rows, found.view.words])

    # What happens

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self._typed = None
        self.query_one("#cut-question", Painted).repaint()

    def why_not(self, action_id: str) -> str | None:
        if (
            action_id in ("cut.value", "cut.clear", "cut.more", "cut.less", "cut.make")
            and not self.tried.candidates
        ):
            return "There is no use case here yet."
        return None

    def action_value(self, digit: int) -> None:
        """A digit was typed."""
        key, column = self._list.key, self._list.column
        if key is None:
            return
        mark = self._marks.get(key, Mark())
        if column == VOTES:
            before = mark.votes if self._typed == (key, column) else 0
            votes = min(before * 10 + digit, _MOST_VOTES)
            self._put(key, with_value(mark, VOTES, votes))
            self._typed = (key, column)
            return
        if digit > 4:
            self.prioritizer.problem(hint("A ladder goes from 0 to 4; {cut.turn} goes on to the votes."))
            return
        self._put(key, with_value(mark, column, digit))
        self._list.step(1)

    def _put(self, key: str, mark: Mark) -> None:
        self._marks[key] = mark
        if self._keeper is not None:
            self._keeper.keep(draft_of(self._marks, self._seats))
        self._again()

    def do_cut_value(self) -> None:
        self.prioritizer.problem("Type a digit: the level of the ladder, or the number of votes.")

    def do_cut_clear(self) -> None:
        key = self._list.key
        if key is not None:
            self._put(key, with_value(self._marks.get(key, Mark()), self._list.column, None))
            self._list.step(1)

    def do_cut_turn(self) -> None:
        rows = self._list
        if rows.keys:
            rows.select(rows.keys[0], (rows.column + 1) % 3)

    def do_cut_more(self) -> None:
        self._vote(1)

    def do_cut_less(self) -> None:
        self._vote(-1)

    def _vote(self, by: int) -> None:
        key = self._list.key
        if key is not None:
            mark = self._marks.get(key, Mark())
            self._put(key, with_value(mark, VOTES, max(0, min(mark.votes + by, _MOST_VOTES))))

    def do_cut_seats(self) -> None:
        def answered(values: Mapping[str, str] | None) -> None:
            if values is not None:
                self._seats = int(values["seats"])
                if self._keeper is not None:
                    self._keeper.keep(draft_of(self._marks, self._seats))
                self._again()

        form: Form = seats_form(self._seats)
        self.app.push_screen(form, answered)

    def do_cut_back(self) -> None:
        if self._keeper is not None:
            self._keeper.flush()
        self.dismiss(None)

    async def do_cut_make(self) -> None:
        found = self.tried
        if await self.carry_out(CutList(found.candidates, self._seats)) is None:
            return
        kept = len(found.view.first) + len(found.view.voted)
        parked = len(found.candidates) - kept
        self.prioritizer.say(
            f"Kept {kept}, parked {parked}; {key_of('app.undo')} takes it back. The mirror tells the vote alone."
        )
        self.dismiss(None)


def _said(level: int | None) -> str:
    return "" if level is None else str(level)
