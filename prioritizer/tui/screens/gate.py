"""Gate: the yes/no questions, one key each, down the columns or along the rows."""

from __future__ import annotations

import string
from collections.abc import Sequence

from textual import events
from textual.binding import Binding

from prioritizer.charts.segments import Row, rows_text
from prioritizer.model.session import UseCase
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.screens import gate_forms as forms
from prioritizer.tui.screens.form import Ask
from prioritizer.tui.screens.gate_board import At
from prioritizer.tui.screens.gate_picture import GatePicture
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.painted import Painted
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.workshop.commands.gate import AnswerGate, ClearRemaining
from prioritizer.workshop.commands.shortlist import LiftOverride, answered_out
from prioritizer.workshop.views.gates import gate_cell, open_gates, unanswered

ANSWER_KEYS = tuple(c for c in string.ascii_lowercase + string.digits if c not in "chjklqu")
"""What a preset may give to an answer; the rest has a meaning everywhere."""

_ANYWHERE = frozenset({"gate.filter", "gate.all"})
"""What needs no cell under the cursor."""

_NOTHING_ASIDE = "Nothing is set aside for this use case."


def _out(use_case: UseCase) -> str:
    return f"#{use_case.number} is out by law or policy; that cannot be overridden."


class GateScreen(GatePicture):
    """A letter answers the cell under the cursor and goes on."""

    name_in_table = "gate"
    purpose = (
        "Questions that stop a use case whatever its levels are. The letter beside an answer gives it; "
        "what nobody can say is never a pass."
    )
    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        *bindings_for("gate"),
        # Which letters answer is the preset's to say; as bindings they keep their turn among the arrow keys.
        *(Binding(key, f"answer('{key}')", show=False) for key in ANSWER_KEYS),
    ]

    def why_not(self, action_id: str) -> str | None:
        if action_id == "gate.all" and not self.query_one(FilterLine).has_class("-shown"):
            return "No filter is on."
        if not action_id.startswith("gate.") or action_id in _ANYWHERE:
            return None
        here = self.at
        if here is None:
            if not self.gates:
                return hint("This preset asks no gate questions; {app.next-stage} goes on to Rate.")
            return hint("No use case is under the cursor; {app.collect} goes to Collect.")
        if action_id == "gate.override" and self.seen and answered_out(self.seen, here[0].gates):
            return _out(here[0])
        if action_id == "gate.lift" and not self.is_sending and not self._set_aside(here):
            return _NOTHING_ASIDE
        return None

    # Answers

    def action_answer(self, key: str) -> None:
        """A letter was pressed, or an answer was clicked."""
        here = self.at
        if here is None:
            self.prioritizer.problem(self.why_not("gate.answer") or "")
            return
        use_case, gate = here
        answer = next((a for a in gate.answers if a.key == key), None)
        if answer is None:
            known = ", ".join(a.key for a in gate.answers)
            self.prioritizer.problem(f"“{key}” answers nothing here; “{gate.title}” takes {known}.")
            return
        spot = (use_case.id, gate.id)
        self.send(AnswerGate(*spot, answer.id), {spot: answer.title})
        self.redraw_spot(spot)
        last = not self.move_on()
        self.give(spot)
        self._repaint()
        if last:
            self.prioritizer.say(hint("That was the last cell; {app.next-stage} goes on to Rate."))

    async def on_key(self, event: events.Key) -> None:
        # A preset in another language may have other letters than the bindings above.
        if (
            event.character is None
            or event.character.isascii()
            or self.query_one(FilterLine).has_focus_within
        ):
            return
        here = self.at
        if here is not None and any(a.key == event.character for a in here[1].answers):
            event.stop()
            self.action_answer(event.character)

    async def do_gate_answer(self) -> None:
        await self.do_gate_edit()

    async def do_gate_rest(self) -> None:
        await self.landed()
        here = self.at
        assert here is not None
        use_case, gate = here
        if self.by_gate:
            waiting = unanswered(self.cases, [gate.id])
            what = f"“{gate.clear.title}” to “{gate.title}”"
            command = ClearRemaining([gate.id], [u for u, _ in waiting])
        else:
            waiting = unanswered([use_case], [g.id for g in self.gates])
            what = f"the clear answer for #{use_case.number}"
            command = ClearRemaining([g for _, g in waiting], [use_case.id])
        if not waiting:
            self.prioritizer.problem(
                f"Nothing is left to answer in this {'column' if self.by_gate else 'row'}."
            )
            return
        clear = {g.id: g.clear.title for g in self.gates}
        self.send(command, {spot: clear[spot[1]] for spot in waiting})
        self.rows.redraw()
        self._repaint()
        count = len(waiting)
        self.prioritizer.say(
            f"{count:,} {'cell' if count == 1 else 'cells'}: {what}; {key_of('app.undo')} takes it back."
        )

    def do_gate_back(self) -> None:
        given = self.given
        if given is not None:
            self.go(*given)
        self.do_gate_clear()

    def do_gate_clear(self) -> None:
        here = self.at
        assert here is not None
        use_case, gate = here
        spot = (use_case.id, gate.id)
        if gate_cell(use_case, gate).answer is None and not self.pending(spot):
            self.prioritizer.problem("There is no answer to take back here.")
            return
        self.leave()
        self.send(AnswerGate(*spot, None), {spot: ""})
        self.redraw_spot(spot)
        self._repaint()

    async def do_gate_note(self) -> None:
        await self.landed()
        about = self.subject
        assert about is not None
        cell = gate_cell(*about)
        if cell.answer is None:
            self.prioritizer.problem("Answer it first; the note goes with the answer.")
            return
        self._ask(forms.note_form(*about, cell))

    async def do_gate_edit(self) -> None:
        await self.landed()
        here = self.at
        assert here is not None
        self._ask(forms.answer_form(*here, gate_cell(*here)))

    # Overrides

    async def do_gate_override(self) -> None:
        await self.landed()
        here = self.at
        assert here is not None
        assert self.seen is not None
        use_case, gate = here
        if answered_out(self.seen, use_case.gates):
            self.prioritizer.problem(_out(use_case))
            return
        evaluation = self.reckoned.evaluation if self.reckoned is not None else None
        holding = [
            g for g in open_gates(self.seen, evaluation, use_case.id) if g[0] not in use_case.overrides
        ]
        if not holding:
            self.prioritizer.problem("No gate holds this use case, so there is nothing to set aside.")
            return
        first = gate.id if gate.id in dict(holding) else holding[0][0]
        self._ask(forms.override_form(use_case, holding, first, self.seen.decider))

    async def do_gate_lift(self) -> None:
        await self.landed()
        here = self.at
        assert here is not None
        use_case, gate = here
        aside = self._set_aside(here)
        if not aside:
            self.prioritizer.problem(_NOTHING_ASIDE)
            return
        if len(aside) == 1:
            self.send(LiftOverride(use_case.id, aside[0][0]))
            self.prioritizer.say(
                f"“{aside[0][1]}” follows the rules again; {key_of('app.undo')} takes it back."
            )
            return
        first = gate.id if gate.id in dict(aside) else aside[0][0]
        self._ask(forms.lift_form(use_case, aside, first))

    def _set_aside(self, at: At) -> list[tuple[str, str]]:
        if self.seen is None:
            return []
        return [(g.id, g.title) for g in self.seen.preset.gate if g.id in at[0].overrides]

    def _ask(self, ask: Ask) -> None:
        def answered(values: dict[str, str] | None) -> None:
            if values is not None:
                self.send(ask.command(values))

        self.app.push_screen(ask.form(), answered)

    # Moving

    async def do_gate_next_open(self) -> None:
        await self._to_open(1)

    async def do_gate_last_open(self) -> None:
        await self._to_open(-1)

    async def _to_open(self, direction: int) -> None:
        await self.landed()
        here = self.at
        assert here is not None
        ids = [g.id for g in self.gates]
        waiting = set(unanswered(self.cases, ids)) - self.on_the_way
        if self.by_gate:
            order = [(u.id, g) for g in ids for u in self.cases]
        else:
            order = [(u.id, g) for u in self.cases for g in ids]
        order = order[::direction]
        start = order.index((here[0].id, here[1].id))
        found = next((spot for spot in (*order[start + 1 :], *order[: start + 1]) if spot in waiting), None)
        if found is None:
            self.prioritizer.say(hint("Every cell has an answer; {app.next-stage} goes on to Rate."))
            return
        self.go(*found)

    def do_gate_turn(self) -> None:
        self.leave()
        self.by_gate = not self.by_gate
        self.prioritizer.place["gate.way"] = "gate" if self.by_gate else "use case"
        self._repaint()

    # Filter, mouse, copy

    def do_gate_filter(self) -> None:
        self.open_filter()

    def do_gate_all(self) -> None:
        self.close_filter()
        self.rows.focus()

    def do_gate_all_gates(self) -> None:
        here = self.at
        assert here is not None
        use_case = here[0]

        def make(width: int, height: int) -> Sequence[Row]:
            now = self.seen.use_cases[use_case.id] if self.seen is not None else use_case
            return self.case_rows(now, width, questions=True)

        self.app.push_screen(forms.GatesScreen("All gates", make))

    def on_painted_picked(self, event: Painted.Picked) -> None:
        event.stop()
        kind, _, value = event.value.partition(":")
        if kind == "turn":
            self.do_gate_turn()
        elif kind == "answer":
            self.action_answer(value)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.call_later(self.action_run, "gate.edit")

    def screen_text(self) -> str:
        """The matrix as a table of tabs."""
        if not self.cases or not self.gates:
            return ""
        lines = ["\t".join(["use case", *(g.title for g in self.gates)])]
        for use_case in self.cases:
            cells = [gate_cell(use_case, g).answer for g in self.gates]
            lines.append("\t".join([use_case.title, *(a.title if a is not None else "–" for a in cells)]))
        here = self.at
        beside = rows_text(self.case_rows(here[0], 78)) if here is not None else ""
        return "\n".join(lines) + "\n\n" + beside
