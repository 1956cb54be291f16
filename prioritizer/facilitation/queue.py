"""What to talk about while there is time: a practice item first, then what may change the result."""

from __future__ import annotations

from dataclasses import dataclass

from prioritizer.facilitation.capacity import MINUTES_A_CONTESTED
from prioritizer.text.phrases import counted


@dataclass(frozen=True, slots=True)
class PracticeItem:
    """A made-up use case that calibrates the room; what is answered about it is thrown away."""

    title: str
    task: str
    say: str


PRACTICE: tuple[PracticeItem, ...] = (
    PracticeItem(
        "Practice: remind people of open timesheets",
        "Each Friday, draft a reminder to everybody whose timesheet is open; the team lead sends it.",
        "We rate this one together and throw the answers away. Who is two levels apart says which fact they saw.",
    ),
    PracticeItem(
        "Practice: an assistant that answers any question about our contracts",
        "Read all contracts, answer whatever anybody asks, and file the changes that follow.",
        "A 0 describes the world today, not the idea's worth: look for the level whose words are true now.",
    ),
)
"""An easy one and a hard one."""


@dataclass(frozen=True, slots=True)
class Talk:
    """How far the minutes reach.

    Attributes:
        cells: In the queue.
        minutes_each: One of them takes, by this room's pace.
        minutes_left: For talking; none where nobody set a time.
        what: What one of them is called.
        kept: What a cell keeps that is not talked about.
        none: What is said where there is none.
    """

    cells: int
    minutes_each: float = MINUTES_A_CONTESTED
    minutes_left: float | None = None
    what: str = "contested cell"
    kept: str = "the room value as it stands"
    none: str = "Nothing is contested: every revealed cell is agreed, settled or parked."

    @property
    def needs(self) -> float:
        """Minutes for all of them."""
        return self.cells * self.minutes_each

    @property
    def fits(self) -> int:
        """How many there is time for."""
        if self.minutes_left is None or self.minutes_each <= 0:
            return self.cells
        # A third of a second must not cost a cell.
        return min(self.cells, int((max(self.minutes_left, 0.0) + 0.01) / self.minutes_each))

    @property
    def skipped(self) -> int:
        """How many there is no time for."""
        return self.cells - self.fits

    def words(self) -> str:
        """The header of the queue: what is left, what fits, what happens if time ends now."""
        if not self.cells:
            return self.none
        text = f"{counted(self.cells, self.what)}, about {counted(round(self.needs), 'minute')}"
        if self.minutes_left is not None:
            left = counted(max(int(self.minutes_left), 0), "minute")
            text += f"; {left} left"
            text += ": all fit" if not self.skipped else f": {self.fits} fit, {self.skipped} are skipped"
        keep = "it keeps" if self.cells == 1 else f"all {self.cells} keep"
        return f"{text}. If time ends now, {keep} {self.kept}."
