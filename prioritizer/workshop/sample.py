"""The sample session as a file: twelve use cases, all rated, in a handful of commands."""

from __future__ import annotations

import itertools
from pathlib import Path

from prioritizer.errors import PrioritizerError
from prioritizer.model.sample import Sample, SampleUseCase, load_sample
from prioritizer.text.clean import clean_error
from prioritizer.workshop.commands.collect import AddUseCases, NewUseCase
from prioritizer.workshop.commands.frame import SetSession
from prioritizer.workshop.commands.gate import AnswerGate, AnswerGates
from prioritizer.workshop.commands.rate import Rate, RateMany
from prioritizer.workshop.service import Clock, Workshop

DATA_NAME = "prioritizer"


def create_sample(path: Path, *, clock: Clock | None = None) -> Workshop:
    """Writes the sample session into a new file and opens it.

    Four transactions: the frame, the use cases with their facts, their gates, their levels. Undo
    therefore walks back through the stages of a session.

    Raises:
        PrioritizerError: The file exists.
        NotSaved: It could not be written.
    """
    sample = load_sample()
    workshop = Workshop.create(path, sample.preset, sample.title, clock=clock)
    try:
        workshop.do(SetSession(purpose=sample.purpose, decision_rule=sample.decision_rule))
        made = workshop.do(AddUseCases([_candidate(each) for each in sample.use_case])).made
        pairs = list(zip(made, sample.use_case, strict=True))
        workshop.do(AnswerGates([AnswerGate(i, g, a) for i, u in pairs for g, a in u.gates.items()]))
        workshop.do(RateMany(_levels(sample, pairs)))
    except BaseException:
        workshop.close()
        raise
    return workshop


def sample_path() -> Path:
    """A name in the user's data folder that nothing has yet.

    Raises:
        PrioritizerError: The folder cannot be made.
    """
    from platformdirs import user_data_path

    folder = user_data_path(DATA_NAME, appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PrioritizerError(
            f"The folder {clean_error(folder)} cannot be made ({clean_error(error.strerror or error)}); "
            "name a file for the sample session."
        ) from None
    names = (f"sample{'' if n == 1 else f'-{n}'}.sqlite" for n in itertools.count(1))
    return next(path for name in names if not (path := folder / name).exists())


def _candidate(each: SampleUseCase) -> NewUseCase:
    return NewUseCase(
        title=each.title,
        task=each.task,
        note=each.why,
        tags=each.tags,
        systems=each.facts.systems,
        logins=each.facts.logins,
        cases_month=each.facts.cases_month,
        minutes_each=each.facts.minutes_each,
        slice=each.slice,
    )


def _levels(sample: Sample, pairs: list[tuple[str, SampleUseCase]]) -> list[Rate]:
    return [
        Rate(
            use_case, criterion, level, evidence=each.evidence_tags[criterion], note=each.notes.get(criterion)
        )
        for use_case, each in pairs
        for criterion, level in each.cells.items()
    ]
