"""What an action is. A screen carries out an action in a method ``do_<id>`` (dots and dashes as underscores) and
may say in ``why_not`` why it cannot be done now. Nothing else binds a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

GLOBAL = "everywhere"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a person can do.

    Attributes:
        id: Unique, ``screen.verb``.
        keys: Textual key names, the first is shown; "" for palette only.
        text: One or two words for the footer.
        tooltip: A sentence for the palette and ``?``.
        where: Names of the screens that have it; `GLOBAL` for all.
        footer: Whether the footer shows it (seven at most fit 80 columns).
        shown: The key as written, where Textual's name reads badly.
        fixed: Its keys are what it says (digits, a letter, the end of a line), so that a keymap cannot move them.
    """

    id: str
    keys: str
    text: str
    tooltip: str
    where: tuple[str, ...]
    footer: bool = False
    shown: str = ""
    fixed: bool = False

    @property
    def method(self) -> str:
        """Name of the method that carries it out."""
        return "do_" + self.id.replace(".", "_").replace("-", "_")

    @property
    def key_text(self) -> str:
        """The keys as a person reads them."""
        return self.shown or " ".join(spelled(key) for key in self.key_names())

    def key_names(self, keymap: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """Textual names of its keys; the user's own where ``keymap`` has some."""
        keys = (keymap or {}).get(self.id) or self.keys
        return tuple(name for key in keys.split(",") if (name := key.strip()))

    def keys_shown(self, keymap: Mapping[str, str]) -> str:
        """The keys as a person reads them, with the user's own."""
        if self.id not in keymap:
            return self.key_text
        return " ".join(spelled(key) for key in self.key_names(keymap))


def spelled(key: str) -> str:
    """A Textual key name as a person reads it: ``ctrl+z`` is ``^z``."""
    if key.startswith("ctrl+") and len(key) == len("ctrl+z"):
        return "^" + key[-1]
    return _SPELLED.get(key, key)


_SPELLED = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "slash": "/",
    "space": "space",
    "enter": "⏎",
    "escape": "esc",
    "plus": "+",
    "minus": "-",
    "comma": ",",
    "full_stop": ".",
    "backspace": "⌫",
    "delete": "del",
    "asterisk": "*",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
    "down": "↓",
    "up": "↑",
}


STAGES: tuple[tuple[str, str], ...] = (
    ("frame", "Frame"),
    ("collect", "Collect"),
    ("gate", "Gate"),
    ("rate", "Rate"),
    ("rank", "Rank"),
    ("shortlist", "Shortlist"),
)
"""Id and title, in the suggested order."""

STAGE_IDS = tuple(stage for stage, _ in STAGES)

ROOM_IDS = ("ballot", "reveal", "queue")
"""Screens of an open session that belong to the stage Rate."""

IN_SESSION = (*STAGE_IDS, *ROOM_IDS)
"""Every screen that shows the session."""
