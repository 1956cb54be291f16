"""Blind means blind on the clock, in the cut and in agreement, private screen or not, and in Frame."""

from __future__ import annotations

from pathlib import Path

import pytest

from prioritizer.tui.app import PrioritizerApp
from prioritizer.workshop.settings import Settings
from tests.room.blind import freeze, open_pair, opened

SCREENS = {
    "clock": ("frame", ("K",)),
    "agreement": ("rank", ("W",)),
    "agreement, private": ("rank", ("W", "f9", "y")),
    "cut": ("collect", ("escape", "C")),
    "frame": ("frame", ()),
}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    with pytest.MonkeyPatch.context() as patch:
        return open_pair(tmp_path_factory.mktemp("screens"), freeze(patch))


async def seen(path: Path, stage: str, keys: tuple[str, ...]) -> str:
    workshop = opened(path)
    app = PrioritizerApp(stage=stage, workshop=workshop, settings=Settings())
    async with app.run_test(size=(120, 36)) as pilot:
        for key in ("", *keys):
            if key:
                await pilot.press(key)
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
        strips = app.screen._compositor.render_strips()
        assert app.mishaps == []
    return "\n".join(strip.text.rstrip() for strip in strips)


@pytest.mark.parametrize("name", SCREENS)
async def test_what_is_hidden_changes_no_sign_on_the_screen(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setenv("PRIORITIZER_CONFIG", str(tmp_path))
    stage, keys = SCREENS[name]
    first, second = [await seen(path, stage, keys) for path in pair]
    assert first == second
    assert first.strip()
