"""The command line: thin click commands over the workshop service.

Nothing heavy is loaded before a command needs it, so that ``--help`` answers at once.
"""

from __future__ import annotations


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    from prioritizer.cli.app import app
    from prioritizer.machine import one_thread

    one_thread()
    app.main(prog_name="prioritizer")
