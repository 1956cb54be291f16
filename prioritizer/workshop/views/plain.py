"""Small words that every view shares: whole numbers, lists in a sentence, lines with a role."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from prioritizer.model.session import UseCase
from prioritizer.scoring.dimensions import compared
from prioritizer.scoring.evaluate import Evaluation as Evaluation  # the name by which faces may speak of it
from prioritizer.text.phrases import listed as listed

if TYPE_CHECKING:
    from prioritizer.model.preset import Criterion, Preset

LineRole = Literal["title", "heading", "text", "fact", "good", "warn", "stop", "unknown", "muted"]
"""What a line is, so that a face can dress it; the words alone say everything (no meaning by colour)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of plain text, not wrapped, with its role. Indented by two blanks a step."""

    text: str
    role: LineRole = "text"
    indent: int = 0

    def plain(self) -> str:
        """As it is printed where there is no style."""
        return "  " * self.indent + self.text


_WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def whole(value: float) -> int:
    """A score as it is shown: rounded down, so that none shows a threshold that it missed (rubric §3)."""
    return math.floor(compared(value))


def whole_or_none(value: float) -> int | None:
    """The same for a value that may be undefined (nan)."""
    return None if math.isnan(value) else whole(value)


def percent(share: float) -> int:
    """A share 0–1 as a whole percentage, rounded down."""
    return whole(100.0 * share)


def label(use_case: UseCase) -> str:
    """How a card is called in a sentence and in a picture: ``05``."""
    return f"{use_case.number:02d}"


def count(number: int) -> str:
    """A count in a sentence: words up to twelve."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else f"{number:,}"


def sentence(text: str) -> str:
    """With a capital first letter and a full stop."""
    text = text.strip()
    if not text:
        return ""
    ended = text if text[-1] in ".!?…" else f"{text}."
    return ended[0].upper() + ended[1:]


_AS = re.compile(r"As ([0-3]), ")


def level_words(criterion: Criterion, level: int) -> str:
    """The text of a level, to stand alone: ``As 3, versioned`` says what 3 is."""
    text = criterion.levels[level]
    found = _AS.match(text)
    if found is None or int(found[1]) >= level:
        return text
    return f"{level_words(criterion, int(found[1]))}; {text[found.end() :]}"


def level_text(preset: Preset, column: int, level: int) -> str:
    """What an answer says: the text of its level, or that nobody knows."""
    return level_words(preset.criterion[column], level) if level >= 0 else "nobody here knows"
