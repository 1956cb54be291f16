"""Actions of "what to talk about next", above Rank."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("talk",)

TALK: tuple[Action, ...] = (
    Action("talk.back", "escape,q,t", "Back", "Back to the ranking", _HERE, True, "esc"),
    Action("talk.open", "enter,r", "Rate it", "Go to this cell in Rate and settle it there", _HERE, True),
    Action("talk.queue", "w", "Contested", "The contested cells of the ballots, in their order", _HERE, True),
)
