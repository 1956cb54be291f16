"""A few screens frozen whole: what no assertion names (a shade, a column, a border) cannot change unseen.

``pytest tests/tui/test_snapshots.py --snapshot-update`` freezes them anew; look at each before it is committed.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import textual
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from prioritizer.tui.app import PrioritizerApp
from prioritizer.tui.present import PresentApp
from prioritizer.workshop.presenting import Presenter
from prioritizer.workshop.settings import Settings
from tests.pictures.sessions import SESSIONS
from tests.tui.conftest import LARGE, SMALL

FROZEN_WITH = "8.2.8"
"""The version of Textual that wrote the frozen files."""

pytestmark = [
    pytest.mark.skipif(
        textual.__version__ != FROZEN_WITH,
        reason=f"frozen with Textual {FROZEN_WITH}: another one writes the same screen as another SVG",
    ),
    pytest.mark.skipif(sys.platform == "win32", reason="frozen with the glyphs of other systems"),
]

Compare = Callable[..., bool]


@pytest.fixture(autouse=True)
def _one_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same colours whoever runs the tests, and wherever."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TEXTUAL_COLOR_SYSTEM", "truecolor")


def pressing(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Presses keys, each to its end, and holds the text cursor still."""

    async def run(pilot: Pilot[Any]) -> None:
        app = pilot.app
        for key in ("", *keys):
            if key:
                await pilot.press(key)
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
        for line in app.screen.query(Input):
            line.cursor_blink = False
        app.clear_notifications()
        await pilot.pause()

    return run


def session(tmp_path: Path, name: str) -> str:
    path = tmp_path / "session.sqlite"
    SESSIONS[name](path)
    return str(path)


def test_home(snap_compare: Compare) -> None:
    app = PrioritizerApp(settings=Settings())
    assert snap_compare(app, terminal_size=SMALL, run_before=pressing())


@pytest.mark.parametrize(
    ("of", "stage", "keys", "size"),
    [
        pytest.param("sample", "rate", (), SMALL, id="rate"),
        pytest.param("sample", "rank", (), LARGE, id="rank"),
        pytest.param("sample", "rank", ("m",), LARGE, id="mirror"),
        pytest.param("room", "rate", ("b", "tab"), SMALL, id="ballot"),
        pytest.param("sample", "shortlist", (), LARGE, id="shortlist"),
    ],
)
def test_stages(
    of: str,
    stage: str,
    keys: tuple[str, ...],
    size: tuple[int, int],
    tmp_path: Path,
    snap_compare: Compare,
) -> None:
    app = PrioritizerApp(session(tmp_path, of), stage=stage, settings=Settings())
    assert snap_compare(app, terminal_size=size, run_before=pressing(*keys))


def test_present(tmp_path: Path, snap_compare: Compare) -> None:
    presenter = Presenter(session(tmp_path, "sample"))
    presenter.first_look()
    try:
        app: App[int] = PresentApp(presenter, every=None, theme="prioritizer-light")
        assert snap_compare(app, terminal_size=LARGE, run_before=pressing())
    finally:
        presenter.close()
