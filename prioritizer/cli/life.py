"""The file's life: ``undo``, ``redo``, ``history``, ``check``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from prioritizer.cli.command import command, file_argument
from prioritizer.cli.failures import DONE, FOUND
from prioritizer.cli.reading import open_session
from prioritizer.cli.streams import out, out_json, say
from prioritizer.cli.words import count


@command("undo", "prioritizer undo s.sqlite", json=True)
@file_argument
def undo_command(file: str, as_json: bool) -> None:
    """Take the last action back.

    Undo reaches back to the first keystroke, across restarts. Exit code 2 when there is nothing left.
    """
    with open_session(file) as workshop:
        done = workshop.submit_undo().result()
    if as_json:
        out_json({"undone": done.words, "skipped": done.skipped})
    else:
        say(f"Undid {done.words}.{_left_alone(done.skipped)}")


@command("redo", "prioritizer redo s.sqlite", json=True)
@file_argument
def redo_command(file: str, as_json: bool) -> None:
    """Do again what was undone last."""
    with open_session(file) as workshop:
        done = workshop.submit_redo().result()
    if as_json:
        out_json({"redone": done.words, "skipped": done.skipped})
    else:
        say(f"Did again {done.words}.{_left_alone(done.skipped)}")


@command("history", "prioritizer history s.sqlite --last 10", json=True)
@file_argument
@click.option("--last", metavar="N", type=click.IntRange(min=1), help="Only the last N actions.")
def history_command(file: str, last: int | None, as_json: bool) -> None:
    """List what was done, oldest first.

    Times are local here, and UTC with --json. Answers of rounds that are not revealed never show.
    """
    with open_session(file) as workshop:
        entries = workshop.history()
    entries = entries[-last:] if last is not None else entries
    if as_json:
        rows = [{"time": e.time, "kind": e.kind, "words": e.words, "verb": e.verb} for e in entries]
        out_json({"history": rows})
        return
    if not entries:
        say("Nothing has been done in this session yet.")
    for entry in entries:
        out(f"{_local(entry.time)}  {entry.verb + ' ' if entry.verb else ''}{entry.words}")


@command("check", "prioritizer check s.sqlite", json=True)
@file_argument
def check_command(file: str, as_json: bool) -> int:
    """Check that a session file is sound.

    SQLite's own checks, the checksums of the log, and that the tables equal a replay of it. Exit
    code 1 when something is wrong, 3 when the file cannot even be opened.
    """
    from prioritizer.workshop.importing import check_file

    findings = check_file(Path(file))
    if as_json:
        out_json({"findings": findings})
        return FOUND if findings else DONE
    for finding in findings:
        out(finding)
    say("Something is wrong with this file; open a backup of it." if findings else "The file is sound.")
    return FOUND if findings else DONE


def _left_alone(fields: int) -> str:
    """What an undo could not take back because a later edit owns it."""
    return f" {count(fields, 'field')} changed since and stayed." if fields else ""


def _local(time: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(time)
    except ValueError:
        return time
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")
