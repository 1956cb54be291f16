"""Picture: readiness against demonstration value, every point with its number."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from prioritizer.charts.segments import Row
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.screens.mirror import BesideScreen
from prioritizer.tui.screens.picture_rows import MOST, picture_rows
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.pane import Pane


class PictureScreen(BesideScreen):
    """Where each use case stands between ready and impressive."""

    name_in_table = "picture"
    purpose = (
        "The picture: readiness from left to right, demonstration value from bottom to top. "
        "What is far up and to the left shows more than it is ready for."
    )
    BINDINGS = bindings_for("picture")

    def compose(self) -> ComposeResult:
        with Vertical(id="picture-body"):
            yield Pane(self._head, id="picture-head", classes="raised")
            yield Pane(self._plot, can_focus=True, id="picture-plot")
        yield KeyBar(self.name_in_table)

    def on_resize(self) -> None:
        self.query_one("#picture-head").styles.height = 3 if self.size.height >= 30 else 1

    def on_mount(self) -> None:
        self.query_one("#picture-plot", Pane).focus()

    def do_picture_points(self) -> None:
        self.do_picture_back()

    def _head(self, width: int, height: int) -> Sequence[Row]:
        total = len(self._points.points)
        part = f"  the first {MOST} of {total:,} in the ranking" if total > MOST else ""
        line: Row = [("  ┃ ", "accent"), ("Readiness against demonstration value", "strong"), (part, "muted")]
        return [line] if height < 3 else [[], line]

    def _plot(self, width: int, height: int) -> Sequence[Row]:
        return picture_rows(self._points, width, height)
