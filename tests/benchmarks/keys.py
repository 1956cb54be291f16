"""One rating key, from the key to the paint, against a bare DataTable in the same pty."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.measure import Row, percentile
from tests.benchmarks.sessions import rated_session, room_session
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
        for n in range(60):
            table.add_row(str(n + 1), f"Use case {n + 1}", "-", key=str(n))
    def on_key(self, event):
        if event.key in "01234":
            table = self.query_one(DataTable)
            table.update_cell(str(table.cursor_row), "level", event.key * 3)
            table.move_cursor(row=table.cursor_row + 1)
Bare().run()
"""


def key_times(terminal: Terminal, keys: str, settled: str | None = None) -> tuple[list[float], list[float]]:
    """Seconds from each key to the first change on the screen, and to the settled screen."""
    first: list[float] = []
    last: list[float] = []
    for key in keys:
        before = list(terminal.screen.display)

        def changed(screen: Sequence[str], before: list[str] = before) -> bool:
            return list(screen) != before

        start = time.perf_counter()
        terminal.send(key)
        seen = terminal.until(changed)
        first.append(seen - start)
        if settled is not None and not any(settled in line for line in terminal.screen.display):
            seen = terminal.until(lambda screen: any(settled in line for line in screen))
        last.append(seen - start)
        terminal.quiet(0.08)
    return first, last


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
    with Terminal([sys.executable, "-c", BARE_TABLE]) as bare:
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


def rating_key() -> Iterator[Row]:
    """50 levels given one after another in a session of 60 use cases."""
    keys = "3142" * 12 + "31"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sixty.sqlite")
        rated_session(path, 60)
        env = {"PRIORITIZER_CONFIG": folder}
        ours = [
            sys.executable,
            "-c",
            f"from prioritizer.tui import run_app; run_app({str(path)!r}, stage='rate')",
        ]
        with Terminal([sys.executable, "-c", BARE_TABLE], env=env) as bare:
            bare.until(lambda screen: any("Use case 1 " in line for line in screen))
            bare.quiet(0.5)
            theirs, _ = key_times(bare, keys)
        with Terminal(ours, env=env) as app:
            app.until(lambda screen: any("Use case 1 " in line for line in screen))
            app.quiet(0.5)
            mine, settled = key_times(app, keys, "saved")
    yield Row(
        "a rating key to its painted cell, p50",
        statistics.median(mine),
        statistics.median(theirs),
        2.0,
        "bare DataTable",
    )
    yield Row(
        "a rating key to its painted cell, p95",
        percentile(mine, 0.95),
        percentile(theirs, 0.95),
        2.0,
        "bare DataTable",
    )
    yield Row(
        "the same key to saved and ranked, p50",
        statistics.median(settled),
        statistics.median(theirs),
        None,
        "bare DataTable",
    )
