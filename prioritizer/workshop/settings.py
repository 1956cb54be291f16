"""The user's settings: one documented model in the user's config folder."""

from __future__ import annotations

import json
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

FILE_NAME = "settings.json"
MOST_RECENT = 12


class Recent(BaseModel):
    """A session that was open before."""

    model_config = ConfigDict(frozen=True)

    path: str
    title: str = ""
    opened: str = ""
    """When it was last opened: UTC, ISO 8601."""


class Settings(BaseModel):
    """Everything that the app remembers between sessions."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    theme: str = "prioritizer-dark"
    """Name of the theme: ``prioritizer-dark``, ``prioritizer-light`` (projector) or ``prioritizer-contrast``."""
    recent: list[Recent] = Field(default_factory=list)
    """Sessions opened before, the latest first."""
    keymap: dict[str, str] = Field(default_factory=dict)
    """Your own keys: action id → keys, for example ``{"rank.mirror": "v"}``."""

    def remembering(self, path: Path, title: str, opened: str = "") -> Settings:
        """With a session at the top of the recent ones."""
        full = str(path.resolve())
        others = [r for r in self.recent if r.path != full]
        recent = [Recent(path=full, title=title, opened=opened), *others][:MOST_RECENT]
        return self.model_copy(update={"recent": recent})

    def forgetting(self, path: str) -> Settings:
        """Without a session among the recent ones."""
        return self.model_copy(update={"recent": [r for r in self.recent if r.path != path]})


def config_folder() -> Path:
    """Where the settings are; ``PRIORITIZER_CONFIG`` moves it."""
    moved = os.environ.get("PRIORITIZER_CONFIG")
    if moved:
        return Path(moved)
    from platformdirs import user_config_path

    return user_config_path("prioritizer", appauthor=False)


def load_settings() -> Settings:
    """The settings; defaults where there are none or they cannot be read."""
    try:
        text = (config_folder() / FILE_NAME).read_text(encoding="utf-8")
        return Settings.model_validate_json(text)
    except (OSError, ValueError, ValidationError):
        return Settings()


def save_settings(settings: Settings) -> None:
    """Writes the settings; a folder that cannot be written costs nothing but the memory."""
    folder = config_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{FILE_NAME}.{os.getpid()}"
        part.write_text(json.dumps(settings.model_dump(), ensure_ascii=False, indent=2), encoding="utf-8")
        part.replace(folder / FILE_NAME)
    except OSError:
        return
