"""``prioritizer`` alone: where there is nothing to parse, the first screen does not wait for click."""

from __future__ import annotations


def run_home() -> int:
    """The home screen; returns the exit code."""
    from prioritizer.tui import run_app

    try:
        return run_app()
    except SystemExit:
        raise
    except BaseException as error:
        from prioritizer.cli.failures import report

        return report(error, debug=False)
