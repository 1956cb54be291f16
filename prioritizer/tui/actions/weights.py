"""Actions of the screen about weights, above Frame."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("weights",)

WEIGHTS: tuple[Action, ...] = (
    Action("weights.back", "escape,q", "Back", "Back to Frame", _HERE, True),
    Action(
        "weights.swing",
        "s",
        "Swing",
        "The room weighs by swing: the usual way, with the sentence to say",
        _HERE,
        True,
    ),
    Action("weights.ranking", "r", "Ranking", "The room only puts the dimensions in order", _HERE, True),
    Action("weights.points", "p", "Points", "The room spreads 100 points", _HERE, True),
    Action(
        "weights.pairwise",
        "a",
        "Pairs",
        "The room compares the dimensions in pairs; contradictions are shown",
        _HERE,
        True,
    ),
    Action("weights.direct", "d", "Directly", "Type the weights as they are", _HERE),
    Action("weights.preset", "0", "Preset's", "Go back to the weights of the preset", _HERE),
    Action("weights.method", "m", "How people weigh", "The way in which each participant weighs", _HERE),
    Action(
        "weights.person",
        "enter",
        "Weigh",
        "The person under the cursor weighs, unseen, until everybody's weights are revealed",
        _HERE,
    ),
    Action("weights.reveal", "v", "Reveal", "Show how everybody weighed, with mean and spread", _HERE, True),
    Action("weights.adopt", "t", "Take mean", "Take the mean of all as the weights", _HERE),
    Action("weights.clear", "x", "Clear", "Let everybody weigh again; the weights in force stay", _HERE),
)
