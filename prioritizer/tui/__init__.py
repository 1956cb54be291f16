"""The terminal app."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager

PAINTS = "120"
"""Most paints in a second. A key is painted when it is sent and again when it is on the disk: at Textual's own 60 the second
waits for the next sixtieth of a second, mostly longer than the disk took."""


def run_app(
    path: str | None = None,
    *,
    stage: str | None = None,
    meanwhile: AbstractContextManager[None] | None = None,
) -> int:
    """Runs the app; see `prioritizer.tui.run.run_app`."""
    _paint_often()
    from prioritizer.tui.run import run_app as run

    return run(path, stage=stage, meanwhile=meanwhile)


def run_present(path: str) -> int:
    """Runs the projector's window; see `prioritizer.tui.present.run_present`."""
    _paint_often()
    from prioritizer.tui.present import run_present as run

    return run(path)


def _paint_often() -> None:
    """Before Textual is imported, which reads it then; whoever set a number of their own keeps it."""
    os.environ.setdefault("TEXTUAL_FPS", PAINTS)
