"""The command line: thin click commands over the workshop service.

Nothing heavy is loaded before a command needs it, so that ``--help`` answers at once.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    from prioritizer.cli.streams import is_terminal
    from prioritizer.machine import one_thread

    one_thread()
    if len(sys.argv) == 1 and "_PRIORITIZER_COMPLETE" not in os.environ and is_terminal():
        from prioritizer.cli.home import run_home

        sys.exit(run_home())
    from prioritizer.cli.app import app

    app.main(prog_name="prioritizer")
