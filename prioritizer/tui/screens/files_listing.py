"""What a folder holds, for choosing a file: folders first, and only the files that fit."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

_QUOTED = re.compile(r"""(['"])((?:[/~]|[A-Za-z]:[\\/]).*)\1$""")

MOST = 2_000
"""Entries of one folder that are listed; more would only be scrolled past."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the listing."""

    name: str
    folder: bool
    size: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """A folder as it is now."""

    folder: str
    entries: tuple[Entry, ...]
    problem: str = ""
    """Why it could not be read, in a few words."""


def meant(typed: str) -> str:
    """The path that somebody means: ``~`` is their home, a second path begins anew.

    What is typed or dropped behind a path that stood there already is the one that counts:
    ``/home/me//data/x.csv`` is ``/data/x.csv``. Terminals quote what is dropped on them.
    """
    text = typed.strip()
    quoted = _QUOTED.search(text)
    if quoted is not None:
        text = quoted[2]
    elif os.sep == "/":
        text = text.replace("\\ ", " ")
        for again in ("//", "/~"):
            place = text.rfind(again)
            if place >= 0:
                text = text[place + 1 :]
    return os.path.expanduser(text)  # noqa: PTH111  # Path would drop the last separator


def parted(typed: str) -> tuple[str, str]:
    """(folder, beginning of a name) of a path as typed."""
    text = meant(typed)
    head, tail = os.path.split(text)
    return (head or ".", tail) if text else (str(Path.home()), "")


def list_folder(folder: str, suffixes: Collection[str]) -> Listing:
    """Reads a folder; may wait for a slow disk.

    Args:
        folder: Path of the folder.
        suffixes: Endings of files to show, in small letters; all files if empty.
    """
    found: list[Entry] = []
    try:
        with os.scandir(folder) as entries:
            for each in entries:
                if each.name.startswith("."):
                    continue
                entry = _entry(each, suffixes)
                if entry is not None:
                    found.append(entry)
                if len(found) >= MOST:
                    break
    except OSError as error:
        return Listing(folder, (), error.strerror or "it cannot be read")
    found.sort(key=lambda e: (not e.folder, e.name.casefold()))
    return Listing(folder, tuple(found))


def _entry(each: os.DirEntry[str], suffixes: Collection[str]) -> Entry | None:
    try:
        if each.is_dir():
            return Entry(each.name, True)
        if not each.is_file() or (suffixes and Path(each.name).suffix.lower() not in suffixes):
            return None
        return Entry(each.name, False, each.stat().st_size)
    except OSError:
        return None  # gone between the two looks


def matching(entries: Collection[Entry], begun: str) -> list[Entry]:
    """Entries for what was typed: those that begin so first, then those that hold it."""
    word = begun.casefold()
    if not word:
        return list(entries)
    begins = [e for e in entries if e.name.casefold().startswith(word)]
    holds = [e for e in entries if word in e.name.casefold() and e not in begins]
    return begins + holds


def size_words(size: int) -> str:
    """A file size for a person."""
    if size < 1_000:
        return f"{size} B"
    return f"{size // 1_000:,} kB" if size < 1_000_000 else f"{size // 1_000_000:,} MB"
