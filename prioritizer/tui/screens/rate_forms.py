"""The dialogs of Rate: a whole cell, a note, the raw facts, the reason for another level than the room's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prioritizer.errors import PrioritizerError
from prioritizer.model.preset import EVIDENCE
from prioritizer.model.session import UseCase
from prioritizer.text.clean import clean_text
from prioritizer.tui.screens.form import Field, Form
from prioritizer.workshop.commands.base import clean_date
from prioritizer.workshop.commands.collect import SetFacts
from prioritizer.workshop.commands.rate import Rate, SetEvidence
from prioritizer.workshop.views.rating import Cell, Ladder, facts_words

UNKNOWN = "x"


def cell_form(use_case: UseCase, ladder: Ladder, cell: Cell) -> Form:
    """Everything about one cell."""
    levels = [(UNKNOWN, "x  unknown")] + [
        (str(n), f"{n}  {clean_text(text, limit=200, lines=False)}")
        for n, text in enumerate(ladder.criterion.levels)
    ]
    level = str(cell.level) if cell.level is not None else UNKNOWN
    fields = [
        Field("level", "Level", level, choices=[(shown, value) for value, shown in levels]),
        Field("evidence", "What it rests on", cell.evidence or "", choices=_tags()),
        Field("measured_on", "Measured on", cell.measured_on or "", "2026-05-31; today if empty"),
        Field("note", "Note", cell.note, "the fact, the document, who said it"),
    ]
    if cell.room is not None:
        hint = f"needed where the level is not the room's {cell.room}"
        fields.append(Field("reason", "Reason for another level than the room's", cell.reason, hint))

    def check(values: Mapping[str, str]) -> None:
        clean_date(values["measured_on"])
        chosen = values["level"]
        differs = cell.room is not None and chosen not in (UNKNOWN, str(cell.room))
        if differs and not values.get("reason", "").strip():
            raise PrioritizerError(f"The room said {cell.room}; agreeing {chosen} needs a reason in writing.")

    return Form(f"{ladder.criterion.id} · {ladder.criterion.title}", fields, check=check, note=use_case.title)


def _tags() -> list[tuple[str, str]]:
    return [("not said", ""), *((tag, tag) for tag in EVIDENCE)]


def cell_command(use_case: UseCase, ladder: Ladder, values: Mapping[str, str]) -> Rate:
    """What `cell_form` asks for."""
    chosen = values["level"]
    if chosen == UNKNOWN:
        return Rate(use_case.id, ladder.criterion.id, None)
    return Rate(
        use_case.id,
        ladder.criterion.id,
        int(chosen),
        evidence=values["evidence"],
        note=values["note"],
        reason=values.get("reason"),
        measured_on=values["measured_on"] or None,
    )


def note_form(use_case: UseCase, ladder: Ladder, cell: Cell) -> Form:
    """The note of one cell."""
    at = f" = {cell.level}" if cell.level is not None else ", not rated"
    fields = [Field("note", "Note", cell.note, "the fact, the document, who said it; empty takes it away")]
    return Form(f"{ladder.criterion.id} · {ladder.criterion.title}{at}", fields, note=use_case.title)


def note_command(use_case: UseCase, ladder: Ladder, values: Mapping[str, str]) -> SetEvidence:
    """What `note_form` asks for."""
    return SetEvidence(use_case.id, ladder.criterion.id, note=values["note"])


def reason_form(use_case: UseCase, ladder: Ladder, room: int, level: int) -> Form:
    """Why the level agreed is not the one that the room said."""

    def check(values: Mapping[str, str]) -> None:
        if not values["reason"].strip():
            raise PrioritizerError("Write the reason, or leave with esc: then nothing changes.")

    texts = ladder.criterion.levels
    note = f"The room said {room}: {texts[room]}\nAgreeing {level}: {texts[level]}"
    fields = [Field("reason", f"What fact makes it {level}?", "", "it is kept and printed with the level")]
    return Form(f"{ladder.criterion.id} · {use_case.title}", fields, check=check, note=note)


def facts_form(use_case: UseCase) -> Form:
    """The raw facts of a use case."""
    fields = [
        Field("systems", "Systems, by name", _listed(use_case.systems or ()), "ERP, ticket system, …"),
        Field("logins", "Login models", _number(use_case.logins), "how many different ones"),
        Field("cases_month", "Cases a month", _number(use_case.cases_month), "a number"),
        Field("minutes_each", "Minutes each", _number(use_case.minutes_each), "a number"),
    ]

    def check(values: Mapping[str, str]) -> None:
        facts_command(use_case, values)

    known = facts_words(use_case, ("systems", "logins", "cases_month", "minutes_each"), names=False)
    return Form("Facts", fields, check=check, note=f"{use_case.title}\n{known or 'none recorded yet'}")


def facts_command(use_case: UseCase, values: Mapping[str, str]) -> SetFacts:
    """What `facts_form` asks for.

    Raises:
        PrioritizerError: A number is none.
    """
    text = values["systems"]
    systems = [part.strip() for part in text.split(";" if ";" in text else ",") if part.strip()]
    logins = _amount(values["logins"], "The number of logins")
    if logins is not None and logins != int(logins):
        raise PrioritizerError("The number of logins is a whole number.")
    return SetFacts(
        use_case.id,
        systems=systems or None,
        logins=None if logins is None else int(logins),
        cases_month=_amount(values["cases_month"], "Cases a month"),
        minutes_each=_amount(values["minutes_each"], "Minutes each"),
    )


def _listed(names: Sequence[str]) -> str:
    """Commas between them, or semicolons where a name holds a comma itself."""
    if any("," in name for name in names):
        return "; ".join(names) + (";" if len(names) == 1 else "")
    return ", ".join(names)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _amount(text: str, what: str) -> float | None:
    text = text.strip().replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    # "1,200" is a thousand and "1,5" one and a half; anything else with a comma is asked again.
    head, comma, tail = text.partition(",")
    if comma and "," not in tail and len(tail) == 3 and head.isdecimal() and "." not in tail:
        text = head + tail
    elif comma and "," not in tail and "." not in text:
        text = f"{head}.{tail}"
    try:
        value = float(text)
    except ValueError:
        shown = clean_text(text, limit=40, lines=False)
        raise PrioritizerError(f"{what}: “{shown}” is not a number.") from None
    if not 0 <= value <= 1e9:
        raise PrioritizerError(f"{what} must be a number from 0 to 1,000,000,000.")
    return value
