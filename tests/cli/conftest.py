"""A runner, and a sample session that is written once and copied for each test."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from prioritizer.cli.app import app
from prioritizer.workshop.sample import create_sample


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit code and both of its streams."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The one document on stdout; anything beside it fails."""
        return json.loads(self.out)


Run = Callable[..., Outcome]


def run_command(*args: str | Path, stdin: str | bytes | None = None) -> Outcome:
    """Runs a command in this process."""
    result = CliRunner().invoke(app, [str(a) for a in args], input=stdin, prog_name="prioritizer")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.stderr
    return Outcome(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def run() -> Run:
    return run_command


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keeps tests away from the data and settings of whoever runs them."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "PRIORITIZER_CONFIG"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return home


@pytest.fixture(scope="session")
def written_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "s.sqlite"
    create_sample(path).close()
    return path


@pytest.fixture
def sample(written_sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample session."""
    return Path(shutil.copyfile(written_sample, tmp_path / "s.sqlite"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A session without use cases."""
    path = tmp_path / "empty.sqlite"
    assert run_command("new", path).code == 0
    return path
