"""What all tests share: the long forms behind a flag, no settings of the user's, one hypothesis profile."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Derandomised: a red run can be repeated. The long profile looks further.
settings.register_profile(
    "normal",
    deadline=None,  # the machines that run this are shared and noisy
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", parent=settings.get_profile("normal"), derandomize=False, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "normal"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long", action="store_true", help="also run the long forms of fault, kill and soak tests"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """``-n auto``: half of its time a story waits, for Textual's pilot to find the app idle or for another process."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None  # somebody has said how many
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + min(cores, 4)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="the long form of a test above; run with --long")
    for item in items:
        if item.get_closest_marker("long") is not None:
            item.add_marker(skip)


def pytest_collection_finish() -> None:
    """All that was imported stays: to look for garbage in it, again and again, is a sixth of the whole run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings, or the data folder, of the person who runs it."""
    folder: Path = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("PRIORITIZER_CONFIG", str(folder / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "xdg-config"))


class _Counted(sqlite3.Connection):
    """A connection that tells when it was closed."""

    open: set[int]

    def close(self) -> None:
        super().close()
        self.open.discard(id(self))


@pytest.fixture(autouse=True)
def _every_session_is_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test leaves a session open: from Python 3.13 on that is a warning, in whichever test runs then."""
    connect, left = sqlite3.connect, set[int]()

    class Counted(_Counted):
        open = left

    def counted(*args: Any, **more: Any) -> sqlite3.Connection:
        more.setdefault("factory", Counted)
        made: sqlite3.Connection = connect(*args, **more)
        if isinstance(made, Counted):
            left.add(id(made))
        return made

    monkeypatch.setattr(sqlite3, "connect", counted)
    yield
    assert not left, f"{len(left)} connections to a session were not closed"
