"""``prioritizer`` alone in a terminal: the app, and nothing that only parsing needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys
sys.argv = ["prioritizer"]
import prioritizer.cli.streams as streams
import prioritizer.tui as tui
from prioritizer.errors import PrioritizerError
streams.is_terminal = lambda: True
def run_app(*given, **named):
    print("app", "click" in sys.modules)
    {what}
tui.run_app = run_app
from prioritizer.cli import main
main()
"""


@pytest.mark.parametrize(
    ("what", "code", "said"),
    [
        ("return 0", 0, ""),
        ("return 143", 143, ""),
        ("raise PrioritizerError('No room here.')", 2, "No room here.\n"),
        ("raise KeyboardInterrupt", 130, "Interrupted; what was saved before stays saved.\n"),
        ("raise SystemExit(5)", 5, ""),
    ],
)
def test_it_starts_the_app_without_click_and_its_errors_are_sentences(
    what: str, code: int, said: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(what=what)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "app False\n"
    assert (done.returncode, done.stderr) == (code, said)


def test_what_is_no_terminal_is_refused_as_before() -> None:
    done = subprocess.run([sys.executable, "-m", "prioritizer"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr
