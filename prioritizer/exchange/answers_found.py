"""Answers as a source from outside has them, and how one cell of a table is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from prioritizer.exchange.csv_in import Refused, Row, Sheet
from prioritizer.exchange.formulas import unguard
from prioritizer.text.clean import TITLE_LIMIT, clean_error, clean_text

PENDING = "pending"
"""In a table that an export wrote: asked, and not answered."""

COLUMNS = ("participant", "use_case", "criterion", "answer")
"""Of a tidy table; paper ballots and blank tables have them in this order."""

ANSWERS: dict[str, str] = {str(level): str(level) for level in range(5)} | {
    "?": "?",
    "-": "-",
    "–": "-",  # what a spreadsheet makes of a lone hyphen
    "—": "-",
    "−": "-",
}

Form = Literal["tidy", "wide", "file"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it was found."""

    row: int
    participant: str
    use_case: str
    criterion: str
    answer: str
    """``0`` to ``4``, ``?`` or ``-``."""


@dataclass(frozen=True, slots=True)
class Found:
    """All answers of one source.

    Attributes:
        form: How they stood there.
        rows: The answers; an empty cell of a wide table is none.
        refused: Rows that are not answers, and why.
        session: Id of the session that an answer file was made for.
        name: What messages call the source.
    """

    form: Form
    rows: tuple[Answer, ...]
    refused: tuple[Refused, ...]
    session: str | None = None
    name: str = "the input"
    blank: int = 0
    """Cells that were left empty: asked, and not answered."""


@dataclass(frozen=True, slots=True)
class Known:
    """What headers of a wide table may name.

    Attributes:
        criteria: Id → title and the five level texts.
        use_cases: Number → title.
    """

    criteria: Mapping[str, tuple[str, Sequence[str]]]
    use_cases: Mapping[int, str]


def no_answer(said: str) -> str:
    """Why a cell is refused."""
    return f"“{clean_error(said)}” is not an answer: 0 to 4, ? (don't know) or - (not my field)"


def cell_text(sheet: Sheet, row: Row, place: int) -> str:
    """A cell as plain text."""
    text = row.cells[place]
    return clean_text(unguard(text) if sheet.guarded else text, limit=TITLE_LIMIT, lines=False)
