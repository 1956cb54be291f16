"""Making, opening and showing sessions: ``demo``, ``new``, ``open``, the home screen, ``--version``."""

from __future__ import annotations

from pathlib import Path

import click

from prioritizer.cli import complete
from prioritizer.cli.command import command, file_argument
from prioritizer.cli.progress import working
from prioritizer.cli.streams import is_terminal, out, out_json, say
from prioritizer.errors import PrioritizerError, SessionRefused

NO_TERMINAL = "The app needs a terminal for both input and output."


@command(
    "demo",
    "prioritizer demo s.sqlite --no-open",
    json=True,
)
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(readable=False))
@click.option("--no-open", is_flag=True, help="Only write the file.")
def demo_command(file: str | None, no_open: bool, as_json: bool) -> int:
    """Write the sample session and open it.

    Twelve use cases, all rated. Without FILE a new file is made in your data folder.
    """
    no_open = no_open or as_json
    if not no_open:
        _need_terminal("Add --no-open to only write the sample session.")
    from prioritizer.workshop.sample import create_sample, sample_path

    with create_sample(Path(file) if file is not None else sample_path()) as workshop:
        path, number, session = workshop.path, len(workshop.use_cases), workshop.snapshot.id
    if as_json:
        out_json({"file": str(path), "session": session, "use_cases": number})
        return 0
    say(f"The sample session with {number} use cases is in {path}.")
    return 0 if no_open else _run_app(str(path), "rank")


@command(
    "new",
    'prioritizer new my.sqlite --title "Which one do we pilot first?"',
    "prioritizer new quick.sqlite --preset pilot-first-quick --from ideas.csv",
    "prioritizer new again.sqlite --from session.json",
    json=True,
)
@file_argument
@click.option(
    "--preset",
    shell_complete=complete.presets,
    metavar="ID|PATH",
    default="pilot-first",
    show_default=True,
    help="What is asked and ranked by.",
)
@click.option("--title", metavar="T", default="", help="Title of the session; the file's name if left out.")
@click.option(
    "--from",
    "source",
    metavar="SOURCE",
    help="Fill it with use cases, as `import` does, or with all of a session.json; - is stdin.",
)
def new_command(file: str, preset: str, title: str, source: str | None, as_json: bool) -> None:
    """Create a session.

    FILE must not exist yet. Show the presets with `prioritizer presets list`.
    """
    from prioritizer.cli.imports import document, print_report
    from prioritizer.cli.reading import source_of
    from prioritizer.workshop.importing import import_use_cases, read_candidates
    from prioritizer.workshop.service import Workshop

    # Read once: stdin gives what it has a single time.
    given = None if source is None else source_of(source)
    if given is not None and _restored(file, preset, title, given, as_json):
        return
    # Before the file is made: a source that cannot be read leaves no empty session behind.
    candidates = None if given is None else read_candidates(*given)
    with working("Importing"), Workshop.create(file, preset=preset, title=title) as workshop:
        report = None if candidates is None else import_use_cases(workshop, candidates)
        session = workshop.snapshot
    if as_json:
        made = {"file": str(file), "session": session.id, "title": session.title, "preset": session.preset.id}
        out_json(made if report is None else {**made, "import": document(report)})
        return
    say(f"Created {file} (“{session.title}”, preset {session.preset.id}).")
    if report is not None:
        print_report(report)
    say("Open it with `prioritizer open`, or go on with `prioritizer add`.")


def _restored(file: str, preset: str, title: str, given: tuple[Path | bytes, str], as_json: bool) -> bool:
    """Makes the session of a whole-session JSON; whether SOURCE was one."""
    from prioritizer.workshop.importing import read_document
    from prioritizer.workshop.restoring import restore

    document = read_document(*given)
    if document is None:
        return False
    context = click.get_current_context()
    if context.get_parameter_source("preset") is click.core.ParameterSource.COMMANDLINE:
        raise click.UsageError(f"{given[1]} carries its own preset; leave --preset out.")
    with working("Importing"), restore(file, document, title=title) as workshop:
        session, number = workshop.snapshot, len(workshop.use_cases)
    if as_json:
        made = {"file": str(file), "session": session.id, "title": session.title, "preset": session.preset.id}
        out_json({**made, "use_cases": number})
    else:
        words = f"Created {file} (“{session.title}”, preset {session.preset.id})"
        say(f"{words} with {number} use cases and all their answers.")
    return True


@command("open", "prioritizer open s.sqlite")
@file_argument
def open_command(file: str) -> int:
    """Open a session in the app."""
    # Only a look at the name: the app opens the file itself, and says why it refuses it.
    path = Path(file)
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False
    if not there:
        raise SessionRefused(f"“{file}” does not exist. Check the name, or create it with `prioritizer new`.")
    if not is_terminal():
        from prioritizer.workshop.service import Workshop

        Workshop.open(file).close()  # a script that opens the wrong file learns that first
        _need_terminal("Use `prioritizer rank` or `prioritizer list` in a script.")
    return _run_app(file)


@command("present", "prioritizer present s.sqlite")
@file_argument
def present_command(file: str) -> int:
    """Show a session on a projector, in a second terminal.

    Follows the session within a second and never writes to it: the question while a round is open and how
    many have answered, the distribution after the reveal, else the ranking, and the time that
    is left. No names; large letters. It goes on by itself when the app ends and is opened again.
    """
    if not is_terminal():
        from prioritizer.workshop.presenting import Presenter

        presenter = Presenter(file)
        try:
            presenter.first_look()  # a script that names the wrong file learns that first
        finally:
            presenter.close()
        raise PrioritizerError(f"{NO_TERMINAL} Use `prioritizer rank` in a script.")
    from prioritizer.tui import run_present

    return run_present(file)


def open_home() -> int:
    """The home screen: recent sessions, new, sample."""
    _need_terminal("`prioritizer --help` lists the commands for scripts.")
    return _run_app(None)


def print_version() -> None:
    """Our version, the file format's and SQLite's."""
    import sqlite3

    from prioritizer import __version__
    from prioritizer.workshop.exporting import file_format

    out(f"prioritizer {__version__}, file format {file_format()}, SQLite {sqlite3.sqlite_version}")


def _run_app(path: str | None, stage: str | None = None) -> int:
    from prioritizer.tui import run_app

    return run_app(path, stage=stage, meanwhile=working("Opening") if path else None)


def _need_terminal(instead: str) -> None:
    if not is_terminal():
        raise PrioritizerError(f"{NO_TERMINAL} {instead}")
