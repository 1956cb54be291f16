"""The dialogs of the talk: parking a cell, what the decider says, another wording."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.text.dates import parse_date
from prioritizer.tui.screens.form import Ask, Field
from prioritizer.workshop.commands.base import Command
from prioritizer.workshop.commands.collect import EMPTY_TITLE, EditUseCase
from prioritizer.workshop.commands.settle import DEADLOCK_TITLES, ApplyDeadlock, ParkCell
from prioritizer.workshop.views.rating import Ladder

Values = Mapping[str, str]
DAYS_TO_FIND_OUT = 14
"""A date that is offered, so that Enter is enough where it suits."""


def park_form(case: UseCase, ladder: Ladder, today: dt.date, *, rule: bool = False) -> Ask:
    """Who finds out what by when.

    Args:
        case: Whose cell it is.
        ladder: The criterion.
        today: For dates such as "friday".
        rule: The rule of a deadlock parks it.
    """
    criterion = ladder.criterion
    known = case.tasks.get(criterion.id)
    fields = [
        Field("who", "Who finds out", known.who if known else "", "a name"),
        Field(
            "when",
            "By when",
            (known.when if known else None) or (today + dt.timedelta(days=DAYS_TO_FIND_OUT)).isoformat(),
            "2026-05-31, or friday",
        ),
    ]
    if not rule:
        fields.append(Field("what", "Which fact", known.what if known else "", criterion.question))

    def command(values: Values) -> Command:
        if not values["who"].strip():
            raise PrioritizerError("A find-out needs an owner: who finds out?")
        when = parse_date(values["when"], today=today) if values["when"].strip() else ""
        if not when:
            raise PrioritizerError("A find-out needs a date: by when?")
        if rule:
            return ApplyDeadlock(case.id, criterion.id, who=values["who"], when=when)
        return ParkCell(case.id, criterion.id, values["who"], when, values["what"])

    note = f"#{case.number} {case.title}\nIts level then stands as claimed, and carries no pilot."
    return Ask(f"Find out: {criterion.id} {criterion.title}", fields, command, note=note)


def decider_form(snapshot: Snapshot, case: UseCase, ladder: Ladder) -> Ask:
    """What the named decider decides."""
    criterion = ladder.criterion
    levels = [(f"{n}  {text}", str(n)) for n, text in enumerate(criterion.levels)]
    fields = [Field("level", f"{snapshot.decider} decides", "0", choices=levels)]

    def command(values: Values) -> Command:
        return ApplyDeadlock(case.id, criterion.id, level=int(values["level"]))

    note = f"#{case.number} {case.title}\nThe rule: {DEADLOCK_TITLES['decider']}."
    return Ask(f"Deadlock: {criterion.id} {criterion.title}", fields, command, note=note)


def wording_form(case: UseCase) -> Ask:
    """Title and task of a use case."""
    fields = [
        Field("title", "Title", case.title, "a few words that name the task"),
        Field("task", "Task", case.task, lines=3),
    ]

    def command(values: Values) -> Command:
        if not values["title"].strip():
            raise PrioritizerError(EMPTY_TITLE)
        return EditUseCase(case.id, title=values["title"], task=values["task"])

    note = "Where people have answered, it asks next whether the meaning is still the same."
    return Ask(f"Reword #{case.number}", fields, command, note=note, draft=f"collect.edit.{case.id}")
