"""A stage that reads the whole session anew after a change: off the event loop, and a burst of changes once."""

from __future__ import annotations

from prioritizer.tui.screens.base import StageScreen
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.rowlist import RowList


class BurstScreen(StageScreen):
    """Reads in `read_once` and shows what it read; its list can be filtered by words."""

    def __init__(self) -> None:
        super().__init__()
        self._query = ""
        self._stale = self._reading = False

    @property
    def _list(self) -> RowList:
        """The list, which has the focus."""
        raise NotImplementedError

    async def read_once(self) -> None:
        """Reads the session as it is now, and shows it where nothing newer is to be read."""
        raise NotImplementedError

    def read_over(self) -> None:
        """After a burst was read, or could not be."""

    def show_session(self) -> None:
        self._stale = True  # a burst is read once, as it is at its end
        if not self._reading:
            self._reading = True
            self.run_worker(self._read_burst(), group="read", exit_on_error=False)

    async def _read_burst(self) -> None:
        try:
            while self._stale and self.is_attached and self.prioritizer.has_session:
                self._stale = False
                await self.read_once()
        except Exception as error:  # the rest of the session can go on without what stands here
            self.prioritizer.mishap(error, self.name_in_table)
        finally:
            self._reading = False
            self.read_over()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        event.stop()
        self._query = event.text
        self.show_session()

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        event.stop()
        self._list.focus()
