"""The dialogs of Rate: a whole cell, a note, the reason for another level than the room's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import UseCase
from prioritizer.model.terms import EVIDENCE
from prioritizer.text.clean import clean_text
from prioritizer.text.dates import parse_date
from prioritizer.tui.screens.form import Ask, Field
from prioritizer.workshop.commands.rate import Rate, SetEvidence
from prioritizer.workshop.views.rating import Cell, Ladder

Values = Mapping[str, str]
UNKNOWN = "x"
_HINT = "the fact, the document, who said it"


def cell_form(use_case: UseCase, ladder: Ladder, cell: Cell) -> Ask:
    """Everything about one cell."""
    criterion = ladder.criterion
    levels = [("x  unknown", UNKNOWN)]
    levels += [(f"{n}  {_line(text)}", str(n)) for n, text in enumerate(criterion.levels)]
    tags = [("not said", ""), *((tag, tag) for tag in EVIDENCE)]
    fields = [
        Field("level", "Level", str(cell.level) if cell.level is not None else UNKNOWN, choices=levels),
        Field("evidence", "What it rests on", cell.evidence or "", choices=tags),
        Field("measured_on", "Measured on", cell.measured_on or "", "2026-05-31; today if empty"),
        _note(cell),
    ]
    if cell.room is not None:
        fields.append(Field("reason", "Why not the room's", cell.reason, f"where it is not {cell.room}"))

    def command(values: Values) -> Rate:
        if values["level"] == UNKNOWN:
            return Rate(use_case.id, criterion.id, None)
        level, reason = int(values["level"]), values.get("reason", "")
        day = values["measured_on"].strip()
        if cell.room is not None and level != cell.room and not reason.strip():
            raise PrioritizerError(f"The room said {cell.room}; agreeing {level} needs a reason in writing.")
        return Rate(
            use_case.id,
            criterion.id,
            level,
            evidence=values["evidence"],
            note=values["note"],
            reason=reason,
            measured_on=parse_date(day, today=dt.date.today()) if day else None,
        )

    title = f"{criterion.id} · {criterion.title}"
    return Ask(title, fields, command, note=use_case.title, draft=f"rate.cell.{use_case.id}.{criterion.id}")


def note_form(use_case: UseCase, ladder: Ladder, cell: Cell) -> Ask:
    """The note of one cell."""
    criterion = ladder.criterion
    at = f" = {cell.level}" if cell.level is not None else ", not rated"

    def command(values: Values) -> SetEvidence:
        return SetEvidence(use_case.id, criterion.id, note=values["note"])

    title = f"{criterion.id} · {criterion.title}{at}"
    draft = f"rate.note.{use_case.id}.{criterion.id}"
    return Ask(title, [_note(cell)], command, note=use_case.title, draft=draft)


def _note(cell: Cell) -> Field:
    return Field("note", "Note", cell.note, _HINT, lines=3 if "\n" in cell.note else 1)


def reason_form(use_case: UseCase, ladder: Ladder, room: int, level: int) -> Ask:
    """Why the level agreed is not the one that the room said."""
    criterion = ladder.criterion

    def command(values: Values) -> Rate:
        if not values["reason"].strip():
            raise PrioritizerError("Write the reason, or leave with esc: then nothing changes.")
        return Rate(use_case.id, criterion.id, level, reason=values["reason"])

    note = f"The room said {room}: {criterion.levels[room]}\nAgreeing {level}: {criterion.levels[level]}"
    fields = [Field("reason", f"What fact makes it {level}?", hint="kept and printed with the level")]
    return Ask(f"{criterion.id} · {use_case.title}", fields, command, note=note)


def _line(text: str) -> str:
    return clean_text(text, limit=200, lines=False)
