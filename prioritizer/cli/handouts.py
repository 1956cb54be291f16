"""``handouts``: what the people who are invited read, bring and fill in."""

from __future__ import annotations

from pathlib import Path

import click

from prioritizer.cli.command import command, file_argument
from prioritizer.cli.progress import working
from prioritizer.cli.reading import open_session
from prioritizer.cli.streams import out, out_json, say
from prioritizer.text.phrases import counted


@command(
    "handouts",
    "prioritizer handouts s.sqlite --to invitation",
    "prioritizer handouts s.sqlite --to invitation --format html --force",
    json=True,
)
@file_argument
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    help="Folder for the files; one beside FILE, named after it, if left out.",
)
@click.option(
    "--format", "formats", metavar="F", multiple=True, help="md or html; may be repeated; both if left out."
)
@click.option("--force", is_flag=True, help="Replace earlier handouts.")
def handouts_command(
    file: str, folder: str | None, formats: tuple[str, ...], force: bool, as_json: bool
) -> None:
    """Write cards, level sheets, fact sheets for each role and paper ballots.

    They hold questions, never an answer: who reads a number first rates by it.
    """
    from prioritizer.workshop.handouts import FORMATS, export_handouts, handouts_folder

    with working("Writing"), open_session(file) as workshop:
        target = Path(folder) if folder is not None else handouts_folder(Path(file))
        paths = export_handouts(workshop, target, formats or FORMATS, force=force)
    if as_json:
        out_json({"files": [str(path) for path in paths]})
        return
    say(f"Wrote {counted(len(paths), 'file')}.")
    for path in paths:
        out(str(path))
