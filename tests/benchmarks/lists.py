"""Keys in lists of growing length, from the key to the paint, each in turn with a bare DataTable as long."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks.keys import bare_argv, key_time
from tests.benchmarks.measure import Row, percentile
from tests.benchmarks.sessions import rated_session
from tests.benchmarks.terminal import Terminal

SIZES = (12, 60, 1_000, 10_000)
KEYS = 100
"""Of each kind: p99 is the second slowest."""

TURNS = 7
"""How often a stage is left and come back to, and a filter is typed."""

STILL = 0.25
"""Seconds of silence before the next key: what stands beside a list follows the cursor a moment later."""

DOWN, UP = "\x1b[B", "\x1b[A"
PATIENCE = 120.0
"""Seconds to wait for the first paint of the longest list."""


def at_every_size() -> Iterator[Row]:
    """A rating key and a step of the cursor at 12, 60, 1,000 and 10,000 use cases."""
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder, f"{size}.sqlite")
            rated_session(path, size)
            yield from _keys(path, size)
            yield from _ways(path, size)


def _keys(path: Path, size: int) -> Iterator[Row]:
    digits = list(("3142" * KEYS)[:KEYS])
    steps = _there_and_back(size)
    with ExitStack() as stack:
        bare = _there(stack.enter_context(Terminal(bare_argv(size), env=_env(path))), "Use case 1 ")
        app = _there(stack.enter_context(Terminal(_ours(path, "rate"), env=_env(path))), "Use case 1 ")
        theirs, mine, settled = [], [], []
        for key in digits:
            theirs.append(key_time(bare, key)[0])
            first, last = key_time(app, key, "saved", STILL)
            mine.append(first)
            settled.append(last)
        yield from _rows("a rating key to its painted cell", size, mine, theirs)
        yield Row(
            f"the same key to saved and ranked, {size:,} use cases, p50",
            statistics.median(settled),
            statistics.median(theirs),
            2.0,
            "bare DataTable",
        )
    for stage, before in (("rate", ""), ("rank", ""), ("collect", "\x1b")):
        with ExitStack() as stack:
            bare = _there(stack.enter_context(Terminal(bare_argv(size), env=_env(path))), "Use case 1 ")
            app = _there(stack.enter_context(Terminal(_ours(path, stage), env=_env(path))), "Use case ")
            if before:
                app.send(before)
                app.quiet(0.5)
            theirs, mine = [], []
            for key in steps:
                theirs.append(key_time(bare, key)[0])
                mine.append(key_time(app, key, still=STILL)[0])
            # Nothing is promised of a step, which a bare table paints as two lines.
            yield from _rows(f"a step of the cursor in {stage.title()}", size, mine, theirs, None)


def _ways(path: Path, size: int) -> Iterator[Row]:
    """From Rank to Rate and back; a letter typed into the filter. The bare app has nothing like it."""
    with Terminal(_ours(path, "rank"), env=_env(path)) as app:
        _there(app, "can be piloted first")
        away, back, typed = [], [], []
        for _ in range(TURNS):
            away.append(_to(app, "[", "P1 ·"))
            back.append(_to(app, "]", "can be piloted first"))
            app.send("/")
            app.quiet(0.5)
            # The list has followed the words when their number stands in the line of the filter.
            typed.append(_to(app, "7", f" of {size:,}", "/ 7"))
            app.send("\x1b")
            app.quiet(0.5)
    for what, times in (
        ("Rank to Rate, first paint", away),
        ("Rate to Rank, ranked", back),
        ("a letter in the filter of Rank to the list", typed),
    ):
        yield Row(f"{what}, {size:,} use cases", statistics.median(times))


def _to(app: Terminal, key: str, *words: str) -> float:
    """Seconds from a key to a line with these words, which was not there before."""
    start = time.perf_counter()
    app.send(key)
    seen = app.until(lambda screen: any(all(w in line for w in words) for line in screen), PATIENCE)
    app.quiet(0.3)
    return seen - start


def _rows(
    what: str, size: int, mine: list[float], theirs: list[float], promised: float | None = 2.0
) -> Iterator[Row]:
    for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        # The promise names the middle and the slow end; the very slowest stand beside.
        limit = promised if name != "p99" else None
        yield Row(
            f"{what}, {size:,} use cases, {name}",
            percentile(mine, share),
            percentile(theirs, share),
            limit,
            "bare DataTable",
        )


def _there_and_back(size: int) -> Sequence[str]:
    """Steps of which none is at an edge: down as far as two screens, then up."""
    run = min(size - 1, 50)
    return ([DOWN] * run + [UP] * run) * (KEYS // (2 * run) + 1)


def _there(terminal: Terminal, words: str) -> Terminal:
    terminal.until(lambda screen: any(words in line for line in screen), PATIENCE)
    terminal.quiet(0.4)  # less than the blinking of a text cursor
    return terminal


def _ours(path: Path, stage: str) -> list[str]:
    code = f"from prioritizer.tui import run_app; run_app({str(path)!r}, stage={stage!r})"
    return [sys.executable, "-c", code]


def _env(path: Path) -> dict[str, str]:
    return {"PRIORITIZER_CONFIG": str(path.parent)}
