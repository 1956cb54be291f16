"""The quiet timer of a stage: it wakes up when its words change, once a minute, and never in between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prioritizer.tui.widgets.stagebar import Told

if TYPE_CHECKING:
    from textual.timer import Timer

    from prioritizer.model.running import Phase
    from prioritizer.tui.screens.stage_core import StageCore
    from prioritizer.workshop.views.agenda import AgendaView

_NOTHING = Told()


class StageClock:
    """Belongs to one stage screen, and ends with it."""

    def __init__(self, screen: StageCore) -> None:
        self._screen = screen
        self._timer: Timer | None = None
        self._phases: Sequence[Phase] = ()

    def view(self) -> AgendaView | None:
        """The agenda now; none until a phase of it was begun or moved."""
        workshop = self._screen.workshop
        if not workshop.snapshot.phases:
            return None
        from prioritizer.workshop.views.agenda import agenda_view

        return agenda_view(workshop.snapshot, workshop.now())

    def told(self) -> Told:
        """What the stage bar says about the time."""
        view = self.view()
        return _NOTHING if view is None else Told(view.timer, view.phase, late=view.mood == "over")

    def follow(self) -> None:
        """After a change of the session: another phase has another end."""
        if self._screen.workshop.snapshot.phases is not self._phases:
            self.tick()

    def tick(self) -> None:
        """Sets the timer to the moment at which it says something else; none while no phase runs."""
        self._phases = self._screen.workshop.snapshot.phases
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        view = self.view()
        if view is not None and view.changes_in is not None:
            self._timer = self._screen.set_timer(view.changes_in + 0.05, self.minute_over)

    def minute_over(self) -> None:
        """The timer has gone off."""
        if self._screen.is_attached and self._screen.prioritizer.has_session:
            self._screen.minute_over()
            self.tick()
