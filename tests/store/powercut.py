"""A model of a power cut: what a disk may hold after it, from a recording of the system calls.

Between two syncs of a file each 512-byte sector of each write may have reached the disk or not, in
any order; a file's name may have come or gone, until its folder is synced.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from prioritizer.errors import PrioritizerError
from tests.store.support import create
from tests.store.test_kill import complaints

SECTOR = 512
_TRACED = "openat,pwrite64,ftruncate,fdatasync,fsync,unlink,write"
_LINE = re.compile(r"^(\d+) +(.*)$")
"""strace pads the number of a process to five places: below 10,000 two blanks follow it, not one."""
_CALL = re.compile(r"^(\w+)\((.*)\) += (\d+)(?:<(.*)>)?$")
_BEGUN = " <unfinished ...>"
_RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(.*)$")
_FD = re.compile(r'^\d+<([^>]*)>(?:, "([^"]*)", (\d+)(?:, (\d+))?|, (\d+))?$')


@dataclass(slots=True)
class Event:
    """One thing that happened to the session's files, or an acknowledgement."""

    what: Literal["create", "write", "truncate", "sync", "unlink", "folder", "acknowledged"]
    file: str = ""
    at: int = 0
    data: bytes = b""


def record(folder: Path, how: str, edits: int) -> tuple[bytes, list[Event]]:
    """The file before, and all that a writing process does to it."""
    path = folder / "a.sqlite"
    create(path).close()
    before = path.read_bytes()
    trace, said = folder / "trace", folder / "acknowledged"
    with said.open("wb") as stdout:
        subprocess.run(
            [
                *("strace", "-f", "-qq", "-y", "-xx", "-s", "10000000", "-o", str(trace)),
                *("-e", f"trace={_TRACED}"),
                *(part for p in (path, f"{path}-journal", folder, said) for part in ("-P", str(p))),
                *(sys.executable, "-m", "tests.store.killed", str(path), "1", how, str(edits)),
            ],
            stdout=stdout,
            check=True,
        )
    events = [e for call in calls(trace.read_text()) if (e := _event(call, path, said)) is not None]
    assert [e.at for e in events if e.what == "acknowledged"] == list(range(1, edits + 1)), trace.read_text()[
        -2000:
    ]
    return before, events


def calls(trace: str) -> list[str]:
    """The calls of a recording, one a line, whoever made them and however often strace was interrupted."""
    found: list[str] = []
    begun: dict[str, str] = {}
    for line in trace.splitlines():
        parts = _LINE.match(line)
        if parts is None:
            continue
        process, call = parts[1], parts[2]
        if call.endswith(_BEGUN):
            begun[process] = call.removesuffix(_BEGUN)
            continue
        resumed = _RESUMED.match(call)
        found.append(call if resumed is None else begun.pop(process, "") + resumed[1])
    return found


def _event(call_line: str, path: Path, said: Path) -> Event | None:
    matched = _CALL.match(call_line)
    if matched is None:
        return None
    call, arguments = matched[1], matched[2]
    journal = Path(f"{path}-journal")
    if call == "openat":
        created = "O_CREAT" in arguments and _text(matched[4] or "") == str(journal)
        return Event("create", "journal") if created else None
    if call == "unlink":
        return Event("unlink", "journal") if _text(arguments.strip('"')) == str(journal) else None
    parts = _FD.match(arguments)
    if parts is None:
        return None
    name = _text(parts[1])
    file = {str(path): "main", str(journal): "journal", str(path.parent): "folder"}.get(name, "")
    if name == str(said) and call == "write":
        text = _bytes(parts[2]).strip()
        return Event("acknowledged", at=int(text)) if text.isdigit() else None
    if call in ("fdatasync", "fsync"):
        return Event("folder") if file == "folder" else Event("sync", file)
    if call == "ftruncate":
        return Event("truncate", file, int(parts[5]))
    if call == "pwrite64":
        return Event("write", file, int(parts[4]), _bytes(parts[2]))
    return None


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _text(text: str) -> str:
    return _bytes(text).decode() if text.startswith("\\x") else text


@dataclass
class _File:
    """A file on the disk: what is certainly there, and what may be."""

    sure: bytearray
    maybe: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.maybe:
            _apply(self.sure, event)
        self.maybe.clear()

    def after_a_cut(self, draw: random.Random) -> bytes:
        data = bytearray(self.sure)
        pieces: list[Event] = []
        for event in self.maybe:
            if event.what == "truncate":
                pieces.append(event)
                continue
            begin = event.at
            while begin < event.at + len(event.data):
                end = min((begin // SECTOR + 1) * SECTOR, event.at + len(event.data))
                pieces.append(
                    Event("write", event.file, begin, event.data[begin - event.at : end - event.at])
                )
                begin = end
        share = draw.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        for piece in pieces:  # writes of one sector keep their order
            if draw.random() < share:
                _apply(data, piece)
        return bytes(data)


def _apply(data: bytearray, event: Event) -> None:
    if event.what == "truncate":
        if len(data) > event.at:
            del data[event.at :]
        data.extend(bytes(event.at - len(data)))
        return
    data.extend(bytes(max(0, event.at + len(event.data) - len(data))))
    data[event.at : event.at + len(event.data)] = event.data


def cut(before: bytes, events: list[Event], draw: random.Random) -> tuple[bytes, bytes | None, int]:
    """The main file, the journal if there is one, and the last edit acknowledged, after a power cut."""
    end = draw.randrange(len(events) + 1)
    main = _File(bytearray(before))
    journal: _File | None = None
    names: list[_File | None] = [None]  # what the journal's name may stand for
    acknowledged = 0
    for event in events[:end]:
        if event.what == "acknowledged":
            acknowledged = event.at
        elif event.what == "create":
            if journal is None:
                journal = _File(bytearray())
                names.append(journal)
        elif event.what == "unlink":
            journal = None
            names.append(None)
        elif event.what == "folder":
            del names[:-1]
        else:
            file = main if event.file == "main" else journal
            assert file is not None
            if event.what == "sync":
                file.sync()
            else:
                file.maybe.append(event)
    beside = draw.choice(names)
    return main.after_a_cut(draw), None if beside is None else beside.after_a_cut(draw), acknowledged


def run(folder: Path, how: str, edits: int, cuts: int, seed: int) -> tuple[list[str], int]:
    """The first complaints of many power cuts, and how many edits had been acknowledged in sum."""
    before, events = record(folder, how, edits)
    draw, found, sum_of = random.Random(seed), [], 0
    path = folder / "cut.sqlite"
    for number in range(cuts):
        main, journal, last = cut(before, events, draw)
        path.write_bytes(main)
        beside = Path(f"{path}-journal")
        beside.unlink(missing_ok=True)
        if journal is not None:
            beside.write_bytes(journal)
        sum_of += last
        try:
            found += [f"cut {number}: {each}" for each in complaints(path, last)]
        except PrioritizerError as error:
            found.append(f"cut {number}: {error}")
        if found:
            break
    return found, sum_of
