"""From an exception to one sentence on stderr and an exit code. No traceback unless asked for."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import traceback

import click

from prioritizer.cli.streams import say
from prioritizer.errors import PrioritizerError

DONE = 0
FOUND = 1
WRONG = 2
REFUSED = 3
INTERRUPTED = 130


def report(error: BaseException, *, debug: bool) -> int:
    """Says what went wrong; returns the exit code.

    Args:
        error: Whatever a command raised.
        debug: Show the traceback too.
    """
    if isinstance(error, KeyboardInterrupt | click.Abort):
        say("Interrupted; what was saved before stays saved.")
        return INTERRUPTED
    if _is_broken_pipe(error):
        _silence()
        return DONE
    if debug and not isinstance(error, click.ClickException):
        say("".join(traceback.format_exception(error)).rstrip())
    if isinstance(error, PrioritizerError):
        say(str(error))
        rescue = getattr(error, "rescue", None)
        if rescue and str(rescue) not in str(error):
            say(f"It is kept in {rescue}.")
        return error.exit_code
    if isinstance(error, click.UsageError):
        say(_usage(error))
        return WRONG
    if isinstance(error, click.ClickException):
        say(error.format_message())
        return WRONG
    _note_down(error)
    say(_unexpected(error, debug))
    return WRONG


def _usage(error: click.UsageError) -> str:
    lines = [error.format_message()]
    context = error.ctx
    if isinstance(error, click.NoSuchOption) and not error.option_name.startswith("--"):
        lines.append("A title or another text that begins with a dash goes behind `--`.")
    if context is not None:
        lines.append(f"{context.command.get_usage(context)}")
        lines.append(f"`{context.command_path} --help` has an example.")
    return "\n".join(lines)


def _unexpected(error: BaseException, debug: bool) -> str:
    if isinstance(error, OSError) and error.strerror:
        what = f"The system refused: {error.strerror}"
        if error.filename:
            what += f" ({error.filename})"
        return f"{what}."
    if isinstance(error, MemoryError):
        return "There is not enough memory for that; close other programs, or use a smaller input."
    hint = "" if debug else " Run it again with --debug to see where, and please report that."
    return f"Something unexpected went wrong ({type(error).__name__}); nothing more was written.{hint}"


def _note_down(error: BaseException) -> None:
    """Keeps the place of an error of ours in the log file; that must never fail on top of it."""
    with contextlib.suppress(Exception):
        from prioritizer.workshop.logbook import log_error

        log_error(error, "command line")


def _is_broken_pipe(error: BaseException) -> bool:
    return isinstance(error, BrokenPipeError) or (
        isinstance(error, OSError) and error.errno in (errno.EPIPE, errno.ESHUTDOWN)
    )


def _silence() -> None:
    """Lets the interpreter flush into nothing when it ends: the reader has gone."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # a captured stdout has no file behind it
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
