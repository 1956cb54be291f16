"""What stands beside the list in Frame: what the line under the cursor means, and what fits in the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.model.session import Snapshot
from prioritizer.text.phrases import listed, ranges
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.screens.frame_rows import FIELDS, field_value, role_title
from prioritizer.tui.widgets.textpane import Paragraph
from prioritizer.workshop.views.frame import (
    absent_words,
    agenda_of,
    fit_of,
    learnt_words,
    rating_minutes,
    weights_from,
)
from prioritizer.workshop.views.room import asking_words

if TYPE_CHECKING:
    from prioritizer.workshop.views.frame import Pace

_BLANK: Paragraph = ("", "")
_ADVICE = {
    "purpose": "Say what this group must choose, and for what: it is read aloud at the start and printed on the shortlist.",
    "decision_rule": "Agree on it before anybody has a favourite: the lower level stands, or a named person decides, or it is parked as a find-out.",
    "deadlock": "What happens to a cell on which you differ after three votes. Said before anybody has a favourite, it costs one key then.",
    "decider": "One name. Whoever it is decides where the rule leaves it open, and is printed on the shortlist.",
    "facilitator": "Who leads through the session and holds the keyboard.",
    "minutes": "The whole session, breaks included. What fits in the time follows from it.",
    "top": "How many use cases leave the room as the shortlist. Three is a good number to start.",
    "title": "Printed on everything that leaves the room.",
}


def time_words(snapshot: Snapshot, pace: Pace | None = None) -> list[Paragraph]:
    """What fits in the time, by this room's own pace where it is known, and who is missing."""
    fit = fit_of(snapshot) if pace is None else fit_of(snapshot, pace.rates)
    sign, role = {True: ("✓ ", "lead-good"), False: ("! ", "lead-warn"), None: ("· ", "muted")}[fit.fits]
    found: list[Paragraph] = [(sign, fit.words, role)]
    missing = absent_words(snapshot)
    if missing:
        found.append(("! ", missing, "lead-warn"))
    if pace is not None and (learnt := learnt_words(pace)):
        found.append(("· ", learnt, "muted"))
    return found


def detail(snapshot: Snapshot, key: str | None) -> list[Paragraph]:
    """What the line under the cursor means."""
    kind, _, name = (key or "").partition(":")
    if kind == "c":
        return criterion_words(snapshot, name)
    if kind == "p":
        return _person(snapshot, name)
    if kind == "w":
        dimension = snapshot.preset.find_dimension(name)
        return [
            (dimension.title, "strong"),
            (dimension.meaning, ""),
            _BLANK,
            (f"The weights are {weights_from(snapshot)}. {key_of('frame.weights')} changes them.", "muted"),
        ]
    if kind == "s" and name in _ADVICE:
        label = next(label for field, label, _ in FIELDS if field == name)
        value = field_value(snapshot, name)
        found: list[Paragraph] = [(label, "strong"), *([(value, "")] if value else []), _BLANK]
        return [*found, (_ADVICE[name], "muted"), _BLANK, *agenda_words(snapshot)]
    return agenda_words(snapshot)


def agenda_words(snapshot: Snapshot) -> list[Paragraph]:
    """The phases of the agenda in force."""
    agenda = agenda_of(snapshot)
    if agenda is None:
        return [(hint("No agenda yet: {frame.agenda} chooses one of the preset's."), "muted")]
    rating = rating_minutes(snapshot)
    found: list[Paragraph] = [
        (f"Agenda: {agenda.title}", "strong"),
        (f"{agenda.people}, {agenda.candidates}; {rating} minutes of it for rating", "muted"),
    ]
    found += [(f"{step.minutes:>4}  ", step.title, "") for step in agenda.step]
    return [
        *found,
        _BLANK,
        (hint("{app.clock} runs it: what to say, what to press, the minutes left."), "muted"),
    ]


def criterion_words(snapshot: Snapshot, name: str) -> list[Paragraph]:
    """A criterion with its question, its five level texts and how it is asked."""
    criterion = snapshot.preset.find_criterion(name)
    how = snapshot.how_asked(name)
    role = role_title(snapshot, criterion.role)
    found: list[Paragraph] = [(f"{name} {criterion.title}", "strong"), (criterion.question, "")]
    found += [(f" {level} ", text, "muted") for level, text in enumerate(criterion.levels)]
    found.append(_BLANK)
    said = {
        "room": "Asked in the room, as a blind ballot.",
        "before": f"Brought before the session by {role or 'whoever knows'}, with its evidence.",
        "off": "Off: it leaves its dimension, and the shortlist says so.",
    }[how]
    if how != criterion.asked:
        said += f" The preset asks it {'in the room' if criterion.asked == 'room' else 'before'}."
    found.append((said, ""))
    for other, action in (("room", "frame.room"), ("before", "frame.before"), ("off", "frame.off")):
        if other != how and not (other == "before" and criterion.role is None):
            if other == "off" and name in snapshot.preset.essential():
                continue
            found.append((f" {key_of(action)} ", asking_words(snapshot, name, other), "muted"))
    if name in snapshot.preset.essential():
        found.append(("It carries a gate or a part of the class, so it cannot be switched off.", "muted"))
    return found


def _person(snapshot: Snapshot, name: str) -> list[Paragraph]:
    person = snapshot.participant(name)
    if person is None:
        return []
    role = role_title(snapshot, person.role)
    brings = [
        c.id
        for c in snapshot.preset.criterion
        if c.role == person.role and snapshot.how_asked(c.id) == "before"
    ]
    found: list[Paragraph] = [(person.name, "strong"), (role or "no role", "")]
    if person.role and brings:
        found.append((f"Brings {ranges(brings)} before the session, with evidence.", ""))
    states = ["here" if person.present else "away", "votes" if person.voter else "listens"]
    found += [
        _BLANK,
        (
            f"Now {listed(states)}: {key_of('frame.switch')} and {key_of('frame.voter')} switch, {key_of('frame.edit')} edits.",
            "muted",
        ),
    ]
    return found
