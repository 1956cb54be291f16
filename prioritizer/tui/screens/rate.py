"""Rate: levels against observable facts, by criterion or by use case."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from prioritizer.model.terms import EVIDENCE
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.screens import rate_forms as forms
from prioritizer.tui.screens.form import Ask
from prioritizer.tui.screens.rate_board import At
from prioritizer.tui.screens.rate_picture import RatePicture
from prioritizer.tui.screens.sending import NOTHING
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.painted import Painted
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.workshop.commands.rate import Rate, SetEvidence, room_value
from prioritizer.workshop.views.rating import cell, next_unrated

if TYPE_CHECKING:
    from prioritizer.tui.screens.base import StageScreen

_NOTHING_THERE = "No use case is under the cursor; {app.collect} goes to Collect."
_ANYWHERE = frozenset({"rate.filter", "rate.all", "rate.ballot", "rate.reveal", "rate.queue"})
"""What needs no cell under the cursor."""


def _bindings() -> list[BindingType]:
    # A digit says which level: the one action of the table becomes a binding for each.
    return [*bindings_for("rate"), *(Binding(str(n), f"level({n})", show=False) for n in range(5))]


class RateScreen(RatePicture):
    """One question at a time; a digit agrees its level and goes on."""

    name_in_table = "rate"
    purpose = (
        "Levels against facts that somebody could check. A digit agrees the level under the cursor and goes on; "
        "{rate.opinion} {rate.reported} {rate.document} {rate.measured} then say what it rests on."
    )
    BINDINGS = _bindings()

    def why_not(self, action_id: str) -> str | None:
        if action_id.startswith("rate.") and action_id not in _ANYWHERE and self.at is None:
            return hint(_NOTHING_THERE)
        if action_id == "rate.all" and not self.query_one(FilterLine).has_class("-shown"):
            return "No filter is on."
        return None

    # Levels

    def action_level(self, level: int) -> None:
        """A digit was pressed, or a level was clicked."""
        here = self.at
        if here is None:
            self.prioritizer.problem(hint(_NOTHING_THERE))
            return
        use_case, ladder = here
        said = room_value(use_case, ladder.criterion.id) if use_case.rounds else None
        if said is not None and said != level:
            self._ask_reason(here, said, level)
            return
        self._rate(here, level)

    def _rate(self, at: At, level: int | None, reason: str | None = None) -> None:
        use_case, ladder = at
        spot = (use_case.id, ladder.criterion.id)
        self.expect_change(use_case.id)
        self.send(Rate(*spot, level, reason=reason), {spot: NOTHING if level is None else str(level)})
        self.redraw_spot(spot)
        last = not self.move_on()
        self.give(spot)
        if last:  # elsewhere the cursor has moved, which paints the rest
            self._repaint()
            self.prioritizer.say(hint("That was the last cell; {app.next-stage} goes on to Rank."))

    def _ask_reason(self, at: At, said: int, level: int) -> None:
        ask = forms.reason_form(*at, said, level)

        def reasoned(values: dict[str, str] | None) -> None:
            if values is not None:
                self._rate(at, level, values["reason"])

        self.app.push_screen(ask.form(), reasoned)

    async def do_rate_level(self) -> None:
        await self.do_rate_edit()

    def do_rate_unknown(self) -> None:
        here = self.at
        assert here is not None
        self._rate(here, None)

    def do_rate_clear(self) -> None:
        here = self.at
        assert here is not None
        self._take_away(here)

    def do_rate_back(self) -> None:
        given = self.given_at
        if given is not None:
            self.go(given[0].id, given[1].criterion.id)
            self._take_away(given)
            return
        self.do_rate_clear()

    def _take_away(self, at: At) -> None:
        use_case, ladder = at
        spot = (use_case.id, ladder.criterion.id)
        if cell(use_case, ladder).level is None and self.pending(spot) in (None, NOTHING):
            self.prioritizer.problem("There is no level to take back here.")
            return
        self.leave()
        self.expect_change(use_case.id)
        self.send(Rate(*spot, None), {spot: NOTHING})
        self.redraw_spot(spot)
        self._repaint()

    # What it rests on

    def do_rate_opinion(self) -> None:
        self._tag("opinion")

    def do_rate_reported(self) -> None:
        self._tag("reported")

    def do_rate_document(self) -> None:
        self._tag("document")

    def do_rate_measured(self) -> None:
        self._tag("measured")

    async def do_rate_evidence(self) -> None:
        await self.landed()
        about = self.subject
        if about is None:
            return
        tags = ("", *EVIDENCE)
        now = cell(*about).evidence or ""
        self._tag(tags[(tags.index(now) + 1) % len(tags)])

    def _tag(self, tag: str) -> None:
        about = self.subject
        if about is None:
            return
        use_case, ladder = about
        spot = (use_case.id, ladder.criterion.id)
        waiting = self.pending(spot)
        if not (waiting or "").isdigit() and use_case.level(ladder.column) is None:
            self.prioritizer.problem("Give a level first, 0 to 4; a tag says what a level rests on.")
            return
        self.expect_change(use_case.id)
        self.send(SetEvidence(*spot, evidence=tag))

    async def do_rate_note(self) -> None:
        await self.landed()
        about = self.subject
        assert about is not None
        self._ask(forms.note_form(*about, cell(*about)))

    async def do_rate_edit(self) -> None:
        await self.landed()
        here = self.at
        assert here is not None
        self._ask(forms.cell_form(*here, cell(*here)), changes=here[0].id)

    def do_rate_facts(self) -> None:
        from prioritizer.tui.screens.collect_forms import facts_form

        here = self.at
        assert here is not None
        assert self.seen is not None
        self._ask(facts_form(self.seen, here[0]))

    def _ask(self, ask: Ask, changes: str = "") -> None:
        def answered(values: dict[str, str] | None) -> None:
            if values is None:
                return
            if changes:
                self.expect_change(changes)
            self.send(ask.command(values))

        self.app.push_screen(ask.form(), answered)

    # The room

    async def do_rate_ballot(self) -> None:
        from prioritizer.tui.screens.ballot import BallotScreen

        await self._to_room(BallotScreen)

    async def do_rate_reveal(self) -> None:
        from prioritizer.tui.screens.reveal import RevealScreen

        await self._to_room(RevealScreen)

    async def do_rate_queue(self) -> None:
        from prioritizer.tui.screens.queue import QueueScreen

        await self._to_room(QueueScreen)

    async def _to_room(self, make: Callable[[], StageScreen]) -> None:
        await self.landed()
        await self.prioritizer.show_screen(make())

    # Moving

    def do_rate_next(self) -> None:
        self._page(1)

    def do_rate_previous(self) -> None:
        self._page(-1)

    def _page(self, by: int) -> None:
        if not self.rows.step_column(by):
            what = "criterion" if self.by_criterion else "use case"
            self.prioritizer.problem(f"This is the {'last' if by > 0 else 'first'} {what}.")

    def do_rate_turn(self) -> None:
        self.turn()

    async def do_rate_next_gap(self) -> None:
        await self._to_gap(1)

    async def do_rate_last_gap(self) -> None:
        await self._to_gap(-1)

    async def _to_gap(self, direction: int) -> None:
        await self.landed()
        here = self.at
        assert here is not None
        order = direction
        cases = self.cases[::order]
        asked = self.asked[::order]
        row = next(i for i, u in enumerate(cases) if u.id == here[0].id)
        column = next(i for i, x in enumerate(asked) if x.criterion.id == here[1].criterion.id)
        found = next_unrated(cases, asked, row, column, by_criterion=self.by_criterion, given=self.on_the_way)
        if found is None:
            self.prioritizer.say(hint("Every cell has a level; {app.next-stage} goes on to Rank."))
            return
        self.go(cases[found[0]].id, asked[found[1]].criterion.id)

    # Filter, mouse, copy

    def do_rate_filter(self) -> None:
        self.open_filter()

    def do_rate_all(self) -> None:
        self.close_filter()
        self.rows.focus()

    def on_painted_picked(self, event: Painted.Picked) -> None:
        event.stop()
        kind, _, value = event.value.partition(":")
        here = self.at
        if kind == "turn":
            self.turn()
        elif kind == "level":
            self.action_level(int(value))
        elif kind == "evidence":
            self._tag(value)
        elif kind == "step":
            self._page(int(value))
        elif kind == "criterion" and here is not None:
            self.go(here[0].id, self.asked[int(value)].criterion.id)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.call_later(self.action_run, "rate.edit")

    def screen_text(self) -> str:
        """The question and the list of this page."""
        here = self.at
        if here is None:
            return ""
        question = self.query_one("#rate-question", Painted).text()
        lines = []
        for key in self.rows.keys:
            found = self.cell_of(key)
            if found is None:
                continue
            stands = cell(*found)
            level = "–" if stands.level is None else str(stands.level)
            name = found[0].title if self.by_criterion else found[1].criterion.title
            lines.append("\t".join((level, name, stands.evidence or "", stands.note)).rstrip())
        title = "" if self.by_criterion else f"{here[0].title}\n\n"
        return f"{title}{question}\n\n" + "\n".join(lines)
