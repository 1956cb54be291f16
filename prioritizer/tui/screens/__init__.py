"""The screens: home, one a stage, and the dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prioritizer.tui.screens.base import StageScreen


def stage_screen(stage: str) -> StageScreen:
    """A new screen for a stage; each is imported when it is first shown."""
    if stage == "frame":
        from prioritizer.tui.screens.frame import FrameScreen

        return FrameScreen()
    if stage == "collect":
        from prioritizer.tui.screens.collect import CollectScreen

        return CollectScreen()
    if stage == "gate":
        from prioritizer.tui.screens.gate import GateScreen

        return GateScreen()
    if stage == "rate":
        from prioritizer.tui.screens.rate import RateScreen

        return RateScreen()
    if stage == "rank":
        from prioritizer.tui.screens.rank import RankScreen

        return RankScreen()
    from prioritizer.tui.screens.shortlist import ShortlistScreen

    return ShortlistScreen()
