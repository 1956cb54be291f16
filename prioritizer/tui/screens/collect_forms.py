"""The dialogs of Collect: what they ask, and the command that follows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.text.clean import clean_error
from prioritizer.tui.screens.collect_detail import facts_note
from prioritizer.tui.screens.form import Ask, Field
from prioritizer.workshop.commands.base import Command
from prioritizer.workshop.commands.collect import EMPTY_TITLE, EditUseCase, Park, SetFacts

Values = Mapping[str, str]
_GROUPED = re.compile(r"(?<=\d)[ ,'’](?=\d{3}\b)")


def edit_form(case: UseCase) -> Ask:
    """The wording of a use case."""
    fields = [
        Field("title", "Title", case.title, "a few words that name the task"),
        Field("task", "Task", case.task, lines=3),
        Field("note", "Note", case.note, lines=3),
        Field("tags", "Tags", joined(case.tags), "parted by commas: department, topic"),
        Field("proposer", "Proposed by", case.proposer, "a name, or nothing"),
    ]

    def command(values: Values) -> Command:
        if not values["title"].strip():
            raise PrioritizerError(EMPTY_TITLE)
        tags = values["tags"]
        return EditUseCase(
            case.id,
            title=_changed(values["title"], case.title),
            task=_changed(values["task"], case.task),
            note=_changed(values["note"], case.note),
            proposer=_changed(values["proposer"], case.proposer),
            tags=None if tags == joined(case.tags) else parts(tags),
        )

    return Ask(f"Use case #{case.number}", fields, command, draft=f"collect.edit.{case.id}")


def facts_form(snapshot: Snapshot, case: UseCase) -> Ask:
    """The raw facts that levels rest on."""
    fields = [
        Field("systems", "Systems", joined(case.systems or ()), "by name, parted by commas; – for none"),
        Field("logins", "Logins", _shown(case.logins), "how many different ones it needs"),
        Field("cases", "Cases a month", _shown(case.cases_month), "how often it comes up"),
        Field("minutes", "Minutes each", _shown(case.minutes_each), "of human time today"),
    ]

    def command(values: Values) -> Command:
        systems = values["systems"].strip()
        logins = _number(values["logins"], "Logins")
        if logins is not None and logins != int(logins):
            raise PrioritizerError("Logins: a whole number is needed.")
        return SetFacts(
            case.id,
            systems=None if not systems else () if systems in ("-", "–") else parts(systems),
            logins=None if logins is None else int(logins),
            cases_month=_number(values["cases"], "Cases a month"),
            minutes_each=_number(values["minutes"], "Minutes each"),
        )

    title = f"Facts of #{case.number} {case.title}"
    return Ask(title, fields, command, note=facts_note(snapshot), draft=f"collect.facts.{case.id}")


def parked_form(case: UseCase) -> Ask:
    """Why something is parked, who looks at it again, and when."""
    fields = [
        Field("why", "Why", case.parked_why, "what it waits for"),
        Field("who", "Who", case.parked_who, "looks at it again"),
        Field("when", "When", case.parked_when or "", "2026-05-31"),
    ]

    def command(values: Values) -> Command:
        from prioritizer.workshop.commands.base import clean_date

        clean_date(values["when"])
        return Park([case.id], why=values["why"], who=values["who"], when=values["when"] or None)

    return Ask(f"Parked: #{case.number} {case.title}", fields, command)


def _changed(text: str, before: str) -> str | None:
    return text if text != before else None


def joined(names: Sequence[str]) -> str:
    """Names in one line; parted by semicolons where one of them has a comma of its own."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def parts(text: str) -> list[str]:
    """The names of one line again."""
    return [part.strip() for part in re.split(r"[;\n]" if ";" in text else r"[,\n]", text) if part.strip()]


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if value < 1e6 else f"{value:.0f}"


def _number(text: str, what: str) -> float | None:
    text = _GROUPED.sub("", text.strip())
    if not text:
        return None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise PrioritizerError(f"{what}: “{clean_error(text)}” is not a number.") from None
    if not 0 <= number <= 1e9:
        raise PrioritizerError(f"{what}: give a number from 0 to 1,000,000,000.")
    return number
