"""What an action is. A screen carries out an action in a method ``do_<id>`` (dots and dashes as underscores) and
may say in ``why_not`` why it cannot be done now. Nothing else binds a key.
"""

from __future__ import annotations

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
    """

    id: str
    keys: str
    text: str
    tooltip: str
    where: tuple[str, ...]
    footer: bool = False
    shown: str = ""

    @property
    def method(self) -> str:
        """Name of the method that carries it out."""
        return "do_" + self.id.replace(".", "_").replace("-", "_")

    @property
    def key_text(self) -> str:
        """The keys as a person reads them."""
        if self.shown:
            return self.shown
        return " ".join(_SPELLED.get(key, key) for key in self.keys.split(",")) if self.keys else ""


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
    "ctrl+z": "^z",
    "ctrl+y": "^y",
    "ctrl+s": "^s",
    "ctrl+p": "^p",
    "backspace": "⌫",
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
