"""What the shell offers when ⇥ is pressed; asked as the shell asks, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from prioritizer.workshop.sample import create_sample


def offered(folder: Path, *words: str) -> list[str]:
    env = {
        **os.environ,
        "_PRIORITIZER_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("prioritizer", *words)),
        "COMP_CWORD": str(len(words)),
    }
    program = Path(sys.executable).with_name("prioritizer")
    done = subprocess.run([program], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return [line for line in done.stdout.splitlines() if line]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_sample(tmp_path / "s.sqlite").close()
    return tmp_path


def test_what_is_offered(folder: Path) -> None:
    assert offered(folder, "ra") == ["plain,rate", "plain,rank"]
    assert offered(folder, "why", "s.sqlite", "#1") == ["plain,#1", "plain,#10", "plain,#11", "plain,#12"]
    assert offered(folder, "rate", "s.sqlite", "#1", "p") == ["plain,P1", "plain,P2", "plain,P3", "plain,P4"]
    assert offered(folder, "gate", "s.sqlite", "#1", "s") == ["plain,stability"]
    assert offered(folder, "new", "t.sqlite", "--preset", "reg") == ["plain,regulated"]
    assert offered(folder, "presets", "check", "own") == ["file,own"]
    assert offered(folder, "rank", "s") == ["file,s"]


def test_a_file_that_is_no_session_offers_nothing_and_says_nothing(folder: Path) -> None:
    (folder / "text.sqlite").write_text("hello", encoding="utf-8")
    for name in ("text.sqlite", "missing.sqlite"):
        assert offered(folder, "why", name, "#") == []
    assert not (folder / "missing.sqlite").exists()
