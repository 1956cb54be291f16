"""The terminal app."""

from __future__ import annotations

from contextlib import AbstractContextManager


def run_app(
    path: str | None = None,
    *,
    stage: str | None = None,
    meanwhile: AbstractContextManager[None] | None = None,
) -> int:
    """Runs the app; see `prioritizer.tui.run.run_app`."""
    from prioritizer.tui.run import run_app as run

    return run(path, stage=stage, meanwhile=meanwhile)


def run_present(path: str) -> int:
    """Runs the projector's window; see `prioritizer.tui.present.run_present`."""
    from prioritizer.tui.present import run_present as run

    return run(path)
