"""``present``: the session on the wall, in a second window."""

from __future__ import annotations

from prioritizer.cli.command import command, file_argument
from prioritizer.cli.sessions import NO_TERMINAL
from prioritizer.cli.streams import is_terminal
from prioritizer.errors import PrioritizerError


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
