"""What people in different copies have changed without knowing of each other, as a screen shows it.

Never an answer: a late one is not to be judged by what it says. A person is named on the facilitator's
private screen only; on one that may be projected it is the role that tells people apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.model.session import Snapshot
from prioritizer.model.tables import TABLES, Key, Scalar
from prioritizer.text.clean import clean_error

if TYPE_CHECKING:
    from prioritizer.store import Conflict, Option

_FIELDS = {
    "merged_into": "what it was merged into",
    "parent": "what it is a part of",
    "chosen": "whether it is chosen",
    "deleted": "whether it is deleted",
    "parked": "whether it is parked",
    "due": "the date",
    "decision_note": "the note on the decision",
    "measured_on": "the date of the measurement",
    "cases_month": "cases a month",
    "minutes_each": "minutes each",
    "present": "whether here",
    "voter": "whether voting",
}
_ROWS = {
    "agreed_level": "the level",
    "gate_answer": "the answer to the gate",
    "override": "the override of",
    "task": "who does what for",
    "tag": "the tag",
    "round": "the round on",
}
_HIDDEN = frozenset({"answer", "weighting"})
"""Tables whose values are never shown: answers before their time."""


@dataclass(frozen=True)
class Choice:
    """One of the things that may stand where copies are at odds.

    Attributes:
        words: What it says; for an answer only whether it counts.
        stands: Whether it is what stands now.
        why: ``edit``; ``closed``, it came after its round was closed; ``circle``, it would link in a circle.
        time: When it was entered, UTC; "" where nobody of those at odds entered it.
        detail: What a level or an answer to a gate means, in the preset's words.
    """

    words: str
    stands: bool
    why: str
    time: str
    detail: str = ""


@dataclass(frozen=True)
class ToSettle:
    """Something that people in different copies have changed without knowing of each other.

    Attributes:
        id: The same in every copy.
        words: What it is about.
        use_case: Id, where it belongs to one.
        choices: What may stand there, the one that stands now first.
        unnamed: A person belongs to it who is not named, because the screen may be projected.
    """

    id: str
    words: str
    use_case: str | None
    choices: tuple[Choice, ...]
    unnamed: bool = False


@dataclass(frozen=True)
class _Eyes:
    """Who looks: the session, and whether people may be named."""

    snapshot: Snapshot
    private: bool

    def person(self, participant_id: str) -> str:
        """A participant by name, else by role: ``Ada``, ``somebody (data)``."""
        who = self.snapshot.participant(participant_id)
        if self.private and who is not None and who.name:
            return who.name
        return f"somebody ({who.role})" if who is not None and who.role else "somebody"

    def name(self, name_id: Scalar) -> str:
        """What a field that holds a name says."""
        text = self.snapshot.names.get(str(name_id), "") if self.private else ""
        return f"“{text}”" if text else "a person"


def in_words(conflicts: Sequence[Conflict], snapshot: Snapshot, *, private: bool = False) -> list[ToSettle]:
    """Conflicts as a screen shows them: never an answer.

    Args:
        conflicts: As the store finds them.
        snapshot: The session as anybody may see it.
        private: Nobody but the facilitator sees the screen, so people are named.
    """
    eyes = _Eyes(snapshot, private)
    return [_to_settle(each, eyes) for each in conflicts]


def _to_settle(conflict: Conflict, eyes: _Eyes) -> ToSettle:
    snapshot = eyes.snapshot
    choices = [_choice(conflict, option, eyes) for option in conflict.options]
    if not any(choice.stands for choice in choices):
        standing = _values(conflict.table, conflict.standing, eyes)
        meant = _detail(conflict.table, conflict.key, conflict.standing, snapshot)
        choices.insert(0, Choice(standing, True, "edit", "", meant))
    use_case = conflict.key[0] if conflict.table not in _WITHOUT_CASE else None
    return ToSettle(
        conflict.id,
        _about(conflict.table, conflict.key, conflict.standing, eyes),
        use_case,
        tuple(choices),
        not eyes.private and _about_a_person(conflict),
    )


def _about_a_person(conflict: Conflict) -> bool:
    kinds = dict(TABLES[conflict.table].fields)
    return conflict.table in ("participant", "weighting", "answer") or any(
        kinds[name] == "name" for name in conflict.standing
    )


_WITHOUT_CASE = frozenset({"session", "participant", "criterion_setting", "decision", "weighting"})


def _choice(conflict: Conflict, option: Option, eyes: _Eyes) -> Choice:
    if conflict.table == "answer":
        if option.why == "closed":
            words = "count the answer that came after the round was closed"
        else:
            words = "the answer that stands" if option.stands else "the other answer"
        return Choice(words, option.stands, option.why, option.time)
    return Choice(
        _values(conflict.table, option.values, eyes),
        option.stands,
        option.why,
        option.time,
        _detail(conflict.table, conflict.key, option.values, eyes.snapshot),
    )


def _detail(table: str, key: Key, values: dict[str, Scalar], snapshot: Snapshot) -> str:
    preset = snapshot.preset
    if table == "agreed_level" and isinstance(level := values.get("level"), int):
        criterion = next((c for c in preset.criterion if c.id == key[1]), None)
        return criterion.levels[level] if criterion is not None and level < len(criterion.levels) else ""
    if table == "gate_answer" and (answer := values.get("answer")) is not None:
        gate = next((g for g in preset.questions if g.id == key[1]), None)
        return next((a.title for a in gate.answers if a.id == answer), "") if gate is not None else ""
    return ""


def _about(table: str, key: Key, fields: dict[str, Scalar], eyes: _Eyes) -> str:
    named = ", ".join(_FIELDS.get(f, f.replace("_", " ")) for f in fields)
    if table == "session":
        return f"the session: {named}"
    if table == "participant":
        return f"{eyes.person(key[0])} on the roster: {named}"
    if table == "weighting":
        return f"the weights of {eyes.person(key[0])}"
    if table == "criterion_setting":
        return f"how {key[0]} is asked"
    if table == "decision":
        return "a line of the decision log"
    case = eyes.snapshot.use_cases.get(key[0])
    title = f"“{case.title}”" if case is not None and case.title else "a use case"
    if table == "use_case":
        return f"{title}: {named}"
    if table == "answer":
        return f"{title}: the answer of {eyes.person(key[3])} to {key[1]}"
    return f"{title}: {_ROWS[table]} {key[1]}"


def _values(table: str, values: dict[str, Scalar], eyes: _Eyes) -> str:
    if table in _HIDDEN:
        return "an answer"
    shown = [_value(table, name, value, eyes) for name, value in values.items()]
    if len(shown) == 1:
        return shown[0]
    return ", ".join(f"{_FIELDS.get(n, n.replace('_', ' '))} {v}" for n, v in zip(values, shown, strict=True))


def _value(table: str, name: str, value: Scalar, eyes: _Eyes) -> str:
    if value is None or value == "":
        return "nothing"
    kind = dict(TABLES[table].fields)[name]
    if kind == "name":
        return eyes.name(value)
    if name in ("parent", "merged_into"):
        case = eyes.snapshot.use_cases.get(str(value))
        return f"“{case.title}”" if case is not None and case.title else "a use case"
    if name in ("chosen", "deleted", "parked", "claimed", "present", "voter"):
        return "yes" if value else "no"
    if kind == "json":
        return "another setting" if table == "session" else "other entries"
    return f"“{clean_error(value)}”" if isinstance(value, str) else f"{value:g}"
