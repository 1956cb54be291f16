"""The same bytes from other Pythons and numpys: run where there are some, named in an environment variable.

``PRIORITIZER_PYTHONS`` holds interpreters (separated as in PATH) into which the project is installed, best with
another numpy each.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from prioritizer.workshop.sample import create_sample

PYTHONS = [each for each in os.environ.get("PRIORITIZER_PYTHONS", "").split(os.pathsep) if each]


def printed(python: str, session: Path, seed: int) -> bytes:
    command = [python, "-m", "prioritizer", "robustness", str(session), "--seed", str(seed), "--json"]
    return subprocess.run(command, capture_output=True, check=True, cwd=session.parent).stdout


@pytest.mark.skipif(
    not PYTHONS, reason="PRIORITIZER_PYTHONS names no other interpreter; see docs/contributing.md"
)
@pytest.mark.parametrize("seed", [0, 7])
def test_robustness_is_the_same_to_the_byte(tmp_path: Path, seed: int) -> None:
    import sys

    session = tmp_path / "s.sqlite"
    create_sample(session).close()
    ours = printed(sys.executable, session, seed)
    assert ours
    for python in PYTHONS:
        assert printed(python, session, seed) == ours, python
