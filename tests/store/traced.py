"""One fault at one system call of a process that writes edits, by ``strace --inject``.

The process is `tests.store.killed`: it says the number of each edit once it is acknowledged.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from prioritizer.errors import SessionRefused
from tests.store.test_kill import complaints

CALLS = ("pwrite64", "fdatasync", "fsync", "unlink", "openat")
"""What SQLite does to a file: write a page, sync it, delete the journal, open one."""

FAULTS = {"EIO": "error=EIO", "ENOSPC": "error=ENOSPC", "SIGKILL": "signal=SIGKILL"}


def has_strace() -> bool:
    return sys.platform == "linux" and shutil.which("strace") is not None


@dataclass(frozen=True)
class Outcome:
    """What one fault led to.

    Attributes:
        reached: Whether the process came as far as the call.
        acknowledged: The last edit that it acknowledged.
        complaints: What is wrong with the file afterwards.
    """

    reached: bool
    acknowledged: int
    complaints: list[str]


def fault_at(path: Path, call: str, number: int, fault: str, edits: int, trace: Path) -> Outcome:
    """Lets the n-th call of a kind on the session's files fail, and looks at the file afterwards."""
    begun = subprocess.run(
        [
            *("strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={call}"),
            *("-P", str(path), "-P", f"{path}-journal", "-P", str(path.parent)),
            *("-e", f"inject={call}:{FAULTS[fault]}:when={number}"),
            *(sys.executable, "-m", "tests.store.killed", str(path), "1", "right", str(edits)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    numbers = [int(line) for line in begun.stdout.splitlines() if line.isdigit()]
    injected = "INJECTED" in trace.read_text(errors="replace") or "killed by SIGKILL" in trace.read_text(
        errors="replace"
    )
    if "Traceback" in begun.stderr and "NotSaved" not in begun.stderr and "Session" not in begun.stderr:
        return Outcome(injected, max(numbers, default=0), [begun.stderr[-500:]])
    last = max(numbers, default=0)
    try:
        found = complaints(path, last)
    except SessionRefused as error:
        found = [str(error)]
    return Outcome(injected, last, found)
