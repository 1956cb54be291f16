"""What fits: the set of use cases that can be started together within weeks or a budget."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from rich.text import Text
from textual.app import ComposeResult

from prioritizer.charts.segments import Row, rows_text
from prioritizer.errors import PrioritizerError
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.background import start
from prioritizer.tui.screens import fits_rows as fr
from prioritizer.tui.screens.above import AboveScreen
from prioritizer.tui.screens.form import Ask, Field, Form
from prioritizer.tui.screens.rank_reading import one_moment
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import TOGETHER, Look, RowList

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.model.session import Snapshot
    from prioritizer.workshop.commands.base import Command
    from prioritizer.workshop.views.portfolio import Candidate, PortfolioView

Unit = Literal["weeks", "budget"]

CAPACITY: dict[Unit, float] = {"weeks": 12.0, "budget": 100_000.0}
"""To begin with, until somebody says what there is."""


class FitsScreen(AboveScreen):
    """The exact choice, and how often each is chosen over the draws."""

    name_in_table = "fits"
    purpose = (
        "Which use cases fit together into the weeks, the money, or both: the set with the most readiness, "
        "chosen exactly, of what can be piloted first or after fixes; and in what share of draws each is chosen. "
        "Weeks and money stand in each charter; capacity and what is kept apart are tried here and not stored."
    )
    BINDINGS = bindings_for("fits")
    CSS_PATH = "fits.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._units: tuple[Unit, ...] = ("weeks",)
        self._capacity = dict(CAPACITY)
        self._apart: list[tuple[str, ...]] = []
        self._marked: set[str] = set()
        self._one_each = False
        self._view: PortfolioView | None = None
        self._trouble = ""
        self._cases: dict[str, Candidate] = {}
        self._able: list[str] = []
        self._snapshot: Snapshot | None = None

    def compose(self) -> ComposeResult:
        yield Pane(self._head, id="fits-head", classes="raised")
        yield RowList(
            self._draw,
            header=self._header,
            id="fits-list",
            empty="  Nothing can be started yet.",
            widest=TOGETHER,
        )
        yield Pane(self._words, id="fits-words", classes="panel")
        yield KeyBar(self.name_in_table)

    def on_mount(self) -> None:
        self._list.focus()

    @property
    def _list(self) -> RowList:
        return self.query_one("#fits-list", RowList)

    def show_session(self) -> None:
        start(self, "fits", self._choose)

    async def _choose(self) -> None:
        from prioritizer.workshop.views.portfolio import can_be_started, portfolio_view

        snapshot, evaluation = await asyncio.to_thread(one_moment, self.workshop)
        self._snapshot, self._able = snapshot, can_be_started(evaluation)
        try:
            self._view = await asyncio.to_thread(
                portfolio_view,
                snapshot,
                evaluation,
                {unit: self._capacity[unit] for unit in self._units},
                self._apart,
                "delivery_owner" if self._one_each else None,
            )
            self._trouble = ""
        except PrioritizerError as error:
            self._view, self._trouble = None, str(error)
        self._cases = {row.id: row for row in self._view.rows} if self._view is not None else {}
        if list(self._list.keys) != self._able:
            self._list.set_rows(self._able)
        self._refresh()

    def _refresh(self) -> None:
        self._list.redraw()
        for pane in self.query(Pane):
            pane.remake()

    # Drawing

    def _head(self, width: int, height: int) -> Sequence[Row]:
        head: Row = [(" What fits into ", "strong")]
        for place, unit in enumerate(self._units):
            what = "weeks of work" if unit == "weeks" else "of money, engineering and change together"
            head += [(" and " if place else "", "strong"), (fr.amount(self._capacity[unit]), "strong accent")]
            head += [(f" {what if len(self._units) == 1 else what.split(',')[0]}", "strong")]
        return [head]

    def _header(self, look: Look) -> Text:
        return segments(self.app, fr.header(look.width))

    def _draw(self, key: str, look: Look) -> Text:
        return segments(self.app, self._row(key, look.width))

    def _row(self, key: str, width: int) -> Row:
        marked = key in self._marked
        if key in self._cases:
            return fr.row(self._cases[key], width, marked=marked)
        case = self._snapshot.use_cases.get(key) if self._snapshot is not None else None
        return fr.bare(f"{case.number:02d}", case.title, width, marked=marked) if case is not None else []

    def _words(self, width: int, height: int) -> Sequence[Row]:
        return fr.words(self._view, self._trouble, self._one_each, width)

    def screen_text(self) -> str:
        rows = [self._row(key, 100) for key in self._list.keys]
        return rows_text([*self._head(100, 1), fr.header(100), *rows, [], *self._words(100, 9)])

    # What happens

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.call_later(self.action_run, "fits.effort")

    def why_not(self, action_id: str) -> str | None:
        if action_id in ("fits.effort", "fits.mark") and self._list.key is None:
            return "There is no use case that could be started."
        if action_id == "fits.apart" and len(self._marked) < 2 and not self._apart:
            return hint(
                "{fits.mark} marks use cases; with two or more marked, {fits.apart} keeps them apart."
            )
        return None

    def do_fits_effort(self) -> None:
        case = self.workshop.snapshot.use_cases[self._list.key or ""]
        from prioritizer.workshop.commands.shortlist import SetCharter
        from prioritizer.workshop.effort import CHANGE, ENGINEERING, WEEKS, check_amount

        asked = ((WEEKS, "Weeks of work"), (ENGINEERING, "Money: engineering"), (CHANGE, "Money: change"))
        fields = [Field(id_, title, case.charter.get(id_, ""), "a number") for id_, title in asked]
        owner = case.charter.get("delivery_owner", "")
        fields.append(Field("delivery_owner", "Delivery owner", owner, "who builds it"))

        def command(values: Mapping[str, str]) -> Command:
            said = {id_: check_amount(values[id_], title) for id_, title in asked}
            return SetCharter(case.id, {**said, "delivery_owner": values["delivery_owner"]})

        note = "Change is training, process redesign and ownership: under half of engineering, pilots stall."
        self.ask(Ask(f"{case.number:02d} {case.title}", fields, command, note=note))

    def do_fits_capacity(self) -> None:
        from prioritizer.workshop.effort import check_amount, read_amount

        titles: dict[Unit, str] = {"weeks": "Weeks that there are", "budget": "Money that there is"}
        asked = {unit: titles[unit] for unit in self._units}

        def check(values: Mapping[str, str]) -> None:
            for unit, title in asked.items():
                if not check_amount(values[unit], title):
                    raise PrioritizerError(f"{title}: write a number from 0 on.")

        def answered(values: dict[str, str] | None) -> None:
            for unit in asked if values is not None else ():
                amount = read_amount(values[unit]) if values is not None else None
                if amount is not None:
                    self._capacity[unit] = amount
            self.show_session()

        fields = [Field(unit, title, f"{self._capacity[unit]:g}") for unit, title in asked.items()]
        self.app.push_screen(Form("What there is", fields, check=check), answered)

    def do_fits_unit(self) -> None:
        """Weeks, money, both."""
        ways: list[tuple[Unit, ...]] = [("weeks",), ("budget",), ("weeks", "budget")]
        self._units = ways[(ways.index(self._units) + 1) % len(ways)]
        self.show_session()

    def do_fits_mark(self) -> None:
        self._marked ^= {self._list.key or ""}
        self._refresh()

    def do_fits_apart(self) -> None:
        """With some marked: keeps these apart, too. With none: nothing is kept apart any more."""
        if len(self._marked) > 1:
            self._apart.append(tuple(key for key in self._able if key in self._marked))
            self._marked = set()
        else:
            self._apart = []
        self.show_session()

    def do_fits_each(self) -> None:
        self._one_each = not self._one_each
        self.show_session()

    def do_fits_back(self) -> None:
        self.dismiss(None)
