"""How much the app holds, against an empty Textual app: the most that was resident, by the kernel's account."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.benchmarks.measure import Row
from tests.benchmarks.sessions import rated_session
from tests.benchmarks.start import EMPTY_APP
from tests.benchmarks.terminal import Terminal

LIMIT = 2.5
ROUNDS = 3
ON_AND_BACK = "[]"
"""Keys: the stage before and back, so that what two stages need is there."""


def memory() -> Iterator[Row]:
    """The sample, then 60, 1,000 and 10,000 use cases ranked on screen, one stage on and back."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return  # only Linux tells the most that another process has held
    with tempfile.TemporaryDirectory() as folder:
        bare = [sys.executable, "-c", EMPTY_APP]
        empty = statistics.median(_peak(bare, "empty-and-ready", folder) for _ in range(ROUNDS))
        for name, make in _sessions():
            path = Path(folder, "measured.sqlite")
            path.unlink(missing_ok=True)
            make(path)
            code = f"from prioritizer.tui import run_app; run_app({str(path)!r}, stage='rank')"
            ours = [
                _peak([sys.executable, "-c", code], "can be piloted", folder, ON_AND_BACK)
                for _ in range(ROUNDS)
            ]
            yield Row(
                f"memory with {name}", statistics.median(ours), empty, LIMIT, "an empty Textual app", "MiB"
            )


def _sessions() -> Iterator[tuple[str, Callable[[Path], None]]]:
    from prioritizer.workshop.sample import create_sample

    yield "the sample", lambda path: create_sample(path).close()
    for size in (60, 1_000, 10_000):
        yield f"{size:,} use cases", lambda path, size=size: rated_session(path, size)  # type: ignore[misc]


def _peak(argv: Sequence[str], words: str, folder: str, keys: str = "") -> float:
    """MiB that a program has held at most, once it shows these words and did these keys."""
    with Terminal(argv, env={"PRIORITIZER_CONFIG": folder}) as terminal:
        terminal.until(lambda screen: any(words in line for line in screen), 120)
        terminal.quiet(1.0)
        for key in keys:
            terminal.send(key)
            terminal.quiet(1.0)
        for line in Path(f"/proc/{terminal.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    raise OSError("the kernel does not tell what a process has held")
