"""Copies of a session: ``merge`` and ``share``."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from prioritizer.cli.command import command, file_argument
from prioritizer.cli.failures import DONE, REFUSED
from prioritizer.cli.progress import working
from prioritizer.cli.reading import open_session
from prioritizer.cli.streams import out, out_json, say


@command(
    "merge",
    "prioritizer merge s.sqlite copy.sqlite",
    "prioritizer merge s.sqlite copy.sqlite -o both.sqlite --json",
    json=True,
)
@file_argument
@click.argument("others", metavar="OTHER...", nargs=-1, required=True, type=click.Path(readable=False))
@click.option(
    "-o",
    "--out",
    metavar="OUT",
    type=click.Path(readable=False),
    help="A new file for the result; FILE stays as it is.",
)
@click.option("--yes", is_flag=True, help="Also where more than a fifth of the use cases would go.")
def merge_command(file: str, others: tuple[str, ...], out: str | None, yes: bool, as_json: bool) -> int:
    """Bring copies of one session together.

    FILE takes in what the others have, after a backup; one undo takes it back. Where two people
    changed the same thing without knowing of each other, the later change stands and the other is
    kept to settle. Exit code 3 when a copy was refused; the sound ones are merged all the same.
    """
    from prioritizer.workshop.service import Workshop

    with working("Merging"):
        merged = Workshop.merge(file, *others, out=out, sure=yes)
    for _, reason in merged.refused:
        say(reason)
    if as_json:
        out_json(merged.document())
    else:
        say(merged.words)
        for each in merged.to_settle:
            _print(each.words, [(c.words, c.stands) for c in each.choices])
    return REFUSED if merged.refused else DONE


@command(
    "share",
    "prioritizer share s.sqlite -o for-the-board.sqlite --names remove",
    "prioritizer share s.sqlite -o everything.zip --zip",
    json=True,
)
@file_argument
@click.option(
    "-o", "--out", metavar="OUT", required=True, type=click.Path(readable=False), help="A new file."
)
@click.option(
    "--names",
    type=click.Choice(["keep", "alias", "remove"]),
    default="keep",
    show_default=True,
    help="Keep the names, call people Person 1, Person 2 and so on, or leave all names out.",
)
@click.option("--zip", "zipped", is_flag=True, help="Put it into a zip archive.")
@click.option("--yes", is_flag=True, help="Also where a note mentions somebody whose name is to go.")
def share_command(file: str, out: str, names: str, zipped: bool, yes: bool, as_json: bool) -> None:
    """Write a closed file to hand on.

    With the names kept it is the whole session and can be merged back. Otherwise it is a new
    session with fresh ids and without the history. Answers of rounds that are not revealed are in
    it either way, for whoever reads the file.
    """
    from prioritizer.workshop.sharing import Names, share, where_it_lies

    with working("Sharing"), open_session(file) as workshop:
        shared = share(workshop, Path(out), cast(Names, names), zipped=zipped, sure=yes)
    if as_json:
        out_json(
            {
                "file": str(shared.path),
                "names": shared.names,
                "mentions": list(shared.mentions),
                "unrevealed_answers": shared.unrevealed,
            }
        )
        return
    say(shared.words)
    place = where_it_lies(shared.path)
    if place is not None:
        say(place)


def _print(what: str, choices: list[tuple[str, bool]]) -> None:
    out(what)
    for words, stands in choices:
        out(f"  {'stands:' if stands else 'or:'} {words}")
