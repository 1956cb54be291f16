"""A key while the draws of "how sure" run, against the same key when they are through, in one pty."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.measure import Row, percentile
from tests.benchmarks.sessions import rated_session
from tests.benchmarks.terminal import Terminal

USE_CASES = 200
"""So many that the draws take longer than a few keys."""

KEYS = 60
_UNDER_WAY = ("drawing", "of 10,000 draws")
_DETAIL = 77
"""Column of the details beside the list, whose title follows the cursor."""


def keys_while_drawing() -> Iterator[Row]:
    """↓ through the list: the title beside it must change. `1` and `1` again begin the draws anew."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "many.sqlite")
        rated_session(path, USE_CASES)
        start = f"from prioritizer.tui import run_app; run_app({str(path)!r}, stage='rank')"
        with Terminal([sys.executable, "-c", start], env={"PRIORITIZER_CONFIG": folder}) as app:
            app.until(lambda screen: any("Use case" in line for line in screen))
            app.quiet(0.5)
            app.send("s")
            app.until(_through)
            app.quiet(0.3)
            still, busy, missed = [], [], 0
            for _ in range(KEYS):
                still.append(_down(app))
                app.quiet(0.05)
                app.send("1")
                app.until(_is_drawing)
                busy.append(_down(app))
                missed += not _is_drawing(list(app.screen.display))
                app.until(_through)
                app.quiet(0.15)
    # A key that was answered only when the draws were through is a key that waited for them.
    where = f"while {USE_CASES} use cases are drawn ({KEYS - missed} of {KEYS} answered before the end)"
    yield Row(
        f"a key {where}, p50", statistics.median(busy), statistics.median(still), None, "the same key at rest"
    )
    yield Row(
        f"a key {where}, p95", percentile(busy, 0.95), percentile(still, 0.95), 1.5, "the same key at rest"
    )


def _down(app: Terminal) -> float:
    """Seconds from ↓ to the other title beside the list."""
    before = _title(app.screen.display)
    start = time.perf_counter()
    app.send("\x1b[B")
    return app.until(lambda screen: _title(screen) != before) - start


def _title(screen: Sequence[str]) -> str:
    return screen[3][_DETAIL:].strip()


def _is_drawing(screen: Sequence[str]) -> bool:
    return any(words in screen[0] for words in _UNDER_WAY)


def _through(screen: Sequence[str]) -> bool:
    return "10,000 draws" in screen[0] and not _is_drawing(screen)
