"""Writing to the terminal: data to stdout, words to stderr, never a control character.

A session is cleaned when it enters; whatever is printed passes here once more, because
a terminal obeys what it is given.
"""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO

NARROWEST_TABLE = 72
"""Columns below which a table would be cut to pieces; linear text is printed instead."""


def out(text: str = "") -> None:
    """Prints data to stdout."""
    _write(sys.stdout, _safe(text))


def say(text: str) -> None:
    """Prints a message to stderr."""
    _write(sys.stderr, _safe(text))


def out_json(document: Any) -> None:
    """Prints the one JSON document of a command to stdout.

    Text that a terminal might obey is escaped, not replaced: a script reads what stands
    in the session, to the letter.
    """
    import json

    # Indented for eyes only: a long ranking takes three times as long to write that way.
    indent = 2 if sys.stdout.isatty() else None
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=indent)
    if not text.replace("\n", "").isprintable() or not _speaks_utf8(sys.stdout):
        text = json.dumps(document, ensure_ascii=True, allow_nan=False, indent=indent)
    _write(sys.stdout, text)


def out_source(text: str) -> None:
    """Prints the text of a preset as it stands."""
    _write(sys.stdout, _safe(text.rstrip("\n")))


def table_width(plain: bool) -> int | None:
    """Columns for a table, or none where linear text serves the reader better."""
    if plain or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return None
    if not sys.stdout.isatty():
        return None
    import shutil

    columns = shutil.get_terminal_size((80, 24)).columns
    return columns if columns >= NARROWEST_TABLE else None


def is_terminal() -> bool:
    """Whether the app can be shown and typed into."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _safe(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    from prioritizer.text.clean import clean_text

    return clean_text(text, limit=len(text) + 1)


def _write(stream: TextIO, text: str) -> None:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if not _speaks_utf8(stream):
        text = text.encode(encoding, "replace").decode(encoding)
    stream.write(text + "\n")


def _speaks_utf8(stream: TextIO) -> bool:
    return (getattr(stream, "encoding", None) or "utf-8").casefold().replace("-", "") in ("utf8", "utf8sig")
