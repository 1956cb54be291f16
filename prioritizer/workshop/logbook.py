"""The log file: what went wrong inside the program, for whoever mends it.

It holds times, kinds of error and places in our code; never a title, a name or an answer,
which is why no message of an exception is written either: it may quote them.
"""

from __future__ import annotations

import logging
import os
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from prioritizer.workshop.settings import config_folder

FILE_NAME = "prioritizer.log"
_BYTES = 256_000
_FRAMES = 12


def log_path() -> Path:
    """Where the log file is; beside the settings when ``PRIORITIZER_CONFIG`` moved them."""
    if os.environ.get("PRIORITIZER_CONFIG"):
        return config_folder() / FILE_NAME
    from platformdirs import user_log_path

    return user_log_path("prioritizer", appauthor=False) / FILE_NAME


def log_error(error: BaseException, where: str) -> None:
    """Writes down the kind of an error and the places it went through.

    Args:
        error: Any exception; its message is left out.
        where: Id of the action, or another word of ours.
    """
    lines = [f"{where}: {_kinds(error)}"]
    for frame in traceback.extract_tb(error.__traceback__)[-_FRAMES:]:
        lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
    try:
        path = log_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=2, encoding="utf-8")
    except OSError:
        return  # a log that cannot be written must not make matters worse
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    record = logging.LogRecord("prioritizer", logging.ERROR, "", 0, "%s", ("\n".join(lines),), None)
    try:
        handler.emit(record)
    finally:
        handler.close()


def _kinds(error: BaseException) -> str:
    """``NotSaved < OSError(28)``: the error and what it came from."""
    found: list[str] = []
    each: BaseException | None = error
    while each is not None and len(found) < 5:
        number = f"({each.errno})" if isinstance(each, OSError) and each.errno else ""
        found.append(type(each).__name__ + number)
        each = each.__cause__
    return " < ".join(found)
