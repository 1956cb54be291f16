"""Through the one service: whatever befalls the file while it is open, what was acknowledged is there.

The same faults as in ``tests/store/test_lost.py``, seen from where every face of the program stands: the
sentence, the exit code, and the file that holds the rest.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from prioritizer import NotSaved, PrioritizerError, SessionBusy, SessionRefused, Workshop
from prioritizer.store import connection

EDITS = 5


def _deleted(path: Path) -> None:
    path.unlink()


def _renamed(path: Path) -> None:
    path.rename(path.with_name("elsewhere.sqlite"))


def _folder_renamed(path: Path) -> None:
    path.parent.rename(path.parent.with_name("moved"))


def _replaced_by_another(path: Path) -> None:
    other = path.with_name("other.sqlite")
    Workshop.create(other).close()
    other.replace(path)


def _replaced_by_a_copy(path: Path) -> None:
    shutil.copyfile(path, path.with_name("copy.sqlite"))
    path.with_name("copy.sqlite").replace(path)


def _overwritten_by_an_older_one(path: Path) -> None:
    path.write_bytes(path.with_name("older.sqlite").read_bytes())


def _overwritten_by_another(path: Path) -> None:
    other = path.with_name("other.sqlite")
    with Workshop.create(other) as w:
        for i in range(30):
            w.add_use_case(str(i))
    path.write_bytes(other.read_bytes())
    other.unlink()


def _overwritten_by_garbage(path: Path) -> None:
    path.write_bytes(b"garbage" * 1000)


MOVED = [_deleted, _renamed, _folder_renamed, _replaced_by_another, _replaced_by_a_copy]
"""What was in the file is in our hands still."""
OVERWRITTEN = [_overwritten_by_an_older_one, _overwritten_by_another, _overwritten_by_garbage]


def titles(path: str | Path) -> list[str]:
    with Workshop.open(path) as workshop:
        return [u.title for u in workshop.use_cases]


def is_one_sentence(error: PrioritizerError) -> None:
    said = str(error)
    assert error.exit_code == 3
    assert "\n" not in said
    assert said.endswith(".")


@pytest.mark.parametrize("happen", MOVED + OVERWRITTEN)
def test_the_file_goes_or_changes_while_it_is_open(tmp_path: Path, happen: Callable[[Path], None]) -> None:
    (tmp_path / "here").mkdir()
    path = tmp_path / "here" / "s.sqlite"
    with Workshop.create(path) as workshop:
        shutil.copyfile(path, path.with_name("older.sqlite"))
        for i in range(EDITS):
            workshop.add_use_case(f"acknowledged {i}")
        happen(path)
        after = path.read_bytes() if path.exists() else None
        with pytest.raises(NotSaved) as caught:
            workshop.add_use_case("pending")
        is_one_sentence(caught.value)
        rescue = caught.value.rescue
        assert rescue is not None
        assert rescue in str(caught.value)
        if happen in MOVED:
            # What is on the screen is what is in the rescue file, but for the edit that was refused.
            assert [u.title for u in workshop.use_cases] == [f"acknowledged {i}" for i in range(EDITS)]
        with pytest.raises(NotSaved) as caught:
            workshop.add_use_case("and the next")
        assert caught.value.rescue == rescue, "nothing piles up"
    assert (path.read_bytes() if path.exists() else None) == after
    kept = titles(rescue)
    assert kept[-2:] == ["pending", "and the next"]
    if happen in MOVED:
        assert {f"acknowledged {i}" for i in range(EDITS)} <= set(kept)


def test_locked_by_another_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_MS", 1)
    path = tmp_path / "s.sqlite"
    with Workshop.create(path) as workshop, closing(sqlite3.connect(path, isolation_level=None)) as other:
        workshop.add_use_case("acknowledged")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(SessionBusy) as caught:
            workshop.add_use_case("refused")
        is_one_sentence(caught.value)
        with pytest.raises(SessionBusy) as caught:
            Workshop.open(path)
        is_one_sentence(caught.value)
        other.execute("ROLLBACK")
        workshop.add_use_case("once more")
    assert titles(path) == ["acknowledged", "once more"]


CHILD = """
import os, signal, sys
from pathlib import Path
from prioritizer import NotSaved, Workshop
path, how = Path(sys.argv[1]), sys.argv[2]
with Workshop.open(path) as workshop:
    workshop.add_use_case("acknowledged")
    if how == "full":
        import resource
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = path.stat().st_size + 9000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    elif how == "folder":
        os.chmod(path.parent, 0o555)
    try:
        for number in range(1000):
            workshop.add_use_case(f"more {number}", note="x" * 500)
            print(number, flush=True)
    except NotSaved as error:
        print(error.exit_code, error, file=sys.stderr)
    seen = len(workshop.use_cases)
assert seen == number + 1, (seen, number)
"""


def _without_the_superusers_rights() -> None:
    """The superuser may write everywhere; a read-only file stops it once these are gone."""
    import ctypes

    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def child(path: Path, how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(path), how],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_without_the_superusers_rights,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="it takes limits and rights away as Linux does")
@pytest.mark.parametrize("how", ["full", "folder"])
def test_a_full_disk_and_a_folder_that_may_not_be_written(tmp_path: Path, how: str) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    path = folder / "s.sqlite"
    Workshop.create(path).close()
    try:
        ended = child(path, how)
    finally:
        folder.chmod(0o755)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr.startswith("3 The last edit was not saved")
    acknowledged = ["acknowledged", *(f"more {n}" for n in ended.stdout.split())]
    assert titles(path) == acknowledged


@pytest.mark.skipif(sys.platform != "linux", reason="it takes rights away as Linux does")
@pytest.mark.parametrize(
    ("mode", "read", "written"), [(0o444, 0, 3), (0o000, 3, 3)], ids=["read-only", "unreadable"]
)
def test_a_file_that_may_not_be_written_or_read(tmp_path: Path, mode: int, read: int, written: int) -> None:
    path = tmp_path / "s.sqlite"
    with Workshop.create(path) as workshop:
        workshop.add_use_case("acknowledged")
    before = path.read_bytes()
    path.chmod(mode)

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "prioritizer", *args],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PRIORITIZER_CONFIG": str(tmp_path / "config")},
            preexec_fn=_without_the_superusers_rights,
        )

    try:
        assert run("list", str(path)).returncode == read
        refused = run("add", str(path), "Another")
    finally:
        path.chmod(0o644)
    assert refused.returncode == written
    assert refused.stderr.count("\n") == 1
    assert path.name in refused.stderr
    assert path.read_bytes() == before
    assert titles(path) == ["acknowledged"]


def test_a_session_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SessionRefused) as caught:
        Workshop.open(tmp_path / "none.sqlite")
    is_one_sentence(caught.value)
