"""kill −9 at random moments: every acknowledged edit is there, whole."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from prioritizer.store import Store
from tests.store.killed import case_of
from tests.store.support import create

SHORT, LONG = 12, 300


def kill_once(path: Path, first: int, how: str, draw: random.Random) -> int:
    """Lets a process write, kills it at some moment, and gives the last acknowledged edit."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.killed", str(path), str(first), how],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        last = first - 1
        for _ in range(draw.randrange(1, 15)):
            last = int(process.stdout.readline())
        with contextlib.suppress(subprocess.TimeoutExpired):
            # Not to wait for anything: to fall into any part of the next edit.
            process.wait(draw.choice((0.0, draw.uniform(0, 0.004))))
        process.kill()
        for line in process.stdout:
            if line.endswith("\n"):
                last = int(line)
    return last


def complaints(path: Path, last: int) -> list[str]:
    """What is wrong after a kill, when ``last`` was the last edit acknowledged."""
    found: list[str] = []
    with Store.open(path) as store:
        snapshot = store.load()
        found += store.check()
        numbers = []
        for use_case in snapshot.use_cases.values():
            cells = {
                use_case.title,
                use_case.note.split(" ")[0],
                use_case.agreed["P1"].note if "P1" in use_case.agreed else "",
            }
            if len(cells) != 1:
                found.append(f"half an edit: {sorted(cells)}")
            numbers.append(int(use_case.title or 0))
        newest = max(numbers, default=0)
        wanted = {case_of(n % 50): n for n in range(1, newest + 1)}
        if {u.id: int(u.title or 0) for u in snapshot.use_cases.values()} != wanted:
            found.append("an edit in between is missing")
        if not last <= newest <= last + 1:
            found.append(f"acknowledged up to {last}, found up to {newest}")
        edits = [entry for entry in store.history() if entry.kind == "edit"]
        if len(edits) != newest:
            found.append(f"{len(edits)} operations for {newest} edits")
    with closing(sqlite3.connect(path)) as conn:
        if conn.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            found.append("integrity")
        if conn.execute("PRAGMA foreign_key_check").fetchall():
            found.append("foreign keys")
    return found


def copied_alone_is_complete(path: Path, last: int, copy: Path) -> list[str]:
    """Where no edit was under way, the one file is the whole session, before anybody opened it."""
    if Path(f"{path}-journal").exists():
        return []
    shutil.copyfile(path, copy)
    found = complaints(copy, last)
    copy.unlink()
    return found


def run(folder: Path, kills: int, how: str, seed: int) -> tuple[list[str], int, int]:
    """All complaints of a series of kills, how many fell into a commit, and how many edits there were."""
    draw = random.Random(seed)
    path = folder / "a.sqlite"
    create(path).close()
    next_edit, inside = 1, 0
    for _ in range(kills):
        last = kill_once(path, next_edit, how, draw)
        inside += Path(f"{path}-journal").exists()
        found = copied_alone_is_complete(path, last, folder / "copy.sqlite")
        found += complaints(path, last)
        if found:
            return found, inside, next_edit - 1
        with Store.open(path) as store:
            next_edit = 1 + max((int(u.title) for u in store.load().use_cases.values()), default=0)
        found = copied_alone_is_complete(path, next_edit - 1, folder / "copy.sqlite")
        if found:
            return found, inside, next_edit - 1
    return [], inside, next_edit - 1


def test_killed_at_any_moment(tmp_path: Path) -> None:
    found, _, _ = run(tmp_path, SHORT, "right", 1)
    assert found == []


@pytest.mark.long
def test_killed_at_very_many_moments(tmp_path: Path) -> None:
    found, inside, edits = run(tmp_path, LONG, "right", 2)
    assert found == []
    print(LONG, "kills,", inside, "in a commit, acknowledged:", edits)
    assert inside > LONG // 20  # else the kills all fell between the edits


@pytest.mark.parametrize("how", ["early", "halves"])
def test_a_broken_promise_is_noticed(tmp_path: Path, how: str) -> None:
    found, _, _ = run(tmp_path, 40, how, 3)
    assert found != []
