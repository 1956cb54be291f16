"""From the shell into the app and back: what refuses to start, and what is said when it broke."""

from __future__ import annotations

import gc
from contextlib import AbstractContextManager, nullcontext

from prioritizer.errors import PrioritizerError
from prioritizer.machine import one_thread
from prioritizer.tui.actions.base import STAGE_IDS
from prioritizer.tui.terminal import check_terminal


def run_app(
    path: str | None = None,
    *,
    stage: str | None = None,
    meanwhile: AbstractContextManager[None] | None = None,
) -> int:
    """Runs the app until it is left.

    Args:
        path: A session file; none for the home screen.
        stage: Id of the stage to show first.
        meanwhile: Holds while the file is opened, before there is a screen: says that it takes its time.

    Returns:
        The exit code.

    Raises:
        PrioritizerError: The terminal cannot show it, the file is refused, or the app broke.
    """
    check_terminal()
    if stage is not None and stage not in STAGE_IDS:
        raise PrioritizerError(f"There is no stage of that name; there are {', '.join(STAGE_IDS)}.")
    # What is loaded now stays: looking for garbage in it would cost a tenth of the time to the
    # first paint, and again at every later search. The app turns it on when it is there.
    gc.disable()
    one_thread()
    from prioritizer.tui.app import PrioritizerApp, open_workshop

    # A refused file is a sentence in the shell, not a screen that appears and goes.
    with meanwhile or nullcontext():
        workshop = open_workshop(path) if path is not None else None
    app = PrioritizerApp(stage=stage, workshop=workshop)
    try:
        result = app.run()
    finally:
        gc.enable()
    if app._exception is not None:
        raise _broken(app._exception) from app._exception
    return result if result is not None else 0


def _broken(error: Exception) -> PrioritizerError:
    from prioritizer.workshop.logbook import log_path

    return PrioritizerError(
        f"The app made a mistake of its own and had to stop ({type(error).__name__}). Everything that was shown "
        f"as saved is in the file: open it again. Where it happened stands in {log_path()}."
    )
