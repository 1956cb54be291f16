"""The user's settings: one documented model in the user's config folder.

Plain dataclasses: they are read before the first paint, which need not wait for pydantic.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

FILE_NAME = "settings.json"
MOST_RECENT = 12


@dataclass(frozen=True)
class Recent:
    """A session that was open before."""

    path: str
    title: str = ""
    opened: str = ""
    """When it was last opened: UTC, ISO 8601."""
    session: str = ""
    """Id of the session, by which copies of one are known; "" in lists from before."""


@dataclass(frozen=True)
class Settings:
    """Everything that the app remembers between sessions."""

    theme: str = "prioritizer-dark"
    """Name of the theme: ``prioritizer-dark``, ``prioritizer-light`` (projector) or ``prioritizer-contrast``."""
    recent: tuple[Recent, ...] = ()
    """Sessions opened before, the latest first."""
    keymap: dict[str, str] = field(default_factory=dict)
    """Your own keys: action id → keys, for example ``{"rank.mirror": "v"}``."""

    def remembering(self, path: Path, title: str, opened: str = "", session: str = "") -> Settings:
        """With a session at the top of the recent ones."""
        full = str(path.resolve())
        others = [r for r in self.recent if r.path != full]
        return replace(self, recent=tuple([Recent(full, title, opened, session), *others][:MOST_RECENT]))

    def forgetting(self, path: str) -> Settings:
        """Without a session among the recent ones."""
        return replace(self, recent=tuple(r for r in self.recent if r.path != path))

    def with_theme(self, theme: str) -> Settings:
        """With another theme."""
        return replace(self, theme=theme)


def config_folder() -> Path:
    """Where the settings are; ``PRIORITIZER_CONFIG`` moves it."""
    moved = os.environ.get("PRIORITIZER_CONFIG")
    if moved:
        return Path(moved)
    from platformdirs import user_config_path

    return user_config_path("prioritizer", appauthor=False)


def load_settings() -> Settings:
    """The settings; defaults for whatever is not there, cannot be read, or is of another shape."""
    try:
        read = json.loads((config_folder() / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(read, dict):
        return Settings()
    theme, recent, keymap = read.get("theme"), read.get("recent"), read.get("keymap")
    return Settings(
        theme=theme if isinstance(theme, str) else Settings.theme,
        recent=tuple(_recent(recent))[:MOST_RECENT],
        keymap=_texts(keymap),
    )


def _recent(read: Any) -> list[Recent]:
    entries = [_texts(entry) for entry in read] if isinstance(read, list) else []
    names = ("title", "opened", "session")
    return [Recent(e["path"], *(e.get(name, "") for name in names)) for e in entries if "path" in e]


def _texts(read: Any) -> dict[str, str]:
    if not isinstance(read, dict):
        return {}
    return {key: value for key, value in read.items() if isinstance(value, str)}


def save_settings(settings: Settings) -> None:
    """Writes the settings; a folder that cannot be written costs nothing but the memory."""
    folder = config_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{FILE_NAME}.{os.getpid()}"
        part.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=2), encoding="utf-8")
        part.replace(folder / FILE_NAME)
    except OSError:
        return
