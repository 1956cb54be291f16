"""Gates of a preset: what stops a use case, and what is a condition to be met first (rubric §4)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from prioritizer.model.parts import Answer, Id, Note, Part, Rule, Title, Whole, YesNo
from prioritizer.model.reading import GateReading
from prioritizer.model.terms import GateStatus

_TAKEN = "chjklqu"
"""Letters with a meaning of their own wherever gates are answered: copy, the arrows, close, undo."""

_Limit = Annotated[Whole, Field(ge=-1, le=3)]

# Keys that mean something for one kind of gate only. Given for another kind they
# would be ignored in silence, so they are refused.
_ONLY_FOR = {
    "answers": "question",
    "question": "question",
    "criterion": "level",
    "stop": "level",
    "condition": "level",
    "proof": "level",
    "rule": "rule",
    "status": "rule",
}


class Gate(GateReading, Part):
    """A gate: a question, the level of a criterion, or a rule over levels.

    * ``question``: ``answers`` say what follows; the first with status *pass* is the clear one.
    * ``level``: *stop* at or below ``stop``, *condition* at or below ``condition``, else *pass*.
    * ``rule``: ``status`` when ``rule`` holds, else *pass*.
    """

    id: Id
    title: Title
    kind: Literal["question", "level", "rule"]
    question: Note = ""
    answers: Annotated[tuple[Answer, ...], Field(max_length=30)] = ()
    criterion: Id | None = None
    stop: _Limit = -1
    condition: _Limit = -1
    proof: YesNo = False
    """*pass* needs a document or a measurement; without it, *condition*."""
    rule: Rule | None = None
    status: GateStatus = "stop"
    reason: Note = ""
    find_out: Note = ""
    """What somebody has to find out while the answer is unknown."""
    mend: Note = ""
    """What somebody has to do to clear it, without *who* and *when*."""
    role: Id | None = None
    """Who is asked to mend it or find it out; a level gate falls back to its criterion's."""
    derived: YesNo = False
    """Listed in results only when it is not *pass*."""

    @model_validator(mode="after")
    def _whole(self) -> Gate:
        for key, kind in _ONLY_FOR.items():
            if key in self.model_fields_set and self.kind != kind:
                raise ValueError(f'the key "{key}" belongs to kind = "{kind}", take it out')
        {"question": self._check_question, "level": self._check_level, "rule": self._check_rule}[self.kind]()
        return self

    def _check_question(self) -> None:
        if not self.question:
            raise ValueError('a question gate needs the key "question"')
        if len(self.answers) < 2:
            raise ValueError("a question needs at least two answers")
        if not any(a.status == "pass" for a in self.answers):
            raise ValueError('no answer has status = "pass", give it to the one that clears the gate')
        for what, seen in (("id", [a.id for a in self.answers]), ("key", [a.key for a in self.answers])):
            twice = next((each for each in seen if seen.count(each) > 1), None)
            if twice is not None:
                raise ValueError(f'two answers have the same {what} "{twice}", give each its own')
        taken = next((a for a in self.answers if a.key in _TAKEN), None)
        if taken is not None:
            raise ValueError(
                f'answer {taken.id}: the key "{taken.key}" already means something else in the app, '
                f"take a letter other than {', '.join(_TAKEN)}"
            )

    def _check_level(self) -> None:
        if self.criterion is None:
            raise ValueError('a level gate needs the key "criterion"')
        if max(self.stop, self.condition) < 0:
            raise ValueError('give "stop" or "condition", the highest level that fails')
        if 0 <= self.condition <= self.stop:
            raise ValueError('"condition" must be above "stop"')

    def _check_rule(self) -> None:
        if self.rule is None:
            raise ValueError('a rule gate needs the key "rule"')
        if self.status in ("pass", "unknown"):
            raise ValueError('the status of a rule gate must be "condition", "stop", "out" or "not-an-agent"')
