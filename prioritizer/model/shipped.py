"""The shipped presets as sessions keep them, read without pydantic: loading that takes longer than all else on opening.

A preset is checked by its pydantic model before anything uses it. For the texts of which the digest stands
here a test has done that once for all: they give what the model gives, whichever way they are read. Any other
text is somebody else's, and goes through the model.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, cast

from prioritizer.model.reading import GateReading, PresetReading, RuleReading
from prioritizer.model.terms import LEVELS

if TYPE_CHECKING:
    from prioritizer.model.preset import Preset as PresetModel

CHECKED = frozenset(
    [
        "85875a484edf3f27922790bfedf072c50f59af8cfba417587d57ca0311d8d7cf",  # pilot-first
        "52006042d724357fe444c8cc718bea8337ae44ab0af7b93bc1fc9f89b8a8646a",  # pilot-first-quick
        "774e0fe5b00c1657accb0bc487ec1b67e78aa56be6e721f6b21b1e2342c5b573",  # regulated
        "6422ff4a001b5cd84359e0a0c22c0d62e3d2ab8093fd94f656dc50ee8a14f5cb",  # stalled-pilots
    ]
)
"""SHA-256 of the UTF-8 text of each shipped preset. `tests/model/test_shipped.py` says what has to stand here."""


def preset_of(text: str) -> PresetModel:
    """The preset that a session keeps.

    Args:
        text: Its TOML, with LF line ends.

    Raises:
        PrioritizerError: It is not a preset.
    """
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() in CHECKED:
        return read_checked(text)
    from prioritizer.model.presets import parse_preset

    return parse_preset(text, "the preset of this session").preset


def read_checked(text: str) -> PresetModel:
    """The preset of a text that is known to be one of ours."""
    return cast("PresetModel", Preset(_tables(text)))


class _Piece:
    """One table of a preset; what is not given stands in its class.

    It is read like the pydantic model of the same name, equals it, and lets it answer for
    whatever else is asked of a model, such as ``model_copy``.
    """

    def __init__(self, given: dict[str, Any]) -> None:
        kind = type(self)
        for key, value in given.items():
            if isinstance(value, int) and isinstance(getattr(kind, key, None), float):
                value = float(value)
            self.__dict__[key] = _made(key, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} never changes")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # what Python itself looks for, as in copying
            raise AttributeError(name)
        return getattr(self._model(), name)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, _Piece):
            fields = {*vars(self), *vars(other)}  # the rest stands in the class of both
        else:
            fields = {*getattr(type(other), "model_fields", ())}
        if type(other).__name__ != type(self).__name__ or not (isinstance(other, _Piece) or fields):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in fields)

    def __hash__(self) -> int:
        return hash(self._model())

    def _model(self) -> Any:
        from prioritizer.model import parts, preset

        name = type(self).__name__
        model = getattr(preset, name, None) or getattr(parts, name)
        return model.model_validate(_given(self))


def _given(value: Any) -> Any:
    if isinstance(value, _Piece):
        return {key: _given(each) for key, each in vars(value).items()}
    return [_given(each) for each in value] if isinstance(value, tuple) else value


class RoomRole(_Piece):
    pass


class Dimension(_Piece):
    weight = 0.0
    meaning = ""


class Criterion(_Piece):
    asked = "room"
    role = None
    todo = False
    proof = False
    weight = 1.0
    facts = ()
    mend = ""
    find_out = ""


class Clause(_Piece):
    pass


class Rule(RuleReading, _Piece):
    all = ()
    any = ()


class Answer(_Piece):
    reason = ""


class Gate(GateReading, _Piece):
    question = ""
    answers = ()
    criterion = None
    stop = -1
    condition = -1
    proof = False
    rule = None
    status = "stop"
    reason = ""
    find_out = ""
    mend = ""
    role = None
    derived = False


class Raise(_Piece):
    pass


class ClassRule(_Piece):
    pass


class Thresholds(_Piece):
    pilot_coverage = 0.8
    find_out_coverage = 0.6
    dimension = 50.0
    weak_dimensions = 2
    readiness = 60.0
    trap_demonstration = 60.0
    trap_gap = 20.0
    overlooked_demonstration = 40.0
    worth_floor = 1
    cap = True


class LaneText(_Piece):
    meaning = ""


class AgendaStep(_Piece):
    say = ""
    stage = "frame"


class Agenda(_Piece):
    people = ""
    candidates = ""


class Preset(PresetReading, _Piece):
    summary = ""
    suits = ""
    candidate = "use case"
    role = ()
    gate = ()
    raises = ()
    thresholds = Thresholds({})
    lane = ()
    agenda = ()


_KINDS: dict[str, type[_Piece]] = {
    "role": RoomRole,
    "dimension": Dimension,
    "criterion": Criterion,
    "gate": Gate,
    "answers": Answer,
    "raises": Raise,
    "when": Rule,
    "rule": Rule,
    "class_rule": ClassRule,
    "thresholds": Thresholds,
    "lane": LaneText,
    "agenda": Agenda,
    "step": AgendaStep,
}
"""Key of a table → what it is."""


def _made(key: str, value: Any) -> Any:
    """What stands under a key, as the models have it."""
    if isinstance(value, list):
        return tuple(_made(key, each) for each in value)
    if isinstance(value, dict):
        return tuple(value[str(level)] for level in LEVELS) if key == "levels" else _KINDS[key](value)
    if key in ("all", "any"):
        criterion, comparison, level = value.split()
        return Clause({"criterion": criterion, "cmp": comparison, "level": int(level)})
    return value


_LINE = re.compile(
    r"^(?:\[\[([a-z_.]+)\]\]|\[([a-z_.]+)\]|([A-Za-z0-9_-]+) = (\[\n(?:  \{.*\},\n)+\]|.+))$", re.M
)
_PAIR = re.compile(r'([a-z_]+) = ("(?:[^"\\]|\\.)*")')


def _tables(text: str) -> dict[str, Any]:
    """The tables of a TOML text that is written as ours are: a key a line, and inline tables only of texts.

    ``tomllib`` reads every letter in Python, after compiling a set of patterns: twelve times as long.
    """
    top: dict[str, Any] = {}
    here = top
    for many, one, key, written in _LINE.findall(text):
        if key:
            here[key] = _value(written)
            continue
        *above, name = (many or one).split(".")
        owner = top
        for step in above:
            owner = owner[step][-1]
        here = {}
        if many:
            owner.setdefault(name, []).append(here)
        else:
            owner[name] = here
    return top


def _value(written: str) -> Any:
    if written.startswith("[\n"):
        rows = written.split("\n")[1:-1]
        return [{key: _value(text) for key, text in _PAIR.findall(row)} for row in rows]
    if written[0] == '"' and "\\" not in written:
        return written[1:-1]
    return json.loads(written)  # numbers, yes and no, lists of texts and escapes are spelled alike
