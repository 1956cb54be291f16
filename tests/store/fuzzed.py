"""Opens damaged files, with a limit on its memory: ``python -m tests.store.fuzzed FOLDER SEED COUNT``.

Prints how many were refused, opened, and opened with findings of ``check``. Anything but one of
the errors that are promised, or a log other than the one that was written, ends it with a traceback.
"""

from __future__ import annotations

import random
import resource
import shutil
import signal
import sys
from collections import Counter
from pathlib import Path

from prioritizer.errors import NotSaved, SessionBusy, SessionRefused
from prioritizer.store import Entry, Ref, Store, inspect, read_copy
from prioritizer.store.salvage import repair

MEMORY = 1_500_000_000
SECONDS = 60
"""Longer than any of this takes on a machine that does ten other things."""


def damage(data: bytearray, draw: random.Random) -> bytearray:
    """One kind of damage, somewhere."""
    kind = draw.randrange(8)
    at = draw.randrange(len(data))
    if kind <= 2:
        for _ in range(draw.choice((1, 1, 2, 8))):
            data[draw.randrange(len(data))] = draw.randrange(256)
    elif kind == 3:  # the heads of pages are where structure is
        page = draw.randrange(len(data) // 4096) * 4096
        data[page + draw.randrange(12)] = draw.randrange(256)
    elif kind == 4:
        size = draw.choice((16, 64, 512, 4096))
        data[at : at + size] = draw.randbytes(min(size, len(data) - at))
    elif kind == 5:
        del data[at:]
    elif kind == 6:  # a page in the place of another
        one, other = (draw.randrange(len(data) // 4096) * 4096 for _ in range(2))
        data[one : one + 4096] = data[other : other + 4096]
    else:
        data[at : at + 256] = bytes(min(256, len(data) - at))
    return data


def attempt(path: Path, out: Path, log: dict[Ref, Entry]) -> str:
    """What became of one file."""
    outcome = "opened"
    try:
        with Store.open(path) as store:
            store.load()
            assert all(log[entry.ref] == entry for entry in store.history())
            if store.check():
                outcome = "found"
    except (SessionRefused, SessionBusy):
        outcome = "refused"
    try:
        assert all(log[entry.ref] == entry for entry in read_copy(path).log)
        if inspect(path) and outcome == "opened":
            outcome = "found"
    except (SessionRefused, SessionBusy):
        assert outcome != "opened"
    try:
        repair(path, out)
        assert inspect(out) == []
    except (SessionRefused, NotSaved):
        pass
    finally:
        out.unlink(missing_ok=True)
    return outcome


def main() -> None:
    folder, seed, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    whole = (folder / "whole.sqlite").read_bytes()
    log = {entry.ref: entry for entry in read_copy(folder / "whole.sqlite").log}
    outcomes: Counter[str] = Counter()
    path = folder / "damaged.sqlite"
    for number in range(seed, seed + count):
        draw = random.Random(number)
        path.write_bytes(damage(bytearray(whole), draw))
        if draw.randrange(6) == 0:
            shutil.copyfile(folder / "old.sqlite-journal", f"{path}-journal")
        signal.alarm(SECONDS)  # ends the process, which is what a hang deserves
        try:
            outcomes[attempt(path, folder / "out.sqlite", log)] += 1
        except BaseException:
            print(f"seed {number}", file=sys.stderr)
            raise
        Path(f"{path}-journal").unlink(missing_ok=True)
    signal.alarm(0)
    print(f"{outcomes['refused']} refused, {outcomes['opened']} opened, {outcomes['found']} found by check")


if __name__ == "__main__":
    main()
