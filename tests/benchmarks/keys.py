"""Keys in a large room, from the key to the paint, against a bare DataTable in a pty of the same size."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.measure import Row, percentile
from tests.benchmarks.sessions import room_session
from tests.benchmarks.terminal import Terminal

BARE_TABLE = """
from textual.app import App
from textual.widgets import DataTable
class Bare(App):
    def compose(self):
        yield DataTable(cursor_type="row")
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_column("no", key="no"); table.add_column("title", key="title"); table.add_column("level", key="level")
        for n in range(SIZE):
            table.add_row(str(n + 1), f"Use case {n + 1}", "-", key=str(n))
    def on_key(self, event):
        if event.key in "01234":
            table = self.query_one(DataTable)
            table.update_cell(str(table.cursor_row), "level", event.key * 3)
            table.move_cursor(row=table.cursor_row + 1)
Bare().run()
"""


def bare_argv(size: int) -> list[str]:
    """A bare DataTable of so many rows, as a program."""
    return [sys.executable, "-c", BARE_TABLE.replace("SIZE", str(size))]


def key_time(
    terminal: Terminal, key: str, settled: str | None = None, still: float = 0.08
) -> tuple[float, float]:
    """Seconds from a key to the first change on the screen, and to the settled screen.

    Args:
        terminal: Of the program.
        key: What is typed.
        settled: Words that stand there once all is done.
        still: Seconds of silence that end it.
    """
    before = terminal.look()
    start = time.perf_counter()
    terminal.send(key)
    first = last = terminal.until(lambda _: terminal.look() != before)
    if settled is not None and not any(settled in line for line in terminal.screen.display):
        last = terminal.until(lambda screen: any(settled in line for line in screen))
    terminal.quiet(still)
    return first - start, last - start


def key_times(terminal: Terminal, keys: str, settled: str | None = None) -> tuple[list[float], list[float]]:
    """Seconds from each key to the first change on the screen, and to the settled screen."""
    times = [key_time(terminal, key, settled) for key in keys]
    return [first for first, _ in times], [last for _, last in times]


@contextmanager
def measured(
    make: Callable[[Path], None], stage: str, *, first: str = "", there: str = "Use case 1"
) -> Iterator[Terminal]:
    """The app in a pty on a session of its own.

    Args:
        make: Writes the session.
        stage: To begin at.
        first: Keys that lead to what is measured.
        there: Words that say that it is there.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "measured.sqlite")
        make(path)
        code = f"from prioritizer.tui import run_app; run_app({str(path)!r}, stage={stage!r})"
        with Terminal([sys.executable, "-c", code], env={"PRIORITIZER_CONFIG": folder}) as app:
            app.until(lambda screen: any(there in line for line in screen))
            app.quiet(0.5)
            for key in first:
                app.send(key)
                app.quiet(0.8)
            yield app


def bare_table(keys: str) -> list[float]:
    """The same keys in a bare DataTable of 60 rows."""
    with Terminal(bare_argv(60)) as bare:
        bare.until(lambda screen: any("Use case 1 " in line for line in screen))
        bare.quiet(0.5)
        return key_times(bare, keys)[0]


def in_a_large_room() -> Iterator[Row]:
    """25 people × 60 use cases × 24 criteria, all revealed: a rating key, a mark in the cut, a step in agreement."""

    def make(path: Path) -> None:
        room_session(path, use_cases=60, people=25)

    digits = "3142" * 12
    theirs = bare_table(digits)
    with measured(make, "rate") as app:
        rating = key_times(app, digits)[0]
    with measured(make, "collect", first="\x1bC") as app:
        cutting = key_times(app, digits)[0]
    with measured(make, "gate", first="W") as app:
        reading = key_times(app, "j" * 20)[0]
    for what, mine in (
        ("a rating key", rating),
        ("a mark in the cut", cutting),
        ("a step in agreement", reading),
    ):
        for name, value in (("p50", 0.5), ("p95", 0.95)):
            yield Row(
                f"{what} in a room of 25 × 60 × 24, {name}",
                percentile(mine, value),
                percentile(theirs, value),
                2.0,
                "bare DataTable",
            )
