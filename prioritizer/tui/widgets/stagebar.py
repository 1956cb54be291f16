"""The line at the top: the stages, the session's title, and whether all is saved."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from prioritizer.text.width import cell_width, fit
from prioritizer.tui.actions import STAGES

CLOCK = "clock"
"""What a click on the timer picks."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about the time.

    Attributes:
        timer: ``7 min left``; "" while no phase runs.
        phase: Its title.
        late: It is over its time.
    """

    timer: str = ""
    phase: str = ""
    late: bool = False


class StageBar(Widget):
    """Stages from left to right; a click goes there."""

    DEFAULT_CSS = """
    StageBar { height: 1; background: $panel; }
    StageBar > .stagebar--here { background: $primary; color: $background; text-style: bold; }
    StageBar > .stagebar--there { color: $foreground; }
    StageBar > .stagebar--title { color: $foreground; text-style: bold; }
    StageBar > .stagebar--state { color: $success; }
    StageBar > .stagebar--waiting { color: $warning; }
    """
    COMPONENT_CLASSES = {  # noqa: RUF012  # Textual's own convention
        "stagebar--here",
        "stagebar--there",
        "stagebar--title",
        "stagebar--state",
        "stagebar--waiting",
    }

    @dataclass
    class Picked(Message):
        """A stage was clicked."""

        stage: str

    def __init__(self, here: str, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._here = here
        self._title = ""
        self._state = "saved"
        self._private = False
        self._time = Told()
        self._places: list[tuple[int, int, str]] = []

    def show(self, title: str, state: str, *, private: bool = False, time: Told | None = None) -> None:
        """Sets what stands at the right.

        Args:
            title: Of the session.
            state: ``saved`` or on its way.
            private: The screen was declared to be private.
            time: What is told about the running phase.
        """
        self._title, self._state, self._private = title, state, private
        self._time = time or Told()
        self.refresh()

    def saving(self) -> None:
        """Something is on its way to the disk."""
        self._state = "saving"
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        for start, end, stage in self._places:
            if start <= event.x < end and stage != self._here:
                self.post_message(self.Picked(stage))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        base = self.rich_style
        self._places.clear()
        parts: list[Segment] = []
        x = 0
        for stage, title in STAGES:
            name = "stagebar--here" if stage == self._here else "stagebar--there"
            label = f" {title} "
            parts.append(Segment(label, base + self.get_component_rich_style(name, partial=True)))
            self._places.append((x, x + len(label), stage))
            x += len(label)
        saved = self._state == "saved"
        state = " ✓ saved " if saved else " … saving "
        if self._private:
            state = f" ◆ private{state}"
        room = width - x - len(state) - 1
        clock = self._clock(room)
        room -= cell_width(clock)
        if room > 3:
            title = fit(self._title, min(room, max(4, cell_width(self._title))))
            parts.append(Segment(" " * (room - cell_width(title) + 1), base))
            parts.append(
                Segment(title, base + self.get_component_rich_style("stagebar--title", partial=True))
            )
        else:
            parts.append(Segment(" " * max(0, room + 1), base))
        if clock:
            look = "stagebar--waiting" if self._time.late else "stagebar--there"
            parts.append(Segment(clock, base + self.get_component_rich_style(look, partial=True)))
            end = width - len(state)
            self._places.append((end - cell_width(clock), end, CLOCK))
        look = "stagebar--state" if saved else "stagebar--waiting"
        parts.append(Segment(state, base + self.get_component_rich_style(look, partial=True)))
        return Strip(parts).adjust_cell_length(width, base + Style())

    def _clock(self, room: int) -> str:
        """The timer, with its phase where there is room for both and some of the title."""
        if not self._time.timer:
            return ""
        whole = f"  {self._time.phase} · {self._time.timer}"
        return whole if cell_width(whole) + 12 <= room else f"  {self._time.timer}"
