"""From writes to a snapshot: the one way in which a session is built, loaded or changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from prioritizer.model.running import read_running
from prioritizer.model.session import (
    ABSTAIN,
    DONT_KNOW,
    EMPTY,
    NEVER,
    NOT_ASKED,
    PENDING,
    UNKNOWN,
    Agreed,
    Born,
    Decision,
    GateAnswer,
    Override,
    Participant,
    Round,
    Snapshot,
    Task,
    UseCase,
    Weighting,
)
from prioritizer.model.tables import VOID, Key, Scalar, Write
from prioritizer.model.terms import EVIDENCE

if TYPE_CHECKING:
    from prioritizer.model.preset import Preset

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
_BOOLS = frozenset({"parked", "deleted"})
_TEXTS = frozenset({"title", "task", "note", "slice", "parked_why", "decision_note"})
_NAMES = frozenset({"proposer", "parked_who", "owner"})
_CASE_JSON = frozenset({"source", "charter"})


def canonical_json(value: Any) -> str:
    """The one spelling of a JSON value in a cell."""
    return _CANONICAL.encode(value)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class Json(str):
    """Canonical JSON of a dictionary that was made here, with what it spells: nobody has to read it again."""

    __slots__ = ("value",)
    value: Mapping[str, str]

    @classmethod
    def spell(cls, value: Mapping[str, str]) -> Json:
        """The spelling; in ``value`` the keys stand in the same order as when it is read."""
        # Of the same type: texts that were cleaned stay known as such.
        ordered = type(value)(sorted(value.items()))  # type: ignore[call-arg]  # dict, or what is derived from it
        made = cls(canonical_json(ordered))
        made.value = ordered
        return made


class _Work:
    """One use case while it is being changed: many writes, one new `UseCase` at the end.

    Args:
        base: What is known of it; for a new one, a blank that stands for all of them.
        id: Where it is new: its id.
    """

    __slots__ = ("base", "id", "new")

    def __init__(self, base: UseCase, id: str = "") -> None:  # noqa: A002  # as in `UseCase`
        self.base = base
        self.id = id or base.id
        self.new: dict[str, Any] = {}

    def get(self, field: str) -> Any:
        return self.new[field] if field in self.new else getattr(self.base, field)

    def column(self, field: str) -> bytearray:
        """A byte column to be changed in place."""
        found = self.new.get(field)
        if found is None:
            found = self.new[field] = bytearray(getattr(self.base, field))
        return cast(bytearray, found)

    def mapping(self, field: str) -> dict[str, Any]:
        """A dictionary to be changed in place."""
        found = self.new.get(field)
        if found is None:
            found = self.new[field] = dict(getattr(self.base, field))
        return cast(dict[str, Any], found)

    def done(self) -> UseCase:
        for column in ("levels", "evidence", "claimed"):
            if column in self.new:
                self.new[column] = bytes(self.new[column])
        if not self.base.id:
            blank = self.base
            given = {"levels": blank.levels, "evidence": blank.evidence, "claimed": blank.claimed, **self.new}
            return UseCase(self.id, **given)
        return replace(self.base, **self.new) if self.new else self.base


class Builder:
    """Takes writes and gives a snapshot that shares what did not change with ``base``.

    Args:
        base: The snapshot to start from. For a new one, `empty` makes it.
    """

    def __init__(self, base: Snapshot) -> None:
        self._base = base
        self._session: dict[str, Any] = {}
        self._columns = base.preset.criterion_index()
        unknown = bytes([UNKNOWN]) * len(self._columns)
        self._blank = UseCase("", levels=unknown, evidence=unknown, claimed=bytes(len(self._columns)))
        self._works: dict[str, _Work] = {}
        self._people: dict[str, Participant] | None = None
        self._decisions: dict[str, Decision] | None = None
        self._names: dict[str, str] | None = None
        self._weightings: dict[str, Weighting] | None = None
        self._asked: dict[str, str] | None = None
        self._renumber = False

    def name(self, name_id: str, text: str) -> None:
        """Adds a name; names are append-only."""
        if self._names is None:
            self._names = dict(self._base.names)
        self._names[name_id] = text

    def born(self, use_case: str, clock: Born) -> None:
        """Says when a use case was created; numbers follow these clocks."""
        case = self._case(use_case)
        known = case.get("born")
        if known == NEVER or clock < known:
            case.new["born"] = clock
            self._renumber = True

    def write(self, table: str, key: Key, field: str, new: Scalar) -> None:
        """Applies one write."""
        _HANDLERS[table](self, key, field, new)

    def write_all(self, writes: Iterable[Write]) -> Builder:
        """Applies writes in order."""
        for w in writes:
            _HANDLERS[w.table](self, w.key, w.field, w.new)
        return self

    def rounds(self, use_case: str, criterion: str, rounds: Iterable[Round]) -> None:
        """Sets all rounds of a cell at once with their answers (the fast way in for loading)."""
        self._case(use_case).mapping("rounds")[criterion] = tuple(sorted(rounds, key=_round_order))

    def participant_index(self, participant: str) -> int:
        """Position of a participant in every round's answers."""
        return self._person(participant).index

    def done(self) -> Snapshot:
        """The new snapshot."""
        changes: dict[str, Any] = dict(self._session)
        if self._works:
            changes["use_cases"] = self._cases()
            self._works = {}
        if self._people is not None:
            changes["participants"] = tuple(sorted(self._people.values(), key=lambda p: p.index))
        if self._decisions is not None:
            changes["every_decision"] = self._decisions
            changes["decisions"] = tuple(d for d in self._decisions.values() if d.text)
        if self._weightings is not None:
            changes["weightings"] = self._weightings
        if self._names is not None:
            changes["names"] = self._names
        if self._asked is not None:
            changes["asked"] = self._asked
        return replace(self._base, **changes) if changes else self._base

    def _cases(self) -> dict[str, UseCase]:
        """All use cases; where one came or went, numbered 1, 2, 3 … by their creation clocks, and in that order."""
        before, works = self._base.use_cases, self._works
        if not self._renumber:
            return {**before, **{case_id: work.done() for case_id, work in works.items()}}
        places = [(not u.title, u.born, u.id) for u in before.values() if u.id not in works]
        places += [(not work.get("title"), work.get("born"), work.id) for work in works.values()]
        cases: dict[str, UseCase] = {}
        for number, (untitled, _, case_id) in enumerate(sorted(places), 1):
            wanted = 0 if untitled else number
            work = works.get(case_id)
            if work is None:
                case = before[case_id]
                cases[case_id] = case if case.number == wanted else replace(case, number=wanted)
                continue
            if work.get("number") != wanted:
                work.new["number"] = wanted
            cases[case_id] = work.done()
        return cases

    def _text_of(self, name_id: Scalar) -> str:
        if name_id is None:
            return ""
        names: Mapping[str, str] = self._names if self._names is not None else self._base.names
        return names.get(str(name_id), "")

    def _case(self, use_case: str) -> _Work:
        work = self._works.get(use_case)
        if work is None:
            base = self._base.use_cases.get(use_case, self._blank)
            work = self._works[use_case] = _Work(base, use_case)
        return work

    def _person(self, participant: str) -> Participant:
        if self._people is None:
            self._people = {p.id: p for p in self._base.participants}
        found = self._people.get(participant)
        if found is None:
            found = Participant(id=participant, index=len(self._people))
            self._people[participant] = found
        return found

    def _round(self, use_case: str, criterion: str, round_id: str, change: Callable[[Round], Round]) -> None:
        rounds = self._case(use_case).mapping("rounds")
        before: tuple[Round, ...] = rounds.get(criterion, ())
        # What is not known of a round is as after the undo of its opening: void, and without a number.
        found = next((r for r in before if r.id == round_id), Round(round_id, 0, "void"))
        others = [r for r in before if r.id != round_id]
        rounds[criterion] = tuple(sorted((*others, change(found)), key=_round_order))


def _round_order(r: Round) -> tuple[int, str]:
    return (r.number, r.id)


def _session(b: Builder, key: Key, field: str, new: Scalar) -> None:
    s = b._session
    if field in ("decider", "facilitator"):
        s[field] = b._text_of(new)
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
        s["top"] = 3 if new is None else int(new)
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


def _weighting(b: Builder, key: Key, field: str, new: Scalar) -> None:
    b.participant_index(key[0])  # whoever is named in a row is in the file, as after loading it
    if b._weightings is None:
        b._weightings = dict(b._base.weightings)
    value: Any = new
    if field == "said":
        value = EMPTY if new is None else json.loads(str(new))
    elif field == "revealed":
        value = new == 1
    else:
        value = "" if new is None else str(new)
    changed = replace(b._weightings.get(key[0], Weighting()), **{field: value})
    if field == "revealed":
        changed = replace(changed, void=new == VOID)
    if changed == Weighting():
        b._weightings.pop(key[0], None)
    else:
        b._weightings[key[0]] = changed


def _setting(b: Builder, key: Key, field: str, new: Scalar) -> None:
    if b._asked is None:
        b._asked = dict(b._base.asked)
    if new is None:
        b._asked.pop(key[0], None)
    else:
        b._asked[key[0]] = str(new)


def _participant(b: Builder, key: Key, field: str, new: Scalar) -> None:
    person = b._person(key[0])
    value: Any = new
    if field == "name":
        value = b._text_of(new)
    elif field in ("present", "voter"):
        value = True if new is None else bool(new)
    assert b._people is not None
    b._people[person.id] = replace(person, **{field: value})


def _use_case(b: Builder, key: Key, field: str, new: Scalar) -> None:
    work = b._case(key[0])
    value: Any = new
    if field in _TEXTS:
        value = "" if new is None else str(new)
    elif field in _NAMES:
        value = b._text_of(new)
    elif field in _BOOLS:
        value = bool(new)
    elif field in _CASE_JSON:
        value = new.value if isinstance(new, Json) else {} if new is None else json.loads(str(new))
    elif field == "systems":
        value = None if new is None else tuple(json.loads(str(new)))
    elif field == "chosen":
        value = None if new is None else bool(new)
    if field == "title" and bool(work.get("title")) != bool(value):
        b._renumber = True
    work.new[field] = value


def _tag(b: Builder, key: Key, field: str, new: Scalar) -> None:
    work = b._case(key[0])
    tags = set(work.get("tags")) - {key[1]}
    work.new["tags"] = tuple(sorted(tags | {key[1]} if new else tags))


def _agreed_level(b: Builder, key: Key, field: str, new: Scalar) -> None:
    work, criterion = b._case(key[0]), key[1]
    column = b._columns.get(criterion)
    if column is None:
        return
    if field == "level":
        work.column("levels")[column] = UNKNOWN if new is None else int(new)
    elif field == "evidence":
        work.column("evidence")[column] = UNKNOWN if new is None else EVIDENCE.index(str(new))
    elif field == "claimed":
        work.column("claimed")[column] = 1 if new else 0
    else:
        value = new if field == "measured_on" or new is not None else ""
        _part(work, "agreed", criterion, Agreed(), field, value)


def _gate_answer(b: Builder, key: Key, field: str, new: Scalar) -> None:
    _part(b._case(key[0]), "gates", key[1], GateAnswer(""), field, "" if new is None else str(new))


def _override(b: Builder, key: Key, field: str, new: Scalar) -> None:
    value: Any = b._text_of(new) if field == "by" else new
    if field in ("reason", "date"):
        value = "" if new is None else str(new)
    _part(b._case(key[0]), "overrides", key[1], Override(key[1], None, "", "", ""), field, value)


def _task(b: Builder, key: Key, field: str, new: Scalar) -> None:
    value: Any = b._text_of(new) if field == "who" else new
    if field == "what":
        value = "" if new is None else str(new)
    _part(b._case(key[0]), "tasks", key[1], Task(key[1]), "when" if field == "due" else field, value)


def _part(work: _Work, mapping: str, part: str, blank: Any, field: str, value: Any) -> None:
    """Sets one field of a part of a use case; a part of which nothing is known does not stand there."""
    parts = work.mapping(mapping)
    changed = replace(parts.get(part, blank), **{field: value})
    if changed == blank:
        parts.pop(part, None)
    else:
        parts[part] = changed


def _round(b: Builder, key: Key, field: str, new: Scalar) -> None:
    def change(r: Round) -> Round:
        if field == "number":
            return replace(r, number=0 if new is None else int(new))
        # A round whose opening was undone is void: its answers count for nothing.
        return replace(r, status="void" if new is None else str(new))  # type: ignore[arg-type]  # checked on entry

    b._round(key[0], key[1], key[2], change)


def _answer(b: Builder, key: Key, field: str, new: Scalar) -> None:
    index = b._person(key[3]).index
    code = ANSWER_CODES[None if new is None else str(new)]

    def change(r: Round) -> Round:
        answers = bytearray(r.answers.ljust(index + 1, _NOT_ASKED))
        answers[index] = code
        return replace(r, answers=bytes(answers.rstrip(_NOT_ASKED)))

    b._round(key[0], key[1], key[2], change)


def _decision(b: Builder, key: Key, field: str, new: Scalar) -> None:
    if b._decisions is None:
        b._decisions = dict(b._base.every_decision)
    found = b._decisions.get(key[0], Decision(key[0], "", ""))
    value = b._text_of(new) if field == "by" else ("" if new is None else str(new))
    b._decisions[key[0]] = replace(found, **{field: value})


_HANDLERS: dict[str, Callable[[Builder, Key, str, Scalar], None]] = {
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


def empty(session_id: str, preset: Preset, preset_hash: str, preset_text: str) -> Snapshot:
    """A session in which nothing has happened yet."""
    return Snapshot(session_id, preset, preset_hash, preset_text)


def apply(snapshot: Snapshot, writes: Sequence[Write]) -> Snapshot:
    """The snapshot after some writes."""
    return Builder(snapshot).write_all(writes).done()
