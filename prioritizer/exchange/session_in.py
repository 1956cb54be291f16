"""The whole session as JSON, read back: every value is checked before a session is made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.decode import decode, read_bytes
from prioritizer.exchange.lists_in import ENTRIES_LIMIT
from prioritizer.model.running import MOST_PHASES, Deadlock, PhaseState, is_time
from prioritizer.model.terms import LaneId
from prioritizer.text.clean import clean_error, clean_text

FORMAT = "prioritizer-session"
_LOOK = 4_000
_MARK = re.compile(r'"format"\s*:\s*"prioritizer-session"')

Text = Annotated[str, Field(max_length=40_000)]
Short = Annotated[str, Field(max_length=1_000)]
Count = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)]
Amount = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]


class _In(BaseModel):
    # Keys of a later version are passed over: they were added, never retyped.
    model_config = ConfigDict(frozen=True, extra="ignore")


class PhaseIn(_In):
    """One phase of the agenda as it was run."""

    step: Short
    state: PhaseState = "open"
    started: Short | None = None
    ended: Short | None = None

    @field_validator("started", "ended")
    @classmethod
    def _a_time(cls, value: str | None) -> str | None:
        if value is not None and not is_time(value):
            raise ValueError("it is no time with its offset, such as 2026-05-31T09:00:00+00:00")
        return value


class SessionIn(_In):
    """What stands on the front page."""

    title: Short = ""
    purpose: Text = ""
    decision_rule: Text = ""
    decider: Short = ""
    facilitator: Short = ""
    minutes: Annotated[int, Field(strict=True, ge=1, le=1440)] | None = None
    agenda: Short | None = None
    deadlock: Deadlock = "lower"
    phases: Annotated[list[PhaseIn], Field(max_length=MOST_PHASES)] = Field(default_factory=list)
    top: Annotated[int, Field(strict=True, ge=1, le=100)] = 3
    weights: dict[Short, Amount] | None = None
    weights_method: Short = ""
    weights_reason: Text = ""
    weights_concentration: Annotated[int, Field(ge=1, le=10_000)] | None = None
    asked: dict[Short, Literal["before", "room", "off"]] = Field(default_factory=dict)


class PresetIn(_In):
    """The rules, embedded whole."""

    toml: Annotated[str, Field(min_length=1, max_length=1_000_000)]


class ParticipantIn(_In):
    """Somebody in the room."""

    id: Short
    name: Short = ""
    role: Short | None = None
    present: bool = True
    voter: bool = True


class LevelIn(_In):
    """One agreed level."""

    criterion: Short
    level: Annotated[int, Field(strict=True, ge=0, le=4)]
    evidence: Literal["opinion", "reported", "document", "measured"] | None = None
    measured_on: Short | None = None
    note: Text = ""
    reason: Text = ""
    claimed: bool = False


class GateIn(_In):
    """One answer to a question gate."""

    gate: Short
    answer: Short
    note: Text = ""


class OverrideIn(_In):
    """A gate or the lane, set aside by the room."""

    target: Short
    lane: LaneId | None = None
    by: Short
    reason: Text
    date: Short


class TaskIn(_In):
    """Who does what by when."""

    item: Short
    what: Text = ""
    who: Short = ""
    when: Short | None = None


class RoundIn(_In):
    """A revealed round of one cell."""

    criterion: Short
    number: Annotated[int, Field(strict=True, ge=1, le=10_000)]
    answers: dict[Short, Literal["0", "1", "2", "3", "4", "?", "-", "pending"]] = Field(default_factory=dict)


class UseCaseIn(_In):
    """One use case; of a deleted one only its number is kept."""

    id: Short
    number: Count = 0
    deleted: bool = False
    title: Short = ""
    task: Text = ""
    note: Text = ""
    tags: Annotated[list[Short], Field(max_length=500)] = Field(default_factory=list)
    proposer: Short = ""
    systems: Annotated[list[Short], Field(max_length=500)] | None = None
    logins: Count | None = None
    cases_month: Amount | None = None
    minutes_each: Amount | None = None
    slice: Text = ""
    parent: Short | None = None
    merged_into: Short | None = None
    parked: bool = False
    parked_why: Text = ""
    parked_who: Short = ""
    parked_when: Short | None = None
    chosen: bool | None = None
    owner: Short = ""
    due: Short | None = None
    decision_note: Text = ""
    charter: dict[Short, Text] = Field(default_factory=dict)
    source: dict[Short, Text] = Field(default_factory=dict)
    levels: Annotated[list[LevelIn], Field(max_length=500)] = Field(default_factory=list)
    gates: Annotated[list[GateIn], Field(max_length=500)] = Field(default_factory=list)
    overrides: Annotated[list[OverrideIn], Field(max_length=500)] = Field(default_factory=list)
    tasks: Annotated[list[TaskIn], Field(max_length=2_000)] = Field(default_factory=list)
    rounds: Annotated[list[RoundIn], Field(max_length=2_000)] = Field(default_factory=list)


class DecisionIn(_In):
    """One line of the decision log."""

    date: Short = ""
    text: Text
    by: Short = ""


class SessionDocument(_In):
    """The document that ``export --format json`` writes as ``session.json``."""

    format: Literal["prioritizer-session"]
    version: Literal[1]
    session: SessionIn
    preset: PresetIn
    participants: Annotated[list[ParticipantIn], Field(max_length=2_000)] = Field(default_factory=list)
    use_cases: Annotated[list[UseCaseIn], Field(max_length=ENTRIES_LIMIT)] = Field(default_factory=list)
    decisions: Annotated[list[DecisionIn], Field(max_length=10_000)] = Field(default_factory=list)


def read_session(source: Path | bytes, name: str | None = None) -> SessionDocument | None:
    """Reads a session document; none where the source is something else.

    Args:
        source: A file, or bytes from standard input.
        name: What messages call it.

    Raises:
        PrioritizerError: It cannot be read, or it says that it is a session and is not a sound one.
    """
    data, shown = read_bytes(source, name)
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    text, _ = decode(data, shown)
    if not _MARK.search(text[:_LOOK]):
        return None
    try:
        document = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise PrioritizerError(f"“{shown}” is not valid JSON: {clean_error(error)}.") from None
    return session_of(document, shown)


def session_of(document: Any, shown: str) -> SessionDocument:
    """Checks a document.

    Raises:
        PrioritizerError: With the place of the first thing that is wrong.
    """
    version = document.get("version") if isinstance(document, Mapping) else None
    if isinstance(version, int) and version > 1:
        raise PrioritizerError(
            f"“{shown}” was written by a newer version (format {version}; this program reads up to 1). "
            "Update Prioritizer to read it."
        )
    try:
        return SessionDocument.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the document"
        more = error.error_count() - 1
        raise PrioritizerError(
            f"“{shown}” is not a sound session: {clean_text(place, limit=120, lines=False)}: "
            f"{clean_error(first['msg'])}{f', and {more:,} more' if more else ''}."
        ) from None
