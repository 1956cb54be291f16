"""``import``: use cases from a file, with a report of what was not taken as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prioritizer.cli.command import command, file_argument
from prioritizer.cli.progress import working
from prioritizer.cli.reading import open_session, source_of
from prioritizer.cli.streams import out, out_json, say
from prioritizer.cli.words import listed
from prioritizer.text.phrases import counted

if TYPE_CHECKING:
    from prioritizer.workshop.importing import ImportReport, Met
    from prioritizer.workshop.near import Near

MOST_LINES = 20
"""Rows of one kind that the report for people names; ``--json`` has all."""


@command(
    "import",
    "prioritizer import s.sqlite ideas.csv",
    "prioritizer import s.sqlite ideas.xlsx --sheet Ideas",
    "prioritizer import s.sqlite ideas.csv --similar merge --dry-run",
    'prioritizer import s.sqlite inventory.csv --map title="Use Case Name" --map tag=Agency --map tag=Bureau --dry-run',
    json=True,
)
@file_argument
@click.argument("source", metavar="SOURCE", type=click.Path(allow_dash=True))
@click.option(
    "--map",
    "mapping",
    metavar="FIELD=COLUMN",
    multiple=True,
    help="Which column fills which field: title, task, note, tag, proposer, systems, logins, cases_month, "
    "minutes_each. May be repeated; tag, note and systems take several columns. Guessed from the header if left out.",
)
@click.option("--sheet", metavar="S", help="Which sheet of a workbook, by name or number.")
@click.option(
    "--similar",
    type=click.Choice(["keep", "skip", "merge"]),
    default="keep",
    show_default=True,
    help="What becomes of a row whose title is another's, or almost: a use case of its own, left out, or merged into the other, "
    "which takes over what it lacks.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--strict", is_flag=True, help="Write nothing if a row is refused.")
def import_command(
    file: str,
    source: str,
    mapping: tuple[str, ...],
    sheet: str | None,
    similar: str,
    dry_run: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Import use cases from CSV, XLSX, JSON, a list, or - for stdin.

    The exports of Jira, Azure DevOps, GitHub, GitLab, Linear, Asana, Trello, Planner, Mural and Miro need no mapping.
    All valid rows enter in one step, which one undo takes back. A duplicate (same title and task)
    is skipped; one with the same title alone, or almost the same, is reported and kept, unless --similar says
    otherwise. Refused rows are reported with their numbers.
    """
    from prioritizer.workshop.alike import checked_choice
    from prioritizer.workshop.importing import import_use_cases, read_candidates

    pairs = [_pair(each) for each in mapping]
    with working("Importing"), open_session(file) as workshop:
        candidates = read_candidates(*source_of(source), pairs, sheet=sheet)
        report = import_use_cases(
            workshop, candidates, strict=strict, dry_run=dry_run, similar=checked_choice(similar)
        )
    if as_json:
        out_json(document(report))
    else:
        print_report(report)


def document(report: ImportReport) -> dict[str, Any]:
    """What ``import --json`` prints."""
    return {
        "added": report.added,
        "duplicates": [_met(each) for each in report.duplicates],
        "similar": [_met(each) for each in report.similar],
        "refused": [{"row": each.row, "reason": each.reason} for each in report.refused],
        "mapping": [{"field": field, "column": column} for field, column in report.mapping],
        "dry_run": report.dry_run,
        "near": [_near(each) for each in report.near],
        "merged": [_near(each) for each in report.merged],
        "skipped": [_near(each) for each in report.skipped],
        "sheet": report.sheet or None,
        "above_header": report.above,
    }


def print_report(report: ImportReport) -> None:
    """The report for people: the sum on stderr, the rows that want a look on stdout."""
    columns = ", ".join(f"{field} from “{column}”" for field, column in report.mapping)
    if columns:
        say(f"Read {columns}.")
    if report.above:
        say(f"Not read: {counted(report.above, 'row')} above the header.")
    if len(report.sheets) > 1:
        others = [each for each in report.sheets if each != report.sheet]
        say(f"Of the workbook, the sheet “{report.sheet}”; --sheet reads another: {listed(others)}.")
    verb = "Would add" if report.dry_run else "Added"
    alike = len(report.similar) + len(report.near)
    say(
        f"{verb} {counted(report.added, 'use case')}; "
        f"skipped {counted(len(report.duplicates), 'duplicate')}, "
        f"refused {counted(len(report.refused), 'row')}; "
        f"{alike:,} resemble another by title: {_became(report, alike)}."
    )
    _rows("Duplicates, skipped", [f"row {m.row}: {m.title} ({_other(m)})" for m in report.duplicates])
    what = {each.row: "merged" for each in report.merged} | {each.row: "skipped" for each in report.skipped}
    _rows(
        "Same title",
        [f"row {m.row}: {m.title} ({_other(m)}), {what.get(m.row, 'kept')}" for m in report.similar],
    )
    _rows(
        "Almost the same title",
        [
            f"row {n.row}: {n.title} ({_other(n)} {n.of_title}, {n.likeness} % alike), {what.get(n.row, 'kept')}"
            for n in report.near
        ],
    )
    _rows("Refused", [f"row {r.row}: {r.reason}" for r in report.refused])


def _rows(title: str, lines: list[str]) -> None:
    if not lines:
        return
    out(f"{title}:")
    for line in lines[:MOST_LINES]:
        out(f"  {line}")
    if len(lines) > MOST_LINES:
        out(f"  … and {len(lines) - MOST_LINES:,} more; --json lists all.")


def _other(met: Met | Near) -> str:
    if met.of_number is not None:
        return f"as #{met.of_number}"
    return f"as row {met.of_row}"


def _became(report: ImportReport, alike: int) -> str:
    merged, skipped = len(report.merged), len(report.skipped)
    return f"kept {alike - merged - skipped:,}, merged {merged:,}, skipped {skipped:,}"


def _near(near: Near) -> dict[str, Any]:
    return {
        "row": near.row,
        "title": near.title,
        "of": near.of,
        "of_row": near.of_row,
        "of_title": near.of_title,
        "likeness": near.likeness,
    }


def _met(met: Met) -> dict[str, Any]:
    return {"row": met.row, "title": met.title, "of": met.of, "of_row": met.of_row}


def _pair(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals or not field.strip() or not column.strip():
        raise click.UsageError(f"--map takes FIELD=COLUMN, not “{text}”; for example --map title=Name.")
    return field.strip(), column
