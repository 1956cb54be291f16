"""The dialogs of Gate: an answer with its note, a gate that the room sets aside, all gates of a use case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import UseCase
from prioritizer.text.clean import clean_text
from prioritizer.text.dates import parse_date
from prioritizer.tui.screens.form import Ask, Field
from prioritizer.tui.widgets.keyline import KeyLine
from prioritizer.tui.widgets.pane import Make, Pane
from prioritizer.workshop.commands.gate import AnswerGate
from prioritizer.workshop.commands.shortlist import LiftOverride, SetOverride
from prioritizer.workshop.views.gates import GateCell

if TYPE_CHECKING:
    from prioritizer.model.preset import Gate

Values = Mapping[str, str]

NONE = ""
"""Value of the choice that takes an answer back."""


def answer_form(use_case: UseCase, gate: Gate, cell: GateCell) -> Ask:
    """An answer from a list, and its note."""
    choices = [(_line(a.title), a.id) for a in gate.answers] + [("not answered", NONE)]
    # Where nothing stands nothing is proposed: Enter twice must not say that it is forbidden.
    chosen = cell.answer.id if cell.answer is not None else NONE
    fields = [
        Field("answer", "Answer", chosen, choices=choices),
        Field("note", "Note", cell.note, _hint(cell)),
    ]

    def command(values: Values) -> AnswerGate:
        answer = values["answer"] or None
        if answer is None and cell.answer is None:
            raise PrioritizerError("No answer is chosen yet: ↓ in the first field opens the list.")
        return AnswerGate(use_case.id, gate.id, answer, note=values["note"] if answer else None)

    return Ask(gate.title, fields, command, note=f"{use_case.title}\n{gate.question}")


def note_form(use_case: UseCase, gate: Gate, cell: GateCell) -> Ask:
    """The note to an answer that stands."""
    answer = cell.answer

    def command(values: Values) -> AnswerGate:
        return AnswerGate(use_case.id, gate.id, answer.id if answer else None, note=values["note"])

    fields = [Field("note", f"Note to “{answer.title if answer else ''}”", cell.note, _hint(cell))]
    draft = f"gate.note.{use_case.id}.{gate.id}"
    return Ask(gate.title, fields, command, note=use_case.title, draft=draft)


def _hint(cell: GateCell) -> str:
    if cell.status == "not-an-agent":
        return "the simpler route, by name"
    if cell.status in ("stop", "condition"):
        return "what, who, and the date"
    if cell.status == "unknown":
        return "who could say"
    return "what it rests on"


def override_form(use_case: UseCase, gates: Sequence[tuple[str, str]], here: str, decider: str) -> Ask:
    """A gate that the room sets aside.

    Args:
        use_case: Of which.
        gates: (id, name) of those that hold it.
        here: The one to begin with.
        decider: Who decides in this session, if that is known.
    """
    today = dt.date.today()
    fields = [
        Field("target", "Which gate", here, choices=[(_line(name), id_) for id_, name in gates]),
        Field("by", "Who decides it", decider, "a name; it is printed wherever the use case is"),
        Field("reason", "Reason", "", "the fact, or the risk that is taken"),
        Field("date", "Date", today.isoformat(), "2026-05-31"),
    ]

    def command(values: Values) -> SetOverride:
        if not values["by"].strip() or not values["reason"].strip():
            raise PrioritizerError("It needs the name of who decides it, and a reason.")
        date = parse_date(values["date"], today=today) if values["date"].strip() else None
        return SetOverride(use_case.id, values["target"], values["by"], values["reason"], date=date)

    note = f"{use_case.title}\nName, reason and date are printed with the lane that the rules gave."
    return Ask("Set a gate aside", fields, command, note=note, focus="reason" if decider else "by")


def lift_form(use_case: UseCase, gates: Sequence[tuple[str, str]], here: str) -> Ask:
    """Which of several gates goes back to the rules."""
    fields = [Field("target", "Which gate", here, choices=[(_line(name), id_) for id_, name in gates])]

    def command(values: Values) -> LiftOverride:
        return LiftOverride(use_case.id, values["target"])

    return Ask("Back to the rules", fields, command, note=use_case.title)


def _line(text: str) -> str:
    return clean_text(text, limit=120, lines=False)


class GatesScreen(ModalScreen[None]):
    """All gates of one use case, to read."""

    BINDINGS = [Binding("escape,D,enter,q", "close", "Close")]  # noqa: RUF012  # Textual's own convention

    def __init__(self, title: str, make: Make) -> None:
        super().__init__()
        self._title = title
        self._make = make

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="wide-dialog"):
            yield Static(Content(self._title), classes="dialog-title")
            yield Pane(self._make, can_focus=True, id="gates-pane")
            yield KeyLine((("esc", "close", "close"), ("↑ ↓", "scroll", "")))

    def on_mount(self) -> None:
        self.query_one(Pane).focus()

    def action_close(self) -> None:
        self.dismiss(None)
