"""The dialogs of Frame: what they ask, and the command that follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot
from prioritizer.text.clean import clean_error
from prioritizer.text.phrases import counted
from prioritizer.tui.actions.hints import key_of
from prioritizer.tui.screens.form import Ask, Field
from prioritizer.tui.screens.frame_rows import FIELDS, role_title
from prioritizer.workshop.commands.base import Command
from prioritizer.workshop.commands.frame import (
    AddParticipant,
    AskCriterion,
    EditParticipant,
    SetSession,
    check_role,
)
from prioritizer.workshop.commands.seating import SeatTable
from prioritizer.workshop.commands.settle import DEADLOCK_TITLES, SetDeadlock

Values = Mapping[str, str]


def session_form(snapshot: Snapshot, focus: str) -> Ask:
    """The front page of the session, all of it, beginning at one field."""
    fields = [
        Field("title", "Title", snapshot.title),
        Field("purpose", "Purpose", snapshot.purpose, lines=3),
        Field("decision_rule", "Decision rule", snapshot.decision_rule, lines=2),
        Field("decider", "Who decides", snapshot.decider, _hint("decider")),
        Field("facilitator", "Facilitator", snapshot.facilitator, _hint("facilitator")),
        Field(
            "minutes",
            "Minutes",
            "" if snapshot.minutes is None else str(snapshot.minutes),
            _hint("minutes"),
            offered=True,
        ),
        Field("top", "Shortlist holds", str(snapshot.top), _hint("top"), offered=True),
    ]

    def command(values: Values) -> Command:
        title = values["title"].strip()
        if not title:
            raise PrioritizerError("A session needs a title.")
        minutes, top = _whole(values["minutes"], "Minutes"), _whole(values["top"], "The shortlist")
        if minutes is not None and not 1 <= minutes <= 1440:
            raise PrioritizerError("The length of the session must be 1 to 1440 minutes.")
        if top is not None and not 1 <= top <= 100:
            raise PrioritizerError("The shortlist can hold 1 to 100 use cases.")
        return SetSession(
            title=_changed(title, snapshot.title),
            purpose=_changed(values["purpose"], snapshot.purpose),
            decision_rule=_changed(values["decision_rule"], snapshot.decision_rule),
            decider=_changed(values["decider"], snapshot.decider),
            facilitator=_changed(values["facilitator"], snapshot.facilitator),
            minutes=minutes if minutes != snapshot.minutes else None,
            top=top if top != snapshot.top else None,
        )

    return Ask("The session", fields, command, focus=focus, draft="frame.session")


def agenda_form(snapshot: Snapshot) -> Ask:
    """Which agenda; the minutes follow it."""
    agendas = snapshot.preset.agenda
    if not agendas:
        raise PrioritizerError("This preset brings no agenda; the minutes can be set all the same.")
    choices = [(f"{a.title} · {a.people}, {a.candidates}", a.id) for a in agendas]
    now = snapshot.agenda or agendas[0].id

    def command(values: Values) -> Command:
        agenda = next(a for a in agendas if a.id == values["agenda"])
        return SetSession(agenda=agenda.id, minutes=agenda.minutes)

    note = "↓ or ⏎ opens the list. The minutes become those of the agenda; change them afterwards if you have more or less."
    return Ask("Agenda", [Field("agenda", "Agenda", now, choices=choices)], command, note=note)


def deadlock_form(snapshot: Snapshot) -> Ask:
    """What settles a cell on which the room does not agree."""
    choices = [(words, rule) for rule, words in DEADLOCK_TITLES.items()]

    def command(values: Values) -> Command:
        return SetDeadlock(next(rule for rule in DEADLOCK_TITLES if rule == values["rule"]))

    note = "After three votes on one cell, one key applies this rule. Agree on it now, before anybody has a favourite."
    return Ask(
        "If we differ", [Field("rule", "The rule", snapshot.deadlock, choices=choices)], command, note=note
    )


def table_form(snapshot: Snapshot, members: Sequence[str]) -> Ask:
    """A table that votes as one; those who sit there listen from then on."""
    taken = {p.name for p in snapshot.participants}
    free = next(f"Table {n}" for n in range(1, len(taken) + 2) if f"Table {n}" not in taken)
    roles = [("no role", ""), *((r.title, r.id) for r in snapshot.preset.role)]
    found = (snapshot.participant(m) for m in members)
    held = {p.role for p in found if p is not None}
    role = next(iter(held)) if len(held) == 1 else None
    fields = [Field("name", "Name", free), Field("role", "Role", role or "", choices=roles)]

    def command(values: Values) -> Command:
        return SeatTable(values["name"], members, values["role"] or None)

    who = counted(len(members), "person", "people")
    note = f"It gets one vote, and its {who} listen from now on: {key_of('frame.voter')} gives somebody the vote back."
    return Ask("A table votes as one", fields, command, note=note)


def person_form(snapshot: Snapshot, person_id: str) -> Ask:
    """One participant."""
    person = snapshot.participant(person_id)
    if person is None:
        raise PrioritizerError("That person is not on the roster.")
    roles = [("no role", ""), *((r.title, r.id) for r in snapshot.preset.role)]
    fields = [
        Field("name", "Name", person.name, "or a number or letter in its place"),
        Field("role", "Role", person.role or "", choices=roles),
        Field("present", "Here?", _yes(person.present), choices=[("here", "yes"), ("away", "no")]),
        Field("voter", "Votes?", _yes(person.voter), choices=[("votes", "yes"), ("listens", "no")]),
    ]

    def command(values: Values) -> Command:
        name = values["name"].strip()
        if not name:
            raise PrioritizerError("A participant needs a name, or a number or letter in its place.")
        return EditParticipant(
            person_id,
            name=_changed(name, person.name),
            role=_changed(values["role"], person.role or ""),
            present=values["present"] == "yes",
            voter=values["voter"] == "yes",
        )

    return Ask(person.name, fields, command)


def criterion_form(snapshot: Snapshot, name: str) -> Ask:
    """How one criterion is asked; its question and level texts stand above."""
    criterion = snapshot.preset.find_criterion(name)
    role = role_title(snapshot, criterion.role)
    choices = [
        ("in the room, as a blind ballot", "room"),
        (f"before, by {role or 'whoever knows'}", "before"),
    ]
    if name not in snapshot.preset.essential():
        choices.append(("off: it leaves its dimension", "off"))
    levels = "\n".join(f" {level}  {text}" for level, text in enumerate(criterion.levels))

    def command(values: Values) -> Command:
        how = values["how"]
        return AskCriterion(name, "room" if how == "room" else "off" if how == "off" else "before")

    return Ask(
        f"{name} {criterion.title}",
        [Field("how", "How it is asked", snapshot.how_asked(name), choices=choices)],
        command,
        note=f"{criterion.question}\n{levels}",
    )


def typed_person(snapshot: Snapshot, text: str) -> AddParticipant:
    """Somebody from one line: ``Name`` or ``Name, role``.

    Raises:
        PrioritizerError: The role is not one of the preset's.
    """
    name, comma, tail = text.rpartition(",")
    if not comma:
        return AddParticipant(text.strip())
    begun = tail.strip().casefold()
    near = [r for r in snapshot.preset.role if begun and r.title.casefold().startswith(begun)]
    role = near[0].id if len(near) == 1 else check_role(snapshot, tail)
    return AddParticipant(name.strip(), role)


def _hint(name: str) -> str:
    return next(hint for field, _, hint in FIELDS if field == name)


def _changed(text: str, before: str) -> str | None:
    return text if text != before else None


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _whole(text: str, what: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal():
        raise PrioritizerError(f"{what}: “{clean_error(text)}” is not a whole number.")
    return int(text)
