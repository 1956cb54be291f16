"""Reveal: what the room answered, and what becomes of it: agreed, voted again, parked, or decided by the rule."""

from __future__ import annotations

import datetime as dt

from textual.binding import Binding, BindingType

from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.screens import rate_forms
from prioritizer.tui.screens import reveal_forms as forms
from prioritizer.tui.screens import room_pages as pages
from prioritizer.tui.screens.form import Ask
from prioritizer.tui.screens.reveal_board import At, RevealBoard
from prioritizer.tui.screens.sending import NOTHING
from prioritizer.tui.screens.wording import reword
from prioritizer.tui.widgets.painted import Painted
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.workshop.commands.rate import Rate, RateMany, SetEvidence
from prioritizer.workshop.commands.room import Revote, VoidRounds
from prioritizer.workshop.commands.settle import DEADLOCK_TITLES, ApplyDeadlock, Claim
from prioritizer.workshop.views.rating import cell

_NOTHING_THERE = "No cell is under the cursor: {reveal.ballot} opens the ballot."
_ANYWHERE = frozenset(
    {
        "reveal.next",
        "reveal.queue",
        "reveal.ballot",
        "reveal.back",
        "reveal.left",
        "reveal.right",
        "reveal.agreement",
        "reveal.take-all",
    }
)
"""What needs no cell under the cursor."""

_CLOSED = frozenset(
    {
        "reveal.take",
        "reveal.level",
        "reveal.revote",
        "reveal.rule",
        "reveal.claim",
        "reveal.park",
    }
)
"""What needs a round that is revealed."""


def _bindings() -> list[BindingType]:
    # A digit says which level: the one action of the table becomes a binding for each.
    return [*bindings_for("reveal"), *(Binding(str(n), f"level({n})", show=False) for n in range(5))]


class RevealScreen(RevealBoard):
    """One cell after the other: the pattern says what to do next."""

    name_in_table = "reveal"
    purpose = (
        "What the room answered, cell by cell: how many chose each level, the pattern, and the move that goes with it. "
        "A pattern opens a question; it is no finding. Lowest and highest are named on a private screen ({app.private}) only."
    )
    BINDINGS = _bindings()

    def why_not(self, action_id: str) -> str | None:
        if not action_id.startswith("reveal.") or action_id in _ANYWHERE:
            return None
        if self.shown is None:
            return hint(_NOTHING_THERE)
        if action_id in _CLOSED and self.shown.status == "open":
            return hint(
                "A round is open here: {reveal.ballot} and {ballot.reveal} reveal it, {reveal.void} takes it out."
            )
        return None

    # Agreeing

    def action_level(self, level: int) -> None:
        """A digit was pressed, or a level was clicked."""
        reason = self.why_not("reveal.level")
        here, shown = self.at, self.shown
        if reason is not None or here is None or shown is None:
            self.prioritizer.problem(reason or hint(_NOTHING_THERE))
            return
        if shown.room_value is None or shown.room_value == level:
            self._agree(here, level)
            return
        ask = rate_forms.reason_form(*here, shown.room_value, level)

        def reasoned(values: dict[str, str] | None) -> None:
            if values is not None:
                self._agree(here, level, values["reason"])

        self.app.push_screen(ask.form(), reasoned)

    def do_reveal_level(self) -> None:
        self.prioritizer.say("0 to 4 agrees that level; another one than the room says wants a reason.")

    def do_reveal_take(self) -> None:
        here, shown = self.at, self.shown
        assert here is not None
        assert shown is not None
        if shown.room_value is None:
            self.prioritizer.problem(
                hint("Nobody gave a level here: {reveal.park} parks it as find out, with owner and date.")
            )
            return
        self._agree(here, shown.room_value)

    def _agree(self, at: At, level: int, reason: str | None = None) -> None:
        spot = (at[0].id, at[1].criterion.id)
        self.send(Rate(*spot, level, reason=reason), {spot: str(level)})
        self.redraw_spot(spot)
        if not self._on():
            self.prioritizer.say(
                f"Nothing is left to agree for {spot[1]}: {key_of('reveal.next')} is the next contested cell, "
                f"{key_of('reveal.right')} the next criterion."
            )
        self.give(spot)
        self.repaint()

    def _on(self) -> bool:
        """To the next cell of this criterion that is revealed and not agreed; whether there is one."""
        ladder, keys = self.ladder, list(self.rows.keys)
        if ladder is None or self.rows.key not in keys:
            return False
        here = keys.index(self.rows.key)
        for key in (*keys[here + 1 :], *keys[:here]):
            found = self.cells[key]
            waits = found.status == "revealed" and found.agreed is None
            if waits and self.pending((key, ladder.criterion.id)) is None:
                self.rows.select(key)
                return True
        return False

    def do_reveal_take_all(self) -> None:
        ladder = self.ladder
        alike = [
            c
            for c in self.cells.values()
            if c.pattern is not None
            and not c.pattern.contested
            and c.agreed is None
            and c.room_value is not None
        ]
        if ladder is None or not alike:
            self.prioritizer.problem("No cell of this criterion is agreed by the room and still open.")
            return
        criterion = ladder.criterion.id
        levels = [Rate(c.use_case, criterion, c.room_value) for c in alike]
        self.send(RateMany(levels), {(c.use_case, criterion): str(c.room_value) for c in alike})
        for each in alike:
            self.rows.redraw(each.use_case)
        number = len(alike)
        self.prioritizer.say(
            f"Took {number} cell{'' if number == 1 else 's'} on which the room agrees; "
            f"{key_of('app.undo')} takes that back."
        )

    def do_reveal_clear(self) -> None:
        about = self.subject
        assert about is not None
        spot = (about[0].id, about[1].criterion.id)
        if cell(*about).agreed is False and self.pending(spot) is None:
            self.prioritizer.problem("There is no agreed level to take back here.")
            return
        self.leave()
        self.send(Rate(*spot, None), {spot: NOTHING})
        self.go(*spot)

    # What it rests on

    def do_reveal_opinion(self) -> None:
        self._tag("opinion")

    def do_reveal_reported(self) -> None:
        self._tag("reported")

    def do_reveal_document(self) -> None:
        self._tag("document")

    def do_reveal_measured(self) -> None:
        self._tag("measured")

    def _tag(self, tag: str) -> None:
        about = self.subject
        assert about is not None
        spot = (about[0].id, about[1].criterion.id)
        if not (self.pending(spot) or "").isdigit() and not cell(*about).agreed:
            self.prioritizer.problem(
                hint("Agree a level first ({reveal.take} or {reveal.level}); a tag says what it rests on.")
            )
            return
        self.send(SetEvidence(*spot, evidence=tag))

    async def do_reveal_note(self) -> None:
        await self.landed()
        about = self.subject
        assert about is not None
        self._ask(rate_forms.note_form(*about, cell(*about)))

    def _ask(self, ask: Ask, *, on: bool = False) -> None:
        def answered(values: dict[str, str] | None) -> None:
            if values is None:
                return
            self.send(ask.command(values))
            if on:
                self._on()

        self.app.push_screen(ask.form(), answered)

    # What else becomes of a cell

    async def do_reveal_revote(self) -> None:
        here = self.at
        assert here is not None
        spot = (here[0].id, here[1].criterion.id)
        await self.landed()
        if await self.carry_out(Revote(*spot)) is None:
            return
        pages.remember(self.prioritizer, *spot)
        await self.do_reveal_ballot()

    def do_reveal_park(self) -> None:
        here = self.at
        assert here is not None
        self._ask(forms.park_form(*here, self._today()), on=True)

    def do_reveal_rule(self) -> None:
        here = self.at
        assert here is not None
        assert self.seen is not None
        rule = self.seen.deadlock
        if rule == "park":
            self._ask(forms.park_form(*here, self._today(), rule=True), on=True)
        elif rule == "decider" and self.seen.decider:
            self._ask(forms.decider_form(self.seen, *here), on=True)
        else:
            spot = (here[0].id, here[1].criterion.id)
            self.send(ApplyDeadlock(*spot), {spot: "rule"})
            self.prioritizer.say(f"By the rule agreed at the start: {DEADLOCK_TITLES[rule]}.")
            self._on()
            self.give(spot)

    def do_reveal_claim(self) -> None:
        here, shown = self.at, self.shown
        assert here is not None
        assert shown is not None
        if shown.room_value is None:
            self.prioritizer.problem(
                hint("Nobody gave a level here, so there is none to claim: {reveal.park} parks it.")
            )
            return
        spot = (here[0].id, here[1].criterion.id)
        self.send(Claim(*spot), {spot: str(shown.room_value)})
        self._on()
        self.give(spot)

    async def do_reveal_void(self) -> None:
        here, shown = self.at, self.shown
        assert here is not None
        assert shown is not None
        where = f"Round {shown.round} of #{here[0].number} {here[1].criterion.id}"
        await self.landed()
        if await self.carry_out(VoidRounds(here[0].id, here[1].criterion.id)) is not None:
            self.prioritizer.say(
                f"{where} is void: its answers count for nothing now; {key_of('app.undo')} takes that back."
            )

    def do_reveal_reword(self) -> None:
        here = self.at
        assert here is not None
        reword(self, here[0], forms.wording_form(here[0]))

    def do_reveal_agreement(self) -> None:
        self.agreement = not self.agreement
        self.rows.redraw()
        self.repaint()

    def _today(self) -> dt.date:
        return self.workshop.now().astimezone().date()

    # Going about

    async def do_reveal_next(self) -> None:
        here = self.at
        spot = (here[0].id, here[1].criterion.id) if here is not None else ("", "")
        await self.go_to_next(*spot)

    async def open_cell(self, use_case: str, criterion: str) -> None:
        self.leave()
        if not self.go(use_case, criterion):
            await super().open_cell(use_case, criterion)

    async def do_reveal_ballot(self) -> None:
        from prioritizer.tui.screens.ballot import BallotScreen

        await self.prioritizer.show_screen(BallotScreen())

    async def do_reveal_queue(self) -> None:
        from prioritizer.tui.screens.queue import QueueScreen

        await self.prioritizer.show_screen(QueueScreen())

    async def do_reveal_back(self) -> None:
        await self.prioritizer.go_to("rate")

    def do_reveal_right(self) -> None:
        self._turn(1)

    def do_reveal_left(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        if not self.rows.step_column(by):
            self.prioritizer.problem(
                f"This is the {'last' if by > 0 else 'first'} criterion asked in the room."
            )

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.call_later(self.action_run, "reveal.take")

    def on_painted_picked(self, event: Painted.Picked) -> None:
        event.stop()
        kind, _, value = event.value.partition(":")
        if kind == "page":
            self.rows.select_column(int(value))
        elif kind == "level":
            self.action_level(int(value))
        elif kind == "evidence":
            self._tag(value)

    def screen_text(self) -> str:
        """The cell, and the list of this page."""
        return "\n".join(
            (self.query_one("#reveal-cell", Painted).text(), *(c.words() for c in self.cells.values()))
        )
