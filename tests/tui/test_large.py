"""A large room: 25 people × 60 use cases × 24 criteria. Keys cost a paint, not a computation."""

from __future__ import annotations

import contextlib
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prioritizer.tui.present import PresentApp
from prioritizer.tui.screens.agreement import AgreementScreen
from prioritizer.tui.screens.clock import ClockScreen
from prioritizer.tui.screens.cut import CutScreen
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.workshop.commands.frame import SetSession
from prioritizer.workshop.presenting import Presenter
from prioritizer.workshop.service import Workshop
from tests.benchmarks.sessions import room_session
from tests.tui.conftest import LARGE, OpenRoom


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.sqlite"
    room_session(path, use_cases=60, people=25)
    with Workshop.open(path) as w:
        w.do(SetSession(agenda="min180", minutes=180))
    return path


@pytest.fixture
def large(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(made, tmp_path / "large.sqlite"))


Counted = Counter[str]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """How often what grows with the session was worked out."""
    found: Counted = Counter()

    def counting(where: str) -> None:
        module, _, name = where.rpartition(".")
        real = getattr(__import__(module, fromlist=[name]), name)

        def called(*args: Any, **kwargs: Any) -> Any:
            found[name] += 1
            return real(*args, **kwargs)

        monkeypatch.setattr(where, called)

    for where in (
        "prioritizer.scoring.evaluate.evaluate",
        "prioritizer.scoring.evaluate.reevaluate",
        "prioritizer.store.watching.load",
        "prioritizer.workshop.views.agreement.agreement_view",
        "prioritizer.tui.screens.cut.trial",
        "prioritizer.workshop.service.visible",
    ):
        counting(where)
    return found


async def keys(press: Callable[..., Any], *names: str) -> None:
    for name in names:
        await press(name)


async def test_moving_about_on_the_clock_computes_nothing(
    large: Path, open_room: OpenRoom, counted: Counted
) -> None:
    async with open_room(large, stage="frame", size=LARGE) as room:
        await room.press("K", "n")
        assert isinstance(room.app.screen, ClockScreen)
        before = Counter(counted)
        await keys(room.press, *["down"] * 8, *["up"] * 4)
        assert counted == before
        await room.press("n")
        assert counted["evaluate"] == before["evaluate"]
        assert counted["visible"] - before["visible"] == 1, "one snapshot, one look at what may be seen"


async def test_agreement_is_worked_out_once(large: Path, open_room: OpenRoom, counted: Counted) -> None:
    async with open_room(large, stage="frame", size=LARGE) as room:
        await room.press("W")
        assert isinstance(room.app.screen, AgreementScreen)
        assert len([k for k in room.app.screen.query_one(RowList).keys if k.startswith("c:")]) == 24
        await keys(room.press, *["down"] * 12, *["up"] * 12)
        assert counted["agreement_view"] == 1
        assert counted["evaluate"] == 0


async def test_the_cut_is_tried_once_a_mark(large: Path, open_room: OpenRoom, counted: Counted) -> None:
    async with open_room(large, stage="collect", size=LARGE) as room:
        await room.press("escape", "C")
        assert isinstance(room.app.screen, CutScreen)
        before = counted["trial"]
        await keys(room.press, *["down"] * 6, "right", "left")
        assert counted["trial"] == before
        await keys(room.press, *"3142")
        assert counted["trial"] == before + 4
        assert counted["evaluate"] == 0


async def test_frame_moves_without_computing(large: Path, open_room: OpenRoom, counted: Counted) -> None:
    async with open_room(large, stage="frame", size=LARGE) as room:
        before = Counter(counted)
        await keys(room.press, *["down"] * 12, "tab", *["down"] * 5)
        assert counted == before


async def test_the_projector_loads_once_a_change_and_ranks_once(large: Path, counted: Counted) -> None:
    with contextlib.closing(Presenter(large)) as presenter:
        app = PresentApp(presenter, every=None)
        async with app.run_test(size=LARGE):
            for _ in range(5):
                await app.look()
            assert (counted["load"], counted["evaluate"]) == (1, 0), (
                "the last reveal stands there, and no ranking"
            )
            with Workshop.open(large) as w:
                w.add_use_case("Something else is done")
            for _ in range(5):
                await app.look()
            assert (counted["load"], counted["evaluate"]) == (2, 1)
