"""``rate`` and ``gate``: one answer, or many from a tidy table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prioritizer.cli import complete
from prioritizer.cli.command import command, file_argument
from prioritizer.cli.reading import open_session, source_of
from prioritizer.cli.streams import out_json, say
from prioritizer.cli.words import named
from prioritizer.text.phrases import counted

if TYPE_CHECKING:
    from prioritizer.model.session import UseCase


@command(
    "rate",
    'prioritizer rate s.sqlite "#5" D1 2 --evidence reported --note "Export by the data office, monthly"',
    "prioritizer rate s.sqlite --from levels.csv",
    json=True,
)
@file_argument
@click.argument("use_case", metavar="[USE_CASE", required=False, shell_complete=complete.use_cases)
@click.argument("criterion", metavar="CRITERION", required=False, shell_complete=complete.criteria)
@click.argument("level", metavar="LEVEL]", required=False)
@click.option(
    "--by", metavar="P", help="One participant's answer, 0 to 4, ? or -, instead of the agreed level."
)
@click.option("--evidence", metavar="T", help="What it rests on: opinion, reported, document or measured.")
@click.option(
    "--note", metavar="N", help="The fact behind it; also the reason where the room said something else."
)
@click.option(
    "--from",
    "source",
    metavar="SOURCE",
    help="A CSV with use_case,criterion,level[,evidence,note]; - is stdin.",
)
def rate_command(
    file: str,
    use_case: str | None,
    criterion: str | None,
    level: str | None,
    by: str | None,
    evidence: str | None,
    note: str | None,
    source: str | None,
    as_json: bool,
) -> None:
    """Agree a level, or record one participant's answer.

    From a CSV all levels enter in one step. If one row is wrong, each wrong row is named and
    nothing is written.
    """
    given = (use_case, criterion, level, by, evidence, note)
    if source is not None:
        _only_source(given)
        from prioritizer.workshop.importing import rate_from

        with open_session(file) as workshop:
            number = rate_from(workshop, *source_of(source))
        _done(as_json, {"levels": number}, f"Agreed {counted(number, 'level')}.")
        return
    if use_case is None or criterion is None or level is None:
        raise click.UsageError("Give USE_CASE, CRITERION and LEVEL, or --from SOURCE.")
    if by is not None and (evidence is not None or note is not None):
        raise click.UsageError("--evidence and --note belong to an agreed level; leave them out with --by.")
    with open_session(file) as workshop:
        found = workshop.find(use_case)
        reason = None if by is not None else _reason(found, criterion, level, note)
        workshop.rate(found, criterion, level, by=by, evidence=evidence, note=note, reason=reason)
    # A participant's answer is not repeated: the round may be blind.
    words = (
        f"{named(found)}: {criterion} is agreed at {level}."
        if by is None
        else f"{named(found)}: an answer to {criterion} is in."
    )
    _done(as_json, {"levels": 1}, words)


@command(
    "gate",
    'prioritizer gate s.sqlite "#5" high-risk assessed --note "Assessment 14, filed in March"',
    "prioritizer gate s.sqlite --from gates.csv",
    json=True,
)
@file_argument
@click.argument("use_case", metavar="[USE_CASE", required=False, shell_complete=complete.use_cases)
@click.argument("gate", metavar="GATE", required=False, shell_complete=complete.gates)
@click.argument("answer", metavar="ANSWER]", required=False)
@click.option("--note", metavar="N", help="What it rests on, or the date.")
@click.option(
    "--from", "source", metavar="SOURCE", help="A CSV with use_case,gate,answer[,note]; - is stdin."
)
def gate_command(
    file: str,
    use_case: str | None,
    gate: str | None,
    answer: str | None,
    note: str | None,
    source: str | None,
    as_json: bool,
) -> None:
    """Answer a gate question.

    From a CSV all answers enter in one step. If one row is wrong, each wrong row is named and
    nothing is written.
    """
    if source is not None:
        _only_source((use_case, gate, answer, note))
        from prioritizer.workshop.importing import answer_from

        with open_session(file) as workshop:
            number = answer_from(workshop, *source_of(source))
        _done(as_json, {"answers": number}, f"Answered {counted(number, 'gate')}.")
        return
    if use_case is None or gate is None or answer is None:
        raise click.UsageError("Give USE_CASE, GATE and ANSWER, or --from SOURCE.")
    with open_session(file) as workshop:
        found = workshop.find(use_case)
        workshop.answer_gate(found, gate, answer, note)
        kept = workshop.snapshot.use_cases[found.id].gates[gate].answer
    _done(as_json, {"answers": 1}, f"{named(found)}: {gate} is answered “{kept}”.")


def _reason(found: UseCase, criterion: str, level: str, note: str | None) -> str | None:
    """The note, where the room said another level and a reason is asked for."""
    from prioritizer.workshop.commands.rate import check_level
    from prioritizer.workshop.importing import reason_from_note

    return reason_from_note(found, criterion, check_level(level), note)


def _only_source(given: tuple[str | None, ...]) -> None:
    if any(each is not None for each in given):
        raise click.UsageError("--from reads everything from SOURCE; give nothing else beside it.")


def _done(as_json: bool, document: dict[str, int], words: str) -> None:
    if as_json:
        out_json(document)
    else:
        say(words)
