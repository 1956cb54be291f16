"""Files damaged at random: one sentence or a correct opening, never a hang, never without bound."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.test_journals import crash, session

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")


def run(folder: Path, seed: int, count: int) -> tuple[int, ...]:
    session(folder / "whole.sqlite", 12)
    crash(folder / "whole.sqlite", folder / "old.sqlite", spill=False)
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.fuzzed", str(folder), str(seed), str(count)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    numbers = tuple(int(n) for n in re.findall(r"\d+", done.stdout))
    assert sum(numbers) == count
    return numbers


def test_damaged_files(tmp_path: Path) -> None:
    refused, opened, found = run(tmp_path, 1, 80)
    assert refused > 25
    assert opened + found > 10


@pytest.mark.long
def test_thousands_of_damaged_files(tmp_path: Path) -> None:
    print(run(tmp_path, 1_000, 5_000))
