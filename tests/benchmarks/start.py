"""Start-up: ``--help`` against importing click, first paint against an empty Textual app."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.measure import Row, in_turns
from tests.benchmarks.terminal import Seen, Terminal

EMPTY_APP = """
from textual.app import App
from textual.widgets import Footer, Static
class Empty(App):
    def compose(self):
        yield Static("empty-and-ready")
Empty().run()
"""


def with_byte_code(byte_code: str) -> dict[str, str]:
    """Both sides start from byte code, as programs do that pip has installed.

    Without it a checkout, whose byte code nobody writes where ``PYTHONDONTWRITEBYTECODE`` is set, would be
    compiled at each start and compared with a Textual that was compiled when it was installed.

    Args:
        byte_code: A folder for all of it; whoever starts first fills it.
    """
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": byte_code}


def help_time() -> Iterator[Row]:
    """``prioritizer --help``."""
    with tempfile.TemporaryDirectory() as byte_code:
        env = with_byte_code(byte_code)

        def run(*argv: str) -> None:
            subprocess.run(argv, check=True, stdout=subprocess.DEVNULL, env=env)

        ours, theirs = in_turns(
            lambda: run(sys.executable, "-m", "prioritizer", "--help"),
            lambda: run(sys.executable, "-c", "import click"),
            9,
        )
    yield Row("prioritizer --help", ours, theirs, 3.0, 'python -c "import click"')


def paint(argv: Sequence[str], seen: Seen, folder: str) -> float:
    """Seconds from the start of a program to what it shows first.

    Args:
        argv: The program.
        seen: What is waited for.
        folder: For its settings and for byte code; the same for all that are compared.
    """
    env = {**with_byte_code(str(Path(folder, "byte-code"))), "PRIORITIZER_CONFIG": folder}
    with Terminal(argv, env=env) as terminal:
        return terminal.until(seen) - terminal.started


def first_paint() -> Iterator[Row]:
    """The home screen, and a session of 60 use cases ranked on screen."""
    from tests.benchmarks.sessions import rated_session

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sixty.sqlite")
        rated_session(path, 60)
        ours = [sys.executable, "-m", "prioritizer"]
        ranked = [
            sys.executable,
            "-c",
            f"from prioritizer.tui import run_app; run_app({str(path)!r}, stage='rank')",
        ]
        bare = [sys.executable, "-c", EMPTY_APP]

        def sees(words: str) -> Seen:
            return lambda screen: any(words in line for line in screen)

        times: dict[str, list[float]] = {"bare": [], "home": [], "ranked": []}
        for _ in range(10):
            times["bare"].append(paint(bare, sees("empty-and-ready"), folder))
            times["home"].append(paint(ours, sees("New session"), folder))
            times["ranked"].append(paint(ranked, sees("Use case 1"), folder))
        # The first of each wrote the byte code, and the one after may have written what came after the paint.
        medians = {name: statistics.median(values[3:]) for name, values in times.items()}
        yield Row("first paint, home", medians["home"], medians["bare"], 1.3, "an empty Textual app")
        yield Row(
            "60 use cases ranked on screen", medians["ranked"], medians["bare"], 2.0, "an empty Textual app"
        )
