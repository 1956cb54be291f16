"""Actions of the contested queue: what to talk about while there is time."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("queue",)

QUEUE: tuple[Action, ...] = (
    Action("queue.open", "enter", "Open", "Open this cell, or the practice item", _HERE, True),
    Action("queue.next", "n,w", "Next", "Open the first one of the queue", _HERE, True, "n"),
    Action("queue.park", "p", "Park", "Park this cell as find out, with an owner and a date", _HERE, True),
    Action("queue.rule", "x", "Rule", "Let the rule decide that was agreed at the start", _HERE, True),
    Action(
        "queue.practised",
        "y",
        "Practised",
        "The room has practised enough, or does without: take the practice item off the queue",
        _HERE,
    ),
    Action("queue.back", "escape,q", "Back", "Back to Rate", _HERE, True),
)
