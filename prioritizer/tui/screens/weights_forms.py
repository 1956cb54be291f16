"""The dialogs about weights: the sentence to say, a number each, and a reason where it is late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.tui.screens.form import Ask, Field

if TYPE_CHECKING:
    from prioritizer.model.session import Snapshot
    from prioritizer.workshop.commands.base import Command
    from prioritizer.workshop.commands.weights import SetWeights

Values = Mapping[str, str]
LATE = "Something is rated already: this is a decision now, with a reason that is printed with the result."


def room_form(snapshot: Snapshot, method: str, focus: str = "") -> Ask:
    """The room weighs with one voice."""
    from prioritizer.workshop.commands.weights import SetWeights, is_rated
    from prioritizer.workshop.views.weights import method_title, questions, sentence_to_say
    from prioritizer.workshop.weighing import RANKS, weigh

    late = is_rated(snapshot)
    fields = [Field(_field(item), label, "", hint) for item, label, hint in questions(snapshot, method)]
    ranking = method in RANKS
    if ranking:
        choices = [(method_title(r).removeprefix("ranking, "), r) for r in RANKS]
        fields.append(Field("surrogate", "Weights from ranks", method, choices=choices))
    fields.append(_reason(late))

    def command(values: Values) -> Command:
        way = values["surrogate"] if ranking else method
        found = weigh(snapshot, way, _said(snapshot, method, values))
        return SetWeights(
            found.weights, f"{found.how}, by the room", _checked_reason(values, late), warning=found.warning
        )

    note = sentence_to_say(method) + (f"\n{LATE}" if late else "")
    return Ask(f"The room: {method_title(method)}", fields, command, note=note, focus=focus)


def person_form(snapshot: Snapshot, person_id: str, method: str) -> Ask:
    """One participant weighs; what is typed is masked."""
    from prioritizer.workshop.commands.weights import GiveWeights
    from prioritizer.workshop.views.weights import method_title, questions, sentence_to_say

    person = snapshot.participant(person_id)
    if person is None:
        raise PrioritizerError("That person is not on the roster.")
    fields = [
        Field(_field(item), label, "", hint, masked=True) for item, label, hint in questions(snapshot, method)
    ]

    def command(values: Values) -> Command:
        return GiveWeights(person_id, method, _said(snapshot, method, values))

    note = f"{sentence_to_say(method)}\nNobody sees it before the reveal."
    return Ask(f"{person.name}: {method_title(method)}", fields, command, note=note)


def reason_form(snapshot: Snapshot, title: str, change: SetWeights) -> Ask:
    """Why the weights change after something was rated."""
    from dataclasses import replace

    def command(values: Values) -> Command:
        return replace(change, reason=_checked_reason(values, True))

    return Ask(title, [_reason(True)], command, note=LATE)


def _reason(late: bool) -> Field:
    label = "Why now" if late else "Why these"
    return Field("reason", label, "", "needed; it is printed" if late else "may stay empty; it is printed")


def _checked_reason(values: Values, late: bool) -> str:
    reason = values["reason"].strip()
    if late and not reason:
        raise PrioritizerError("Say why: something is rated already, so other weights are a decision.")
    return reason


def _said(snapshot: Snapshot, method: str, values: Values) -> dict[str, float]:
    from prioritizer.workshop.views.weights import questions
    from prioritizer.workshop.weighing import read_number

    return {item: read_number(values[_field(item)], label) for item, label, _ in questions(snapshot, method)}


def _field(item: str) -> str:
    """An id that a widget may have."""
    return "w-" + "".join(c if c.isascii() and c.isalnum() else f"-{ord(c)}-" for c in item)
