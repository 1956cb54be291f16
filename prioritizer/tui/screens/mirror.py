"""Mirror: the order by demonstration value beside the order by readiness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from prioritizer.charts.segments import Row
from prioritizer.text.width import wrap
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.screens.action_screen import ActionScreen
from prioritizer.tui.screens.mirror_rows import legend, mirror_rows, sentence_rows
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.pane import Pane

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.workshop.views.mirror import MirrorView
    from prioritizer.workshop.views.points import PointsView


class BesideScreen(ActionScreen):
    """A picture above the ranking; Esc goes back to it."""

    CSS_PATH = "mirror.tcss"

    def __init__(self, mirror: MirrorView, points: PointsView) -> None:
        super().__init__()
        self._mirror = mirror
        self._points = points

    def do_picture_back(self) -> None:
        self.dismiss(None)

    def do_picture_mirror(self) -> None:
        self.app.switch_screen(MirrorScreen(self._mirror, self._points))

    def do_picture_points(self) -> None:
        from prioritizer.tui.screens.picture import PictureScreen

        self.app.switch_screen(PictureScreen(self._mirror, self._points))

    def screen_text(self) -> str:
        """The picture as plain text."""
        return "\n".join(pane.text() for pane in self.query(Pane))

    def do_picture_copy(self) -> None:
        self.app.copy_to_clipboard(self.screen_text())
        self.prioritizer.say("Copied, if your terminal allows it; Shortlist can write a file.")


class MirrorScreen(BesideScreen):
    """What a room that chooses by show would take, beside what is ready."""

    name_in_table = "mirror"
    purpose = (
        "The mirror: on the left the order by demonstration value, on the right the ranking. "
        "The left one is never used to rank; it shows what a choice by show would have taken."
    )
    BINDINGS = bindings_for("mirror")

    def compose(self) -> ComposeResult:
        with Vertical(id="mirror"):
            yield Pane(self._sentence, id="mirror-sentence", classes="raised")
            yield Pane(self._orders, can_focus=True, id="mirror-orders")
            yield Pane(lambda width, height: [legend(self._mirror)], id="mirror-legend")
        yield KeyBar(self.name_in_table)

    def on_mount(self) -> None:
        self._arrange()
        self.query_one("#mirror-orders", Pane).focus()

    def on_resize(self) -> None:
        self._arrange()

    def do_picture_mirror(self) -> None:
        self.do_picture_back()

    @property
    def _airy(self) -> bool:
        return self.size.height >= len(self._mirror.by_show) + 9

    def _arrange(self) -> None:
        lines = len(self._sentence(self.size.width, 0))
        self.query_one("#mirror-sentence").styles.height = lines

    def _sentence(self, width: int, height: int) -> Sequence[Row]:
        rows = sentence_rows(self._mirror.sentence, width, airy=self._airy)
        # Below it what a vote would have done before: the same argument, made earlier in the session.
        return rows + [[("  ", ""), (line, "muted")] for line in wrap(self._mirror.cut, width - 4) if line]

    def _orders(self, width: int, height: int) -> Sequence[Row]:
        return mirror_rows(self._mirror, width, height)
