"""The questions that Shortlist asks, and the commands that the answers become."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.model.charter import CHARTER_FIELDS
from prioritizer.model.ranking import Ranked
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.terms import LANES
from prioritizer.text.clean import clean_text
from prioritizer.text.dates import parse_date
from prioritizer.tui.screens.form import Ask, Field, Form
from prioritizer.workshop.commands.base import Command
from prioritizer.workshop.commands.shortlist import (
    Assign,
    Decide,
    LiftOverride,
    SetCharter,
    SetOverride,
    SliceInto,
)

if TYPE_CHECKING:
    from prioritizer.model.report import ReportField
    from prioritizer.workshop.views.shortlist import ToDo

Becomes = Callable[[Mapping[str, str]], Command]
"""What the answers of a form become."""

_DATE = "2026-12-01, or +14 for fourteen days from today"
_LIFT = "lift "
_FORMATS = ("md", "csv", "json")
_FORMAT_WORDS = {
    "md": "documents (Markdown)",
    "html": "one page (HTML)",
    "csv": "tables (CSV)",
    "xlsx": "a workbook (XLSX)",
    "pptx": "slides (PPTX)",
    "json": "data (JSON)",
}


ASKED = ("first_fact", "human_review")
"""Fields of the charter that are asked in the room, beside owner and date; the others can wait."""


def owner_form(case: UseCase) -> Form:
    """What is asked in the room: who owns it, by when, the first fact to find, where a person looks at it."""
    questions = {each.id: each for each in CHARTER_FIELDS}
    asked = [
        Field(each, questions[each].title, case.charter.get(each, ""), questions[each].question)
        for each in ASKED
    ]
    return Form(
        f"#{case.number} {case.title}",
        [
            Field("owner", "Owner", case.owner, "who brings it into production"),
            Field("due", "Date", case.due or "", _DATE),
            *asked,
            Field("note", "Note", case.decision_note, "what the room said about the decision"),
        ],
        check=lambda values: _dates(values, "due"),
        note="An owner and a date make a choice a decision. The rest of its charter can wait (p).",
        draft=f"owner {case.id}",
    )


def owner_command(case: UseCase, values: Mapping[str, str]) -> Decide:
    """What the answers become."""
    changed = {each: values[each] for each in ASKED if values[each] != case.charter.get(each, "")}
    return Decide(
        case.id,
        owner=values["owner"],
        due=date_or_empty(values["due"]),
        note=values["note"],
        charter=changed or None,
    )


_SHORT = frozenset({"business_owner", "delivery_owner", "decision_maker", "data_owner", "decision_date"})
"""Fields of a charter that are a name or a date."""


def charter_form(use_case: str, number: int, field: ReportField) -> Ask:
    """One field of a pilot charter, in as many words as it needs."""
    written = "" if field.source else field.text
    known = f"Known so far: {field.text} ({field.source})" if field.source else ""
    lines = 1 if field.id in _SHORT else 5
    hint = _DATE if field.id == "decision_date" else ""
    return Ask(
        f"#{number} · {field.title}",
        [Field("text", field.title, written, hint, lines=lines)],
        lambda values: charter_command(use_case, field.id, values["text"]),
        note=" ".join(filter(None, (field.question or charter_question(field.id), known))),
        draft=f"charter {use_case} {field.id}",
    )


def charter_question(field: str) -> str:
    """What a field of the charter asks."""
    return next(each.question for each in CHARTER_FIELDS if each.id == field)


def charter_command(use_case: str, field: str, text: str) -> Command:
    """What was written becomes; owner and date are those of the decision, wherever they are written.

    Raises:
        PrioritizerError: The date is none.
    """
    if field == "business_owner":
        return Decide(use_case, owner=text)
    if field == "decision_date":
        return Decide(use_case, due=date_or_empty(text))
    return SetCharter(use_case, {field: text})


def override_form(snapshot: Snapshot, case: UseCase, ranked: Ranked) -> Form:
    """What is set aside, by whom and why."""
    preset = snapshot.preset
    by_rules = preset.lane_title(ranked.lane_by_rules)
    gates = {gate.id: gate.title for gate in preset.gate}
    targets = [("the lane", "lane")]
    targets += [
        (f"the gate “{gates[g.id]}”: {g.reason}", g.id)
        for g in ranked.gates
        if g.id in gates and g.status not in ("pass", "out")
    ]
    targets += [
        (f"back to the rules: {'the lane' if each == 'lane' else gates.get(each, each)}", f"{_LIFT}{each}")
        for each in case.overrides
    ]
    lanes = [
        (f"{preset.lane_title(lane)}{'  (by the rules)' if lane == ranked.lane_by_rules else ''}", lane)
        for lane in LANES
        if lane != "out"
    ]

    def check(values: Mapping[str, str]) -> None:
        if values["target"].startswith(_LIFT):
            return
        if values["target"] == "lane" and values["lane"] == ranked.lane_by_rules:
            raise PrioritizerError(f"“{by_rules}” is what the rules give already; choose another lane.")
        if not values["by"].strip() or not values["reason"].strip():
            raise PrioritizerError("An override needs the name of who decides it, and a reason.")
        date_or_empty(values["date"])

    return Form(
        f"Override · #{case.number} {case.title}",
        [
            Field("target", "Set aside", targets[0][1], choices=targets),
            Field("lane", "Lane instead", ranked.lane, choices=lanes),
            Field("by", "Decided by", snapshot.decider, "a name; it is printed with the override"),
            Field("reason", "Reason", "", "it is printed with the override"),
            Field("date", "Date", "", "today if empty"),
        ],
        check=check,
        note=f"By the rules: {by_rules}. That stays printed beside what the room decides.",
        draft=f"override {case.id}",
        focus="target" if len(targets) > 1 else "lane",
    )


def override_command(case: UseCase, values: Mapping[str, str]) -> SetOverride | LiftOverride:
    """What the answers become."""
    target = values["target"]
    if target.startswith(_LIFT):
        return LiftOverride(case.id, target.removeprefix(_LIFT))
    return SetOverride(
        case.id,
        target,
        by=values["by"],
        reason=values["reason"],
        lane=values["lane"] if target == "lane" else None,
        date=date_or_empty(values["date"]) or None,
    )


def todo_form(case: UseCase, todo: ToDo, place: int, total: int) -> Form:
    """Who does what by when, for one condition."""
    many = f" · {place} of {total}" if total > 1 else ""
    kind = "To find out" if todo.find_out else "To settle"
    return Form(
        f"{kind} for #{case.number} {case.title}{many}",
        [
            Field("what", "What", todo.what),
            Field("who", "Who", todo.who if todo.assigned else "", todo.who or "a name or a role"),
            Field("when", "By when", todo.when or "", _DATE),
        ],
        check=lambda values: _dates(values, "when"),
        note="esc stops; what was saved before stays.",
        draft=f"todo {case.id} {todo.item}",
        focus="who",
    )


def todo_command(case: UseCase, todo: ToDo, values: Mapping[str, str]) -> Assign:
    """What the answers become."""
    what = values["what"].strip()
    return Assign(
        case.id,
        todo.item,
        what=None if what == todo.what else what,
        who=values["who"],
        when=date_or_empty(values["when"]),
    )


def slice_form(case: UseCase) -> Form:
    """The slice as a use case of its own."""
    title = case.slice.strip().rstrip(".")
    return Form(
        f"A slice of #{case.number} {case.title}",
        [
            Field(
                "title",
                "Title",
                title[:1].upper() + title[1:],
                "the smallest step that a person already checks",
            ),
            Field("task", "Task", hint="in one sentence"),
        ],
        check=_check_title,
        note="It becomes a use case of its own and keeps where it came from. Gate and rate it next.",
        draft=f"slice {case.id}",
    )


def slice_command(case: UseCase, values: Mapping[str, str]) -> SliceInto:
    """What the answers become."""
    return SliceInto(case.id, values["title"], values["task"])


def export_form(folder: Path, formats: Sequence[str]) -> Form:
    """Where to, and what."""
    usual = [f for f in _FORMATS if f in formats]
    choices = [(", ".join(_FORMAT_WORDS.get(f, f) for f in usual), " ".join(usual))]
    if len(formats) > len(usual):
        choices.append((f"everything: {', '.join(formats)}", " ".join(formats)))
    choices += [(_FORMAT_WORDS.get(f, f) + " only", f) for f in formats]
    return Form(
        "Export",
        [
            Field("folder", "Folder", str(folder)),
            Field("formats", "What to write", choices[0][1], choices=choices),
        ],
        check=_check_folder,
        note="The folder is made if it is missing. Files that are there are not replaced unasked.",
    )


def replace_form(folder: Path, standing: Sequence[str]) -> Form:
    """Files are there already: leave or replace them."""
    shown = clean_text(str(folder), limit=300, lines=False)
    choices = [("leave them as they are", "no"), ("replace them", "yes")]
    return Form(
        "These files are there already",
        [Field("replace", "What now?", "no", choices=choices)],
        note=f"{', '.join(standing)} in {shown}. Nothing was written.",
    )


def date_or_empty(text: str) -> str:
    """An ISO date, or "" for none.

    Raises:
        PrioritizerError: It is not a date.
    """
    return parse_date(text, today=dt.date.today()) if text.strip() else ""


def _dates(values: Mapping[str, str], field: str) -> None:
    date_or_empty(values[field])


def _check_title(values: Mapping[str, str]) -> None:
    if not values["title"].strip():
        raise PrioritizerError("A use case needs a title: a few words that name the task.")


def _check_folder(values: Mapping[str, str]) -> None:
    if not values["folder"].strip():
        raise PrioritizerError("Say which folder to write to.")
