"""Ballots from the command line: ``ballots`` reads answers, ``ballot`` writes what to answer on."""

from __future__ import annotations

from pathlib import Path

import click

from prioritizer.cli.command import command, file_argument
from prioritizer.cli.progress import working
from prioritizer.cli.reading import open_session, source_of
from prioritizer.cli.streams import out, out_json, say
from prioritizer.errors import PrioritizerError
from prioritizer.text.phrases import counted


@command(
    "ballots",
    "prioritizer ballots s.sqlite ballots.csv",
    'prioritizer ballots s.sqlite form.csv --map participant="Your name" --partial',
    json=True,
)
@file_argument
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path())
@click.option(
    "--map",
    "mapping",
    metavar="FIELD=COLUMN",
    multiple=True,
    help="For one row a person: participant=COLUMN, and P1:#3=COLUMN for one criterion of one use case. "
    "May be repeated; guessed from the header if left out.",
)
@click.option("--sheet", metavar="S", help="Name or number of the sheet of a workbook.")
@click.option(
    "--reveal/--blind",
    "reveal",
    default=None,
    help="Close the round at once, or keep it blind. Tables are revealed, answer files of a ballot page stay blind.",
)
@click.option("--partial", is_flag=True, help="Let the valid rows enter where others are refused.")
def ballots_command(
    file: str,
    sources: tuple[str, ...],
    mapping: tuple[str, ...],
    sheet: str | None,
    reveal: bool | None,
    partial: bool,
    as_json: bool,
) -> None:
    """Read participants' answers into one round.

    SOURCE is a CSV or XLSX with participant,use_case,criterion,answer (0 to 4, ? or -), a form's export with
    one row a person, or the answer files that a ballot page saved. All enter in one step, or none; no
    answer is printed.
    """
    from prioritizer.workshop.ballots import import_ballots, refused_lines

    pairs = [_pair(each) for each in mapping]
    with working("Reading ballots"), open_session(file) as workshop:
        read = [source_of(each) for each in sources]
        report = import_ballots(workshop, read, mapping=pairs, sheet=sheet, reveal=reveal, partial=partial)
    if as_json:
        out_json(
            {
                "answers": report.answers,
                "participants": report.people,
                "cells": report.cells,
                "revealed": report.revealed,
                "blank": report.blank,
                "refused": [{"source": r.source, "row": r.row, "reason": r.reason} for r in report.refused],
            }
        )
        return
    state = "revealed" if report.revealed else "not revealed yet"
    say(
        f"{counted(report.answers, 'answer')} of {counted(report.people, 'person', 'people')} to "
        f"{counted(report.cells, 'cell')}, {state}."
    )
    if report.blank:
        say(f"{counted(report.blank, 'cell')} left empty.")
    if report.refused:
        say(f"{counted(len(report.refused), 'row')} refused:")
        for line in refused_lines(report.refused, many=len(sources) > 1):
            out(line)


@command(
    "ballot",
    "prioritizer ballot s.sqlite -o ballot.html",
    "prioritizer ballot s.sqlite -o ballot.md",
    "prioritizer ballot s.sqlite -o blank.csv",
)
@file_argument
@click.option("-o", "--output", metavar="PAGE", required=True, help=".html, .md or .csv.")
@click.option("--criterion", "criteria", metavar="C", multiple=True, help="Only this one; may be repeated.")
@click.option(
    "--for", "people", metavar="NAME", multiple=True, help="For these people only; may be repeated."
)
@click.option("--no-names", is_flag=True, help="Let everybody write their name instead of choosing it.")
@click.option("--paper", is_flag=True, help="With .html: a page to print instead of one to fill in.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def ballot_command(
    file: str,
    output: str,
    criteria: tuple[str, ...],
    people: tuple[str, ...],
    no_names: bool,
    paper: bool,
    force: bool,
) -> None:
    """Write a ballot: a page to fill in offline, paper, or a blank table.

    An .html page works on a phone, fetches and sends nothing, and saves an answer file that `ballots`
    reads. A .md file is a ballot on paper, with its columns in the order of the .csv.
    """
    from prioritizer.workshop.ballots import ballot_form, write_ballot
    from prioritizer.workshop.find import find_participant

    with open_session(file) as workshop:
        snapshot = workshop.snapshot
        chosen = [snapshot.participant(find_participant(snapshot, each)) for each in people]
    names = [] if no_names else [p.name for p in chosen if p is not None] or None
    form = ballot_form(snapshot, criteria=criteria or None, people=names)
    path = write_ballot(form, Path(output), paper=paper, force=force)
    cells = sum(len(cases) for _, cases in form.asked())
    say(f"Wrote a ballot of {counted(cells, 'cell')}.")
    out(str(path))


def _pair(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals or not field.strip() or not column.strip():
        raise PrioritizerError(f"--map {text}: write it as FIELD=COLUMN, such as participant=Name.")
    return field.strip(), column.strip()
