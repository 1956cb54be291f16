"""What a write to each table and field means for the session: a value of the file becomes one of the model."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from prioritizer.model.running import read_running
from prioritizer.model.session import (
    ABSTAIN,
    DONT_KNOW,
    EMPTY,
    NOT_ASKED,
    PENDING,
    UNKNOWN,
    Agreed,
    Decision,
    GateAnswer,
    Override,
    Round,
    Task,
    Weighting,
)
from prioritizer.model.spelling import Json
from prioritizer.model.tables import VOID, Key, Scalar
from prioritizer.model.terms import EVIDENCE
from prioritizer.model.working import Work, Working

ANSWER_CODES: dict[str | None, int] = {
    "0": 0,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "?": DONT_KNOW,
    "-": ABSTAIN,
    "pending": PENDING,
    None: NOT_ASKED,
}

_NOT_ASKED = bytes([NOT_ASKED])


def _session(b: Working, key: Key, field: str, new: Scalar) -> None:
    s = b.session
    if field in ("decider", "facilitator"):
        s[field] = b.text_of(new)
    elif field == "weights":
        value = json.loads(str(new)) if new is not None else None
        s["weights"] = None if value is None else value["weights"]
        given = value or {}
        s["weights_method"], s["weights_reason"] = _text(given, "method"), _text(given, "reason")
        s["weights_warning"] = _text(given, "warning")
        firm = given.get("concentration")
        s["weights_concentration"] = firm if type(firm) is int and 1 <= firm <= 10_000 else None
    elif field == "preset":
        return  # embedded for ever: `empty` was given it
    elif field == "top":
        s["top"] = _whole(new, 3)
    elif field == "agenda":
        running = read_running(None if new is None else json.loads(str(new)))
        s["agenda"], s["phases"], s["deadlock"] = running.agenda, running.phases, running.deadlock
    elif field == "minutes":
        s["minutes"] = new
    else:
        s[field] = "" if new is None else str(new)


def _text(given: Mapping[str, Any], key: str) -> str:
    """A text of a JSON field; whatever else stands there counts for nothing."""
    value = given.get(key, "")
    return value if isinstance(value, str) else ""


def _whole(new: Scalar, none: int) -> int:
    """The value of an ``int`` field, and what stands for none."""
    return int(new) if isinstance(new, int | float | str) else none


def _weighting(b: Working, key: Key, field: str, new: Scalar) -> None:
    b.person(key[0])  # whoever is named in a row is in the file, as after loading it
    if b.weightings is None:
        b.weightings = dict(b.base.weightings)
    value: Any = new
    if field == "said":
        value = EMPTY if new is None else json.loads(str(new))
    elif field == "revealed":
        value = new == 1
    else:
        value = "" if new is None else str(new)
    changed = replace(b.weightings.get(key[0], Weighting()), **{field: value})
    if field == "revealed":
        changed = replace(changed, void=new == VOID)
    if changed == Weighting():
        b.weightings.pop(key[0], None)
    else:
        b.weightings[key[0]] = changed


def _setting(b: Working, key: Key, field: str, new: Scalar) -> None:
    if b.asked is None:
        b.asked = dict(b.base.asked)
    if new is None:
        b.asked.pop(key[0], None)
    else:
        b.asked[key[0]] = str(new)


def _participant(b: Working, key: Key, field: str, new: Scalar) -> None:
    person = b.person(key[0])
    value: Any = new
    if field == "name":
        value = b.text_of(new)
    elif field in ("present", "voter"):
        value = True if new is None else bool(new)
    assert b.people is not None
    b.people[person.id] = replace(person, **{field: value})


def _use_case(b: Working, key: Key, field: str, new: Scalar) -> None:
    work = b.case(key[0])
    read = _READ.get(field)
    value = new if read is None else read(b, new)
    if field == "title" and bool(work.get("title")) != bool(value):
        b.renumber = True
    work.new[field] = value


def _plain(b: Working, new: Scalar) -> str:
    return "" if new is None else str(new)


def _yes(b: Working, new: Scalar) -> bool:
    return bool(new)


def _dictionary(b: Working, new: Scalar) -> Any:
    return new.value if isinstance(new, Json) else {} if new is None else json.loads(str(new))


def _listed(b: Working, new: Scalar) -> tuple[Any, ...] | None:
    return None if new is None else tuple(json.loads(str(new)))


_READ: dict[str, Callable[[Working, Scalar], Any]] = {
    **dict.fromkeys(("title", "task", "note", "slice", "parked_why", "decision_note"), _plain),
    **dict.fromkeys(("proposer", "parked_who", "owner"), Working.text_of),
    **dict.fromkeys(("parked", "deleted"), _yes),
    **dict.fromkeys(("source", "charter"), _dictionary),
    "systems": _listed,
    "chosen": lambda b, new: None if new is None else bool(new),
}
"""How the value of a use case's field is read; the others stand as they are."""


def _tag(b: Working, key: Key, field: str, new: Scalar) -> None:
    work, tag = b.case(key[0]), key[1]
    tags: tuple[str, ...] = work.get("tags")
    if new:
        if tag not in tags:
            work.new["tags"] = tuple(sorted((*tags, tag)))
    elif tag in tags:
        work.new["tags"] = tuple(each for each in tags if each != tag)


def _agreed_level(b: Working, key: Key, field: str, new: Scalar) -> None:
    work, criterion = b.case(key[0]), key[1]
    column = b.columns.get(criterion)
    if column is None:
        return
    if field == "level":
        work.column("levels")[column] = _whole(new, UNKNOWN)
    elif field == "evidence":
        work.column("evidence")[column] = UNKNOWN if new is None else EVIDENCE.index(str(new))
    elif field == "claimed":
        work.column("claimed")[column] = 1 if new else 0
    else:
        value = new if field == "measured_on" or new is not None else ""
        _part(b, work, "agreed", criterion, Agreed(), field, value)


def _gate_answer(b: Working, key: Key, field: str, new: Scalar) -> None:
    _part(b, b.case(key[0]), "gates", key[1], GateAnswer(""), field, "" if new is None else str(new))


def _override(b: Working, key: Key, field: str, new: Scalar) -> None:
    value: Any = b.text_of(new) if field == "by" else new
    if field in ("reason", "date"):
        value = "" if new is None else str(new)
    _part(b, b.case(key[0]), "overrides", key[1], Override(key[1], None, "", "", ""), field, value)


def _task(b: Working, key: Key, field: str, new: Scalar) -> None:
    value: Any = b.text_of(new) if field == "who" else new
    if field == "what":
        value = "" if new is None else str(new)
    _part(b, b.case(key[0]), "tasks", key[1], Task(key[1]), "when" if field == "due" else field, value)


def _part(b: Working, work: Work, mapping: str, part: str, blank: Any, field: str, value: Any) -> None:
    """Sets one field of a part of a use case; a part of which nothing is known does not stand there."""
    parts = work.mapping(mapping)
    changed = replace(parts.get(part, blank), **{field: value})
    if changed == blank:
        parts.pop(part, None)
    else:
        parts[part] = b.same.setdefault(changed, changed)


def _round(b: Working, key: Key, field: str, new: Scalar) -> None:
    def change(r: Round) -> Round:
        if field == "number":
            return replace(r, number=_whole(new, 0))
        # A round whose opening was undone is void: its answers count for nothing.
        return replace(r, status="void" if new is None else str(new))  # type: ignore[arg-type]  # checked on entry

    b.round(key[0], key[1], key[2], change)


def _answer(b: Working, key: Key, field: str, new: Scalar) -> None:
    index = b.person(key[3]).index
    code = ANSWER_CODES[None if new is None else str(new)]

    def change(r: Round) -> Round:
        answers = bytearray(r.answers.ljust(index + 1, _NOT_ASKED))
        answers[index] = code
        return replace(r, answers=bytes(answers.rstrip(_NOT_ASKED)))

    b.round(key[0], key[1], key[2], change)


def _decision(b: Working, key: Key, field: str, new: Scalar) -> None:
    if b.decisions is None:
        b.decisions = dict(b.base.every_decision)
    found = b.decisions.get(key[0], Decision(key[0], "", ""))
    value = b.text_of(new) if field == "by" else ("" if new is None else str(new))
    b.decisions[key[0]] = replace(found, **{field: value})


HANDLERS: dict[str, Callable[[Working, Key, str, Scalar], None]] = {
    "session": _session,
    "criterion_setting": _setting,
    "participant": _participant,
    "use_case": _use_case,
    "tag": _tag,
    "agreed_level": _agreed_level,
    "gate_answer": _gate_answer,
    "override": _override,
    "task": _task,
    "round": _round,
    "answer": _answer,
    "weighting": _weighting,
    "decision": _decision,
}
