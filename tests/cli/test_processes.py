"""Real processes: what is loaded, streams that break, interruptions, terminals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import pytest

HEAVY = ("textual", "numpy", "pydantic", "sqlite_utils", "rapidfuzz")
posix = pytest.mark.skipif(os.name == "nt", reason="pipes and signals of POSIX")


def start(
    *args: str | Path,
    env: dict[str, str] | None = None,
    encoding: str = "utf-8",
    stdout: int | TextIO = subprocess.PIPE,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "prioritizer", *map(str, args)],
        env={**os.environ, "PYTHONIOENCODING": encoding, **(env or {})},
        encoding=encoding,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["rank", "--help"],
        ["import", "--help"],
        ["presets", "--help"],
        ["presets", "new", "--help"],
    ],
)
def test_help_loads_nothing_heavy(args: list[str]) -> None:
    code = (
        "import sys\nfrom prioritizer.cli.app import app\n"
        f"code = app.main({args!r}, prog_name='prioritizer', standalone_mode=False)\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], code, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[] 0"
    assert "Usage:" in done.stdout


def test_two_processes_in_a_row_and_pure_json(tmp_path: Path) -> None:
    file = tmp_path / "s.sqlite"
    made = start("demo", file, "--no-open")
    assert (made.returncode, made.stdout) == (0, "")
    ranked = start("rank", file, "--json")
    assert (ranked.returncode, ranked.stderr) == (0, "")
    assert len(json.loads(ranked.stdout)["use_cases"]) == 12


def test_a_missing_file_in_a_real_process(tmp_path: Path) -> None:
    done = start("rank", tmp_path / "none.sqlite", "--json")
    assert (done.returncode, done.stdout) == (3, "")
    assert "Traceback" not in done.stderr
    shown = start("--debug", "rank", tmp_path / "none.sqlite")
    assert shown.returncode == 3
    assert "Traceback" in shown.stderr
    assert "Traceback" in start("rank", tmp_path / "none.sqlite", "--debug").stderr


def test_without_a_terminal_the_app_is_not_started() -> None:
    done = start()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


@posix
def test_a_reader_that_goes_away(sample: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = start("rank", sample, "--json", stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_stdout(sample: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = start("list", sample, stdout=full)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "No space left" in done.stderr


@posix
def test_an_interruption_is_130(sample: Path) -> None:
    before = sample.read_bytes()
    process = subprocess.Popen(
        [sys.executable, "-m", "prioritizer", "import", str(sample), "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A shell in the background hands SIGINT over as ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdin is not None
    process.stdin.write(b"title\n" * 20_000)  # more than a pipe holds: once it is through, the command reads
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert b"Traceback" not in err
    assert sample.read_bytes() == before


def test_an_error_that_nobody_expected(sample: Path) -> None:
    code = (
        "import prioritizer.workshop.service as s\n"
        "def broken(*a, **k): raise RuntimeError('\\x1b[31minside')\n"
        "s.Workshop.open = broken\n"
        "from prioritizer.cli import main\nimport sys\n"
        f"sys.argv = ['prioritizer', 'rank', {str(sample)!r}, *sys.argv[1:]]\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Something unexpected went wrong (RuntimeError); nothing more was written. "
        "Run it again with --debug to see where, and please report that.\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code, "--debug"], capture_output=True, text=True, check=False
    )
    assert shown.returncode == 2
    assert "Traceback" in shown.stderr
    assert "\x1b" not in shown.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_stdout_that_cannot_say_everything(sample: Path, encoding: str) -> None:
    assert start("add", sample, "漢字 – מבחן", encoding=encoding).returncode == 0
    listed = start("list", sample, encoding=encoding)
    assert listed.returncode == 0
    assert "#13" in listed.stdout
    found = json.loads(start("list", sample, "--json", encoding=encoding).stdout)["use_cases"]
    assert found[-1]["title"] == "漢字 – מבחן"
