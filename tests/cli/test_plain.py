"""Linear text for a screen reader: in a real terminal, with ``--plain`` and with ``NO_COLOR``."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import run_command

DRAWN = re.compile("[\u2500-\u259f\u25a0-\u25ff\u2190-\u21ff\x1b]|\\S {3,}\\S")
"""Lines, blocks, shapes, arrows, colours, and columns: what is read out as noise, or not at all."""

COMMANDS = {
    "list": ("list", "{s}"),
    "rank": ("rank", "{s}"),
    "what-if": ("rank", "{s}", "--what-if", "P=0.5"),
    "why": ("why", "{s}", "#5"),
    "over": ("why", "{s}", "#2", "--over", "#5"),
    "robustness": ("robustness", "{s}", "--draws", "200"),
    "portfolio": ("portfolio", "{folder}"),
    "compare": ("compare", "{s}", "{later}"),
    "history": ("history", "{s}"),
}


def in_terminal(argv: list[str], **environment: str) -> str:
    """What a command prints to a terminal of 120 columns."""
    ours, theirs = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    env |= {"COLUMNS": "120", "TERM": "xterm-256color", **environment}
    command = [sys.executable, "-m", "prioritizer", *argv]
    with subprocess.Popen(
        command, stdout=theirs, stderr=subprocess.DEVNULL, stdin=theirs, env=env
    ) as process:
        os.close(theirs)
        seen = b""
        try:
            while piece := os.read(ours, 65536):
                seen += piece
        except OSError:  # the other side is closed: all was read
            pass
        finally:
            os.close(ours)
    assert process.returncode == 0
    return seen.decode().replace("\r\n", "\n")


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory, written_sample: Path) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("plain")
    for name in ("s", "later"):
        shutil.copyfile(written_sample, folder / f"{name}.sqlite")
    assert run_command("rate", folder / "later.sqlite", "#2", "D2", "4").code == 0
    return {"folder": str(folder), "s": str(folder / "s.sqlite"), "later": str(folder / "later.sqlite")}


@pytest.mark.parametrize("name", COMMANDS)
def test_plain_text_is_linear(name: str, places: dict[str, str]) -> None:
    argv = [part.format(**places) for part in COMMANDS[name]]
    plain = in_terminal([*argv, "--plain"])
    assert plain.strip()
    drawn = [line for line in plain.splitlines() if DRAWN.search(line)]
    assert not drawn
    assert in_terminal(argv, NO_COLOR="1") == plain
