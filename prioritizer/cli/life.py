"""The file's life: ``undo``, ``redo``, ``history``, ``check``, ``restore``."""

from __future__ import annotations

from pathlib import Path

import click

from prioritizer.cli.command import command, file_argument
from prioritizer.cli.failures import DONE, FOUND
from prioritizer.cli.reading import open_session
from prioritizer.cli.streams import out as out_line
from prioritizer.cli.streams import out_json, say, table_width
from prioritizer.text.moments import local_time
from prioritizer.text.phrases import counted


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


@command(
    "history",
    "prioritizer history s.sqlite --last 10",
    "prioritizer history s.sqlite --kind rate --search triage",
    json=True,
    plain=True,
)
@file_argument
@click.option("--last", metavar="N", type=click.IntRange(min=1), help="Only the last N of them.")
@click.option(
    "--kind",
    "kinds",
    metavar="K",
    multiple=True,
    help="Only this kind, such as add or rate; may be repeated.",
)
@click.option("--search", metavar="TEXT", help="Only actions whose words hold this text.")
def history_command(
    file: str, last: int | None, kinds: tuple[str, ...], search: str | None, as_json: bool, plain: bool
) -> None:
    """List what was done, oldest first.

    Times are local here, and UTC with --json. Answers of rounds that are not revealed never show.
    """
    with open_session(file) as workshop:
        entries = workshop.history()
    wanted = (search or "").casefold()
    narrowed = bool(kinds or wanted)
    entries = [e for e in entries if (not kinds or e.kind in kinds) and wanted in e.words.casefold()]
    entries = entries[-last:] if last is not None else entries
    if as_json:
        rows = [{"time": e.time, "kind": e.kind, "words": e.words, "verb": e.verb} for e in entries]
        out_json({"history": rows})
        return
    if not entries:
        say("No action is like that." if narrowed else "Nothing has been done in this session yet.")
    parting = ": " if table_width(plain) is None else "  "
    for entry in entries:
        out_line(f"{local_time(entry.time)}{parting}{entry.verb + ' ' if entry.verb else ''}{entry.words}")


@command(
    "check",
    "prioritizer check s.sqlite",
    "prioritizer check s.sqlite --repair -o mended.sqlite",
    "prioritizer check s.sqlite --backups",
    json=True,
)
@file_argument
@click.option(
    "--repair", is_flag=True, help="Write a new file with all that can be saved; FILE stays as it is."
)
@click.option(
    "-o", "--out", metavar="OUT", type=click.Path(readable=False), help="With --repair: the new file."
)
@click.option("--backups", is_flag=True, help="List the backups of FILE, the newest first.")
def check_command(file: str, repair: bool, out: str | None, backups: bool, as_json: bool) -> int:
    """Check that a session file is sound.

    SQLite's own checks, the checksums of the log, and that the tables equal a replay of it. Exit
    code 1 when something is wrong, 3 when the file cannot even be opened.
    """
    if repair and backups:
        raise click.UsageError("--repair and --backups exclude each other.")
    if out is not None and not repair:
        raise click.UsageError("-o names the new file of --repair; leave it out without.")
    if repair:
        return _repair(Path(file), None if out is None else Path(out), as_json)
    if backups:
        return _backups(file, as_json)
    from prioritizer.workshop.importing import check_file

    findings = check_file(Path(file))
    if as_json:
        out_json({"findings": findings})
        return FOUND if findings else DONE
    for finding in findings:
        out_line(finding)
    say(
        "Something is wrong with this file; open a backup of it, or save what can be saved with --repair."
        if findings
        else "The file is sound."
    )
    return FOUND if findings else DONE


def _repair(path: Path, out: Path | None, as_json: bool) -> int:
    from prioritizer.workshop.backups import repair_file

    kept = repair_file(path, out)
    if as_json:
        out_json(
            {
                "file": str(kept.path),
                "operations": kept.operations,
                "lost": kept.lost,
                "use_cases": kept.use_cases,
                "read": list(kept.read),
            }
        )
        return DONE
    lost = f"; {counted(kept.lost, 'change')} could not be saved" if kept.lost else ", which is all of them"
    say(f"Kept {counted(kept.operations, 'change')} with {counted(kept.use_cases, 'use case')}{lost}.")
    say(f"The new file is {kept.path}; the old one is as it was.")
    return DONE


def _backups(file: str, as_json: bool) -> int:
    from prioritizer.workshop.backups import list_for

    found = list_for(file)
    if as_json:
        rows = [
            {"file": str(b.path), "time": b.time.isoformat(), "reason": b.reason, "bytes": b.size}
            for b in found
        ]
        out_json({"backups": rows})
        return DONE
    for each in found:
        out_line(f"{local_time(each.time.isoformat())}  before: {each.reason}  {each.path}")
    if not found:
        say("There is no backup of this session yet; one is made before a merge, an import and a migration.")
    return DONE


@command("restore", "prioritizer restore s.sqlite -o restored.sqlite")
@click.argument("backup", metavar="BACKUP", type=click.Path(readable=False))
@click.option(
    "-o", "--out", metavar="OUT", required=True, type=click.Path(readable=False), help="A new file."
)
def restore_command(backup: str, out: str) -> None:
    """Write a backup out as a session of its own.

    BACKUP is one that `check --backups` lists, or any sound copy. What is entered into OUT can be
    merged with the session that it comes from.
    """
    from prioritizer.workshop.backups import restore

    say(f"Restored {restore(backup, out)}.")


def _left_alone(fields: int) -> str:
    """What an undo could not take back because a later edit owns it."""
    return f" {counted(fields, 'field')} changed since and stayed." if fields else ""
