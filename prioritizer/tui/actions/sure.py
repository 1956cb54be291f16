"""Actions of the two screens above Rank that say how sure it is."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_SURE = ("sure",)
_STABILITY = ("stability",)

SURE: tuple[Action, ...] = (
    Action("sure.back", "escape,q,s", "Back", "Back to the ranking", _SURE, True),
    Action(
        "sure.weights",
        "1",
        "Weights",
        "Draw the weights around the stated ones, or leave them as they are",
        _SURE,
        shown="1",
    ),
    Action(
        "sure.people", "2", "People", "Draw one person's ballot each time, or keep the room values", _SURE
    ),
    Action(
        "sure.evidence",
        "3",
        "Evidence",
        "Draw levels by their evidence and unknown ones freely, or take all as they stand",
        _SURE,
    ),
    Action("sure.scale", "4", "Scale", "Draw how far apart the five levels are, or keep them even", _SURE),
    Action("sure.read", "enter", "Details", "All that the draws say about this use case", _SURE, True),
    Action(
        "sure.stability",
        "t",
        "One by one",
        "What the shortlist survives one thing at a time: weights, levels, people",
        _SURE,
        True,
    ),
    Action("stability.back", "escape,q", "Back", "Back to the ranking", _STABILITY, True),
    Action("stability.sure", "s,t", "All at once", "Everything drawn at once", _STABILITY, True, "t"),
    Action(
        "stability.next", "full_stop", "Next tornado", "The tornado of the next use case", _STABILITY, True
    ),
    Action(
        "stability.previous", "comma", "Tornado before", "The tornado of the one before", _STABILITY, True
    ),
)
