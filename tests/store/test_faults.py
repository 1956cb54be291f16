"""Faults below the program: a system call that fails, a kill in it, a power cut. And that we would notice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.store import powercut
from tests.store.support import create
from tests.store.traced import CALLS, FAULTS, fault_at, has_strace

pytestmark = pytest.mark.skipif(not has_strace(), reason="strace is not installed, or this is not Linux")

SOME = [
    ("pwrite64", 1, "EIO"),
    ("pwrite64", 7, "ENOSPC"),
    ("pwrite64", 40, "SIGKILL"),
    ("fdatasync", 1, "EIO"),
    ("fdatasync", 4, "EIO"),
    ("fdatasync", 5, "SIGKILL"),
    ("fdatasync", 8, "ENOSPC"),
    ("unlink", 1, "EIO"),
    ("unlink", 2, "SIGKILL"),
    ("openat", 4, "EIO"),
]


@pytest.mark.parametrize(("call", "number", "fault"), SOME)
def test_a_fault_at_a_system_call(tmp_path: Path, call: str, number: int, fault: str) -> None:
    path = tmp_path / "a.sqlite"
    create(path).close()
    outcome = fault_at(path, call, number, fault, 6, tmp_path / "trace")
    assert outcome.reached
    assert outcome.complaints == []


@pytest.mark.long
def test_every_fault_at_every_system_call(tmp_path: Path) -> None:
    runs: Counter[str] = Counter()
    acknowledged = 0
    for fault in FAULTS:
        for call in CALLS:
            for number in range(1, 400):
                path = tmp_path / f"{fault}-{call}-{number}.sqlite"
                create(path).close()
                outcome = fault_at(path, call, number, fault, 4, tmp_path / "trace")
                if not outcome.reached:
                    break
                assert outcome.complaints == [], (fault, call, number)
                runs[fault] += 1
                acknowledged += outcome.acknowledged
                path.unlink()
    print(dict(runs), "acknowledged:", acknowledged)


def test_a_recording_is_read_whole() -> None:
    """Whatever the number of the process, which strace pads, and whatever came in between."""
    lines = """\
421   write(1</a>, "\\x31\\x0a", 2) = 2
30225 fdatasync(3</a>) = 0
30225 pwrite64(3</a>, "\\x00", 1, 0 <unfinished ...>
421   fsync(4</b> <unfinished ...>
30225 <... pwrite64 resumed>) = 1
421   <... fsync resumed>)            = 0
421   --- SIGCHLD {si_signo=SIGCHLD} ---
"""
    assert powercut.calls(lines)[:4] == [
        'write(1</a>, "\\x31\\x0a", 2) = 2',
        "fdatasync(3</a>) = 0",
        'pwrite64(3</a>, "\\x00", 1, 0) = 1',
        "fsync(4</b>)            = 0",
    ]


def test_power_cuts(tmp_path: Path) -> None:
    found, acknowledged = powercut.run(tmp_path, "right", 5, 60, 1)
    assert found == []
    assert acknowledged > 60


@pytest.mark.long
def test_very_many_power_cuts(tmp_path: Path) -> None:
    found, acknowledged = powercut.run(tmp_path, "right", 12, 3_000, 2)
    assert found == []
    print("cuts: 3000 acknowledged:", acknowledged)


@pytest.mark.parametrize(("how", "cuts"), [("unsynced", 40), ("full", 250), ("unjournaled", 40)])
def test_a_weaker_setting_is_noticed(tmp_path: Path, how: str, cuts: int) -> None:
    """Mutations: with any of the settings weakened, the same power cuts lose something."""
    found, _ = powercut.run(tmp_path, how, 5, cuts, 3)
    assert found != []
