"""What the tests of the store share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from prioritizer.model.presets import LoadedPreset, load_preset
from prioritizer.model.session import Snapshot
from prioritizer.model.tables import Write
from prioritizer.store import Store


@cache
def preset() -> LoadedPreset:
    return load_preset("pilot-first")


def create(path: Path, *writes: Write, **more: Any) -> Store:
    loaded = preset()
    return Store.create(
        path, preset=loaded.preset, preset_text=loaded.text, preset_hash=loaded.hash, writes=writes, **more
    )


def new_id() -> str:
    return str(uuid4())


def names_in(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(each.name for each in folder.iterdir())


def title(use_case: str, text: str | None) -> Write:
    return Write("use_case", (use_case,), "title", text)


class Frozen:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def same(one: Snapshot, other: Snapshot) -> bool:
    """Equal, and in the same order."""
    orders = [
        (
            list(s.use_cases),
            [p.id for p in s.participants],
            [d.id for d in s.decisions],
            list(s.every_decision),
        )
        for s in (one, other)
    ]
    return one == other and orders[0] == orders[1]
