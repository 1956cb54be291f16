"""The sample session: twelve use cases, all rated, for the demo and for tests (rubric §6)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from prioritizer.errors import PrioritizerError
from prioritizer.model.complaint import complaint
from prioritizer.model.outside import parse_toml
from prioritizer.model.parts import Id, Note, Number, Part, Title, Whole, Words
from prioritizer.model.presets import SAMPLE, read_shipped

_EVIDENCE = {"o": "opinion", "r": "reported", "d": "document", "m": "measured"}

Digits = Annotated[str, Field(pattern=r"^[0-4]{1,9}$")]
Letters = Annotated[str, Field(pattern=r"^[ordm]{1,9}$")]


class SampleFacts(Part):
    """Raw facts that stand beside the levels."""

    systems: tuple[Title, ...]
    logins: Annotated[Whole, Field(ge=0)]
    cases_month: Annotated[Whole, Field(ge=0)]
    minutes_each: Annotated[Number, Field(ge=0)]


class SampleUseCase(Part):
    """One use case; ``levels`` and ``evidence`` have one sign for each criterion of a group."""

    title: Title
    task: Words
    tags: tuple[Title, ...] = ()
    owner: Note = ""
    """A function, never a person."""
    why: Words
    slice: Note = ""
    """The smallest step inside it that a person already checks."""
    levels: dict[Id, Digits]
    evidence: dict[Id, Letters]
    notes: dict[Id, Words] = Field(default_factory=dict)
    """The fact behind a level, by criterion."""
    gates: dict[Id, Id]
    """Answer to each question gate."""
    facts: SampleFacts

    @model_validator(mode="after")
    def _of_equal_length(self) -> SampleUseCase:
        if {k: len(v) for k, v in self.levels.items()} != {k: len(v) for k, v in self.evidence.items()}:
            raise ValueError("levels and evidence must have the same groups and lengths")
        return self

    @property
    def cells(self) -> dict[str, int]:
        """Level by criterion id: the n-th sign of group ``P`` is the level of ``Pn``."""
        return {
            f"{group}{n}": int(sign)
            for group, signs in self.levels.items()
            for n, sign in enumerate(signs, 1)
        }

    @property
    def evidence_tags(self) -> dict[str, str]:
        """Evidence tag by criterion id."""
        return {
            f"{group}{n}": _EVIDENCE[sign]
            for group, signs in self.evidence.items()
            for n, sign in enumerate(signs, 1)
        }


class Sample(Part):
    """A whole session as data."""

    title: Title
    purpose: Words
    decision_rule: Words
    preset: Id
    use_case: tuple[SampleUseCase, ...]


def load_sample() -> Sample:
    """The shipped sample session.

    Raises:
        PrioritizerError: The installation is not whole, or the file was changed for the worse.
    """
    data = parse_toml(read_shipped(SAMPLE), SAMPLE)
    try:
        return Sample.model_validate(data)
    except ValidationError as err:
        raise PrioritizerError(f"{SAMPLE}: {complaint(err, data, Sample)}") from None
