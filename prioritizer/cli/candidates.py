"""Collecting from a script: ``add`` and ``list``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prioritizer.cli.command import command, file_argument
from prioritizer.cli.reading import open_session
from prioritizer.cli.streams import out, out_json, say, table_width

if TYPE_CHECKING:
    from prioritizer.model.session import Snapshot, UseCase


@command(
    "add",
    'prioritizer add s.sqlite "Meeting minutes to action items" --task "Draft the list; the chair sends it."',
    'prioritizer add s.sqlite "Expense receipt check" --tag finance --tag checking',
    json=True,
)
@file_argument
@click.argument("title", metavar="TITLE")
@click.option("--task", metavar="T", default="", help="What is done, and who decides.")
@click.option("--tag", "tags", metavar="T", multiple=True, help="A tag; may be given more than once.")
@click.option("--note", metavar="N", default="", help="Anything else worth keeping.")
def add_command(file: str, title: str, task: str, tags: tuple[str, ...], note: str, as_json: bool) -> None:
    """Add a use case."""
    with open_session(file) as workshop:
        made = workshop.add_use_case(title, task, tags=tags, note=note)
    if as_json:
        out_json(document(made))
    else:
        say(f"Added #{made.number} “{made.title}”.")


@command(
    "list",
    "prioritizer list s.sqlite",
    "prioritizer list s.sqlite --tag finance --search invoice --json",
    json=True,
    plain=True,
)
@file_argument
@click.option(
    "--tag", "tags", metavar="T", multiple=True, help="Only those with this tag; all of them if repeated."
)
@click.option("--search", metavar="TEXT", help="Only those with this text in title, task, note or tags.")
@click.option("--parked", is_flag=True, help="Only the parking lot.")
@click.option("--all", "everything", is_flag=True, help="Also those that were parked or merged into another.")
def list_command(
    file: str,
    tags: tuple[str, ...],
    search: str | None,
    parked: bool,
    everything: bool,
    as_json: bool,
    plain: bool,
) -> None:
    """List the use cases with their numbers."""
    if parked and everything:
        raise click.UsageError("--parked and --all exclude each other.")
    with open_session(file) as workshop:
        snapshot = workshop.snapshot
    found = [u for u in _chosen(snapshot, parked, everything) if _has_tags(u, tags) and _has_text(u, search)]
    if as_json:
        out_json({"use_cases": [document(u) for u in found]})
        return
    if not found:
        narrowed = bool(tags or search or parked)
        say("None is like that." if narrowed else "There is no use case yet; add one with `prioritizer add`.")
        return
    width = table_width(plain)
    if width is None:
        for use_case in found:
            out(_line(use_case))
        return
    from prioritizer.cli.tables import Column, table

    columns = [Column("#", align="right"), Column("title", share=3), Column("tags", share=2), Column("")]
    rows = [[str(u.number), u.title, ", ".join(u.tags), _state(u)] for u in found]
    for line in table(columns, rows, width):
        out(line)


def document(use_case: UseCase) -> dict[str, Any]:
    """A use case for ``--json``."""
    return {
        "id": use_case.id,
        "number": use_case.number,
        "title": use_case.title,
        "task": use_case.task,
        "note": use_case.note,
        "tags": list(use_case.tags),
        "systems": None if use_case.systems is None else list(use_case.systems),
        "logins": use_case.logins,
        "cases_month": use_case.cases_month,
        "minutes_each": use_case.minutes_each,
        "slice": use_case.slice,
        "parent": use_case.parent,
        "parked": use_case.parked,
        "merged_into": use_case.merged_into,
    }


def _chosen(snapshot: Snapshot, parked: bool, everything: bool) -> list[UseCase]:
    if parked:
        return list(snapshot.parked())
    if everything:
        return [u for u in snapshot.use_cases.values() if u.title and not u.deleted]
    return list(snapshot.live())


def _has_tags(use_case: UseCase, tags: tuple[str, ...]) -> bool:
    from prioritizer.text.clean import clean_text

    own = {tag.casefold() for tag in use_case.tags}
    return all(clean_text(tag, limit=200, lines=False).casefold() in own for tag in tags)


def _has_text(use_case: UseCase, search: str | None) -> bool:
    if not search:
        return True
    from prioritizer.text.clean import clean_text

    sought = clean_text(search, limit=500, lines=False).casefold()
    return any(
        sought in text.casefold() for text in (use_case.title, use_case.task, use_case.note, *use_case.tags)
    )


def _line(use_case: UseCase) -> str:
    tags = f" [{', '.join(use_case.tags)}]" if use_case.tags else ""
    state = f" ({state})" if (state := _state(use_case)) else ""
    return f"#{use_case.number} {use_case.title}{tags}{state}"


def _state(use_case: UseCase) -> str:
    if use_case.merged_into:
        return "merged"
    return "parked" if use_case.parked else ""
